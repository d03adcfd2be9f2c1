"""SQLite's full-text search, without a copy of the text."""

import sqlite3
from pathlib import Path

# Of ASCII, letters and digits are parts of words, and these; all beyond ASCII is, and is left as it is.
_TOKENIZER = "ascii tokenchars ''.,_''"


class Ranking:
    """An open index."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def rank(self, words: list[str], limit: int) -> list[int]:
        """Return the numbers of the best passages, best first."""
        found = self._database.execute(
            # "rank" is bm25(); to order by it is the way that FTS5 makes fast.
            "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words), limit),
        )
        return [number for (number,) in found]


def build(passages: Path, folder: Path) -> None:
    """Index *passages*; it takes the lines whole and cuts them itself."""
    database = sqlite3.connect(folder / "passages.sqlite3")
    database.execute(f"CREATE VIRTUAL TABLE passages USING fts5(terms, content='', tokenize='{_TOKENIZER}')")
    with passages.open(encoding="utf-8") as lines:
        database.executemany("INSERT INTO passages (rowid, terms) VALUES (?, ?)", enumerate(lines))
    database.execute("INSERT INTO passages (passages) VALUES ('optimize')")
    database.commit()
    database.close()


def load(folder: Path) -> Ranking:
    """Open the index in *folder*."""
    return Ranking(sqlite3.connect(folder / "passages.sqlite3", check_same_thread=False))
