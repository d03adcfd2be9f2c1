"""The first minute on Telegram: what the collection holds, and questions that it answers."""

from fakegram import FakeTelegram
from stage import ADMIN, GROUP, READER, Stage, buttons, running, spans

from bot.settings import Settings
from retrieval.collection.collection import Collection

pytest_plugins = ["stage_fixtures"]

FAIR = "Hội hoa xuân khai mạc"


async def test_start_tells_what_there_is_and_offers_questions_that_have_answers(stage: Stage) -> None:
    message = await stage.asked("/start")
    assert "3 articles, the newest from 1 Jun 2024" in message["text"]
    assert buttons(message) == ["Thư viện phường mở cửa trở lại", FAIR]
    for count, question in enumerate(buttons(message), start=2):
        stage.fake.press(question, READER, message["message_id"])
        assert spans(await stage.said(READER, count), "blockquote")
    await stage.fake.wait("answerCallbackQuery", times=2)


async def test_offered_question_is_answered_after_a_restart(
    fake: FakeTelegram, settings: Settings, filled: Collection
) -> None:
    async with running(settings, filled) as app:
        await Stage(fake=fake, app=app, collection=filled, settings=settings).asked("/start")
    async with running(settings, filled) as app:
        fake.press(FAIR, READER)
        answer = await Stage(fake=fake, app=app, collection=filled, settings=settings).said(READER, 2)
        assert "công viên Bãi Trước" in answer["text"]


async def test_start_in_a_group_topic_is_answered_there(stage: Stage) -> None:
    topic = stage.fake.add_topic(GROUP)
    message = await stage.asked("/start@fake_bot", GROUP, user_id=READER, topic=topic)
    assert message["message_thread_id"] == topic
    stage.fake.press(FAIR, GROUP, user_id=READER)
    assert (await stage.said(GROUP, 2))["message_thread_id"] == topic


async def test_empty_collection_says_so_and_tells_an_admin_what_to_do(
    fake: FakeTelegram, settings: Settings, collection: Collection
) -> None:
    async with running(settings, collection) as app:
        stage = Stage(fake=fake, app=app, collection=collection, settings=settings)
        reader, admin = await stage.asked("/start"), await stage.asked("/start", ADMIN)
        group = await stage.asked("/start", GROUP, user_id=ADMIN)
    assert "no articles here yet" in reader["text"]
    assert "/reload" not in reader["text"] + group["text"]
    assert "/reload" in admin["text"]
    assert not buttons(reader)
