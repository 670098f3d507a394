"""One file to raw rows (单文件抽取): read, recognise, collect.

The only place that knows the order of the recognisers. Everything that can go wrong
with one file ends here as a :class:`Rejection`; nothing is raised to the caller but
programming errors of the caller.
"""
