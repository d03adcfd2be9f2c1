"""Print what another value of a constant would do to the figures: how the lines of QUALITY.md are measured.

    python -m benchmarks.trial retrieval.ranking.rerank.WINDOW_WEIGHT=0 [NAME=VALUE …] [SUITE …]

Every suite is asked as things stand, then with each value in turn, over one index: constants that shape the
index itself (of passages, analyzer, building) need a change in the source and `make eval`.
"""

import importlib
import sys
from collections.abc import Sequence
from dataclasses import replace

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figures, measured
from benchmarks.shipped import shipped
from benchmarks.suites import SUITES, Suite
from retrieval.evaluation.suite import Question
from retrieval.index.index import Index
from retrieval.indexing import writer

SHOWN = ("r1", "r1_stripped", "mrr", "excerpt1", "excerpt3", "auroc", "answered", "refused")


def main(arguments: Sequence[str]) -> int:
    """Try each value in *arguments* on the suites named there, by default on all that are here."""
    values = [argument for argument in arguments if "=" in argument]
    names = [argument for argument in arguments if "=" not in argument] or [
        name for name, suite in SUITES.items() if suite.is_here
    ]
    if not values or any(name not in SUITES for name in names):
        print(f"say NAME=VALUE, and suites out of {', '.join(SUITES)}", file=sys.stderr)
        return 2
    table = Table("suite", *SHOWN, box=box.SIMPLE)
    for name in names:
        suite = SUITES[name]
        index, questions = writer.build(suite.articles(), generation=0), suite.questions()
        stands = _figures(suite, index, questions)
        table.add_row(
            f"{name}, as it is", *(f"{stands[figure]:.3f}" if figure in stands else "" for figure in SHOWN)
        )
        for value in values:
            standing = _set(*value.split("="))
            tried = _figures(suite, index, questions)
            _set(*standing)
            gains = (f"{tried[figure] - stands[figure]:+.3f}" if figure in stands else "" for figure in SHOWN)
            table.add_row(value.removeprefix("retrieval."), *gains)
    Console(width=140).print(table)
    return 0


def _figures(suite: Suite, index: Index, questions: list[Question]) -> Figures:
    # A copy has none of the tables that an index makes once, so that every constant has its effect.
    return measured(shipped(replace(index)), questions, accents=suite.accents).figures


def _set(name: str, value: str) -> tuple[str, str]:
    """Set a constant, named with its module, to a number; return its name and the value it had."""
    module, _, constant = name.rpartition(".")
    room = importlib.import_module(module)
    standing = getattr(room, constant)
    setattr(room, constant, type(standing)(float(value)))
    return name, str(standing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
