"""What a document says: profile, account tables, performance forms, prose (识别).

Takes :class:`extract.document.Document`, gives rows of :mod:`extract.datasets`. What a
province calls things is data in ``extract/layouts``; only the grammar is code.
"""
