"""Many people at once: each question is answered once, and a chat's questions in their order."""

from collections import defaultdict
from typing import Any

import pytest
from stage import Stage

from bot.storage import arrivals
from bot.storage.arrivals import Arrivals

pytest_plugins = ["stage_fixtures"]

CHATS, EACH = 100, 4
FIRST_CHAT = 1000
GIVEN = 100  # updates that Telegram gives at a time
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


@pytest.mark.parametrize("mode", ["polling"], indirect=True)
async def test_flood_waits_with_telegram_and_not_in_memory(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive = Arrivals.receive
    waiting: list[int] = []

    def received(self: Arrivals, *what: Any) -> Any:
        waiting.append(len(waiting) + 1 - len(stage.fake.sent("sendMessage")))
        return receive(self, *what)

    monkeypatch.setattr(arrivals, "MOST_WAITING", 10)
    monkeypatch.setattr(Arrivals, "receive", received)
    for chat in range(3 * GIVEN):
        stage.fake.send_text(next(iter(ASKED)), FIRST_CHAT + chat)
    await stage.fake.wait("sendMessage", times=3 * GIVEN, timeout=120)
    assert max(waiting) <= GIVEN + arrivals.MOST_WAITING
