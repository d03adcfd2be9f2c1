"""/stats, /unanswered and /articles on Telegram: figures, a picture, and lists that are turned in place."""

from datetime import UTC, datetime, timedelta

from fakegram import Json
from stage import ADMIN, GROUP, READER, STRANGER, Stage, buttons, links, spans

from retrieval.answer import Answer
from retrieval.journal.journal import NotedAnswer, Rating

pytest_plugins = ["stage_fixtures"]

NOW = datetime.now(UTC)


def note(stage: Stage, *questions: str, answered: bool = False) -> None:
    """Note questions as asked, each by somebody else, the first one last."""
    stage.collection.journal.note(
        NotedAnswer.of(
            Answer(
                question=question,
                understood_as=question,
                answered=answered,
                confidence=0.9,
                suggestion=None,
                hits=stage.collection.ask("thư viện phường mở cửa").hits,
            ),
            id=f"{place}{answered}",
            asker=f"1:{place}",
            chat="1:7",
            at=NOW - timedelta(minutes=place),
            seconds=0.01,
        )
        for place, question in enumerate(questions)
    )


def different(number: int) -> list[str]:
    return [f"{chr(97 + place) * 4} {chr(97 + place) * 5}" for place in range(number)]


async def photo(stage: Stage) -> Json:
    [call] = await stage.fake.wait("sendPhoto")
    message: Json = call.result
    return message


async def test_stats_come_with_a_picture_of_what_is_asked(stage: Stage) -> None:
    note(stage, "Thẻ thư viện giá bao nhiêu?", "the thu vien gia bao nhieu", answered=True)
    note(stage, "giá vàng hôm nay")
    stage.collection.journal.rate("0True", "1:5", Rating(verdict="good", rank=1))
    stage.fake.send_text("/stats", ADMIN)
    message = await photo(stage)
    assert "Articles: 3" in message["caption"]
    assert "Questions: 3, of which 67% were answered" in message["caption"]
    assert "👍 1 · 👎 0" in message["caption"]
    picture = stage.fake.files[message["photo"][-1]["file_id"]].data
    assert picture.startswith(b"\x89PNG")
    assert not stage.fake.sent("sendMessage")


async def test_stats_without_a_question_are_text_alone(stage: Stage) -> None:
    said = await stage.asked("/stats", ADMIN)
    assert "Articles: 3" in said["text"]
    assert "Nobody has asked anything in the last 30 days" in said["text"]


async def test_stats_in_a_group_show_no_question(stage: Stage) -> None:
    note(stage, "giá vàng hôm nay", "gia vang hom nay")
    said = await stage.asked("/stats", GROUP, user_id=ADMIN)
    assert "Questions: 2" in said["text"]
    assert not stage.fake.sent("sendPhoto")


async def test_picture_that_telegram_refuses_is_told(stage: Stage) -> None:
    note(stage, "giá vàng hôm nay")
    stage.fake.fault("error", method="sendPhoto", code=400, text="Bad Request: IMAGE_PROCESS_FAILED")
    assert "Something went wrong" in (await stage.asked("/stats", ADMIN))["text"]


async def test_what_was_asked_in_vain_is_listed_like_questions_together(stage: Stage) -> None:
    note(stage, "gia vang hom nay?", "giá vàng hôm nay", "lịch cúp điện")
    note(stage, "thư viện mở cửa khi nào", answered=True)
    said = await stage.asked("/unanswered", ADMIN)
    assert spans(said, "bold")[1:] == ["giá vàng hôm nay", "lịch cúp điện"]
    assert "asked 2 times · 2 people" in said["text"]
    assert "Closest: Thư viện phường mở cửa trở lại" in said["text"]
    assert "https://phuong.example/thu-vien" in links(said)
    assert buttons(said) == []


async def test_question_that_is_rated_badly_is_listed_too(stage: Stage) -> None:
    note(stage, "thư viện mở cửa khi nào", "giá vàng", answered=True)
    stage.collection.journal.rate("0True", "1:5", Rating(verdict="missing", rank=1))
    assert spans(await stage.asked("/unanswered", ADMIN), "bold")[1:] == ["thư viện mở cửa khi nào"]


async def test_list_of_what_was_asked_in_vain_is_turned_in_place(stage: Stage) -> None:
    note(stage, *different(8))
    first = await stage.asked("/unanswered", ADMIN)
    assert buttons(first) == ["1/2", "›"]
    stage.fake.press("›", ADMIN)
    second = await stage.edited()
    assert second["message_id"] == first["message_id"]
    assert spans(second, "bold")[1:] == different(8)[6:]
    stage.fake.press("2/2", ADMIN)
    stage.fake.press("‹", ADMIN)
    assert (await stage.edited(3))["text"] == first["text"]
    await stage.fake.wait("answerCallbackQuery", times=3)


async def test_nothing_asked_in_vain_is_said_kindly(stage: Stage) -> None:
    assert "No unanswered questions" in (await stage.asked("/unanswered", ADMIN))["text"]


async def test_in_a_group_people_s_questions_are_not_listed(stage: Stage) -> None:
    note(stage, "giá vàng hôm nay")
    said = await stage.asked("/unanswered", GROUP, user_id=ADMIN)
    assert "in private" in said["text"]
    assert "vàng" not in said["text"]


async def test_stranger_s_button_turns_no_list(stage: Stage) -> None:
    note(stage, *different(8))
    said = await stage.asked("/unanswered", ADMIN)
    for data in ("gaps:1", "articles:0"):
        stage.fake.press_raw(data, {"message": said}, STRANGER, ADMIN)
    await stage.fake.wait("answerCallbackQuery", times=2)
    assert not stage.fake.sent("editMessageText")


async def test_articles_are_listed_newest_first_and_open_in_the_chat(stage: Stage) -> None:
    said = await stage.asked("/articles", ADMIN)
    titles = ["Chợ cá dời về khu mới", "Thư viện phường mở cửa trở lại", "Hội hoa xuân khai mạc"]
    assert [title for title in spans(said, "text_link") if " " in title] == titles
    assert buttons(said) == ["1", "2", "3"]
    stage.fake.press("3", ADMIN)
    page = await stage.said(ADMIN, 2)
    assert "nghìn chậu mai vàng" in page["text"]


async def test_list_of_many_articles_is_turned_in_place(stage: Stage) -> None:
    for day in range(1, 20):
        text = f"---\ntitle: Bản tin số {day}\ndate: 2025-01-{day:02}\n---\nTin trong ngày {day}.\n"
        (stage.settings.articles_dir / f"tin-{day}.md").write_text(text, encoding="utf-8")
    stage.collection.reload()
    first = await stage.asked("/articles", ADMIN)
    assert "22 articles" in first["text"]
    assert buttons(first)[-2:] == ["1/3", "›"]
    stage.fake.press("›", ADMIN)
    second = await stage.edited()
    assert "11. Bản tin số 9" in second["text"]
    assert buttons(second)[-3:] == ["‹", "2/3", "›"]


async def test_articles_found_by_words_are_turned_by_the_same_words(stage: Stage) -> None:
    for number in range(12):
        text = f"Xe buýt tuyến {number * 7} chạy từ bến {chr(97 + number) * 3} lúc {number} giờ.\n"
        (stage.settings.articles_dir / f"xe-{number}.txt").write_text(text, encoding="utf-8")
    stage.collection.reload()
    first = await stage.asked("/articles tuyến xe   buýt", ADMIN)
    assert "12 articles found for “tuyến xe buýt”" in first["text"]
    stage.fake.press("›", ADMIN)
    second = await stage.edited()
    assert "12 articles found for “tuyến xe buýt”" in second["text"]
    assert buttons(second) == ["11", "12", "‹", "2/2"]


async def test_words_that_no_article_has_are_told(stage: Stage) -> None:
    assert "No article found for “zzzz”" in (await stage.asked("/articles zzzz", ADMIN))["text"]


async def test_list_in_a_message_too_old_to_be_read_is_turned_where_it_needs_no_words(stage: Stage) -> None:
    stage.fake.add_chat(ADMIN)
    said = await stage.asked("/articles thư viện", ADMIN)
    chat = {"id": ADMIN, "type": "private", "first_name": "An"}
    old = {"message": {"message_id": said["message_id"], "date": 0, "chat": chat}}
    stage.fake.press_raw("articles:0:20:28", old, ADMIN, ADMIN)
    [call] = await stage.fake.wait("answerCallbackQuery")
    assert "too old" in call.params["text"]
    stage.fake.press_raw("articles:0", old, ADMIN, ADMIN)
    assert "3 articles, newest first" in (await stage.edited())["text"]


async def test_reader_is_not_shown_in_what_admins_see(stage: Stage) -> None:
    await stage.asked("giá vàng hôm nay bao nhiêu", READER)
    note(stage, "giá vàng hôm nay")
    said = await stage.asked("/unanswered", ADMIN)
    assert "User7" not in said["text"]
    assert str(READER) not in said["text"].replace("1:7", "")
