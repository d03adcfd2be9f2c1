"""/add on Telegram: a file or a text becomes an article, and what cannot be read leaves nothing behind."""

from pathlib import Path

from stage import ADMIN, GROUP, READER, STRANGER, Stage

pytest_plugins = ["stage_fixtures"]

POOL = """---
title: Hồ bơi thiếu nhi mở lại
---
Hồ bơi thiếu nhi mở lại từ ngày 1 tháng 6, vé vào cửa hai mươi nghìn đồng.
"""
DONE = "Added: people find it from now on."
AGAIN = "Taken in again, with its changes."


def inbox(stage: Stage) -> list[Path]:
    return sorted((stage.settings.articles_dir / "telegram").glob("[!.]*"))


async def found(stage: Stage) -> bool:
    return "hai mươi nghìn" in (await stage.asked("Vé hồ bơi thiếu nhi bao nhiêu?", READER))["text"]


async def test_file_with_the_caption_add_becomes_an_article(stage: Stage) -> None:
    stage.fake.send_file(POOL.encode(), ADMIN, name="hồ bơi.md", caption="/add")
    begun = await stage.said(ADMIN)
    [call] = await stage.fake.wait("editMessageText", text=DONE)
    assert call.result["message_id"] == begun["message_id"]
    assert await found(stage)
    assert [path.name for path in inbox(stage)] == ["hồ-bơi.md"]
    assert stage.collection.reload().unchanged == 4


async def test_file_that_add_replies_to_becomes_an_article(stage: Stage) -> None:
    sent = stage.fake.send_file(POOL.encode(), ADMIN, name="hồ bơi.md")
    stage.fake.send_text("/add", ADMIN, reply_to=sent["message"]["message_id"])
    await stage.fake.wait("editMessageText", text=DONE)
    assert await found(stage)


async def test_text_that_add_replies_to_becomes_an_article_with_its_first_line_as_title(stage: Stage) -> None:
    text = "Hồ bơi thiếu nhi mở lại\n\nVé vào hồ bơi thiếu nhi là hai mươi nghìn đồng."
    sent = stage.fake.send_text(text, GROUP, ADMIN)["message"]
    stage.fake.send_text("/add@fake_bot", GROUP, ADMIN, reply_to=sent["message_id"])
    await stage.fake.wait("editMessageText", text=DONE)
    assert await found(stage)
    hit = stage.collection.ask("vé hồ bơi thiếu nhi").hits[0]
    assert hit.article.title == "Hồ bơi thiếu nhi mở lại"
    assert hit.article.published is not None


async def test_file_sent_again_under_its_name_takes_the_place_of_the_first(stage: Stage) -> None:
    stage.fake.send_file(POOL.encode(), ADMIN, name="hồ bơi.md", caption="/add")
    await stage.fake.wait("editMessageText", text=DONE)
    stage.fake.send_file(
        POOL.replace("hai mươi", "ba mươi").encode(), ADMIN, name="hồ bơi.md", caption="/ADD"
    )
    await stage.fake.wait("editMessageText", text=AGAIN)
    assert not await found(stage)
    assert len(inbox(stage)) == 1


async def test_file_that_cannot_be_read_is_named_with_the_reason_and_taken_away(stage: Stage) -> None:
    stage.fake.send_file(b"%PDF-1.7 \x00\x01", ADMIN, name="tin.pdf", mime="application/pdf", caption="/add")
    await stage.fake.wait("editMessageText", text="I could not take this in – damaged PDF file; save it anew")
    assert inbox(stage) == []
    assert stage.collection.reload().failed == ()


async def test_file_that_is_too_large_for_telegram_is_refused_before_it_is_fetched(stage: Stage) -> None:
    stage.fake.send_file(b" " * (20 * 2**20 + 1), ADMIN, name="lớn.txt", caption="/add")
    await stage.fake.wait("editMessageText", text="20 MB")
    assert not stage.fake.sent("getFile")


async def test_file_that_cannot_be_fetched_is_told(stage: Stage) -> None:
    stage.fake.fault("error", method="getFile", code=400, text="Bad Request: file is temporarily unavailable")
    stage.fake.send_file(POOL.encode(), ADMIN, name="hồ bơi.md", caption="/add")
    await stage.fake.wait("editMessageText", text="Telegram did not hand the file over.")
    assert inbox(stage) == []


async def test_add_alone_explains_itself(stage: Stage) -> None:
    assert "What shall I add?" in (await stage.asked("/add", ADMIN))["text"]


async def test_stranger_adds_nothing(stage: Stage) -> None:
    stage.fake.send_file(POOL.encode(), STRANGER, name="hồ bơi.md", caption="/add")
    await stage.said(STRANGER)
    sent = stage.fake.send_text("Một tin.\nHai.", STRANGER)
    await stage.said(STRANGER, 2)
    stage.fake.send_text("/add", STRANGER, reply_to=sent["message"]["message_id"])
    await stage.said(STRANGER, 3)
    assert inbox(stage) == []


async def test_caption_for_another_bot_is_left_to_it(stage: Stage) -> None:
    stage.fake.send_file(POOL.encode(), GROUP, name="hồ bơi.md", caption="/add@other_bot", user_id=ADMIN)
    await stage.asked("/help", GROUP, user_id=ADMIN)
    assert inbox(stage) == []
    assert len(stage.fake.sent("sendMessage", chat_id=GROUP)) == 1


async def test_two_texts_under_the_same_heading_are_two_articles(stage: Stage) -> None:
    for text in ("THÔNG BÁO\nMai cúp nước từ 8 giờ.", "THÔNG BÁO\nTối nay phát gạo ở nhà văn hóa."):
        sent = stage.fake.send_text(text, GROUP, ADMIN)["message"]
        stage.fake.send_text("/add", GROUP, ADMIN, reply_to=sent["message_id"])
    await stage.fake.wait("editMessageText", times=2, text=DONE)
    assert len(inbox(stage)) == 2
    titles = [article.title for article in stage.collection.latest(2)]
    assert sorted(titles) == [
        "THÔNG BÁO: Mai cúp nước từ 8 giờ", "THÔNG BÁO: Tối nay phát gạo ở nhà văn hóa",
    ]  # fmt: skip
