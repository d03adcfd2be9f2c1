"""What an admin sends in the private chat becomes articles, and can be corrected and undone."""

from pathlib import Path

import pytest
from stage import ADMIN, READER, STRANGER, Stage, buttons

from retrieval.readers.documents import scan

pytest_plugins = ["stage_fixtures"]

DOCUMENTS = Path(__file__).parents[1] / "documents"
ADDED = "Added: people find it from now on."
NOTICE = "THÔNG BÁO\nPhòng khám phường tiêm vắc xin dại vào sáng thứ bảy, mỗi mũi hai trăm nghìn đồng."
needs_tesseract = pytest.mark.skipif(
    scan.language() != "vie", reason="tesseract-ocr and tesseract-ocr-vie are not installed"
)


def inbox(stage: Stage) -> list[str]:
    folder = stage.settings.articles_dir / "telegram"
    return sorted(path.name for path in folder.glob("*") if not path.name.startswith("."))


def send(stage: Stage, name: str, chat: int = ADMIN, **how: object) -> None:
    stage.fake.send_file((DOCUMENTS / name).read_bytes(), chat, name=name, **how)  # type: ignore[arg-type]


async def answer(stage: Stage, question: str) -> str:
    text: str = (await stage.asked(question, READER))["text"]
    return text


async def test_a_pdf_is_found_a_moment_later_with_its_page(stage: Stage) -> None:
    send(stage, "bulletin.pdf", mime="application/pdf")
    await stage.fake.wait("editMessageText", text=ADDED)
    said = await answer(stage, "Đoạn số 24 hết ở đâu?")
    assert "Đoạn số 24 hết ở đây." in said
    assert "page 2" in said


async def test_a_word_file_in_tcvn3_is_found_a_moment_later(stage: Stage) -> None:
    send(stage, "letter_tcvn3.doc", mime="application/msword")
    [call] = await stage.fake.wait("editMessageText", text=ADDED)
    [article] = stage.collection.latest(1)
    assert article.title in call.text
    quoted = article.body.split("\n")[-1].split(".")[0]
    assert quoted in await answer(stage, quoted)


@needs_tesseract
async def test_a_scan_is_found_a_moment_later_and_said_to_be_one(stage: Stage) -> None:
    stage.fake.send_file((DOCUMENTS / "scan.png").read_bytes(), ADMIN, kind="photo", name="a.png")
    await stage.fake.wait("editMessageText", text=ADDED)
    [article] = [article for article in stage.collection.articles() if article.is_scan]
    assert "from a scan" in await answer(stage, article.body.split("\n")[-1])


async def test_an_album_is_told_in_one_message_and_each_file_can_be_found(stage: Stage) -> None:
    for name in ("bulletin.pdf", "rows.xlsx", "letter_tcvn3.rtf"):
        send(stage, name, media_group_id="77")
    stage.fake.send_file(b"\x00", ADMIN, name="hỏng.pdf", media_group_id="77")
    [call] = await stage.fake.wait("editMessageText", text="3 of 4 have come in")
    assert len(stage.fake.sent("sendMessage", chat_id=ADMIN)) == 1
    assert "✗ hỏng.pdf: I could not take this in" in call.text
    assert buttons(call.result) == ["✏️ 1", "✏️ 2", "✏️ 3"]
    assert len(inbox(stage)) == 3
    stage.fake.press("✏️ 1", ADMIN)
    assert (await stage.said(ADMIN, 2))["text"].startswith("In the collection:")


async def test_a_text_is_taken_in_if_the_admin_says_so_and_asked_otherwise(stage: Stage) -> None:
    asked = await stage.asked(NOTICE, ADMIN)
    assert buttons(asked) == ["Add it", "It is a question"]
    stage.fake.press("Add it", ADMIN)
    await stage.fake.wait("editMessageText", text=ADDED)
    assert "hai trăm nghìn" in await answer(stage, "Tiêm vắc xin dại bao nhiêu tiền?")
    before = len(stage.fake.sent("sendMessage", chat_id=ADMIN))
    await stage.asked("Thư viện phường\nmở cửa ngày nào?", ADMIN)
    stage.fake.press("It is a question", ADMIN)
    assert "ngày 11 tháng 3" in (await stage.said(ADMIN, before + 2))["text"]


async def test_a_text_that_is_edited_takes_its_own_place(stage: Stage) -> None:
    sent = stage.fake.send_text(NOTICE, ADMIN)["message"]
    await stage.said(ADMIN)
    stage.fake.press("Add it", ADMIN)
    await stage.fake.wait("editMessageText", text=ADDED)
    stage.fake.edit_text(ADMIN, sent["message_id"], NOTICE.replace("hai trăm", "ba trăm"))
    await stage.fake.wait("editMessageText", text="Taken in again, with its changes.")
    assert "ba trăm nghìn" in await answer(stage, "Tiêm vắc xin dại bao nhiêu tiền?")
    assert len(inbox(stage)) == 1


async def test_a_post_forwarded_from_a_channel_brings_its_link_and_date(stage: Stage) -> None:
    channel = {"id": -1001234, "type": "channel", "title": "Phường Bến Đá", "username": "phuongbenda"}
    origin = {"type": "channel", "chat": channel, "message_id": 5, "date": 1772415000}
    stage.fake.send_text(NOTICE, ADMIN, forward_origin=origin)
    await stage.fake.wait("editMessageText", text=ADDED)
    [article] = [article for article in stage.collection.articles() if article.section]
    assert article.url == "https://t.me/phuongbenda/5"
    assert article.published is not None
    assert article.published.timestamp() == 1772415000


async def test_title_date_and_link_can_be_corrected_and_all_of_it_undone(stage: Stage) -> None:
    stage.fake.send_file("Chợ nổi họp từ bốn giờ sáng.".encode(), ADMIN, name="cho.txt")
    [call] = await stage.fake.wait("editMessageText", text=ADDED)
    assert "I do not know its date." in call.text
    for number, (button, words) in enumerate(
        (("Title", "Giờ họp chợ nổi"), ("Date", "5/6/2026"), ("Link", "https://phuong.example.vn/cho"))
    ):
        stage.fake.press(button, ADMIN, call.result["message_id"])
        prompt = await stage.said(ADMIN, 2 * number + 2)
        stage.fake.send_text(words, ADMIN, reply_to=prompt["message_id"])
        assert (await stage.said(ADMIN, 2 * number + 3))["text"].startswith("Corrected.")
    said = await answer(stage, "Chợ nổi họp từ mấy giờ?")
    assert "Giờ họp chợ nổi" in said
    assert "phuong.example.vn · 5 Jun 2026" in said
    assert stage.collection.reload().updated == 0
    stage.fake.press("Undo", ADMIN, call.result["message_id"])
    await stage.fake.wait("editMessageText", text="Undone")
    assert list((stage.settings.articles_dir / "telegram").iterdir()) == []
    assert "bốn giờ sáng" not in await answer(stage, "Chợ nổi họp mấy giờ vậy?")


async def test_a_correction_that_makes_no_sense_is_explained(stage: Stage) -> None:
    stage.fake.send_file("Chợ nổi họp từ bốn giờ sáng.".encode(), ADMIN, name="cho.txt")
    [call] = await stage.fake.wait("editMessageText", text=ADDED)
    stage.fake.press("Date", ADMIN, call.result["message_id"])
    prompt = await stage.said(ADMIN, 2)
    stage.fake.send_text("hôm nào đó", ADMIN, reply_to=prompt["message_id"])
    assert "5/6/2026" in (await stage.said(ADMIN, 3))["text"]


async def test_an_article_of_today_gets_its_date_by_one_button(stage: Stage) -> None:
    stage.fake.send_file("Chợ nổi họp từ bốn giờ sáng.".encode(), ADMIN, name="cho.txt")
    [call] = await stage.fake.wait("editMessageText", text=ADDED)
    stage.fake.press("It is from today", ADMIN, call.result["message_id"])
    await stage.fake.wait("editMessageText", text="Corrected.")
    [article] = [article for article in stage.collection.articles() if "nổi" in article.body]
    assert article.published is not None


async def test_the_caption_of_a_file_may_name_its_page(stage: Stage) -> None:
    stage.fake.send_file(
        "Chợ nổi họp từ bốn giờ sáng.".encode(),
        ADMIN,
        name="cho.txt",
        caption="https://a.example.vn/1\n5/6/2026",
    )
    [call] = await stage.fake.wait("editMessageText", text=ADDED)
    assert "a.example.vn · 5 Jun 2026" in call.text


async def test_different_files_under_one_name_both_stay(stage: Stage) -> None:
    for text in ("Lịch tiêm chủng\n\nTiêm sáng thứ hai.", "Lịch họp tổ\n\nHọp tối thứ ba."):
        stage.fake.send_file(text.encode(), ADMIN, name="thong-bao.txt")
    await stage.fake.wait("editMessageText", times=2, text=ADDED)
    assert inbox(stage) == ["thong-bao-2.txt", "thong-bao.txt"]


async def test_another_version_takes_the_place_of_a_file_and_undo_puts_it_back(stage: Stage) -> None:
    for text in ("Lịch tiêm chủng\n\nTiêm sáng thứ hai.", "Lịch tiêm chủng\n\nTiêm sáng thứ năm."):
        stage.fake.send_file(text.encode(), ADMIN, name="thong-bao.txt")
    [call] = await stage.fake.wait("editMessageText", text="Taken in again")
    assert inbox(stage) == ["thong-bao.txt"]
    stage.fake.press("Undo", ADMIN, call.result["message_id"])
    await stage.fake.wait("editMessageText", text="Undone")
    assert "thứ hai" in await answer(stage, "Lịch tiêm chủng sáng thứ mấy?")


async def test_what_is_there_already_is_said_to_be(stage: Stage) -> None:
    library = (stage.settings.articles_dir / "library.md").read_bytes().split(b"---\n")[2]
    stage.fake.send_file("Thư viện phường mở cửa trở lại\n\n".encode() + library, ADMIN, name="thu-vien.txt")
    await stage.fake.wait("editMessageText", text="Another article says just the same.")
    assert inbox(stage) == []


async def test_halves_of_characters_in_a_name_and_a_caption_keep_no_file_out(stage: Stage) -> None:
    sent = (("\ud83d.pdf", ADDED), ("lịch \udc00 họp.pdf", "Another article says just the same."))
    for number, (name, told) in enumerate(sent):
        content = (DOCUMENTS / "bulletin.pdf").read_bytes() + b"\n" * number
        stage.fake.send_file(
            content, ADMIN, name=name, mime="application/pdf", caption="\ud83d https://phuong.example/\ud83d"
        )
        await stage.fake.wait("editMessageText", text=told, chat_id=ADMIN)
    assert "Đoạn số 24 hết ở đây." in await answer(stage, "Đoạn số 24 hết ở đâu?")


async def test_a_stranger_puts_nothing_in(stage: Stage) -> None:
    send(stage, "letter.pdf", STRANGER)
    send(stage, "scan.png", STRANGER, kind="photo")
    send(stage, "letter_tcvn3.doc", STRANGER, mime="application/msword")
    for name in ("bulletin.pdf", "rows.xlsx"):
        send(stage, name, STRANGER, media_group_id="78")
    stage.fake.send_text(NOTICE, STRANGER)
    await stage.asked("/help", STRANGER)
    assert inbox(stage) == []
    assert not stage.fake.sent("getFile")


async def test_a_button_that_a_stranger_makes_up_does_nothing(stage: Stage) -> None:
    stage.fake.send_file("Chợ nổi họp từ bốn giờ sáng.".encode(), ADMIN, name="cho.txt")
    [call] = await stage.fake.wait("editMessageText", text=ADDED)
    key = call.result["reply_markup"]["inline_keyboard"][-1][0]["callback_data"].partition(":")[2]
    said = await stage.asked("/help", STRANGER)
    for data in (f"undo:{key}", f"card:{key}", f"fix:today:{key}", f"fix:title:{key}", "meant:add"):
        stage.fake.press_raw(data, {"message": said}, STRANGER, STRANGER)
    await stage.fake.wait("answerCallbackQuery", times=5)
    assert inbox(stage) == ["cho.txt"]
    assert len(stage.fake.sent("sendMessage", chat_id=STRANGER)) == 1
