"""Every sentence the bot says is in every catalogue, complete and with the same placeholders."""

import string
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import bot
import retrieval
from bot.language import Languages, Texts
from retrieval.errors import ReadError, Reason

BOT = Path(bot.__file__).parent
RETRIEVAL = Path(retrieval.__file__).parent
CATALOGUES = sorted(BOT.glob("locales/*/LC_MESSAGES/hoibao.po"))
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MsgId = str | tuple[str, ...]

# Calls whose message ids are translated, and which arguments those are; None: the first. Babel takes a name
# among the arguments for another call if both are in one table, so notice(texts, "…") needs its own.
Keywords = dict[str, tuple[int, ...] | None]
ERRORS = ("ReadError", "GoneError", "UnreachableError", "ClosedError", "ArticleError")
MARKED: Keywords = {"N_": None, "Reason": None} | dict.fromkeys(ERRORS, (2,))
SAID: Keywords = {"texts": None, "_texts": None, "plural": (1, 2)}
NOTICES: Keywords = {"notice": (2,), "_notice": None}


@pytest.fixture(scope="module")
def vietnamese() -> Texts:
    return Languages("vi", HANOI).of("vi")


@pytest.fixture(scope="module")
def english() -> Texts:
    return Languages("vi", HANOI).of("en")


@cache
def extracted() -> dict[MsgId, str]:
    """Return every message id in the source, and where it stands, as Babel's own extractor finds them."""
    found: dict[MsgId, str] = {}
    for package, tables in ((BOT, (MARKED, SAID, NOTICES)), (RETRIEVAL, (MARKED,))):
        for path, keywords in product(package.rglob("*.py"), tables):
            for line, msgid, _, _ in extract_from_file("python", path, keywords=keywords):
                found.setdefault(msgid, f"{path.relative_to(BOT.parent)}:{line}")
    return found


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def translations(path: Path) -> Iterator[tuple[MsgId, list[str]]]:
    """Yield each message id of a catalogue with the forms of its translation."""
    for message in catalogue(path):
        if message.id:
            one_id = message.id if isinstance(message.id, str) else (message.id[0], message.id[1])
            yield one_id, [message.string] if isinstance(message.string, str) else list(message.string or ())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parent.parent.name)
def path(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


def test_every_sentence_in_the_source_is_translated(path: Path) -> None:
    translated = {
        message.id for message in catalogue(path) if message.id and message.string and not message.fuzzy
    }
    missing = {msgid: place for msgid, place in extracted().items() if msgid not in translated}
    assert missing == {}


def test_every_translation_is_of_a_sentence_in_the_source(path: Path) -> None:
    known = extracted()
    stale = [message.id for message in catalogue(path) if message.id and message.id not in known]
    assert stale == []


def test_a_translation_has_the_placeholders_of_its_original(path: Path) -> None:
    for msgid, forms in translations(path):
        originals = [msgid] if isinstance(msgid, str) else msgid
        for form in forms:
            assert placeholders(form) == set().union(*map(placeholders, originals)), msgid


def test_a_translation_ends_like_its_original(path: Path) -> None:
    for msgid, forms in translations(path):
        if isinstance(msgid, str) and msgid[-1] in ".:?…":
            assert [form[-1] for form in forms] == [msgid[-1]], msgid


def test_the_catalogue_says_how_its_language_counts() -> None:
    assert catalogue(BOT / "locales/vi/LC_MESSAGES/hoibao.po").num_plurals == 1


def test_the_extraction_sees_each_kind_of_call() -> None:
    ids = extracted()
    assert "Next ›" in ids  # texts("…")
    assert ("{n} article", "{n} articles") in ids  # texts.plural("…", "…", n)
    assert "I can only read text: ask me in words." in ids  # notice(texts, "…")
    assert "Goodbye!" in ids  # self._notice("…")
    assert "not a regular file" in ids  # ReadError(origin, "…")
    assert "line {n}: {mistake}" in ids  # Reason("…", values)
    assert "only one wording" in ids  # N_("…")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("empty"), "tệp trống"),
        (ReadError("x.md", "larger than {size} MB", size=5).reason, "lớn hơn 5 MB"),
        (
            Reason("line {n}: {mistake}", {"n": 3, "mistake": Reason("only one wording")}),
            "dòng 3: chỉ có một cách gọi",
        ),
        (
            Reason("the id “{id}” belongs to {origin}", {"id": "a: {b}", "origin": "/báo/x.md"}),
            "mã “a: {b}” là của /báo/x.md",
        ),
    ],
)
def test_a_reason_is_told_in_the_readers_language(
    reason: Reason, said: str, vietnamese: Texts, english: Texts
) -> None:
    assert vietnamese.reason(reason) == said
    assert english.reason(reason) == str(reason)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("vi", "vi"), ("en", "en"), ("en-GB", "en"), ("VI_vn", "vi"), ("fr", "vi"), ("", "vi"), (None, "vi")],
)
def test_a_language_not_at_hand_is_the_default(code: str | None, expected: str) -> None:
    assert Languages("vi", HANOI).of(code).code == expected


def test_a_default_without_texts_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match=r"^DEFAULT_LANGUAGE is 'tlh': choose one of en, vi$"):
        Languages("tlh", HANOI)


def test_the_languages_are_english_and_vietnamese() -> None:
    assert Languages("en", HANOI).codes == ("en", "vi")


def test_a_language_is_called_what_its_speakers_call_it(english: Texts, vietnamese: Texts) -> None:
    assert [english.name, vietnamese.name] == ["English", "Tiếng Việt"]


def test_one_article_is_singular_in_english_only(english: Texts, vietnamese: Texts) -> None:
    counted = [
        [texts.plural("{n} article", "{n} articles", n) for n in (0, 1, 2)] for texts in (english, vietnamese)
    ]
    assert counted == [["0 articles", "1 article", "2 articles"], ["0 bài", "1 bài", "2 bài"]]


def test_numbers_are_written_as_the_language_does(english: Texts, vietnamese: Texts) -> None:
    assert [texts.number(12345.67) for texts in (english, vietnamese)] == ["12,345.7", "12.345,7"]


def test_a_date_is_the_day_in_the_bots_time_zone(english: Texts, vietnamese: Texts) -> None:
    late = datetime(2024, 4, 30, 18, 5, tzinfo=UTC)  # past midnight in Hanoi
    assert [texts.date(late) for texts in (english, vietnamese)] == ["1 May 2024", "01/05/2024"]
    assert [texts.moment(late) for texts in (english, vietnamese)] == ["01:05 1 May 2024", "01:05 01/05/2024"]


def test_braces_in_a_value_stay(english: Texts) -> None:
    assert english("Understood as: “{question}”", question="{0} {question}") == (
        "Understood as: “{0} {question}”"
    )
