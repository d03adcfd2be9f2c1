"""Print how many second messages are understood as they should be, over the sample articles.

    python -m benchmarks.followups [CASES]

CASES is a file like ``benchmarks/followups.toml``, which is the default. Every case that fails is printed.
"""

import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

from retrieval.collection.collection import Collection

ROOT = Path(__file__).parents[1]


def main(cases: Path = ROOT / "benchmarks" / "followups.toml") -> int:
    """Measure both halves; the exit status is 1 where one of them is understood in less than nine of ten."""
    tables = tomllib.loads(cases.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection.open(
            database_url=f"sqlite:///{folder}/articles.sqlite3",
            index_dir=Path(folder) / "index",
            articles_dir=ROOT / "data" / "articles",
        )
        collection.reload()
        shares = [
            _share("follow-ups", [(row, _followed(collection, *row)) for row in tables["follow_ups"]]),
            _share(
                "new questions", [(row, _unpolluted(collection, *row)) for row in tables["new_questions"]]
            ),
        ]
        collection.close()
    return int(min(shares) < 0.9)


def _followed(collection: Collection, first: str, second: str, article: str) -> str | None:
    """Return what is wrong with the answer to a follow-up; None where nothing is."""
    answer = collection.ask(second, after=collection.ask(first).understood_as)
    if answer.understood_as == collection.ask(second).understood_as:
        return "taken for a question of its own"
    wanted = article.split(" | ")
    best = answer.hits[0].article if answer.hits else None
    if best is None or not any(part in best.origin or part in best.id for part in wanted):
        return f"“{answer.understood_as}” leads to {best.id if best else 'nothing'}"
    if not answer.answered:  # the engine's own doubt, no fault of the understanding
        print(f"  {first} → {second}: “{answer.understood_as}” is understood, and refused")
    return None


def _unpolluted(collection: Collection, first: str, second: str) -> str | None:
    """Return what is wrong with the answer to a question of its own; None where nothing is."""
    answer = collection.ask(second, after=collection.ask(first).understood_as)
    return None if answer == collection.ask(second) else f"taken for “{answer.understood_as}”"


def _share(name: str, judged: Sequence[tuple[list[str], str | None]]) -> float:
    """Print the share of cases without a fault, and the others with theirs; return the share."""
    faults = [(row, fault) for row, fault in judged if fault is not None]
    for row, fault in faults:
        print(f"  {row[0]} → {row[1]}: {fault}")
    share = 1 - len(faults) / len(judged)
    print(f"{name}: {len(judged) - len(faults)} of {len(judged)} ({share:.0%})")
    return share


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
