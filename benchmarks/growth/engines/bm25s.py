"""bm25s: a sparse matrix of scores, summed with NumPy or by loops that numba compiles."""

from pathlib import Path

import bm25s

from benchmarks.growth.engines import K1, B
from benchmarks.growth.material import read_lines

BACKEND = "numpy"


class Ranking:
    """An open index."""

    def __init__(self, folder: Path, backend: str) -> None:
        self._matrix = bm25s.BM25.load(folder, show_progress=False, override_params={"backend": backend})

    def rank(self, words: list[str], limit: int) -> list[int]:
        """Return the numbers of the best passages, best first."""
        known = [word for word in words if word in self._matrix.vocab_dict]
        if not known:
            return []
        size = self._matrix.scores["num_docs"]
        numbers, _ = self._matrix.retrieve([known], k=min(limit, size), show_progress=False)
        best: list[int] = numbers[0].tolist()
        return best


def build(passages: Path, folder: Path, backend: str = BACKEND) -> None:
    """Index *passages* as numbers of terms, the form that its own tokenizer makes."""
    numbers: dict[str, int] = {}
    ids = [[numbers.setdefault(word, len(numbers)) for word in line] for line in read_lines(passages)]
    matrix = bm25s.BM25(k1=K1, b=B, method="lucene", backend=backend)
    matrix.index((ids, numbers), show_progress=False)
    matrix.save(folder, show_progress=False)


def load(folder: Path, backend: str = BACKEND) -> Ranking:
    """Open the index in *folder*."""
    return Ranking(folder, backend)
