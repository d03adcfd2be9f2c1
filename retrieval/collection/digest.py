"""A digest: articles found for people who follow a question, as one message tells them."""

from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.answer import Hit
from retrieval.article import article_key
from retrieval.collection.collection import Collection
from retrieval.store.watches import Finding, Watch

MOST_HITS = 5  # in a message; it is to be read in passing
MOST_QUESTIONS = 5  # each with one hit at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """New articles for one followed question."""

    watch: Watch
    findings: tuple[Finding, ...]  # all that this tells, also of articles that are gone
    hits: tuple[Hit, ...]  # that are shown, best first; none: all articles are gone
    more: int  # articles beside them, their copies not counted


def gather(collection: Collection, findings: Iterable[Finding]) -> tuple[Digest, ...]:
    """Return the digests of one message; the earliest findings, if there are too many for one."""
    by_watch: dict[Watch, list[Finding]] = {}
    for finding in findings:
        by_watch.setdefault(finding.watch, []).append(finding)
    watches = list(by_watch)[:MOST_QUESTIONS]
    return tuple(_digest(collection, watch, by_watch[watch], MOST_HITS // len(watches)) for watch in watches)


def _digest(collection: Collection, watch: Watch, findings: list[Finding], limit: int) -> Digest:
    there = [
        finding.article_id for finding in findings if collection.article(article_key(finding.article_id))
    ]
    hits = collection.ask_among(watch.question, there, limit=limit).hits if there else ()
    more = len(there) - sum(1 + len(hit.similar) for hit in hits) if hits else 0
    return Digest(watch=watch, findings=tuple(findings), hits=hits, more=max(0, more))
