"""Many people at once: each question is answered once, and a chat's questions in their order."""

from collections import defaultdict

from stage import Stage

pytest_plugins = ["stage_fixtures"]

CHATS, EACH = 100, 4
FIRST_CHAT = 1000
ASKED = {
    "Thẻ thư viện giá bao nhiêu một năm?": "ba mươi nghìn đồng",
    "hoi hoa xuan khai mac o dau": "công viên Bãi Trước",
    "quầy số 77 của chợ cá nộp phí gì": "Quầy số 77",
    "Xin chào!": "What would you like to know?",
}


async def test_crowd_is_answered_once_each_and_in_order(stage: Stage) -> None:
    questions = list(ASKED)
    for turn in range(EACH):
        for chat in range(CHATS):
            stage.fake.send_text(questions[(turn + chat) % EACH], FIRST_CHAT + chat)
    calls = await stage.fake.wait("sendMessage", times=CHATS * EACH, timeout=120)
    # What is asked now is answered after all of it, were anything said twice.
    last = await stage.asked(questions[0])
    said = defaultdict(list)
    for call in stage.fake.sent("sendMessage"):
        said[call.chat_id].append(call.text)
    del said[last["chat"]["id"]]
    assert len(calls) == CHATS * EACH == sum(map(len, said.values()))
    for chat in range(CHATS):
        texts = said[FIRST_CHAT + chat]
        wanted = [ASKED[questions[(turn + chat) % EACH]] for turn in range(EACH)]
        assert [word in text for word, text in zip(wanted, texts, strict=True)] == [True] * EACH
