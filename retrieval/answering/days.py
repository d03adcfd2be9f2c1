"""Search for what is asked of days that are counted from today: "mai cúp điện ở đâu", "tuần này khám ở đâu".

No article says these words. Of those about the rest of the question the ones that name such a day are the
answer. If none does, the rest is searched, and the answer says that there is nothing for these days.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import tzinfo

from retrieval.answering.search import Search
from retrieval.answering.trial import Found, Trial, best_of
from retrieval.article import Article
from retrieval.index.among import Among
from retrieval.question.operators import Asked
from retrieval.question.parts import parts
from retrieval.question.roles import Role
from retrieval.question.times.calendar import asks_now, days_counted, names_weekday
from retrieval.question.times.period import Period, days_in
from retrieval.ranking.confidence import ANSWERED
from retrieval.restriction import Restriction

_WIDE = 20  # hits, of which those are taken that tell of the days
_SURE = 0.4  # 0..1: the least confidence, since the day that is asked for speaks for the article, too
# 0..1: of what is only named, what an article says at least that is shown though it tells of other days.
ALL = 0.95
_ASKING = frozenset({Role.ASKS, Role.CONFIRMS, Role.ALSO})
_RELEVANT = 0.5  # 0..1: the least share of the best score of all that such an article must reach


def of_days(search: Search, asked: Asked, among: Among | None, limit: int | None) -> Trial | None:
    """Return the search for *asked* of the days that it means; None if it means none, or only "today"."""
    now = search.tools.clock()
    counted = None if asked.restriction.since else days_counted(asked.text, now.date())
    if counted is None or not any(part.kind is Role.SUBJECT for part in parts(counted[1])):
        return None
    period, rest = counted
    wide = search.search(rest, among, limit=_WIDE, context=asked.context)
    for text, keys in _tellings(wide, rest, period, now.tzinfo):
        within = replace(among or Among(timezone=now.tzinfo), keys=keys)
        found = search.search(text, within, limit=limit, context=asked.context)
        sure = max(found.confidence, wide.confidence)
        if sure >= _SURE and found.selected:
            told = replace(found, confidence=max(sure, ANSWERED))
            return Trial(asked=asked, among=among, whole=wide, narrowed=told)
    if asks_now(asked.text) or names_weekday(asked.text):
        return None  # what is old says so by itself, and what holds on such a day says the day
    whole = search.search(rest, among, limit=limit, context=asked.context)
    is_named = _ASKING.isdisjoint(part.kind for part in parts(rest))
    if whole.answered and is_named and best_of(whole).says < ALL:
        whole = replace(whole, confidence=0.0)
    missed = Restriction(since=period.since, until=period.until)
    return Trial(asked=asked, among=among, whole=whole, missed=missed)


def tells_of(article: Article, period: Period, timezone: tzinfo | None) -> bool:
    """Tell whether *article* names a day of *period*."""
    return _meet(period, _days(article, period, timezone))


def _meet(period: Period, named: Iterable[Period]) -> bool:
    return any(days.since <= period.until and period.since <= days.until for days in named)


def _tellings(
    wide: Found, rest: str, period: Period, timezone: tzinfo | None
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what to search, and among which articles: first with the very day, if it is one."""
    about = [hit for hit in wide.selected if hit.score >= _RELEVANT * wide.best]
    articles = wide.index.read([hit.article for hit in about]).values()
    named = [(article.key, [*_days(article, period, timezone)]) for article in articles]
    if period.since == period.until:
        naming = frozenset(key for key, days in named if period in days)
        if naming:
            day = f"{period.since:%d/%m}"
            yield f"{rest.rstrip(' ?.!')} {day}", naming
    telling = frozenset(key for key, days in named if _meet(period, days))
    if telling:
        yield rest, telling


def _days(article: Article, period: Period, timezone: tzinfo | None) -> Iterator[Period]:
    published = article.published.astimezone(timezone).date() if article.published else period.since
    return days_in(f"{article.title}\n{article.body}", published)
