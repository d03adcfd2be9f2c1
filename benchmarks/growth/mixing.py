"""More articles than a corpus has: mixed from its sentences, so that none is a copy of another.

Words, and pairs of words within a sentence, keep their frequencies; but no new ones come, as in real news.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.article import Article
from retrieval.text.sentence import sentences

_SEED = 4  # any: the mixture is the same in every run


def mixed(articles: Sequence[Article]) -> Iterator[Article]:
    """Yield articles without end, each as many sentences as one of *articles*, drawn from all of them."""
    pool = [article.body[start:end] for article in articles for start, end in sentences(article.body)]
    chance = random.Random(_SEED)
    number = 0
    while True:
        like = chance.choice(articles)
        length = sum(1 for _ in sentences(like.body))
        body = "\n".join(chance.choices(pool, k=length))
        number += 1
        title = " ".join(chance.choice(pool).split()[: len(like.title.split())])
        yield replace(like, id=f"mixed-{number:07}", title=title, body=body, url=None, origin="mixed")
