"""A query comes in, and nominees from an OpenSearch cluster go out: the same answers, from elsewhere.

A cluster has two indexes: one of articles, with all that ranking reads of one (``packing``), and one of
passages, only to be found by. ``client`` talks to it, ``loading`` and ``edition`` fill it, ``articles`` is
what the engine asks, and ``found`` makes of what came back the small index that ranking runs over. Words
and counts lie in the database (``store.statistics``); every process has the words in memory.
See ``tests/cluster/test_equality.py`` for the same questions to a cluster and to an index.
"""
