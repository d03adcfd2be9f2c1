"""Write an index: build it, change it, merge its segments. Every step returns a new snapshot."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from retrieval.article import Article, article_key
from retrieval.index import files
from retrieval.index.index import Index
from retrieval.index.segment import Segment
from retrieval.index.vocabulary import Vocabulary
from retrieval.indexing import merging
from retrieval.indexing.building import Builder, OnArticles


def build(
    articles: Iterable[Article],
    *,
    generation: int,
    folder: Path | None = None,
    progress: OnArticles | None = None,
) -> Index:
    """Index *articles*.

    With a *folder*, write every segment there as soon as it is made, so that memory holds two of them at
    most; they belong to no index before ``files.save_index``. Raises ``OSError`` if that fails.
    """
    empty = Index(generation=generation, vocabulary=Vocabulary.of([]), segments=())
    return changed(empty, [], articles, generation=generation, folder=folder, progress=progress)


def changed(
    index: Index,
    removed: Iterable[str],
    added: Iterable[Article],
    *,
    generation: int,
    folder: Path | None = None,
    progress: OnArticles | None = None,
) -> Index:
    """Return the next *generation* of *index*: without the ids *removed*, with the articles *added*.

    *folder* and *progress* are as for ``build``.
    """
    builder = Builder(index.vocabulary)
    new = (
        files.keep(folder, generation, segment) if folder else segment
        for segment in builder.build(added, progress)
    )
    segments = (*_without(index, removed), *new)
    return replace(index, generation=generation, vocabulary=builder.vocabulary, segments=segments)


def merged(index: Index) -> Index | None:
    """Return the same articles in fewer segments, after one merge; None if none is due."""
    due = merging.due(index.segments)
    if due is None:
        return None
    fewer = merging.merged(index.segments[due], len(index.vocabulary))
    return replace(index, segments=(*index.segments[: due.start], *fewer, *index.segments[due.stop :]))


def _without(index: Index, ids: Iterable[str]) -> Iterator[Segment]:
    """Yield the segments without the articles of these *ids*; skip segments that have no article left."""
    keys = [article_key(id_) for id_ in ids]
    for segment in index.segments:
        numbers = [number for key in keys if (number := segment.archive.find(key)) is not None]
        if numbers:
            segment = merging.removed(segment, np.array(numbers), len(index.vocabulary))
        if not segment.removal or len(segment.removal.articles) < len(segment.archive):
            yield segment
