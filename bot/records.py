"""Answers as programs read them: plain objects, ready for JSON."""

from bot.links import Links
from retrieval.answer import Answer, Hit


def answer_record(answer: Answer, links: Links, *, seconds: float) -> dict[str, object]:
    """Return *answer*, which took *seconds*, as `hoibao ask --json` prints it.

    Offsets are code points into the article's body. A hit's `url` is the article's own, or null; its
    `link` always leads somewhere.
    """
    return {
        "question": answer.question,
        "understood_as": answer.understood_as,
        "answered": answer.answered,
        "confidence": answer.confidence,
        "suggestion": answer.suggestion,
        "hits": [_hit_record(rank, hit, links) for rank, hit in enumerate(answer.hits, start=1)],
        "ms": round(seconds * 1000, 2),
    }


def _hit_record(rank: int, hit: Hit, links: Links) -> dict[str, object]:
    published = hit.article.published
    return {
        "rank": rank,
        "score": hit.score,
        "article_id": hit.article.id,
        "title": hit.article.title,
        "url": hit.article.url,
        "link": links.of(hit),
        "published": published.isoformat() if published else None,
        "passage": hit.passage.ordinal,
        "excerpt": hit.quote,
        "start": hit.excerpt.start,
        "end": hit.excerpt.end,
        "highlights": [list(span) for span in hit.excerpt.highlights],
    }
