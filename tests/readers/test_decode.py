import pytest
from reading import windows_1258

from retrieval.errors import ReadError
from retrieval.readers.decode import decode
from retrieval.text.canonical import clean

# One sentence as typed with a Unicode font, and with the fonts of the nineties over Windows-1252.
VIETNAMESE = "Phường Hải Yến họp dân bàn việc đặt tên ngõ, mở rộng đường và giữ nước sạch."

VNI = "Phöôøng Haûi Yeán hoïp daân baøn vieäc ñaët teân ngoõ, môû roäng ñöôøng vaø giöõ nöôùc saïch."
TCVN3 = "Ph\u00adêng H¶i YÕn häp d©n bµn viÖc ®Æt tªn ngâ, më réng ®\u00adêng vµ gi÷ n\u00adíc s¹ch."


def refused(content: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        decode(content, "bài.txt")
    assert caught.value.origin == "bài.txt"
    return str(caught.value.reason)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert decode(VIETNAMESE.encode(encoding), "") == VIETNAMESE


def test_big_endian_utf_16_with_its_mark_is_read() -> None:
    assert decode(b"\xfe\xff" + VIETNAMESE.encode("utf-16-be"), "") == VIETNAMESE


@pytest.mark.parametrize("text", [VIETNAMESE, "Được", "Tiếng Việt: ướt, mỡ, kỹ, lễ, ngủ"])
def test_windows_1258_is_read_with_every_tone_on_its_vowel(text: str) -> None:
    assert clean(decode(windows_1258(text), "")) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gbk", "市长昨天宣布图书馆将于下周一重新开放，欢迎市民前来参观。"),
        ("shift_jis", "市長は昨日、図書館を来週月曜日に再開すると発表しました。"),
        ("cp874", "นายกเทศมนตรีประกาศว่าห้องสมุดจะเปิดอีกครั้งในวันจันทร์หน้า"),
        ("cp1252", "It’s the mayor’s “new” library – open daily from eight to five."),
        ("cp1252", "Die Straße zur Bücherei wird nächste Woche für Fußgänger geöffnet."),
    ],
)
def test_another_encoding_is_read_where_all_guesses_come_to_the_same_text(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "") == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Lunedì mattina il sindaco è venuto perché la città festeggia; però pioveva più di ieri."),
        ("cp1252", "Le maire a annoncé à l'hôtel de ville que les élèves étaient invités à l'été."),
        ("koi8-r", "Мэр города сообщил жителям о ремонте дороги и новых автобусах."),
    ],
)
def test_text_that_two_encodings_read_differently_is_refused_unless_it_is_declared(
    encoding: str, text: str
) -> None:
    content = text.encode(encoding)
    assert refused(content).startswith("not decodable: byte ")
    assert decode(content, "", declared={"cp1252": "ISO-8859-1"}.get(encoding, encoding)) == text


@pytest.mark.parametrize("declared", ["", "windows-1252", "ISO-8859-1", "windows-1258"])
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (VNI, VIETNAMESE),
        (TCVN3, VIETNAMESE),
        (f"{VNI.upper()} {VNI}", f"{VIETNAMESE.upper()} {VIETNAMESE}"),
        (TCVN3 * 20, VIETNAMESE * 20),
    ],
)
def test_the_letters_of_an_old_vietnamese_font_are_converted(written: str, meant: str, declared: str) -> None:
    assert decode(written.encode("cp1252"), "", declared=declared) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Baûng giaù nöôùc", "Bảng giá nước"),
        ("Lòch thu gom raùc", "Lịch thu gom rác"),
        ("LÞch tiÕp d©n", "Lịch tiếp dân"),
        ("Hai möôi hoä", "Hai mươi hộ"),
    ],
)
def test_one_line_in_an_old_font_is_enough(written: str, meant: str) -> None:
    assert decode(written.encode("cp1252"), "") == meant


@pytest.mark.parametrize(
    "text",
    [
        "Où sont passés les maïs ? Au goût de tous, la fête du mois d'août a été un succès, malgré son coût.",
        "Jord- og naturøkonomien på øen: færgen sejler ikke, før miljøøvelsen er slut på Læsø.",
        "A col·lecció i a la il·lustració, l'ús de l'accent és obligatori; el país també ho és.",
        "Os camarões e os leões põem-se à sombra; as ações do município são elogiadas até no Ceará.",
        "De geïnteresseerde Belgische ruïnebouwer reisde via Israël naar Oekraïne, één keer per jaar.",
        "Die „größten“ Häuser stehen überall – Adobe® Systems kostet 4½ Euro.",
    ],
)
@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1"])
def test_a_western_text_is_not_taken_for_an_old_font(text: str, declared: str) -> None:
    assert decode(text.encode("cp1252"), "", declared=declared) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1250", "Nepodařilo se otevřít zařízení, vytvořit soubor ani uložit změny v adresáři."),
        ("windows-1250", "A képernyő és a billentyűzet a könyvtárban van, az előadók reggel nyitják."),
        ("iso-8859-2", "Książka leży na łące, później wrócą po nią dzieci z Łodzi."),
        ("windows-1257", "Ebaõnnestus: võti on lukus, pääsuõiguseid ei ole, proovige pärast lõunat."),
        ("big5", "圖書館下週一重新開放，歡迎市民前來參觀，開放時間為上午八時。"),
    ],
)
def test_a_text_of_another_language_is_read_as_it_declares(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "", declared=encoding) == text


def test_utf_8_with_one_broken_byte_loses_that_byte_alone() -> None:
    content = VIETNAMESE.encode()
    assert decode(content + b"\xff" + content, "a.txt") == VIETNAMESE * 2


def test_utf_8_with_many_broken_bytes_is_refused_and_the_first_named() -> None:
    content = VIETNAMESE.encode()
    assert refused((content + b"\xff") * 30) == (
        f"not decodable: byte {len(content) + 1} is not UTF-8; save the file as UTF-8"
    )


def test_windows_1258_that_declares_itself_western_is_read_as_vietnamese() -> None:
    assert decode(windows_1258(VIETNAMESE), "a.html", declared="windows-1252") == VIETNAMESE


@pytest.mark.parametrize("declared", ["unicode_escape", "rot13", "undefined", "no-such-encoding", ""])
def test_a_declared_encoding_that_is_none_for_text_counts_for_nothing(declared: str) -> None:
    assert decode(windows_1258(VIETNAMESE), "", declared=declared)
    with pytest.raises(ReadError):
        decode("Elle a été invitée à la fête de l'été.".encode("cp1252"), "", declared=declared)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", " \u00a0\r\n\u200b".encode()])
def test_text_without_a_character_is_empty(content: bytes) -> None:
    assert refused(content) == "empty"


@pytest.mark.parametrize("content", [bytes(range(256)) * 4, b"\0" * 100, b"PK\x03\x04\x14\0\x06\0\x08\0"])
def test_what_is_no_text_is_binary(content: bytes) -> None:
    assert refused(content) == "binary"


def test_a_stray_control_character_does_not_make_a_text_binary() -> None:
    assert clean(decode(f"{VIETNAMESE}\0".encode(), "")) == VIETNAMESE
