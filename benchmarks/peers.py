"""The peers that Hỏi Báo is measured against, each used as its own documentation shows."""

import re
import sqlite3
from collections.abc import Sequence
from typing import Protocol

import bm25s
import numpy as np
from rank_bm25 import BM25Okapi


class Peer(Protocol):
    """A search engine over texts."""

    name: str

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        """Index *texts*: titles, which may be empty, and bodies."""

    def rank(self, question: str, limit: int) -> list[int]:
        """Return the numbers of at most *limit* texts, best first."""


class ReadmeBM25:
    """rank-bm25 as in its README: texts cut at spaces, nothing else done to them."""

    name = "rank-bm25"

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self._ranking = BM25Okapi([text.split(" ") for text in _joined(texts)])

    def rank(self, question: str, limit: int) -> list[int]:
        """Return the numbers of the best texts, best first."""
        scores = self._ranking.get_scores(question.split(" "))
        best: list[int] = np.argsort(-scores, kind="stable")[:limit].tolist()
        return best


class SparseBM25:
    """bm25s as in its README, without the optional stemmer: its own tokenizer and defaults."""

    name = "bm25s"

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self._size = len(texts)
        self._retriever = bm25s.BM25()
        self._retriever.index(bm25s.tokenize(_joined(texts), show_progress=False), show_progress=False)

    def rank(self, question: str, limit: int) -> list[int]:
        """Return the numbers of the best texts, best first."""
        tokens = bm25s.tokenize(question, show_progress=False)
        numbers, _ = self._retriever.retrieve(tokens, k=min(limit, self._size), show_progress=False)
        best: list[int] = numbers[0].tolist()
        return best


class FTS5:
    """SQLite's full-text search: accents folded by its tokenizer, any of the question's words, its bm25()."""

    name = "SQLite FTS5"

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize='unicode61 remove_diacritics 2')"
        )
        rows = ((number, *text) for number, text in enumerate(texts))
        self._database.executemany("INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)", rows)

    def rank(self, question: str, limit: int) -> list[int]:
        """Return the numbers of the best texts, best first; none that shares no word with *question*."""
        words = re.findall(r"\w+", question)
        if not words:
            return []
        found = self._database.execute(
            # "rank" is bm25() of all columns; to order by it is the way that FTS5 makes fast.
            "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words), limit),
        )
        return [number for (number,) in found]


PEERS: tuple[type[Peer], ...] = (ReadmeBM25, SparseBM25, FTS5)


def _joined(texts: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{title} {body}".strip() for title, body in texts]
