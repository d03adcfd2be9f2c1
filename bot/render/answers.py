"""The answer to a question: excerpts with their sources, or a kind "not found"."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle, MessageEntityType

from bot.language import Texts
from bot.links import Links, place_of
from bot.render.draft import Draft, one_line
from bot.render.source import add_byline, add_title, title_of
from bot.reply import Reply
from retrieval.analyzer import terms
from retrieval.answer import Answer, Hit

MAX_HITS = 3  # more is a list to search through, not an answer
_QUESTION_UNITS = 200
_LONG_EXCERPT = 160  # characters; about four lines on a phone


def answer(texts: Texts, answer: Answer, links: Links) -> Reply:
    """Render *answer*: its first hits, each under title and source, and buttons to read on.

    Where the question is not answered, the nearest articles are named without excerpts. Of the hits,
    at most ``MAX_HITS``, the last ones go where the message would get too long.
    """
    hits = answer.hits[:MAX_HITS]
    draft = _written(Draft(), texts, answer, hits, links)
    while len(hits) > 1 and not draft.fits:
        hits = hits[:-1]
        draft = _written(Draft(), texts, answer, hits, links)
    return draft.reply(_reading(texts, hits))


def whole_answer(texts: Texts, answer: Answer, links: Links) -> Reply:
    """Render all hits of *answer*, however many, without buttons: for the terminal."""
    return _written(Draft(bounded=False), texts, answer, answer.hits, links).reply()


def _written(draft: Draft, texts: Texts, answer: Answer, hits: tuple[Hit, ...], links: Links) -> Draft:
    _add_understanding(draft, texts, answer)
    if not answer.answered:
        _add_nearest(draft, texts, hits, links)
        return draft
    for rank, hit in enumerate(hits, start=1):
        link = links.of(hit)
        add_title(draft.gap(), hit.article, link, rank=rank if len(hits) > 1 else None)
        add_byline(draft, texts, hit.article, link)
        _add_excerpt(draft.line(), hit, folded=rank > 1)
        if hit.similar:
            draft.line().add(texts("+{n} similar", n=len(hit.similar)), MessageEntityType.ITALIC)
    return draft


def _add_understanding(draft: Draft, texts: Texts, answer: Answer) -> None:
    if terms(answer.understood_as) != terms(answer.question):
        text = texts("Understood as: “{question}”", question=_short(answer.understood_as))
        draft.line().add(text, MessageEntityType.ITALIC)
    if answer.suggestion:
        text = texts("Did you mean: “{question}”?", question=_short(answer.suggestion))
        draft.line().add(text, MessageEntityType.ITALIC)


def _short(question: str) -> str:
    return one_line(question, _QUESTION_UNITS)


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


def _reading(texts: Texts, hits: tuple[Hit, ...]) -> InlineKeyboardMarkup | None:
    """Return a row of buttons that open each article at its excerpt; the best one stands out."""
    if not hits:
        return None
    return InlineKeyboardMarkup.from_row(
        [
            InlineKeyboardButton(
                texts("Read article {n}", n=rank) if len(hits) > 1 else texts("Read the article"),
                callback_data=place_of(hit).data,
                style=KeyboardButtonStyle.PRIMARY if rank == 1 else None,
            )
            for rank, hit in enumerate(hits, start=1)
        ]
    )
