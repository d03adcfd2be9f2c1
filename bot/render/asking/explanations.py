"""The answer to /why: the points that each word gives the first hit; the numbers add up as shown."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from telegram.constants import MessageEntityType

from bot.language import Texts
from bot.links import Links
from bot.render.article_head import add_title
from bot.render.draft import Draft, shortened
from bot.reply import Reply
from retrieval.answering.explanation import Explanation, Gain, HitExplained

MAX_GAINS = 6  # what the other words give, which is little, is one line together
_MAX_MISSING = 6
_TERM_UNITS = 40
_QUESTION_UNITS = 200


def explanation(texts: Texts, explanation: Explanation, links: Links) -> Reply:
    """Render why the first hit comes first, and how sure the answer is."""
    draft = Draft()
    _add_explanation(draft, texts, explanation, links)
    if explanation.second is not None:
        _add_explanation(draft, texts, explanation.second, links)
    return draft.reply()


def _add_explanation(draft: Draft, texts: Texts, explanation: Explanation, links: Links) -> None:
    answer = explanation.answer
    shown = shortened(answer.understood_as, _QUESTION_UNITS)  # always: it may be that of an earlier message
    draft.gap().add(texts("Understood as: “{question}”", question=shown), MessageEntityType.ITALIC)
    if not explanation.hits:
        said = texts("The newest articles of that time come first: nothing else counts.")
        draft.gap().add(said if answer.hits else texts("None of these words appear in any article."))
        return
    first = explanation.hits[0]
    heading = texts("Why this article comes first") if answer.answered else texts("The closest article")
    draft.gap().add(heading, MessageEntityType.BOLD)
    add_title(draft.line(), first.hit.article, links.of(first.hit))
    _add_points(draft, texts, explanation, first)
    _add_next(draft, texts, explanation.hits)
    _add_confidence(draft, texts, explanation)


def odds_parts(texts: Texts, explanation: Explanation) -> list[tuple[str, float]]:
    """Return the parts of the odds, each with a description in words."""
    odds = explanation.odds
    if odds is None:
        return []
    parts = [
        (texts("how many points the best passage has"), odds.evidence),
        (texts("how close together the words stand"), odds.tightness),
        (texts("how much is asked"), odds.length),
        (texts("words that are unknown or only guessed"), odds.doubt),
        (texts("words that only other parts of the article hold"), odds.spread),
        (texts("what the title says of it"), odds.subject),
        (texts("how far what is asked for is from these words"), odds.value),
        (texts("another number, name or thing in its place"), odds.another),
        (texts("words of which the article says only a part"), odds.torn),
        (texts("where every answer starts from"), odds.base),
    ]
    if odds.whole:
        parts.append((texts("all of the question in one breath"), odds.whole))
    return [(said, part) for said, part in parts if part]


def window_note(texts: Texts, explanation: Explanation, hit: HitExplained) -> str:
    """Describe the best window: the share of the question in it."""
    return texts(
        "{share} of the question within {n} words",
        share=texts.percent(hit.coverage),
        n=texts.number(explanation.window),
    )


def opening_note(texts: Texts, hit: HitExplained) -> str:
    """Describe the article's beginning: the share of the question in it."""
    return texts("{share} of it at the article's beginning", share=texts.percent(hit.lead))


def subject_note(texts: Texts, hit: HitExplained) -> str:
    """Describe the article's title: the share of the question in it."""
    if not hit.hit.article.title:
        return texts("the article has no title")
    return texts("{share} of it in the title", share=texts.percent(hit.title))


def _add_points(draft: Draft, texts: Texts, explanation: Explanation, hit: HitExplained) -> None:
    lines = list(_lines(texts, hit.gains))
    points = [points for _, points in lines]
    shown = _rounded([*points, hit.by_closeness, hit.by_opening, hit.by_subject])
    draft.gap().add(texts("The words that were found, and their points:"))
    for (line, _), number in zip(lines, shown, strict=False):
        if number:
            draft.line().add(f"• {line}: {texts.decimal(number, 1, signed=True)}")
    draft.line().add(
        texts("Together: {points}", points=texts.decimal(sum(shown[: len(lines)]), 1)),
        MessageEntityType.BOLD,
    )
    _add_missing(draft, texts, hit.gains)
    draft.gap().add(texts("Where they stand:"))
    notes = (window_note(texts, explanation, hit), opening_note(texts, hit), subject_note(texts, hit))
    for note, number in zip(notes, shown[len(lines) :], strict=True):
        draft.line().add(f"• {note}: {texts.decimal(number, 1, signed=True)}")
    draft.line().add(
        texts("All in all: {points} points", points=texts.decimal(sum(shown), 1)), MessageEntityType.BOLD
    )


def _lines(texts: Texts, gains: Sequence[Gain]) -> Iterator[tuple[str, float]]:
    """Yield the largest *gains* with a description each, and the sum of all others."""
    for gain in gains[:MAX_GAINS]:
        yield _described(texts, gain), gain.total
    yield texts("all other words"), sum(gain.total for gain in gains[MAX_GAINS:])


def _described(texts: Texts, gain: Gain) -> str:
    """Describe a gain: the word, the article's spelling of it, and whether it is outside the passage."""
    said = f"“{shortened(gain.term, _TERM_UNITS)}”"
    if gain.is_pair:
        said += " " + texts("(side by side)")
    if gain.found and gain.term not in gain.found:
        said += ", " + texts("as “{wording}”", wording=shortened(gain.found[0], _TERM_UNITS))
    if not gain.in_passage:
        said += ", " + texts("elsewhere in the article")
    return said


def _add_missing(draft: Draft, texts: Texts, gains: Sequence[Gain]) -> None:
    missing = [gain.term for gain in gains if not gain.found and not gain.is_pair]
    if missing:
        words = ", ".join(f"“{shortened(term, _TERM_UNITS)}”" for term in missing[:_MAX_MISSING])
        words += ", …" if len(missing) > _MAX_MISSING else ""
        draft.line().add(texts("Not found: {words}", words=words))


def _add_next(draft: Draft, texts: Texts, hits: Sequence[HitExplained]) -> None:
    if len(hits) < 2:
        return
    first, second = hits[0].hit, hits[1].hit
    points = texts.decimal(second.score, 1)
    if second.score > first.score:
        said = texts(
            "The next article has {points} points: of near equals the newer goes first.", points=points
        )
    else:
        said = texts("The next article has {points} points.", points=points)
    draft.gap().add(said)


def _add_confidence(draft: Draft, texts: Texts, explanation: Explanation) -> None:
    odds, answer = explanation.odds, explanation.answer
    if odds is None:
        return
    draft.gap().add(
        texts(
            "How sure it is: {share}. From {least} on it is given as an answer.",
            share=texts.percent(odds.confidence),
            least=texts.percent(explanation.least),
        )
    )
    if odds.confidence >= explanation.least:
        return
    if answer.answered:
        draft.line().add(texts("The article answered the question before, too."))
    parts = odds_parts(texts, explanation)
    shown = _rounded([part for _, part in parts])
    for (said, _), number in zip(parts, shown, strict=True):
        draft.line().add(f"• {said}: {texts.decimal(number, 1, signed=True)}")
    total = texts.decimal(sum(shown), 1, signed=True)
    draft.line().add(texts("Together: {points}. An answer needs 0 at least.", points=total))


def _rounded(values: Sequence[float]) -> list[float]:
    """Return *values* rounded to one decimal so that their shown sums are right."""
    sums = [0.0, *(round(total, 1) for total in accumulate(values))]
    return [round(after - before, 1) for before, after in pairwise(sums)]
