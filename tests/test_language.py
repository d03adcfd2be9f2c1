"""Every sentence the bot says is in every catalogue, complete and with the same placeholders."""

import ast
import string
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import bot
from bot.language import Languages, Texts

BOT = Path(bot.__file__).parent
CATALOGUES = sorted(BOT.glob("locales/*/LC_MESSAGES/hoibao.po"))
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MsgId = str | tuple[str, str]


@pytest.fixture(scope="module")
def vietnamese() -> Texts:
    return Languages("vi", HANOI).of("vi")


@pytest.fixture(scope="module")
def english() -> Texts:
    return Languages("vi", HANOI).of("en")


def extracted() -> dict[MsgId, str]:
    """Return every message id in the source of the bot, and where it stands.

    Babel's own extractor works on tokens: it sees neither the second argument of notice(texts, "…")
    nor a constant's value, so this reads the syntax tree.
    """
    found: dict[MsgId, str] = {}
    for path in sorted(BOT.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = dict(_constants(tree))
        for name in ("SENTENCES", "PARTS"):  # of a reason why a file could not be read
            for element in getattr(constants.get(name), "elts", ()):
                found[element.value] = str(path.relative_to(BOT))
        for node in ast.walk(tree):
            for msgid in _msgids(node, constants):
                found.setdefault(msgid, f"{path.relative_to(BOT)}:{getattr(node, 'lineno', 0)}")
    return found


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _msgids(node: ast.AST, constants: dict[str, ast.expr]) -> Iterator[MsgId]:
    if not isinstance(node, ast.Call):
        return
    name = getattr(node.func, "attr", getattr(node.func, "id", "")).lstrip("_")
    arguments = [constants.get(a.id, a) if isinstance(a, ast.Name) else a for a in node.args]
    literals = [a.value if isinstance(a, ast.Constant) else None for a in arguments]
    match name, literals:
        case "texts", [str(msgid), *_]:
            yield msgid
        case "notice", [None, str(msgid), *_] | [str(msgid)]:
            yield msgid
        case "plural", [str(one), str(many), *_]:
            yield one, many


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


def test_the_extraction_sees_sentences_plurals_and_notices() -> None:
    ids = extracted()
    assert "Next ›" in ids  # texts("…")
    assert ("{n} article", "{n} articles") in ids  # texts.plural("…", "…", n)
    assert "Goodbye!" in ids  # notice("…")


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
