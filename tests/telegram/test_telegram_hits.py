"""The buttons under an answer on Telegram: from hit to hit, and what people think of it."""

import pytest
from fakegram import FakeTelegram, Json
from stage import GROUP, READER, STRANGER, Stage, buttons, running, spans

from bot.buttons import HitRef
from bot.settings import Settings
from bot.storage.keys import answer_id
from retrieval.collection.collection import Collection
from retrieval.journal.journal import Rating

pytest_plugins = ["stage_fixtures"]

QUESTION = "Thư viện phường Bến Đá có bao nhiêu cuốn sách?"
SHELVES = """---
title: Thư viện thêm kệ sách thiếu nhi
date: 2024-04-09
---
Thư viện phường Bến Đá có thêm hai trăm cuốn sách thiếu nhi trên ba kệ mới.
"""


async def asked(stage: Stage, chat_id: int = READER, **how: int) -> Json:
    """Ask what two articles answer."""
    (stage.settings.articles_dir / "shelves.md").write_text(SHELVES, encoding="utf-8")
    stage.collection.reload()
    message = await stage.asked(QUESTION if chat_id > 0 else f"/ask {QUESTION}", chat_id, **how)
    assert buttons(message)[:2] == ["1/2", "›"]
    return message


def noted(stage: Stage, message: Json) -> dict[str, Rating]:
    """Return what people think of the answer to the message before *message*."""
    bot_id = int(stage.fake.token.partition(":")[0])
    return stage.collection.journal.ratings(
        answer_id(bot_id, message["chat"]["id"], message["message_id"] - 1)
    )


async def test_hits_are_turned_in_place_and_back(stage: Stage) -> None:
    first = await asked(stage)
    stage.fake.press("›", READER)
    second = await stage.edited()
    assert second["message_id"] == first["message_id"]
    assert spans(second, "bold")[0] != spans(first, "bold")[0]
    assert buttons(second)[:2] == ["‹", "2/2"]
    stage.fake.press("‹", READER)
    again = await stage.edited(2)
    assert (again["text"], buttons(again)) == (first["text"], buttons(first))
    assert len(stage.fake.sent("sendMessage")) == 1


async def test_number_of_the_hit_that_is_shown_leads_nowhere_without_a_complaint(stage: Stage) -> None:
    await asked(stage)
    stage.fake.press("1/2", READER)
    [call] = await stage.fake.wait("answerCallbackQuery")
    assert "text" not in call.params
    assert "not modified" in stage.fake.sent("editMessageText")[0].error


async def test_buttons_work_after_a_restart(
    fake: FakeTelegram, settings: Settings, filled: Collection
) -> None:
    async with running(settings, filled) as app:
        first = await asked(Stage(fake=fake, app=app, collection=filled, settings=settings))
    async with running(settings, filled) as app:
        fake.press("›", READER)
        again = Stage(fake=fake, app=app, collection=filled, settings=settings)
        assert (await again.edited())["message_id"] == first["message_id"]


async def test_hit_whose_article_was_removed_says_so_and_the_others_can_be_reached(stage: Stage) -> None:
    first = await asked(stage)
    assert "kệ sách" in spans(first, "bold")[0]
    (stage.settings.articles_dir / "library.md").unlink()
    stage.collection.reload()
    stage.fake.press("›", READER)
    assert "not in the collection any more" in (await stage.edited())["text"]
    stage.fake.press("‹", READER)
    assert (await stage.edited(2))["text"] == first["text"]


async def test_hit_whose_article_was_changed_says_so(stage: Stage) -> None:
    await asked(stage)
    changed = SHELVES.replace("ba kệ", "bốn kệ")
    (stage.settings.articles_dir / "shelves.md").write_text(changed, encoding="utf-8")
    stage.collection.reload()
    stage.fake.press("›", READER)
    await stage.edited()
    stage.fake.press("‹", READER)
    assert "it has changed" in (await stage.edited(2))["text"]


async def test_answer_of_another_chat_or_of_long_ago_is_not_shown(stage: Stage) -> None:
    message = await asked(stage)
    elsewhere = await asked(stage, STRANGER)
    bot_id = int(stage.fake.token.partition(":")[0])
    others = HitRef(answer_id(bot_id, STRANGER, elsewhere["message_id"] - 1), 2, 2)
    for number, data in enumerate([others.data, HitRef("0" * 16, 1, 2).data], start=1):
        stage.fake.press_raw(data, {"message": message}, READER, READER)
        calls = await stage.fake.wait("answerCallbackQuery", times=number)
        assert "too old" in calls[-1].params["text"]
    assert not stage.fake.sent("editMessageText")


@pytest.mark.parametrize("label", ["👍", "👎"])
async def test_verdict_is_noted_shown_and_can_be_taken_back(stage: Stage, label: str) -> None:
    message = await asked(stage)
    stage.fake.press(label, READER)
    shown = await stage.edited()
    assert f"{label} 1" in buttons(shown)
    assert len(noted(stage, message)) == 1
    [call] = await stage.fake.wait("answerCallbackQuery")
    assert "Thank you" in call.params["text"]
    assert not call.params.get("show_alert")
    stage.fake.press(f"{label} 1", READER)
    assert label in buttons(await stage.edited(2))
    assert noted(stage, message) == {}


async def test_bad_answer_can_then_be_called_a_missing_article(stage: Stage) -> None:
    message = await asked(stage)
    assert "No article on this" not in buttons(message)
    stage.fake.press("👎", READER)
    assert "No article on this" in buttons(await stage.edited())
    stage.fake.press("No article on this", READER)
    assert {"No article on this 1", "👎"} <= set(buttons(await stage.edited(2)))
    assert list(noted(stage, message).values()) == [Rating(verdict="missing", rank=1)]


async def test_person_has_one_verdict_on_an_answer_which_can_be_changed(stage: Stage) -> None:
    message = await asked(stage, GROUP, user_id=READER)
    stage.fake.press("👍", GROUP, user_id=READER)
    await stage.edited()
    stage.fake.press("›", GROUP, user_id=READER)
    await stage.edited(2)
    stage.fake.press("👎", GROUP, user_id=READER)
    assert {"👍", "👎 1"} <= set(buttons(await stage.edited(3)))
    stage.fake.press("👎 1", GROUP, user_id=STRANGER)
    assert {"👍", "👎 2"} <= set(buttons(await stage.edited(4)))
    bad = Rating(verdict="bad", rank=2)
    assert list(noted(stage, message).values()) == [bad, bad]


async def test_unanswered_question_can_be_marked_as_missing(stage: Stage) -> None:
    message = await stage.asked("Đội tuyển bóng bầu dục nước Anh gồm những ai?")
    assert "👍" not in buttons(message)
    stage.fake.press("No article on this", READER)
    assert "No article on this 1" in buttons(await stage.edited())
    assert list(noted(stage, message).values()) == [Rating(verdict="missing", rank=1)]


async def test_edit_of_the_question_begins_its_verdicts_anew(stage: Stage) -> None:
    message = await asked(stage)
    stage.fake.press("👍", READER)
    await stage.edited()
    stage.fake.edit_text(READER, message["message_id"] - 1, "Hội hoa xuân khai mạc ở đâu?")
    assert "👍" in buttons(await stage.edited(2))
    await stage.fake.wait("answerCallbackQuery")
