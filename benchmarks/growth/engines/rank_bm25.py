"""rank-bm25: a dictionary for each passage."""

import pickle
from pathlib import Path

import numpy as np
from rank_bm25 import BM25Okapi

from benchmarks.growth.engines import K1, B
from benchmarks.growth.material import read_lines


class Ranking:
    """An open index."""

    def __init__(self, ranking: BM25Okapi) -> None:
        self._ranking = ranking

    def rank(self, words: list[str], limit: int) -> list[int]:
        """Return the numbers of the best passages, best first: as ``get_top_n``, which needs the texts."""
        scores = self._ranking.get_scores(words)
        best: list[int] = np.argsort(scores)[::-1][:limit].tolist()
        return best


def build(passages: Path, folder: Path) -> None:
    """Index *passages*; the library has no files of its own."""
    with (folder / "ranking.pickle").open("wb") as file:
        pickle.dump(BM25Okapi(list(read_lines(passages)), k1=K1, b=B), file, protocol=5)


def load(folder: Path) -> Ranking:
    """Open the index in *folder*."""
    with (folder / "ranking.pickle").open("rb") as file:
        return Ranking(pickle.load(file))
