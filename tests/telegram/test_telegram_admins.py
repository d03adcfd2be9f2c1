"""/reload on Telegram, and that admins' commands do not exist for others."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from stage import ADMIN, FAIR, GROUP, READER, STRANGER, Stage

from bot.handlers.admins import status as telling
from retrieval.collection.collection import Collection
from retrieval.collection.report import Report, Step
from retrieval.errors import ReloadRunningError, StoreError

pytest_plugins = ["stage_fixtures"]

SCHOOL = FAIR.replace("Hội hoa xuân", "Hội khỏe trường")
MANY_STEPS = 5000
COMMANDS = ["reload", "stats", "unanswered", "articles", "add", "sources", "remove"]
DONE = "The collection is up to date"  # how a report begins


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A reload that tells thousands of steps and then waits for this event before it does its work."""
    go_on = threading.Event()
    real = Collection.reload

    def reload(self: Collection, *, progress: Callable[[Step], None]) -> Report:
        for done in range(MANY_STEPS):
            progress(Step(stage="read", done=done, total=MANY_STEPS))
        assert go_on.wait(timeout=10)
        return real(self, progress=progress)

    monkeypatch.setattr(Collection, "reload", reload)
    monkeypatch.setattr(telling, "EDIT_EVERY", 0.05)
    yield go_on
    go_on.set()


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> Iterator[None]:
    def reload(self: Collection, *, progress: Callable[[Step], None]) -> Report:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Collection, "reload", reload)
        yield


async def test_reload_takes_in_new_articles_and_reports_in_one_message(stage: Stage) -> None:
    (stage.settings.articles_dir / "school.md").write_text(SCHOOL, encoding="utf-8")
    begun = await stage.asked("/reload", ADMIN)
    [call] = await stage.fake.wait("editMessageText", text=DONE)
    assert call.result["message_id"] == begun["message_id"]
    assert "4 articles" in call.text
    assert "Hội khỏe trường" in (await stage.asked("Hội khỏe trường khai mạc ở đâu?", ADMIN))["text"]
    assert len(stage.fake.sent("sendMessage", chat_id=ADMIN)) == 2


async def test_reload_names_what_could_not_be_read(stage: Stage) -> None:
    (stage.settings.articles_dir / "empty.md").write_bytes(b"")
    await stage.asked("/reload", ADMIN)
    await stage.fake.wait("editMessageText", text="empty.md")


async def test_progress_is_shown_in_few_edits(
    stage: Stage, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "EDIT_EVERY", 0.5)  # test_status.py tells when each edit begins
    await stage.asked("/reload", ADMIN)
    await stage.fake.wait("editMessageText")
    held.set()
    await stage.fake.wait("editMessageText", text=DONE)
    assert len(stage.fake.sent("editMessageText")) < MANY_STEPS / 100


async def test_questions_are_answered_during_a_reload(stage: Stage, held: threading.Event) -> None:
    await stage.asked("/reload", ADMIN)
    assert "ba mươi nghìn" in (await stage.asked("Thẻ thư viện giá bao nhiêu?", ADMIN))["text"]
    assert "ba mươi nghìn" in (await stage.asked("Thẻ thư viện giá bao nhiêu?", READER))["text"]
    assert not stage.fake.sent("editMessageText", text=DONE)
    held.set()
    await stage.fake.wait("editMessageText", text=DONE)


async def test_second_reload_is_told_that_one_is_under_way(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with failing(monkeypatch, ReloadRunningError("busy")):
        await stage.asked("/reload", ADMIN)
        await stage.fake.wait("editMessageText", text="under way")


async def test_reload_that_fails_says_why(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    with failing(monkeypatch, StoreError("the disk is full")):
        await stage.asked("/reload", ADMIN)
        await stage.fake.wait("editMessageText", text="the disk is full")


async def test_report_comes_as_a_new_message_where_the_first_was_deleted(
    stage: Stage, held: threading.Event
) -> None:
    begun = await stage.asked("/reload", ADMIN)
    del stage.fake.store[ADMIN, begun["message_id"]]
    held.set()
    await stage.fake.wait("sendMessage", text=DONE)


async def test_report_comes_as_a_new_message_where_telegram_refuses_the_edit(stage: Stage) -> None:
    refusal = "Bad Request: message can't be edited"
    stage.fake.fault("error", method="editMessageText", code=400, text=refusal, times=-1)
    await stage.asked("/reload", ADMIN)
    await stage.fake.wait("sendMessage", text=DONE)


async def test_report_whose_confirmation_was_lost_comes_once(stage: Stage) -> None:
    stage.fake.fault("drop_after", method="editMessageText")
    await stage.asked("/reload", ADMIN)
    first, again, *_ = await stage.fake.wait("editMessageText", times=2)
    assert first.text == again.text  # of a slow reload a step before
    await stage.fake.wait("editMessageText", text=DONE)
    await stage.asked("/help", ADMIN)
    assert not stage.fake.sent("sendMessage", text=DONE)


async def test_admin_reloads_in_a_group_topic(stage: Stage) -> None:
    topic = stage.fake.add_topic(GROUP)
    begun = await stage.asked("/reload", GROUP, user_id=ADMIN, topic=topic)
    assert begun["message_thread_id"] == topic
    await stage.fake.wait("editMessageText", text=DONE, chat_id=GROUP)


async def test_for_a_stranger_admin_commands_are_unknown(stage: Stage) -> None:
    unknown = await stage.asked("/weather", STRANGER)
    for command in COMMANDS:
        assert (await stage.asked(f"/{command}", STRANGER))["text"] == unknown["text"]


async def test_in_a_group_a_stranger_is_refused_silently(stage: Stage) -> None:
    for command in COMMANDS:
        stage.fake.send_text(f"/{command}", GROUP, STRANGER)
        stage.fake.send_text(f"/{command}@fake_bot", GROUP, STRANGER)
    await stage.asked("/ask thư viện mở cửa lại khi nào?", GROUP, user_id=STRANGER)
    assert len(stage.fake.sent(chat_id=GROUP)) == 1


async def test_edit_of_an_old_reload_does_not_reload(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    with failing(monkeypatch, ReloadRunningError("busy")):
        begun = await stage.asked("/reload", ADMIN)
        await stage.fake.wait("editMessageText")
        stage.fake.edit_text(ADMIN, begun["message_id"] - 1, "/reload now")
        await stage.asked("/help", ADMIN)
    assert len(stage.fake.sent("sendMessage", chat_id=ADMIN)) == 2
    assert len(stage.fake.sent("editMessageText")) == 1


async def test_commands_are_set_for_everybody_and_for_the_admins(stage: Stage) -> None:
    menus = stage.fake.profile
    everybody = {menu["command"] for menu in menus['commands {"type": "default"}  ']}
    admins = {menu["command"] for menu in menus[f'commands {{"chat_id": {ADMIN}, "type": "chat"}}  vi']}
    assert everybody == {"ask", "alerts", "start", "help", "language", "privacy"}
    assert admins == everybody | {"why"} | set(COMMANDS)
