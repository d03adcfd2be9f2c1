"""Patterns are compiled once, and kept for processes that start later."""

from pathlib import Path

import pytest
import regex

from retrieval.question.manners.kept import compiled_before, compiled_once

PATTERNS = {"greeting": r"chào (?P<who>\p{Ll}+)", "thanks": "cảm ơn"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patterns that were compiled."""
    seen: list[str] = []
    compile_ = regex.compile

    def noted(pattern: str) -> "regex.Pattern[str]":
        seen.append(pattern)
        return compile_(pattern)

    monkeypatch.setattr(regex, "compile", noted)
    return seen


@pytest.mark.usefixtures("folder")
def test_patterns_are_compiled_once_and_match_alike(compiled: list[str]) -> None:
    for _ in range(2):
        found = compiled_once(PATTERNS)
        assert found["greeting"].match("chào bạn")["who"] == "bạn"  # type: ignore[index]
        assert found["thanks"].match("xin chào") is None
    assert compiled == list(PATTERNS.values())


def test_a_damaged_file_is_written_anew(folder: Path, compiled: list[str]) -> None:
    compiled_once(PATTERNS)
    [file] = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-40])
    assert compiled_once(PATTERNS)["thanks"].match("cảm ơn")
    assert file.read_bytes() == whole
    assert len(compiled) == 2 * len(PATTERNS)


def test_other_patterns_take_the_place_of_earlier_ones(folder: Path) -> None:
    compiled_once(PATTERNS)
    before = list(folder.iterdir())
    other = compiled_once(PATTERNS | {"thanks": "cám ơn"})
    assert other["thanks"].match("cám ơn")
    assert len(list(folder.iterdir())) == 1
    assert list(folder.iterdir()) != before


def test_without_a_place_to_write_each_process_compiles(folder: Path, compiled: list[str]) -> None:
    folder.write_text("no folder", encoding="utf-8")
    for _ in range(2):
        assert compiled_once(PATTERNS)["thanks"].match("cảm ơn")
    assert len(compiled) == 2 * len(PATTERNS)


@pytest.mark.usefixtures("folder")
def test_what_an_earlier_process_left_is_found_and_nothing_is_compiled_for_it(compiled: list[str]) -> None:
    assert compiled_before(PATTERNS) == {}
    assert compiled == []
    compiled_once(PATTERNS)
    assert compiled_before(PATTERNS).keys() == PATTERNS.keys()
    assert len(compiled) == len(PATTERNS)
