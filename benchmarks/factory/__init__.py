"""Made disclosures with known truth (虚构的公开文件): a model of one department-year,
the forms it is printed in, and writers for each file format.

The figures are invented and consistent; names of offices, codes and table titles are
those of the genre. The samples, the benchmarks and the accuracy measurement are made
from this one model, so that what is printed and what is expected have one origin.
"""
