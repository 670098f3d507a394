"""The assets, one module per stage, in the way of the data: landing, raw, marts, publish.

These modules do without ``from __future__ import annotations``: Dagster reads the type of
the ``context`` parameter when it meets the function.
"""
