"""Logs: one way out, and no secret on it."""

import json
import logging
import sys

import pytest
import structlog

from bot.logs import Redact, set_up

TOKEN = "123456789:AAEhBOweik-9_xyz"


pytestmark = pytest.mark.usefixtures("logging_as_before")


@pytest.mark.parametrize("form", ["console", "json"])
def test_token_is_redacted_wherever_it_stands(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(level="INFO", form="json" if form == "json" else "console", secrets=[TOKEN])
    log = structlog.get_logger("bot.test")
    log.info(f"at https://api.telegram.org/bot{TOKEN}/getMe", url=f"/bot{TOKEN}", nested={"deep": [TOKEN]})
    log.warning("encoded", url=f"/bot{TOKEN.replace(':', '%3A')}/getMe")
    logging.getLogger("other").error("POST %s", f"https://api.telegram.org/bot{TOKEN}/sendMessage")
    try:
        raise ValueError(f"the token {TOKEN} was rejected")
    except ValueError:
        log.exception("failed")

    lines = capsys.readouterr()
    assert lines.out == ""
    assert "AAEhBOweik" not in lines.err
    assert lines.err.count("[redacted]") >= 6
    assert "ValueError: the token [redacted] was rejected" in lines.err


def test_json_form_is_one_object_a_line_with_its_letters_as_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up(level="INFO", form="json")
    structlog.get_logger("bot.test").info("reloaded", articles=3, title="Phường Ba")
    logging.getLogger("other").warning("slow %d", 7)

    first, second = capsys.readouterr().err.splitlines()
    assert "Phường Ba" in first
    assert json.loads(first).items() >= {"event": "reloaded", "articles": 3, "level": "info"}.items()
    assert json.loads(second).items() >= {"event": "slow 7", "logger": "other", "level": "warning"}.items()


def test_nothing_below_the_level_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(level="WARNING", form="console")
    structlog.get_logger("bot.test").info("quiet")
    logging.getLogger("other").info("quiet")
    assert capsys.readouterr().err == ""


def test_requests_with_their_urls_and_rules_of_markdown_are_not_logged_even_when_debugging(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up(level="DEBUG", form="console")
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/…")
    logging.getLogger("markdown_it.rules_block.fence").debug("entering fence")
    assert capsys.readouterr().err == ""


def test_setting_up_again_replaces_the_first_set_up(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(level="INFO", form="console")
    set_up(level="INFO", form="json")
    logging.getLogger("other").warning("once")
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_traceback_of_an_uncaught_error_loses_the_token_too(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(level="ERROR", form="console", secrets=[TOKEN])
    try:
        raise RuntimeError(f"no bot {TOKEN}")
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    shown = capsys.readouterr().err
    assert "RuntimeError: no bot [redacted]" in shown
    assert TOKEN not in shown


def test_longer_secret_that_holds_a_shorter_one_goes_whole() -> None:
    assert Redact(["abc", "abcdef", ""]).text("xabcdefx abc") == "x[redacted]x [redacted]"
