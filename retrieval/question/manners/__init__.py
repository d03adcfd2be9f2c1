"""A message comes in as people write it; what is asked goes out, as typed, without the manners around it.

``manners`` is the way: ``leads`` and ``closings`` cut what the rules of ``courtesy`` say, which ``grammar``
reads; ``requests`` finds what no rule knows, ``story`` what is told beside the question.
``tests/question/test_manners.py`` shows messages and what is left of them.
"""
