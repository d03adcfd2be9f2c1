"""The answer to a question: a hit with its source, or the nearest articles; and the buttons below."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle, MessageEntityType

from bot.buttons import Follow, HitRef, Mark, Offer
from bot.language import Texts
from bot.links import Links, spot_of
from bot.render.article_head import add_byline, add_title, title_of
from bot.render.asking.restrictions import add_restriction, mistake
from bot.render.draft import Draft, shortened
from bot.render.notices import add_contact
from bot.render.pager import ButtonRow, turning
from bot.reply import Reply
from retrieval.answer import Answer, Hit
from retrieval.journal.journal import Verdict
from retrieval.question.manners.manners import set_aside
from retrieval.text.analyzer import terms

MAX_NEAREST = 3  # articles that are named if none answers
QUESTION_UNITS = 200
_OFFERED_UNITS = 1000  # nobody wants to read a longer question again
_LABEL_UNITS = 60  # of a button; a phone shows about so much
_SHORT = 6  # words of a question that need not be shorter
_LOOKED_AT = 200  # characters of a question that tell whether it is longer
_LONG_EXCERPT = 240  # characters; about six lines on a phone


def answer(
    texts: Texts,
    answer: Answer,
    links: Links,
    position: HitRef,
    tally: Mapping[Verdict, int] | None = None,
) -> Reply:
    """Render the hit of *answer* at *position*, with buttons to the other hits and to what can be done next.

    *answer* holds that hit alone, or none if its article is gone. If the question is not answered, name the
    nearest articles without excerpts. *tally*: the number of readers per verdict.
    """
    draft = Draft()
    offer = _add_head(draft, texts, answer)
    hits = answer.hits[: 1 if answer.answered else MAX_NEAREST]
    if not answer.answered:
        add_nearest(draft, texts, answer.question, hits, links)
    elif hits:
        add_hit(draft, texts, hits[0], links)
        published = hits[0].article.published
        if answer.is_old and published:
            day = texts.day(published.date())
            draft.line().add(texts("As of {date}: it may have changed since.", date=day))
        if answer.also:
            add_hit(draft, texts, answer.also, links)
    else:
        draft.gap().add(texts("This article is not in the collection any more, or it has changed."))
    leading = _answered(texts, hits, links, position) if answer.answered else _nearest(texts, hits, position)
    offering = [_offering(texts, answer, offer)] if offer else []
    rows = [offering, leading]
    if links.is_telegram:
        rows = [leading, _judging(texts, answer, position, tally or {}, offering)]
    rows = [row for row in rows if row]
    return draft.reply(InlineKeyboardMarkup(rows) if rows else None)


def asking_back(texts: Texts, questions: Sequence[str]) -> Reply:
    """Ask which of *questions* is meant, with a button for each."""
    draft = Draft().add(texts("Which of these do you mean?"))
    rows: list[ButtonRow] = []
    for question in questions:
        shown = shortened(question, _OFFERED_UNITS)
        start = draft.line().add("• ").position
        draft.add(shown)
        label = shortened(question, _LABEL_UNITS)
        rows.append([InlineKeyboardButton(label, callback_data=Offer(start, start + len(shown)).data)])
    return draft.reply(InlineKeyboardMarkup(rows))


def whole_answer(texts: Texts, answer: Answer, links: Links) -> Reply:
    """Render all hits of *answer* without buttons, for the terminal."""
    if answer.mistake:
        return mistake(texts, answer.mistake)
    draft = Draft(bounded=False)
    _add_head(draft, texts, answer)
    if not answer.answered:
        add_nearest(draft, texts, answer.question, answer.hits, links)
        return draft.reply()
    for rank, hit in enumerate(answer.hits, start=1):
        add_hit(draft, texts, hit, links, rank=rank if len(answer.hits) > 1 else None)
    return draft.reply()


def _add_head(draft: Draft, texts: Texts, answer: Answer) -> Offer | None:
    _add_understanding(draft, texts, answer)
    offer = _add_suggestion(draft, texts, answer.suggestion) if answer.suggestion else None
    return add_restriction(draft, texts, answer) or offer


def add_hit(draft: Draft, texts: Texts, hit: Hit, links: Links, *, rank: int | None = None) -> None:
    """Write *hit*: its *rank* if given, title, byline, excerpt, and the number of similar articles."""
    link = links.of(hit)
    add_title(draft.gap(), hit.article, link, rank=rank)
    add_byline(draft, texts, hit.article, link, quoted=spot_of(hit).start)
    _add_excerpt(draft.line(), hit)
    if hit.similar:
        draft.line().add(texts("+{n} similar", n=len(hit.similar)), MessageEntityType.ITALIC)


def _add_understanding(draft: Draft, texts: Texts, answer: Answer) -> None:
    if answer.is_cut:
        text = texts("That was long: I looked for its end only. A shorter question is answered better.")
        draft.line().add(text, MessageEntityType.ITALIC)
    elif how_understood(answer) != answer.question:
        text = texts("Understood as: “{question}”", question=shortened(answer.understood_as, QUESTION_UNITS))
        draft.line().add(text, MessageEntityType.ITALIC)


def how_understood(answer: Answer) -> str:
    """Return the question as it was typed, unless it was understood as other words."""
    if answer.is_cut:
        return answer.understood_as
    is_same = terms(answer.understood_as) == terms(set_aside(answer.question).text)
    return answer.question if is_same else answer.understood_as


def _add_suggestion(draft: Draft, texts: Texts, suggestion: str) -> Offer | None:
    """Write the suggestion, and return the offer to ask it; None if it is too long for a message."""
    suggestion = " ".join(suggestion.split())
    shown = shortened(suggestion, _OFFERED_UNITS)
    span = draft.line_with(texts("Did you mean: “{question}”?", question=shown), shown)
    return Offer(*span) if shown == suggestion else None


def _add_excerpt(draft: Draft, hit: Hit) -> None:
    """Quote the excerpt with matches in bold; a long excerpt shows three lines until it is tapped."""
    body, excerpt = hit.article.body, hit.excerpt
    start = draft.position
    if excerpt.start > 0 and body[excerpt.start - 1] != "\n":
        draft.add("… ")
    position = excerpt.start
    for begin, end in excerpt.highlights:
        draft.add(body[position:begin]).add(body[begin:end], MessageEntityType.BOLD)
        position = end
    draft.add(body[position : excerpt.end])
    if excerpt.end < len(body) and body[excerpt.end] != "\n":
        draft.add(" …")
    is_long = excerpt.end - excerpt.start > _LONG_EXCERPT
    kind = MessageEntityType.EXPANDABLE_BLOCKQUOTE if is_long else MessageEntityType.BLOCKQUOTE
    draft.mark(kind, start)


def add_nearest(draft: Draft, texts: Texts, question: str, hits: tuple[Hit, ...], links: Links) -> None:
    """Say that there is no answer to *question*, and name the articles of *hits* with their links."""
    draft.gap().add(texts("I couldn't find an answer in the articles."))
    if hits:
        draft.gap().add(texts("Closest articles:"))
    for rank, hit in enumerate(hits, start=1):
        draft.line().add("• " if len(hits) == 1 else f"{rank}. ").add(
            title_of(hit.article), url=links.of(hit)
        )
    is_long = len(terms(question[:_LOOKED_AT])) > _SHORT
    draft.gap().add(
        texts("Try a shorter question, or other words.") if is_long else texts("Try other words.")
    )
    add_contact(draft, texts)


def _offering(texts: Texts, answer: Answer, offer: Offer) -> InlineKeyboardButton:
    label = texts("Yes, ask this") if answer.suggestion else texts("Search all articles")
    return InlineKeyboardButton(label, callback_data=offer.data)


def _answered(texts: Texts, hits: tuple[Hit, ...], links: Links, position: HitRef) -> ButtonRow:
    """Return the row of an answered question: other hits, and the article."""
    turns = _turning(links, position) if position.of > 1 else []
    return turns + [_reading(texts("Read the article"), hit, position, stands_out=True) for hit in hits]


def _turning(links: Links, position: HitRef) -> ButtonRow:
    """Return the buttons to the hits beside the one at *position*."""
    return turning(
        position.rank,
        position.of,
        lambda rank: replace(position, rank=rank).data,
        in_terminal=not links.is_telegram,
    )


def _nearest(texts: Texts, hits: tuple[Hit, ...], position: HitRef) -> ButtonRow:
    return [
        _reading(
            texts("Read article {n}", n=rank) if len(hits) > 1 else texts("Read the article"),
            hit,
            position,
            stands_out=rank == 1,
        )
        for rank, hit in enumerate(hits, start=1)
    ]


def _reading(label: str, hit: Hit, position: HitRef, *, stands_out: bool) -> InlineKeyboardButton:
    """Return the button that opens the article at the excerpt, with the way back to *position*."""
    return InlineKeyboardButton(
        label,
        callback_data=spot_of(hit, position).data,
        style=KeyboardButtonStyle.PRIMARY if stands_out else None,
    )


def _following(texts: Texts, position: HitRef) -> InlineKeyboardButton:
    return InlineKeyboardButton(texts("🔔 Follow"), callback_data=Follow(position.answer).data)


def _judging(
    texts: Texts, answer: Answer, position: HitRef, tally: Mapping[Verdict, int], offering: ButtonRow
) -> ButtonRow:
    """Return the row of verdicts, each with the number of readers who gave it, beside what is offered.

    Without an offer, following is. That an article is missing can be said of an answer that is called bad.
    """
    labels: dict[Verdict, str] = {"good": "👍", "bad": "👎", "missing": texts("No article on this")}

    def mark(verdict: Verdict) -> InlineKeyboardButton:
        counted = f"{labels[verdict]} {tally[verdict]}" if tally.get(verdict) else labels[verdict]
        return InlineKeyboardButton(counted, callback_data=Mark(position, verdict).data)

    offering = offering or [_following(texts, position)]
    if not answer.answered:
        return [mark("missing"), *offering]
    is_bad = tally.get("bad") or tally.get("missing")
    return [*([mark("missing")] if is_bad else offering), mark("good"), mark("bad")]
