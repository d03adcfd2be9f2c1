"""The stages of a question that ``benchmarks.stages`` watches: each is there, and questions pass them."""

import pytest
from texts import sample_index

from benchmarks.stages import STAGES, Watch
from retrieval.answering.engine import Engine


@pytest.mark.parametrize(("stage", "places"), STAGES, ids=[stage for stage, _ in STAGES])
def test_a_stage_is_where_it_is_looked_for(stage: str, places: list[tuple[object, str]]) -> None:
    assert [name for owner, name in places if not callable(getattr(owner, name, None))] == []


def test_a_question_passes_the_stages_on_its_way() -> None:
    engine, watch = Engine(sample_index()), Watch()
    with watch.watching():
        assert engine.ask("Ai phụ trách thư viện phường?").answered
    assert watch.passed["answer: excerpts, hits"] == 1
    passed = {stage for stage, number in watch.passed.items() if number and watch.seconds[stage] > 0}
    assert passed >= {stage for stage, _ in STAGES if stage.startswith("search")}
    assert passed >= {"read: manners, operators", "parse"}
