"""Judge a turn of a rehearsal: does the bot show what is wanted?"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from bot.conversation.replies import Exchange
from bot.reply import Reply
from retrieval.answer import Hit


class Miss(StrEnum):
    """The way in which a turn went wrong."""

    WRONG_ARTICLE = "wrong article"
    VALUE_NOT_SHOWN = "value not shown"  # the right article, without the wanted text in the excerpt
    REFUSED = "refused"
    ANSWERED_ABSENT = "answered what is not there"
    NOT_TALK = "not taken for talk"
    TALK = "taken for talk"


Judge = Callable[[Exchange[Reply], Mapping[str, Any]], Miss | None]


def judge_of(want: Mapping[str, Any]) -> Judge:
    """Return what judges a turn of which this is wanted."""
    return next((judge for name, judge in _JUDGES.items() if name in want), judge_any)


def told(turn: Exchange[Reply], said: Mapping[str, Any], failure: Miss | None) -> dict[str, Any]:
    """Return what was said, wanted and shown, as an object of JSON."""
    answer = turn.shown.answer if turn.shown else None
    hits = answer.hits[turn.shown.at.rank - 1 :] if answer and turn.shown else ()
    return {
        "say": said["say"],
        "want": said["want"],
        "failure": failure,
        "understood_as": answer.understood_as if answer else None,
        "answered": _hit(turn) is not None,
        "confidence": round(answer.confidence, 3) if answer else None,
        "articles": [_stem(hit.article.origin) for hit in hits[:3]],
        "excerpt": hits[0].quote if hits else None,
        "reply": turn.reply.text,
    }


def judge_any(_turn: Exchange[Reply], _want: Mapping[str, Any]) -> None:
    """Find every turn right."""


def _judge_answer(turn: Exchange[Reply], want: Mapping[str, Any]) -> Miss | None:
    if miss := _judge_article(turn, want["answer"]):
        return miss
    hit, holds = _hit(turn), want.get("holds")
    return None if not holds or (hit and any(text in hit.quote for text in holds)) else Miss.VALUE_NOT_SHOWN


def _judge_none(turn: Exchange[Reply], _want: Mapping[str, Any]) -> Miss | None:
    return Miss.ANSWERED_ABSENT if _hit(turn) else None


def _judge_talk(turn: Exchange[Reply], _want: Mapping[str, Any]) -> Miss | None:
    return Miss.NOT_TALK if turn.shown else None


def _judge_latest(turn: Exchange[Reply], want: Mapping[str, Any]) -> Miss | None:
    return _judge_article(turn, want["latest"])


def _judge_article(turn: Exchange[Reply], stems: Sequence[str]) -> Miss | None:
    if turn.shown is None:
        return Miss.TALK
    hit = _hit(turn)
    if hit is None:
        return Miss.REFUSED
    return None if _stem(hit.article.origin) in stems else Miss.WRONG_ARTICLE


def _hit(turn: Exchange[Reply]) -> Hit | None:
    """Return the hit that the reply shows; None without any, or if it only names related articles."""
    shown = turn.shown
    if shown is None or not shown.answer.hits:
        return None
    # An earlier answer is shown on request: then even a related article is what was asked for.
    is_answer = shown.answer.answered or turn.answer is None
    return shown.answer.hits[shown.at.rank - 1] if is_answer else None


_JUDGES: dict[str, Judge] = {
    "answer": _judge_answer,
    "none": _judge_none,
    "talk": _judge_talk,
    "latest": _judge_latest,
}
WANTS = _JUDGES.keys() | {"any"}


def _stem(origin: str) -> str:
    return PurePath(origin).stem
