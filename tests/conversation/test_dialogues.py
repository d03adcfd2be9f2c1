"""Conversations of several turns, over a few articles of their own, come out right."""

import json
from pathlib import Path

from click.testing import CliRunner

from bot.cli.main import hoibao

FOLDER = Path(__file__).parents[1] / "dialogues"


def test_second_messages_are_understood() -> None:
    command = ["rehearse", str(FOLDER / "articles"), str(FOLDER / "dialogues.jsonl"), "--json"]
    figures = json.loads(CliRunner().invoke(hoibao, command).stdout)
    assert figures["turns"] == 61
    assert figures["right"] >= 55
