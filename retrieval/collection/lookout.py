"""The lookout: followed questions are asked of the articles that are new to them; digests tell of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.answer import Hit
from retrieval.article import article_key
from retrieval.collection.collection import Collection
from retrieval.store.watches import Finding, Watch

MOST = 20  # articles that a watch finds in one look: it is an answer to the question, not a search
MOST_HITS = 5  # in a message; it is to be read in passing
MOST_QUESTIONS = 5  # each with one hit at least


def look(collection: Collection) -> None:
    """Let each watch look at the articles that were added since it last did, and note what answers it.

    It does not matter which process added them, or when. Articles that are in the database and not yet
    in the index are looked at the next time. Raises ``StoreError``.
    """
    generation = collection.generation
    behind = collection.watches.behind(generation)
    if not behind:
        return
    added = {checked: collection.added_since(checked) for checked in {watch.checked for watch in behind}}
    found = {watch.id: _found(collection, watch, added[watch.checked]) for watch in behind}
    collection.watches.note(found, generation)


def _found(collection: Collection, watch: Watch, article_ids: Sequence[str]) -> list[str]:
    if not article_ids:
        return []
    answer = collection.ask_among(watch.question, article_ids, limit=MOST)
    return [hit.article.id for hit in answer.hits] if answer.answered else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """New articles for one followed question, as one message tells them with others."""

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
