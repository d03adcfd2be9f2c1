"""/remove on Telegram: the article that is meant, a question before it goes, and the way back."""

import pytest
from fakegram import FakeTelegram, Json
from stage import ADMIN, GROUP, READER, STRANGER, Stage, buttons, running, spans

from bot.buttons import ArticleSpot
from bot.settings import Settings
from retrieval.collection.collection import Collection
from retrieval.collection.lock import reload_lock

pytest_plugins = ["stage_fixtures"]

LIBRARY, FAIR = "Thư viện phường mở cửa trở lại", "Hội hoa xuân khai mạc"
QUESTION = "Thẻ thư viện giá bao nhiêu?"


async def removed(stage: Stage) -> Json:
    """Take the library out, and return the message that says so."""
    offer = await stage.asked("/remove thẻ thư viện", ADMIN)
    assert spans(offer, "bold") == [LIBRARY]
    stage.fake.press("Take it out", ADMIN)
    return await stage.edited()


async def finds(stage: Stage) -> bool:
    return "ba mươi nghìn" in (await stage.asked(QUESTION, READER))["text"]


async def test_article_goes_after_a_question_and_comes_back(stage: Stage) -> None:
    offer = await stage.asked("/remove thẻ thư viện", ADMIN)
    assert "Take this article out?" in offer["text"]
    assert buttons(offer) == ["Take it out", "Keep it"]
    assert await finds(stage)
    stage.fake.press("Take it out", ADMIN)
    done = await stage.edited()
    assert done["message_id"] == offer["message_id"]
    assert buttons(done) == ["Undo"]
    assert not await finds(stage)
    stage.fake.press("Undo", ADMIN)
    assert "It is back" in (await stage.edited(2))["text"]
    assert await finds(stage)
    await stage.fake.wait("answerCallbackQuery", times=2)


async def test_article_that_is_kept_stays(stage: Stage) -> None:
    await stage.asked("/remove thẻ thư viện", ADMIN)
    stage.fake.press("Keep it", ADMIN)
    assert "It stays" in (await stage.edited())["text"]
    assert await finds(stage)


async def test_removal_outlives_reloads_and_is_undone_after_a_restart(
    fake: FakeTelegram, settings: Settings, filled: Collection, log: object
) -> None:
    async with running(settings, filled) as app:
        await removed(Stage(fake=fake, app=app, collection=filled, settings=settings))
    filled.reload()
    async with running(settings, filled) as app:
        stage = Stage(fake=fake, app=app, collection=filled, settings=settings)
        assert not await finds(stage)
        fake.press("Undo", ADMIN)
        await stage.edited(2)
        assert await finds(stage)


async def test_article_is_meant_by_reply_to_its_answer(stage: Stage) -> None:
    answer = await stage.asked(QUESTION, ADMIN)
    offer = await stage.asked("/remove", ADMIN, reply_to=answer["message_id"])
    assert spans(offer, "bold") == [LIBRARY]


async def test_article_without_an_address_is_meant_by_reply_to_its_answer_or_page(stage: Stage) -> None:
    answer = await stage.asked("Hội hoa xuân khai mạc ở đâu?", ADMIN)
    offer = await stage.asked("/remove", ADMIN, reply_to=answer["message_id"])
    assert spans(offer, "bold") == [FAIR]
    key = stage.collection.ask("hội hoa xuân").hits[0].article.key
    page = await stage.asked(f"/start {ArticleSpot(key, 0).payload}", ADMIN)
    offer = await stage.asked("/remove", ADMIN, reply_to=page["message_id"])
    assert spans(offer, "bold") == [FAIR]


@pytest.mark.parametrize(
    "link",
    [
        "https://phuong.example/thu-vien",
        "https://phuong.example/thu-vien#:~:text=Th%E1%BA%BB",
        "https://phuong.example/thu-vien#binh-luan",
    ],
)
async def test_article_is_meant_by_its_address(stage: Stage, link: str) -> None:
    assert spans(await stage.asked(f"/remove {link}", ADMIN), "bold") == [LIBRARY]


async def test_article_is_meant_by_its_link_in_the_chat(stage: Stage) -> None:
    key = stage.collection.ask("hội hoa xuân").hits[0].article.key
    for link in (f"https://t.me/fake_bot?start={key}-12", f"{key}-12"):
        assert spans(await stage.asked(f"/remove {link}", ADMIN), "bold") == [FAIR]


async def test_address_of_no_article_finds_none_by_its_words(stage: Stage) -> None:
    said = await stage.asked("/remove https://phuong.example/thu-vien-moi", ADMIN)
    assert "did not find" in said["text"]


async def test_article_with_the_words_in_its_title_is_meant_rather_than_the_best_answer(stage: Stage) -> None:
    for name, title, body in (
        ("rao", "Bến Lụa: lịch đi chợ", "Chợ Bến Lụa họp mỗi sáng, chợ Bến Lụa nghỉ ngày rằm."),
        ("cho", "Chợ Bến Lụa mở lại", "Sau ba tháng sửa chữa, bà con vui mừng đón khách đến chợ Bến Lụa."),
    ):
        text = f"---\ntitle: {title}\n---\n{body}\n"
        (stage.settings.articles_dir / f"{name}.md").write_text(text, encoding="utf-8")
    stage.collection.reload()
    assert stage.collection.ask("cho ben lua").hits[0].article.title == "Bến Lụa: lịch đi chợ"
    assert spans(await stage.asked("/remove cho ben lua", ADMIN), "bold") == ["Chợ Bến Lụa mở lại"]


async def test_nothing_meant_is_asked_for(stage: Stage) -> None:
    assert "Which article?" in (await stage.asked("/remove", ADMIN))["text"]
    assert "did not find" in (await stage.asked("/remove zzzz", ADMIN))["text"]


async def test_article_that_is_out_already_is_shown_with_the_way_back(stage: Stage) -> None:
    await removed(stage)
    again = await stage.asked("/remove https://phuong.example/thu-vien", ADMIN)
    assert buttons(again) == ["Undo"]


async def test_article_that_is_gone_meanwhile_is_told(stage: Stage) -> None:
    await removed(stage)
    (stage.settings.articles_dir / "library.md").unlink()
    stage.collection.reload()
    stage.fake.press("Undo", ADMIN)
    assert "not in the collection any more" in (await stage.edited(2))["text"]


async def test_during_a_reload_the_button_says_so_and_works_later(stage: Stage) -> None:
    await stage.asked("/remove thẻ thư viện", ADMIN)
    with reload_lock(stage.settings.index_dir):
        stage.fake.press("Take it out", ADMIN)
        [call] = await stage.fake.wait("answerCallbackQuery")
    assert "under way" in call.params["text"]
    assert not stage.fake.sent("editMessageText")
    stage.fake.press("Take it out", ADMIN)
    await stage.edited()
    assert not await finds(stage)


async def test_stranger_s_button_removes_nothing(stage: Stage) -> None:
    offer = await stage.asked("/remove thẻ thư viện", GROUP, user_id=ADMIN)
    stage.fake.press("Take it out", GROUP, user_id=STRANGER)
    await stage.fake.wait("answerCallbackQuery")
    assert not stage.fake.sent("editMessageText")
    assert await finds(stage)
    stage.fake.press("Take it out", GROUP, message_id=offer["message_id"], user_id=ADMIN)
    await stage.edited()
    assert not await finds(stage)
