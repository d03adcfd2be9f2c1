"""What is no question, as whole messages."""

import pytest

from bot.conversation.smalltalk import recognise
from bot.conversation.talk import Talk
from retrieval.text.canonical import without_accents

MESSAGES = {
    Talk.GREETING: [
        "xin chào",
        "Chào bạn!",
        "chào bot ạ",
        "hello bot",
        "Hiii 👋",
        "alo",
        "a lô có ai không",
        "hi hi",
        "Chàoooo cả nhà",
        "good morning",
        "em chào anh chị ạ",
        "Hỏi Báo ơi, chào bạn",
        "chào htx",
        "cty ơi",
    ],
    Talk.THANKS: [
        "cảm ơn",
        "Cảm ơn nhiều nhé!!!",
        "cám ơn bạn rất nhiều",
        "ok cảm ơn bot",
        "thanks!",
        "Thank you so much 🙏",
        "tks ad",
        "dạ vâng, em cảm ơn anh ạ",
    ],
    Talk.GOODBYE: ["tạm biệt", "bye bye", "cảm ơn, tạm biệt bạn nhé", "hẹn gặp lại", "see you"],
    Talk.HELP: [
        "giúp tôi với",
        "help",
        "Help me please!",
        "cứu với",
        "hướng dẫn sử dụng",
        "chào bạn, giúp mình với",
        "???",
    ],
    Talk.WHO: ["bạn là ai", "Bạn là ai vậy?", "bạn làm được gì", "xin chào, bạn tên gì?", "what can you do?"],
    Talk.LAUGH: ["haha", "hahaha", "kkk", "vui ghê ta", "😂😂"],
    Talk.COMPLAINT: [
        "sai rồi bạn ơi",
        "không phải",
        "trả lời gì kỳ vậy",
        "không liên quan gì hết",
        "not what I asked",
    ],
    Talk.INSULT: ["đồ ngốc", "bot gì mà dở ẹc", "ngu quá", "useless bot"],
    Talk.PERSON: ["cho gặp người thật đi", "mình muốn gặp nhân viên", "can I talk to a human please"],
    Talk.ASKS: ["cho em hỏi chút với ạ", "mình muốn hỏi", "may I ask you something?"],
    Talk.LAUGH: ["haha", "hahaha", "kkk", "vui ghê ta", "😂😂"],
    Talk.COMPLAINT: [
        "sai rồi bạn ơi",
        "không phải",
        "trả lời gì kỳ vậy",
        "không liên quan gì hết",
        "not what I asked",
    ],
    Talk.INSULT: ["đồ ngốc", "bot gì mà dở ẹc", "ngu quá", "useless bot"],
    Talk.PERSON: ["cho gặp người thật đi", "mình muốn gặp nhân viên", "can I talk to a human please"],
    Talk.ASKS: ["cho em hỏi chút với ạ", "mình muốn hỏi", "may I ask you something?"],
    Talk.NOD: ["ok", "okieee", "👍", "❤️❤️", "dạ", "hay quá", "…", "ủa vậy hả", "great!"],
}
QUESTIONS = [
    "gửi xe máy bao nhiêu",
    "cảm ơn nhé, còn giờ mở cửa?",
    "cho gặp chủ tịch phường phải đăng ký ở đâu",
    "rác",
    "kem",
    "bán gà ở chợ nào",
    "là ai",
    "không phải đóng phí gì",
    "gửi xe máy bao nhiêu",
    "cảm ơn nhé, còn giờ mở cửa?",
    "cho gặp chủ tịch phường phải đăng ký ở đâu",
    "rác",
    "kem",
    "bán gà ở chợ nào",
    "là ai",
    "không phải đóng phí gì",
    "chào cờ lúc mấy giờ",
    "cảm ơn ai đã trao học bổng",
    "giúp người nghèo vay vốn ở đâu",
    "cháo",
    "chi phí xây nhà",
    "hướng dẫn đăng ký hộ kinh doanh",
    "bạn đọc mượn được mấy cuốn?",
    "ai là chủ tịch",
    "tạm biệt mùa hè chiếu ở đâu",
    "hi vọng là gì",
    "help desk phone number",
    "ở đâu",
    "còn em bé thì sao",
    "ok vậy còn phí",
    "thanh toán thế nào",
    "alo phường là số mấy",
    "tuyệt chủng",
    "mấy giờ rồi",
    "bạn",
    "2015?",
    "tên gì?",
]


@pytest.mark.parametrize(
    ("text", "talk"), [(text, talk) for talk, texts in MESSAGES.items() for text in texts]
)
def test_whole_message_is_recognised_with_accents_and_without(text: str, talk: Talk) -> None:
    assert recognise(text) is talk
    assert recognise(without_accents(text).upper()) is talk


@pytest.mark.parametrize("text", QUESTIONS)
def test_question_that_holds_such_words_stays_a_question(text: str) -> None:
    assert recognise(text) is None
    assert recognise(without_accents(text)) is (Talk.GREETING if text == "cháo" else None)


def test_long_message_is_never_small_talk() -> None:
    assert recognise("chào " * 1000) is None


SAID_FREELY = {
    "ok để mai mình ghé": Talk.NOD,
    "để em hỏi lại vợ đã": Talk.NOD,
    "vậy thôi nha": Talk.NOD,
    "lát hỏi tiếp": Talk.NOD,
    "sao mắc dữ vậy trời": Talk.NOD,
    "bot thông minh ghê": Talk.NOD,
    "haizz chán": Talk.COMPLAINT,
    "tầm bậy tầm bạ": Talk.COMPLAINT,
    "không phải cái tui hỏi": Talk.COMPLAINT,
    "đâu phải ý tui": Talk.COMPLAINT,
    "đọc không hiểu gì hết": Talk.COMPLAINT,
    "tra loi kieu gi vay": Talk.COMPLAINT,
    "not what I want": Talk.COMPLAINT,
    "mày bị điên à": Talk.INSULT,
    "bạn là trí tuệ nhân tạo à": Talk.WHO,
    "giúp được gì cho tui": Talk.WHO,
    "are you a human or a bot": Talk.WHO,
    "cho tôi gặp cán bộ trực": Talk.PERSON,
    "chuyển máy cho cán bộ giúp": Talk.PERSON,
    "let me talk to someone": Talk.PERSON,
    "mai mốt tui quay lại": Talk.NOD,
    "câu trả lời rất hữu ích": Talk.NOD,
    "trả lời sai bét hết trơn": Talk.COMPLAINT,
    "ủa trả lời trật lất vậy": Talk.COMPLAINT,
    "tui hỏi cái khác mà": Talk.COMPLAINT,
    "totally wrong answer": Talk.COMPLAINT,
    "ngu như con bò": Talk.INSULT,
    "bot do ai làm": Talk.WHO,
    "tôi cần người hỗ trợ trực tiếp": Talk.PERSON,
    "đồ đần độn": Talk.INSULT,
    "adu bot ngu vl": Talk.INSULT,
    "bot gì kỳ vậy": Talk.INSULT,
    "vui tính quá": Talk.LAUGH,
    "bạn là gì": Talk.WHO,
    "mày làm được cái gì": Talk.WHO,
    "biết làm cái gì": Talk.WHO,
    "có ai online không": Talk.GREETING,
    "test": Talk.GREETING,
    "trời ơi": Talk.NOD,
    "love you bot": Talk.NOD,
}


@pytest.mark.parametrize(("text", "talk"), SAID_FREELY.items())
def test_the_roles_of_its_words_tell_what_a_message_says(text: str, talk: Talk) -> None:
    assert recognise(text) is talk


@pytest.mark.parametrize(
    "question",
    [
        "thôi nôi cúng gì",
        "thôi việc cần báo trước mấy ngày",
        "để xe ở đâu",
        "mai mấy giờ khám",
        "mai có làm việc không",
        "chiều có làm không",
        "giờ làm việc",
        "làm tới đâu rồi",
        "ai trực tối nay",
        "cán bộ trực cuối tuần",
        "gặp bác sĩ Nguyên ở đâu",
        "người phụ trách lớp bơi",
        "10 điểm thi",
        "đỉnh Fansipan cao bao nhiêu",
        "trả lời kiến nghị cử tri",
        "sai phạm ở xã",
        "nhầm giới tính trong khai sinh",
        "có xa không",
        "how long does it take",
        "customer service phone number",
        "tu may gio toi may gio",
        "con o to",
        "co y te bao nhieu tuoi",
        "cái gì được miễn phí",
        "test nhanh covid ở đâu",
        "yêu cầu gì",
    ],
)
def test_words_that_are_also_said_freely_may_ask(question: str) -> None:
    assert recognise(question) is None
