"""Measurements of the pipeline, and the factory of made disclosures that they share.

Nothing here is imported by the pipeline, and nothing here runs under pytest on its own.
"""
