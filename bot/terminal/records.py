"""Answers as programs read them: plain objects, ready for JSON."""

from dataclasses import asdict, replace

from bot.links import Links, spot_of
from retrieval.answer import Answer, Hit
from retrieval.answering.explanation import Explanation, HitExplained
from retrieval.article import Article
from retrieval.collection.report import Report
from retrieval.sources.overview import FollowedSource, Origins


def sources_record(sources: Origins) -> dict[str, object]:
    """Return *sources* as `hoibao sources --json` prints them; `kind` is site, feed, page or hand."""
    return {
        "folders": [{"source": source, "articles": articles} for source, articles in sources.folders],
        "web": [_followed_record(followed) for followed in sources.followed],
        "mistakes": [{"origin": error.origin, "reason": str(error.reason)} for error in sources.mistakes],
    }


def _followed_record(followed: FollowedSource) -> dict[str, object]:
    troubles = [
        {
            "address": trouble.address,
            "state": trouble.state,
            "reason": str(trouble.reason),
            "next": trouble.next.isoformat(),
            "kept": trouble.has_article,
        }
        for trouble in followed.troubles
    ]
    return {
        "kind": followed.kind,
        "address": followed.address,
        "articles": followed.articles,
        "waiting": followed.waiting,
        "failed": followed.count("failed"),
        "gone": followed.count("gone"),
        "none": followed.count("none"),
        "tried": followed.tried.isoformat() if followed.tried else None,
        "next": followed.next.isoformat() if followed.next else None,
        "reason": str(followed.reason) if followed.reason else None,
        "troubles": troubles,
    }


def answer_record(answer: Answer, links: Links, *, seconds: float) -> dict[str, object]:
    """Return *answer*, which took *seconds*, as `hoibao ask --json` prints it.

    Offsets are code points into the article's body. A hit's `url` is the article's own, or null; its
    `link` always leads somewhere. `similar` are the ids of the articles that hold a copy of it;
    `page`, from 1, is null if its article has no pages.
    """
    return {
        "question": answer.question,
        "understood_as": answer.understood_as,
        "answered": answer.answered,
        "confidence": answer.confidence,
        "suggestion": answer.suggestion,
        "restriction": answer.restriction and answer.restriction.record,
        "hits": [_hit_record(rank, hit, links) for rank, hit in enumerate(answer.hits, start=1)],
        "ms": round(seconds * 1000, 2),
    }


def explanation_record(explanation: Explanation, links: Links) -> dict[str, object]:
    """Return *explanation* as `hoibao why --json` prints it.

    A hit's gains add up to its `sum`; that times (1 + `closeness` + `opening` + `subject`) is its `score`.
    The parts of `odds` add up to its `total`.
    """
    answer, odds = explanation.answer, explanation.odds
    return {
        "question": explanation.searched,
        "understood_as": answer.understood_as,
        "answered": answer.answered,
        "confidence": answer.confidence,
        "least": explanation.least,
        "words": [asdict(word) for word in explanation.sought],
        "hits": [
            _explained_record(rank, explained, links)
            for rank, explained in enumerate(explanation.hits, start=1)
        ],
        "odds": odds and {**asdict(odds), "total": odds.total},
    }


def article_record(article: Article, links: Links, *, is_withheld: bool) -> dict[str, object]:
    """Return *article* as `hoibao articles list --json` prints it, without its text."""
    return {
        "id": article.id,
        "key": article.key,
        "title": article.title,
        "url": article.url,
        "link": links.to(article),
        "published": article.published and article.published.isoformat(),
        "author": article.author,
        "section": article.section,
        "language": article.language,
        "origin": article.origin,
        "pages": len(article.pages) or None,
        "is_scan": article.is_scan,
        "is_withheld": is_withheld,
    }


def report_record(report: Report) -> dict[str, object]:
    """Return *report* as `hoibao reload --json` prints it; its reasons are English."""
    failed = [{"origin": failure.origin, "reason": str(failure.reason)} for failure in report.failed]
    return {**asdict(replace(report, failed=())), "failed": failed}


def _explained_record(rank: int, explained: HitExplained, links: Links) -> dict[str, object]:
    return {
        **_hit_record(rank, explained.hit, links),
        "gains": [{**asdict(gain), "total": gain.total} for gain in explained.gains],
        "sum": explained.first,
        "coverage": explained.coverage,
        "closeness": explained.closeness,
        "lead": explained.lead,
        "opening": explained.opening,
        "title_share": explained.title,
        "subject": explained.subject,
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
        "page": hit.article.page_at(spot_of(hit).start),
        "is_scan": hit.article.is_scan,
        "similar": [article.id for article in hit.similar],
    }
