"""The README's pictures: they show the golden messages of now, and need nothing but their files."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import HANOI
from test_golden import MESSAGES, picture

from bot.language import Languages
from bot.reply import Reply
from docs import font, lines, pictures
from docs.bubble import LEADING, Block, bubble
from docs.message import Button, Message, Piece, read

README = (pictures.ROOT / "README.md").read_text(encoding="utf-8")
DRAWN = pictures.drawn()
SVG = "{http://www.w3.org/2000/svg}"

words = st.text("aăâđêôơưyẢỆỮỴ🏆👍1.,", min_size=1, max_size=40)


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
    committed = {path.name: path.read_text(encoding="utf-8") for path in pictures.FOLDER.iterdir()}
    assert committed.keys() == DRAWN.keys()
    assert [name for name in DRAWN if DRAWN[name] != committed[name]] == [], "run `make pictures`"


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


@given(text=st.lists(words).map(" ".join), width=st.integers(60, 400))
def test_lines_hold_every_word_and_are_no_wider_than_asked(text: str, width: int) -> None:
    wrapped = list(lines.wrap(lines.letters([Piece(text=text)]), 15, width))
    assert all(line.width(15) <= width for line in wrapped)
    shown = "".join(letter.character for line in wrapped for letter in line.letters)
    assert shown.replace(" ", "") == text.replace(" ", "")


def test_a_word_goes_to_the_next_line_whole() -> None:
    room = lines.line("thư viện phườn", "text").width(15) + 1
    wrapped = lines.wrap(lines.letters([Piece(text="thư viện phường")]), 15, room)
    assert ["".join(letter.character for letter in line.letters) for line in wrapped] == [
        "thư viện",
        "phường",
    ]


def test_an_expandable_quote_is_folded_to_three_lines_and_another_is_not() -> None:
    text = "Mỗi hộ kiểm tra bình chữa cháy vào ngày đầu tháng. " * 6
    folded = bubble(read(f"<expandable_blockquote>{text}</expandable_blockquote>"), "20:15")
    whole = bubble(read(f"<blockquote>{text}</blockquote>"), "20:15")
    short = bubble(read("<expandable_blockquote>Mỗi hộ.</expandable_blockquote>"), "20:15")
    assert [(len(block.lines), block.is_folded) for block in folded.blocks] == [(3, True)]
    assert [(len(block.lines) > 3, block.is_folded) for block in whole.blocks] == [(True, False)]
    assert [(len(block.lines), block.is_folded) for block in short.blocks] == [(1, False)]


def test_quotes_stand_apart_from_the_lines_around_them() -> None:
    spoken = bubble(read("Ví dụ:\n<blockquote>Mở cửa\nlúc nào?</blockquote>\n\nGõ đi."), "20:15")
    assert [(len(block.lines), block.is_quote) for block in spoken.blocks] == [
        (1, False),
        (2, True),
        (2, False),
    ]
    assert spoken.blocks[0] == Block(lines=(lines.line("Ví dụ:", "text"),))
    assert spoken.blocks[1].height > 2 * LEADING


def test_an_empty_line_inside_a_quote_belongs_to_it() -> None:
    spoken = bubble(read("<blockquote>Một.\n\nHai.</blockquote>"), "20:15")
    assert [(len(block.lines), block.is_quote) for block in spoken.blocks] == [(3, True)]


def test_a_label_that_is_too_long_ends_in_dots() -> None:
    width = lines.line("Theo dõi c…", "white").width(13) - 1
    label = lines.shortened("Theo dõi câu hỏi này", "white", 13, width)
    assert label.width(13) <= width
    assert "".join(letter.character for letter in label.letters) == "Theo dõi…"


def test_a_character_that_cannot_be_drawn_is_named() -> None:
    with pytest.raises(
        font.MissingGlyphError, match=r"no drawing of '🦄' \(U\+1F984\): add one to docs/emoji"
    ):
        lines.line("🦄", "text")


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_needs_nothing_but_its_file(name: str) -> None:
    root = ElementTree.fromstring(DRAWN[name])
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    used = {element.get("href", "").removeprefix("#") for element in root.iter(f"{SVG}use")}
    assert used
    assert used <= ids
    assert list(root.iter(f"{SVG}text")) == []  # would need a font
    assert set(re.findall(r"https?://[\w.]+", DRAWN[name])) == {"http://www.w3.org"}
    assert len(DRAWN[name].encode()) < 150_000


@pytest.mark.parametrize("shown", pictures.PICTURES, ids=lambda shown: shown.name)
def test_a_picture_can_be_read_out_and_its_themes_differ_in_colours_only(shown: pictures.Picture) -> None:
    light, dark = (DRAWN[f"{shown.name}.{theme}.svg"] for theme in ("light", "dark"))
    assert light != dark
    colours = re.compile(r"<style>.*</style>|stop-color=\"[^\"]*\"")
    assert colours.sub("", light) == colours.sub("", dark)
    read_out = ElementTree.fromstring(light).findtext(f"{SVG}desc") or ""
    golden = (pictures.GOLDEN / f"{shown.golden}.txt").read_text(encoding="utf-8")
    assert shown.asked in read_out
    assert read(golden).text in read_out


def test_the_readme_shows_every_picture_by_day_and_by_night_with_words_for_it() -> None:
    pattern = (
        r'<picture><source media="\(prefers-color-scheme: dark\)" srcset="docs/pictures/(\w+)\.dark\.svg">'
        r'<img src="docs/pictures/(\w+)\.light\.svg" width="\d+" alt="[^"]{20,}"></picture>'
    )
    names = [shown.name for shown in pictures.PICTURES]
    assert re.findall(pattern, README) == [(name, name) for name in names]
    assert README.count("docs/pictures/") == 2 * len(names)
