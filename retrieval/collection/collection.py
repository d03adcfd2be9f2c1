"""The collection: store, index and engine as one thing that is asked, read and reloaded."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from retrieval import kernels
from retrieval.answer import Answer, Hit
from retrieval.answering.engine import Clock
from retrieval.answering.explanation import Explanation
from retrieval.article import Article, article_key
from retrieval.collection.company import Company
from retrieval.collection.foundation import Foundation
from retrieval.collection.linked import asked
from retrieval.collection.recent import RecentAnswers
from retrieval.collection.report import Intake, Report, Stats, tell_nobody
from retrieval.collection.snapshots.embedded import OnStep
from retrieval.collection.snapshots.snapshot import Snapshot, warm_up
from retrieval.collection.synonym_file import SynonymFiles
from retrieval.collection.withholding import Withholding
from retrieval.journal.journal import Journal, NotedHit
from retrieval.query.lexicon import NO_WORDS, Lexicon
from retrieval.question.manners import manners
from retrieval.store.articles import Store
from retrieval.store.database import Database
from retrieval.store.notes import Memory
from retrieval.store.watches import Watches
from retrieval.web.address import normal

if TYPE_CHECKING:
    from retrieval.cluster.client import Client, ClusterHealth

_ANY_QUESTION, _ANY_FOLLOW_UP = "Thư viện mở cửa lúc mấy giờ?", "còn thứ bảy?"


class Collection:
    """Articles that can be asked. Threads may share it, processes may share what it stands on.

    The database is the truth, and one transaction switches it from one generation to the next. The
    index is made from it, and made again wherever it is missing, damaged or of another generation.
    """

    def __init__(self, database: Database, foundation: Foundation) -> None:
        self.memory = Memory(database)
        self.journal = Journal(database)
        self.watches = Watches(database)
        self._database = database
        self._store = Store(database)
        self._foundation = foundation
        self._turn = foundation.turn(database)
        self._recent = RecentAnswers()
        self._workers = foundation.workers()
        self._snapshots = foundation.snapshots(database)
        self._reload = foundation.reload(database, self._snapshots)
        self.followed = foundation.followed(database, self._snapshots)
        self.company = Company(database, self._snapshots)
        self.withholding = Withholding(
            store=self._store,
            snapshots=self._snapshots,
            turn=self._turn,
            index_dir=foundation.index_dir,
        )

    @classmethod
    def open(
        cls,
        *,
        database_url: str,
        index_dir: Path,
        articles_dir: Path,
        synonyms: Path | None = None,
        everyday: Path | None = None,
        glossary: Path | None = None,
        language: str = "vi",
        timezone: ZoneInfo | None = None,
        lexicon: Lexicon = NO_WORDS,
        clock: Clock | None = None,
        sources: Path | None = None,
        private_hosts: Iterable[str] = (),
        cluster: "Client | None" = None,
        workers: int = 0,
    ) -> Self:
        """Open the collection; upgrade its database and rebuild its index if that is needed.

        *articles_dir* is what a reload reads by default, *synonyms* and *everyday* files of other wordings,
        *glossary* one of two languages; *language* and *timezone* (default: Vietnam's) are those of articles
        that name none and do not show it; *lexicon* helps to understand questions; *clock* tells what time it
        is there. *sources* is the file of sources on the web, *private_hosts* are those inside the own
        network that pages may be fetched from. *cluster* has the articles for questions, if the index is not
        to lie in *index_dir*. *workers* is how many other processes may answer questions, at most; they need
        an index in *index_dir*. Raises ``StoreError``.
        """
        zone = timezone or ZoneInfo("Asia/Ho_Chi_Minh")
        wordings = SynonymFiles(synonyms=synonyms, everyday=everyday, glossary=glossary, index_dir=index_dir)
        foundation = Foundation(
            index_dir=index_dir,
            articles_dir=articles_dir,
            wordings=wordings,
            language=language,
            timezone=zone,
            lexicon=lexicon,
            clock=clock or partial(datetime.now, zone),
            sources=sources,
            private_hosts=frozenset(private_hosts),
            cluster=cluster,
            most_workers=workers,
        )
        database = Database.open(database_url)
        try:
            return cls(database, foundation)
        except BaseException:
            database.close()
            raise

    @property
    def is_first_start(self) -> bool:
        """Whether the first question takes several seconds, since no process here ever asked one."""
        return not kernels.are_kept()

    @property
    def asked_at_once(self) -> int:
        """The number of questions that are worth asking at once: more would only wait for each other."""
        # While workers search, one more answer is made a message; or a thread goes on while one is in a loop.
        return self._workers.most + 1 if self._workers.most else 2

    @property
    def generation(self) -> int:
        """The generation of the articles that questions are answered from; it grows with every change."""
        return self._snapshots.newest().index.generation

    @property
    def is_current(self) -> bool:
        """Whether questions are answered from what the database holds now. Raises ``StoreError``."""
        return self.generation == self._store.state().generation

    @property
    def reloaded(self) -> datetime | None:
        """The moment at which a reload last went through; None: never. Raises ``StoreError``."""
        return self._store.state().reloaded

    def close(self) -> None:
        """Fetch nothing more, end the workers, and close the database."""
        self.followed.stop()
        self._workers.close()
        self._snapshots.close()
        self._database.close()

    def ask(
        self, question: str, *, limit: int = 3, after: str | None = None, besides: Hit | None = None
    ) -> Answer:
        """Answer *question* with at most *limit* hits, from the newest snapshot that is complete.

        *after* is the question before it, as that was understood: a follow-up is understood together with it.
        *besides* is the hit that was shown for that, whose excerpt is not shown again.
        A question that was asked lately is not searched again while articles and day stay the same.
        """

        def answer(snapshot: Snapshot) -> Answer:
            now = self._foundation.clock()
            search = partial(self._workers.ask, snapshot, now)
            ask = partial(
                asked, snapshot, search, self._store, question, limit=limit, after=after, besides=besides
            )
            edition = snapshot, now.date()  # the day that "yesterday" is counted from
            return ask() if besides else self._recent.get(edition, (question, limit, after), ask)

        return self._snapshots.asking(answer)

    def prepare(self) -> None:
        """Do what the first questions would wait for: some seconds at the very first start, later one."""
        manners.prepare()  # with workers, too: small talk is told from questions here
        self._workers.begin()
        self.ask(_ANY_QUESTION)
        self.ask(_ANY_FOLLOW_UP, after=_ANY_QUESTION)
        self._snapshots.asking(warm_up)  # here, too: workers cannot answer amid a change of the index

    def ask_among(self, question: str, article_ids: Iterable[str], *, limit: int = 3) -> Answer:
        """Answer *question* by these articles alone; ids that no article has are ignored."""
        ids = list(article_ids)
        return self._snapshots.asking(lambda now: now.engine.ask_among(question, ids, limit=limit))

    def why(self, question: str, *, limit: int = 3, after: str | None = None) -> Explanation:
        """Return what ``ask`` finds, and what each hit's score and the confidence are made of."""
        return self._snapshots.asking(lambda now: now.engine.why(question, limit=limit, after=after))

    def article(self, key: str) -> Article | None:
        """Return the article with this ``Article.key``; None if there is none."""
        return self._snapshots.newest().articles.find(key)

    def articles(self) -> Iterator[Article]:
        """Yield all articles of the newest snapshot, in the order of their arrival."""
        return self._snapshots.newest().articles.every()

    def hits_again(self, noted: Iterable[NotedHit]) -> list[Hit]:
        """Return the hits of an earlier answer whose articles are there, as they were."""
        find, hits = self._snapshots.newest().articles.find, list[Hit]()
        for hit in noted:
            article = find(article_key(hit.article_id))
            if article is not None and article.content_hash == hit.content_hash:
                similar = (find(article_key(id_)) for id_ in hit.similar)
                hits.append(hit.again(article, tuple(copy for copy in similar if copy)))
        return hits

    def added_since(self, generation: int) -> list[str]:
        """Return the ids of the articles that came after *generation*. Raises ``StoreError``."""
        return self._store.added_since(generation)

    def latest(self, limit: int, *, start: int = 0) -> list[Article]:
        """Return at most *limit* articles, the newest first, after the first *start* ones."""
        newest = self._snapshots.newest().articles.newest(limit, start=start)
        read = newest.index.read(newest.numbers.tolist())
        return [read[number] for number in newest.numbers.tolist()]

    def stats(self) -> Stats:
        """Return the numbers. Raises ``StoreError``."""
        index = self._snapshots.newest().index
        return Stats(
            articles=index.article_count,
            passages=index.passage_count,
            newest=next((article.published for article in self.latest(1)), None),
            reloaded=self.reloaded,
        )

    def cluster_health(self) -> "ClusterHealth | None":
        """Return how the cluster is; None if the index is here. Raises ``SearchError``."""
        cluster = self._foundation.cluster
        return cluster.health() if cluster else None

    def sources(self) -> dict[str, int]:
        """Return how many articles came from each source that a reload read. Raises ``StoreError``."""
        counted = self._store.sources()
        return {source or str(self._foundation.articles_dir): number for source, number in counted.items()}

    def reload(self, sources: Sequence[Path | str] = (), *, progress: OnStep | None = None) -> Report:
        """Read *sources* and the synonyms again and take in what changed.

        A source is a file, a folder, or the address of a page; by default all is read: the articles folder,
        and what the file of sources names on the web. An article that its folder no longer holds is removed;
        one that cannot be read this time stays, and so does one whose page is gone. Questions are answered
        from the old snapshot until the new one is complete; pages go in a few at a time. Whatever is raised,
        also by *progress*, leaves the old or the new state, never a mixture; *progress* must not write to
        ``memory``. Raises ``ReadError`` if a file or folder is not there, ``ReloadRunningError``,
        ``StoreError``.
        """
        started, tell = time.perf_counter(), progress or tell_nobody
        paths = [source for source in sources if isinstance(source, Path)]
        addresses = [source for source in sources if isinstance(source, str)]
        taken = Intake()
        if paths or not addresses:
            taken += self._reload.run(paths, tell)
        if addresses:
            taken += self.followed.take(addresses, tell)
        elif not paths:
            taken = sum(self.followed.visit(tell), taken)
        index = self._snapshots.newest().index
        return Report(
            added=taken.added,
            updated=taken.updated,
            unchanged=taken.unchanged,
            removed=taken.removed,
            failed=taken.failed,
            copies=taken.copies,
            articles=index.article_count,
            passages=index.passage_count,
            seconds=time.perf_counter() - started,
        )

    def rebuild(self, *, progress: OnStep | None = None) -> None:
        """Make the index anew from what the database holds; meanwhile the old one answers questions.

        Raises ``ReloadRunningError``, ``StoreError``, ``SearchError``.
        """
        with self._turn():
            self._snapshots.rebuild(progress or tell_nobody)

    def find_url(self, url: str) -> str | None:
        """Return the key of the article with this address, withheld or not; None if there is none.

        Raises ``StoreError``.
        """
        id_ = self._store.id_of_url(url)
        return None if id_ is None else article_key(id_)

    def find(self, id_: str) -> Article | None:
        """Return the article with this id, withheld or not; None if there is none. Raises ``StoreError``."""
        return self._store.find(id_)

    def read_from(self, source: Path | str) -> list[Article]:
        """Return the articles that a file, or the page at an address, gave, withheld or not.

        Raises ``StoreError``.
        """
        return self._store.read_from(normal(source) if isinstance(source, str) else os.path.realpath(source))
