"""The ranking of Hỏi Báo alone: ``retrieval.index.bm25`` over passages.

The same class ranks its articles, but by clauses of several forms (``top``), which ``kernels.maxscore`` adds
up; the plain words of this benchmark go through ``kernels.grades``.
"""

import pickle
from pathlib import Path

from benchmarks.growth.engines import K1, B
from retrieval.index.bm25 import BM25


class Ranking:
    """An open index."""

    def __init__(self, ranking: BM25) -> None:
        self._ranking = ranking

    def rank(self, words: list[str], limit: int) -> list[int]:
        """Return the numbers of the best passages, best first."""
        best: list[int] = self._ranking.best(words, limit)[0].tolist()
        return best


def build(passages: Path, folder: Path) -> None:
    """Index *passages*; Hỏi Báo's own files hold more than a ranking, so the object itself is kept."""
    with passages.open(encoding="utf-8") as lines, (folder / "ranking.pickle").open("wb") as file:
        pickle.dump(BM25(map(str.split, lines), k1=K1, b=B), file, protocol=5)


def load(folder: Path) -> Ranking:
    """Open the index in *folder*."""
    with (folder / "ranking.pickle").open("rb") as file:
        return Ranking(pickle.load(file))
