"""The fixtures of the end-to-end tests, taken with ``pytest_plugins = ["stage_fixtures"]``.

They are not in a conftest.py: mypy knows modules by their names, and there is one of that name above.
"""

import io
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fakegram import FakeTelegram
from pydantic import SecretStr
from stage import ADMIN, FAIR, LIBRARY, MARKET, Mode, Stage, free_port, running

from bot import logs
from bot.settings import Settings
from bot.transport import typing as waiting
from retrieval.collection.collection import Collection


@pytest.fixture(scope="session", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the loops be compiled, as in a clean checkout they yet are: that takes longer than a test waits."""
    folder = tmp_path_factory.mktemp("compiled")
    for name, text in (("library", LIBRARY), ("market", MARKET), ("fair", FAIR)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    collection = Collection.open(
        database_url=f"sqlite:///{folder}/a.db", index_dir=folder / "index", articles_dir=folder
    )
    collection.reload()
    for question in (
        "Thẻ thư viện giá bao nhiêu?",
        "the thu vien gja",
        '"thẻ thư viện" -mưa tu:2023',
        "when is it",
    ):
        collection.ask(question)
        collection.ask(f"{question} năm 2024", after="Thư viện ở đâu?")
    collection.ask_among("thẻ thư viện", [article.id for article in collection.latest(1)])
    collection.close()


@pytest.fixture(params=["polling", "webhook"])
def mode(request: pytest.FixtureRequest) -> Mode:
    """How the bot gets its updates."""
    chosen: Mode = request.param
    return chosen


@pytest.fixture
def log(logging_as_before: None) -> io.StringIO:
    """Everything that `hoibao run` would log at its most talkative."""
    logs.set_up(level="DEBUG", form="json")  # without its redaction: nothing secret may get as far
    stream = io.StringIO()
    for handler in logging.getLogger().handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(stream)
    return stream


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine any answer may take long, and a test counts what the bot does."""
    monkeypatch.setattr(waiting, "PATIENCE", 60.0)


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """Telegram; at the end no request may have been suspicious."""
    async with FakeTelegram().running() as server:
        server.add_chat(ADMIN, language_code="en")
        yield server
    assert [(call.method, call.lint) for call in server.calls if call.lint] == []


@pytest.fixture
def settings(
    fake: FakeTelegram, mode: Mode, nowhere: Path, articles_dir: Path, database_url: str
) -> Settings:
    """Settings for a new, small collection of articles."""
    for name, text in (("library", LIBRARY), ("market", MARKET), ("fair", FAIR)):
        (articles_dir / f"{name}.md").write_text(text, encoding="utf-8")
    port = free_port()
    return Settings(
        telegram_token=SecretStr(fake.token),
        telegram_api_url=fake.url,
        admin_ids=(ADMIN,),
        articles_dir=articles_dir,
        database_url=database_url,
        index_dir=nowhere / "state" / "index",
        webhook_url=f"http://127.0.0.1:{port}/hook" if mode == "webhook" else None,
        listen="127.0.0.1",
        port=port,
    )


@pytest.fixture
def filled(settings: Settings, collection: Collection) -> Collection:
    """The collection, with those articles read in."""
    collection.reload()
    return collection


@pytest.fixture
async def stage(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> AsyncIterator[Stage]:
    """The running bot."""
    async with running(settings, filled) as app:
        yield Stage(fake=fake, app=app, collection=filled, settings=settings)
    assert fake.token not in log.getvalue()
