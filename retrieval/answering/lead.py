"""Show an article by its lead: the hit of an article that was named, or listed by its date, not searched."""

import numpy as np

from retrieval.answer import Excerpt, Hit, Passage
from retrieval.answering.runs import MAX_CHARACTERS
from retrieval.index.index import Index
from retrieval.text.canonical import trimmed
from retrieval.text.sentence import sentences


def lead_hit(index: Index, number: int) -> Hit:
    """Return the hit that shows article *number* by the first sentences of its body."""
    article = index.article(number)
    start, end = index.span_of(int(index.leads(np.array([number]))[0]))
    return Hit(
        passage=Passage(article_id=article.id, ordinal=0, start=start, end=end),
        article=article,
        score=0.0,
        matched=(),
        excerpt=_lead(article.body, start, end),
    )


def _lead(body: str, start: int, end: int) -> Excerpt:
    """Return as many whole sentences of ``body[start:end]`` as fit; of one that does not, its beginning."""
    shown = start
    for begin, stop in sentences(body, start, end):
        if stop - start > MAX_CHARACTERS:
            if shown == start:
                cut = body.rfind(" ", begin, start + MAX_CHARACTERS + 1)
                shown = cut if cut > begin else start + MAX_CHARACTERS
            break
        shown = stop
    begin, stop = trimmed(body, start, shown)
    return Excerpt(start=begin, end=stop, highlights=())
