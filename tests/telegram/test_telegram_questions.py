"""Questions on Telegram: in private chats, in groups, and edited."""

import pytest
from fakegram import Json
from stage import GROUP, READER, Stage, buttons, links, running, spans

from bot.buttons import Offer
from bot.settings import Settings
from retrieval.collection.collection import Collection

pytest_plugins = ["stage_fixtures"]

QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
ANSWER = "Thẻ thư viện có giá ba mươi nghìn đồng một năm."
OFF_TOPIC = "Đội tuyển bóng bầu dục nước Anh gồm những ai?"


def is_answer(message: Json) -> bool:
    return ANSWER in message["text"]


async def test_question_is_answered_with_the_excerpt_in_bold_words_and_the_link(stage: Stage) -> None:
    message = await stage.asked(QUESTION)
    assert is_answer(message)
    assert "Thẻ thư viện" in " ".join(spans(message, "bold"))
    assert links(message)[0].startswith("https://phuong.example/thu-vien#:~:text=")
    assert buttons(message)
    assert stage.fake.calls[-1].params["link_preview_options"] == {"is_disabled": True}
    assert "reply_parameters" not in stage.fake.calls[-1].params


async def test_engine_is_ready_before_anybody_asks(
    settings: Settings, filled: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def note(self: Collection, question: str) -> None:
        asked.append(question)

    monkeypatch.setattr(Collection, "ask", note)
    async with running(settings, filled):
        pass
    assert len(asked) == 1


async def test_question_without_accents_finds_the_same(stage: Stage) -> None:
    assert is_answer(await stage.asked("the thu vien gia bao nhieu mot nam"))


async def test_article_without_an_url_is_linked_to_in_the_chat(stage: Stage) -> None:
    message = await stage.asked("Hội hoa xuân khai mạc ở đâu?")
    assert "công viên Bãi Trước" in message["text"]
    assert links(message)[0].startswith("https://t.me/fake_bot?start=")


async def test_question_that_no_article_answers_is_not_answered(stage: Stage) -> None:
    message = await stage.asked(OFF_TOPIC)
    assert not spans(message, "blockquote")
    assert "couldn't find an answer" in message["text"]


async def test_ask_works_in_private_and_in_groups(stage: Stage) -> None:
    assert is_answer(await stage.asked(f"/ask {QUESTION}"))
    assert is_answer(await stage.asked(f"/ask@fake_bot {QUESTION}", GROUP, user_id=READER))


async def test_ask_without_a_question_gets_a_hint_and_its_edit_an_answer(stage: Stage) -> None:
    hint = await stage.asked("/ask")
    assert "/ask" in hint["text"]
    stage.fake.edit_text(READER, hint["message_id"] - 1, f"/ask {QUESTION}")
    assert is_answer(await stage.edited())


async def test_ask_in_a_reply_asks_what_it_replies_to(stage: Stage) -> None:
    stage.fake.configure(privacy=True)
    asked = stage.fake.send_text(QUESTION, GROUP, READER)["message"]
    command = stage.fake.send_text("/ask", GROUP, 5, reply_to=asked["message_id"])["message"]
    message = await stage.said(GROUP)
    assert is_answer(message)
    assert message["reply_to_message"]["message_id"] == command["message_id"]


async def test_mention_and_reply_in_a_group_are_answered_as_replies(stage: Stage) -> None:
    asked = stage.fake.send_text(f"@fake_bot {QUESTION}", GROUP, READER)["message"]
    message = await stage.said(GROUP)
    assert is_answer(message)
    assert "fake_bot" not in message["text"]
    assert message["reply_to_message"]["message_id"] == asked["message_id"]
    message = await stage.asked(
        "Hội hoa xuân khai mạc ở đâu?", GROUP, user_id=5, reply_to=message["message_id"]
    )
    assert "công viên Bãi Trước" in message["text"]


async def test_group_talk_that_is_not_meant_for_the_bot_is_left_alone(stage: Stage) -> None:
    person = stage.fake.send_text(QUESTION, GROUP, READER)["message"]
    stage.fake.send_text("để tôi xem", GROUP, 5, reply_to=person["message_id"])
    stage.fake.send_text("@other_bot thư viện ở đâu?", GROUP, 5)
    stage.fake.send_text("/lookup thư viện", GROUP, 5)
    stage.fake.send_file(b"...", GROUP, "photo", "a.png", user_id=5)
    stage.fake.send_text(f"@fake_bot {QUESTION}", GROUP, 5, via_bot=stage.fake.me)
    stage.fake.send_text(f"@fake_bot {QUESTION}", GROUP, 5, is_automatic_forward=True)
    stage.fake.send_text("/start", GROUP, 5, is_automatic_forward=True)
    message = await stage.asked("@fake_bot hội hoa xuân khai mạc ở đâu?", GROUP, user_id=5)
    assert "công viên Bãi Trước" in message["text"]
    assert len(stage.fake.sent(chat_id=GROUP)) == 1


@pytest.mark.parametrize("how", ["mention", "command", "reply"])
async def test_answer_stays_in_the_topic_of_the_question(stage: Stage, how: str) -> None:
    topic = stage.fake.add_topic(GROUP, "Hỏi đáp")
    first = await stage.asked(f"/ask@fake_bot {QUESTION}", GROUP, user_id=5, topic=topic)
    text = {"mention": f"@fake_bot {QUESTION}", "command": f"/ask {QUESTION}", "reply": QUESTION}[how]
    reply_to = first["message_id"] if how == "reply" else None
    message = await stage.asked(text, GROUP, user_id=5, topic=topic, reply_to=reply_to)
    assert is_answer(message)
    assert message["message_thread_id"] == topic


async def test_edited_question_edits_its_answer(stage: Stage) -> None:
    stage.fake.send_text(OFF_TOPIC, READER)
    first = await stage.said(READER)
    stage.fake.edit_text(READER, first["message_id"] - 1, QUESTION)
    message = await stage.edited()
    assert message["message_id"] == first["message_id"]
    assert is_answer(message)
    assert len(stage.fake.sent("sendMessage")) == 1


async def test_edited_question_whose_answer_was_deleted_is_answered_anew(stage: Stage) -> None:
    stage.fake.send_text(OFF_TOPIC, READER)
    first = await stage.said(READER)
    del stage.fake.store[READER, first["message_id"]]
    stage.fake.edit_text(READER, first["message_id"] - 1, QUESTION)
    assert is_answer(await stage.said(READER, 2))


async def test_edited_question_in_a_group_edits_its_answer(stage: Stage) -> None:
    asked = stage.fake.send_text(f"@fake_bot {OFF_TOPIC}", GROUP, READER)["message"]
    await stage.said(GROUP)
    stage.fake.edit_text(GROUP, asked["message_id"], f"@fake_bot {QUESTION}")
    assert is_answer(await stage.edited())


async def test_edit_that_makes_a_message_a_question_gets_an_answer(stage: Stage) -> None:
    talk = stage.fake.send_text(QUESTION, GROUP, READER)["message"]
    stage.fake.edit_text(GROUP, talk["message_id"], f"@fake_bot {QUESTION}")
    message = await stage.said(GROUP)
    assert is_answer(message)
    assert message["reply_to_message"]["message_id"] == talk["message_id"]
    stage.fake.edit_text(GROUP, talk["message_id"], f"@fake_bot {OFF_TOPIC}")
    assert not is_answer(await stage.edited())


@pytest.mark.parametrize("text", ["thôi khỏi, cảm ơn An", "/ask@other_bot thư viện ở đâu"])
async def test_edit_that_is_not_meant_for_the_bot_leaves_the_answer_as_it_is(stage: Stage, text: str) -> None:
    asked = stage.fake.send_text(f"@fake_bot {QUESTION}", GROUP, READER)["message"]
    await stage.said(GROUP)
    stage.fake.edit_text(GROUP, asked["message_id"], text)
    await stage.asked(f"/ask {QUESTION}", GROUP, user_id=5)
    assert not stage.fake.sent("editMessageText")
    assert len(stage.fake.sent("sendMessage")) == 2


async def test_question_under_a_picture_is_answered(stage: Stage) -> None:
    stage.fake.send_file(b"...", READER, "photo", "a.png", caption=QUESTION)
    assert is_answer(await stage.said(READER))


async def test_question_of_a_group_that_became_a_supergroup_is_answered_there(stage: Stage) -> None:
    stage.fake.add_chat(GROUP)
    stage.fake.add_chat(-77).migrated_to = GROUP
    stage.fake.send_text(f"/ask {QUESTION}", -77, READER)
    calls = await stage.fake.wait("sendMessage", chat_id=GROUP)
    assert is_answer(calls[0].result)


async def test_edit_that_changes_nothing_is_no_trouble(stage: Stage) -> None:
    asked = stage.fake.send_text(QUESTION, READER)["message"]
    await stage.said(READER)
    stage.fake.edit_text(READER, asked["message_id"], f" {QUESTION}")
    [call] = await stage.fake.wait("editMessageText")
    assert "not modified" in call.error
    await stage.asked("/help")
    assert len(stage.fake.sent("sendMessage")) == 2


async def test_texts_come_in_the_language_of_the_user(stage: Stage) -> None:
    english = await stage.asked(OFF_TOPIC, 20)
    stage.fake.add_chat(21, language_code="vi")
    vietnamese = await stage.asked(OFF_TOPIC, 21)
    stage.fake.add_chat(22, language_code="fr")
    default = await stage.asked(OFF_TOPIC, 22)
    assert vietnamese["text"] == default["text"] != english["text"]


async def test_unknown_command_and_wordless_message_get_a_hint_in_private(stage: Stage) -> None:
    assert "/help" in (await stage.asked("/weather"))["text"]
    for _ in range(3):  # an album
        stage.fake.send_file(b"...", READER, "photo", "a.png")
    hint = await stage.said(READER, 2)
    assert is_answer(await stage.asked(QUESTION))
    assert hint["text"] != ""
    assert len(stage.fake.sent("sendMessage")) == 3


async def test_the_button_under_a_suggestion_asks_what_was_meant(stage: Stage) -> None:
    answer = await stage.asked("khai mạc tại công viện Bãi Trước")
    assert "Did you mean: “khai mạc tại công viên Bãi Trước”?" in answer["text"]
    stage.fake.press("Yes, ask this", READER)
    meant = await stage.said(READER, 2)
    assert "công viên Bãi Trước" in " ".join(spans(meant, "blockquote"))
    assert "Did you mean" not in meant["text"]
    await stage.fake.wait("answerCallbackQuery")


async def test_an_offer_that_telegram_does_not_show_any_more_cannot_be_taken(stage: Stage) -> None:
    stage.fake.add_chat(READER)
    chat = {"id": READER, "type": "private", "first_name": "An"}
    stage.fake.press_raw(
        Offer(0, 5).data, {"message": {"message_id": 1, "date": 0, "chat": chat}}, READER, READER
    )
    [call] = await stage.fake.wait("answerCallbackQuery")
    assert "Please ask again" in call.params["text"]
