"""Hỏi Báo as it is shipped: with its word lists. Synonyms are each operator's own, and left out."""

from pathlib import Path

from retrieval.answering.engine import Engine
from retrieval.index.index import Index
from retrieval.query.lexicon import Lexicon

WORD_LISTS = Path(__file__).parents[1] / "data" / "vietnamese"


def shipped(index: Index) -> Engine:
    """Return the engine that answers from *index*."""
    return Engine(index, Lexicon.read(WORD_LISTS))
