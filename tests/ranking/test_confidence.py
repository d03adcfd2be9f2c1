import pytest
from texts import article, index_of, sample_index

from retrieval.answering.engine import Engine
from retrieval.indexing import writer

ENGINE = Engine(sample_index())


def sure(question: str) -> float:
    return ENGINE.ask(question).confidence


def test_it_grows_with_what_the_passage_says_of_the_question() -> None:
    assert sure("đăng ký khai sinh quá hạn") > sure("đăng ký kết hôn quá hạn") > sure("đăng bài quá dài")


def test_it_falls_with_words_that_no_passage_knows() -> None:
    assert sure("xe thu gom rác") > sure("xe thu gom rác kilimanjaro")


def test_words_side_by_side_say_more_than_words_apart() -> None:
    filler = "và vài chữ nữa xen vào giữa hai chữ ấy "
    others = {"b": "Trạm xe buýt.", "c": "Máy bơm nước.", "d": "Nhà mới xây."}
    close = Engine(index_of(a=f"Trạm bơm mới chạy {filler * 3}.", **others))
    apart = Engine(index_of(a=f"Trạm {filler} bơm {filler} mới {filler} chạy.", **others))
    assert close.ask("trạm bơm mới").confidence > apart.ask("trạm bơm mới").confidence


@pytest.mark.parametrize("question", ["", "😀", "kilimanjaro"])
def test_it_is_nothing_where_nothing_is_found(question: str) -> None:
    assert sure(question) == 0


def test_all_of_it_in_one_place_is_an_answer_however_common_the_words_are() -> None:
    bodies = {
        f"a{number}": f"Chợ nổi bán cá, sạp {number}, chủ sạp là người {number}." for number in range(9)
    }
    assert Engine(index_of(**bodies)).ask("chợ nổi bán cá").answered


def test_a_question_whose_subject_is_a_title_is_answered_in_a_collection_of_any_size() -> None:
    notice = article("phep", body="Nộp hồ sơ tại quầy 3, chờ 15 ngày.", title="Giấy phép xây dựng nhà ở")
    others = [article(f"a{number}", body=f"Chợ nổi bán cá, sạp {number}.") for number in range(200)]
    for collection in ([notice], [notice, *others]):
        engine = Engine(writer.build(collection, generation=0))
        assert engine.ask("giấy phép xây dựng").answered


def asked_of(question: str, **bodies: str) -> float:
    others = {f"o{number}": f"Sạp cá số {number} bán tới trưa." for number in range(20)}
    return Engine(index_of(**bodies, **others)).ask(question).confidence


def another(question: str, **bodies: str) -> float:
    """What another number, name or thing speaks against an answer, beside one article on something else."""
    odds = Engine(index_of(**bodies, b="Sạp cá bán tới trưa.")).why(question).odds
    assert odds is not None
    return odds.another


def test_another_number_than_the_one_asked_speaks_against_an_answer() -> None:
    notice = article("tuyen", body="Tuyến 5 chạy từ bến Đò tới chợ Gò lúc 5 giờ.", title="Tuyến 5 bến Đò")
    others = [article(f"a{number}", body=f"Chợ nổi bán cá, sạp {number}.") for number in range(20)]
    engine = Engine(writer.build([notice, *others], generation=0))
    assert engine.ask("tuyến 5 đi bến Đò mấy giờ").answered
    assert not engine.ask("tuyến 7 đi bến Đò mấy giờ").answered


@pytest.mark.parametrize(
    ("body", "is_said"),
    [
        ("Khu phố 2 đến khu phố 9 lấy rác thứ Ba.", True),
        ("Khu phố 2 - 9 lấy rác thứ Ba.", True),
        ("Khu phố 2, khu phố 3 và khu phố 9 lấy rác thứ Ba.", False),
    ],
)
def test_a_number_within_a_range_is_said_and_one_that_a_list_leaves_out_is_not(
    body: str, is_said: bool
) -> None:
    sure = asked_of("khu phố 7 lấy rác ngày nào", a=body)
    listed = asked_of("khu phố 9 lấy rác ngày nào", a=body)
    assert (sure > 0.6 * listed) is is_said


@pytest.mark.parametrize(
    ("body", "speaks_against"),
    [
        ("Tuyến 20 đi chợ Gò từ 5 giờ sáng.", False),
        ("Tuyến đi chợ Gò cứ 20 phút một chuyến.", True),
        ("Tuyến 20 phút đi chợ Gò chạy từ sáng.", False),
    ],
)
def test_a_number_that_only_measures_is_no_number_of_a_thing(body: str, speaks_against: bool) -> None:
    assert (another("tuyến 20 đi chợ Gò lúc nào", a=body) < 0) is speaks_against


@pytest.mark.parametrize(
    ("body", "speaks_against"),
    [
        ("Gửi xe dưới 9 chỗ 20.000 đồng, từ 9 đến 16 chỗ 40.000 đồng.", False),
        ("Gửi xe 9 chỗ 20.000 đồng, xe 16 chỗ 40.000 đồng.", True),
    ],
)
def test_a_number_of_what_is_told_by_its_limits_need_not_be_said(body: str, speaks_against: bool) -> None:
    assert (another("gửi xe 12 chỗ bao nhiêu tiền", a=body) < 0) is speaks_against


def test_what_is_asked_for_must_stand_near_what_it_is_asked_of() -> None:
    near = "Thư viện thị trấn gọi 0278 3111 222. Nhà văn hóa dạy đàn vào buổi tối."
    apart = "Thư viện thị trấn cho mượn sách. Nhà văn hóa gọi 0278 3111 222."
    nowhere = "Thư viện thị trấn cho mượn sách. Nhà văn hóa dạy đàn vào buổi tối."
    question = "số điện thoại thư viện thị trấn"
    assert asked_of(question, a=near) > asked_of(question, a=apart) > asked_of(question, a=nowhere)


def test_small_words_that_an_article_says_answer_nothing() -> None:
    body = "Chợ Gò họp từ sáng, có cá và rau ở dãy trong."
    assert asked_of("chợ Gò có cá", a=body) > asked_of("thì ở và có là của trong", a=body)


@pytest.mark.parametrize("number", ["²", "4:²", "9" * 4_000, "10" * 2_500])
def test_a_number_that_nobody_can_count_with_is_a_word(number: str) -> None:
    engine = Engine(index_of(a=f"Khu phố 10 và 18, khu phố {number[:5_000]}.", b="Chợ nổi bán cá."))
    assert engine.ask(f"khu phố {number[:4_000]} ở đâu").confidence <= 1


def test_another_letter_or_number_among_several_speaks_against_an_answer() -> None:
    others = [article(f"a{number}", body=f"Chợ nổi bán cá, sạp {number}.") for number in range(20)]
    lift = article("thang", body="Công ty bảo trì thang số 2 lúc 8 giờ.", title="Bảo trì thang máy tháp A")
    power = article("dien", body="Khu phố 3 cúp điện ngày 5/11, khu phố 7 cúp điện ngày 6/11.")
    engine = Engine(writer.build([lift, power, *others], generation=0))
    assert engine.ask("bảo trì thang máy tháp A lúc mấy giờ").answered
    assert not engine.ask("bảo trì thang máy tháp B lúc mấy giờ").answered
    assert engine.ask("khu phố 7 cúp điện ngày nào").answered
    assert not engine.ask("khu phố 5 cúp điện ngày nào").answered


def test_one_of_a_thing_is_no_number_of_it() -> None:
    assert asked_of("chích ngừa chó 1 con hết bao nhiêu tiền", a="Chích ngừa chó: 25.000 đồng một con.") > 0.5


@pytest.mark.parametrize(("number", "is_sure"), [("0279 3666 155", True), ("bà Lê Na", False)])
def test_what_is_asked_for_is_an_answer_where_the_title_says_all_of_the_subject(
    number: str, is_sure: bool
) -> None:
    body = f"Cần gì thì gọi ngay {number}. Đến sớm thì còn chỗ."
    notice = article("sap", title="Thuê sạp cá ở chợ mới", body=body)
    others = [article(f"o{at}", body=f"Sạp cá số {at} bán tới trưa.") for at in range(20)]
    engine = Engine(writer.build([notice, *others], generation=0))
    assert engine.ask("sạp cá gọi số nào").answered is is_sure


def test_an_only_article_is_asked_about_what_it_says() -> None:
    notice = article("cho", body="Sạp cá số 4 bán tới trưa. Chợ nổi họp từ sáng.", title="Chợ nổi")
    other = article("do", body="Đò ngang chạy từ bến Gò.", title="Đò ngang")
    alone, beside = (Engine(writer.build(each, generation=0)) for each in ([notice], [notice, other]))
    found, also = (engine.why("sạp cá bán tới mấy giờ").odds for engine in (alone, beside))
    assert found is not None
    assert also is not None
    assert found.base > also.base
