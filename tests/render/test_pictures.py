"""The README's pictures: they show the golden messages of now; no browser is needed to know that."""

import re
import struct
from html import unescape

import pytest
from samples import HANOI
from test_golden import MESSAGES, picture

from bot.language import Languages
from bot.reply import Reply
from docs import pictures
from docs.message import Button, Message, Piece, read
from docs.page import text_html

README = (pictures.ROOT / "README.md").read_text(encoding="utf-8")


def said(message: Message, mark: str) -> list[str]:
    """The text under entities of one type, letter by letter."""
    return [letter for piece in message.pieces if mark in piece.marks for letter in piece.text]


def meant(reply: Reply, mark: str) -> list[str]:
    encoded = reply.text.encode("utf-16-le")
    return [
        letter
        for entity in sorted(reply.entities, key=lambda entity: entity.offset)
        if entity.type == mark
        for letter in encoded[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")
    ]


def test_pictures_in_the_readme_are_of_the_golden_messages_of_now() -> None:
    assert pictures.sums() == pictures.SOURCES.read_text(encoding="utf-8"), "run `make pictures`"


def test_every_picture_is_there_and_no_other() -> None:
    drawn = {shown.file(theme) for shown in pictures.PICTURES for theme in pictures.THEMES}
    assert {*pictures.FOLDER.iterdir()} == drawn | {pictures.SOURCES}


@pytest.mark.parametrize("code", ["vi", "en"])
@pytest.mark.parametrize("name", MESSAGES)
def test_a_golden_message_is_read_back_as_it_was(name: str, code: str) -> None:
    reply = MESSAGES[name](Languages("vi", HANOI).of(code))
    message = read(picture(reply))
    assert message.text == reply.text
    for mark in {entity.type for entity in reply.entities}:
        assert said(message, mark) == meant(reply, mark)
    rows = reply.keyboard.inline_keyboard if reply.keyboard else ()
    assert message.rows == tuple(
        tuple(
            Button(text=button.text, is_link=bool(button.url), is_primary=bool(button.style))
            for button in row
        )
        for row in rows
    )


def test_brackets_in_a_text_are_no_buttons() -> None:
    assert read("Kho bài\n\n[1] Đọc cả bài\n") == Message(pieces=(Piece(text="Kho bài\n\n[1] Đọc cả bài"),))


def test_commands_look_like_links_as_telegram_shows_them() -> None:
    assert said(read("Xem thêm: /help, không phải 20/11"), "bot_command") == list("/help")


def test_a_quote_is_a_block_of_its_own_and_an_expandable_one_can_be_folded() -> None:
    said = read("Ví dụ:\n<blockquote>Mở cửa\n\nlúc nào?</blockquote>\n\nGõ <bold>đi</bold>.")
    assert text_html(said) == ("Ví dụ:<blockquote><div>Mở cửa\n\nlúc nào?</div></blockquote>\nGõ <b>đi</b>.")
    folded = text_html(read("<expandable_blockquote>Mỗi hộ.</expandable_blockquote>"))
    assert folded == '<blockquote class="expandable"><div>Mỗi hộ.</div></blockquote>'


def test_no_text_becomes_markup_of_the_page() -> None:
    assert text_html(Message(pieces=(Piece(text='<img src="x"> & $time'),))) == (
        "&lt;img src=&quot;x&quot;&gt; &amp; $time"
    )


@pytest.mark.parametrize("theme", pictures.THEMES)
@pytest.mark.parametrize("shown", pictures.PICTURES, ids=lambda shown: shown.name)
def test_a_page_says_what_was_asked_and_answered_and_loads_nothing(
    shown: pictures.Picture, theme: str
) -> None:
    html = shown.page(theme)
    answer = read(shown.source.read_text(encoding="utf-8"))
    labels = [button.text for row in answer.rows for button in row]
    expected = [shown.asked, shown.time, answer.text, shown.time, *labels]
    assert without_spaces("".join(expected)) in without_spaces(unescape(re.sub("<[^>]+>", "", html)))
    assert set(re.findall(r"(?:https?:)?//[\w.]+", html)) == {"http://www.w3.org"}


def without_spaces(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("theme", pictures.THEMES)
@pytest.mark.parametrize("shown", pictures.PICTURES, ids=lambda shown: shown.name)
def test_a_picture_is_sharp_and_small(shown: pictures.Picture, theme: str) -> None:
    content = shown.file(theme).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == tuple(2 * side for side in pictures.SIZE)
    assert len(content) < 80_000


def test_the_readme_shows_every_picture_by_day_and_by_night_with_words_for_it() -> None:
    pattern = (
        r'<picture><source media="\(prefers-color-scheme: dark\)" srcset="docs/pictures/(\w+)\.dark\.png">'
        r'<img src="docs/pictures/(\w+)\.light\.png" width="\d+" alt="[^"]{20,}"></picture>'
    )
    names = [shown.name for shown in pictures.PICTURES]
    assert re.findall(pattern, README) == [(name, name) for name in names]
    assert README.count("docs/pictures/") == 2 * len(names)
