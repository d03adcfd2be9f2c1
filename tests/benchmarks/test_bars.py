import tomllib
from pathlib import Path

import pytest

from benchmarks import bars, people
from benchmarks.suites import SUITES, Suite

FIGURES = {"queries": 1000.0, "r1": 0.5, "r1_stripped": 0.4955, "stripped_loss": 0.0045, "ms": 7.0}
BARS = (bars.FLOORS, bars.TARGETS)


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Suite:
    monkeypatch.setattr("benchmarks.suites.EVAL_DIR", tmp_path)
    for name in ("corpus", "queries"):
        (tmp_path / "own").mkdir(exist_ok=True)
        (tmp_path / "own" / f"{name}.jsonl.xz").write_text(name)
    return Suite(corpora=("own",), queries="own")


def test_what_was_pinned_holds_with_room_for_two_questions(suite: Suite, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    bars.pin({"own": FIGURES}, {"own": suite}, path)
    pinned = tomllib.loads(path.read_text(encoding="utf-8"))["own"]
    assert pinned == {"r1": 0.498, "r1_stripped": 0.493, "sha256": suite.hashes}
    assert bars.broken_floors("own", suite, FIGURES, path) == []
    assert bars.broken_floors("own", suite, FIGURES | {"r1": 0.498}, path) == []


def test_a_figure_below_its_floor_is_named(suite: Suite, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    bars.pin({"own": FIGURES}, {"own": suite}, path)
    assert bars.broken_floors("own", suite, FIGURES | {"r1": 0.4979}, path) == [
        "own: r1 is 0.4979, should be at least 0.498"
    ]
    assert bars.broken_floors("own", suite, {"r1": 1.0}, path) == [
        "own: r1_stripped is not measured, should be at least 0.493"
    ]


def test_floors_say_nothing_about_other_files(suite: Suite, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    bars.pin({"own": FIGURES}, {"own": suite}, path)
    suite.queries_path.write_text("others")
    assert bars.broken_floors("own", suite, FIGURES, path) == [
        "own: its files are not those that its floors were pinned with"
    ]


def test_a_suite_without_floors_is_not_guarded_in_silence(suite: Suite, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    bars.pin({}, {"own": suite}, path)
    assert bars.broken_floors("own", suite, FIGURES, path) == ["own: has no floors yet; pin them"]


def test_pinning_one_suite_leaves_the_others_theirs(suite: Suite, tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    suites = {"own": suite, "other": suite}
    bars.pin({"other": FIGURES}, suites, path)
    bars.pin({"own": FIGURES}, suites, path)
    bars.pin({"own": FIGURES | {"r1": 0.7}}, suites, path)
    assert {name: one["r1"] for name, one in tomllib.loads(path.read_text(encoding="utf-8")).items()} == {
        "own": 0.698,
        "other": 0.498,
    }


def test_a_time_or_a_loss_holds_at_its_limit_and_not_above() -> None:
    for figure, limit in (("ms", 5.0), ("stripped_loss", 0.01)):
        measured = {0.0: True, limit: True, limit + 0.001: False}
        assert {
            one: bars.Bar(suite="", figure=figure, limit=limit, measured=one).holds for one in measured
        } == (measured)


def test_a_loss_of_exactly_its_limit_holds_in_floating_point() -> None:
    assert 0.79 - 0.78 > 0.01
    assert bars.Bar(suite="", figure="stripped_loss", limit=0.01, measured=0.79 - 0.78).holds


@pytest.mark.parametrize("path", BARS, ids=[path.name for path in BARS])
def test_every_bar_is_a_figure_of_a_suite_there_is(path: Path) -> None:
    """A bar with a slip in its name would guard nothing."""
    figures = {*bars.PINNED, *bars.AT_MOST}
    for suite, limits in tomllib.loads(path.read_text(encoding="utf-8")).items():
        assert suite in {*SUITES, "scale_news", people.NAME}
        assert set(limits) - {"sha256"} <= figures
