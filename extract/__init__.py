"""Published budget documents in, typed raw rows out (抽取).

A pure library: bytes go in, rows of :mod:`extract.datasets` come out. What
belongs here: reading a file format, recognising what a document, a table or a
sentence says, and remembering the exact place of every figure. What does not:
orchestration, quality gates, SQL, unit conversion of amounts, or the choice of
which figure counts. Nothing here imports Dagster, dbt or Great Expectations.
"""
