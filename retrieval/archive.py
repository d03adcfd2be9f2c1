"""The articles inside an index: complete copies, found by number or key, read one at a time."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article

UNDATED = np.iinfo(np.int64).min
_PLAIN = ("id", "title", "body", "url", "author", "section", "language", "origin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Articles as rows of JSON in one array of bytes; row ``n`` is ``rows[offsets[n]:offsets[n + 1]]``."""

    rows: NDArray[np.uint8]
    offsets: NDArray[np.int64]
    keys: NDArray[np.uint64]  # Article.key as a number, ascending
    numbers: NDArray[np.int32]  # the article that each key stands for
    published: NDArray[np.int64]  # seconds since 1970 of each article; UNDATED where it has no date

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Self:
        """Copy *articles*; they are numbered from 0 in their order."""
        rows, ends = bytearray(), [0]
        keys: list[int] = []
        published: list[int] = []
        for article in articles:
            rows += _dump(article)
            ends.append(len(rows))
            keys.append(int(article.key, 16))
            published.append(int(article.published.timestamp()) if article.published else UNDATED)
        order = np.argsort(np.array(keys, dtype=np.uint64), kind="stable")
        return cls(
            rows=np.frombuffer(bytes(rows), dtype=np.uint8),
            offsets=np.array(ends, dtype=np.int64),
            keys=np.array(keys, dtype=np.uint64)[order],
            numbers=order.astype(np.int32),
            published=np.array(published, dtype=np.int64),
        )

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, number: int) -> Article:
        """Return the article with this number."""
        return _load(self.rows[self.offsets[number] : self.offsets[number + 1]].tobytes())

    @property
    def newest(self) -> datetime | None:
        """When the newest dated article was published; None where none is dated."""
        if not len(self) or self.published.max() == UNDATED:
            return None
        return self[int(self.published.argmax())].published

    def find(self, key: str) -> Article | None:
        """Return the article with this ``Article.key``; None where there is none."""
        try:
            wanted = np.uint64(int(key, 16))
        except (ValueError, OverflowError):
            return None
        place = int(np.searchsorted(self.keys, wanted))
        if place == len(self) or self.keys[place] != wanted:
            return None
        return self[int(self.numbers[place])]


def _dump(article: Article) -> bytes:
    row: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    row["published"] = article.published and article.published.isoformat()
    return json.dumps(row, ensure_ascii=False).encode()


def _load(row: bytes) -> Article:
    values = json.loads(row)
    published = values.pop("published")
    return Article(**values, published=published and datetime.fromisoformat(published))
