"""Answers come in; what was asked, what readers thought of it and what is missing go out.

``journal`` keeps questions with their hits and verdicts, ``usage`` counts them, ``gaps`` groups those asked
in vain. See ``tests/journal/test_journal.py`` for an answer that is noted and judged.
"""
