"""Articles, notes and watches come in, and go out as they were: the truth that the index is built from.

``articles`` writes each change and the next generation in one transaction, ``changes`` gathers what is to be
written, ``notes`` keeps small values without knowing their meaning. See ``tests/store/test_store.py`` for
articles that are stored, changed and read back.
"""
