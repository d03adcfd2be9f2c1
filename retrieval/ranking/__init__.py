"""A ``Query`` comes in; hits go out, best first, and how sure it is that the first one answers.

``nominees`` gives the index to rank, ``candidates`` its best passages, ``rerank`` looks at these again,
``confidence`` judges the best and ``selection`` keeps one an article. See ``tests/ranking/test_rerank.py``
for passages that change places.
"""
