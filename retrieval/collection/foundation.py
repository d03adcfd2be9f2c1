"""The foundation of a collection: its folders, files and settings, and the parts that stand on them."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from retrieval.answering.engine import Clock
from retrieval.collection.intake.followed import FollowedPages
from retrieval.collection.intake.reload import Reload
from retrieval.collection.lock import reload_lock
from retrieval.collection.snapshots.embedded import Snapshots, Turn
from retrieval.collection.snapshots.snapshot import equipped
from retrieval.collection.synonym_file import SynonymFiles
from retrieval.collection.workers.inquiry import Outfit
from retrieval.collection.workers.workers import Workers
from retrieval.query.lexicon import Lexicon
from retrieval.store.articles import Store
from retrieval.store.database import Database
from retrieval.store.pages import Pages

if TYPE_CHECKING:
    from retrieval.cluster.client import Client
    from retrieval.collection.intake.following import Following
    from retrieval.collection.snapshots.clustered import ClusterSnapshots


@dataclass(frozen=True, slots=True, kw_only=True)
class Foundation:
    """What a collection stands on beside its database; ``Collection.open`` says what each is for."""

    index_dir: Path
    articles_dir: Path
    wordings: SynonymFiles
    language: str
    timezone: ZoneInfo
    lexicon: Lexicon
    clock: Clock
    sources: Path | None
    private_hosts: frozenset[str]
    cluster: "Client | None"
    most_workers: int

    def turn(self, database: Database) -> Turn:
        """Return what gives the lock of reloads."""
        return partial(reload_lock, self.index_dir, database)

    def workers(self) -> Workers:
        """Return the processes that answer questions; none if a cluster has the articles."""
        outfit = Outfit(index_dir=self.index_dir, lexicon=self.lexicon)
        return Workers(0 if self.cluster else self.most_workers, outfit)

    def snapshots(self, database: Database) -> "Snapshots | ClusterSnapshots":
        """Open the index that questions are asked of."""
        # No method of the collection's: the files of an old index go with it.
        equip = partial(equipped, self.wordings, self.lexicon, self.clock)
        if self.cluster is None:
            return Snapshots(Store(database), self.index_dir, equip)
        # Its libraries take half a second to load, and most bots have no cluster.
        from retrieval.collection.snapshots.clustered import ClusterSnapshots
        from retrieval.store.statistics import Statistics

        return ClusterSnapshots(
            store=Store(database),
            statistics=Statistics(database),
            client=self.cluster,
            equip=equip,
            turn=self.turn(database),
        )

    def reload(self, database: Database, snapshots: "Snapshots | ClusterSnapshots") -> Reload:
        """Return the way of files into the collection."""
        return Reload(
            store=Store(database),
            snapshots=snapshots,
            wordings=self.wordings,
            turn=self.turn(database),
            index_dir=self.index_dir,
            articles_dir=self.articles_dir,
            language=self.language,
            timezone=self.timezone,
        )

    def followed(self, database: Database, snapshots: "Snapshots | ClusterSnapshots") -> FollowedPages:
        """Return the way of pages into the collection."""

        def begin() -> "Following":
            # Its libraries take half a second to load, and most processes only answer questions.
            from retrieval.collection.intake.following import Following

            return Following(
                database=database,
                store=Store(database),
                snapshots=snapshots,
                turn=self.turn(database),
                index_dir=self.index_dir,
                path=self.sources,
                private_hosts=self.private_hosts,
                language=self.language,
                timezone=self.timezone,
                clock=self.clock,
            )

        return FollowedPages(begin, Pages(database), articles_dir=self.articles_dir, path=self.sources)
