"""Figures stated in prose (文中数字): a grammar of budget and final account texts.

A paragraph passes through the modules in this order; each knows nothing of those after it.

- ``fold`` brings it into one spelling; ``tokens`` and ``skeleton`` find figures, years, codes;
- ``outline`` says what the headings over it speak of, ``scope`` what is no prose of the account;
- ``clauses`` walks over its figures: ``cues`` finds comparison, direction and stage, ``context``
  keeps what the sentence has said of them;
- ``naming`` finds what a figure is of: ``items`` and ``functions`` read a name, ``sides``,
  ``lists``, ``carry``, ``following``, ``receptions``, ``brackets`` what a sentence leaves unsaid;
- ``staff`` and ``proof`` look at all figures of the paragraph again, ``figures`` makes the rows.

Words are data: ``lexicon`` reads layouts/subjects.csv and layouts/prose_*.csv. The only name
that others use is ``recognise_prose``. Tables belong to other recognisers.
"""

from extract.recognise.prose.figures import Prose, recognise_prose

__all__ = ["Prose", "recognise_prose"]
