"""Conversations on Telegram: follow-ups, and what is no question."""

from fakegram import FakeTelegram, Json
from stage import GROUP, READER, STRANGER, Stage, running

from bot.settings import Settings
from retrieval.collection.collection import Collection

pytest_plugins = ["stage_fixtures"]

FAIR = "Hội hoa xuân khai mạc ngày nào?"
WHERE = "ở đâu vậy?"
UNDERSTOOD = "“Hội hoa xuân khai mạc – ở đâu”"  # as the two are understood together
CARD = "Thẻ thư viện giá bao nhiêu một năm?"


def is_followed(message: Json) -> bool:
    return UNDERSTOOD.lower() in message["text"].lower() and "công viên Bãi Trước" in message["text"]


async def test_follow_up_is_understood_with_the_question_before_and_says_so(stage: Stage) -> None:
    await stage.asked(FAIR)
    assert is_followed(await stage.asked(WHERE))


async def test_follow_up_without_accents_is_understood_too(stage: Stage) -> None:
    await stage.asked(FAIR)
    assert is_followed(await stage.asked("o dau vay?"))


async def test_question_of_its_own_is_answered_as_if_nothing_had_been_asked(stage: Stage) -> None:
    alone = await stage.asked(CARD, STRANGER)
    await stage.asked(FAIR)
    assert (await stage.asked(CARD))["text"] == alone["text"]


async def test_follow_ups_of_two_people_are_kept_apart(stage: Stage) -> None:
    await stage.asked(FAIR)
    await stage.asked(CARD, STRANGER)
    assert is_followed(await stage.asked(WHERE))


async def test_edited_follow_up_is_understood_with_the_same_question(stage: Stage) -> None:
    await stage.asked(FAIR)
    answer = await stage.asked("mấy giờ?")
    await stage.asked(CARD)
    stage.fake.edit_text(READER, answer["message_id"] - 1, WHERE)
    assert is_followed(await stage.edited())


async def test_what_an_edited_question_asks_now_can_be_followed_up(stage: Stage) -> None:
    answer = await stage.asked(CARD)
    stage.fake.edit_text(READER, answer["message_id"] - 1, FAIR)
    await stage.edited()
    assert is_followed(await stage.asked(WHERE))


async def test_reply_in_a_group_follows_up_the_answer_whoever_asked(stage: Stage) -> None:
    answer = await stage.asked(f"@fake_bot {FAIR}", GROUP, user_id=READER)
    await stage.asked(f"@fake_bot {CARD}", GROUP, user_id=STRANGER)
    assert is_followed(await stage.asked(WHERE, GROUP, user_id=STRANGER, reply_to=answer["message_id"]))


async def test_mention_in_a_group_follows_up_the_same_persons_question(stage: Stage) -> None:
    await stage.asked(f"@fake_bot {FAIR}", GROUP, user_id=READER)
    await stage.asked(f"@fake_bot {CARD}", GROUP, user_id=STRANGER)
    assert not is_followed(await stage.asked(f"@fake_bot {WHERE}", GROUP, user_id=5))
    assert is_followed(await stage.asked(f"/ask {WHERE}", GROUP, user_id=READER))


async def test_conversation_goes_on_after_a_restart(
    fake: FakeTelegram, settings: Settings, filled: Collection
) -> None:
    async with running(settings, filled) as app:
        await Stage(fake=fake, app=app, collection=filled, settings=settings).asked(FAIR)
    async with running(settings, filled) as app:
        stage = Stage(fake=fake, app=app, collection=filled, settings=settings)
        assert is_followed(await stage.asked(WHERE))


async def test_thanks_and_greetings_get_a_kind_word_and_the_conversation_goes_on(stage: Stage) -> None:
    assert "What would you like to know" in (await stage.asked("chào bạn 👋"))["text"]
    await stage.asked(FAIR)
    assert "You are welcome" in (await stage.asked("cảm ơn nhiều nhé!"))["text"]
    assert "just ask" in (await stage.asked("👍"))["text"].lower()
    assert is_followed(await stage.asked(WHERE))


async def test_call_for_help_gets_the_help(stage: Stage) -> None:
    assert (await stage.asked("giúp tôi với"))["text"] == (await stage.asked("/help"))["text"]


async def test_mention_without_a_word_asks_for_a_question(stage: Stage) -> None:
    assert "/ask" in (await stage.asked("@fake_bot", GROUP, user_id=READER))["text"]


async def test_reply_to_a_person_follows_up_ones_own_question(stage: Stage) -> None:
    await stage.asked(f"/ask {FAIR}", GROUP, user_id=READER)
    remark = stage.fake.send_text("đẹp quá", GROUP, STRANGER)["message"]
    reply = f"@fake_bot {WHERE}"
    assert is_followed(await stage.asked(reply, GROUP, user_id=READER, reply_to=remark["message_id"]))


async def test_group_gets_a_word_for_thanks_and_none_for_a_nod(stage: Stage) -> None:
    answer = await stage.asked(f"@fake_bot {FAIR}", GROUP, user_id=READER)
    stage.fake.send_text("👍", GROUP, READER, reply_to=answer["message_id"])
    thanks = await stage.asked("cảm ơn bot", GROUP, user_id=READER, reply_to=answer["message_id"])
    assert "You are welcome" in thanks["text"]
    assert len(stage.fake.sent("sendMessage", chat_id=GROUP)) == 2


async def test_link_and_the_other_articles_of_an_answer_can_be_asked_for(stage: Stage) -> None:
    answer = await stage.asked(CARD)
    link = await stage.asked("cho mình xin link với")
    assert "https://phuong.example/thu-vien" in link["text"]
    again = await stage.asked("nhắc lại đi bạn")
    assert again["text"] == answer["text"]


async def test_message_about_an_answer_leaves_its_question_the_subject(stage: Stage) -> None:
    await stage.asked(FAIR)
    await stage.asked("bài này đăng ngày nào vậy")
    assert is_followed(await stage.asked(WHERE))


async def test_question_without_an_answer_is_no_subject(stage: Stage) -> None:
    await stage.asked(FAIR)
    await stage.asked("Đội tuyển bóng bầu dục nước Anh gồm những ai?")
    assert is_followed(await stage.asked(WHERE))
