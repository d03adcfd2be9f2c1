"""The words of a question come in, and a ``Query`` goes out: clauses of the index's terms, each weighted.

``query`` is the door. ``spelling`` finds what a typed word may stand for, ``reading`` decides which of that
is meant, ``thesaurus`` and ``figures`` add other wordings, ``weights`` weighs. See
``tests/query/test_query.py`` for questions and their clauses.
"""
