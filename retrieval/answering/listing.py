"""List articles by their day, the newest first, for questions that only ask for news."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo

import numpy as np

from retrieval.answer import Answer, Hit
from retrieval.answering.days import tells_of
from retrieval.answering.lead import lead_hit
from retrieval.index.among import Among
from retrieval.question.times.news import NewsAsked
from retrieval.question.times.period import Period
from retrieval.ranking.nominees import Articles, Listed
from retrieval.restriction import EVERYTHING, Restriction
from retrieval.text.analyzer import terms

Answering = Callable[[str, int, Among | None], Answer]

_LOOKED_THROUGH = 100  # of the newest articles, for days that are still to come
_WIDE = 20  # hits of a subject, before the newest of them are chosen
# 0..1: an article is about the subject if it scores such a share of what the best one does.
_RELEVANT = 0.5
# 0..1: a text that a title says so much of is that title, not a question for news.
_TITLE = 0.8


def listing(
    articles: Articles,
    question: str,
    wanted: NewsAsked,
    now: datetime,
    limit: int,
    search: Answering,
) -> Answer | None:
    """Answer *question* by the articles that are *wanted*, the newest first; None if it is to be searched.

    If there is nothing of a period that is not over, articles from before that name its days are the news.
    Without these either, the newest ones take its place (``missed``).
    """
    period, timezone = wanted.period, now.tzinfo
    restriction = Restriction(since=period.since, until=period.until) if period else EVERYTHING
    is_dated = bool(restriction) and not wanted.is_ahead
    among = Among(restrictions=(restriction,), timezone=timezone) if is_dated else None
    if wanted.subject:
        if _is_title(question, search(question, 1, None)):
            return None
        about = _about(search(wanted.subject, _WIDE, among), limit)
        return about and replace(about, understood_as=question, restriction=restriction if is_dated else None)
    if wanted.is_ahead and period:
        newest = _telling_of(articles.newest(_LOOKED_THROUGH), period, timezone)
    else:
        newest = articles.newest(limit, among)
        if period and period.until >= now.date() and not len(newest.numbers):
            newest, is_dated = _telling_of(articles.newest(_LOOKED_THROUGH), period, timezone), False
    is_instead = not len(newest.numbers)
    shown = articles.newest(limit) if is_instead else newest
    return Answer(
        question=question,
        understood_as=question,
        answered=bool(len(shown.numbers)),
        confidence=float(len(shown.numbers) > 0),
        suggestion=None,
        hits=tuple(lead_hit(shown.index, number) for number in shown.numbers[:limit].tolist()),
        restriction=restriction if is_dated and not is_instead else None,
        missed=restriction if is_instead and restriction else None,
    )


def _about(found: Answer, limit: int) -> Answer | None:
    """Return *found* with the newest first of the articles that say as much of its subject as the best."""
    if not found.answered:
        return None
    best = found.hits[0]
    said = {*best.matched}
    about = [hit for hit in found.hits if hit.score >= _RELEVANT * best.score and said <= {*hit.matched}] or [
        best
    ]
    return replace(found, hits=tuple(sorted(about, key=_day, reverse=True))[:limit], suggestion=None)


def _day(hit: Hit) -> float:
    return hit.article.published.timestamp() if hit.article.published else float("-inf")


def _is_title(question: str, found: Answer) -> bool:
    asked = {*terms(question)}
    return bool(found.hits) and len(asked & {*terms(found.hits[0].article.title)}) >= _TITLE * len(asked)


def _telling_of(newest: Listed, period: Period, timezone: tzinfo | None) -> Listed:
    """Return those of the *newest* articles that name a day of *period*."""
    articles = newest.index.read(newest.numbers.tolist())
    told = [number for number, article in articles.items() if tells_of(article, period, timezone)]
    return replace(newest, numbers=np.array(told, dtype=np.int64))
