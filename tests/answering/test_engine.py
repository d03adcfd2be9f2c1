from hypothesis import given
from hypothesis import strategies as st
from texts import article, built_anew, index_of, sample_index

from retrieval.answering.engine import Engine
from retrieval.indexing import writer
from retrieval.query.synonyms import parse_glossary
from retrieval.text.canonical import without_accents

ENGINE = Engine(sample_index())


def test_an_answer_quotes_the_passage_that_says_it() -> None:
    answer = ENGINE.ask("Ai phụ trách thư viện phường?")
    assert answer.answered
    hit = answer.hits[0]
    assert hit.article.id == "thu-vien"
    assert "Chị Lê Thị Mai phụ trách thư viện" in hit.quote
    assert hit.quote in hit.article.body
    assert hit.matched == ("phụ", "trách", "thư", "viện", "phường")


def test_the_same_question_without_accents_gets_the_same_passage() -> None:
    question = "đăng ký khai sinh quá hạn nộp bao nhiêu"
    accented, bare = ENGINE.ask(question), ENGINE.ask(without_accents(question))
    assert bare.hits[0].passage == accented.hits[0].passage
    assert bare.understood_as == "đăng ký khai sinh quá hạn nộp bao nhieu"
    assert bare.answered


def test_a_question_the_collection_does_not_answer_is_not_answered() -> None:
    answer = ENGINE.ask("Giá vàng hôm nay bao nhiêu?")
    assert not answer.answered
    assert answer.confidence < 0.5


def test_fewer_hits_are_the_first_of_more() -> None:
    engine = Engine(
        index_of(
            a="Chợ mở cửa lúc 5 giờ sáng, họp đến trưa.",
            b="Trạm y tế mở cửa cả ngày chủ nhật để tiêm chủng cho trẻ.",
            c="Bến xe mở cửa lại sau khi sửa xong mái che.",
        )
    )
    few, many = (engine.ask("mở cửa", limit=limit) for limit in (2, 10))
    assert len(many.hits) > len(few.hits)
    assert few.hits == many.hits[:2]


def test_nothing_known_gives_no_hits() -> None:
    for question in ("", "kilimanjaro", "😀"):
        answer = ENGINE.ask(question)
        assert (answer.answered, answer.hits, answer.confidence) == (False, (), 0)


def test_an_answer_holds_one_hit_an_article_and_no_more_than_asked_for() -> None:
    a, b, c = (f"Chợ mở cửa sớm {when}. " * 60 for when in ("mỗi ngày", "thứ hai", "cuối tuần này"))
    engine = Engine(index_of(a=a, b=b, c=c))
    assert [hit.article.id for hit in engine.ask("chợ mở cửa", limit=2).hits] == ["a", "b"]
    assert len(engine.ask("chợ mở cửa", limit=9).hits) == 3


def test_a_hit_worth_less_than_half_of_the_best_is_left_out() -> None:
    engine = Engine(index_of(a="Lịch tiêm chủng của trạm y tế phường.", b="Lịch sử của làng.", c="Trạm xe."))
    assert [hit.article.id for hit in engine.ask("lịch tiêm chủng trạm y tế", limit=9).hits] == ["a"]


def test_words_that_match_only_by_guessed_accents_do_not_make_an_answer() -> None:
    others = {f"b{number}": f"Chuyện thứ {number} của phường." for number in range(9)}
    engine = Engine(index_of(a="Cụ già đi chợ vắng. Cái hòm cũ. Mầm nảy lên.", **others))
    answer = engine.ask("gia vang hom nay bao nhieu")
    assert not answer.answered
    assert answer.understood_as == "gia vang hom nay bao nhieu"


def test_ordinals_count_within_the_article() -> None:
    filler = "Chuyện khác không liên quan gì cả. " * 40
    engine = Engine(index_of(a=filler, b=f"{filler}\nBí thư trao giấy khen."))
    hit = engine.ask("ai trao giấy khen").hits[0]
    assert hit.article.id == "b"
    assert hit.passage.ordinal == max(1, hit.passage.ordinal)
    assert "trao giấy khen" in hit.article.body[hit.passage.start : hit.passage.end]


def test_an_empty_collection_answers_nothing() -> None:
    assert Engine(index_of()).ask("chợ ở đâu").hits == ()


def test_an_article_without_a_word_does_no_harm() -> None:
    engine = Engine(writer.build([article("a", "!", "…"), article("b", body="Chợ mới.")], generation=1))
    assert [hit.article.id for hit in engine.ask("chợ").hits] == ["b"]


def test_tags_of_a_question_copied_from_a_page_are_no_words() -> None:
    plain = ENGINE.ask("Ai phụ trách thư viện phường?")
    tagged = ENGINE.ask("<p>Ai phụ trách <strong>thư viện</strong> phường?</p>")
    assert (tagged.hits, tagged.confidence, tagged.is_cut) == (plain.hits, plain.confidence, False)


def test_headline_finds_its_own_article_before_one_that_says_its_words_more_often() -> None:
    articles = [
        article(
            "sau", "Chợ Bàu Trâm họp tạm", "Sau vụ cháy nhà lồng chợ Bàu Trâm, chợ Bàu Trâm họp ở sân kho."
        ),
        article(
            "chay", "Cháy nhà lồng chợ Bàu Trâm", "Lửa thiêu rụi 22 sạp vải của chợ. Nhà bên không cháy."
        ),
    ]
    answer = Engine(writer.build(articles, generation=0)).ask("Cháy nhà lồng chợ Bàu Trâm")
    assert answer.hits[0].article.id == "chay"
    assert answer.suggestion is None


def test_very_long_questions_are_answered() -> None:
    assert ENGINE.ask("rác " * 500).hits[0].article.id == "rac"
    assert ENGINE.ask("lich thu gom rac o duong hoa binh " * 120).hits[0].article.id == "rac"


ANOTHER = built_anew()


@given(st.text(max_size=60))
def test_the_same_question_always_gets_the_same_answer(question: str) -> None:
    assert ENGINE.ask(question) == Engine(ANOTHER).ask(question)


def test_a_wrong_tone_mark_is_suggested_where_the_question_then_finds_clearly_more() -> None:
    index = index_of(
        a="Hội hoa xuân khai mạc tại công viên Bãi Trước.",
        b="Bệnh viện và thư viện nghỉ Tết. Đoàn viên trực.",
        c="Công an phường trực Tết.",
    )
    answer = Engine(index).ask("hội hoa xuân tại công viện Bãi Trước")
    assert answer.suggestion == "hội hoa xuân tại công viên Bãi Trước"
    assert answer.understood_as == answer.question


def test_nothing_is_suggested_for_what_the_articles_say() -> None:
    for question in (
        "Ai phụ trách thư viện phường?",
        "thu vien phuong",
        "xe thu gom rác",
        "rác",
        "phường rác",
    ):
        assert ENGINE.ask(question).suggestion is None


def test_among_some_articles_only_these_are_asked() -> None:
    question = "Ai phụ trách thư viện phường?"
    assert ENGINE.ask_among(question, ["thu-vien", "rac", "unknown"]) == ENGINE.ask(question)
    among = ENGINE.ask_among(question, ["rac", "khai-sinh"])
    assert not among.answered
    assert "thu-vien" not in {hit.article.id for hit in among.hits}


def test_among_articles_that_are_not_there_nothing_is_found() -> None:
    for ids in ([], ["unknown"]):
        answer = ENGINE.ask_among("thư viện", ids)
        assert (answer.answered, answer.hits, answer.confidence) == (False, (), 0)


def test_a_removed_article_is_not_asked_even_by_its_id() -> None:
    index = writer.changed(sample_index(), ["thu-vien"], [], generation=8)
    assert Engine(index).ask_among("thư viện", ["thu-vien"]).hits == ()


def test_a_question_without_an_answer_finds_the_article_in_the_other_language() -> None:
    index = index_of(
        a="Giờ thăm bệnh: người nhà vào thăm bệnh từ 10 giờ đến 12 giờ mỗi ngày.",
        b="Bãi giữ xe mở suốt ngày đêm.",
        c="The canteen opens at six in the morning.",
    )
    glossary = parse_glossary("visiting hour => giờ thăm bệnh\ncanteen => căn tin")
    plain, engine = Engine(index), Engine(index, glossary=glossary)
    question = "What are the visiting hours?"
    assert not plain.ask(question).answered
    assert engine.ask(question).answered
    assert [hit.article.id for hit in engine.ask(question).hits] == ["a"]
    assert [hit.article.id for hit in engine.why(question).answer.hits] == ["a"]
    own = "When does the canteen open?"
    assert engine.ask(own) == plain.ask(own)


def test_an_english_article_that_says_little_of_a_question_does_not_hide_a_vietnamese_one() -> None:
    index = index_of(
        tenants="Foreign tenants sign the contract in their own name. It may take a year at least.",
        ten="Sang tên hợp đồng điện mất hai ngày, kết quả gửi qua tin nhắn. Sang tên hợp đồng không mất phí.",
    )
    glossary = parse_glossary("change the name on the contract => sang tên hợp đồng\nhow long => mất, ngày")
    answer = Engine(index, glossary=glossary).ask("how long does it take to change the name on the contract")
    assert answer.hits[0].article.id == "ten"


def test_small_words_hinder_no_answer_in_the_other_language() -> None:
    index = index_of(
        a="Rinse a jellyfish sting with vinegar, never with water.",
        b="Bãi giữ xe mở suốt ngày đêm, bằng thẻ thì rẻ hơn, bị mất thẻ thì báo ngay.",
    )
    glossary = parse_glossary("jellyfish sting => sứa cắn\nrinse => rửa")
    answer = Engine(index, glossary=glossary).ask("sứa cắn thì rửa bằng gì")
    assert (answer.answered, answer.hits[0].article.id) == (True, "a")


def test_what_is_told_beside_the_question_helps_to_find_the_article() -> None:
    index = index_of(
        a="Đăng ký tạm trú cho người thuê trọ: mang giấy tờ, nộp ở công an.",
        b="Đăng ký khai sinh cho trẻ: mang giấy tờ, nộp ở quầy 1. Nộp giấy tờ buổi sáng.",
        c="Chợ họp từ sáng sớm.",
    )
    question = "đăng ký thì mang giấy tờ gì, nộp ở đâu?"
    told = f"Dạ em chào anh chị. Em thuê trọ ở đây, chủ trọ nói công an sẽ hỏi. Cho em hỏi {question}"
    assert Engine(index).ask(question).hits[0].article.id == "b"
    assert Engine(index).ask(told).hits[0].article.id == "a"


def test_two_questions_at_the_end_of_a_story_are_asked_of_what_it_tells() -> None:
    index = index_of(
        ngheo="Hộ nghèo được hỗ trợ tiền điện mỗi quý. Ai chưa nhận thì báo cán bộ xã trước ngày 10.",
        nang="Điện mặt trời: báo công ty trước ngày đấu nối. Báo trước thì nhanh.",
    )
    answer = Engine(index).ask(
        "Má tôi 70 tuổi sống một mình, nhà thuộc diện hộ nghèo, quý nào cũng có người đem tiền hỗ trợ điện. "
        "Mà quý rồi chờ hoài không thấy. Vậy phải báo cho ai và trước ngày mấy?"
    )
    assert answer.hits[0].article.id == "ngheo"
