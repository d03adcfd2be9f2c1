"""What may be asked in a message is found, though its manners are not all known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import sample_index

from retrieval.answering.engine import Engine
from retrieval.question.manners.cores import cores
from retrieval.text.canonical import clean

ASKED = {
    "minh dang o ngoai duong ko mo web duoc, le phi khai sinh bao nhieu vay ad": "le phi khai sinh bao nhieu",
    "em xác nhận lại chút thôi, thư viện phường mở mấy giờ": "thư viện phường mở mấy giờ",
    "Bà nội con thắc mắc hoài mà con không biết trả lời sao, chợ Đò họp ngày nào": "chợ Đò họp ngày nào",
    "chợ Đò họp ngày nào tui kiếm hoài không ra luôn á": "chợ Đò họp ngày nào",
    "con là sinh viên năm hai nên rất muốn tìm hiểu chợ Đò họp ngày nào": "chợ Đò họp ngày nào",
    "Nghe nói ở đây hỏi gì cũng biết nên tôi thử xem sao, chợ Đò họp ngày nào": "chợ Đò họp ngày nào",
    "cứu em với, ai xây chùa Bến Lụa huhu mai em thi rồi 😭": "ai xây chùa Bến Lụa",
    "Chợ Đò họp ngày nào Biết thì chỉ, đừng chửi tội nghiệp em": "Chợ Đò họp ngày nào",
    "Năm 2016, ai xây chùa Bến Lụa, mai em thi rồi": "Năm 2016, ai xây chùa Bến Lụa",
    "con em chưa làm thẻ chợ, giờ đi có bị phạt không": "chưa làm thẻ chợ, giờ đi có bị phạt không",
    "who built the Red Bridge pls respond asap, its kinda urgent": "who built the Red Bridge",
    "thanks for the last answer! now, who built the Red Bridge": "who built the Red Bridge",
}


@pytest.mark.parametrize(("said", "asked"), ASKED.items())
def test_question_is_found_beside_unknown_talk(said: str, asked: str) -> None:
    assert asked in list(cores(said))


@pytest.mark.parametrize(
    "question",
    [
        "tôi đăng ký kết hôn, cần giấy gì",  # what is asked names no subject of its own
        "thư viện phường mở mấy giờ?",
        "Trong chuyến đi của mình, ông đã gặp nhân vật quan trọng nào?",
        "Ai tước bóng từ Newton ở lượt chơi thứ ba?",
        "Năm 1978, hội đồng bầu cử được thành lập lúc nào",
        "nha khoa tre em mo cua may gio",
        "he thong xe dap nao lon nhat chau Au",  # châu, not cháu
        "ai la nguoi lanh dao tao ra phong trao",
        "nganh nao o Bac My gay ra cuoc chien ca thu",
        "phe lien minh hop o dau",
    ],
)
def test_question_without_talk_has_no_core(question: str) -> None:
    assert not list(cores(question))


@given(st.text(st.sampled_from("aàạ ơi choem hỏi,.?!\n🙏dảmn"), max_size=60) | st.text(max_size=40))
def test_core_stands_in_its_message(text: str) -> None:
    assert all(core and core in clean(text) for core in cores(clean(text)))


def test_message_of_manners_alone_has_no_core() -> None:
    assert not list(cores("dạ em chào ad ạ, cho em hỏi chút với ạ"))


def test_tale_hides_no_question() -> None:
    engine = Engine(sample_index())
    tale = "Hồi sáng trời mưa lớn, cả xóm ngập nước, xe tui chết máy giữa đường"
    answer = engine.ask(f"{tale}, ai phụ trách thư viện phường vậy, chớ hàng xóm đồn tùm lum")
    assert answer.answered
    assert answer.hits[0].article.id == "thu-vien"
    assert not engine.ask(f"{tale}, chớ hàng xóm đồn tùm lum").answered
