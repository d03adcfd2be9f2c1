"""Two messages, one after the other: what the second one means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import article

from retrieval.answering.engine import Engine
from retrieval.indexing import writer
from retrieval.query.synonyms import parse_synonyms
from retrieval.question.followup.followup import LONGEST_BEFORE, follow_up, without_opening
from retrieval.text.canonical import without_accents

ENGINE = Engine(
    writer.build(
        [
            article(
                "vuon",
                "Vườn bách thảo Đồi Sim mở cửa đón khách",
                "Vườn bách thảo Đồi Sim mở cửa từ 6 giờ đến 18 giờ, riêng chủ nhật đến 20 giờ. Vườn ở số 4 "
                "đường Hoa Ban. Vé vào vườn là 20.000 đồng, trẻ em miễn phí. Ông Vũ Đình Lâm trao kỷ niệm "
                "chương.",
            ),
            article(
                "thuyen-2019",
                "Hội đua thuyền năm 2019",
                "Hội đua thuyền năm 2019 diễn ra trên hồ Mây. Đội Xóm Đông thắng giải nam, đội Xóm Tây thắng "
                "giải nữ.",
            ),
            article(
                "thuyen-2022",
                "Hội đua thuyền năm 2022",
                "Hội đua thuyền năm 2022 diễn ra trên hồ Mây. Đội Xóm Bắc thắng giải nam và nhận cúp bạc.",
            ),
            article(
                "bao-tang",
                "Bảo tàng gốm có giờ mở cửa mới",
                "Bảo tàng gốm mở cửa từ 9 giờ đến 17 giờ. Vé vào bảo tàng là 35.000 đồng. "
                "Bảo tàng ở phố Lò Chén.",
            ),
            article(
                "ferry",
                "The ferry to Sim Hill",
                "The ferry to Sim Hill leaves at 7 a.m. on weekdays and at 8 a.m. on Saturday. A ticket "
                "costs one dollar; children travel free of charge. It leaves from the old pier.",
                language="en",
            ),
            article(
                "pier", "The old pier is mended", "The pier is open from 6 a.m. to 9 p.m.", language="en"
            ),
        ],
        generation=1,
    )
)

FOLLOWED = [
    ("Vườn bách thảo mở cửa mấy giờ?", "ở đâu vậy?", "Vườn bách thảo – ở đâu", "vuon"),
    ("Vườn bách thảo ở đâu?", "mấy giờ mở cửa", "Vườn bách thảo – mấy giờ mở cửa", "vuon"),
    ("Vườn bách thảo ở đâu?", "thế còn phí?", "Vườn bách thảo – phí?", "vuon"),
    ("Vườn bách thảo mở cửa mấy giờ?", "giá vé", "Vườn bách thảo – giá vé", "vuon"),
    ("Vườn bách thảo mở cửa mấy giờ?", "vậy chủ nhật thì sao", None, "vuon"),
    (
        "Ai thắng hội đua thuyền năm 2019?",
        "còn năm 2022?",
        "Ai thắng hội đua thuyền năm 2022?",
        "thuyen-2022",
    ),
    ("Đội nào thắng giải nam năm 2019?", "còn nữ?", "Đội nào thắng giải nữ năm 2019?", "thuyen-2019"),
    ("Kỷ niệm chương vườn bách thảo", "ai trao?", "Kỷ niệm chương vườn bách thảo – ai trao?", "vuon"),
    ("Vé vào vườn bách thảo bao nhiêu?", "còn trẻ em?", None, "vuon"),
    ("Vé vào vườn bách thảo bao nhiêu?", "ở đó mở cửa đến mấy giờ?", None, "vuon"),
    ("Vườn bách thảo mở cửa mấy giờ?", "còn bảo tàng gốm?", "bảo tàng gốm mở cửa mấy giờ?", "bao-tang"),
    ("When does the ferry to Sim Hill leave?", "what about Saturday?", None, "ferry"),
    ("When does the ferry to Sim Hill leave?", "how much?", None, "ferry"),
    ("When does the ferry to Sim Hill leave?", "is it free for children?", None, "ferry"),
    ("Vé vào vườn bách thảo bao nhiêu?", "trẻ em?", None, "vuon"),
    ("Vườn bách thảo ở đâu?", "khi nào về lại chỗ cũ", None, "vuon"),
    ("Vườn bách thảo mở cửa mấy giờ?", "à nhầm, bảo tàng gốm", "bảo tàng gốm mở cửa mấy giờ?", "bao-tang"),
    ("Ai thắng hội đua thuyền năm 2019?", "ủa lộn, năm 2022", None, "thuyen-2022"),
    ("When does the ferry to Sim Hill leave?", "sorry, on Saturday", None, "ferry"),
]
ALONE = [
    ("Vườn bách thảo ở đâu?", "Bảo tàng gốm mở cửa mấy giờ?"),
    ("Vườn bách thảo ở đâu?", "Vườn bách thảo mở cửa mấy giờ?"),
    ("Bảo tàng gốm ở đâu?", "Vậy vườn bách thảo Đồi Sim ở đâu?"),
    ("Bảo tàng gốm ở đâu?", "còn bao nhiêu đội đua thuyền trên hồ Mây?"),
    ("Bảo tàng gốm ở đâu?", "hội đua thuyền"),
    ("Hội đua thuyền năm 2022 ở đâu?", "giá vé"),
    ("bao tang gom o dau", "ve vao vuon bach thao gia bao nhieu"),
    ("Bảo tàng gốm ở đâu?", "Is there a ferry to Sim Hill?"),
    ("When does the ferry to Sim Hill leave?", "How long is the pier open?"),
    ("Bảo tàng gốm ở đâu?", "không"),
    ("Bảo tàng gốm ở đâu?", "ừ"),
    ("Bảo tàng gốm ở đâu?", "3"),
    ("Bảo tàng gốm ở đâu?", "👍"),
    ("Bao nhiêu?", "ở đâu?"),
    ("vườn " * (LONGEST_BEFORE + 1), "ở đâu?"),
]


@pytest.mark.parametrize(("first", "second", "understood", "best"), FOLLOWED)
def test_a_follow_up_is_understood_with_the_question_before(
    first: str, second: str, understood: str | None, best: str
) -> None:
    answer = ENGINE.ask(second, after=first)
    assert answer.question == second
    assert answer.understood_as != second
    assert understood in (None, answer.understood_as)
    assert answer.hits[0].article.id == best


@pytest.mark.parametrize(("first", "second", "best"), [(row[0], row[1], row[3]) for row in FOLLOWED])
def test_a_follow_up_is_understood_without_accents_too(first: str, second: str, best: str) -> None:
    bare = without_accents(second)
    for before in (first, without_accents(first)):
        answer = ENGINE.ask(bare, after=before)
        assert answer.understood_as != ENGINE.ask(bare).understood_as
        assert answer.hits[0].article.id == best


@pytest.mark.parametrize(("first", "second"), ALONE)
def test_a_question_of_its_own_gets_the_answer_it_gets_alone(first: str, second: str) -> None:
    assert ENGINE.ask(second, after=first) == ENGINE.ask(second)


def test_follow_ups_go_on_from_what_was_understood() -> None:
    understood = "Vườn bách thảo mở cửa mấy giờ?"
    for message in ("ở đâu?", "vé bao nhiêu?", "còn trẻ em?", "chủ nhật đến mấy giờ?"):
        answer = ENGINE.ask(message, after=understood)
        assert answer.hits[0].article.id == "vuon"
        understood = answer.understood_as
    assert understood == "Vườn bách thảo – chủ nhật đến mấy giờ?"


def test_a_correction_to_another_subject_asks_the_same_of_that() -> None:
    corrected = ENGINE.ask("à nhầm, vào bảo tàng gốm", after="vé vào vườn bách thảo bao nhiêu?")
    assert corrected.understood_as == "vé vào bảo tàng gốm bao nhiêu?"
    assert corrected.hits[0].article.id == "bao-tang"
    other = ENGINE.ask("à nhầm, gửi xe ở chợ", after="vườn bách thảo – vé vào nhiêu")
    assert "vườn" not in other.understood_as


def test_a_correction_takes_the_place_of_all_that_was_asked_about() -> None:
    answer = ENGINE.ask("à nhầm, ý mình là bảo tàng gốm", after="vườn bách thảo trao giải – giờ mở cửa")
    assert answer.understood_as == "bảo tàng gốm – giờ mở cửa"
    assert answer.hits[0].article.id == "bao-tang"


def test_a_name_takes_the_place_of_the_name_asked_of_last() -> None:
    followed = follow_up("người già?", "vé xe buýt số 7 – học sinh?", str)
    assert followed is not None
    assert followed.instead == ("vé xe buýt số 7 – người già?", "người già – học sinh?")


def test_a_name_with_a_question_mark_replaces_its_like() -> None:
    index = writer.build(
        [
            article("san", "Khoa sản", "Trưởng khoa sản là bác sĩ Lê Tú. Khoa sản có 30 giường."),
            article("nhi", "Khoa nhi", "Trưởng khoa nhi là bác sĩ Vũ Mai. Khoa nhi có 20 giường."),
        ],
        generation=1,
    )
    assert (
        Engine(index).ask("khoa nhi?", after="trưởng khoa sản là ai").understood_as
        == "trưởng khoa nhi là ai?"
    )


@pytest.mark.parametrize(
    ("message", "rest"),
    [
        ("còn đậu xe ở chợ đêm có tốn tiền không", "đậu xe ở chợ đêm có tốn tiền không"),
        ("and how do I get to the old pier", "how do I get to the old pier"),
        ("còn vé tháng xe buýt không", "còn vé tháng xe buýt không"),
        ("còn bao nhiêu hộ nghèo trong phường", "còn bao nhiêu hộ nghèo trong phường"),
        ("thư viện mở cửa mấy giờ", "thư viện mở cửa mấy giờ"),
    ],
)
def test_a_question_of_its_own_is_asked_without_its_opening(message: str, rest: str) -> None:
    assert without_opening(message) == rest


def test_a_name_goes_on_where_the_article_before_says_it_in_other_words() -> None:
    index = writer.build(
        [
            article("ve", "Vé xe buýt số 7", "Vé xe buýt số 7 là 9.000 đồng. Người cao tuổi đi miễn phí."),
            article("gia", "Người già trong phường", "Chuyện người già trong phường khi trái gió trở trời."),
        ],
        generation=1,
    )
    engine = Engine(index, synonyms=parse_synonyms("người già, người cao tuổi"))
    answer = engine.ask("người già?", after="vé xe buýt số 7")
    assert answer.understood_as == "vé xe buýt số 7 – người già?"
    assert answer.hits[0].article.id == "ve"


def test_a_correction_stays_with_the_article_that_nearly_says_it() -> None:
    index = writer.build(
        [
            article(
                "rac",
                "Lịch thu gom rác",
                "Phí thu gom rác mỗi hộ gia đình là 35.000 đồng. Hộ kinh doanh ăn uống nộp 120.000 đồng.",
            ),
            article(
                "quan",
                "Mở quán nhỏ cần gì",
                "Hộ bán quán ăn đăng ký mất ba ngày, lệ phí 100.000 đồng. Quán ăn cần giấy khám sức khỏe.",
            ),
        ],
        generation=1,
    )
    answer = Engine(index).ask("à nhầm, hộ bán quán ăn", after="phí thu gom rác bao nhiêu")
    assert answer.understood_as == "phí thu gom rác bao nhiêu – hộ bán quán ăn?"
    assert answer.hits[0].article.id == "rac"


@pytest.mark.parametrize(
    ("before", "is_office"),
    [
        ("chủ tịch xã – số điện thoại?", True),
        ("ai là chủ tịch xã", False),
        ("thư viện – số điện thoại?", True),
    ],
)
def test_an_office_behind_what_was_asked_of_another_may_ask_who_holds_it(
    before: str, is_office: bool
) -> None:
    followed = follow_up("còn phó chủ tịch?", before, str)
    assert followed is not None
    assert followed.is_office is is_office
    library = follow_up("còn trạm y tế?", before, str)
    assert library is not None
    assert not library.is_office


def test_what_most_articles_name_is_a_subject_of_its_own() -> None:
    index = writer.build(
        [
            article("xe", "Bãi xe bờ kè", "Xã có bãi xe bờ kè, giá 20.000 đồng một đêm, dân được giảm."),
            article("rac", "Thu gom rác", "Xe lấy rác của xã chạy sáng thứ hai, mỗi hộ đóng 35.000 đồng."),
            article("cho", "Chợ mới", "Chợ của xã có 312 sạp, mở cửa từ 4 giờ đến 19 giờ hằng ngày."),
        ],
        generation=1,
    )
    engine, before = Engine(index), "gửi xe ở bờ kè bao nhiêu tiền"
    assert engine.ask("xã có bao nhiêu dân", after=before).understood_as == "xã có bao nhiêu dân"
    assert "bờ kè" in engine.ask("dân có được giảm không", after=before).understood_as


def test_a_name_that_is_said_here_and_is_the_title_there_may_mean_either() -> None:
    engine = Engine(
        writer.build(
            [
                article(
                    "hoi",
                    "Hội đình Hải Lam",
                    "Hội đình Hải Lam bắt đầu lúc 6 giờ. Buổi trưa khách xem chợ nổi diễn lại lúc 11 giờ.",
                ),
                article(
                    "cho", "Chợ nổi Hải Lam", "Chợ nổi họp từ 4 giờ đến 9 giờ mỗi ngày. Chợ nổi ở bến 3."
                ),
            ],
            generation=1,
        )
    )
    before = "Hội đình Hải Lam bắt đầu mấy giờ?"
    either = engine.ask("chợ nổi", after=before)
    assert either.readings == ("Hội đình Hải Lam bắt đầu mấy giờ – chợ nổi?", "chợ nổi")
    assert (either.answered, either.hits) == (False, ())
    assert engine.ask("chợ nổi?", after=before).readings == ()  # the mark asks the same of it


def test_what_was_shown_is_not_shown_again() -> None:
    first = ENGINE.ask("vé vào vườn bách thảo bao nhiêu?")
    again = ENGINE.ask("mở cửa mấy giờ?", after=first.understood_as, besides=first.hits[0])
    assert again.hits[0].article.id == first.hits[0].article.id
    assert again.hits[0].excerpt != first.hits[0].excerpt


def test_what_a_follow_up_names_takes_the_place_of_its_like() -> None:
    def together(message: str, before: str) -> str | None:
        found = follow_up(message, before, str)
        return found.together if found else None

    assert together("thứ bảy thì sao?", "Chợ họp thứ hai mấy giờ?") == "Chợ họp thứ bảy mấy giờ?"
    assert together("còn tổ 7?", "Tổ 3 nộp bao nhiêu?") == "Tổ 7 nộp bao nhiêu?"
    assert together("tổ dân phố 7", "Tổ dân phố 3 nộp bao nhiêu?") == "Tổ dân phố 7 nộp bao nhiêu?"
    assert together("tổ dân phố 7 ở đâu", "Tổ dân phố 3 nộp bao nhiêu?") is None
    assert together("còn buổi tối?", "Chợ họp mấy giờ?") == "Chợ họp mấy giờ – buổi tối?"
    assert together("năm nay thì sao", "Học phí năm trước (2025-2026)?") == "Học phí (-năm nay)?"
    assert together("còn năm 2015?", "Khánh thành gì 01/05/2016?") == "Khánh thành gì 01/05/2015?"


def test_another_number_needs_no_accents_to_be_of_what_was_asked() -> None:
    followed = follow_up("con to dan pho 7?", "Tổ dân phố 3 nộp bao nhiêu?", lambda _: "con tổ dân phố 7?")
    assert followed is not None
    assert followed.together == "Tổ dân phố 7 nộp bao nhiêu?"


def test_a_name_that_begins_alike_takes_the_place_of_the_earlier_one() -> None:
    def replaced(message: str, before: str) -> str | None:
        found = follow_up(message, before, str, corrects=True)
        return found.replaced if found else None

    assert replaced("chợ Lò Chén", "chợ Bến Sim mở cửa mấy giờ?") == "chợ Lò Chén mở cửa mấy giờ?"
    assert replaced("hồ bơi", "chợ Bến Sim mở cửa mấy giờ?") is None


def test_a_number_takes_the_place_of_the_only_one_and_of_one_with_its_unit() -> None:
    def together(message: str, before: str) -> str | None:
        found = follow_up(message, before, str, corrects=True)
        return found.together if found else None

    assert together("7km", "Chở hàng 3km giá bao nhiêu?") == "Chở hàng 7km giá bao nhiêu?"
    assert together("450 thì sao", "Hiến 250 nhận bao nhiêu tiền?") == "Hiến 450 nhận bao nhiêu tiền?"


def test_the_article_that_answered_before_goes_on_where_another_scores_little_more() -> None:
    engine = Engine(
        writer.build(
            [
                article(
                    "den", "Đền Hạ", "Đền Hạ có lễ cúng trăng vào mùa thu, mở cửa cả ngày, vé vào năm nghìn."
                ),
                article(
                    "cau", "Cầu Hạ", "Cầu Hạ mở cửa cả ngày, vé vào năm nghìn, vé vào cho xe mười nghìn."
                ),
            ],
            generation=1,
        )
    )
    assert engine.ask("Lễ cúng trăng Hạ", after="Cầu Hạ ở đâu").hits[0].article.id == "den"
    assert engine.ask("vé vào bao nhiêu?", after="Lễ cúng trăng Hạ ở đâu?").hits[0].article.id == "den"


def test_a_noun_that_is_pointed_at_is_looked_for_where_the_answer_before_does_not_say_it() -> None:
    def first(message: str, before: str) -> str:
        return ENGINE.ask(message, after=before).hits[0].article.id

    assert first("bảo tàng đó mở cửa mấy giờ", "hội đua thuyền năm 2019 ai thắng giải nữ") == "bao-tang"
    assert first("hội đó diễn ra ở đâu", "hội đua thuyền năm 2019 ai thắng giải nữ") == "thuyen-2019"


def test_words_that_the_articles_do_not_say_together_are_no_follow_up() -> None:
    """Two words of its own may be a subject: only the articles can tell."""
    assert ENGINE.ask("trẻ em bao nhiêu?", after="Vé vào vườn bách thảo?").understood_as.startswith(
        "Vé vào vườn"
    )
    assert ENGINE.ask("cúp bạc là gì?", after="Vé vào vườn bách thảo?").understood_as == "cúp bạc là gì?"


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_messages_have_an_answer(first: str, second: str) -> None:
    assert ENGINE.ask(second, after=first) == ENGINE.ask(second, after=first)


def test_the_compound_of_a_shared_syllable_is_replaced_whole() -> None:
    followed = follow_up("còn ly hôn?", "kết hôn cần giấy gì", str)
    assert followed is not None
    assert followed.replaced == "ly hôn cần giấy gì?"


def test_those_for_whom_the_same_is_asked_do_not_take_the_subjects_place() -> None:
    index = writer.build(
        [
            article("the", "Thẻ thư viện", "Phí làm thẻ thư viện là 20.000 đồng một năm."),
            article("boi", "Lớp bơi", "Lớp bơi cho trẻ em học phí 300.000 đồng, người lớn không nhận."),
        ],
        generation=1,
    )
    answer = Engine(index).ask("còn trẻ em?", after="thẻ thư viện phí bao nhiêu")
    assert answer.understood_as == "thẻ thư viện phí bao nhiêu – trẻ em?"
    assert not answer.answered


def test_nobody_is_pointed_at_who_was_not_found() -> None:
    index = writer.build(
        [
            article("ong", "Ông Sơn mổ giỏi", "Ông Sơn là bác sĩ khoa Ngoại. Ông không có phòng mạch riêng."),
            article("mat", "Khoa mắt", "Khoa mắt khám buổi sáng."),
        ],
        generation=1,
    )
    answer = Engine(index).ask("ông ấy có phòng mạch riêng không", after="trưởng khoa mắt là ai")
    assert not answer.answered


def test_the_name_alone_gives_way_to_another_name() -> None:
    followed = follow_up("Rặng Dừa", "trường tiểu học Ghe Bầu nhận bao nhiêu trẻ", str, corrects=True)
    assert followed is not None
    assert "trường tiểu học Rặng Dừa nhận bao nhiêu trẻ?" in followed.instead


def test_more_of_the_article_before_is_answered_by_less() -> None:
    body = "Điện trả theo công tơ, 2.900 đồng một số. Phòng nào cũng có quạt."
    articles = [article("ktx", "Ký túc xá", f"Ký túc xá thu 300.000 đồng một tháng.\n{body}")]
    articles += [article(f"o{at}", f"Sạp số {at}", f"Sạp số {at} bán cá và rau.") for at in range(20)]
    engine = Engine(writer.build(articles, generation=1))
    before, question = "ký túc xá bao nhiêu tiền", "công tơ điện bị cháy hư hỏng thì làm sao"
    assert not engine.ask(question).answered
    assert engine.ask(question, after=before).answered
    assert not engine.ask(question, after="sạp số 3 bán gì").answered
    assert not engine.ask("công tơ điện bị cháy hư hỏng không", after=before).answered  # it does not say


@pytest.mark.parametrize("message", ["xóm bãi giữa có bị không", "xóm bãi giữa có bị gì hông"])
def test_what_does_not_say_what_happens_goes_on_with_what_does(message: str) -> None:
    followed = follow_up(message, "cúp nước ngày nào", str)
    assert followed is not None
    assert followed.is_needed
    alone = follow_up("xóm bãi giữa có bị ngập không", "cúp nước ngày nào", str)
    assert alone is None or not alone.is_needed
