"""Conversations of several turns, over a few articles of their own, come out right."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot import startup
from bot.cli.main import hoibao
from bot.shipped import shipped

FOLDER = Path(__file__).parents[1] / "dialogues"


def played(folder: Path) -> dict[str, Any]:
    command = ["rehearse", str(folder / "articles"), str(folder / "dialogues.jsonl"), "--json"]
    figures: dict[str, Any] = json.loads(CliRunner().invoke(hoibao, command).stdout)
    return figures


def test_second_messages_are_understood() -> None:
    figures = played(FOLDER)
    assert figures["turns"] == 61
    assert figures["right"] >= 55


def test_what_is_spelled_as_spoken_or_with_a_slip_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "WORD_LISTS", shipped("vietnamese"))
    figures = played(FOLDER / "spelled")
    assert figures["turns"] == 20
    assert figures["right"] >= 18


def test_what_is_typed_in_haste_by_region_or_in_english_is_understood(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(startup, "WORD_LISTS", shipped("vietnamese"))
    figures = played(FOLDER / "typed")
    assert figures["turns"] == 102
    assert figures["right"] >= 84


# (articles, dialogues, turns asked and absent, how many of each are right at least)
COLLECTIONS = [
    (FOLDER / "school", "school", (40, 22), (38, 14)),
    (FOLDER / "bus", "bus", (35, 25), (30, 13)),
    (FOLDER / "museum", "museum", (61, 41), (50, 31)),
    (FOLDER.parents[1] / "data" / "articles", "ward", (40, 48), (32, 20)),
]


@pytest.mark.parametrize(("articles", "name", "turns", "right"), COLLECTIONS)
def test_a_collection_answers_what_its_notices_say_and_little_else(
    articles: Path,
    name: str,
    turns: tuple[int, int],
    right: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(startup, "WORD_LISTS", shipped("vietnamese"))
    command = ["rehearse", str(articles), str(FOLDER / f"{name}.jsonl"), "--json"]
    figures = json.loads(CliRunner().invoke(hoibao, command).stdout)["by_kind"]
    assert (figures["asked"]["turns"], figures["absent"]["turns"]) == turns
    assert figures["asked"]["right"] >= right[0]
    assert figures["absent"]["right"] >= right[1]


def test_a_commune_and_a_hospital_are_asked_in_all_the_ways_of_people() -> None:
    command = ["rehearse", str(FOLDER / "offices"), str(FOLDER / "offices.jsonl"), "--json"]
    figures = json.loads(CliRunner().invoke(hoibao, command).stdout)
    assert figures["turns"] == 131
    assert figures["right"] >= 112


def test_a_company_of_electricity_and_water_is_asked_in_all_the_ways_of_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(startup, "WORD_LISTS", shipped("vietnamese"))
    command = ["rehearse", str(FOLDER / "utility"), str(FOLDER / "utility.jsonl"), "--json"]
    figures = json.loads(CliRunner().invoke(hoibao, command).stdout)
    assert figures["turns"] == 197
    assert figures["right"] >= 150


def test_messages_follow_each_other_in_all_the_ways_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "WORD_LISTS", shipped("vietnamese"))
    command = ["rehearse", str(FOLDER), str(FOLDER / "turns.jsonl"), "--json"]
    figures = json.loads(CliRunner().invoke(hoibao, command).stdout)
    assert figures["turns"] == 90
    assert figures["right"] >= 81
