"""Figures stated in prose (文中数字): a grammar of budget and final account texts.

``recognise_prose`` is the only name that others use. Tables belong to other recognisers.
"""

from extract.recognise.prose.figures import Prose, recognise_prose

__all__ = ["Prose", "recognise_prose"]
