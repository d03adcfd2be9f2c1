"""Following a question on Telegram: what is new comes once, not too often, and over every trouble."""

import asyncio
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fakegram import FakeTelegram, Json
from stage import GROUP, READER, Stage, buttons, links, running
from telegram.ext import ExtBot

from bot.alerts import sender as alerts
from bot.alerts.sender import Alerts
from bot.buttons import Ending, Follow
from bot.settings import Settings
from retrieval.collection.collection import Collection

pytest_plugins = ["stage_fixtures"]
pytestmark = pytest.mark.usefixtures("clock")  # before the bot starts

QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
NEWS = "Something new on what you follow"  # how an alert begins
PRICES = {
    "2027": "bốn mươi nghìn đồng, học sinh được giảm một nửa khi mang theo thẻ học sinh; thẻ dùng cho",
    "2028": "năm mươi nghìn đồng vì phòng đọc mới có máy lạnh, máy tính và chỗ ngồi riêng cho người già suốt",
    "2029": "sáu mươi nghìn đồng, mua ở quầy lễ tân tầng một hay qua mạng đều được, gia hạn cũng từng ấy cho",
}
HOUR = timedelta(hours=1)
NOON = datetime(2026, 5, 4, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


class Clock:
    """The alerts' clock, which stands still until somebody moves it, and a bell that rings at each look."""

    def __init__(self) -> None:
        self.moment = NOON
        self._rung = asyncio.Event()

    def __call__(self) -> datetime:
        return self.moment

    def ring(self) -> None:
        self._rung.set()

    async def looks(self) -> None:
        """Wait until the alerts have looked once from beginning to end."""
        for _ in range(2):  # one is perhaps under way
            self._rung.clear()
            await self._rung.wait()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Lets the alerts look all the time."""
    clock, look = Clock(), Alerts.look

    async def looked(self: Alerts, bot: ExtBot[Any]) -> None:
        await look(self, bot)
        clock.ring()

    monkeypatch.setattr(Alerts, "look", looked)
    monkeypatch.setattr(alerts, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(alerts, "PACE", 0.0)
    monkeypatch.setattr(alerts, "now", clock)
    return clock


@pytest.fixture
def add(settings: Settings, filled: Collection) -> Callable[[str], None]:
    """Add an article that tells the price of the card in some year, in words of its own, and reload."""

    def add(year: str) -> None:
        text = f"Thẻ thư viện năm {year} có giá {PRICES[year]} một năm."
        path = settings.articles_dir / f"{year}.md"
        path.write_text(f"---\ntitle: Giá thẻ thư viện năm {year}\n---\n{text}\n", encoding="utf-8")
        filled.reload()

    return add


async def follow(stage: Stage, chat_id: int = READER, question: str = QUESTION, **how: Any) -> Json:
    """Ask, press the button below the answer, and return the bot's word on that."""
    asked = f"/ask {question}" if chat_id < 0 else question
    answer = await stage.asked(asked, chat_id, **how)
    before = len(stage.fake.sent("answerCallbackQuery"))
    stage.fake.press("🔔 Follow", chat_id, answer["message_id"], how.get("user_id"))
    toast: Json = (await stage.fake.wait("answerCallbackQuery", times=before + 1))[-1].params
    return toast


def told(fake: FakeTelegram, chat_id: int = READER) -> list[Json]:
    """Return the alerts that people see in a chat."""
    return [message for message in fake.messages(chat_id) if NEWS in message.get("text", "")]


async def alert(stage: Stage, times: int = 1) -> Json:
    """Wait until so many alerts have been sent, failed ones included, and return the last one."""
    message: Json = (await stage.fake.wait("sendMessage", times=times, text=NEWS))[-1].result
    return message


async def test_new_article_is_told_once(stage: Stage, clock: Clock, add: Callable[[str], None]) -> None:
    toast = await follow(stage)
    assert "/alerts" in toast["text"]
    assert not toast["show_alert"]
    add("2027")
    message = await alert(stage)
    assert QUESTION.rstrip("?") in message["text"]
    assert "Giá thẻ thư viện năm 2027" in message["text"]
    assert "bốn mươi nghìn đồng" in message["text"]
    assert links(message)
    assert buttons(message) == ["🔕 Stop following"]
    stage.collection.reload()
    clock.moment += 2 * HOUR
    await clock.looks()
    assert len(told(stage.fake)) == 1


async def test_what_does_not_answer_is_not_told(stage: Stage, clock: Clock) -> None:
    await follow(stage)
    path = stage.settings.articles_dir / "fair.md"
    path.with_name("other.md").write_text("Giải bóng đá thiếu nhi khai mạc sáng chủ nhật.", encoding="utf-8")
    stage.collection.reload()
    await clock.looks()
    assert told(stage.fake) == []


async def test_what_is_found_within_an_hour_is_one_message(
    stage: Stage, clock: Clock, add: Callable[[str], None]
) -> None:
    await follow(stage)
    add("2027")
    await alert(stage)
    for year in ("2028", "2029"):
        clock.moment += HOUR / 3
        add(year)
        await clock.looks()
    assert len(told(stage.fake)) == 1
    clock.moment += HOUR / 3
    message = await alert(stage, 2)
    assert "2028" in message["text"]
    assert "2029" in message["text"]
    assert "2027" not in message["text"]


async def test_night_is_quiet_and_the_morning_tells(
    stage: Stage, clock: Clock, add: Callable[[str], None]
) -> None:
    await follow(stage)
    clock.moment = NOON.replace(hour=22)
    add("2027")
    await clock.looks()
    clock.moment = NOON.replace(hour=6, minute=59) + timedelta(days=1)
    await clock.looks()
    assert told(stage.fake) == []
    clock.moment = NOON.replace(hour=7) + timedelta(days=1)
    await alert(stage)


async def test_what_was_added_while_the_bot_was_away_is_told(
    fake: FakeTelegram,
    settings: Settings,
    filled: Collection,
    log: io.StringIO,
    clock: Clock,
    add: Callable[[str], None],
) -> None:
    async with running(settings, filled) as app:
        await follow(Stage(fake=fake, app=app, collection=filled, settings=settings))
    add("2027")
    async with running(settings, filled):
        await fake.wait("sendMessage", text=NEWS)
    clock.moment += HOUR
    async with running(settings, filled):
        await clock.looks()
    assert len(told(fake)) == 1


async def test_hour_goes_on_over_a_restart(
    fake: FakeTelegram,
    settings: Settings,
    filled: Collection,
    log: io.StringIO,
    clock: Clock,
    add: Callable[[str], None],
) -> None:
    async with running(settings, filled) as app:
        await follow(Stage(fake=fake, app=app, collection=filled, settings=settings))
        add("2027")
        await fake.wait("sendMessage", text=NEWS)
    add("2028")
    async with running(settings, filled):
        await clock.looks()
        assert len(told(fake)) == 1
        clock.moment += HOUR
        await fake.wait("sendMessage", text=NEWS, times=2)


async def test_person_who_blocked_the_bot_is_left_alone_until_they_write(
    stage: Stage, clock: Clock, add: Callable[[str], None]
) -> None:
    await follow(stage)
    stage.fake.outside(stage.fake.chats[READER], "kicked")
    add("2027")
    await alert(stage)
    for year in ("2028", "2029"):
        clock.moment += HOUR
        add(year)
        await clock.looks()
    assert len(stage.fake.sent("sendMessage", text=NEWS)) == 1
    stage.fake.outside(stage.fake.chats[READER], "member")
    await stage.asked("/help")
    message = await alert(stage, 2)
    assert all(year in message["text"] for year in ("2027", "2028", "2029"))
    assert told(stage.fake) == [message]


async def test_person_who_lets_the_bot_back_in_is_told_without_a_word(
    stage: Stage, clock: Clock, add: Callable[[str], None]
) -> None:
    await follow(stage)
    stage.fake.member(READER, "kicked")
    add("2027")
    await alert(stage)
    await clock.looks()
    stage.fake.member(READER, "member")
    await alert(stage, 2)
    assert len(told(stage.fake)) == 1


async def test_pause_lasts_over_a_restart(
    fake: FakeTelegram,
    settings: Settings,
    filled: Collection,
    log: io.StringIO,
    clock: Clock,
    add: Callable[[str], None],
) -> None:
    async with running(settings, filled) as app:
        stage = Stage(fake=fake, app=app, collection=filled, settings=settings)
        await follow(stage)
        fake.outside(fake.chats[READER], "kicked")
        add("2027")
        await fake.wait("sendMessage", text=NEWS)
        await clock.looks()
    async with running(settings, filled) as app:
        await clock.looks()
        assert len(fake.sent("sendMessage", text=NEWS)) == 1
        fake.outside(fake.chats[READER], "member")
        fake.send_text("/help", READER)
        await fake.wait("sendMessage", text=NEWS, times=2)
    assert len(told(fake)) == 1


async def test_group_that_became_a_supergroup_is_told_there(
    stage: Stage, clock: Clock, add: Callable[[str], None]
) -> None:
    old, new = -77, -100_77
    await follow(stage, old, user_id=READER)
    stage.fake.add_chat(new, "supergroup")
    stage.fake.chats[old].migrated_to = new
    add("2027")
    await alert(stage, 2)
    clock.moment += HOUR
    add("2028")
    await alert(stage, 3)
    assert len(stage.fake.sent("sendMessage", chat_id=old, text=NEWS)) == 1
    assert len(told(stage.fake, new)) == 2


async def test_alert_comes_into_the_topic_where_it_was_wished(
    stage: Stage, clock: Clock, add: Callable[[str], None]
) -> None:
    topic = stage.fake.add_topic(GROUP)
    await follow(stage, GROUP, user_id=READER, topic=topic)
    add("2027")
    assert (await alert(stage))["message_thread_id"] == topic


async def test_topics_of_a_group_share_its_hour(
    stage: Stage, clock: Clock, add: Callable[[str], None]
) -> None:
    first, second = stage.fake.add_topic(GROUP), stage.fake.add_topic(GROUP)
    for topic in (first, second):
        await follow(stage, GROUP, user_id=READER, topic=topic)
    stage.fake.chats[GROUP].last_topic = first
    add("2027")
    await alert(stage)
    await clock.looks()
    assert [message["message_thread_id"] for message in told(stage.fake, GROUP)] == [first]
    stage.fake.chats[GROUP].last_topic = second
    clock.moment += HOUR
    assert (await alert(stage, 2))["message_thread_id"] == second


@pytest.mark.parametrize(
    "fault",
    [{"code": 429, "seconds": 40}, {"code": 502}, {"code": 500}],
    ids=["429", "502", "500"],
)
async def test_alert_that_telegram_refused_comes_later(
    stage: Stage, clock: Clock, add: Callable[[str], None], fault: dict[str, Any]
) -> None:
    await follow(stage)
    stage.fake.fault("error", method="sendMessage", **fault)
    add("2027")
    await alert(stage)
    await clock.looks()
    assert len(stage.fake.sent("sendMessage", text=NEWS)) == 1
    assert "Commands" in (await stage.asked("/help"))["text"]  # which does not wait for it
    clock.moment += timedelta(seconds=40)
    await alert(stage, 2)
    clock.moment += 2 * HOUR
    await clock.looks()
    assert len(told(stage.fake)) == 1


@pytest.mark.parametrize("kind", ["drop", "drop_after"])
async def test_alert_without_an_answer_is_not_sent_again_and_the_next_one_comes(
    stage: Stage, clock: Clock, add: Callable[[str], None], kind: str
) -> None:
    """Whether Telegram had the request before the connection broke off, nobody can tell."""
    await follow(stage)
    stage.fake.fault(kind, method="sendMessage")
    add("2027")
    await alert(stage)
    clock.moment += HOUR
    await clock.looks()
    add("2028")
    message = await alert(stage, 2)
    assert "2028" in message["text"]
    assert "2027" not in message["text"]
    assert len(told(stage.fake)) == (2 if kind == "drop_after" else 1)


async def test_chat_that_refuses_an_alert_is_not_tried_at_each_word_in_it(
    stage: Stage, clock: Clock, add: Callable[[str], None]
) -> None:
    await follow(stage, GROUP, user_id=READER)
    rights = "Bad Request: not enough rights to send text messages to the chat"
    stage.fake.fault("error", method="sendMessage", code=400, text=rights)
    add("2027")
    await alert(stage)
    for _ in range(2):
        await stage.asked("/help", GROUP, user_id=READER)
        await clock.looks()
    assert len(stage.fake.sent("sendMessage", text=NEWS)) == 1
    clock.moment += HOUR
    await alert(stage, 2)


async def test_several_questions_are_told_together_each_with_its_button(
    stage: Stage, clock: Clock, add: Callable[[str], None]
) -> None:
    await follow(stage)
    await follow(stage, question="Giá thẻ thư viện tăng từ năm nào?")
    add("2027")
    message = await alert(stage)
    assert len(buttons(message)) == 2
    stage.fake.press(buttons(message)[0], READER, message["message_id"])
    changed = await stage.edited()
    assert buttons(changed) == buttons(message)[1:]
    assert changed["text"] == message["text"]
    assert changed["entities"] == message["entities"]
    stage.fake.press(buttons(changed)[0], READER, message["message_id"])
    assert buttons(await stage.edited(2)) == []
    clock.moment += HOUR
    add("2028")
    await clock.looks()
    assert len(told(stage.fake)) == 1


async def test_article_that_is_gone_before_it_is_told_is_not(
    stage: Stage, clock: Clock, add: Callable[[str], None]
) -> None:
    await follow(stage)
    clock.moment = NOON.replace(hour=23)
    add("2027")
    await clock.looks()
    (stage.settings.articles_dir / "2027.md").unlink()
    stage.collection.reload()
    clock.moment = NOON
    await clock.looks()
    assert told(stage.fake) == []


async def test_followed_questions_are_listed_and_end_in_place(stage: Stage, clock: Clock) -> None:
    empty = await stage.asked("/alerts")
    assert "🔔 Follow" in empty["text"]
    assert buttons(empty) == []
    await follow(stage)
    await follow(stage, question="Hội hoa xuân khai mạc ở đâu?")
    listed = await stage.asked("/alerts")
    assert "1. Thẻ thư viện giá bao nhiêu một năm" in listed["text"]
    assert buttons(listed) == ["Stop 1", "Stop 2"]
    stage.fake.press("Stop 1", READER, listed["message_id"])
    left = await stage.edited()
    assert left["message_id"] == listed["message_id"]
    assert "1. Hội hoa xuân khai mạc ở đâu" in left["text"]
    assert buttons(left) == ["Stop 1"]
    stage.fake.press("Stop 1", READER, listed["message_id"])
    assert (await stage.edited(2))["text"] == empty["text"]
    await stage.fake.wait("answerCallbackQuery", text="not followed any more", times=2)


async def test_following_twice_is_said_kindly(stage: Stage, clock: Clock) -> None:
    await follow(stage)
    assert "followed here already" in (await follow(stage))["text"]


async def test_there_is_an_end_to_what_is_followed_in_one_place(
    stage: Stage, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.people.alerts.MOST_FOLLOWED", 1)
    await follow(stage)
    toast = await follow(stage, question="Hội hoa xuân khai mạc ở đâu?")
    assert "/alerts" in toast["text"]
    assert toast["show_alert"]


async def test_group_has_its_own_list(stage: Stage, clock: Clock) -> None:
    await follow(stage, GROUP, user_id=READER)
    assert buttons(await stage.asked("/alerts", GROUP, user_id=5)) == ["Stop 1"]
    assert buttons(await stage.asked("/alerts")) == []


async def test_button_that_is_made_up_ends_nothing_elsewhere(stage: Stage, clock: Clock) -> None:
    await follow(stage)
    message = await stage.asked("/help", 5)
    stage.fake.press_raw(Ending(1, is_listed=True).data, {"message": message}, 5, 5)
    await stage.edited()
    assert buttons(await stage.asked("/alerts")) == ["Stop 1"]


async def test_answer_that_is_not_kept_any_more_cannot_be_followed(stage: Stage, clock: Clock) -> None:
    message = await stage.asked("/help")
    stage.fake.press_raw(Follow("0123456789abcdef").data, {"message": message}, READER, READER)
    [call] = await stage.fake.wait("answerCallbackQuery")
    assert "too old" in call.params["text"]


async def test_failure_while_looking_is_logged_without_questions_and_passes(
    stage: Stage,
    clock: Clock,
    add: Callable[[str], None],
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await follow(stage)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"no luck with {QUESTION}")

    with monkeypatch.context() as patch:
        patch.setattr(Collection, "ask_among", fail)
        add("2027")
        await clock.looks()
    assert "looking for news failed" in log.getvalue()
    await alert(stage)
    assert QUESTION.rstrip("?") not in log.getvalue()


async def test_who_may_no_longer_ask_is_told_nothing_until_they_may_again(
    fake: FakeTelegram,
    settings: Settings,
    filled: Collection,
    log: io.StringIO,
    clock: Clock,
    add: Callable[[str], None],
) -> None:
    async with running(settings, filled) as app:
        await follow(Stage(fake=fake, app=app, collection=filled, settings=settings))
    add("2027")
    async with running(settings.model_copy(update={"allowed": "8"}), filled):
        await clock.looks()
    assert told(fake) == []
    async with running(settings.model_copy(update={"allowed": f"8,{READER}"}), filled):
        await fake.wait("sendMessage", text=NEWS)
