"""What a message may never do, whatever stands in the articles: lose text, break a limit, lie."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import (
    CHESS_HIT,
    EXPLANATION,
    FIRST,
    HANOI,
    LIBRARY,
    LIBRARY_HIT,
    MARKET,
    MARKET_HIT,
    answer,
    explained,
    gain,
    hit,
)
from telegram import InlineKeyboardButton, MessageEntity
from telegram.constants import InlineKeyboardButtonLimit, MessageEntityType, MessageLimit

from bot import render
from bot.buttons import ArticleSpot, HitRef, Offer, parse
from bot.language import Languages
from bot.links import Links
from bot.render.draft import Draft, cut, shortened
from bot.render.people.pages import LAST_PAGE_UNITS, PAGE_UNITS, pages
from bot.reply import Reply, units
from retrieval.answer import Answer, Excerpt
from retrieval.article import Article
from retrieval.collection.report import Failure, Report, Step
from retrieval.errors import Reason
from retrieval.journal.journal import Verdict
from retrieval.text.canonical import clean

TEXTS = Languages("vi", HANOI).of("vi")
LINKS = Links(username="hoibao_bot")
HOSTILE = "<b>&amp; [x](y) *_`\\ 🏳️‍🌈👩‍👩‍👧 עברית \u0301\u0302 שלום"

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    ["phường.", "Ủy", "ban", "🎉🎉", "\n", "\n- ", "x" * 4000, "😀" * 2500, "Câu một. Câu hai! "]
)
BODIES = (
    st.lists(WORDS, max_size=300)
    .map(lambda words: clean(" ".join(word * 3 for word in words)))
    .filter(lambda body: body != "")
)


def article(body: str, **changes: str) -> Article:
    return Article(**{"id": "thu", "title": "Thử", "origin": "thu.txt", "body": body, **changes})  # type: ignore[arg-type]


def marked(reply: Reply, *kinds: MessageEntityType) -> list[str]:
    """Return the texts under the entities of these kinds, cut out as Telegram does, in UTF-16 units."""
    encoded = reply.text.encode("utf-16-le")
    return [
        encoded[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")
        for entity in reply.entities
        if entity.type in kinds
    ]


def quotes(reply: Reply) -> list[str]:
    return marked(reply, MessageEntityType.BLOCKQUOTE, MessageEntityType.EXPANDABLE_BLOCKQUOTE)


def buttons(reply: Reply) -> list[InlineKeyboardButton]:
    return [button for row in reply.keyboard.inline_keyboard for button in row] if reply.keyboard else []


def offers(reply: Reply) -> list[Offer]:
    values = [parse(button.callback_data) for button in buttons(reply)]
    return [value for value in values if isinstance(value, Offer)]


def assert_sendable(reply: Reply) -> None:
    assert 1 <= units(reply.text) <= MessageLimit.MAX_TEXT_LENGTH
    assert reply.text == reply.text.strip()
    assert len(reply.entities) <= MessageLimit.MESSAGE_ENTITIES
    for entity in reply.entities:
        assert 0 <= entity.offset < entity.offset + entity.length <= units(reply.text)
    for button in buttons(reply):
        assert len(str(button.callback_data).encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    marked(reply, *MessageEntityType)  # no entity cuts a character in two


def rendered(answer: Answer, position: HitRef = FIRST) -> Reply:
    return render.answer(TEXTS, answer, LINKS, position)


def page_at(article: Article, start: int, *, is_quoted: bool = False) -> Reply:
    return render.article_page(TEXTS, article, ArticleSpot(article.key, start, is_quoted))


def labels(reply: Reply) -> list[list[str]]:
    return (
        [[button.text for button in row] for row in reply.keyboard.inline_keyboard] if reply.keyboard else []
    )


def test_an_excerpt_is_quoted_character_for_character() -> None:
    for one in (LIBRARY_HIT, MARKET_HIT, CHESS_HIT):
        assert [quote.strip("… ") for quote in quotes(rendered(answer(one)))] == [one.quote]


def test_dots_stand_only_where_the_paragraph_goes_on() -> None:
    paragraph = LIBRARY.body.partition("\n")[0]
    cases = [paragraph, "Bạn đọc chỉ cần mang theo căn cước để làm thẻ, không mất phí.", "Từ đầu tháng sáu"]
    shown = [quotes(rendered(answer(hit(LIBRARY, quote))))[0] for quote in cases]
    assert shown == [paragraph, f"… {cases[1]} …", f"{cases[2]} …"]


def test_what_an_excerpt_highlights_is_bold() -> None:
    reply = rendered(answer(MARKET_HIT))
    assert marked(reply, MessageEntityType.BOLD)[1:] == ["làm thẻ", "phí"]


def test_emoji_before_an_entity_do_not_shift_it() -> None:
    party = article("🎉🎉 Hội làng 🎏 mở cửa tự do.", title="🎉 Hội")
    reply = rendered(answer(hit(party, party.body, "tự do")))
    assert marked(reply, MessageEntityType.BOLD) == ["🎉 Hội", "tự do"]


def test_only_a_long_excerpt_is_folded() -> None:
    shown = [rendered(answer(one)) for one in (hit(LIBRARY, LIBRARY.body), CHESS_HIT)]
    kinds = [entity.type for reply in shown for entity in reply.entities if "blockquote" in entity.type]
    assert kinds == ["expandable_blockquote", "blockquote"]


def test_a_question_that_differs_in_case_and_punctuation_only_is_not_repeated() -> None:
    same = answer(CHESS_HIT, question="Làm thẻ, mất phí KHÔNG??")
    assert marked(rendered(same), MessageEntityType.ITALIC) == []


def test_of_many_hits_one_is_shown_with_the_way_to_its_neighbours() -> None:
    three = answer(LIBRARY_HIT, MARKET_HIT, CHESS_HIT)
    turning = [labels(rendered(three, HitRef("0" * 16, rank, 3)))[0] for rank in (1, 2, 3)]
    assert turning == [
        ["1/3", "›", "Đọc bài"],
        ["‹", "2/3", "›", "Đọc bài"],
        ["‹", "3/3", "Đọc bài"],
    ]
    assert len(quotes(rendered(three))) == 1


def test_a_button_leads_to_the_position_it_names() -> None:
    row = rendered(answer(LIBRARY_HIT), HitRef("0" * 16, 2, 3)).keyboard
    assert row is not None
    led = [parse(button.callback_data) for button in row.inline_keyboard[0]]
    assert led[:3] == [HitRef("0" * 16, rank, 3) for rank in (1, 2, 3)]


def test_a_hit_that_is_gone_leaves_the_way_to_the_others() -> None:
    reply = rendered(answer(), HitRef("0" * 16, 2, 3))
    assert quotes(reply) == []
    assert labels(reply)[0] == ["‹", "2/3", "›"]
    assert_sendable(reply)


def test_a_button_opens_the_page_that_holds_the_excerpt() -> None:
    long = article("Mở đầu. " * 600 + "Kết quả ở đây.")
    reply = rendered(answer(hit(long, "Kết quả ở đây.")))
    spot = parse(buttons(reply)[0].callback_data)
    assert isinstance(spot, ArticleSpot)
    assert (spot.key, spot.is_quoted) == (long.key, True)
    page = page_at(long, spot.start, is_quoted=True)
    assert marked(page, MessageEntityType.BOLD) == ["Thử", "Kết quả ở đây."]
    assert marked(page_at(long, spot.start), MessageEntityType.BOLD) == ["Thử"]


def test_the_button_of_a_suggestion_points_at_its_words() -> None:
    for text in ("thẻ thư viện", "Ở đâu “làm thẻ” 🎉? " + "thẻ " * 150):
        suggestion = clean(text)
        reply = rendered(answer(LIBRARY_HIT, suggestion=suggestion))
        [offer] = offers(reply)
        assert offer.question(reply.text) == suggestion


def test_under_an_answer_are_two_rows_of_buttons_at_most() -> None:
    tallies: list[dict[Verdict, int]] = [{}, {"bad": 1}]
    for found in (answer(LIBRARY_HIT, MARKET_HIT, suggestion="thẻ"), answer(LIBRARY_HIT, answered=False)):
        for tally in tallies:
            reply = render.answer(TEXTS, found, LINKS, HitRef("0" * 16, 1, 2), tally)
            assert len(labels(reply)) == 2


def test_a_question_of_two_meanings_gets_a_button_for_each() -> None:
    meant = ("vé xe buýt – chợ nổi?", "chợ nổi")
    reply = render.asking_back(TEXTS, meant)
    assert tuple(offer.question(reply.text) for offer in offers(reply)) == meant
    assert [len(row) for row in labels(reply)] == [1, 1]
    assert_sendable(reply)


def test_a_suggestion_too_long_to_be_shown_has_no_button() -> None:
    reply = rendered(answer(LIBRARY_HIT, suggestion="thẻ " * 400))
    assert offers(reply) == []


def test_an_unanswered_question_shows_titles_and_no_excerpt() -> None:
    reply = rendered(answer(LIBRARY_HIT, CHESS_HIT, answered=False))
    assert quotes(reply) == []
    assert marked(reply, MessageEntityType.TEXT_LINK) == [
        LIBRARY.title,
        "Giải cờ tướng mùa xuân 🏆 khép lại.",
    ]


def test_every_link_on_telegram_leads_to_the_web() -> None:
    for hits in ([LIBRARY_HIT], [MARKET_HIT], [CHESS_HIT], [LIBRARY_HIT, MARKET_HIT, CHESS_HIT]):
        reply = rendered(answer(*hits, answered=len(hits) == 1))
        urls = [entity.url for entity in reply.entities if entity.url]
        assert len(urls) >= len(hits)
        assert all(url.startswith("https://") for url in urls)


@given(
    title=st.text() | st.just(HOSTILE * 100),
    question=st.text() | st.just(HOSTILE * 300),
    section=st.text() | st.just("😀" * 500),
)
def test_a_hostile_answer_can_be_sent(title: str, question: str, section: str) -> None:
    body = clean(HOSTILE * 3 + " a b" * 40)
    strange = article(body, title=clean(title), section=clean(section))
    every_other = tuple((position, position + 1) for position in range(0, len(body), 2))
    crowded = replace(hit(strange, body), excerpt=Excerpt(start=0, end=len(body), highlights=every_other))
    wild = answer(*[crowded] * 3, understood_as=clean(question), suggestion=clean(question) or None)
    for answered in (True, False):
        assert_sendable(rendered(replace(wild, answered=answered)))


def test_of_too_many_highlights_the_longest_stay() -> None:
    body = "a b, " * 60 + "quyết định số hai mươi"
    words = tuple((i, i + 1) for i, letter in enumerate(body[:300]) if letter in "ab")
    excerpt = Excerpt(start=0, end=len(body), highlights=(*words, (300, len(body))))
    crowded = replace(hit(article(body), body), excerpt=excerpt)
    bold = marked(rendered(answer(crowded)), MessageEntityType.BOLD)
    assert bold.count("quyết định số hai mươi") == 1
    assert len(bold) > 80


@given(BODIES)
def test_the_pages_together_are_the_article(body: str) -> None:
    cuts = pages(body)
    assert "".join(body[start:end] for start, end in cuts) == body
    assert all(start < end for start, end in cuts)


@given(BODIES, st.integers(-2, 20_000), st.booleans(), st.text())
def test_any_page_of_any_article_can_be_sent(body: str, start: int, is_quoted: bool, name: str) -> None:
    strange = article(body, title=clean(name * 20), author=clean(name * 9), url="https://example.vn/a")
    page = page_at(strange, start, is_quoted=is_quoted)
    assert_sendable(page)
    assert page.text == page_at(strange, start).text


@pytest.mark.parametrize(
    ("body", "ends"),
    [
        (("Đoạn văn ngắn gọn. " * 60).strip() + "\n" + "Đoạn sau dài hơn nhiều. " * 200, "gọn.\n"),
        ("Một câu không dài lắm. " * 300, "lắm. "),
        ("chữ nối chữ " * 600, " "),
        ("liền" * 2000, "n"),
    ],
    ids=["paragraph", "sentence", "word", "nothing"],
)
def test_a_page_ends_where_reading_pauses(body: str, ends: str) -> None:
    start, end = pages(body)[0]
    assert body[start:end].endswith(ends)
    assert PAGE_UNITS // 3 <= end - start <= PAGE_UNITS


def test_a_short_rest_gets_no_page_of_its_own() -> None:
    assert len(pages("a" * LAST_PAGE_UNITS)) == 1


def test_a_page_shows_a_blank_line_between_paragraphs_but_none_in_a_list() -> None:
    reply = page_at(article("Giấy tờ gồm:\n- căn cước;\n- ảnh.\nNộp tại phường."), 0)
    assert reply.text == "Thử\n\nGiấy tờ gồm:\n- căn cước;\n- ảnh.\n\nNộp tại phường."


@pytest.mark.parametrize(("start", "shown"), [(-5, 1), (0, 1), (2999, 1), (3000, 2), (8999, 3), (10**9, 3)])
def test_a_place_beyond_the_ends_is_on_the_nearest_page(start: int, shown: int) -> None:
    reply = page_at(article("a" * 9000), start)
    assert reply.text.endswith(f"Trang {shown}/3")


def test_the_first_page_has_no_way_back_and_the_last_none_ahead() -> None:
    long = article("a" * 9000)
    turns = [[b.callback_data for b in buttons(page_at(long, start))] for start in (0, 3000, 6000)]
    assert turns == [
        [f"turn:{long.key}:3000"],
        [f"turn:{long.key}:0", f"turn:{long.key}:6000"],
        [f"turn:{long.key}:3000"],
    ]


def test_an_article_of_one_page_without_url_has_no_buttons() -> None:
    assert page_at(MARKET, 0).keyboard is None


def test_a_url_telegram_would_refuse_makes_no_button() -> None:
    assert page_at(replace(MARKET, url="http://localhost/a"), 0).keyboard is None


@pytest.mark.parametrize(("done", "filled"), [(0, 0), (5, 6), (10, 12), (11, 12)])
def test_the_bar_is_as_full_as_the_work_is_done(done: int, filled: int) -> None:
    bar = render.progress(TEXTS, Step(stage="store", done=done, total=10)).text.splitlines()[1]
    assert (bar.count("▓"), bar.count("░")) == (filled, 12 - filled)


@given(st.lists(st.tuples(st.text(), st.text()), max_size=30))
def test_a_report_of_any_failures_can_be_sent(failures: list[tuple[str, str]]) -> None:
    failed = tuple(
        Failure(origin=origin * 99, reason=Reason("not JSON: {error}", {"error": error * 99}))
        for origin, error in failures
    )
    report = Report(
        added=1, updated=2, unchanged=3, removed=4, failed=failed, articles=5, passages=6, seconds=7.0
    )
    assert_sendable(render.report(TEXTS, report))


@pytest.mark.parametrize(
    ("origin", "name"),
    [("/srv/bao/a.txt", "a.txt"), ("C:\\bao\\a.txt", "a.txt"), ("bao.jsonl#7", "bao.jsonl#7"), ("/", "/")],
)
def test_a_failed_file_is_called_by_its_name(origin: str, name: str) -> None:
    report = Report(
        added=0,
        updated=0,
        unchanged=0,
        removed=0,
        failed=(Failure(origin=origin, reason=Reason("not JSON: {error}", {"error": "odd {}"})),),
        articles=0,
        passages=0,
        seconds=0.0,
    )
    assert f"• {name}: không phải JSON: odd {{}}" in render.report(TEXTS, report).text


def test_a_long_notice_is_cut_to_what_telegram_takes() -> None:
    reply = render.notice(TEXTS, "The reload failed: {reason}", reason="đĩa đầy " * 1000)
    assert_sendable(reply)
    assert reply.text.endswith("…")


def test_half_a_character_of_a_file_name_can_be_sent() -> None:
    assert render.notice(TEXTS, "The reload failed: {reason}", reason="a\udcffb").text.endswith("a\ufffdb")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(2, 80))
def test_a_cut_text_is_within_its_limit_and_begins_as_before(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert units(short) <= limit
    assert short == text or text.startswith(short.removesuffix("…"))


def test_a_title_of_several_lines_becomes_one_that_ends_with_a_word() -> None:
    assert shortened("Ủy ban\nphường   thông báo lịch họp", 24) == "Ủy ban phường thông báo…"


def test_an_entity_over_nothing_is_left_out() -> None:
    assert Draft().add("", MessageEntityType.BOLD).add("a").reply().entities == ()


def test_entities_come_outer_ones_first() -> None:
    draft = Draft().add("a", MessageEntityType.BOLD).add("b").mark(MessageEntityType.BLOCKQUOTE, 0)
    assert draft.reply().entities == (
        MessageEntity(MessageEntityType.BLOCKQUOTE, 0, 2),
        MessageEntity(MessageEntityType.BOLD, 0, 1),
    )


def test_a_reply_is_the_same_every_time() -> None:
    replies: list[Answer] = [answer(LIBRARY_HIT, MARKET_HIT), answer(LIBRARY_HIT, MARKET_HIT)]
    assert rendered(replies[0]) == rendered(replies[1])


def numbers(text: str) -> list[float]:
    """Return the numbers with a decimal in Vietnamese *text*."""
    return [float(number.replace(",", ".")) for number in re.findall(r"[+-]?\d+,\d", text.replace(".", ""))]


POINTS = st.floats(0, 30).map(lambda points: round(points, 4))


@given(st.lists(st.tuples(POINTS, POINTS), min_size=1, max_size=30))
def test_points_add_up_as_they_are_shown(given: list[tuple[float, float]]) -> None:
    gains = [gain(f"chữ{place}", *points) for place, points in enumerate(given)]
    gains.sort(key=lambda one: -one.total)
    first = sum(one.total for one in gains)
    best = explained(replace(LIBRARY_HIT, score=4 * first), *gains)
    found, where, total = re.split(
        "Cộng lại: |Tổng cộng: ",
        render.explanation(TEXTS, replace(EXPLANATION, hits=(best,)), LINKS).text,
    )
    words, [together, *places], [points] = numbers(found), numbers(where), numbers(total.splitlines()[0])
    assert together == pytest.approx(sum(words))
    assert points == pytest.approx(together + sum(places))
    assert points == pytest.approx(best.hit.score, abs=0.051)


@given(st.lists(WORDS, min_size=1, max_size=40), st.booleans())
def test_an_explanation_of_any_words_can_be_sent(words: list[str], answered: bool) -> None:
    gains = [gain(f"{word} {place}", 1.0, place % 3) for place, word in enumerate(words)]
    told = answer(question=" ".join(words), understood_as="? ".join(words), answered=answered)
    best = explained(replace(LIBRARY_HIT, article=article("a", title=" ".join(words))), *gains)
    assert_sendable(render.explanation(TEXTS, replace(EXPLANATION, answer=told, hits=(best, best)), LINKS))


def test_an_explanation_says_where_the_newer_of_near_equals_goes_first() -> None:
    near = explained(replace(MARKET_HIT, score=5.1))
    said = render.explanation(TEXTS, replace(EXPLANATION, hits=(EXPLANATION.hits[0], near)), LINKS).text
    assert "Bài kế tiếp được 5,1 điểm: khi điểm gần bằng nhau, bài mới hơn đứng trước." in said
