"""Articles come in, segments of an index go out: cut passages, post their terms, merge small segments.

``writer`` is the door: ``build`` makes an index, ``changed`` its next generation, ``merged`` the same in
fewer segments. See ``tests/indexing/test_merging.py`` for indexes that are changed and merged.
"""
