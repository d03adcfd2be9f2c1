"""Inline mode: @bot and a question in any chat, and the way from there into the private chat."""

from datetime import timedelta
from typing import Any

import pytest
from fakegram import Json
from stage import GROUP, READER, STRANGER, Stage, spans

from bot.conversation import inline as elsewhere
from bot.storage import notebook
from retrieval.store.notes import Key

pytest_plugins = ["stage_fixtures"]

QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
ANSWER = "Thẻ thư viện có giá ba mươi nghìn đồng một năm."
OFF_TOPIC = "Đội tuyển bóng bầu dục nước Anh gồm những ai?"


async def listed(stage: Stage, text: str, person: int = READER, offset: str = "") -> Json:
    """Let a person type, and return what the bot answers to it."""
    before = len(stage.fake.sent("answerInlineQuery"))
    stage.fake.inline_query(text, person, offset)
    return (await stage.fake.wait("answerInlineQuery", times=before + 1))[-1].params


async def carried(stage: Stage, text: str, person: int = READER) -> str:
    """Let a person type what has no answer; return what pressing the button sends in the private chat."""
    return f"/start {(await listed(stage, text, person))['button']['start_parameter']}"


async def test_each_result_is_a_complete_answer(stage: Stage) -> None:
    best = (await listed(stage, QUESTION))["results"][0]
    assert best["title"] == "Thư viện phường mở cửa trở lại"
    assert ANSWER in best["description"]
    number = stage.fake.choose(best["id"], READER)
    shared = stage.fake.inline_messages[number]
    assert shared["text"].startswith(f"Question: {QUESTION}")
    assert ANSWER in " ".join(spans(shared, "blockquote"))
    [row] = shared["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in row] == ["Source", "Ask a follow-up"]
    assert row[0]["url"].startswith("https://phuong.example/thu-vien#:~:text=")
    assert row[1]["url"] == "https://t.me/fake_bot"
    assert best["input_message_content"]["link_preview_options"] == {"is_disabled": True}


async def test_question_without_accents_is_sent_as_it_was_understood(stage: Stage) -> None:
    [best, *_] = (await listed(stage, "hoi hoa xuan khai mac"))["results"]
    first_line = best["input_message_content"]["message_text"].partition("\n")[0]
    assert first_line == "Question: hội hoa xuân khai mạc"


async def test_answers_are_kept_for_a_minute_for_each_person(stage: Stage) -> None:
    params = await listed(stage, QUESTION)
    assert (params["cache_time"], params["is_personal"]) == (60, True)


async def test_many_results_come_page_by_page(stage: Stage) -> None:
    for number in range(25):
        others = " ".join(f"số{number}x{word}" for word in range(20))  # no two articles are copies
        text = f"Hội hoa xuân khai mạc tối nay: {others}."
        (stage.settings.articles_dir / f"fair{number}.txt").write_text(text, encoding="utf-8")
    stage.collection.reload()
    question = "Hội hoa xuân khai mạc"
    first = await listed(stage, question)
    assert len(first["results"]) == elsewhere.PAGE
    second = await listed(stage, question, offset=first["next_offset"])
    ids = [result["id"] for page in (first, second) for result in page["results"]]
    assert len(ids) == len(set(ids)) == elsewhere.MOST_RESULTS
    assert "next_offset" not in second


@pytest.mark.parametrize("offset", ["…", "-1", "99", "9" * 64])
async def test_page_that_makes_no_sense_is_no_trouble(stage: Stage, offset: str) -> None:
    assert "next_offset" not in await listed(stage, "thư viện phường", offset=offset)


async def test_shared_answer_in_the_private_chat_is_not_answered(stage: Stage) -> None:
    [best, *_] = (await listed(stage, QUESTION))["results"]
    stage.fake.choose(best["id"], READER, READER)
    assert "/help" in (await stage.asked("/weather"))["text"]
    assert len(stage.fake.sent("sendMessage")) == 1


@pytest.mark.parametrize("text", ["", "  ", "xin chào", "cảm ơn nhé"])
async def test_who_has_asked_nothing_yet_gets_a_hint(stage: Stage, text: str) -> None:
    params = await listed(stage, text)
    assert params["results"] == []
    assert params["button"]["text"] == "Type your question…"
    greeting = await stage.asked(f"/start {params['button']['start_parameter']}")
    assert "3 articles" in greeting["text"]


async def test_question_without_an_answer_is_carried_into_the_private_chat(stage: Stage) -> None:
    params = await listed(stage, OFF_TOPIC)
    assert params["results"] == []
    assert params["button"]["text"] == "No answer found – ask me in private"
    answer = await stage.asked(f"/start {params['button']['start_parameter']}")
    assert "couldn't find an answer" in answer["text"]


async def test_question_is_carried_as_it_was_typed_and_can_be_followed_up(stage: Stage) -> None:
    command = await carried(stage, "Thư viện phường Bến Đá nuôi mấy con voi trắng?")
    (stage.settings.articles_dir / "zoo.md").write_text(
        "Thư viện phường Bến Đá nuôi ba con voi trắng bằng gỗ.", encoding="utf-8"
    )
    stage.collection.reload()
    assert "ba con voi trắng" in (await stage.asked(command))["text"]
    assert "ba mươi nghìn đồng" in (await stage.asked("thẻ giá bao nhiêu?"))["text"]


async def test_carried_question_is_nobody_elses(stage: Stage) -> None:
    command = await carried(stage, OFF_TOPIC)
    assert "Please ask your question once more" in (await stage.asked(command, STRANGER))["text"]
    assert "couldn't find an answer" in (await stage.asked(command))["text"]


async def test_carried_question_that_is_long_past_is_asked_for_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = await carried(stage, OFF_TOPIC)
    assert "couldn't find an answer" in (await stage.asked(command))["text"]
    monkeypatch.setattr(notebook, "FOLLOWED_WITHIN", timedelta(0))
    assert "Please ask your question once more" in (await stage.asked(command))["text"]


async def test_results_come_in_the_language_of_the_person(stage: Stage) -> None:
    stage.fake.add_chat(READER, language_code="vi")
    [best, *_] = (await listed(stage, QUESTION))["results"]
    assert best["input_message_content"]["message_text"].startswith(f"Hỏi: {QUESTION}")
    button = (await listed(stage, OFF_TOPIC))["button"]
    assert button["text"] == "Chưa thấy câu trả lời – hỏi riêng mình nhé"


async def test_query_that_is_too_old_is_no_trouble(stage: Stage) -> None:
    stage.fake.query_ttl = 0.0
    stage.fake.inline_query(QUESTION, READER)
    [call] = await stage.fake.wait("answerInlineQuery")
    assert "query is too old" in call.error
    await stage.asked("/help")
    assert len(stage.fake.sent("sendMessage")) == 1


async def test_query_that_comes_again_is_answered_again_and_costs_no_write(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    write = stage.collection.memory.write

    def noted(**what: Any) -> set[Key]:
        written.append(what)
        return write(**what)

    monkeypatch.setattr(stage.collection.memory, "write", noted)
    await listed(stage, QUESTION)
    await listed(stage, QUESTION)
    assert written == []
    await stage.asked(QUESTION)
    assert written


async def noted(stage: Stage) -> list[tuple[str, bool]]:
    """Return the questions in the journal, each with whether it was answered."""
    await stage.app.bot_data.answers.written()
    return [(asked.question, asked.answered) for asked in stage.collection.journal.all()]


async def test_question_is_noted_once_however_many_letters_and_pages_it_takes(stage: Stage) -> None:
    for typed in ("the thu", "The thư vien gia", QUESTION):
        await listed(stage, typed)
    await listed(stage, QUESTION, offset="10")
    assert await noted(stage) == [(QUESTION, True)]


async def test_another_question_of_the_same_person_is_noted_beside_the_first(stage: Stage) -> None:
    for typed in (OFF_TOPIC, "Đ", QUESTION, "xin chào"):
        await listed(stage, typed)
    assert await noted(stage) == [(OFF_TOPIC, False), ("Đ", False), (QUESTION, True)]


async def test_what_two_people_type_is_noted_of_each_and_erased_with_what_is_theirs(stage: Stage) -> None:
    await listed(stage, QUESTION)
    await listed(stage, OFF_TOPIC, STRANGER)
    await stage.asked("/forget", GROUP, user_id=READER)
    assert await noted(stage) == [(OFF_TOPIC, False)]
