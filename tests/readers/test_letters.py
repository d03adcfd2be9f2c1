"""Old Vietnamese fonts and doubly encoded text: made right where that is certain, refused where it is not."""

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from old_fonts import every_syllable, written_in

from retrieval.errors import ReadError
from retrieval.readers.letters import fonts
from retrieval.readers.letters.mending import OLD_FONT, TWICE, mended
from retrieval.readers.letters.syllables import is_written_right
from retrieval.readers.letters.tables import TO_UNICODE, opened_as_1252

SYLLABLES = every_syllable()
NOTICE = (
    "Thông báo cúp điện ở khu phố Bảy\n"
    "Điện lực sẽ cắt điện từ 8 giờ đến 16 giờ ngày 9 tháng 10 để thay trụ và dây cũ.\n"
    "Những hộ ở đường Rạch Dừa được báo trước bằng giấy; ai cần thì hỏi tổ trưởng.\n"
    "Kỹ thuật viên trực cả buổi, xin bà con giữ gìn an toàn."
)
FONTS = sorted(TO_UNICODE)


def reason(text: str) -> str:
    with pytest.raises(ReadError) as caught:
        mended(text, "bài.txt")
    assert caught.value.origin == "bài.txt"
    return str(caught.value.reason)


def doubled(text: str) -> str:
    return text.encode().decode("latin-1")


def test_there_are_as_many_syllables_as_vietnamese_can_write() -> None:
    assert len(SYLLABLES) > 18_000
    assert {"nghiêng", "khuỷu", "được", "giếng", "quốc", "hòa", "ý", "ưỡn"} <= set(SYLLABLES)


@pytest.mark.parametrize("word", ["cap", "đuờng", "hoằc", "wifi", "été", "thôn\u0323g\u0301", "c"])
def test_what_vietnamese_cannot_write_is_no_syllable(word: str) -> None:
    assert not is_written_right(word)


@pytest.mark.parametrize("font", FONTS)
def test_every_syllable_of_every_font_is_converted(font: str) -> None:
    assert [TO_UNICODE[font](written_in(font, word)) for word in SYLLABLES] == SYLLABLES


@pytest.mark.parametrize("font", FONTS)
def test_every_syllable_comes_right_in_lines_of_mixed_ones(font: str) -> None:
    mixed = random.Random(7).sample(SYLLABLES, 3000)
    text = "\n".join(" ".join(mixed[start : start + 25]) for start in range(0, len(mixed), 25))
    assert mended(written_in(font, text), "") == text


@pytest.mark.parametrize("font", [font for font in FONTS if font != "TCVN3"])  # it has few capitals
def test_capitals_are_converted(font: str) -> None:
    assert mended(written_in(font, NOTICE.upper()), "") == NOTICE.upper()


def test_a_word_in_capitals_gets_those_that_its_font_lacks() -> None:
    assert mended("TH¤NG B¸O vÒ viÖc häp tæ d©n phè", "") == "THÔNG BÁO về việc họp tổ dân phố"


@pytest.mark.parametrize("font", FONTS)
def test_a_notice_is_recognised_by_its_text_alone(font: str) -> None:
    assert mended(written_in(font, NOTICE), "") == NOTICE


@pytest.mark.parametrize("font", FONTS)
def test_a_block_in_an_old_font_amid_unicode_is_converted_and_the_rest_left(font: str) -> None:
    first, *rest = NOTICE.split("\n")
    assert mended("\n".join([first, *(written_in(font, line) for line in rest), first]), "") == (
        "\n".join([first, *rest, first])
    )


def test_two_fonts_in_one_text_are_told_apart() -> None:
    text = f"{written_in('VNI', NOTICE)}\n{written_in('TCVN3', NOTICE)}"
    assert mended(text, "") == f"{NOTICE}\n{NOTICE}"


def test_markup_and_quotation_marks_are_left_as_they_are() -> None:
    lines = [f'<p title="{line}">“{line}” – {line}</p>' for line in NOTICE.split("\n")]
    written = "\n".join(lines)
    for line in NOTICE.split("\n"):
        written = written.replace(line, written_in("VISCII", line))
    assert mended(written, "") == "\n".join(lines)


@pytest.mark.parametrize("taken_for", [lambda content: content.decode("latin-1"), opened_as_1252])
def test_text_that_was_encoded_twice_is_repaired(taken_for: Callable[[bytes], str]) -> None:
    assert mended(taken_for(NOTICE.encode()), "") == NOTICE


def test_a_page_that_was_encoded_twice_in_part_is_repaired_there() -> None:
    assert mended(f"{NOTICE}\n{doubled(NOTICE)}", "") == f"{NOTICE}\n{NOTICE}"


def test_text_that_was_encoded_twice_and_lost_bytes_is_refused() -> None:
    lossy = "".join(letter for letter in doubled(NOTICE) if not "\x80" <= letter <= "\x9f")
    assert reason(lossy) == TWICE


def test_a_font_that_nobody_knows_is_refused() -> None:
    assert reason("m«x t¸w b©z n¬j l¹f qu«k d¸b") == OLD_FONT


@pytest.mark.parametrize(
    "text",
    [
        NOTICE,
        NOTICE.upper(),
        "Ðây là trận đánh lớn, Ðồng bào giữ từng tấc đất.",
        "Người thầy nói: “Hãy đọc «Truyện Kiều»” – giá 25 m² đất, 30 °C, §4, © 2026.",
        "Où sont passés les maïs ? Au goût de tous, la fête du mois d'août a été un succès.",
        "Die „größten“ Häuser stehen überall – Adobe® Systems kostet 4½ Euro.",
        "Nepodařilo se otevřít zařízení, vytvořit soubor ani uložit změny v adresáři.",
        "Señor Núñez, el niño y la cigüeña están en España; ¿dónde estás?",
        "De geïnteresseerde Belgische ruïnebouwer reisde via Israël naar Oekraïne, één keer per jaar.",
        "図書館は来週月曜日に再開する。",
        "Café in Đà Nẵng: señor Müller's naïve façade.",
        "<a>«</a>\n<a>×</a>\n<p>Für Mac und Gerät: neue Passwörter.</p>\n© 2015 Heim Medien\n<a>»</a>",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert mended(text, "") == text


@given(st.text("aeoyzùìòÌÒ«»°Ã¸µéạ \n", max_size=12))
def test_a_text_is_suspected_of_an_old_font_wherever_the_sign_stands(text: str) -> None:
    signs = r"[¸µ]|[aeoy]ù|[aeo][ìò]|[a-z][ÌÒ]|[a-z][«»°][a-z]"
    assert fonts.is_suspect(text) == (re.search(signs, text) is not None)
