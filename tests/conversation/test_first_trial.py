"""Messages that went wrong when the bot was first tried by hand, each with what should have come."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import groupby
from pathlib import Path
from shutil import copytree
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import startup
from bot.conversation import replies
from bot.conversation.replies import Exchange, Shown
from bot.language import Languages
from bot.links import Links
from bot.reply import Reply
from bot.shipped import shipped
from retrieval.collection.collection import Collection

ROOT = Path(__file__).parents[2]
TRIAL = Path(__file__).parents[3] / "shared" / "people" / "first_trial.jsonl"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TEXTS = Languages("vi", HANOI).of("vi")
AT_LEAST = 62  # of the 73 rows of the file
pytestmark = pytest.mark.skipif(not TRIAL.exists(), reason="the first trial is not beside the project")


@contextmanager
def opened(folder: Path, row: Mapping[str, Any]) -> Iterator[Collection]:
    """Open the sample articles, with those of the *row*."""
    articles = folder / "articles"
    copytree(ROOT / "data" / "articles", articles)
    own = [json.dumps(article, ensure_ascii=False) for article in row.get("articles", [])]
    if own:
        (articles / "own.jsonl").write_text("\n".join(own), encoding="utf-8")
    now = datetime.fromisoformat(row["today"]).replace(tzinfo=HANOI)
    collection = Collection.open(
        database_url=f"sqlite:///{folder / 'trial.db'}",
        index_dir=folder / "index",
        articles_dir=articles,
        synonyms=ROOT / "data" / "synonyms.txt",
        everyday=ROOT / "data" / "everyday.txt",
        glossary=ROOT / "data" / "glossary.txt",
        lexicon=startup.lexicon(),
        clock=lambda: now,
    )
    with closing(collection):
        collection.reload()
        yield collection


def said(collection: Collection, row: Mapping[str, Any]) -> Exchange[Reply]:
    """Return the exchange of the row's message, after those before it."""
    previous: str | None = None
    shown: Shown | None = None
    for message in [*row.get("before", []), row["question"]]:
        last = shown
        turn = replies.answer(
            collection,
            TEXTS,
            message,
            Links(username=None),
            answer_id="0" * 16,
            previous=previous,
            recall=lambda _, last=last: last,  # type: ignore[misc]
        )
        previous = turn.understood_as or previous
        shown = turn.shown or shown
    return turn


def is_right(turn: Exchange[Reply], expected: Mapping[str, Any]) -> bool:
    """Tell whether *turn* is what was *expected*."""
    answer = turn.shown.answer if turn.shown else None
    first = answer.hits[turn.shown.at.rank - 1 :][:1] if answer and turn.shown else ()
    if "conversation" in expected:
        renamed = "Vũng Tàu"  # what an old name is called now
        return renamed in turn.reply.text if renamed in expected["conversation"] else turn.answer is None
    if answer is None:
        return False
    if "refuse" in expected:
        return not answer.answered or answer.is_old
    if "without" in expected:
        return not any(expected["without"] in hit.quote.lower() for hit in answer.hits)
    return (
        ("article" not in expected or (answer.answered and expected["article"] in first[0].article.title))
        and expected.get("excerpt_holds", "") in (first[0].quote if first else "")
        and expected.get("understood_not", "\0") not in answer.understood_as
        and expected.get("understood_is", answer.understood_as) == answer.understood_as
        and expected.get("understood_has", "") in answer.understood_as
        and expected.get("suggestion_not", "\0") not in (answer.suggestion or "")
    )


def test_what_went_wrong_when_it_was_first_tried_mostly_goes_right(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup, "WORD_LISTS", shipped("vietnamese"))
    rows = [json.loads(line) for line in TRIAL.read_text(encoding="utf-8").splitlines()]
    wrong = []
    for _, alike in groupby(sorted(rows, key=_stage), _stage):
        among = list(alike)
        with opened(tmp_path_factory.mktemp("trial"), among[0]) as collection:
            wrong += [row for row in among if not is_right(said(collection, row), row["expected"])]
    assert len(rows) - len(wrong) >= AT_LEAST, [row["question"] for row in wrong]


def _stage(row: Mapping[str, Any]) -> str:
    return json.dumps([row["today"], row.get("articles", [])])
