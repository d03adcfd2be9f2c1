import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import index_of, sample_index

from bot.shipped import shipped
from retrieval.answering.engine import Engine
from retrieval.index.index import Index
from retrieval.query.lexicon import Lexicon
from retrieval.query.query import parse
from retrieval.query.spelling import Spelling
from retrieval.query.synonyms import parse_synonyms
from retrieval.query.thesaurus import Thesaurus
from retrieval.text.analyzer import tokens

LEXICON = Lexicon(
    phrases={("may", "gio"): ("mấy", "giờ"), ("ai",): ("ai",), ("bao", "nhieu"): ("bao", "nhiêu")},
    shorthand={"ko": (("không",),), "ntn": (("như", "thế", "nào"),), "hs": (("hồ", "sơ"), ("học", "sinh"))},
)
OFFICE = index_of(
    a="Thủ tục đăng ký kết hôn. Hồ sơ nộp tại phường, không thu lệ phí.",
    b="Thủ tục đăng ký khai sinh. Người dân nộp hồ sơ tại phường.",
    c="Thư viện phường mở cửa như thế nào? Kỹ thuật viên trực thư viện.",
    d="Ban nhạc của phường biểu diễn tại công viên Lê Quý Đôn.",
)


def understood(question: str, index: Index = OFFICE) -> str:
    return parse(index, question, LEXICON).understood_as


def test_keys_that_were_struck_raw_are_read() -> None:
    assert understood("Thur tucj ddawng kys keets hoon") == "Thủ tục đăng ký kết hôn"
    assert understood("thu3 tuc5 d9ang8 ky1 ket61 hon6") == "thủ tục đăng ký kết hôn"


def test_keys_are_letters_where_the_index_holds_the_word() -> None:
    index = index_of(a="Hội thi thur tucj", b="Thủ tục")
    assert understood("thur tucj", index) == "thur tucj"


def test_a_word_with_an_accent_shows_that_keys_were_not_struck_raw() -> None:
    [_, word] = Spelling(OFFICE, LEXICON, list(tokens("thủ tucj"))).words()
    assert word.typed == "tucj"


@pytest.mark.parametrize("question", ["lệ phí cỡ nào", "nộp hồ sơ ở mô"])
def test_a_word_that_only_asks_is_no_slip(question: str) -> None:
    index = index_of(a="Cơ quan mở cửa, nộp hồ sơ và lệ phí ở quầy 2.", b="Cờ đỏ ở mỏ đá.")
    assert understood(question, index) == question


def test_a_shorthand_stands_for_its_words() -> None:
    assert understood("nộp HS ntn") == "nộp HỒ SƠ như thế nào"
    assert understood("ko thu lệ phí") == "không thu lệ phí"


def test_a_shorthand_in_capitals_among_other_words_is_none_of_words_that_ask() -> None:
    lexicon = Lexicon(shorthand={"tn": (("thế", "nào"),), "ub": (("ủy", "ban"),)})
    assert parse(OFFICE, "xe khách TN chạy mấy giờ", lexicon).understood_as == "xe khách TN chạy mấy giờ"
    assert parse(OFFICE, "lệ phí tn", lexicon).understood_as == "lệ phí thế nào"
    assert parse(OFFICE, "số điện thoại UB", lexicon).understood_as == "số điện thoại ỦY BAN"


def test_a_listed_abbreviation_is_no_slip() -> None:
    index = index_of(a="Lớp tập huấn. Phường có 12 khu phố.")
    thesaurus = Thesaurus(index=index, synonyms=parse_synonyms("TDP, tổ dân phố"))
    assert parse(index, "tdp", LEXICON, thesaurus).understood_as == "tdp"


def test_a_shorthand_means_itself_where_the_articles_use_it() -> None:
    index = index_of(a="Bệnh viện KO đón khách", b="KO là một bệnh viện", c="không thu phí")
    assert understood("bệnh viện ko", index) == "bệnh viện ko"
    assert understood("ko thu phí", index) == "không thu phí"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kĩ thuật", "kỹ thuật"),
        ("Lê Quí Đôn", "Lê Quý Đôn"),
        ("Ðăng ký", "Đăng ký"),
    ],
)
def test_other_habits_of_writing_are_understood(typed: str, meant: str) -> None:
    assert understood(typed) == meant


def test_each_spelling_that_the_articles_use_means_itself() -> None:
    index = index_of(a="kĩ thuật", b="kỹ thuật", c="kỹ sư")
    assert understood("kĩ thuật", index) == "kĩ thuật"


@pytest.mark.parametrize(
    "typed",
    [
        "thủ tụcc đăng ký",
        "thủ tc đăng ký",
        "thủ tụv đăng ký",
        "thủ tcụ đăng ký",
        "thủ tục đăgn ký",
        "thủ tuvc đăng ký",
    ],
)
def test_one_slip_in_a_word_is_mended_by_its_neighbours(typed: str) -> None:
    assert understood(typed) == "thủ tục đăng ký"


def test_a_slip_is_mended_without_accents_too() -> None:
    assert understood("thu tjc dang ky") == "thủ tục đăng ký"


def test_question_words_that_no_article_holds_read_well() -> None:
    assert understood("thu vien mo cua may gio") == "thư viện mở cửa mấy giờ"


def test_question_words_that_no_article_holds_are_no_other_words() -> None:
    index = index_of(a="Thang máy từ tầng một", b="Phòng tập mở cửa từ năm giờ")
    words = Lexicon.read(shipped("vietnamese"))
    understood_as = parse(index, "phong tap mo cua tu may gio", words).understood_as
    assert understood_as == "phòng tập mở cửa từ mấy giờ"


def test_question_words_that_no_article_holds_are_no_slips() -> None:
    index = index_of(a="Chị Mai trực thư viện, phí báo nhiều")
    assert understood("Ai trực thư viện, phí bao nhiêu", index) == "Ai trực thư viện, phí bao nhiêu"


def test_a_short_slip_that_no_neighbour_bears_out_stays_as_typed() -> None:
    assert understood("bắn tjc") == "bắn tjc"
    assert understood("tjc") == "tục"


def test_a_syllable_that_nobody_writes_is_a_slip_if_one_neighbour_says_so() -> None:
    index = index_of(a="Lớp tiền sản dạy hai buổi", b="Tiêm vắc xin cho chó", c="Nộp hồ sơ, có hai bản")
    words = Lexicon.read(shipped("vietnamese"))
    assert parse(index, "lớp tiền sảm miễn phí", words).understood_as == "lớp tiền sản miễn phí"
    assert parse(index, "tiêm vắc xim dại", words).understood_as == "tiêm vắc xin dại"
    assert parse(index, "bà Ngô Thị Sảm", words).understood_as == "bà Ngô Thị Sảm"


def test_a_long_word_with_a_slip_needs_no_neighbour() -> None:
    query = parse(index_of(a="Ông Newton ngủ", b="quả táo"), "quả newtn", LEXICON)
    assert [(word.term, word.is_certain) for word in query.words] == [("quả", True), ("newton", False)]


@pytest.mark.parametrize("typed", ["phường 2019", "phường A1", "Kafka", "covid19", "thư Bauhaus"])
def test_what_nothing_comes_near_stays_as_typed(typed: str) -> None:
    assert understood(typed) == typed


def test_words_glued_together_are_parted() -> None:
    assert understood("Thưviện phường") == "Thư viện phường"
    assert understood("thuvien phuong") == "thư viện phường"
    assert understood("phườngkhông") == "phường không"


def test_three_words_glued_together_are_parted() -> None:
    assert understood("Thủtụcđăng ký") == "Thủ tục đăng ký"


def test_a_shorthand_glued_to_a_word_stands_for_its_words() -> None:
    assert understood("ntnhồsơ") == "như thế nào hồ sơ"
    synonyms = parse_synonyms("UBND, ủy ban nhân dân")
    glued = parse(OFFICE, "ubndphường", LEXICON, Thesaurus(index=OFFICE, synonyms=synonyms))
    assert glued.understood_as == "ubnd phường"


def test_a_foreign_word_with_a_shorthand_for_its_end_stays_whole() -> None:
    index = index_of(a="The regio of Kenya.", b="Ask about the north.")
    assert understood("regiohs of Kenyahs", index) == "regiohs of Kenyahs"


def test_a_number_glued_to_a_word_is_parted() -> None:
    index = index_of(a="Ấp 3 họp ở quầy 12.", b="Đường A1, xe B52.")
    assert understood("ấp3 quầy12 A1", index) == "ấp 3 quầy 12 A1"


@pytest.mark.parametrize(
    ("typed", "meant"), [("lệ pthí", "lệ phí"), ("đăng kký", "đăng ký"), ("hsơ đăng ký", "hồ sơ đăng ký")]
)
def test_a_word_that_is_only_begun_is_known_by_the_one_behind_it(typed: str, meant: str) -> None:
    lexicon = Lexicon.read(shipped("vietnamese"))
    assert parse(OFFICE, typed, lexicon).understood_as == meant


def test_another_name_is_no_slip_for_one_that_the_articles_hold() -> None:
    index = index_of(a="Bác sĩ Tạ Quang Thịnh khám thứ tư.", b="Bác sĩ nghỉ thứ năm.")
    lexicon = Lexicon.read(shipped("vietnamese"))
    named = parse(index, "bác sĩ Tạ Quang Phịnh khám thứ mấy", lexicon)
    assert named.understood_as == "bác sĩ Tạ Quang Phịnh khám thứ mấy"
    assert parse(index, "bác sĩ tạ quang phịnh khám", lexicon).understood_as == "bác sĩ tạ quang thịnh khám"
    engine = Engine(index, lexicon)
    assert engine.ask("bác sĩ Tạ Quang Phịnh khám").suggestion == "bác sĩ Tạ Quang Thịnh khám"


def test_a_word_in_two_pieces_is_joined() -> None:
    assert understood("thư vi ện phường") == "thư viện phường"


def test_an_accent_that_was_left_out_between_others_is_restored() -> None:
    assert understood("thủ tuc dang ký kết hon") == "thủ tục đăng ký kết hôn"
    assert understood("Ban nhạc của phường") == "Ban nhạc của phường"


def test_a_word_with_accents_that_the_index_holds_is_that_word_only() -> None:
    index = index_of(a="thù tục", b="thủ tục")
    assert [len(word.spellings) for word in Spelling(index, LEXICON, list(tokens("thù tục"))).words()] == [
        1,
        1,
    ]


@given(st.text(max_size=40))
def test_the_words_stand_in_the_question_in_order(question: str) -> None:
    for index in (sample_index(), index_of()):
        found = Spelling(index, LEXICON, list(tokens(question))).words()
        assert all(len(word.spellings) == len(word.priors) for word in found)
        assert all(0 < prior <= 1 for word in found for prior in word.priors)
        places = [(word.start, word.end) for word in found]
        assert places == sorted(places)
        assert all(0 <= start < end <= len(question) for start, end in places)


def test_equally_likely_slips_come_in_the_order_of_their_letters() -> None:
    """Not in that of a set, which is another one in every process."""
    index = index_of(a="rose", b="nose", c="hose", d="dose")
    [word] = Spelling(index, LEXICON, list(tokens("vose"))).words()
    assert [index.vocabulary[form] for form in word.spellings] == ["dose", "hose", "nose", "rose"]


def test_shapes_without_tones_reach_every_tone() -> None:
    index = index_of(a="Thư viện mở cửa từ 7 giờ. Thư viện mở cửa.", b="Nhân viên trực. Mơ rừng. Cưa gỗ.")
    assert parse(index, "thu viên mơ cưa").understood_as == "thư viện mở cửa"
    assert parse(index, "nhân viên").understood_as == "nhân viên"
    assert parse(index, "mơ rừng").understood_as == "mơ rừng"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("đăng ký khai xinh", "đăng ký khai sinh"),
        ("lộp hồ sơ", "nộp hồ sơ"),
        ("hồ sơ lào", "hồ sơ lào"),  # no article says "hồ sơ nào"
        ("thủ tục tên gì", "thủ tục tên gì"),
        ("công viêng Lê Quý Đôn", "công viên Lê Quý Đôn"),
    ],
)
def test_a_word_written_as_it_is_spoken_is_read_by_its_neighbours(typed: str, meant: str) -> None:
    assert understood(typed) == meant


def test_a_word_that_the_articles_hold_so_is_not_read_as_it_sounds() -> None:
    index = index_of(a="Đội lân múa sáng nay.", b="Đội nân là tên gọi khác.")
    assert understood("đội lân", index) == "đội lân"
    assert understood("đội nân", index) == "đội nân"


def test_of_two_meanings_of_a_shorthand_its_neighbours_choose() -> None:
    index = index_of(a="Học sinh lớp 9 thi vào ngày mai.", b="Người dân nộp hồ sơ tại phường.")
    assert understood("HS lớp 9", index) == "HỌC SINH lớp 9"
    assert understood("nộp hs", index) == "nộp hồ sơ"


def test_no_word_of_an_english_question_is_parted() -> None:
    index = index_of(a="Số căn cước.", b="Số căn cước công dân.", c="Giá chụp MRI.")
    lexicon = Lexicon.read(shipped("vietnamese"))
    assert parse(index, "scan ở đâu", lexicon).understood_as == "số căn ở đâu"
    assert parse(index, "what is the price of a scan", lexicon).understood_as == "what is the price of a scan"


def test_tones_left_out_but_for_one_are_read_as_left_out() -> None:
    index = index_of(a="Đường Vàm Cũ cấm đậu xe bên phải.", b="Đương sự câm lặng. Đậu bên đường.")
    assert understood("đương vàm cu câm đâu xe bên nao", index).startswith("đường vàm cũ cấm đậu xe bên")


def test_what_is_one_word_with_a_neighbour_is_read_though_as_typed_it_stands_beside_another() -> None:
    index = index_of(a="Công an phường nhận hồ sơ tạm trú.", b="Các cô chú đọc báo, chú bác chơi cờ.")
    lexicon = Lexicon.read(shipped("vietnamese"))
    assert parse(index, "hồ sơ tạm chú ở đâu", lexicon).understood_as == "hồ sơ tạm trú ở đâu"
    assert parse(index, "cô chú ở đâu", lexicon).understood_as == "cô chú ở đâu"
