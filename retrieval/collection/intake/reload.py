"""The way of articles into the collection: read this page from top to bottom.

    lock       one reload at a time, over all processes     ``lock``
    read       files → articles, and what failed            ``retrieval.readers``, by ``comparison``
    compare    what is new, different, gone                 ``comparison``, into ``store.changes``
    store      one transaction: the only switch             ``store.articles``, by ``snapshots``
    index      cut passages, add and merge segments         ``indexing.writer``, by ``snapshots``
    swap       questions are asked of the new snapshot      ``snapshots``
    wordings   the admin's files of synonyms, as they are   ``synonym_file``

A process killed at any moment leaves the old state or the new one. Until the transaction ends, nothing has
happened; after it, the database is ahead of the index, which the next start builds again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from retrieval.collection.intake.comparison import Comparison, scopes
from retrieval.collection.report import Intake, Step
from retrieval.collection.snapshots.embedded import OnStep, Snapshots, Turn
from retrieval.collection.synonym_file import SynonymFiles
from retrieval.store.articles import Store
from retrieval.store.changes import Changes

if TYPE_CHECKING:
    from retrieval.collection.snapshots.clustered import ClusterSnapshots


@dataclass(frozen=True, slots=True, kw_only=True)
class Reload:
    """The parts that every reload of a collection works on. ``Collection.reload`` has the contract."""

    store: Store
    snapshots: "Snapshots | ClusterSnapshots"
    wordings: SynonymFiles
    turn: Turn  # the lock
    index_dir: Path  # of the changes until they are stored
    articles_dir: Path
    language: str  # of articles that name none and do not show it
    timezone: ZoneInfo  # of dates that name none

    def run(self, sources: Sequence[Path], tell: OnStep) -> Intake:
        """Take in what changed in *sources* (none: the articles folder), stage by stage."""
        with self.turn(), Changes(self.index_dir) as changes:
            seen = self.store.state()
            read, entries = scopes(sources, self.articles_dir), self.store.entries()
            comparison = Comparison(read, self.store, entries, changes)
            comparison.run(language=self.language, timezone=self.timezone, progress=tell)
            apply = partial(self.store.apply, changes, seen=seen, progress=_stored(len(changes), tell))
            self.snapshots.commit(changes, seen, apply, tell)
            failed = (*comparison.failed, *self.wordings.take_in())
            self.snapshots.taken_in()
        return Intake(
            added=comparison.added,
            updated=comparison.updated,
            unchanged=comparison.unchanged,
            removed=comparison.removed,
            failed=failed,
            copies=tuple(comparison.copies),
        )


def _stored(total: int, tell: OnStep) -> Callable[[int], None]:
    """Return what tells how many of *total* changes are stored; tell that none is."""

    def stored(done: int) -> None:
        tell(Step(stage="store", done=done, total=total))

    stored(0)
    return stored
