"""The working session in the docstring of ``retrieval`` works as it stands there."""

import doctest
from pathlib import Path

import retrieval


def test_the_session_runs_as_it_is_shown(nowhere: Path) -> None:
    (nowhere / "articles").mkdir()
    text = "Thẻ thư viện có giá ba mươi nghìn đồng một năm."
    (nowhere / "articles" / "the-thu-vien.md").write_text(text, encoding="utf-8")
    outcome = doctest.testmod(retrieval)
    assert (outcome.failed, outcome.attempted > 5) == (0, True)
