"""Who may ask: every handler, command, button and inline path, walked as stranger, reader and admin."""

import asyncio
import io
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from typing import Any

import pytest
from fakegram import FakeTelegram, Json
from sqlalchemy import make_url
from stage import ADMIN, GROUP, READER, STRANGER, Stage
from telegram import Update
from telegram.ext import BaseHandler, CommandHandler

from bot import application, buttons, links
from bot.handlers import routes
from bot.settings import Settings
from retrieval.article import article_key
from retrieval.collection.collection import Collection

pytest_plugins = ["stage_fixtures"]
# Updates are handed over here, one by one: how they come makes no difference.
pytestmark = pytest.mark.parametrize("mode", ["polling"])

QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
CARRIED = links.carried_key(QUESTION)
ANSWER = "0123456789abcdef"
CLUB = -100700  # whose members may ask anywhere
CHANNEL = -100900  # that the person who walks has made
ADMINS_ONLY = {"add", "why", "reload", "stats", "unanswered", "articles", "sources", "remove"}
REFUSED = "Only certain people may ask me."


@pytest.fixture
def allowed(request: pytest.FixtureRequest) -> str:
    """The setting: a test may name another."""
    return str(getattr(request, "param", READER))


@pytest.fixture
async def stage(
    fake: FakeTelegram, settings: Settings, allowed: str, filled: Collection, log: io.StringIO
) -> AsyncIterator[Stage]:
    """The bot, but nobody brings it its updates."""
    settings = settings.model_copy(update={"allowed": allowed})
    for person in (STRANGER, READER):
        fake.add_chat(person, language_code="en")
    app = application.build_application(settings, filled)
    assert app.post_init is not None
    assert app.post_stop is not None
    assert app.post_shutdown is not None
    async with app:
        await app.post_init(app)
        await app.start()
        yield Stage(fake=fake, app=app, collection=filled, settings=settings)
        await app.stop()
        await app.post_stop(app)
    await app.post_shutdown(app)


async def brought(stage: Stage, *made: Json) -> list[Any]:
    """Bring the bot these updates; return its calls to Telegram because of them."""
    before = len(stage.fake.calls)
    for update in made:
        await stage.app.process_update(Update.de_json(update, stage.app.bot))
    return stage.fake.calls[before:]


def first_to_take(stage: Stage, update: Json) -> BaseHandler[Any, Any, Any] | None:
    known = Update.de_json(update, stage.app.bot)
    takers = (one for one in stage.app.handlers[routes.MAIN] if one.check_update(known) not in (None, False))
    return next(takers, None)


def commands(stage: Stage) -> list[str]:
    """Every command that some handler knows."""
    handlers = stage.app.handlers[routes.MAIN]
    return sorted({name for one in handlers if isinstance(one, CommandHandler) for name in one.commands})


def pressed(stage: Stage) -> list[buttons.Button]:
    """A value of every kind of button."""
    key = article_key(next(stage.collection.articles()).id)
    hit = buttons.HitRef(ANSWER)
    return [
        buttons.Offer(0, len(QUESTION)),
        hit,
        buttons.Mark(hit, "good"),
        buttons.Follow(ANSWER),
        buttons.Ending(1, is_listed=True),
        buttons.Ruling("remove", key),
        buttons.Sheet(list="articles"),
        buttons.Sheet(list="gaps"),
        buttons.LanguageChoice("en"),
        *(buttons.Forget(step) for step in ("ask", "no", "yes")),
        buttons.ArticleSpot(key, 0),
        buttons.Fix("title", key),
        buttons.Sent("undo", "0" * len(key)),
        buttons.Meant("ask"),
    ]


def walk(stage: Stage, person: int) -> Iterator[Json]:
    """Everything that *person* can send the bot, one of each kind."""
    fake = stage.fake
    fake.configure(privacy=False)
    for command in commands(stage):
        yield fake.send_text(f"/{command} {QUESTION}", person)
        yield fake.send_text(f"/{command}@fake_bot {QUESTION}", GROUP, person)
    written = fake.send_text(QUESTION, person)
    yield written
    yield fake.edit_text(person, written["message"]["message_id"], "Hội hoa xuân khai mạc ở đâu?")
    yield fake.send_text(f"@fake_bot {QUESTION}", GROUP, person)
    yield fake.send_file(b"Mot tep tin cua nguoi gui.", person, caption="/add")
    yield fake.send_file(b"x", person, kind="photo")
    yield fake.send_file(b"Mot tep tin.", GROUP, user_id=person)
    yield fake.send_text("/add https://bao.example/bai", person)
    yield fake.send_text(f"/start ask-{CARRIED}", person)
    yield fake.send_text("/weather", person)
    shown = fake.add_message(fake.add_chat(person), fake.me, {"text": QUESTION})
    for value in pressed(stage):
        yield fake.press_raw(value.data, {"message": dict(shown)}, person, person)
    yield fake.press_raw("made:up", {"message": dict(shown)}, person, person)
    yield fake.press_raw(buttons.HitRef(ANSWER).data, {"inline_message_id": "1"}, person)
    fake.configure(inline=True, guest=True)
    yield fake.inline_query(QUESTION, person)
    yield fake.inline_query("", person)
    yield fake.guest_text(f"@fake_bot {QUESTION}", GROUP - 1, person)
    yield fake.member(GROUP - 2, "left", person)
    yield fake.member(GROUP - 2, "member", person)


def posted(stage: Stage, person: int) -> Iterator[Json]:
    """The bot becomes the admin of a channel by *person*, and something is posted there."""
    stage.fake.add_chat(CHANNEL, type="channel", title="Kênh phường")
    yield stage.fake.member(CHANNEL, "administrator", person)
    yield stage.fake.send_post("Lịch thu gom rác: thứ ba hằng tuần, từ sáu giờ sáng tại đầu ngõ.", CHANNEL)


def stored(stage: Stage) -> list[str]:
    """All that the database holds, as SQL."""
    with closing(sqlite3.connect(str(make_url(stage.settings.database_url).database))) as database:
        return sorted(database.iterdump())


def is_refusal(call: Any) -> bool:
    match call.method:
        case "sendMessage":
            return str(call.text).startswith(REFUSED) and call.chat_id == STRANGER
        case "answerCallbackQuery":
            return str(call.params["text"]).startswith(REFUSED)
        case "answerInlineQuery":
            return not call.params["results"]
    return False


async def test_the_walk_comes_by_every_handler_and_every_button(stage: Stage) -> None:
    updates = [*walk(stage, ADMIN), *walk(stage, READER), *posted(stage, ADMIN)]
    taken = {first_to_take(stage, update) for update in updates}
    assert [handler for handler in stage.app.handlers[routes.MAIN] if handler not in taken] == []
    assert {type(value) for value in pressed(stage)} == set(routes._PRESSED)


async def test_posts_of_an_admins_channel_come_in_whoever_may_ask(stage: Stage) -> None:
    generation = stage.collection.generation
    await brought(stage, *posted(stage, ADMIN))
    while stage.collection.generation == generation:
        await brought(stage, stage.fake.send_text("/help", READER))
    assert "thứ ba hằng tuần" in stage.collection.ask("lịch thu gom rác").hits[0].article.body


async def test_posts_of_a_strangers_channel_do_not_come_in(stage: Stage) -> None:
    articles = stage.collection.generation
    await brought(stage, *posted(stage, STRANGER))
    assert stage.collection.generation == articles
    assert await stage.app.bot_data.notes.is_read(stage.fake.me["id"], CHANNEL) is False


async def test_a_stranger_is_refused_everywhere_and_nothing_is_kept_or_changed(stage: Stage) -> None:
    await asyncio.to_thread(stage.collection.ask, QUESTION)
    before = stored(stage)
    calls = await brought(stage, *walk(stage, STRANGER))
    assert [call.method for call in calls if not is_refusal(call)] == []
    assert [call.method for call in calls].count("sendMessage") == 1  # once a day
    assert stored(stage) == before


async def test_a_reader_is_answered_everywhere_but_by_admins_commands(stage: Stage) -> None:
    articles = {article.id for article in stage.collection.articles()}
    for update in walk(stage, READER):
        taker = first_to_take(stage, update)
        assert not isinstance(taker, CommandHandler) or not taker.commands & ADMINS_ONLY
        assert REFUSED not in "".join(call.text for call in await brought(stage, update))
    assert {article.id for article in stage.collection.articles()} == articles


async def test_an_admin_is_let_in_though_the_list_names_others(stage: Stage) -> None:
    [call] = await brought(stage, stage.fake.send_text(QUESTION, ADMIN))
    assert "ba mươi nghìn" in call.text
    assert await brought(stage, stage.fake.send_text("/stats", ADMIN))


@pytest.mark.parametrize("allowed", [""], indirect=True)
async def test_without_a_list_everybody_may_ask(stage: Stage) -> None:
    [call] = await brought(stage, stage.fake.send_text(QUESTION, STRANGER))
    assert "ba mươi nghìn" in call.text


@pytest.mark.parametrize("allowed", [f"{GROUP}"], indirect=True)
async def test_a_group_on_the_list_is_answered_there_and_its_people_only_there(stage: Stage) -> None:
    assert await brought(stage, stage.fake.send_text(f"/ask {QUESTION}", GROUP, STRANGER))
    [call] = await brought(stage, stage.fake.send_text(QUESTION, STRANGER))
    assert is_refusal(call)


@pytest.mark.parametrize("allowed", [f"{GROUP}/12"], indirect=True)
async def test_a_topic_on_the_list_is_answered_and_no_other_topic(stage: Stage) -> None:
    for topic in (12, 13):
        stage.fake.add_topic(GROUP, topic=topic)
    ask = f"/ask {QUESTION}"
    assert await brought(stage, stage.fake.send_text(ask, GROUP, STRANGER, topic=12))
    assert not await brought(stage, stage.fake.send_text(ask, GROUP, STRANGER, topic=13))
    assert not await brought(stage, stage.fake.send_text(ask, GROUP, STRANGER))


@pytest.mark.parametrize("allowed", [f"members:{CLUB}"], indirect=True)
@pytest.mark.parametrize(
    ("status", "is_let_in"),
    [("member", True), ("creator", True), ("administrator", True), ("left", False), ("kicked", False)],
)
async def test_members_of_a_group_may_ask_anywhere(stage: Stage, status: str, is_let_in: bool) -> None:
    stage.fake.add_chat(CLUB).members[STRANGER] = status
    calls = await brought(stage, stage.fake.send_text(QUESTION, STRANGER))
    assert any("ba mươi nghìn" in call.text for call in calls) == is_let_in
    assert any(is_refusal(call) for call in calls) != is_let_in


@pytest.mark.parametrize("allowed", [f"members:{CLUB}"], indirect=True)
async def test_who_may_be_a_member_or_not_is_refused(stage: Stage) -> None:
    stage.fake.add_chat(CLUB).members[STRANGER] = "member"
    stage.fake.fault("error", method="getChatMember", code=400, times=1)
    calls = await brought(stage, stage.fake.send_text(QUESTION, STRANGER))
    assert not any("ba mươi nghìn" in call.text for call in calls)
    [_, answer] = await brought(stage, stage.fake.send_text(QUESTION, STRANGER))  # Telegram knows it again
    assert "ba mươi nghìn" in answer.text


@pytest.mark.parametrize("allowed", [f"members:{CLUB}"], indirect=True)
async def test_nobody_is_told_that_they_may_not_ask_while_telegram_does_not_say(stage: Stage) -> None:
    stage.fake.add_chat(CLUB).members[STRANGER] = "member"
    outage = stage.fake.fault("error", method="getChatMember", code=502, times=-1)
    calls = await brought(stage, stage.fake.send_text(QUESTION, STRANGER))
    assert {call.method for call in calls} == {"getChatMember"}
    outage.times = 0
    calls = await brought(stage, stage.fake.send_text(QUESTION, STRANGER))
    assert "ba mươi nghìn" in calls[-1].text


@pytest.mark.parametrize("allowed", [f"members:{CLUB},members:{GROUP}"], indirect=True)
async def test_group_that_telegram_does_not_tell_of_keeps_no_member_of_another_out(stage: Stage) -> None:
    stage.fake.add_chat(GROUP).members[STRANGER] = "member"
    stage.fake.add_chat(CLUB)
    stage.fake.fault("error", method="getChatMember", chat_id=CLUB, code=502, times=-1)
    calls = await brought(stage, stage.fake.send_text(QUESTION, STRANGER))
    assert "ba mươi nghìn" in calls[-1].text


@pytest.mark.parametrize("allowed", [f"members:{CLUB}"], indirect=True)
async def test_a_check_that_breaks_lets_nobody_in(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any, **__: Any) -> bool:
        raise RuntimeError("a mistake of the program's own")

    monkeypatch.setattr(type(stage.app.bot_data.admission), "admits", broken)
    assert not await brought(stage, *walk(stage, READER))


async def test_an_admin_who_adds_the_bot_to_a_group_learns_its_number(stage: Stage) -> None:
    stage.fake.member(GROUP, "left", ADMIN)
    [call] = await brought(stage, stage.fake.member(GROUP, "member", ADMIN))
    assert call.chat_id == ADMIN
    assert str(GROUP) in call.text


async def test_a_refused_person_learns_the_number_to_be_let_in_by(stage: Stage) -> None:
    [call] = await brought(stage, stage.fake.send_text(QUESTION, STRANGER))
    assert str(STRANGER) in call.text
