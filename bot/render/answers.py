"""The answer to a question: excerpts with their sources, or a kind "not found"."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle, MessageEntityType

from bot.language import Texts
from bot.links import Links, place_of
from bot.offer import Offer
from bot.render.draft import Draft, one_line
from bot.render.source import add_byline, add_title, title_of
from bot.reply import Reply
from retrieval.analyzer import terms
from retrieval.answer import Answer, Hit

MAX_HITS = 3  # more is a list to search through, not an answer
_QUESTION_UNITS = 200
_OFFERED_UNITS = 1000  # nobody wants to read a longer question again
_LONG_EXCERPT = 160  # characters; about four lines on a phone


def answer(texts: Texts, answer: Answer, links: Links) -> Reply:
    """Render *answer*: its first hits, each under title and source, and buttons to read on.

    Where the question is not answered, the nearest articles are named without excerpts. Of the hits,
    at most ``MAX_HITS``, the last ones go where the message would get too long.
    """
    hits = answer.hits[:MAX_HITS]
    draft, offer = _written(Draft(), texts, answer, hits, links)
    while len(hits) > 1 and not draft.fits:
        hits = hits[:-1]
        draft, offer = _written(Draft(), texts, answer, hits, links)
    return draft.reply(_buttons(texts, offer, hits))


def whole_answer(texts: Texts, answer: Answer, links: Links) -> Reply:
    """Render all hits of *answer*, however many, without buttons: for the terminal."""
    return _written(Draft(bounded=False), texts, answer, answer.hits, links)[0].reply()


def _written(
    draft: Draft, texts: Texts, answer: Answer, hits: tuple[Hit, ...], links: Links
) -> tuple[Draft, Offer | None]:
    _add_understanding(draft, texts, answer)
    offer = _add_suggestion(draft, texts, answer.suggestion) if answer.suggestion else None
    if not answer.answered:
        _add_nearest(draft, texts, hits, links)
        return draft, offer
    for rank, hit in enumerate(hits, start=1):
        link = links.of(hit)
        add_title(draft.gap(), hit.article, link, rank=rank if len(hits) > 1 else None)
        add_byline(draft, texts, hit.article, link)
        _add_excerpt(draft.line(), hit, folded=rank > 1)
        if hit.similar:
            draft.line().add(texts("+{n} similar", n=len(hit.similar)), MessageEntityType.ITALIC)
    return draft, offer


def _add_understanding(draft: Draft, texts: Texts, answer: Answer) -> None:
    if terms(answer.understood_as) != terms(answer.question):
        text = texts("Understood as: “{question}”", question=one_line(answer.understood_as, _QUESTION_UNITS))
        draft.line().add(text, MessageEntityType.ITALIC)


def _add_suggestion(draft: Draft, texts: Texts, suggestion: str) -> Offer | None:
    """Write what was perhaps meant, and return the offer to ask it; None where it is cut short."""
    suggestion = " ".join(suggestion.split())
    shown = one_line(suggestion, _OFFERED_UNITS)
    text = texts("Did you mean: “{question}”?", question=shown)
    start = draft.line().position + text.rindex(shown)
    draft.add(text, MessageEntityType.ITALIC)
    return Offer(start, start + len(shown)) if shown == suggestion else None


def _add_excerpt(draft: Draft, hit: Hit, *, folded: bool) -> None:
    """Quote the excerpt, matches in bold; *folded*, a long one shows three lines until it is tapped."""
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
    kind = MessageEntityType.EXPANDABLE_BLOCKQUOTE if folded and is_long else MessageEntityType.BLOCKQUOTE
    draft.mark(kind, start)


def _add_nearest(draft: Draft, texts: Texts, hits: tuple[Hit, ...], links: Links) -> None:
    draft.gap().add(texts("The articles hold no answer to this question."))
    if hits:
        draft.gap().add(texts("What comes nearest:"))
    for rank, hit in enumerate(hits, start=1):
        draft.line().add("• " if len(hits) == 1 else f"{rank}. ").add(
            title_of(hit.article), url=links.of(hit)
        )
    draft.gap().add(texts("Try a shorter question, or other words."))


def _buttons(texts: Texts, offer: Offer | None, hits: tuple[Hit, ...]) -> InlineKeyboardMarkup | None:
    """Return the button that takes the offer, and below it those that open the articles."""
    rows = []
    if offer:
        rows.append([InlineKeyboardButton(texts("Yes, ask this"), callback_data=offer.data)])
    if hits:
        rows.append(_reading(texts, hits))
    return InlineKeyboardMarkup(rows) if rows else None


def _reading(texts: Texts, hits: tuple[Hit, ...]) -> list[InlineKeyboardButton]:
    """Return a row of buttons that open each article at its excerpt; the best one stands out."""
    return [
        InlineKeyboardButton(
            texts("Read article {n}", n=rank) if len(hits) > 1 else texts("Read the article"),
            callback_data=place_of(hit).data,
            style=KeyboardButtonStyle.PRIMARY if rank == 1 else None,
        )
        for rank, hit in enumerate(hits, start=1)
    ]
