"""The snapshots of a collection whose articles lie in a cluster: which edition is asked, and how the next
comes.

    load       new articles, which nobody sees yet            ``cluster.edition.Filling``
    switch     articles, counts and generation at once        one transaction of the database
    remove     what is gone from the cluster, afterwards      ``cluster.edition.drop_removed``

The transaction is the only switch, for all processes. A question that began before it and ends after it is
asked again, so that no answer mixes two generations. A process killed before it leaves articles or indexes
behind that are of no generation; killed after it, it leaves some that no question asks for, or an edition
that has no copies yet. The next reload sees to either."""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from retrieval.article import Article, article_key
from retrieval.cluster import edition as editions
from retrieval.cluster.client import Client
from retrieval.cluster.edition import Filling, Opened
from retrieval.cluster.loading import shards
from retrieval.collection.report import Step, tell_nobody
from retrieval.collection.snapshots.embedded import Apply, OnStep, Turn
from retrieval.collection.snapshots.snapshot import Equip, Snapshot
from retrieval.errors import ReloadRunningError, SearchError, StoreError
from retrieval.index.vocabulary import Vocabulary
from retrieval.store.articles import Beside, State, Store, next_generation
from retrieval.store.changes import Changes
from retrieval.store.statistics import ClusterEdition, Statistics, put, switch

ATTEMPTS = 5  # of a question that is overtaken by changes
_PATIENCE = 600  # seconds that a start waits for another process that fills the cluster

_LOG = logging.getLogger(__name__)
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Current:
    """A snapshot, and what it is of."""

    edition: ClusterEdition
    snapshot: Snapshot


class ClusterSnapshots:
    """The snapshot of the newest edition. Threads may share it; processes share database and cluster."""

    def __init__(
        self, *, store: Store, statistics: Statistics, client: Client, equip: Equip, turn: Turn
    ) -> None:
        """*turn* gives the lock of reloads. Nothing is asked of the cluster before the first question."""
        self._store = store
        self._statistics = statistics
        self._client = client
        self._equip = equip
        self._turn = turn
        self._renewing = threading.Lock()
        self._closed = threading.Event()
        self._opened: Opened | None = None
        self._current: _Current | None = None  # of what is opened; None until it has an engine

    def newest(self) -> Snapshot:
        """Return the snapshot of the newest edition; fill the cluster if it has none.

        Raises ``SearchError`` if the cluster does not answer, ``StoreError``.
        """
        current = self._current
        return current.snapshot if current and self._is_newest(current) else self._renewed().snapshot

    def close(self) -> None:
        """Close the connections to the cluster, and let nobody wait for another process any more."""
        self._closed.set()
        self._client.close()

    def keep_up(self) -> bool:
        """Open the newest edition before it is asked; tell that nothing is left to do.

        Something is left while another process fills the cluster: that is not waited for.
        """
        current = self._current
        if current is None or not self._is_newest(current):
            try:
                self._renewed(patience=0)
            except ReloadRunningError:
                return False
        return True

    def taken_in(self) -> Snapshot:
        """Return the snapshot in use, after taking in the synonyms as they are now."""
        with self._renewing:
            self._current = None
        return self.newest()

    def asking(self, ask: Callable[[Snapshot], _Result]) -> _Result:
        """Return what *ask* makes of the newest snapshot; ask again if that is overtaken meanwhile.

        The snapshot at hand is asked first, and looked at afterwards: it is nearly always the newest.
        """
        for _ in range(ATTEMPTS):
            current = self._current or self._renewed()
            try:
                result = ask(current.snapshot)
            except (SearchError, StoreError):
                # Its indexes or tables may be gone, since others took their place.
                if self._is_newest(current):
                    raise
            else:
                if self._is_newest(current):
                    return result
            self._renewed()
        raise SearchError("articles change faster than they are searched: ask again in a moment")

    def commit(
        self, changes: Changes, seen: State, apply: Apply, tell: OnStep, *, restored: str | None = None
    ) -> None:
        """Load *changes*, let *apply* write them, together with the next edition, and remove what is gone.

        What an earlier change or rebuild left undone is done first.
        """
        edition = self._statistics.edition()
        is_current = edition is not None and edition.generation == seen.generation
        if not len(changes):
            apply()
            if edition is not None and is_current:
                self._finish_if_possible(edition)
            return
        # An empty edition has the fewest shards, and nobody misses it while another one is filled.
        is_too_small = edition is not None and not edition.articles and shards(len(changes)) > 1
        if edition is None or not is_current or is_too_small:
            apply()
            self.rebuild(tell)
            return
        self._finish(edition.name)
        editions.drop_unfinished(self._client, edition)
        before = editions.opened(self._client, self._statistics, edition, self._opened)
        generation = next_generation(seen)
        filling = Filling(self._client, edition, before.articles.index.vocabulary, generation=generation)
        gone = [*changes.removals, *(move.id for move in changes.moves), *changes.updates]
        moved = self._moved(before, changes)
        filling.remove(before.articles.places([article_key(id_) for id_ in gone]))
        withheld = self._store.withheld() - {restored}
        new = (change.article for change in changes if change.article.id not in withheld)
        self._add(filling, chain(moved, new), len(changes) - len(changes.removals), tell)
        apply(generation=generation, beside=_with(filling))
        self._remove(filling.edition)

    def rebuild(self, tell: OnStep) -> None:
        """Fill a new edition beside the old one from what the store holds, and let it take that one's place.

        Whoever calls it has the lock of reloads. Raises ``SearchError``, ``StoreError``.
        """
        name = f"{self._client.prefix}-{secrets.token_hex(4)}"
        with self._store.contents() as contents:
            editions.create(self._client, name, articles=contents.count)
            nothing = editions.empty(name)
            filling = Filling(self._client, nothing, Vocabulary.of([]), generation=contents.generation)
            self._add(filling, contents.articles, contents.count, tell)
        self._statistics.fill(name, contents.generation, filling.words, filling.counted, filling.bounds)
        self._store.beside(contents.generation, partial(switch, edition=filling.edition))
        self._finish(name)

    def _finish(self, name: str) -> None:
        """Do what follows the switch to an edition, unless it is done: who began it may have been killed."""
        if not editions.is_complete(self._client, name):
            editions.complete(self._client, name)
        editions.drop_others(self._client, name)
        self._statistics.drop_others(name)

    def _finish_if_possible(self, edition: ClusterEdition) -> None:
        """Finish what a rebuild began; if that fails, the next change does it."""
        try:
            self._finish(edition.name)
        except SearchError as error:
            _LOG.warning("a rebuild of the cluster is not finished yet", extra={"reason": str(error)})

    def _renewed(self, patience: float = _PATIENCE) -> "_Current":
        """Return what is newest, opened; wait so long (seconds) for another process that fills it."""
        edition = self._statistics.edition()
        if edition is None or edition.generation != self._store.state().generation:
            edition = self._first(patience)
        with self._renewing:
            opened, current = self._opened, self._current
            if opened is None or not _are_same(opened.edition, edition):
                self._opened = opened = editions.opened(self._client, self._statistics, edition, opened)
                current = None
            if current is None:
                index = opened.articles.index
                engine = self._equip(index, opened.articles)
                snapshot = Snapshot(index=index, engine=engine, signature=None)
                self._current = current = _Current(edition=opened.edition, snapshot=snapshot)
            return current

    def _is_newest(self, current: "_Current") -> bool:
        """Tell whether it is still what questions are answered from, by one statement."""
        edition = current.edition
        return current is self._current and self._statistics.is_newest(edition.name, edition.generation)

    def _first(self, patience: float) -> ClusterEdition:
        """Return the edition of what the store holds, after filling it, or waiting for who does."""
        end = time.monotonic() + patience
        while True:
            edition = self._statistics.edition()
            if edition is not None and edition.generation == self._store.state().generation:
                return edition
            try:
                with self._turn():
                    _LOG.info("the cluster is filled")
                    self.rebuild(tell_nobody)
            except ReloadRunningError:
                if time.monotonic() >= end or self._closed.wait(1.0):
                    raise

    def _moved(self, before: Opened, changes: Changes) -> list[Article]:
        """Return the articles that are the same but were read from elsewhere."""
        origins = {article_key(move.id): move.origin for move in changes.moves}
        texts = before.articles.texts(list(before.articles.places(list(origins)))) if origins else {}
        by_key = {article.key: article for article in texts.values()}
        return [replace(by_key[key], origin=origin) for key, origin in origins.items() if key in by_key]

    def _add(self, filling: Filling, articles: Iterable[Article], total: int, tell: OnStep) -> None:
        tell(Step(stage="index", done=0, total=total))
        filling.add(articles, lambda done: tell(Step(stage="index", done=done, total=total)))

    def _remove(self, edition: ClusterEdition) -> None:
        """Delete what is gone; if that fails, the next change does it."""
        try:
            editions.drop_removed(self._client, edition)
            self._statistics.forget_removed([order for order, _ in edition.removed])
        except SearchError as error:
            _LOG.warning("removed articles still lie in the cluster", extra={"reason": str(error)})


def _with(filling: Filling) -> Beside:
    """Return what writes the edition that was filled."""
    new: dict[str, Any] = {
        "first_word": filling.first_word,
        "words": filling.words,
        "counted": filling.counted,
        "bounds": filling.bounds,
    }
    return partial(put, edition=filling.edition, **new)


def _are_same(edition: ClusterEdition, other: ClusterEdition) -> bool:
    return (edition.name, edition.generation) == (other.name, other.generation)
