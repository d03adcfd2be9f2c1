"""The snapshots of a collection: which one is in use, and how the next one takes its place."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Protocol, TypeVar

from retrieval.article import article_key
from retrieval.collection.lock import reload_lock
from retrieval.collection.report import Step, tell_nobody
from retrieval.collection.snapshots.snapshot import Equip, Signature, Snapshot, signature
from retrieval.errors import IndexFileError, ReloadRunningError, StoreError
from retrieval.index import files
from retrieval.index.index import Index
from retrieval.indexing import writer
from retrieval.store.articles import Beside, State, Store
from retrieval.store.changes import Changes

OnStep = Callable[[Step], None]
Turn = Callable[[], AbstractContextManager[None]]  # the lock of reloads

_Result = TypeVar("_Result")

_LOG = logging.getLogger(__name__)


class Apply(Protocol):
    """Writes changes to the store in one transaction, and what belongs *beside* the articles."""

    def __call__(self, *, generation: int | None = None, beside: Beside | None = None) -> State:
        """Return the state after it; *generation* is the next one, if it is known already."""


class Snapshots:
    """The snapshot in use, of the index in one folder. Threads may share it, processes may share the folder.

    An index is used only if the store made it: one that is missing, damaged or of another generation is
    built again.
    """

    def __init__(self, store: Store, folder: Path, equip: Equip) -> None:
        self._store = store
        self._folder = folder
        self._equip = equip
        self._renewing = threading.Lock()  # held by who replaces the snapshot
        self._refused: Signature | None = None  # of files that could not be opened
        self._snapshot = self._first()

    def newest(self) -> Snapshot:
        """Return the snapshot in use, after taking in what another process saved."""
        found = signature(self._folder)
        if found is None or found in (self._snapshot.signature, self._refused):
            return self._snapshot
        # Whoever does not get the lock goes on with the old snapshot: somebody is at it.
        if self._renewing.acquire(blocking=False):
            try:
                self._reopen()
            finally:
                self._renewing.release()
        return self._snapshot

    def close(self) -> None:
        """Do nothing: files are closed with the last answer that needs them."""

    def taken_in(self) -> Snapshot:
        """Return the snapshot in use, after taking in the synonyms as they are now."""
        with self._renewing:
            self._reopen()
        return self._snapshot

    def asking(self, ask: Callable[[Snapshot], _Result]) -> _Result:
        """Return what *ask* makes of the newest snapshot."""
        return ask(self.newest())

    def commit(
        self, changes: Changes, seen: State, apply: Apply, tell: OnStep, *, restored: str | None = None
    ) -> None:
        """Let *apply* write *changes*, which lead on from *seen*; then bring the index up to date.

        The article with the id *restored* was withheld until now.
        """
        del restored  # the store knows it when the index is brought up to date
        self._renew(changes, seen, apply(), tell)

    def rebuild(self, tell: OnStep) -> None:
        """Build the index again from what the store holds, and let it take the old one's place."""
        self._use(self._build(tell, self._folder))

    def _renew(self, changes: Changes, seen: State, state: State, tell: OnStep) -> None:
        """Bring the index up to date with the store, which *changes* led from *seen* to *state*.

        One of what was seen takes in the changes; any other is built again. Then small segments are merged:
        questions are answered from the new index already.
        """
        current = self.newest()
        is_saved = current.index.generation == seen.generation and current.is_saved(self._folder)
        if is_saved and seen.generation == state.generation:
            return
        index = (
            self._changed(current.index, changes, state, tell)
            if is_saved
            else self._build(tell, self._folder)
        )
        self._use(index)
        try:
            while (fewer := writer.merged(self._snapshot.index)) is not None:
                self._use(fewer)
        except StoreError as error:  # no need to tell who reloads: all is taken in
            _LOG.warning("small segments are not merged", extra={"reason": str(error)})

    def keep_up(self) -> bool:
        """Take in what another process stored that has its own index; tell whether nothing is left to do.

        If it has the same folder, that process brings the index up to date. Raises ``StoreError``.
        """
        if self.newest().index.generation == self._store.state().generation:
            return True
        try:
            with reload_lock(self._folder):
                started = time.perf_counter()
                self._use(self._caught_up(self.newest().index))
        except ReloadRunningError:
            return False
        seconds = round(time.perf_counter() - started, 1)
        _LOG.info(
            "index is up to date with the database",
            extra={"articles": self._snapshot.index.article_count, "seconds": seconds},
        )
        return True

    def _caught_up(self, index: Index) -> Index:
        """Return *index* with what the store holds otherwise, written to the folder."""
        articles = map(index.article, index.articles.tolist())
        known = {article.id: (article.content_hash, article.origin) for article in articles}
        with self._store.differences(known) as other, self._saving(self._folder):
            return writer.changed(
                index, other.gone, other.articles, generation=other.generation, folder=self._folder
            )

    def _use(self, index: Index) -> None:
        with self._renewing:
            self._snapshot = Snapshot.save(index, self._folder, self._equip)

    def _changed(self, index: Index, changes: Changes, state: State, tell: OnStep) -> Index:
        """Return *index* after *changes*."""
        moved = [
            replace(article, origin=move.origin)
            for move in changes.moves
            if (article := index.find(article_key(move.id))) is not None
        ]
        withheld = self._store.withheld()
        total = len(changes) - len(changes.removals)
        tell(Step(stage="index", done=0, total=total))
        with self._saving(self._folder):
            return writer.changed(
                index,
                [*changes.removals, *(move.id for move in changes.moves), *changes.updates],
                chain(moved, (change.article for change in changes if change.article.id not in withheld)),
                generation=state.generation,
                folder=self._folder,
                progress=lambda done: tell(Step(stage="index", done=done, total=total)),
            )

    def _build(self, tell: OnStep, folder: Path | None = None) -> Index:
        """Return the index of what the store holds, written to *folder* as it is made."""
        with self._store.contents() as contents:
            total = contents.count
            tell(Step(stage="index", done=0, total=total))
            with self._saving(folder):
                return writer.build(
                    contents.articles,
                    generation=contents.generation,
                    folder=folder,
                    progress=lambda done: tell(Step(stage="index", done=done, total=total)),
                )

    @contextmanager
    def _saving(self, folder: Path | None) -> Iterator[None]:
        """Leave nothing half-made in *folder*, if any. Raises ``StoreError`` if the disk fails."""
        try:
            yield
        except BaseException as error:
            if folder:
                files.sweep(folder)
                if isinstance(error, OSError):
                    raise StoreError.unsaved("the index", folder, error) from error
            raise

    def _first(self) -> Snapshot:
        """Open the index; if it is not the store's, build it and save it if that is possible."""
        try:
            return self._saved()
        except IndexFileError as error:
            if self._store.state().generation:  # at the very first start there is nothing to rebuild
                _LOG.info("index is rebuilt", extra={"reason": str(error)})
        try:
            with reload_lock(self._folder):
                return Snapshot.save(self._build(tell_nobody, self._folder), self._folder, self._equip)
        except (ReloadRunningError, StoreError) as error:
            _LOG.warning("index is kept in memory only", extra={"reason": str(error)})
        return Snapshot.of(self._build(tell_nobody), self._equip)

    def _saved(self, before: Index | None = None) -> Snapshot:
        """Open the index that is on disk, which may be the next one after *before*.

        Raises ``IndexFileError`` if it is damaged, or not made from what the store holds: from before
        a crash or a backup, or of another database.
        """
        snapshot = Snapshot.open(self._folder, self._equip, before)
        opened = snapshot.index
        # To count is to look at every row; the next index was just written, and questions wait for it.
        is_next = before is not None and before.generation < opened.generation
        count = opened.article_count if is_next else self._store.count()
        if opened.generation != self._store.state().generation:
            raise IndexFileError(self._folder, "is of another generation than the database")
        if opened.article_count != count:  # its manifest lacks segments
            raise IndexFileError(self._folder, "holds other articles than the database")
        return snapshot

    def _reopen(self) -> None:
        found = signature(self._folder)
        if found == self._snapshot.signature:
            return
        try:
            self._snapshot = self._saved(self._snapshot.index)
        except IndexFileError as error:
            _LOG.warning("changed index is not used", extra={"reason": str(error)})
            self._refused = found
        except StoreError as error:  # perhaps it can be read when the next question comes
            _LOG.warning("changed index is not used yet", extra={"reason": str(error)})
