"""A channel in which the bot is an admin: its posts are articles; those of a stranger's channel are not."""

import json
from pathlib import Path

from fakegram.model import Upload
from stage import ADMIN, GROUP, READER, STRANGER, Stage, links

from bot.handlers.admins.invitations import MOST_TOLD

pytest_plugins = ["stage_fixtures"]

CHANNEL = -1001234567890
POST = "THÔNG BÁO\nPhòng khám phường tiêm vắc xin dại vào sáng thứ bảy, mỗi mũi hai trăm nghìn đồng."
QUESTION = "Tiêm vắc xin dại bao nhiêu tiền?"


def folder(stage: Stage) -> Path:
    return stage.settings.articles_dir / "telegram" / "kenh-1234567890"


def files(stage: Stage) -> list[str]:
    return sorted(path.name for path in folder(stage).glob("*") if not path.name.startswith("."))


async def appointed(stage: Stage, by: int = ADMIN) -> None:
    stage.fake.add_chat(CHANNEL, type="channel", title="Phường Bến Đá", username="phuongbenda")
    stage.fake.add_chat(ADMIN)
    stage.fake.member(CHANNEL, "administrator", user_id=by)
    await stage.said(ADMIN)


async def taken(stage: Stage, text: str, generation: int, **how: object) -> int:
    """Let the channel post, and wait until the collection has changed; return the post's number."""
    number: int = 0
    for body in stage.fake.send_post(text, CHANNEL, **how).values():
        number = body["message_id"] if isinstance(body, dict) else number
    while stage.collection.generation == generation:
        await stage.asked("/help", READER)
    return number


async def test_a_post_is_found_a_moment_later_with_its_link_and_an_edit_corrects_it(stage: Stage) -> None:
    await appointed(stage)
    number = await taken(stage, POST, stage.collection.generation)
    found = await stage.asked(QUESTION, READER)
    assert "hai trăm nghìn" in found["text"]
    assert links(found)[0].startswith(f"https://t.me/phuongbenda/{number}")
    await taken(stage, POST.replace("hai", "ba"), stage.collection.generation, message_id=number)
    assert "ba trăm nghìn" in (await stage.asked(QUESTION, READER))["text"]
    assert files(stage) == [f"{number}.jsonl"]
    assert not stage.fake.sent("sendMessage", chat_id=CHANNEL)


async def test_halves_of_characters_in_a_title_and_a_post_keep_no_post_out(stage: Stage) -> None:
    await appointed(stage)
    stage.fake.chats[CHANNEL].fields["title"] = "Phường \ud83d"
    await taken(stage, f"\ud83d {POST} \udc00", stage.collection.generation)
    assert "hai trăm nghìn" in (await stage.asked(QUESTION, READER))["text"]


async def test_a_post_that_loses_its_words_is_no_article_any_more(stage: Stage) -> None:
    await appointed(stage)
    number = await taken(stage, POST, stage.collection.generation)
    await taken(stage, "", stage.collection.generation, message_id=number)
    assert files(stage) == []
    assert "hai trăm nghìn" not in (await stage.asked(QUESTION, READER))["text"]


async def test_a_document_of_a_post_is_found_under_the_link_of_the_post(stage: Stage) -> None:
    await appointed(stage)

    def brought(name: str, text: str) -> dict[str, object]:
        return {"document": stage.fake.add_file("document", Upload(text.encode(), name, "text/plain"))}

    notice = "Lịch cắt nước\n\nTrạm cấp nước cắt nước từ 8 giờ đến 11 giờ để súc rửa đường ống ấp Mỹ Phú."
    number = await taken(stage, "", stage.collection.generation, **brought("lich.txt", notice))
    found = await stage.asked("Cắt nước ấp Mỹ Phú từ mấy giờ?", READER)
    assert "từ 8 giờ đến 11 giờ" in found["text"]
    assert links(found)[0].startswith(f"https://t.me/phuongbenda/{number}")
    assert files(stage) == [f"{number}-lich.txt"]
    generation, later = stage.collection.generation, brought("lich-moi.txt", notice.replace("8 giờ", "9 giờ"))
    await taken(stage, "", generation, message_id=number, **later)
    while files(stage) != [f"{number}-lich-moi.txt"]:
        await stage.asked("/help", READER)
    while "từ 9 giờ" not in (await stage.asked("Cắt nước ấp Mỹ Phú từ mấy giờ?", READER))["text"]:
        pass


async def test_older_posts_come_from_an_export_and_edits_of_them_take_their_places(stage: Stage) -> None:
    await appointed(stage)
    await taken(stage, "Chợ nghỉ hôm nay.", stage.collection.generation, message_id=900)
    export = {"name": "Phường Bến Đá", "type": "public_channel", "id": 1234567890}
    export["messages"] = [
        {"id": 8, "type": "message", "date": "2026-03-02T08:30:00", "text": POST},
        {"id": 900, "type": "message", "date": "2026-03-02T08:30:00", "text": "Chợ nghỉ hôm qua."},
    ]
    stage.fake.send_file(json.dumps(export).encode(), ADMIN, name="result.json", mime="application/json")
    await stage.fake.wait("editMessageText", text="Added")
    assert links(await stage.asked(QUESTION, READER))[0].startswith("https://t.me/phuongbenda/8")
    stage.fake.store[CHANNEL, 8] = {
        "message_id": 8,
        "date": 1772415000,
        "chat": stage.fake.chats[CHANNEL].info,
        "text": POST,
    }
    await taken(stage, POST.replace("hai", "ba"), stage.collection.generation, message_id=8)
    assert "ba trăm nghìn" in (await stage.asked(QUESTION, READER))["text"]
    report = stage.collection.reload()
    assert (report.added, report.updated, report.removed, report.failed) == (0, 0, 0, ())
    assert files(stage) == ["8.jsonl", "900.jsonl", "result.json"]


async def test_a_channel_that_a_stranger_brought_the_bot_into_is_not_read(stage: Stage) -> None:
    await appointed(stage, by=STRANGER)
    assert "không đọc kênh này" in stage.fake.sent("sendMessage", chat_id=ADMIN)[0].text
    stage.fake.send_post(POST, CHANNEL)
    await stage.asked("/help", READER)
    assert files(stage) == []


async def test_a_channel_is_read_on_when_a_colleague_changes_the_rights_of_the_bot(stage: Stage) -> None:
    await appointed(stage)
    stage.fake.member(CHANNEL, "administrator", user_id=STRANGER)
    await taken(stage, POST, stage.collection.generation)
    assert "hai trăm nghìn" in (await stage.asked(QUESTION, READER))["text"]


async def test_admins_hear_of_few_of_the_channels_and_groups_that_strangers_bring_the_bot_into(
    stage: Stage,
) -> None:
    stage.fake.configure(privacy=True)
    stage.fake.add_chat(ADMIN)
    for number in range(10):
        channel, group = CHANNEL - number, GROUP - number
        stage.fake.add_chat(channel, type="channel", title=f"Kênh {number}")
        stage.fake.member(channel, "administrator", user_id=STRANGER)
        stage.fake.outside(stage.fake.add_chat(group, title=f"Nhóm {number}"), "left")
        stage.fake.member(group, "member", user_id=STRANGER)
        await stage.fake.wait("sendMessage", chat_id=group)
    await stage.asked("/help", ADMIN)
    *told, last, _ = [call.text for call in stage.fake.sent("sendMessage", chat_id=ADMIN)]
    assert len(told) == MOST_TOLD
    assert all("Kênh" in text or "Nhóm" in text for text in told)
    assert "không báo thêm" in last
    stage.fake.member(CHANNEL, "administrator", user_id=ADMIN)
    await stage.fake.wait("sendMessage", chat_id=ADMIN, text="Mình đã vào kênh")


async def test_a_channel_from_before_is_read_only_if_an_admin_looks_after_it(stage: Stage) -> None:
    stage.fake.add_chat(CHANNEL, type="channel", title="Phường Bến Đá")
    stage.fake.chats[CHANNEL].members[STRANGER] = "creator"
    stage.fake.send_post(POST, CHANNEL)
    await stage.fake.wait("getChatAdministrators")
    await stage.asked("/help", READER)
    assert files(stage) == []
    other = CHANNEL - 1
    stage.fake.add_chat(other, type="channel", title="Phường")
    stage.fake.chats[other].members[ADMIN] = "creator"
    generation = stage.collection.generation
    stage.fake.send_post(POST, other)
    while stage.collection.generation == generation:
        await stage.asked("/help", READER)
    [article] = [article for article in stage.collection.articles() if article.section]
    assert article.url == f"https://t.me/c/1234567891/{article.origin.rsplit('/', 1)[1].partition('.')[0]}"
