"""Text that people, or programs, send to break a bot: it is answered like any other."""

from stage import GROUP, READER, Stage, spans

pytest_plugins = ["stage_fixtures"]

QUESTION = "Thẻ thư viện giá bao nhiêu một năm?"
PRICE = "ba mươi nghìn"

STILL_UNDERSTOOD = {
    "html": f"<b>{QUESTION}</b>",
    "markdown": f"*_`[{QUESTION}]`_*",
    "right to left": f"\u202e{QUESTION}\u202c",
    "zero width": "\u200b".join(QUESTION),
    "NUL": f"{QUESTION}\x00",
    "lines": QUESTION.replace(" ", "\n"),
    "4096 characters": (f"{QUESTION} " * 200)[:4096],
    "10,000 characters": (f"{QUESTION} " * 400)[:10_000],
}
LITTLE_TO_UNDERSTAND = {
    "broken html": f"</b></pre><a href='x'>{QUESTION}<script>alert(1)</script>",
    "placeholders": f"{QUESTION} {{n}} {{question.__class__}} %s %(n)d",
    "links": f"http://127.0.0.1/?q={QUESTION} t.me/x @someone #tag $TAG a@b.vn",
    "different scripts": "Thẻ библиотека 図書館 ห้องสมุด مكتبة ग्रंथालय",
}
NOTHING_TO_FIND = {
    "emoji only": "🎉👨‍👩‍👧🏳️‍🌈",
    "punctuation only": "?!… —",
    "combining marks only": "\u0301" * 500,
    "invisible only": "\u200b\u200d\u2060",
    "one long word": "x" * 4096,
    "arabic": "\u200fمتى تفتح المكتبة؟",
    "a slash": "/",
    "lone surrogate": "\ud83d",
}
ODD = STILL_UNDERSTOOD | LITTLE_TO_UNDERSTAND | NOTHING_TO_FIND


async def test_question_in_odd_clothes_is_answered(stage: Stage) -> None:
    for number, (name, text) in enumerate(STILL_UNDERSTOOD.items()):
        assert PRICE in (await stage.asked(text, READER + number))["text"], name


async def test_text_without_a_question_gets_a_kind_reply(stage: Stage) -> None:
    for number, (name, text) in enumerate(NOTHING_TO_FIND.items()):
        message = await stage.asked(text, READER + number)
        assert message["text"], name
        assert not spans(message, "blockquote"), name
        assert "went wrong" not in message["text"], name


async def test_text_with_little_to_understand_breaks_nothing(stage: Stage) -> None:
    for number, (name, text) in enumerate(LITTLE_TO_UNDERSTAND.items()):
        assert "went wrong" not in (await stage.asked(text, READER + number))["text"], name


async def test_odd_text_is_asked_in_groups_like_any_other(stage: Stage) -> None:
    for number, text in enumerate(ODD.values()):
        message = await stage.asked(f"/ask {text}", GROUP - number, user_id=READER)
        assert "went wrong" not in message["text"]


HALF_AN_EMOJI = {"type": "mention", "offset": 1, "length": 1}  # of two halves


async def test_entities_that_cut_a_character_in_two_keep_nobody_from_an_answer(stage: Stage) -> None:
    for entity in (HALF_AN_EMOJI, HALF_AN_EMOJI | {"offset": 9000, "length": 9}):
        for chat, text in ((READER, f"🎉 {QUESTION}"), (GROUP, f"🎉 @fake_bot {QUESTION}")):
            entities = [entity, {"type": "mention", "offset": 3, "length": 9}]
            message = await stage.asked(text, chat, user_id=READER, entities=entities)
            assert PRICE in message["text"]


async def test_half_characters_in_a_group_and_in_an_inline_query_are_answered(stage: Stage) -> None:
    entities = [{"type": "mention", "offset": 2, "length": 9}]
    message = await stage.asked(f"\ud83d @fake_bot {QUESTION}", GROUP, user_id=READER, entities=entities)
    assert PRICE in message["text"]
    stage.fake.inline_query(f"\ud83d {QUESTION}", READER)
    [call] = await stage.fake.wait("answerInlineQuery")
    assert PRICE in str(call.params)
