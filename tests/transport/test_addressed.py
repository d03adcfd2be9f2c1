"""What is meant for the bot, and what it is addressed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot, Chat, ForumTopicCreated, Message, MessageEntity, User

from bot.transport import addressed

BOT = User(1, "Hỏi Báo", is_bot=True, username="Hoi_Bao_Bot")
PERSON = User(7, "An", is_bot=False)


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> Bot:
    """A bot that knows who it is without asking Telegram."""
    bot = Bot("1:TOKEN")
    monkeypatch.setattr(bot, "_bot_user", BOT)
    return bot


def written(bot: Bot, text: str, *, group: bool = True, **fields: Any) -> Message:
    """A message; @names in it are mentions, as Telegram marks them."""
    entities = fields.pop("entities", None) or [
        MessageEntity(MessageEntity.MENTION, len(text[:start].encode("utf-16-le")) // 2, len(word))
        for word in text.split()
        if word.startswith("@")
        for start in [text.index(word)]
    ]
    chat = Chat(-5, Chat.SUPERGROUP) if group else Chat(7, Chat.PRIVATE)
    fields = {"from_user": PERSON, "text": text, "entities": entities} | fields
    message = Message(1, datetime.now(UTC), chat, **fields)
    message.set_bot(bot)
    return message


def test_everything_in_a_private_chat_is_meant_for_the_bot(bot: Bot) -> None:
    assert addressed.is_addressed(written(bot, "thư viện ở đâu", group=False))


@pytest.mark.parametrize(
    "text", ["@hoi_bao_bot thư viện ở đâu", "thư viện ở đâu @HOI_BAO_BOT", "📚📚 @Hoi_Bao_Bot thư viện"]
)
def test_mention_in_a_group_is_meant_for_the_bot(bot: Bot, text: str) -> None:
    assert addressed.is_addressed(written(bot, text))


@pytest.mark.parametrize("text", ["thư viện ở đâu", "@hoi_bao thư viện", "@hoi_bao_bot2 thư viện"])
def test_other_talk_in_a_group_is_not(bot: Bot, text: str) -> None:
    assert not addressed.is_addressed(written(bot, text))


def test_name_that_telegram_does_not_mark_as_a_mention_is_none(bot: Bot) -> None:
    address = MessageEntity(MessageEntity.EMAIL, 0, 20)
    assert not addressed.is_addressed(written(bot, "thu@hoi_bao_bot.org", entities=[address]))


def test_mention_by_a_link_to_the_bot_counts(bot: Bot) -> None:
    mention = MessageEntity(MessageEntity.TEXT_MENTION, 0, 7, user=BOT)
    assert addressed.is_addressed(written(bot, "Hỏi Báo ơi", entities=[mention]))


def test_reply_to_the_bot_is_meant_for_it_and_one_to_a_person_is_not(bot: Bot) -> None:
    answer = written(bot, "Theo bài báo…", from_user=BOT)
    remark = written(bot, "Tôi nghĩ vậy")
    assert addressed.is_addressed(written(bot, "còn giờ mở cửa?", reply_to_message=answer))
    assert not addressed.is_addressed(written(bot, "còn giờ mở cửa?", reply_to_message=remark))


def test_message_in_a_topic_that_the_bot_opened_is_no_reply(bot: Bot) -> None:
    opening = written(bot, "", from_user=BOT, forum_topic_created=ForumTopicCreated("Hỏi đáp", 0))
    assert not addressed.is_addressed(written(bot, "chào cả nhà", reply_to_message=opening))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("thư viện ở đâu?", "thư viện ở đâu?"),
        ("@hoi_bao_bot thư viện ở đâu?", "thư viện ở đâu?"),
        ("thư viện @Hoi_Bao_Bot ở đâu?", "thư viện   ở đâu?"),
        ("/ask thư viện\nở đâu?", "thư viện\nở đâu?"),
        ("/ASK@Hoi_Bao_Bot thư viện ở đâu?", "thư viện ở đâu?"),
        ("lệnh /ask để làm gì?", "lệnh /ask để làm gì?"),
        ("/why@hoi_bao_bot thư viện ở đâu?", "thư viện ở đâu?"),
        ("/asking", "/asking"),
        ("/ask", ""),
        ("@hoi_bao_bot", ""),
        ("thư của @hoi_bao_bot_2", "thư của @hoi_bao_bot_2"),
    ],
)
def test_question_is_the_text_without_command_and_name(bot: Bot, text: str, question: str) -> None:
    assert addressed.question(written(bot, text)) == question


def test_bare_mention_in_a_reply_asks_what_it_replies_to(bot: Bot) -> None:
    remark = written(bot, "thư viện mở cửa mấy giờ?")
    picture = written(bot, "", caption="ai đây?")
    assert (
        addressed.question(written(bot, "@hoi_bao_bot", reply_to_message=remark))
        == "thư viện mở cửa mấy giờ?"
    )
    assert addressed.question(written(bot, "/ask", reply_to_message=picture)) == "ai đây?"


def test_words_go_before_what_they_reply_to(bot: Bot) -> None:
    remark = written(bot, "trời đẹp quá")
    assert addressed.question(written(bot, "/ask thư viện", reply_to_message=remark)) == "thư viện"


def test_bare_command_in_a_reply_to_the_bot_asks_nothing(bot: Bot) -> None:
    answer = written(bot, "Theo bài báo…", from_user=BOT)
    assert addressed.question(written(bot, "/ask", reply_to_message=answer)) == ""
