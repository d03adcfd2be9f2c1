import pytest

from retrieval.question.kind import Kind, kinds_asked
from retrieval.text.analyzer import terms


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("thư viện mở cửa lúc mấy giờ", (Kind.HOUR,)),
        ("lệ phí bao nhiêu", (Kind.MONEY,)),
        ("le phi bao nhieu", (Kind.MONEY,)),
        ("chợ khởi công năm nào", (Kind.DAY,)),
        ("ai trao học bổng", (Kind.PERSON,)),
        ("nộp hồ sơ ở đâu", (Kind.PLACE,)),
        ("how much is the fee", (Kind.MONEY,)),
        ("where is the library", (Kind.PLACE,)),
        ("ai nộp bao nhiêu", (Kind.MONEY, Kind.PERSON)),
        ("thủ tục đăng ký", (Kind.STEPS,)),
        ("số điện thoại trạm y tế", (Kind.PHONE,)),
        ("giá giường", (Kind.MONEY,)),
        ("bé có được tiêm không", (Kind.YES_NO,)),
        ("bắt đầu từ chợ", ()),
        ("", ()),
    ],
)
def test_a_question_tells_what_kind_of_thing_the_answer_will_hold(
    question: str, kinds: tuple[Kind, ...]
) -> None:
    assert kinds_asked(terms(question)) == kinds
