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
