"""The articles inside an index: complete copies, found by number or key, read one at a time."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from zstandard import ZstdCompressionDict, ZstdCompressor, ZstdDecompressor, ZstdError, train_dictionary

from retrieval.article import Article, source_of
from retrieval.index.stored import Content

UNDATED = np.iinfo(np.int64).min
_PLAIN = ("id", "title", "url", "author", "section", "language", "origin")
# A dictionary is trained on some of many articles; of few it is what they begin with. News by themselves pack
# to .43 of their size, with what others begin with to .36, and with what many have in common to .33.
_MANY, _TRAINED_ON, _LONGEST = 512, 256, 1 << 13  # articles, and bytes of each: .06 s, twice as many .13
_TRAINED, _BEGINNING = 112 << 10, 1 << 15  # bytes, at most
_LEVEL = 3  # 1..22: this one packs news of 3.2 KB to .33 in 21 µs each, 1 to .38 in 17, 5 to .33 in 52


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Articles, compressed one by one; article ``n`` is ``rows[offsets[n]:offsets[n + 1]]``.

    Each is an object of JSON in one line, and its body in the lines behind that.
    """

    rows: NDArray[np.uint8] | Content
    offsets: NDArray[np.int64]
    dictionary: NDArray[np.uint8]  # Zstandard's, of all rows
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
        begin, end = self.offsets[number : number + 2].tolist()
        row = bytes(self.rows[begin:end])
        # One for each article: threads may not share it. They share the dictionary, which takes the time.
        head, _, body = ZstdDecompressor(self._shared).decompress(row).partition(b"\n")
        return article_from(json.loads(head) | {"body": body.decode()})

    @cached_property
    def _shared(self) -> ZstdCompressionDict:
        return ZstdCompressionDict(self.dictionary.tobytes())

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
        packer = ZstdCompressor(_LEVEL, ZstdCompressionDict(dictionary), write_dict_id=False)
        rows = [packer.compress(_row(article)) for article in articles]
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


def dictionary(articles: Sequence[Article]) -> bytes:
    """Return what articles like these are packed with."""
    rows: list[Any] = [_row(article)[:_LONGEST] for article in articles[:_TRAINED_ON]]
    if len(articles) >= _MANY:
        with suppress(ZstdError):  # they are too short, or too much alike
            return train_dictionary(min(_TRAINED, sum(map(len, rows)) // 4), rows).as_bytes()
    return b"".join(rows)[:_BEGINNING]


def _published(article: Article) -> int:
    return int(article.published.timestamp()) if article.published else UNDATED


def _row(article: Article) -> bytes:
    return f"{json.dumps(_head(article), ensure_ascii=False)}\n{article.body}".encode()


def as_json(article: Article) -> bytes:
    """Return *article* as an object of JSON."""
    return json.dumps(_head(article) | {"body": article.body}, ensure_ascii=False).encode()


def _head(article: Article) -> dict[str, Any]:
    """Return what stands before the body of *article*."""
    head: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    head["published"] = article.published and article.published.isoformat()
    if article.pages:  # few have any, and every row is paid for
        head["pages"] = article.pages
    if article.is_scan:
        head["is_scan"] = True
    return head


def article_from(values: dict[str, Any]) -> Article:
    """Return the article of *values* out of JSON, which are used up."""
    published = values.pop("published")
    pages = tuple(values.pop("pages", ()))
    return Article(**values, pages=pages, published=published and datetime.fromisoformat(published))
