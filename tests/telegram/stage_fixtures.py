"""The fixtures of the end-to-end tests, taken with ``pytest_plugins = ["stage_fixtures"]``.

They are not in a conftest.py: mypy knows modules by their names, and there is one of that name above.
"""

import io
import logging
import shutil
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
from fakegram import FakeTelegram
from pydantic import SecretStr
from stage import ADMIN, FAIR, LIBRARY, MARKET, Mode, Stage, free_port, running

from bot import life, logs
from bot.settings import Settings
from bot.transport import typing as waiting
from retrieval.collection.collection import Collection
from retrieval.collection.loops import compile_loops


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """Let the loops be compiled if they are not: that takes longer than a test waits."""
    compile_loops()


MODES = ("polling", "webhook")
# What depends on how updates come; of every other topic, the first test runs in both modes too.
IN_BOTH_MODES = {"trouble", "process", "crowd", "start", "hostile", "questions"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run an end-to-end test in one mode, by turns within its file, or in both."""
    marked = [mark for mark in metafunc.definition.iter_markers("parametrize") if "mode" in mark.args[0]]
    if "mode" not in metafunc.fixturenames or marked:
        return
    module = metafunc.module
    turn = module.__dict__.setdefault("_turns", count())
    number = next(turn)
    topic = module.__name__.rpartition("telegram_")[2]
    modes = MODES if number == 0 or topic in IN_BOTH_MODES else MODES[number % 2 :][:1]
    metafunc.parametrize("mode", modes, indirect=True)


@pytest.fixture
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


@pytest.fixture(autouse=True)
def with_garbage_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bots of many tests share a process: what one leaves for good would keep its files open for the next."""
    monkeypatch.setattr(life, "settle", lambda: None)


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """Telegram; at the end no request may have been suspicious."""
    async with FakeTelegram().running() as server:
        server.add_chat(ADMIN, language_code="en")
        yield server
    assert [(call.method, call.lint) for call in server.calls if call.lint] == []


@pytest.fixture(scope="session")
def read_once(articles_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state of the collection of these tests: to copy it takes a tenth of the time of a reload."""
    state = tmp_path_factory.mktemp("state")
    shutil.rmtree(articles_home, ignore_errors=True)  # of an earlier test
    articles_home.mkdir()
    _write_articles(articles_home)
    collection = Collection.open(
        database_url=f"sqlite:///{state}/hoibao.sqlite3",
        index_dir=state / "index",
        articles_dir=articles_home,
    )
    collection.reload()
    collection.close()
    return state


def _write_articles(folder: Path) -> None:
    for name, text in (("library", LIBRARY), ("market", MARKET), ("fair", FAIR)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


@pytest.fixture
def settings(
    fake: FakeTelegram, mode: Mode, nowhere: Path, articles_dir: Path, database_url: str
) -> Settings:
    """Settings for a new, small collection of articles."""
    _write_articles(articles_dir)
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
def filled(read_once: Path, settings: Settings, request: pytest.FixtureRequest) -> Collection:
    """The collection, with those articles read in."""
    shutil.copytree(read_once, settings.index_dir.parent, dirs_exist_ok=True)
    collection: Collection = request.getfixturevalue("collection")  # opened only now
    return collection


@pytest.fixture
async def stage(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: io.StringIO
) -> AsyncIterator[Stage]:
    """The running bot."""
    async with running(settings, filled) as app:
        yield Stage(fake=fake, app=app, collection=filled, settings=settings)
    assert fake.token not in log.getvalue()
