"""The index, read-only: a folder comes in, an immutable ``Index`` goes out, opened as memory maps.

``index.index`` answers what it is asked about terms, passages and articles; ``files`` has the layout of the
folder. See ``tests/index/test_files.py`` for a small index that is saved and opened again.
"""
