"""Labelled questions come in, quality figures go out.

``suite`` reads articles and questions, ``measure`` asks and counts, ``feedback`` makes a suite of
readers' verdicts. See ``tests/evaluation/test_evaluation.py`` for a suite of a few questions and its figures.
"""
