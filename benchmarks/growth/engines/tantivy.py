"""tantivy: Lucene's way, in Rust.

As Lucene, it keeps the length of a passage in one byte, and so ranks a little differently.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from benchmarks.growth.material import passages_of, with_pairs
from retrieval.evaluation.suite import read_corpus

# Cuts at white space and does nothing else: it leaves capitals, marks and points as they are.
_TOKENIZER = "whitespace"
_INDEXED = "freq"  # BM25 needs no positions


class Ranking:
    """An open index."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    def rank(self, words: list[str], limit: int) -> list[int]:
        """Return the numbers of the best passages, best first."""
        clauses = [
            (Occur.Should, Query.term_query(self._schema, "terms", word, index_option=_INDEXED))
            for word in words
        ]
        # To count all that are found would forbid it to leave out what cannot be among the best.
        found = self._searcher.search(Query.boolean_query(clauses), limit, count=False)
        addresses = [address for _, address in found.hits]
        numbers = self._searcher.fast_field_values("number", addresses)
        return [int(number) for number in numbers if number is not None]


def build(passages: Path, folder: Path) -> None:
    """Index *passages*; it takes the lines whole and cuts them itself."""
    schema = _terms().add_integer_field("number", fast=True)
    with passages.open(encoding="utf-8") as lines:
        _write(
            folder,
            schema,
            (tantivy.Document(terms=line, number=number) for number, line in enumerate(lines)),
        )


def build_articles(articles: Path, folder: Path) -> None:
    """Index articles as its documentation shows: from JSON lines, stored, its own words, with positions."""
    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("title", "text"):
        schema = schema.add_text_field(field, stored=True)
    with articles.open(encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        _write(
            folder,
            schema,
            (tantivy.Document(id=row["id"], title=row["title"], text=row["text"]) for row in rows),
        )


def build_passages(articles: Path, folder: Path) -> None:
    """Index articles as Hỏi Báo has to: passages, stored, its terms and pairs of them."""
    _write(
        folder,
        _terms().add_bytes_field("passage", stored=True),
        (
            tantivy.Document(terms=" ".join(with_pairs(words)), passage=passage.encode())
            for article in read_corpus(articles)
            for passage, words in passages_of(article.body)
        ),
    )


def _terms() -> tantivy.SchemaBuilder:
    return tantivy.SchemaBuilder().add_text_field("terms", tokenizer_name=_TOKENIZER, index_option=_INDEXED)


def _write(folder: Path, schema: tantivy.SchemaBuilder, documents: Iterable[tantivy.Document]) -> None:
    writer = tantivy.Index(schema.build(), path=str(folder)).writer()
    for document in documents:
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def load(folder: Path) -> Ranking:
    """Open the index in *folder*."""
    return Ranking(tantivy.Index.open(str(folder)))
