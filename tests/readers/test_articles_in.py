"""Inputs that were once read wrongly, and pages like those of real systems."""

import pytest

from benchmarks.extraction.__main__ import below_floors
from benchmarks.extraction.cases import Case, cases, faults
from benchmarks.extraction.pages import pages
from benchmarks.extraction.readers import hoibao
from benchmarks.extraction.scores import scores


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_case_comes_as_it_should(case: Case) -> None:
    assert faults(case) == []


def test_pages_are_read_no_worse_than_they_were() -> None:
    labelled = pages()
    assert below_floors(scores(labelled, [hoibao(page.html) for page in labelled]), labelled) == []
