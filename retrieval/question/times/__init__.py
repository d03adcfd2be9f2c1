"""Words of time come in; days, months and years go out, or what news is asked for.

``moments`` reads dates, ``period`` what lasts ("tháng trước"), ``calendar`` what a question means by them,
``news`` a question that asks for nothing but news. See
``tests/question/test_period.py`` for words and their days.
"""
