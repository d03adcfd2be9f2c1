"""The articles inside an index: complete copies, found by number or key, read one at a time."""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article, source_of

UNDATED = np.iinfo(np.int64).min
_PLAIN = ("id", "title", "body", "url", "author", "section", "language", "origin")
# An article by itself packs to .42 of its size, with the beginning of others before it to .32. More than
# 32 KB of that is beyond what deflate looks back to.
_DICTIONARY = 1 << 15
_LEVEL = 3  # 1..9: .37 of the size in 80 µs an article of 2.6 KB; this one .32 in 120; 5 .30 in 177


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Articles as rows of JSON, deflated one by one; row ``n`` is ``rows[offsets[n]:offsets[n + 1]]``."""

    rows: NDArray[np.uint8]
    offsets: NDArray[np.int64]
    dictionary: NDArray[np.uint8]  # what every row may refer back to
    keys: NDArray[np.uint64]  # Article.key as a number, ascending
    numbers: NDArray[np.uint16]  # the article that each key stands for
    published: NDArray[np.int64]  # seconds since 1970 of each article; UNDATED if it has no date
    sources: NDArray[np.uint16]  # of each article, by its place in ``source_names``
    source_list: NDArray[np.uint8]  # the names, UTF-8, one a line

    @classmethod
    def of(cls, packed: "Packed") -> Self:
        """Return the archive of *packed* articles, numbered from 0 in their order."""
        order = np.argsort(packed.keys, kind="stable")
        places: dict[str, int] = {}
        sources = [places.setdefault(source, len(places)) for source in packed.sources]
        return cls(
            rows=np.frombuffer(packed.rows, dtype=np.uint8),
            offsets=np.append(0, np.cumsum(packed.lengths)),
            dictionary=np.frombuffer(packed.dictionary, dtype=np.uint8),
            keys=packed.keys[order],
            numbers=order.astype(np.uint16),
            published=packed.published,
            sources=np.array(sources, dtype=np.uint16),
            source_list=np.frombuffer("\n".join(places).encode(), dtype=np.uint8),
        )

    @property
    def source_names(self) -> list[str]:
        """The sources of all articles, each once; "" is that of those without one."""
        return self.source_list.tobytes().decode().split("\n")

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, number: int) -> Article:
        """Return the article with this number."""
        return article_from(json.loads(self.row(number)))

    def row(self, number: int) -> bytes:
        """Return the article with this number as an object of JSON."""
        row = self.rows[self.offsets[number] : self.offsets[number + 1]].tobytes()
        return zlib.decompressobj(-zlib.MAX_WBITS, self.dictionary.tobytes()).decompress(row)

    def key_of(self, number: int) -> int:
        """Return the ``Article.key`` of the article with this number, as a number."""
        return int(self.keys[np.flatnonzero(self.numbers == number)[0]])

    def find(self, key: str) -> int | None:
        """Return the number of the article with this ``Article.key``; None if there is none."""
        try:
            wanted = np.uint64(int(key, 16))
        except (ValueError, OverflowError):
            return None
        place = int(np.searchsorted(self.keys, wanted))
        return int(self.numbers[place]) if place < len(self) and self.keys[place] == wanted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Some articles on their way into an archive."""

    rows: bytes
    dictionary: bytes
    lengths: NDArray[np.int64]  # of each row
    keys: NDArray[np.uint64]
    published: NDArray[np.int64]
    sources: Sequence[str]  # of each article, in one line

    @classmethod
    def of(cls, articles: Sequence[Article], dictionary: bytes) -> Self:
        """Pack *articles*; those of one archive share a *dictionary*."""
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=dictionary)
        rows: list[bytes] = []
        for article in articles:
            one = packer.copy()
            rows.append(one.compress(_dump(article)) + one.flush())
        return cls(
            rows=b"".join(rows),
            dictionary=dictionary,
            lengths=np.array([len(row) for row in rows], dtype=np.int64),
            keys=np.array([int(article.key, 16) for article in articles], dtype=np.uint64),
            published=np.array([_published(article) for article in articles], dtype=np.int64),
            sources=[" ".join(source_of(article).split()) for article in articles],
        )

    @classmethod
    def joined(cls, parts: Sequence["Packed"]) -> Self:
        """Return the articles of all *parts*, which share a dictionary."""
        return cls(
            rows=b"".join(part.rows for part in parts),
            dictionary=parts[0].dictionary,
            lengths=np.concatenate([part.lengths for part in parts]),
            keys=np.concatenate([part.keys for part in parts]),
            published=np.concatenate([part.published for part in parts]),
            sources=[source for part in parts for source in part.sources],
        )


def dictionary(articles: Iterable[Article]) -> bytes:
    """Return what articles like these are packed with: the beginning of them all."""
    beginning = b""
    for article in articles:
        if len(beginning) >= _DICTIONARY:
            break
        beginning += _dump(article)
    return beginning[:_DICTIONARY]


def _published(article: Article) -> int:
    return int(article.published.timestamp()) if article.published else UNDATED


def _dump(article: Article) -> bytes:
    row: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    row["published"] = article.published and article.published.isoformat()
    if article.pages:  # few have any, and every row is paid for
        row["pages"] = article.pages
    if article.is_scan:
        row["is_scan"] = True
    return json.dumps(row, ensure_ascii=False).encode()


def article_from(values: dict[str, Any]) -> Article:
    """Return the article of a row's *values*, which are used up."""
    published = values.pop("published")
    pages = tuple(values.pop("pages", ()))
    return Article(**values, pages=pages, published=published and datetime.fromisoformat(published))
