import pytest

from retrieval.question.asking import Kind, asking, expected
from retrieval.text.analyzer import terms


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("thư viện mở cửa lúc mấy giờ", Kind.NUMBER),
        ("lệ phí bao nhiêu", Kind.NUMBER),
        ("le phi bao nhieu", Kind.NUMBER),
        ("chợ khởi công năm nào", Kind.NUMBER),
        ("ai trao học bổng", Kind.NAME),
        ("nộp hồ sơ ở đâu", Kind.NAME),
        ("how much is the fee", Kind.NUMBER),
        ("where is the library", Kind.NAME),
        ("ai nộp bao nhiêu", None),
        ("thủ tục đăng ký", None),
        ("bắt đầu từ chợ", None),
        ("", None),
    ],
)
def test_a_question_tells_what_the_answer_will_hold(question: str, kind: Kind | None) -> None:
    assert expected(terms(question)) is kind


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("chợ là gì", {"là", "gì"}),
        ("ai là trưởng trạm", {"ai", "là"}),
        ("trạm là nhà ai", {"ai"}),
        ("khi bão vào", set()),
        ("o dau ban ve", {"o", "dau"}),
    ],
)
def test_only_words_in_a_phrase_that_asks_are_asking(question: str, words: set[str]) -> None:
    assert asking(terms(question)) == words
