"""Reading on Telegram: the greeting, deep links, and an article page by page."""

from fakegram import Json
from stage import ADMIN, GROUP, READER, STALLS, Stage, buttons, spans

from bot.buttons import ArticleSpot

pytest_plugins = ["stage_fixtures"]


async def market_key(stage: Stage) -> str:
    answer = stage.collection.ask("quầy chợ cá nộp phí vệ sinh")
    return next(hit.article.key for hit in answer.hits if hit.article.url is None)


async def opened(stage: Stage, start: int = 0) -> Json:
    return await stage.asked(f"/start {ArticleSpot(await market_key(stage), start).payload}")


async def test_start_greets_and_help_explains(stage: Stage) -> None:
    assert "3 articles" in (await stage.asked("/start"))["text"]
    assert "/reload" not in (await stage.asked("/help"))["text"]
    assert "/reload" in (await stage.asked("/help", ADMIN))["text"]
    assert "/reload" not in (await stage.asked("/help", GROUP, user_id=ADMIN))["text"]


async def test_deep_link_opens_the_article_at_the_passage(stage: Stage) -> None:
    first = await opened(stage)
    assert STALLS[0] in first["text"]
    assert STALLS[-1] not in first["text"]
    body = "\n".join(STALLS)
    last = await opened(stage, body.index(STALLS[-1]))
    assert STALLS[-1] in last["text"]
    assert STALLS[0] not in last["text"]
    assert spans(last, "bold")[1:] == [STALLS[-1]]


async def test_pages_are_turned_in_place(stage: Stage) -> None:
    first = await opened(stage)
    stage.fake.press("Next ›", READER)
    second = await stage.edited()
    assert second["message_id"] == first["message_id"]
    assert second["text"] != first["text"]
    assert buttons(second) == ["‹ Back", "Next ›"]
    stage.fake.press("‹ Back", READER)
    assert (await stage.edited(2))["text"] == first["text"]
    await stage.fake.wait("answerCallbackQuery", times=2)
    assert len(stage.fake.sent("sendMessage")) == 1


async def test_article_opens_in_the_place_of_its_answer_with_the_way_back(stage: Stage) -> None:
    answer = await stage.asked("Hội hoa xuân khai mạc ở đâu?")
    stage.fake.press("Read the article", READER)
    page = await stage.edited()
    assert page["message_id"] == answer["message_id"]
    assert "Hội hoa xuân khai mạc" in page["text"]
    assert not spans(page, "blockquote")
    assert buttons(page) == ["« The answer"]
    stage.fake.press("« The answer", READER)
    again = await stage.edited(2)
    assert (again["text"], buttons(again)) == (answer["text"], buttons(answer))
    await stage.fake.wait("answerCallbackQuery", times=2)
    assert len(stage.fake.sent("sendMessage")) == 1


async def test_way_back_stays_on_every_page(stage: Stage) -> None:
    answer = await stage.asked("quầy số 3 chợ cá nộp phí vệ sinh")
    stage.fake.press("Read the article", READER)
    assert buttons(await stage.edited()) == ["Next ›", "« The answer"]
    stage.fake.press("Next ›", READER)
    assert buttons(await stage.edited(2)) == ["‹ Back", "Next ›", "« The answer"]
    stage.fake.press("« The answer", READER)
    assert (await stage.edited(3))["text"] == answer["text"]


async def test_button_of_an_article_that_was_removed_says_so(stage: Stage) -> None:
    await opened(stage)
    (stage.settings.articles_dir / "market.md").unlink()
    stage.collection.reload()
    stage.fake.press("Next ›", READER)
    [call] = await stage.fake.wait("answerCallbackQuery")
    assert call.params["show_alert"] is True
    assert "not in the collection any more" in call.params["text"]
    assert not stage.fake.sent("editMessageText")


async def test_button_that_was_pressed_too_long_ago_still_works(stage: Stage) -> None:
    """As one that was pressed while the bot was away."""
    answer = await stage.asked("Hội hoa xuân khai mạc ở đâu?")
    stage.fake.query_ttl = 0.0
    stage.fake.press("Read the article", READER)
    page = await stage.edited()
    assert "Hội hoa xuân khai mạc" in page["text"]
    [call] = await stage.fake.wait("answerCallbackQuery")
    assert "query is too old" in call.error
    (stage.settings.articles_dir / "fair.md").unlink()
    stage.collection.reload()
    [reading] = [b for row in answer["reply_markup"]["inline_keyboard"] for b in row if "Read" in b["text"]]
    stage.fake.press_raw(reading["callback_data"], {"message": page}, READER, READER)
    assert "not in the collection any more" in (await stage.said(READER, 2))["text"]


async def test_page_that_cannot_be_shown_is_told_on_the_button(stage: Stage) -> None:
    await stage.asked("Hội hoa xuân khai mạc ở đâu?")
    stage.fake.fault("error", method="editMessageText", code=400, text="Bad Request: BUTTON_URL_INVALID")
    stage.fake.press("Read the article", READER)
    [call] = await stage.fake.wait("answerCallbackQuery")
    assert "Something went wrong" in call.params["text"]


async def test_deep_link_to_an_article_that_is_not_there_says_so(stage: Stage) -> None:
    message = await stage.asked(f"/start {ArticleSpot('0123456789abcdef', 5).payload}")
    assert "not in the collection any more" in message["text"]


async def test_deep_link_that_makes_no_sense_greets(stage: Stage) -> None:
    assert "3 articles" in (await stage.asked("/start <script>"))["text"]


async def test_button_that_makes_no_sense_is_acknowledged(stage: Stage) -> None:
    page = await opened(stage)
    for data in ("read:nothing", "read:0123456789abcdef:x", "\x00", "…"):
        stage.fake.press_raw(data, {"message": page}, READER, READER)
    await stage.fake.wait("answerCallbackQuery", times=4)
    assert not stage.fake.sent("editMessageText")
    assert len(stage.fake.sent("sendMessage")) == 1


async def test_button_on_a_message_too_old_to_be_read_still_opens_the_article(stage: Stage) -> None:
    stage.fake.add_chat(READER)
    chat = {"id": READER, "type": "private", "first_name": "An"}
    old = {"message": {"message_id": 1, "date": 0, "chat": chat}}
    stage.fake.press_raw(ArticleSpot(await market_key(stage), 0).data, old, READER, READER)
    assert STALLS[0] in (await stage.said(READER))["text"]


async def test_page_beyond_the_end_is_the_last_one(stage: Stage) -> None:
    page = await opened(stage)
    stage.fake.press_raw(
        ArticleSpot(await market_key(stage), 10**8, is_quoted=False).data, {"message": page}, READER, READER
    )
    assert STALLS[-1] in (await stage.edited())["text"]
