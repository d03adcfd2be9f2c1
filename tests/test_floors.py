"""The quality of answers on labelled suites must not fall below what is pinned in benchmarks/floors.toml."""

import hashlib
import tomllib
from pathlib import Path

import pytest

from benchmarks.suites import EVAL_DIR, SUITES
from retrieval.evaluation import evaluate

FLOORS = tomllib.loads((Path(__file__).parents[1] / "benchmarks" / "floors.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FLOORS)
@pytest.mark.parametrize("stripped", [False, True], ids=["as typed", "accents stripped"])
def test_quality_stays_above_its_floor(name: str, stripped: bool) -> None:
    suite, floor = SUITES[name], FLOORS[name]
    if not suite.is_here:
        pytest.skip(f"the labelled suites are not in {EVAL_DIR}")
    [corpus] = suite.corpus_paths
    assert hashlib.sha256(corpus.read_bytes()).hexdigest() == floor["corpus"]
    figures = evaluate([corpus], suite.queries_path, strip_accents=stripped, titles=suite.titles)
    assert figures.r1 >= floor["r1_stripped" if stripped else "r1"]
