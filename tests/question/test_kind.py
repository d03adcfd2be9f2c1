import pytest

from retrieval.question.kind import Kind, kinds_asked


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
    assert kinds_asked(question) == kinds


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("gửi xe máy bao nhiêu", {Kind.MONEY}),
        ("bản sao bao nhiêu một trang", {Kind.MONEY}),
        ("cầu dài bao nhiêu", {Kind.NUMBER}),
        ("tuyển bao nhiêu người", {Kind.NUMBER}),
        ("trưởng khoa mắt", {Kind.PERSON}),
        ("phó chủ tịch xã", {Kind.PERSON}),
        ("số công an xã", {Kind.PHONE}),
        ("công an xã số mấy", {Kind.PHONE}),
        ("công an xã số mấy đường lê lợi", {Kind.PLACE}),
        ("số 12 đường lê lợi", set()),
        ("hiến máu ở khoa nào", {Kind.PLACE}),
        ("vé xe đò", {Kind.MONEY}),
        ("đi làm khai sinh cho con mang theo những gì", {Kind.PAPERS}),
        ("những ai được miễn vé", {Kind.CONDITIONS}),
        ("đội thu gom rác có bao nhiêu xe", {Kind.NUMBER}),
        ("lớp một nhận bao nhiêu", {Kind.NUMBER}),
        ("suất cơm một ngày bao nhiêu", {Kind.MONEY}),
        ("muốn đo mắt thì tới bữa mô", {Kind.DAY}),
        ("trạm dời tới chỗ mô", {Kind.PLACE}),
        ("khi đi tiêm đem theo chi", {Kind.PAPERS}),
        ("quy mô của chi bộ", set()),
        ("giá trị của lịch sử", set()),
        ("giờ muốn đi chợ thì làm sao", {Kind.STEPS}),
        ("quầy 77 của chợ nộp phí gì", set()),
        ("xóm 4 cũ giờ kêu là gì", set()),
        ("giờ đi làm có bị phạt không", {Kind.YES_NO}),
        ("giờ làm việc", {Kind.HOUR}),
        ("thời gian nộp đơn", {Kind.DAY, Kind.HOUR, Kind.PERIOD}),
    ],
)
def test_few_words_tell_what_is_asked_for(question: str, kinds: set[Kind]) -> None:
    assert set(kinds_asked(question)) == kinds
