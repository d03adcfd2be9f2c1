"""A question comes in as it was typed, and goes out taken apart; no index is asked for that.

``operators`` reads filters (``read``), ``times`` words of time, ``sources`` the names of sources. ``manners``
sets aside what only wraps the question, ``parts`` says what each word does, ``kind`` what is asked for, and
``followup`` what is taken from the question before. See ``tests/question/test_operators.py`` for
questions and their filters.
"""
