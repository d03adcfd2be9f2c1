"""Channels: Telegram Desktop's export becomes articles, and so does what stands beside it."""

import json
from datetime import datetime
from pathlib import Path

from reading import items, reason

from retrieval.article import Article
from retrieval.readers.channel import USERNAME

EXPORT = {
    "name": "Phường Bến Đá",
    "type": "public_channel",
    "id": 1234567890,
    "messages": [
        {"id": 1, "type": "service", "action": "create_channel", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2026-03-02T08:30:00",
            "date_unixtime": "1772415000",
            "text": [
                {"type": "bold", "text": "THÔNG BÁO"},
                "\nMai cúp nước từ 8 giờ. Xem ",
                {"type": "link", "text": "phuong.example.vn"},
            ],
        },
        {"id": 3, "type": "message", "date": "2026-03-03T08:30:00", "photo": "a.jpg", "text": ""},
        {"id": 4, "type": "message", "date": "2026-03-04T08:30:00", "text": "Chợ nghỉ hôm nay."},
    ],
}


def export(folder: Path, **changes: object) -> Path:
    path = folder / "result.json"
    path.write_text(json.dumps({**EXPORT, **changes}, ensure_ascii=False), encoding="utf-8")
    return path


def articles(path: Path) -> list[Article]:
    return [item for item in items(path) if isinstance(item, Article)]


def test_each_post_with_words_is_an_article_with_its_address_and_date(tmp_path: Path) -> None:
    water, market = articles(export(tmp_path))
    assert water.title == "THÔNG BÁO: Mai cúp nước từ 8 giờ"
    assert water.body == "Mai cúp nước từ 8 giờ. Xem phuong.example.vn"
    assert water.id == water.url == "https://t.me/c/1234567890/2"
    assert (water.published, water.section) == (
        datetime.fromisoformat("2026-03-02T08:30:00+07:00"),
        "Phường Bến Đá",
    )
    assert (market.body, market.origin) == ("Chợ nghỉ hôm nay.", f"{tmp_path / 'result.json'}#4")


def test_the_public_name_of_the_channel_makes_public_addresses_and_the_same_ids(tmp_path: Path) -> None:
    (tmp_path / USERNAME).write_text("phuongbenda", encoding="utf-8")
    [_, market] = articles(export(tmp_path))
    assert (market.id, market.url) == ("https://t.me/c/1234567890/4", "https://t.me/phuongbenda/4")


def test_a_post_that_has_a_file_of_its_own_is_left_to_it(tmp_path: Path) -> None:
    (tmp_path / "4.jsonl").write_text('{"text": "Chợ mở lại."}', encoding="utf-8")
    assert [article.origin[-2:] for article in articles(export(tmp_path))] == ["#2"]


def test_the_export_of_a_chat_among_people_is_refused(tmp_path: Path) -> None:
    assert "a chat, not a channel" in str(reason(export(tmp_path, type="private_supergroup")))
