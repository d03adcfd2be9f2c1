"""The lines of a text come in; what stands around the article in it goes out: who, when, where it came from.

``letterhead`` and ``card`` belong to offices, ``byline``, ``dateline`` and ``portal`` to newspapers,
``closing`` to both. ``tests/readers/test_plain.py`` shows texts and their articles.
"""
