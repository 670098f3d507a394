"""A sign of life while a long document is read (进展): a page of a scan takes seconds.

Whoever bounds the time of a document can tell one of many pages from one that hangs. A
process reads one document at a time, so there is one listener.
"""

from __future__ import annotations

from collections.abc import Callable


def _nobody() -> None:
    """Listen to nothing."""


_listener: Callable[[], None] = _nobody


def listen(listener: Callable[[], None]) -> None:
    """Have ``listener`` called whenever a page begins that takes long."""
    global _listener
    _listener = listener


def page_begins() -> None:
    """Tell that a page begins that takes long."""
    _listener()
