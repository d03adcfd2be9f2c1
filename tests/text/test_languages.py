"""What is known of single languages, and one collection that holds several."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import BODIES, index_of

from retrieval.answering.engine import Engine
from retrieval.query.query import parse
from retrieval.text.analyzer import fold, terms
from retrieval.text.canonical import without_accents
from retrieval.text.language import asks_in_english, detect, stems

ENGLISH = {
    "library": "The library on Sable Street opens at eight and closes at nine in the evening. Readers may "
    "borrow five books for two weeks; whoever loses one pays for it.",
    "trees": "Volunteers plant two hundred mangroves along the river each spring. The seedlings come from a "
    "nursery in the next village, and the school's older children water them until the rains begin.",
    "market": "The night market moves to the harbour on Friday. Sellers register at the gate before noon.",
}
CHINESE = {
    "图书馆": "图书馆每天早上八点开门，晚上九点关门。读者每次可以借五本书，期限为两个星期。",
    "夜市": "码头夜市每个星期五举行。摊主须在中午以前到门口登记，今年不收费。",
    "红树林": "每年春天，志愿者在河边种下二百棵红树。树苗来自邻村的苗圃，由学校的孩子们浇水。",
}
THAI = {
    "ห้องสมุด": "ห้องสมุดเปิดทุกวันตั้งแต่แปดโมงเช้าถึงสามทุ่ม ผู้อ่านยืมหนังสือได้ครั้งละห้าเล่ม ผู้ที่ทำหนังสือหายต้องชดใช้",
    "ตลาดนัด": "ตลาดนัดกลางคืนย้ายไปจัดที่ท่าเรือทุกวันศุกร์ ผู้ขายต้องลงทะเบียนที่ประตูก่อนเที่ยง",
    "ป่าชายเลน": "อาสาสมัครปลูกต้นโกงกางสองร้อยต้นริมแม่น้ำทุกฤดูใบไม้ผลิ ต้นกล้ามาจากหมู่บ้านข้างเคียง",
}
VIETNAMESE = {key: body for key, (_, body) in BODIES.items()}
MIXED = Engine(index_of(**VIETNAMESE, **ENGLISH, **CHINESE, **THAI))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who planted the mangroves?", "trees"),
        ("When does the library close?", "library"),
        ("Where do I register as a seller?", "market"),
        ("How many books may a reader borrow?", "library"),
        ("图书馆几点关门？", "图书馆"),
        ("夜市在哪里举行？", "夜市"),
        ("志愿者种了多少棵树？", "红树林"),
        ("ห้องสมุดเปิดกี่โมง", "ห้องสมุด"),
        ("ตลาดนัดจัดวันไหน", "ตลาดนัด"),
        ("ใครปลูกต้นโกงกาง", "ป่าชายเลน"),
        ("Thư viện mở cửa đến mấy giờ?", "thu-vien"),
        ("thu vien mo cua den may gio", "thu-vien"),
        ("xe thu gom rac di qua duong nao", "rac"),
    ],
)
def test_each_question_finds_the_article_of_its_language(question: str, expected: str) -> None:
    answer = MIXED.ask(question)
    assert answer.hits[0].article.id == expected
    assert answer.answered


@pytest.mark.parametrize(
    "question",
    ["Who planted the mangroves?", "图书馆几点关门？", "ห้องสมุดเปิดกี่โมง", "ຂ້າພະເຈົ້າ ok", "Сколько книг?"],
)
def test_a_question_of_another_language_is_understood_as_typed(question: str) -> None:
    assert MIXED.ask(question).understood_as == question


def test_highlights_of_scripts_without_spaces_are_whole_words() -> None:
    hit = MIXED.ask("图书馆几点关门？").hits[0]
    assert hit.quote[slice(*hit.excerpt.highlights[0])] == "图书馆"
    hit = MIXED.ask("ห้องสมุดเปิดกี่โมง").hits[0]
    assert hit.quote.startswith("ห้องสมุดเปิด")
    assert hit.quote[slice(*hit.excerpt.highlights[0])] == "ห้องสมุดเปิด"


def test_an_english_word_reaches_its_inflections_and_so_do_pairs() -> None:
    index = index_of(a="the planted trees", b="plants a tree", c="planting trees in rows", d="a plan")
    query = parse(index, "who is planting the trees")
    words = {word.term: {index.vocabulary[key] for key in word.keys} for word in query.words}
    assert words["planting"] == {"planted", "plants", "planting"}
    assert words["trees"] == {"tree", "trees"}
    pairs = parse(index, "which planted trees").pairs
    assert len(next(pair for pair in pairs if pair.term == "planted trees").keys) == 2


def test_inflections_count_as_one_word() -> None:
    index = index_of(a="tree planting", b="trees planting", c="planting")
    word = parse(index, "which trees").words[-1]
    found, gains = index.article_ranking.gains(word)
    assert found.tolist() == [0, 1]
    assert gains[0] == gains[1]


@pytest.mark.parametrize("question", ["thu gom rac thai", "nam nay", "công an", "cac con duong", "WHO la gi"])
def test_words_of_vietnamese_questions_have_no_inflections(question: str) -> None:
    index = index_of(
        a="thu gom rác năm nay", b="naming conduct rags whose gasping", c="công an các con đường là gì"
    )
    reached = {index.vocabulary[key] for word in parse(index, question).words for key in word.keys}
    assert {fold(term) for term in reached} <= set(terms(without_accents(question)))


@pytest.mark.parametrize(
    ("question", "is_english"),
    [
        ("Who won the final?", True),
        ("what is the capital of Ha Long", True),
        ("population growth", True),
        ("when was Nguyen Van Linh born", True),
        ("WHO la gi", False),
        ("WHO là gì", False),
        ("phim The Voice chieu khi nao", False),
        ("bài hát What Is Love của ai", False),
        ("chu tich la ai", False),
        ("图书馆", False),
        ("2015", False),
        ("", False),
        ("when is the power cut on Nguyen Van Tiep street", True),
        ("Where is the Bến Mực night market?", True),
        ("Can foreigners get married at the ward?", True),
        ("can ho Vinhomes the Grand do ai xay", False),
        ("WHO khuyen cao vaccine covid the nao", False),
    ],
)
def test_an_english_question_is_told_from_vietnamese(question: str, is_english: bool) -> None:
    assert asks_in_english(terms(question)) is is_english


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *((body, "vi") for body in VIETNAMESE.values()),
        *((body, "en") for body in ENGLISH.values()),
        *((body, "zh") for body in CHINESE.values()),
        *((body, "th") for body in THAI.values()),
        ("毎朝八時に図書館が開きます。", "ja"),
        ("도서관은 아침 여덟 시에 엽니다.", "ko"),
        ("Η βιβλιοθήκη ανοίγει στις οκτώ.", "el"),
        # Many languages share the script, or too few words say which it is.
        ("Библиотека открывается в восемь утра.", None),
        (
            "La bibliothèque ouvre à huit heures et ferme à neuf heures du soir, tous les jours ouvrables.",
            None,
        ),
        ("Sáu con đường mới.", None),
        ("The final of the cup.", None),
        ("1.500 – 2.000", None),
        ("", None),
        # Names and quotations of another language do not change a text's own.
        (f"{VIETNAMESE['rac']} Biển báo ghi “图书馆” và “The end of the road”.", "vi"),
        (f"{ENGLISH['trees']} The head of the school is Nguyễn Thị Hồng.", "en"),
        ("互联网联盟 Internet Society 的总部设在 Reston, Virginia 和 Geneva, Switzerland 两个城市。", "zh"),
    ],
)
def test_a_language_is_told_by_script_letters_and_function_words(text: str, language: str | None) -> None:
    assert detect(text) == language


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert detect(text) is None or len(detect(text) or "") == 2
    asks_in_english(terms(text))


@given(st.lists(st.text()))
def test_every_word_has_one_stem(words: list[str]) -> None:
    assert len(stems(words)) == len(words)


def test_function_words_count_less_in_english_questions_only() -> None:
    index = index_of(a="The herons fish at dawn.", b="Nghề cá")
    english, vietnamese = (
        {word.term: word.boost for word in parse(index, question).words}
        for question in ("What do the herons eat at dawn?", "bài The Herons của ai")
    )
    assert english["the"] < english["herons"] == vietnamese["the"] == vietnamese["herons"]
