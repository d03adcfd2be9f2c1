"""/why on Telegram, for admins: of a question, of the last one, of an answer."""

from fakegram import Json
from stage import ADMIN, GROUP, READER, STRANGER, Stage, links, spans

pytest_plugins = ["stage_fixtures"]

FAIR = "Hội hoa xuân khai mạc ngày nào?"
CARD = "Thẻ thư viện giá bao nhiêu một năm?"


def explains(message: Json, title: str) -> bool:
    return "Why this article comes first" in message["text"] and title in spans(message, "bold")


async def test_why_explains_the_answer_to_a_question(stage: Stage) -> None:
    message = await stage.asked(f"/why {CARD}", ADMIN)
    assert explains(message, "Thư viện phường mở cửa trở lại")
    assert "“thư viện” (side by side): +" in message["text"]
    assert "points" in message["text"]
    assert links(message)[0].startswith("https://phuong.example/thu-vien#:~:text=")


async def test_why_without_words_explains_the_last_question(stage: Stage) -> None:
    await stage.asked(CARD, ADMIN)
    await stage.asked(FAIR, ADMIN)
    assert explains(await stage.asked("/why", ADMIN), "Hội hoa xuân khai mạc")


async def test_why_in_reply_to_an_answer_explains_that_one_whoever_asked(stage: Stage) -> None:
    answer = await stage.asked(f"@fake_bot {CARD}", GROUP, user_id=READER)
    await stage.asked(f"@fake_bot {FAIR}", GROUP, user_id=STRANGER)
    message = await stage.asked("/why@fake_bot", GROUP, user_id=ADMIN, reply_to=answer["message_id"])
    assert explains(message, "Thư viện phường mở cửa trở lại")


async def test_why_in_reply_to_a_persons_message_explains_what_it_asks(stage: Stage) -> None:
    asked = stage.fake.send_text(CARD, GROUP, READER)["message"]
    message = await stage.asked("/why", GROUP, user_id=ADMIN, reply_to=asked["message_id"])
    assert explains(message, "Thư viện phường mở cửa trở lại")


async def test_why_of_a_follow_up_is_of_both_questions_together(stage: Stage) -> None:
    await stage.asked(FAIR, ADMIN)
    message = await stage.asked("/why ở đâu vậy?", ADMIN)
    assert explains(message, "Hội hoa xuân khai mạc")
    assert "“Hội hoa xuân khai mạc – ở đâu”" in message["text"]


async def test_why_before_any_question_asks_for_one(stage: Stage) -> None:
    assert "/why" in (await stage.asked("/why", ADMIN))["text"]


async def test_conversation_goes_on_after_why(stage: Stage) -> None:
    await stage.asked(FAIR, ADMIN)
    await stage.asked("/why", ADMIN)
    assert "công viên Bãi Trước" in (await stage.asked("ở đâu vậy?", ADMIN))["text"]


async def test_why_tells_what_is_missing_where_there_is_no_answer(stage: Stage) -> None:
    message = await stage.asked("/why Đội tuyển bóng bầu dục nước Anh có mấy năm?", ADMIN)
    assert "The closest article" in message["text"]
    assert "An answer needs 0 at least." in message["text"]
    assert "“tuyển”" in message["text"]


async def test_for_readers_there_is_no_such_command(stage: Stage) -> None:
    assert "I do not know this command" in (await stage.asked(f"/why {CARD}"))["text"]


async def test_why_is_noted_as_a_question_unless_it_is_about_one_that_is_noted(stage: Stage) -> None:
    await stage.asked(CARD, ADMIN)
    await stage.asked("/why", ADMIN)
    await stage.asked(f"/why {FAIR}", ADMIN)
    await stage.app.bot_data.answers.written()
    asked = [(note.question, note.answered) for note in stage.collection.journal.all()]
    assert asked == [(CARD, True), (FAIR, True)]
