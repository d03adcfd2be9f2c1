"""The talk with a worker: its outfit once, an edition when that changes, and questions, each with its answer.

Both ends are the program's own and the pipe has no name, so that pickled objects do no harm.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from retrieval.answer import Hit
from retrieval.collection.snapshots.snapshot import Signature
from retrieval.query.lexicon import Lexicon
from retrieval.query.synonyms import Synonyms
from retrieval.question.manners.manners import Manners


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """The things that a worker answers from as long as it lives."""

    index_dir: Path
    lexicon: Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The make of the asking process's snapshot; the files of no other may answer."""

    signature: Signature
    synonyms: Synonyms
    glossary: Synonyms


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question as ``Engine.ask`` takes it, of the edition that was told last."""

    now: datetime  # aware; "today" is the same in all processes
    question: str
    manners: Manners  # of the question, which the asking process needs itself: they take a while to tell
    limit: int
    after: str | None
    besides: Hit | None
