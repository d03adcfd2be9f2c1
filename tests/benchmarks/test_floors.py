"""The quality of answers on labelled suites must not fall below what is pinned in benchmarks/floors.toml."""

import pytest

from benchmarks import bars
from benchmarks.figures import measured
from benchmarks.shipped import shipped
from benchmarks.suites import EVAL_DIR, SUITES
from retrieval.indexing import writer

SMALL = [name for name, suite in SUITES.items() if not suite.large]


@pytest.mark.parametrize("name", SMALL)
def test_quality_stays_above_its_floors(name: str) -> None:
    suite = SUITES[name]
    if not suite.is_here:
        pytest.skip(f"the labelled suites are not in {EVAL_DIR}")
    engine = shipped(writer.build(suite.articles(), generation=0))
    figures = measured(engine, suite.questions(), accents=suite.accents).figures
    assert bars.broken_floors(name, suite, figures) == []
