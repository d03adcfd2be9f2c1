"""Articles on their way into a cluster: what the two indexes are like, and the lines that fill them.

A term there is a number of the vocabulary, in hexadecimal; a pair is two of them: ``1f_a03``. That is
shorter than words, and no analyzer can take it apart. Every document is filled up to two terms a word: so
none is without terms, and its length is to the mean there as it is here (``bounding``). A document is
never changed: an article that says something else is another one, with a later number."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.cluster.packing import packed
from retrieval.index.archive import UNDATED, as_json
from retrieval.index.index import ARTICLE_B, K1, SHORT_ARTICLE, B
from retrieval.index.segment import Segment
from retrieval.kernels.keys import head, last
from retrieval.kernels.spelling import in_hexadecimal
from retrieval.kernels.tokens import decoded

ARTICLES_INDEX, PASSAGES_INDEX = "articles", "passages"  # behind the name of an edition
PER_SHARD = 1_000_000  # articles at the most when an edition is made, some 20 GB in both indexes
_BULK = 4 << 20  # bytes sent at once
_FILLER = b" _"  # a term that nobody asks for

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_PLACE: dict[str, Any] = {  # by which either is restricted; what nothing is sorted by has no doc values
    "order": {"type": "integer"},
    "added": {"type": "long", "doc_values": False},  # the generation that it came with
    "key": {"type": "keyword", "doc_values": False},
    "published": {"type": "long", "doc_values": False},  # seconds since 1970; none without a date
    "source": {"type": "keyword", "doc_values": False},
}
_SORTED: dict[str, Any] = {"published": {"type": "long"}, "source": {"type": "keyword"}}
_FOUND_BY = {"type": "text", "analyzer": "whitespace", "index_options": "freqs", "similarity": "ours"}
_STORED = {
    "packed": {"type": "binary", "doc_values": True},
    "article": {"type": "object", "enabled": False},
}


def shards(articles: int) -> int:
    """Return how many shards so many *articles* are spread over: a question waits for all of them."""
    return 1 + max(0, articles - 1) // PER_SHARD


def settings(kind: str, shards: int) -> dict[str, Any]:
    """Return what an index of this *kind* with so many *shards* is like while it is filled."""
    is_articles = kind == ARTICLES_INDEX
    b = ARTICLE_B if is_articles else B
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": 0,  # copied once, when all is there
            "refresh_interval": "-1",
            "translog.durability": "async",
            "index.similarity.ours": {"type": "BM25", "k1": K1, "b": b},
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"includes": ["article"]} if is_articles else {"enabled": False},
            "properties": _PLACE | {"terms": _FOUND_BY} | (_SORTED | _STORED if is_articles else {}),
        },
    }


def spelled_key(key: int) -> str:
    """Return the term that stands in the indexes for a *key*."""
    return f"{head(key) - 1:x}_{last(key):x}" if head(key) else f"{key:x}"


class Loading:
    """Writes the articles of segments, in the order of their arrival."""

    def __init__(self, send: Callable[[bytes], None], edition: str, *, generation: int, first: int) -> None:
        """*first* is the order of the first article; *send* takes the lines of a bulk request."""
        self.next = first
        self._send = send
        self._generation = generation
        self._heads = {
            kind: json.dumps({"index": {"_index": f"{edition}-{kind}", "_id": "%s"}}).encode()
            for kind in (ARTICLES_INDEX, PASSAGES_INDEX)
        }
        self._lines: list[bytes] = []
        self._size = 0

    def add(self, segment: Segment) -> None:
        """Write the articles of *segment* behind those that were written before."""
        spans = segment.spans
        numbers = np.arange(len(segment.archive), dtype=np.int64)
        headings = _Terms(*decoded(segment.headings, spans.headings, numbers))
        every = np.arange(len(spans.lengths), dtype=np.int64)
        passages = _Terms(*decoded(segment.tokens, spans.units, every))
        keys = np.empty(len(segment.archive), dtype=np.uint64)
        keys[segment.archive.numbers] = segment.archive.keys
        sources = segment.archive.source_names
        for number in numbers.tolist():
            first, end = int(spans.firsts[number]), int(spans.firsts[number + 1])
            place = _json(self._place(segment, number, int(keys[number]), sources))[:-1].encode()
            terms = headings.of(number, number + 1) + passages.of(first, end) + passages.between(first, end)
            words = int(segment.articles.lengths[number])
            terms += _FILLER * (2 * max(words, SHORT_ARTICLE) - terms.count(b" "))
            row = b64encode(packed(segment, number, self.next, int(keys[number])))
            article = as_json(segment.archive[number])
            rest = b'"terms":"%s","packed":"%s","article":%s' % (terms, row, article)
            self._put(ARTICLES_INDEX, article_id(self.next), b"%s,%s}" % (place, rest))
            for passage in range(first, end):
                # A pair less than words.
                text = passages.of(passage, passage + 1) + _FILLER
                id_ = _passage_id(self.next, passage - first)
                self._put(PASSAGES_INDEX, id_, b'%s,"terms":"%s"}' % (place, text))
            self.next += 1

    def flush(self) -> None:
        """Send what is left."""
        if self._lines:
            self._send(b"\n".join([*self._lines, b""]))
        self._lines, self._size = [], 0

    def _place(self, segment: Segment, number: int, key: int, sources: Sequence[str]) -> dict[str, Any]:
        archive = segment.archive
        place = {
            "order": self.next,
            "added": self._generation,
            "key": f"{key:016x}",
            "source": sources[archive.sources[number]],
        }
        published = int(archive.published[number])
        return place if published == UNDATED else place | {"published": published}

    def _put(self, kind: str, id_: str, line: bytes) -> None:
        self._lines += [self._heads[kind].replace(b"%s", id_.encode()), line]
        self._size += len(line)
        if self._size > _BULK:
            self.flush()


def removing(edition: str, articles: Sequence[tuple[int, int]]) -> Iterator[bytes]:
    """Yield the lines that delete articles, given by their order and how many passages each has."""
    for order, passages in articles:
        ids = [
            (ARTICLES_INDEX, article_id(order)),
            *((PASSAGES_INDEX, _passage_id(order, number)) for number in range(passages)),
        ]
        for kind, id_ in ids:
            yield json.dumps({"delete": {"_index": f"{edition}-{kind}", "_id": id_}}).encode()


# Of one length, so that a new one comes behind all others: then Lucene looks none of them up.
def article_id(order: int) -> str:
    """Return the id of the article that arrived as *order*."""
    return f"{order:09}"


def _passage_id(order: int, number: int) -> str:
    return f"{order:09}-{number:02}"


class _Terms:
    """The terms of some texts, and the pairs of neighbours in each: a space before every one."""

    def __init__(self, tokens: NDArray[np.int32], bounds: NDArray[np.int64]) -> None:
        """*bounds* is where the tokens of each text begin, one more than texts."""
        letters, begins = in_hexadecimal(tokens, bounds)
        self._letters, self._begins = letters.tobytes(), begins.tolist()
        self._tokens, self._bounds = tokens, bounds.tolist()

    def of(self, first: int, end: int) -> bytes:
        """Return the terms and pairs of the texts *first* to *end*."""
        return self._letters[self._begins[first] : self._begins[end]]

    def between(self, first: int, end: int) -> bytes:
        """Return the pairs of a last word and the first of the next text, of texts *first* to *end*."""
        begin, last = self._bounds[first], self._bounds[end]
        places = dict.fromkeys(self._bounds[first + 1 : end])  # a text may have no words
        pairs = (self._tokens[at - 1 : at + 1].tolist() for at in places if begin < at < last)
        return "".join(f" {before:x}_{after:x}" for before, after in pairs).encode()
