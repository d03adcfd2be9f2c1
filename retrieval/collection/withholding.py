"""Keep an article out of all answers until it is restored; a reload does not bring it back."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.article import Article, article_key
from retrieval.collection.report import tell_nobody
from retrieval.collection.snapshots.embedded import Snapshots, Turn
from retrieval.store.articles import Store
from retrieval.store.changes import Change, Changes

if TYPE_CHECKING:
    from retrieval.collection.snapshots.clustered import ClusterSnapshots


class Withholding:
    """The articles that are withheld from all answers.

    Like a reload, each change leaves the old or the new state, never a mixture. Methods raise ``StoreError``,
    and those that change something ``ReloadRunningError``.
    """

    def __init__(
        self, *, store: Store, snapshots: "Snapshots | ClusterSnapshots", turn: Turn, index_dir: Path
    ) -> None:
        self._store = store
        self._snapshots = snapshots
        self._reloading = turn
        self._index_dir = index_dir

    def find(self, key: str) -> Article | None:
        """Return the withheld article with this ``Article.key``; None if there is none."""
        id_ = next((id_ for id_ in self._store.withheld() if article_key(id_) == key), None)
        return None if id_ is None else self._store.find(id_)

    def withhold(self, key: str) -> Article | None:
        """Withhold the article with this ``Article.key`` until ``restore``, and return it.

        A reload does not bring it back; once its source does not hold it any more, it is gone for good. None
        if there is none.
        """
        with self._reloading(), Changes(self._index_dir) as changes:
            article = self._snapshots.taken_in().articles.find(key)
            if article is None:
                return self.find(key)
            changes.removals.append(article.id)
            seen = self._store.state()
            apply = partial(self._store.withhold, article.id, seen=seen)
            self._snapshots.commit(changes, seen, apply, tell_nobody)
            return article

    def restore(self, key: str) -> Article | None:
        """Let the article with this ``Article.key`` be found again, as it was last read; return it.

        None if there is none.
        """
        with self._reloading(), Changes(self._index_dir) as changes:
            article = self.find(key)
            if article is None:
                return self._snapshots.taken_in().articles.find(key)
            changes.put(Change(article=article, source="", is_new=True))
            seen = self._store.state()
            apply = partial(self._store.withhold, article.id, seen=seen, is_withheld=False)
            self._snapshots.commit(changes, seen, apply, tell_nobody, restored=article.id)
            return article
