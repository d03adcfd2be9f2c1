"""Print how much is lost of right and answered questions when people wrap them in good manners.

    python -m benchmarks.manners [SUITE …]

Each frame of ``benchmarks/manners.toml`` is put around questions of a suite in its language, those evenly
spaced, a different frame around each neighbour. The parts of the frames are shown apart.
"""

import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.shipped import shipped
from benchmarks.suites import EVAL_DIR, SUITES, Suite
from retrieval.answering.engine import Engine
from retrieval.evaluation.suite import Question
from retrieval.indexing import writer
from retrieval.question.manners.manners import set_aside
from retrieval.text.canonical import clean, without_accents

FRAMES = Path(__file__).with_suffix(".toml")
DEFAULT = ("xquad_vi", "xquad_en")  # they take seconds
QUESTIONS = 300  # of a suite, evenly spaced
_ENGLISH = "english"  # frames for suites whose accents count for nothing


def main(names: Sequence[str]) -> int:
    """Measure the suites with these names."""
    unknown = [name for name in names if name not in SUITES]
    if unknown:
        print(f"no suite {', '.join(unknown)}: choose from {', '.join(SUITES)}", file=sys.stderr)
        return 2
    frames = tomllib.loads(FRAMES.read_text(encoding="utf-8"))
    table = Table("suite", "frames", "r@1 bare", "r@1", "answered bare", "answered", "set aside whole")
    for name in names or DEFAULT:
        if SUITES[name].is_here:
            for row in _rows(name, SUITES[name], frames):
                table.add_row(*row)
    if not table.rows:
        print(f"nothing to measure: set EVAL_DIR to a folder of suites, not {EVAL_DIR}", file=sys.stderr)
        return 1
    Console(width=110).print(table)
    return 0


def wrapped(frame: str, question: str) -> str:
    """Return *question* within *frame*, as people put it there: without a capital or a mark of its own."""
    inner = question if frame.partition("{")[0].rstrip().endswith((".", "?", "!")) else _inner(question)
    begins_anew = frame.partition("}")[2].lstrip()[:1].isupper()
    inner = inner if begins_anew else inner.rstrip(" ?.")
    return frame.replace("{bare}", without_accents(inner)).replace("{}", inner)


def _inner(question: str) -> str:
    """Return *question* as it stands within a sentence; a name at its beginning keeps its capital."""
    first, _, rest = question.partition(" ")
    is_name = not rest or rest[:1].isupper() or not first[1:].islower()
    return question if is_name else first.lower() + " " + rest


def _rows(name: str, suite: Suite, frames: dict[str, dict[str, list[str]]]) -> list[list[str]]:
    engine = shipped(writer.build(suite.articles(), generation=0))
    questions = [question for question in suite.questions() if not question.unanswerable]
    questions = questions[:: max(1, len(questions) // QUESTIONS)]
    texts = [clean(question.text) for question in questions]
    bare = _measured(engine, questions, texts)
    rows = []
    for half, kinds in frames.items():
        chosen = [
            frame for kind, listed in kinds.items() for frame in listed if (kind == _ENGLISH) != suite.accents
        ]
        said = [wrapped(chosen[number % len(chosen)], text) for number, text in enumerate(texts)]
        inside = _measured(engine, questions, said)
        whole = sum(
            _same(set_aside(clean(message)).text, text) for message, text in zip(said, texts, strict=True)
        )
        rows.append(
            [
                name,
                half,
                *(f"{share:.3f}" for pair in zip(bare, inside, strict=True) for share in pair),
                f"{whole / len(texts):.3f}",
            ]
        )
        for message, text in zip(said, texts, strict=True):
            left = set_aside(clean(message)).text
            if not _same(left, text):
                print(f"  {message!r}: {left!r}")
    return rows


def _measured(engine: Engine, questions: Sequence[Question], texts: Sequence[str]) -> tuple[float, float]:
    """Return the shares of right articles that come first, and of questions that are answered."""
    answers = [engine.ask(text, limit=1) for text in texts]
    right = sum(
        any(hit.article.id in question.relevant for hit in answer.hits)
        for question, answer in zip(questions, answers, strict=True)
    )
    return right / len(texts), sum(answer.answered for answer in answers) / len(texts)


def _same(left: str, text: str) -> bool:
    plain = [without_accents(words).lower().strip(" ?.!,") for words in (left, text)]
    return plain[0] == plain[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
