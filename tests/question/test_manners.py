"""What is only said for good manners is set aside; what belongs to the question stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.manners.grammar import may_begin
from retrieval.question.manners.manners import set_aside
from retrieval.text.canonical import clean

WRAPPED = {
    "Dạ chào ad, cho em hỏi thư viện mở cửa mấy giờ ạ, em cảm ơn ad nhiều": "thư viện mở cửa mấy giờ",
    "chao ad cho em hoi thu vien mo cua may gio a, em cam on nhieu": "thu vien mo cua may gio",
    "Dạj choa ad, cho em hoir phí gửi xe bao nhiêu ạj": "phí gửi xe bao nhiêu",
    "e chào ac, cho e hỏi phí gửi xe bn vs ạ, e cảm ơn": "phí gửi xe bn",
    "Kính gửi quý báo, tôi xin hỏi bao giờ sửa cầu? Trân trọng, Nguyễn Văn Tám": "bao giờ sửa cầu?",
    "Bà con ơi cho tui hỏi chợ họp ngày nào rứa, cám ơn nghen": "chợ họp ngày nào",
    "bà con cô bác ơi ai biết chỉ giùm em với, chợ họp ngày nào": "chợ họp ngày nào",
    "chừ ai làm trưởng thôn Mỹ Lợi rứa": "chừ ai làm trưởng thôn Mỹ Lợi",
    "chợ Đò bữa mô họp lại phiên sáng hỉ": "chợ Đò bữa mô họp lại phiên sáng",
    "phường mình mấy giờ mở cửa zậy ta": "phường mấy giờ mở cửa",
    "ai đang làm chủ tịch phường mình ạ": "ai đang làm chủ tịch phường",
    "bão vô thì có mấy chỗ để sơ tán hè": "bão vô thì có mấy chỗ để sơ tán",
    "Vui lòng cho biết mức phạt khi đỗ xe sai chỗ 🙏🙏": "mức phạt khi đỗ xe sai chỗ",
    "LÀM ƠN CHO TÔI BIẾT GIÁ VÉ XE BUÝT Ạ": "GIÁ VÉ XE BUÝT",
    "hi ad, dạo này khỏe không, cho em hỏi lịch tiêm nhé": "lịch tiêm",
    "Chào chị bên thư viện ạ, cho em xin hỏi phí thẻ ạ": "phí thẻ",
    "Bao giờ sửa cầu? Xin cảm ơn và kính chúc sức khỏe.": "Bao giờ sửa cầu?",
    "xe buýt chạy mấy giờ, chúc cả nhà cuối tuần vui vẻ nha": "xe buýt chạy mấy giờ",
    "ad ơi hỏi thêm câu nữa, lịch cúp nước bữa nào": "lịch cúp nước bữa nào",
    "sẵn cho em hỏi luôn giờ mở cửa với": "giờ mở cửa",
    "nhờ ad xem giúp con của Odin nha": "con của Odin",
    "Hi, how are you? Sorry, one more thing: who runs the clinic?": "who runs the clinic?",
    "Can anybody help me with this? Where is the clinic? Thanks!": "Where is the clinic?",
    "Hi there, could you please tell me when the library opens? Thank you!": "when the library opens?",
    "Hello, do you happen to know where the clinic is, pls": "where the clinic is",
    "I'd like to know how much parking costs. Best regards, Tom": "how much parking costs.",
}
# No rule knows these; their words do.
WRAPPED_FREELY = {
    "ad dễ thương ơi giúp em câu này với nghen, ga Huế mở mấy giờ dzậy ad, iu ad nhìu": "ga Huế mở mấy giờ",
    "Chào bạn. Mình có thắc mắc nhỏ muốn được giải đáp là phí gửi xe ạ": "phí gửi xe",
    "mọi người ơi có ai biết ai là trưởng thôn hông, chỉ mình với": "ai là trưởng thôn",
    "Tôi xin hỏi ban biên tập một việc như sau: bao giờ sửa cầu?": "bao giờ sửa cầu?",
    "trời ơi, ai biết chợ họp mấy giờ chỉ tui với, đội ơn": "chợ họp mấy giờ",
    "dạ cho con hỏi thăm xíu nghen cô chú, lịch tiêm dạ": "lịch tiêm",
    "Con chào chú, chú cho con hỏi chợ ở mô rứa chú hè": "chợ ở mô",
    "hey guys quick q: when is the market thx": "when is the market",
    "Dear Sir or Madam, I am writing to ask where the clinic is. Kind regards, John": "where the clinic is.",
    "Hi! I'm new here and was just wondering how much parking costs? Cheers": "how much parking costs?",
    "Thưa ban quản trị, tôi tìm hoài không thấy nên mạo muội hỏi: bao giờ sửa cầu?": "bao giờ sửa cầu?",
    "Hỏi nhanh đáp gọn nha ad: chợ họp ngày nào Thanks ad trước": "chợ họp ngày nào",
    "Nhờ quý báo trả lời giúp tôi câu hỏi sau đây: phí thẻ bao nhiêu": "phí thẻ bao nhiêu",
    "em có chút thắc mắc muốn nhờ anh chị tư vấn là phí gửi xe ạ": "phí gửi xe",
    "Pardon me, does anybody know where the clinic is? Would be super helpful": "where the clinic is?",
    "Hi dear, please can you help me with this: when is the market? God bless": "when is the market?",
    "Em chào ad, tình hình là em muốn biết chợ họp ngày nào á ad, ad rep em sớm nha": "chợ họp ngày nào",
    "mấy bác cho em hỏi ngoài lề tí xíu ga Huế ở đâu vậy mấy bác, hậu tạ ly cà phê": "ga Huế ở đâu",
    "ad check giúp em phí thẻ với ạ, em hỏi mấy chỗ rồi mà không ai biết": "phí thẻ",
    "mấy anh điện lực xã ơi làm ơn cho hỏi dời công tơ tốn nhiêu hén": "dời công tơ tốn nhiêu",
    "Bot ơi bot, giá vé bao nhiêu vậy bot, trả lời lẹ giùm cái nha": "giá vé bao nhiêu",
    "Thưa anh, tôi xin phép hỏi anh là bao giờ sửa cầu? Nếu được mong anh trả lời sớm": "bao giờ sửa cầu?",
    "Nhờ thầy cô giải đáp giúp em: thi vẽ mang màu gì ạ": "thi vẽ mang màu gì",
    "Hello there! New here, so I have one question for you: where is the clinic?": "where is the clinic?",
    "hey, sorry if this is a silly question but when is the market thx": "when is the market",
    "Good day, I was hoping you could tell me where the clinic is. Thanks heaps!": "where the clinic is.",
    "Can anybody here help? Where is the clinic? Thanks a bunch": "Where is the clinic?",
    "sorry if this was asked before, who runs the clinic lol": "who runs the clinic",
}
BARE = [
    "giấy phép chào bán cổ phiếu",
    "Chào Mừng đạt giải gì",
    "Lễ chào cờ lúc mấy giờ",
    "xin nghỉ học phải làm đơn gì",
    "đơn xin việc cần chứng thực không",
    "cho con xin nghỉ học thì nộp giấy gì",
    "Thư cảm ơn người hiến máu",
    "anh chị em ruột có được thừa kế không",
    "cho em bé bú bao lâu một lần",
    "cho em hỏi Hà Nội"[11:],
    "Dạ cổ hoài lang do ai viết",
    "vitamin A có trong rau nào",
    "Ai chỉ huy trận Bạch Đằng",
    "Bảo hộ công dân ở mức cao nhất",
    "hướng dẫn hộ kinh doanh kê khai thuế",
    "hỗ trợ cho người khuyết tật thế nào",
    "bác sĩ khám nhi là ai",
    "trạm cần bao nhiêu bác sĩ",
    "vì sao lại làm như rứa",
    "công an phường ở đâu",
    "Hello Vietnam do ai hát",
    "How can I help my neighbour register",
    "Thank You for Smoking is a film by whom",
    "giấy khám sức khỏe làm ở đâu",
    "thuê ruộng bao nhiêu 1 ha",
    "mấy tuổi được học bơi hè",
    "người khỏe mạnh có được hiến máu không",
    "chúc thọ người cao tuổi có quà gì",
    "One thing that the river carries",
    "du lịch Bồ Đào Nha",
    "nước ta có bao nhiêu tỉnh",
    "Ai la vo cua Ho Chi Minh",
    "Co bao nhieu Hoi dong Kiem tra o An Do?",
    "Con có được tư vấn tâm lý miễn phí không",
    "em bé cần biết bơi không",
    "ai biết chữ Nôm",
    "Can you ask for a visa at the border",
]


def test_word_that_ends_begins_no_rule_of_longer_words() -> None:
    assert may_begin(" ai là", "ASKING"), "if nothing is behind, it may be the beginning of làm ơn"
    assert not may_begin(" ai là ", "ASKING")
    assert may_begin(" ai làm ", "ASKING")


@pytest.mark.parametrize(("said", "asked"), [*WRAPPED.items(), *WRAPPED_FREELY.items()])
def test_manners_around_a_question_are_set_aside(said: str, asked: str) -> None:
    assert set_aside(said).text == asked


@pytest.mark.parametrize("question", BARE)
def test_what_belongs_to_a_question_stays(question: str) -> None:
    assert set_aside(question).text == question


def test_name_behind_a_request_stays() -> None:
    assert set_aside("cho em hỏi Hà Nội có mấy quận").text == "Hà Nội có mấy quận"
    assert set_aside("cho em hỏi nha khoa ở đâu ạ").text == "nha khoa ở đâu"


def test_story_is_told_and_its_question_asked() -> None:
    said = set_aside(
        "Dạ em chào anh chị. Nhà em ở gần kênh, mấy tháng nay nước hôi lắm, con nhỏ ho hoài. "
        "Em có báo tổ trưởng rồi mà chưa thấy ai xuống. Cho em hỏi bao giờ phường nạo vét kênh Rạch Gốc ạ?"
    )
    assert said.text == "bao giờ phường nạo vét kênh Rạch Gốc"
    assert "nước hôi lắm" in said.context


def test_question_that_points_back_is_asked_with_what_it_points_to() -> None:
    said = set_aside(
        "Dạ em chào ad, nhà em vừa sinh bé hôm qua. Mẹ em bảo làm khai sinh qua mạng được. "
        "Cho em hỏi làm kiểu đó thì mất bao lâu ạ"
    )
    assert said.text == "Mẹ em bảo làm khai sinh qua mạng được. làm kiểu đó thì mất bao lâu"
    assert "vừa sinh bé" in said.context


TOLD = {  # what is told beside the question, and what is asked
    "Em ở trọ, chủ kêu em tự lo, mà em chưa biết gì hết. phí tạm trú bao nhiêu ạ? Mong anh chị chỉ em": (
        "phí tạm trú bao nhiêu"
    ),
    "Bà con nào biết chỉ tui với, chợ Đò họp ngày nào rứa? Tui hỏi mấy nhà không ai biết chi hết": (
        "chợ Đò họp ngày nào"
    ),
    "Dạ cho em hỏi thư viện đóng cửa mấy giờ để em sắp xếp đi lại cho tiện": "thư viện đóng cửa mấy giờ",
    "Cháu ơi, bác hỏi tí: trạm y tế mở ngày nào? Bác già rồi không rành điện thoại": "trạm y tế mở ngày nào?",
    "Không ai bắt máy, thôi em nhắn vô đây, phí gửi xe máy bao nhiêu vậy anh": "phí gửi xe máy bao nhiêu",
    "tôi không biết tin ai nên nhắn hỏi cho chắc ăn, giá vé xe bao nhiêu vậy cô": "giá vé xe bao nhiêu",
    "Ơ, hỏi hôm qua chả ai trả lời, thôi hỏi lại phát nữa, phí gửi xe bao nhiêu thế các bác?": (
        "phí gửi xe bao nhiêu"
    ),
    "Em có việc gấp, anh chị nào đang trực trả lời giúp em liền với: chợ họp ngày nào?": "chợ họp ngày nào?",
    "Sorry to bother you. When does the market open? I couldn't find it on the website.": (
        "When does the market open?"
    ),
    "Hi team, my wife and I are foreigners living nearby. We'd love to know when the market opens. Bye": (
        "when the market opens."
    ),
    "chợ Bến Lụa họp ngày nào? Trả lời giúp tôi càng sớm càng tốt, tôi sắp phải đi công tác rồi": (
        "chợ Bến Lụa họp ngày nào?"
    ),
    "I'm new here. I'm not sure who to ask, but when does the market open?": "when does the market open?",
}


@pytest.mark.parametrize(("said", "asked"), TOLD.items())
def test_what_is_told_beside_a_question_is_its_context(said: str, asked: str) -> None:
    assert set_aside(said).text == asked


@pytest.mark.parametrize(
    "question",
    [
        "em muốn đăng ký kết hôn, cần giấy tờ gì ạ",  # what is asked has no subject of its own
        "Trong nhiệm kỳ của mình, tổng thống đã làm gì?",
        "cần làm gì để em bé ngủ ngon",
        "không biết ai làm chủ tịch phường",
    ],
)
def test_what_only_looks_like_a_story_is_asked_whole(question: str) -> None:
    said = set_aside(question)
    assert not said.context


def test_message_of_manners_alone_asks_nothing() -> None:
    said = set_aside("dạ em chào ad ạ, cho em hỏi chút với ạ")
    assert said.is_all
    assert said.text == "dạ em chào ad ạ, cho em hỏi chút với ạ"


@given(st.text(st.sampled_from("aàạ ơi choem hỏi,.?!\n🙏dảmn"), max_size=60) | st.text(max_size=40))
def test_what_is_kept_stands_in_the_question(text: str) -> None:
    question = clean(text)
    said = set_aside(question)
    assert all(0 <= start < end <= len(question) for start, end in said.kept) or not question
    letters = [c for start, end in said.kept for c in question[start:end] if c.isalnum()]
    assert [c for c in said.text if c.isalnum()] == letters
    assert unicodedata.is_normalized("NFC", said.text)
