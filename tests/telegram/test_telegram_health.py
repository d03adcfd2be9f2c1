"""The pages of /healthz, /readyz and /metrics over real HTTP, and the admins' chat for errors."""

import io
import json
import logging
import re
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import structlog
from fakegram import FakeTelegram
from sqlalchemy import make_url
from stage import ADMIN, READER, STRANGER, Stage, free_port, running

from bot.health import complaints, readiness, supervisor
from bot.health.complaints import Complaints
from bot.logs import Redact
from bot.settings import Settings
from retrieval.collection.collection import Collection

pytest_plugins = ["stage_fixtures"]

DASHBOARD = Path(__file__).parents[2] / "deploy" / "grafana.json"
QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
ERRORS = -100900


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"health_port": free_port(), "errors_chat": ERRORS})


@pytest.fixture
async def pages(settings: Settings, stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.health_port}") as client:
        yield client


async def test_a_bot_that_answers_is_alive_and_ready(pages: httpx.AsyncClient) -> None:
    assert (await pages.get("/healthz")).json() == {"alive": True}
    ready = await pages.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"updates": True, "database": True, "index": True})


async def test_a_bot_that_hears_nothing_of_telegram_is_alive_but_not_ready(
    pages: httpx.AsyncClient, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "UNREADY_AFTER", -1.0)
    ready = await pages.get("/readyz")
    assert (ready.status_code, ready.json()["updates"]) == (503, False)
    assert (await pages.get("/healthz")).status_code == 200


async def test_a_database_that_cannot_be_written_is_not_ready(
    pages: httpx.AsyncClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "LONGEST_WRITE", 0.2)
    with closing(sqlite3.connect(str(make_url(settings.database_url).database))) as other:
        other.execute("BEGIN IMMEDIATE")
        ready = await pages.get("/readyz")
        other.rollback()
    assert (ready.status_code, ready.json()["database"]) == (503, False)


async def test_an_index_of_another_generation_is_not_ready(
    pages: httpx.AsyncClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(str(make_url(settings.database_url).database))) as other:
        other.execute("UPDATE state SET generation = generation + 1")
        other.commit()
    ready = await pages.get("/readyz")
    assert (ready.status_code, ready.json()["index"]) == (503, False)


async def test_questions_are_counted_by_door_and_outcome_and_nobody_is_named(
    pages: httpx.AsyncClient, stage: Stage
) -> None:
    await stage.asked(QUESTION)
    await stage.asked("Giá vàng hôm nay bao nhiêu?", STRANGER)
    text = (await pages.get("/metrics")).text
    assert 'hoibao_questions_total{door="private",outcome="answered"} 1.0' in text
    assert 'hoibao_questions_total{door="private",outcome="nothing"} 1.0' in text
    assert 'hoibao_question_seconds_count{stage="answering"} 2.0' in text
    assert "hoibao_articles 3.0" in text
    assert "thư viện" not in text


async def test_errors_of_telegram_are_counted_by_kind(pages: httpx.AsyncClient, stage: Stage) -> None:
    stage.fake.fault("error", method="sendMessage", code=403, times=1)
    stage.fake.send_text(QUESTION, READER)
    stage.fake.send_text("Hội hoa xuân khai mạc ở đâu?", READER)
    await stage.fake.wait("sendMessage", chat_id=READER, text="Bãi Trước")
    text = (await pages.get("/metrics")).text
    assert 'hoibao_telegram_errors_total{kind="Forbidden",method="sendMessage"} 1.0' in text


async def test_the_dashboard_shows_figures_that_there_are(pages: httpx.AsyncClient, stage: Stage) -> None:
    await stage.asked(QUESTION)
    stage.app.bot_data.metrics.count_reload("done")
    stage.app.bot_data.metrics.note_request("sendMessage", 0.1, OSError())
    text = (await pages.get("/metrics")).text
    there = set(re.findall(r"^(\w+)[{ ]", text, re.MULTILINE))
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    shown = " ".join(target["expr"] for panel in panels for target in panel.get("targets", []))
    named = set(re.findall(r"(?:hoibao|process)_\w+", shown))
    assert named - there == set()
    ours = {name.removesuffix("_bucket") for name in there if name.startswith("hoibao_")}
    bare = {name for name in ours if not name.endswith(("_created", "_sum", "_count"))}
    assert {name for name in bare if not any(said.startswith(name) for said in named)} == set()


async def test_another_page_or_method_is_refused_quietly(pages: httpx.AsyncClient, log: io.StringIO) -> None:
    assert (await pages.get("/etc/passwd")).status_code == 404
    assert (await pages.post("/healthz", content=b"x" * 10_000)).status_code in (400, 405, 413)
    assert "passwd" not in log.getvalue()


async def test_errors_come_in_one_message_an_hour_without_secrets(
    fake: FakeTelegram,
    settings: Settings,
    filled: Collection,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(complaints, "COMPLAIN_EVERY", 0.01)
    fake.add_chat(ERRORS)
    logger = structlog.get_logger("bot.test")
    async with running(settings, filled) as app:
        stage = Stage(fake=fake, app=app, collection=filled, settings=settings)
        for _ in range(3):
            logger.error("reload failed", reason=f"the disk is full, {fake.token}")
        message = await stage.said(ERRORS)
        logging.getLogger("other").error("and another")
        await stage.asked(QUESTION)
    assert "reload failed: the disk is full" in message["text"]
    assert fake.token not in message["text"]
    async with running(settings, filled) as app:  # also after a new start
        logger.error("once more")
        await Stage(fake=fake, app=app, collection=filled, settings=settings).asked(QUESTION, ADMIN)
    assert len(fake.sent("sendMessage", chat_id=ERRORS)) == 1
    log.truncate(0)  # what this test logged held the token


async def test_errors_that_telegram_does_not_take_are_told_an_hour_later(
    stage: Stage, settings: Settings, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.fake.add_chat(ERRORS)
    monkeypatch.setattr(complaints, "COMPLAINTS_APART", timedelta(0))
    texts, redact = stage.app.bot_data.languages.of(None), Redact([])
    collected = Complaints(ERRORS, texts, stage.collection.memory, redact)
    collected.emit(logging.makeLogRecord({"msg": "the disk is full", "levelno": logging.ERROR}))
    stage.fake.fault("error", method="sendMessage", code=500, chat_id=ERRORS, times=2)
    await collected.look(stage.app.bot)
    assert not any(call.result for call in stage.fake.sent("sendMessage", chat_id=ERRORS))
    await collected.look(stage.app.bot)
    assert "the disk is full" in stage.fake.sent("sendMessage", chat_id=ERRORS)[-1].text
    await collected.look(stage.app.bot)
    assert len(stage.fake.sent("sendMessage", chat_id=ERRORS)) == 3


async def test_systemd_hears_that_the_bot_is_ready_turns_and_stops(
    fake: FakeTelegram,
    settings: Settings,
    filled: Collection,
    log: io.StringIO,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "60000000")
        async with running(settings, filled) as app:
            await Stage(fake=fake, app=app, collection=filled, settings=settings).asked(QUESTION)
        heard = [systemd.recv(100).decode() for _ in range(3)]
    assert heard == ["READY=1", "WATCHDOG=1", "STOPPING=1"]


def test_without_systemd_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    supervisor.tell("READY=1")


def test_sources_are_counted(filled: Collection, settings: Settings) -> None:
    assert filled.sources() == {str(settings.articles_dir): 3}
