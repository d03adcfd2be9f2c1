"""The collection: store, index and engine as one thing that is asked, read and reloaded."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

import structlog

from retrieval import files, kernels
from retrieval.answer import Answer, Hit
from retrieval.article import Article, article_key
from retrieval.changes import Change, Changes
from retrieval.comparison import Comparison, scopes
from retrieval.database import Database
from retrieval.engine import Clock, Engine
from retrieval.errors import IndexFileError, ReloadRunningError, StoreError
from retrieval.explanation import Explanation
from retrieval.index import Index
from retrieval.journal import Journal, NotedHit
from retrieval.lexicon import NO_WORDS, Lexicon
from retrieval.lock import reload_lock
from retrieval.memory import Memory
from retrieval.reload import Report, Step
from retrieval.snapshot import Signature, Snapshot, signature
from retrieval.store import State, Store
from retrieval.synonym_file import SynonymFile
from retrieval.watches import Watches

Progress = Callable[[Step], None]
Edition = tuple[Snapshot, date]  # the snapshot, and the day that "yesterday" is counted from

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """How much there is, and how fresh it is."""

    articles: int
    passages: int
    newest: datetime | None  # the latest date of an article
    reloaded: datetime | None  # when a reload last went through; None: never


class Collection:
    """Articles that can be asked. Threads may share it, processes may share what it stands on.

    The database is the truth, and one transaction switches it from one generation to the next. The
    index is made from it, and made again wherever it is missing, damaged or of another generation.
    """

    def __init__(
        self,
        *,
        database: Database,
        index_dir: Path,
        articles_dir: Path,
        synonyms: Path | None,
        language: str,
        timezone: ZoneInfo,
        lexicon: Lexicon,
        clock: Clock | None,
    ) -> None:
        self.memory = Memory(database)
        self.journal = Journal(database)
        self.watches = Watches(database)
        self._database = database
        self._store = Store(database)
        self._index_dir = index_dir
        self._articles_dir = articles_dir
        self._synonyms = SynonymFile(path=synonyms, index_dir=index_dir)
        self._language = language
        self._timezone = timezone
        self._lexicon = lexicon
        self._clock = clock or partial(datetime.now, timezone)
        self._renewing = threading.Lock()  # held by who replaces the snapshot
        self._refused: Signature | None = None  # of files that could not be opened
        self._snapshot = self._first_snapshot()

    @classmethod
    def open(
        cls,
        *,
        database_url: str,
        index_dir: Path,
        articles_dir: Path,
        synonyms: Path | None = None,
        language: str = "vi",
        timezone: ZoneInfo | None = None,
        lexicon: Lexicon = NO_WORDS,
        clock: Clock | None = None,
    ) -> Self:
        """Open the collection; upgrade its database and rebuild its index where that is needed.

        *articles_dir* is what a reload reads by default, *synonyms* the file of other wordings; *language*
        and *timezone* (default: Vietnam's) those of articles that name none and do not show it; *lexicon*
        helps to understand questions; *clock* tells what time it is there. Raises ``StoreError``.
        """
        database = Database.open(database_url)
        try:
            return cls(
                database=database,
                index_dir=index_dir,
                articles_dir=articles_dir,
                synonyms=synonyms,
                language=language,
                timezone=timezone or ZoneInfo("Asia/Ho_Chi_Minh"),
                lexicon=lexicon,
                clock=clock,
            )
        except BaseException:
            database.close()
            raise

    @property
    def is_first_start(self) -> bool:
        """Whether the first question takes several seconds, since no process here ever asked one."""
        return not kernels.are_kept()

    @property
    def generation(self) -> int:
        """The generation of the articles that questions are answered from; it grows with every change."""
        return self._newest().index.generation

    @property
    def edition(self) -> Edition:
        """What answers depend on: as long as it stays the same, a question is answered the same."""
        return self._newest(), self._clock().date()

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def ask(self, question: str, *, limit: int = 3, after: str | None = None) -> Answer:
        """Answer *question* with at most *limit* hits, from the newest snapshot that is complete.

        *after* is the question before it, as that was understood: a follow-up is understood together with it.
        """
        return self._newest().engine.ask(question, limit=limit, after=after)

    def ask_among(self, question: str, article_ids: Iterable[str], *, limit: int = 3) -> Answer:
        """Answer *question* by these articles alone; ids that no article has are ignored."""
        return self._newest().engine.ask_among(question, article_ids, limit=limit)

    def why(self, question: str, *, limit: int = 3, after: str | None = None) -> Explanation:
        """Return what ``ask`` finds, and what each hit's score and the confidence are made of."""
        return self._newest().engine.why(question, limit=limit, after=after)

    def article(self, key: str) -> Article | None:
        """Return the article with this ``Article.key``; None where there is none."""
        return self._newest().index.find(key)

    def articles(self) -> Iterator[Article]:
        """Yield all articles of the newest snapshot, in the order of their arrival."""
        index = self._newest().index
        return (index.article(int(number)) for number in index.articles)

    def hit_again(self, noted: NotedHit) -> Hit | None:
        """Return a hit of an earlier answer; None where its article is gone, or not as it was."""
        index = self._newest().index
        article = index.find(article_key(noted.article_id))
        if article is None or article.content_hash != noted.content_hash:
            return None
        similar = (index.find(article_key(id_)) for id_ in noted.similar)
        return noted.again(article, tuple(one for one in similar if one))

    def added_since(self, generation: int) -> list[str]:
        """Return the ids of the articles that came after *generation*. Raises ``StoreError``."""
        return self._store.added_since(generation)

    def latest(self, limit: int, *, start: int = 0) -> list[Article]:
        """Return at most *limit* articles, the newest first, after the first *start* ones."""
        index = self._newest().index
        return [index.article(number) for number in index.newest_first[start : start + limit].tolist()]

    def stats(self) -> Stats:
        """Return the numbers. Raises ``StoreError``."""
        index = self._newest().index
        return Stats(
            articles=index.article_count,
            passages=index.passage_count,
            newest=index.newest,
            reloaded=self._store.state().reloaded,
        )

    def reload(self, sources: Sequence[Path] = (), *, progress: Progress | None = None) -> Report:
        """Read *sources* (default: the articles folder) and the synonyms again and take in what changed.

        An article that its source no longer holds is removed; one that cannot be read this time stays.
        Questions are answered from the old snapshot until the new one is complete. Whatever is raised,
        also by *progress*, leaves the old or the new state, never a mixture; *progress* must not write to
        ``memory``. Raises ``ReadError`` if a source is not there, ``ReloadRunningError``, ``StoreError``.
        """
        started = time.perf_counter()
        tell = progress or _nothing
        with reload_lock(self._index_dir):
            comparison = self._take_in_sources(sources, tell)
            failed = [*comparison.failed, *self._synonyms.take_in()]
            index = self._taken_in().index
        return Report(
            added=comparison.added,
            updated=comparison.updated,
            unchanged=comparison.unchanged,
            removed=comparison.removed,
            failed=tuple(failed),
            articles=index.article_count,
            passages=index.passage_count,
            seconds=time.perf_counter() - started,
        )

    def find_url(self, url: str) -> str | None:
        """Return the key of the article with this address, withheld or not; None where there is none.

        Raises ``StoreError``.
        """
        id_ = self._store.id_of_url(url)
        return None if id_ is None else article_key(id_)

    def withheld(self, key: str) -> Article | None:
        """Return the article with this ``Article.key``; None where it is not kept out of all answers.

        Raises ``StoreError``.
        """
        id_ = next((one for one in self._store.withheld() if article_key(one) == key), None)
        return None if id_ is None else self._store.find(id_)

    def withhold(self, key: str) -> Article | None:
        """Keep the article with this ``Article.key`` out of all answers, until ``restore``; return it.

        A reload does not bring it back; once its source does not hold it any more, it is gone for good. None
        where there is none. Like a reload, this leaves the old or the new state, never a mixture. Raises
        ``ReloadRunningError``, ``StoreError``.
        """
        with reload_lock(self._index_dir), Changes(self._index_dir) as changes:
            article = self._taken_in().index.find(key)
            if article is None:
                return self.withheld(key)
            changes.removals.append(article.id)
            seen = self._store.state()
            self._renew(changes, seen, self._store.withhold(article.id, seen=seen), _nothing)
            return article

    def restore(self, key: str) -> Article | None:
        """Let an article that is withheld be found again, as it was last read; return it.

        Raises as ``withhold``.
        """
        with reload_lock(self._index_dir), Changes(self._index_dir) as changes:
            article = self.withheld(key)
            if article is None:
                return self._taken_in().index.find(key)
            changes.put(Change(article=article, source="", is_new=True))
            seen = self._store.state()
            state = self._store.withhold(article.id, seen=seen, is_withheld=False)
            self._renew(changes, seen, state, _nothing)
            return article

    def _take_in_sources(self, sources: Sequence[Path], tell: Progress) -> Comparison:
        """Bring store and index up to date, on disk and in use."""
        seen = self._store.state()
        read = scopes(sources, self._articles_dir)
        with Changes(self._index_dir) as changes:
            comparison = Comparison(read, self._store.entries(), changes)
            comparison.run(language=self._language, timezone=self._timezone, progress=tell)
            total = len(changes)
            tell(Step(stage="store", done=0, total=total))
            state = self._store.apply(
                changes, seen=seen, progress=lambda done: tell(Step(stage="store", done=done, total=total))
            )
            self._renew(changes, seen, state, tell)
        return comparison

    def _renew(self, changes: Changes, seen: State, state: State, tell: Progress) -> None:
        """Bring the index up to date with the store, which *changes* led from *seen* to *state*.

        One of what was seen takes in the changes; any other is built again. Then small segments are merged:
        questions are answered from the new index already.
        """
        current = self._newest()
        is_saved = current.index.generation == seen.generation and current.is_saved(self._index_dir)
        if is_saved and seen.generation == state.generation:
            return
        index = (
            self._changed(current.index, changes, state, tell)
            if is_saved
            else self._build(tell, self._index_dir)
        )
        self._use(index)
        try:
            while (fewer := self._snapshot.index.merged()) is not None:
                self._use(fewer)
        except StoreError as error:  # no need to tell who reloads: all is taken in
            _LOG.warning("small segments are not merged", reason=str(error))

    def _use(self, index: Index) -> None:
        with self._renewing:
            self._snapshot = Snapshot.save(index, self._index_dir, self._equip)

    def _changed(self, index: Index, changes: Changes, state: State, tell: Progress) -> Index:
        """Return *index* after *changes*."""
        moved = [
            replace(article, origin=move.origin)
            for move in changes.moves
            if (article := index.find(article_key(move.id))) is not None
        ]
        withheld = self._store.withheld()
        total = len(changes) - len(changes.removals)
        tell(Step(stage="index", done=0, total=total))
        with self._saving(self._index_dir):
            return index.changed(
                [*changes.removals, *(move.id for move in changes.moves), *changes.updates],
                chain(moved, (one.article for one in changes if one.article.id not in withheld)),
                generation=state.generation,
                folder=self._index_dir,
                progress=lambda done: tell(Step(stage="index", done=done, total=total)),
            )

    def _taken_in(self) -> Snapshot:
        """Return the snapshot in use, after taking in the synonyms as they are now."""
        with self._renewing:
            self._reopen()
        return self._snapshot

    def _equip(self, index: Index) -> Engine:
        return Engine(index, self._lexicon, self._synonyms.held(), self._clock)

    def _build(self, tell: Progress, folder: Path | None = None) -> Index:
        """Return the index of what the store holds, written to *folder* as it is made."""
        with self._store.contents() as contents:
            total = contents.count
            tell(Step(stage="index", done=0, total=total))
            with self._saving(folder):
                return Index.build(
                    contents.articles,
                    generation=contents.generation,
                    folder=folder,
                    progress=lambda done: tell(Step(stage="index", done=done, total=total)),
                )

    @contextmanager
    def _saving(self, folder: Path | None) -> Iterator[None]:
        """Leave nothing half-made in *folder*, if any. Raises ``StoreError`` where the disk fails."""
        try:
            yield
        except BaseException as error:
            if folder:
                files.sweep(folder)
                if isinstance(error, OSError):
                    raise StoreError.unsaved("the index", folder, error) from error
            raise

    def _first_snapshot(self) -> Snapshot:
        """Open the index; where it is not the store's, build it and save it if that is possible."""
        try:
            return self._saved()
        except IndexFileError as error:
            if self._store.state().generation:  # at the very first start there is nothing to rebuild
                _LOG.info("index is rebuilt", reason=str(error))
        try:
            with reload_lock(self._index_dir):
                return Snapshot.save(self._build(_nothing, self._index_dir), self._index_dir, self._equip)
        except (ReloadRunningError, StoreError) as error:
            _LOG.warning("index is kept in memory only", reason=str(error))
        return Snapshot.of(self._build(_nothing), self._equip)

    def _saved(self) -> Snapshot:
        """Open the index that is on disk.

        Raises ``IndexFileError`` where it is damaged, or not made from what the store holds: from before
        a crash or a backup, or of another database.
        """
        snapshot = Snapshot.open(self._index_dir, self._equip)
        if snapshot.index.generation != self._store.state().generation:
            raise IndexFileError(self._index_dir, "is of another generation than the database")
        return snapshot

    def _newest(self) -> Snapshot:
        """Return the snapshot in use, after taking in what another process saved."""
        found = signature(self._index_dir)
        if found is None or found in (self._snapshot.signature, self._refused):
            return self._snapshot
        # Whoever does not get the lock goes on with the old snapshot: somebody is at it.
        if self._renewing.acquire(blocking=False):
            try:
                self._reopen()
            finally:
                self._renewing.release()
        return self._snapshot

    def _reopen(self) -> None:
        found = signature(self._index_dir)
        if found == self._snapshot.signature:
            return
        try:
            self._snapshot = self._saved()
        except IndexFileError as error:
            _LOG.warning("changed index is not used", reason=str(error))
            self._refused = found
        except StoreError as error:  # perhaps it can be read when the next question comes
            _LOG.warning("changed index is not used yet", reason=str(error))


def _nothing(_step: Step) -> None:
    """Tell nobody."""
