"""Whole messages, as files in tests/golden.

Entities stand in the files as <tags>, buttons in [brackets] with what they do. After a wanted change,
``GOLDEN=write pytest tests/render/test_golden.py`` writes the files anew; read their diff before committing.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from samples import (
    CHESS,
    CHESS_HIT,
    EXPLANATION,
    FIRST,
    HANOI,
    LIBRARY,
    LIBRARY_HIT,
    MARKET,
    MARKET_HIT,
    ODDS,
    answer,
)
from telegram import InlineKeyboardButton

from bot import render
from bot.buttons import ArticleSpot
from bot.language import Languages, Texts
from bot.links import Links
from bot.reply import Reply, Result
from bot.transport.sending import content
from retrieval.answer import Hit
from retrieval.article import Article
from retrieval.collection.lookout import Digest
from retrieval.collection.report import Copy, Failure, Report, Stats, Step
from retrieval.errors import ReadError, Reason, StoreError
from retrieval.journal.gaps import Gap
from retrieval.journal.usage import Day, Usage
from retrieval.restriction import Mistake, Restriction, Wrong
from retrieval.sources.overview import FollowedSource, Origins, Trouble
from retrieval.store.watches import Watch

GOLDEN = Path(__file__).parents[1] / "golden"
LINKS = Links(username="hoibao_bot")
TERMINAL = Links(username=None)

NOON = datetime(2024, 6, 4, 12, tzinfo=HANOI)
STATS = Stats(
    articles=1284,
    passages=5310,
    newest=datetime(2024, 6, 3, 7, 30, tzinfo=HANOI),
    reloaded=datetime(2024, 6, 4, 22, 5, tzinfo=HANOI),
)
SITE = "https://phuong-benlua.example"


def trouble(path: str, state: Literal["none", "failed", "gone"], reason: Reason) -> Trouble:
    again, kept = NOON + timedelta(minutes=15), state != "none"
    return Trouble(address=f"{SITE}/{path}", state=state, reason=reason, next=again, has_article=kept)


ORIGINS = Origins(
    folders=(("data/articles", 27), ("/srv/thong-bao.jsonl", 1)),
    followed=(
        FollowedSource(
            kind="site",
            address=SITE,
            articles=1284,
            waiting=12,
            tried=NOON,
            next=NOON + timedelta(hours=6),
            reason=None,
            troubles=(
                trouble("tin/1", "failed", Reason("the site has a problem ({n})", {"n": 500})),
                trouble("tin/2", "gone", Reason("the site has no such page any more ({n})", {"n": 404})),
                trouble("dang-nhap", "none", Reason("no article found in this page")),
                trouble("muc", "none", Reason("a list of articles, not an article")),
            ),
        ),
        FollowedSource(
            kind="feed",
            address="https://bao.example/rss",
            articles=0,
            waiting=0,
            tried=NOON,
            next=NOON + timedelta(minutes=15),
            reason=Reason("{host} does not answer", {"host": "bao.example"}),
            troubles=(),
        ),
        FollowedSource(
            kind="hand", address="", articles=1, waiting=0, tried=None, next=None, reason=None, troubles=()
        ),
    ),
    mistakes=(ReadError("data/sources.toml, site 2", "“{name}” is not known there", name="sitemap"),),
)
EMPTY = Stats(articles=0, passages=0, newest=None, reloaded=None)
LONG = Article(
    id="dai",
    title="Sổ tay phòng cháy cho hộ kinh doanh",
    body="\n".join(
        f"Điều {number}. Mỗi hộ kiểm tra bình chữa cháy vào ngày đầu tháng. " + "Ghi kết quả vào sổ. " * 12
        for number in range(1, 21)
    )
    .replace(" \n", "\n")
    .strip(),
    url="https://haiyen.example.vn/so-tay",
    published=datetime(2022, 1, 9, tzinfo=HANOI),
    author="Đội phòng cháy",
    origin="bao/dai.html",
)
REPORT = Report(
    added=3,
    updated=1,
    unchanged=1280,
    removed=2,
    failed=(),
    articles=1284,
    passages=5310,
    seconds=12.345,
)
FAILED = Report(
    added=0,
    updated=0,
    unchanged=1,
    removed=0,
    failed=tuple(
        Failure(
            origin=f"/srv/bao/2024/{number}.pdf",
            reason=Reason("damaged PDF file; save it anew"),
        )
        for number in range(1, 13)
    ),
    articles=1,
    passages=1,
    seconds=0.04,
)

COPIED = replace(
    REPORT, copies=(Copy(origin="/srv/bao/2024/chợ.html", of="https://haiyen.example.vn/tin/cho"),)
)
FAILED_ROWS = replace(FAILED, added=7, failed=FAILED.failed[:2])
REFUSED = replace(FAILED, unchanged=0, failed=FAILED.failed[:1])
DAYS = tuple(
    Day(date=date(2024, 6, 1) + timedelta(days=day), questions=50 + day, answered=40 + day)
    for day in range(30)
)
USAGE = Usage(days=DAYS, top=(), slowest=(), verdicts={"good": 31, "bad": 4, "missing": 2})
UNUSED = Usage(
    days=tuple(replace(day, questions=0, answered=0) for day in DAYS), top=(), slowest=(), verdicts={}
)
GAPS = [
    Gap(question=question, times=times, people=people, latest=NOON, nearest=nearest)
    for question, times, people, nearest in (
        ("thư viện có mở cửa chủ nhật không", 1204, 61, LIBRARY.id),
        ("giờ xe buýt tuyến số 6", 5, 4, MARKET.id),
        ("giá <vàng> & bạc hôm nay", 1, 1, None),
        *((f"lịch cúp điện tổ {number}", 1, 1, "đã-gỡ") for number in range(11)),
    )
]
NEAREST = {article.id: article for article in (LIBRARY, MARKET)}

WHY_NOT = replace(
    EXPLANATION,
    answer=answer(LIBRARY_HIT, answered=False),
    hits=EXPLANATION.hits[:1],
    odds=replace(ODDS, evidence=6.1, doubt=-0.6, spread=-0.3),
)
WHY_NOTHING = replace(EXPLANATION, answer=answer(answered=False), hits=(), odds=None)

RESTRICTION = Restriction(
    since=date(2023, 11, 1),
    until=date(2023, 11, 30),
    sources=("Đời sống",),
    phrases=("chợ đêm",),
    without=("xe máy", "cờ"),
)
SECOND = replace(FIRST, rank=2, of=3)
PAPER_HIT = replace(MARKET_HIT, article=replace(MARKET, pages=(0, 20, 70), is_scan=True))
ANSWER = answer(LIBRARY_HIT, MARKET_HIT, CHESS_HIT)
NO_ANSWER = answer(LIBRARY_HIT, MARKET_HIT, CHESS_HIT, answered=False)


def listed(results: Iterable[Result]) -> Reply:
    """The list of *results*, each with its title and below it what it says."""
    return Reply(text="\n\n".join(f"{result.title}\n{result.description}" for result in results))


def watch(id_: int, question: str) -> Watch:
    return Watch(id=id_, follower="1:7:0", person="1:7", question=question, language="vi", checked=1)


def digest(id_: int, question: str, *hits: Hit, more: int = 0) -> Digest:
    return Digest(watch=watch(id_, question), findings=(), hits=hits, more=more)


LONG_HEADLINE = "Chợ đêm bến cá chuyển sang họp tối thứ sáu, bãi gửi xe dời sang đường Hoa Sứ"

MESSAGES: dict[str, Callable[[Texts], Reply]] = {
    "answer_first": lambda texts: render.answer(
        texts, answer(LIBRARY_HIT, MARKET_HIT, CHESS_HIT), LINKS, replace(FIRST, of=3)
    ),
    "answer_second": lambda texts: render.answer(
        texts, answer(MARKET_HIT), LINKS, SECOND, {"good": 2, "missing": 1}
    ),
    "answer_gone": lambda texts: render.answer(texts, answer(), LINKS, SECOND),
    "answer_one": lambda texts: render.answer(texts, answer(MARKET_HIT), LINKS, FIRST),
    "answer_from_paper": lambda texts: render.answer(texts, answer(PAPER_HIT), LINKS, FIRST),
    "answer_unaccented": lambda texts: render.answer(
        texts,
        answer(LIBRARY_HIT, question="lam the mat phi khong", suggestion="làm thẻ thư viện"),
        LINKS,
        FIRST,
    ),
    "answer_terminal": lambda texts: render.answer(texts, answer(LIBRARY_HIT), TERMINAL, SECOND),
    "answer_whole": lambda texts: render.whole_answer(texts, answer(LIBRARY_HIT, LIBRARY_HIT), TERMINAL),
    "answer_restricted": lambda texts: render.answer(
        texts,
        answer(MARKET_HIT, restriction=RESTRICTION, wider="làm thẻ mất phí không"),
        LINKS,
        FIRST,
    ),
    "answer_unmet": lambda texts: render.answer(
        texts, answer(LIBRARY_HIT, unmet=("làm thẻ bạn đọc",)), LINKS, FIRST
    ),
    "not_found_restricted": lambda texts: render.answer(
        texts,
        answer(answered=False, restriction=Restriction(since=date(2025, 1, 1)), wider="làm thẻ"),
        LINKS,
        FIRST,
    ),
    "mistake_source": lambda texts: render.mistake(
        texts, Mistake(wrong=Wrong.SOURCE, said="haiyn", known=("haiyen.example.vn", "Đời sống"))
    ),
    "mistake_date": lambda texts: render.mistake(texts, Mistake(wrong=Wrong.DATE, said="31/02/2016")),
    "mistake_order": lambda texts: render.mistake(texts, Mistake(wrong=Wrong.ORDER)),
    "mistake_no_question": lambda texts: render.mistake(texts, Mistake(wrong=Wrong.NO_QUESTION)),
    "alert": lambda texts: render.alert(texts, [digest(1, "làm thẻ mất phí không", LIBRARY_HIT)], LINKS),
    "alert_several": lambda texts: render.alert(
        texts,
        [
            digest(1, "làm thẻ mất phí không", LIBRARY_HIT, MARKET_HIT, more=3),
            digest(2, "giải cờ tướng mùa xuân tổ chức ở đâu, vào ngày nào", CHESS_HIT),
        ],
        LINKS,
    ),
    "followed": lambda texts: render.followed(
        texts, [watch(1, "làm thẻ mất phí không"), watch(7, "giải cờ tướng tổ chức ở đâu")]
    ),
    "followed_none": lambda texts: render.followed(texts, []),
    "why": lambda texts: render.explanation(texts, EXPLANATION, LINKS),
    "why_not": lambda texts: render.explanation(texts, WHY_NOT, LINKS),
    "why_nothing": lambda texts: render.explanation(texts, WHY_NOTHING, LINKS),
    "not_found": lambda texts: render.answer(texts, answer(answered=False), LINKS, FIRST),
    "not_found_nearest": lambda texts: render.answer(
        texts, answer(LIBRARY_HIT, MARKET_HIT, CHESS_HIT, answered=False), LINKS, FIRST, {"missing": 1}
    ),
    "inline_results": lambda texts: listed(render.results(texts, ANSWER, ANSWER.hits, LINKS)),
    "inline_message": lambda texts: render.results(texts, ANSWER, ANSWER.hits, LINKS)[0].message,
    "inline_message_unaccented": lambda texts: (
        render.results(texts, replace(ANSWER, question="lam the mat phi khong"), ANSWER.hits, LINKS)[
            1
        ].message
    ),
    "guest": lambda texts: render.guest_answer(texts, ANSWER, LINKS).message,
    "guest_not_found": lambda texts: render.guest_answer(texts, NO_ANSWER, LINKS).message,
    "article": lambda texts: render.article_page(
        texts, LIBRARY, ArticleSpot(LIBRARY.key, LIBRARY.body.index("Bạn đọc"), back=SECOND)
    ),
    "article_middle": lambda texts: render.article_page(
        texts, LONG, ArticleSpot(LONG.key, 3500, is_quoted=False)
    ),
    "greeting": lambda texts: render.greeting(
        texts,
        STATS,
        [texts("When does the library open?"), texts("When is the refuse collected?"), LONG_HEADLINE],
    ),
    "greeting_empty": lambda texts: render.greeting(texts, EMPTY, []),
    "greeting_empty_admin": lambda texts: render.greeting(texts, EMPTY, [], admin=True),
    "help": lambda texts: render.help_(texts, admin=False),
    "help_admin": lambda texts: render.help_(texts, admin=True),
    "languages": lambda texts: render.languages(texts, Languages("vi", HANOI), texts.code),
    "languages_of_telegram": lambda texts: render.languages(texts, Languages("vi", HANOI), None),
    "language_chosen": lambda texts: render.language_chosen(texts, texts.code),
    "language_of_telegram": lambda texts: render.language_chosen(texts, None),
    "hello": lambda texts: render.hello(texts, "hoibao_bot", sees_all=True),
    "hello_in_privacy_mode": lambda texts: render.hello(texts, "hoibao_bot", sees_all=False),
    "hidden": lambda texts: render.hidden(texts, "hoibao_bot", "Khu phố 3"),
    "privacy": lambda texts: render.privacy(texts, kept_days=30, in_private=True),
    "privacy_in_a_group": lambda texts: render.privacy(texts, kept_days=1, in_private=False),
    "erasing": render.erasing,
    "connecting": render.connecting,
    "progress": lambda texts: render.progress(texts, Step(stage="read", done=42, total=1284)),
    "progress_begin": lambda texts: render.progress(texts, Step(stage="index", done=0, total=0)),
    "report": lambda texts: render.report(texts, REPORT),
    "report_copies": lambda texts: render.report(texts, COPIED),
    "report_failed": lambda texts: render.report(texts, FAILED),
    "failure": lambda texts: render.failure(texts, ReadError("/srv/articles", "no such file or folder")),
    "failure_of_the_store": lambda texts: render.failure(texts, StoreError("the disk is full")),
    "statistics": lambda texts: render.statistics(texts, STATS),
    "statistics_used": lambda texts: render.statistics(texts, STATS, USAGE),
    "statistics_unused": lambda texts: render.statistics(texts, EMPTY, UNUSED),
    "gaps": lambda texts: render.gaps_sheet(texts, GAPS, NEAREST, LINKS, 0, days=30),
    "gaps_last": lambda texts: render.gaps_sheet(texts, GAPS, NEAREST, LINKS, 9, days=30),
    "gaps_none": lambda texts: render.gaps_sheet(texts, [], {}, LINKS, 0, days=30),
    "articles": lambda texts: render.articles_sheet(
        texts, [LIBRARY, MARKET, CHESS], LINKS, 1, total=1284, words=""
    ),
    "articles_found": lambda texts: render.articles_sheet(
        texts, [LIBRARY], LINKS, 0, total=11, words="thư viện"
    ),
    "articles_found_none": lambda texts: render.articles_sheet(
        texts, [], LINKS, 0, total=0, words="tàu ngầm"
    ),
    "sources": lambda texts: render.sources(texts, ORIGINS),
    "sources_none": lambda texts: render.sources(
        texts, Origins(folders=(("data/articles", 27),), followed=(), mistakes=())
    ),
    "progress_on_the_web": lambda texts: render.progress(texts, Step(stage="visit", done=12, total=130)),
    "removal": lambda texts: render.removal_offer(texts, LIBRARY),
    "removal_done": lambda texts: render.removed(texts, MARKET),
    "removal_undone": lambda texts: render.restored(texts, MARKET),
    "removal_kept": lambda texts: render.kept(texts, LIBRARY),
    "adding": render.how_to_add,
    "adding_refused": lambda texts: render.refusal(texts, REFUSED),
    "taken": lambda texts: render.taken_in(texts, replace(REPORT, updated=0), [LIBRARY]),
    "taken_undated": lambda texts: render.taken_in(
        texts, replace(REPORT, added=0), [replace(MARKET, published=None)]
    ),
    "taken_several": lambda texts: render.taken_in(texts, FAILED_ROWS, [LIBRARY, MARKET, *[CHESS] * 5]),
    "taken_copy": lambda texts: render.taken_in(texts, COPIED, [], LIBRARY),
    "taken_withheld": lambda texts: render.taken_in(texts, COPIED, [], LIBRARY, is_withheld=True),
    "taken_album": lambda texts: render.album(
        texts,
        [
            ("lịch tiếp dân.pdf", render.notice(texts, "Corrected."), MARKET),
            ("ảnh.png", render.refusal(texts, REFUSED), None),
        ],
    ),
    "taken_undone": lambda texts: render.undone(texts, MARKET),
    "correcting_title": lambda texts: render.prompt(texts, "title"),
    "correcting_date": lambda texts: render.prompt(texts, "date"),
    "correcting_link": lambda texts: render.prompt(texts, "url"),
    "how_meant": render.how_meant,
    "channel": lambda texts: render.channel(texts, "Phường Hải Yến", is_read=True),
    "channel_of_a_stranger": lambda texts: render.channel(texts, "Phường Hải Yến", is_read=False),
    "pause": lambda texts: render.pause(texts, 42),
    "notice": lambda texts: render.notice(texts, "Goodbye!"),
}


def picture(reply: Reply) -> str:
    """Return *reply* as a text for people to read."""
    encoded = reply.text.encode("utf-16-le")
    marks: dict[int, list[str]] = {}
    for entity in reply.entities:  # outer ones first, so tags nest
        name = f"{entity.type} {entity.url}" if entity.url else entity.type
        marks.setdefault(entity.offset, []).append(f"<{name}>")
        marks.setdefault(entity.offset + entity.length, []).insert(0, f"</{entity.type}>")
    shown, position = "", 0
    for offset in sorted(marks):
        closing_first = sorted(marks[offset], key=lambda tag: not tag.startswith("</"))
        shown += encoded[2 * position : 2 * offset].decode("utf-16-le") + "".join(closing_first)
        position = offset
    shown += encoded[2 * position :].decode("utf-16-le")
    rows = reply.keyboard.inline_keyboard if reply.keyboard else ()
    return "\n".join([shown, *(("", *map(_row, rows)) if rows else ())]) + "\n"


def _row(row: tuple[InlineKeyboardButton, ...]) -> str:
    return " ".join(
        f"[{button.text} → {button.callback_data or button.url}{' *' if button.style else ''}]"
        for button in row
    )


@pytest.mark.parametrize("code", ["vi", "en"])
@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_looks_as_in_its_golden_file(name: str, code: str) -> None:
    path = GOLDEN / f"{name}.{code}.txt"
    actual = picture(MESSAGES[name](Languages("vi", HANOI).of(code)))
    if os.environ.get("GOLDEN") == "write":
        path.write_text(actual, encoding="utf-8")
    assert actual == path.read_text(encoding="utf-8")


def test_every_golden_file_is_of_a_message() -> None:
    expected = {f"{name}.{code}.txt" for name in MESSAGES for code in ("vi", "en")}
    assert {path.name for path in GOLDEN.iterdir()} == expected


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_sent_as_telegrams_library_would_write_it(name: str) -> None:
    reply = MESSAGES[name](Languages("vi", HANOI).of("vi"))
    sent = content(reply)
    assert sent["entities"] == ([entity.to_dict() for entity in reply.entities] or None)
    assert sent["reply_markup"] == (reply.keyboard.to_dict() if reply.keyboard else None)
