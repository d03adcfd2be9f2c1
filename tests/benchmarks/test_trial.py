import json
from pathlib import Path

import pytest

from benchmarks import trial
from benchmarks.suites import Suite
from retrieval.index import index


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One suite of one article, called "own"."""
    (tmp_path / "own").mkdir()
    for name, row in {
        "corpus": {"id": "a", "text": "Chợ mở cửa lúc 5 giờ."},
        "queries": {"text": "chợ mở cửa lúc nào", "relevant": ["a"], "answers": ["5 giờ"]},
    }.items():
        (tmp_path / "own" / f"{name}.jsonl").write_text(json.dumps(row), encoding="utf-8")
    monkeypatch.setattr(Suite, "corpus_paths", [tmp_path / "own" / "corpus.jsonl"])
    monkeypatch.setattr(Suite, "queries_path", tmp_path / "own" / "queries.jsonl")
    monkeypatch.setattr(trial, "SUITES", {"own": Suite(corpora=("own",), queries="own")})


def test_a_constant_is_tried_and_set_back(capsys: pytest.CaptureFixture[str]) -> None:
    standing = index.K1
    assert trial.main(["retrieval.index.index.K1=0", "own"]) == 0
    assert standing == index.K1
    assert "+0.000" in capsys.readouterr().out


def test_a_trial_without_a_value_or_with_an_unknown_suite_is_refused() -> None:
    assert trial.main(["own"]) == 2
    assert trial.main(["retrieval.index.index.K1=0", "other"]) == 2
