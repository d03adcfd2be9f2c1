"""Groups on Telegram: the bot introduces itself, is asked there, and keeps silent otherwise."""

import io

from stage import ADMIN, GROUP, READER, STRANGER, Stage

pytest_plugins = ["stage_fixtures"]

QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
PRICE = "ba mươi nghìn"
UNSEEN = "chế độ riêng tư"  # the admins are told of it in the default language


def added(stage: Stage, status: str = "member", *, by: int = READER) -> None:
    """Let somebody add the bot to the group."""
    stage.fake.outside(stage.fake.add_chat(GROUP, title="Khu phố 3"), "left")
    stage.fake.member(GROUP, status, user_id=by)


async def test_group_is_told_how_to_ask_when_the_bot_comes_in(stage: Stage) -> None:
    added(stage)
    hello = await stage.said(GROUP)
    assert "/ask" in hello["text"]
    assert "@fake_bot" in hello["text"]
    assert PRICE in (await stage.asked(f"@fake_bot {QUESTION}", GROUP, user_id=READER))["text"]
    assert not stage.fake.sent("sendMessage", chat_id=ADMIN)


async def test_admins_are_told_once_what_privacy_mode_hides(stage: Stage) -> None:
    stage.fake.configure(privacy=True)
    for times in (1, 2):
        added(stage)
        assert "@fake_bot" not in (await stage.said(GROUP, times))["text"]
    note = await stage.said(ADMIN)
    assert UNSEEN in note["text"]
    assert "Khu phố 3" in note["text"]
    await stage.asked("/help", ADMIN)
    assert len(stage.fake.sent("sendMessage", chat_id=ADMIN)) == 2


async def test_admin_who_cannot_be_written_to_is_skipped_quietly(stage: Stage, log: io.StringIO) -> None:
    stage.fake.configure(privacy=True)
    stage.fake.outside(stage.fake.chats[ADMIN], "kicked")
    added(stage)
    await stage.fake.wait("sendMessage", chat_id=ADMIN)
    assert PRICE in (await stage.asked(f"/ask {QUESTION}", GROUP, user_id=READER))["text"]
    assert "Telegram failed" not in log.getvalue()


async def test_bot_that_is_made_an_administrator_sees_everything(stage: Stage) -> None:
    stage.fake.configure(privacy=True)
    added(stage, "administrator")
    assert "@fake_bot" in (await stage.said(GROUP))["text"]
    assert PRICE in (await stage.asked(f"@fake_bot {QUESTION}", GROUP, user_id=READER))["text"]
    assert not stage.fake.sent("sendMessage", chat_id=ADMIN)


async def test_being_promoted_thrown_out_or_blocked_is_no_reason_to_speak(stage: Stage) -> None:
    stage.fake.member(GROUP, "administrator")
    stage.fake.member(GROUP, "member")
    stage.fake.member(GROUP, "kicked")
    stage.fake.member(READER, "kicked")
    stage.fake.member(READER, "member")
    assert PRICE in (await stage.asked(QUESTION))["text"]
    assert PRICE in (await stage.asked(QUESTION, STRANGER))["text"]
    assert len(stage.fake.sent("sendMessage")) == 2


async def test_mention_in_a_reply_to_a_person_answers_what_that_one_asks(stage: Stage) -> None:
    asked = stage.fake.send_text(QUESTION, GROUP, READER)["message"]
    reply = stage.fake.send_text("@fake_bot", GROUP, STRANGER, reply_to=asked["message_id"])["message"]
    answer = await stage.said(GROUP)
    assert PRICE in answer["text"]
    assert answer["reply_to_message"]["message_id"] == reply["message_id"]


async def test_mention_in_a_reply_in_a_topic_is_answered_there(stage: Stage) -> None:
    topic = stage.fake.add_topic(GROUP)
    asked = stage.fake.send_text(QUESTION, GROUP, READER, topic=topic)["message"]
    answer = await stage.asked("@fake_bot", GROUP, user_id=5, topic=topic, reply_to=asked["message_id"])
    assert PRICE in answer["text"]
    assert answer["message_thread_id"] == topic


async def test_mention_in_a_topic_without_a_word_asks_for_a_question(stage: Stage) -> None:
    topic = stage.fake.add_topic(GROUP)
    hint = await stage.asked("@fake_bot", GROUP, user_id=READER, topic=topic)
    assert "/ask" in hint["text"]
    assert hint["message_thread_id"] == topic


async def test_edited_question_whose_answer_was_deleted_is_no_trouble(stage: Stage, log: io.StringIO) -> None:
    asked = stage.fake.send_text(f"@fake_bot {QUESTION}", GROUP, READER)["message"]
    answer = await stage.said(GROUP)
    del stage.fake.store[GROUP, answer["message_id"]]
    stage.fake.edit_text(GROUP, asked["message_id"], "@fake_bot hội hoa xuân khai mạc ở đâu?")
    [call] = await stage.fake.wait("editMessageText")
    assert "not found" in call.error
    await stage.asked(f"/ask {QUESTION}", GROUP, user_id=READER)
    assert len(stage.fake.sent("sendMessage", chat_id=GROUP)) == 2
    assert "Telegram failed" not in log.getvalue()


async def test_edited_question_whose_answer_is_too_old_to_edit_is_no_trouble(
    stage: Stage, log: io.StringIO
) -> None:
    answer = await stage.asked(QUESTION)
    for text in ("Bad Request: message can't be edited", "Bad Request: MESSAGE_ID_INVALID"):
        stage.fake.fault("error", method="editMessageText", code=400, text=text)
        stage.fake.edit_text(READER, answer["message_id"] - 1, f"{QUESTION} {text}")
    await stage.fake.wait("editMessageText", times=2)
    await stage.asked("/help")
    assert len(stage.fake.sent("sendMessage")) == 2
    assert "Telegram failed" not in log.getvalue()


async def test_edited_question_whose_message_was_deleted_meanwhile_is_answered_in_place(
    stage: Stage,
) -> None:
    asked = stage.fake.send_text("@fake_bot hội hoa xuân khai mạc ở đâu?", GROUP, READER)["message"]
    await stage.said(GROUP)
    stage.fake.edit_text(GROUP, asked["message_id"], f"@fake_bot {QUESTION}")
    del stage.fake.store[GROUP, asked["message_id"]]
    assert PRICE in (await stage.edited())["text"]
