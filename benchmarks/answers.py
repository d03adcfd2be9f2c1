"""Write every answer to many questions, so that two checkouts can be compared to the last byte.

    python -m benchmarks.answers FILE

FILE gets a line of JSON for each answer: to the questions of some suites, with their accents, without, and
with a slip of the fingers; and to both messages of each conversation in ``followups.toml`` and
``followups_held_out.toml``, the first one restricted as well. An article is named by its id. What changes no
answer gives the same file before and after: ``cmp BEFORE AFTER``.
"""

import argparse
import json
import random
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.noise import slipped
from benchmarks.shipped import WORD_LISTS, shipped
from benchmarks.suites import EVAL_DIR, SUITES
from retrieval.answer import Answer
from retrieval.collection.collection import Collection
from retrieval.indexing import writer
from retrieval.query.lexicon import Lexicon
from retrieval.text.canonical import without_accents

ROOT = Path(__file__).parents[1]
CONVERSATIONS = ("followups.toml", "followups_held_out.toml")
# The suites whose answers are written, and of how many questions each, evenly spaced; None: of all.
ASKED: dict[str, int | None] = {"xquad_vi": None, "zalo_person": None, "local_news": 500}
EXPLAINED = 20  # of so many questions one is explained as well
SLIPPED = 4  # of so many questions one is asked with a slip
RESTRICTED = ("{} tu:2026", "{} trong năm 2026", 'về "{}" nói gì', "{} -phường")
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)  # "yesterday" is the same in every run

Row = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Write the answers to a file; the exit status is 1 if no suite is there."""
    parser = argparse.ArgumentParser(prog="benchmarks.answers")
    parser.add_argument("file", type=Path)
    file: Path = parser.parse_args(arguments).file
    names = [name for name in ASKED if SUITES[name].is_here]
    if not names:
        print(f"nothing to ask: set EVAL_DIR to a folder of suites, not {EVAL_DIR}", file=sys.stderr)
        return 1
    with file.open("w", encoding="utf-8") as lines:
        for row in (row for rows in (*map(_of_suite, names), _of_conversations()) for row in rows):
            lines.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    return 0


def _of_suite(name: str) -> Iterator[Row]:
    engine = shipped(writer.build(SUITES[name].articles(), generation=0))
    questions, wanted = SUITES[name].questions(), ASKED[name]
    for number, question in enumerate(
        questions[:: max(1, len(questions) // wanted)] if wanted else questions
    ):
        spellings = [question.text, without_accents(question.text)]
        if number % SLIPPED == 0:
            spellings.append(slipped(question.text, random.Random(number)))
        for text in spellings:
            yield _row(name, text, engine.ask(text))
            if number % EXPLAINED == 0:
                explanation = engine.why(text)
                yield _row(name, text, replace(explanation.answer, question=explanation.searched)) | {
                    "sought": [asdict(sought) for sought in explanation.sought],
                    "hits": [asdict(replace(hit, hit=None)) for hit in explanation.hits],  # type: ignore[arg-type]
                    "odds": explanation.odds and asdict(explanation.odds),
                }


def _of_conversations() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection.open(
            database_url=f"sqlite:///{folder}/articles.sqlite3",
            index_dir=Path(folder) / "index",
            articles_dir=ROOT / "data" / "articles",
            lexicon=Lexicon.read(WORD_LISTS),
            clock=lambda: NOW,
        )
        collection.reload()
        for file in CONVERSATIONS:
            tables = tomllib.loads((ROOT / "benchmarks" / file).read_text(encoding="utf-8"))
            for first, second, *_ in (*tables["follow_ups"], *tables["new_questions"]):
                for before, after in ((first, second), (without_accents(first), without_accents(second))):
                    answer = collection.ask(before)
                    yield _row(file, before, answer)
                    yield _row(file, after, collection.ask(after, after=answer.understood_as))
                for restricted in (restriction.format(first.rstrip("?")) for restriction in RESTRICTED):
                    yield _row(file, restricted, collection.ask(restricted))
        collection.close()


def _row(source: str, asked: str, answer: Answer) -> Row:
    hits = [
        asdict(replace(hit, article=hit.article.id, similar=[copy.id for copy in hit.similar]))  # type: ignore[arg-type]
        for hit in answer.hits
    ]
    return {"source": source, "asked": asked, "answer": asdict(replace(answer, hits=())) | {"hits": hits}}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
