"""The talk with a worker: its outfit once, then a question at a time, each with its answer.

Both ends are the program's own and the pipe has no name, so that pickled objects do no harm.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from retrieval.answer import Hit
from retrieval.collection.snapshot import Signature
from retrieval.collection.synonym_file import SynonymFiles
from retrieval.query.lexicon import Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """All that a worker answers from."""

    index_dir: Path
    wordings: SynonymFiles
    lexicon: Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question as ``Engine.ask`` takes it, and the files that it is asked of."""

    signature: Signature  # of the asking process's snapshot: no other may answer
    now: datetime  # aware; "today" is the same in all processes
    question: str
    limit: int
    after: str | None
    besides: Hit | None
