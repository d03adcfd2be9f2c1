"""The peers that Hỏi Báo is measured against, each used as its own documentation shows."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi


class ReadmeBM25:
    """rank-bm25 as in its README: texts cut at spaces, nothing else done to them."""

    name = "rank-bm25"

    def __init__(self, texts: Sequence[str]) -> None:
        self._ranking = BM25Okapi([text.split(" ") for text in texts])

    def rank(self, question: str, limit: int) -> NDArray[np.int64]:
        """Return the numbers of the best texts, best first."""
        scores: NDArray[np.float64] = self._ranking.get_scores(question.split(" "))
        return np.argsort(-scores, kind="stable")[:limit]
