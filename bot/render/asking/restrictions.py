"""The filters of a question: the line that names them, and the message about a filter with a mistake."""

from collections.abc import Iterator, Sequence

from telegram.constants import MessageEntityType

from bot.buttons import Offer
from bot.language import Texts
from bot.render.draft import Draft, shortened
from bot.reply import Reply
from retrieval.answer import Answer
from retrieval.restriction import Mistake, Restriction, Wrong

_MAX_SOURCES = 3
_NAME_UNITS = 60
_LINE_UNITS = 300
_OFFERED_UNITS = 500


def add_restriction(draft: Draft, texts: Texts, answer: Answer) -> Offer | None:
    """Write which articles were searched, if not all; return the offer to search all of them."""
    add_filters(draft, texts, answer)
    wider = " ".join(answer.wider.split()) if answer.wider and not answer.suggestion else ""
    if not wider or shortened(wider, _OFFERED_UNITS) != wider:
        return None
    return Offer(*draft.line_with(texts("Search all articles: “{question}”?", question=wider), wider))


def add_filters(draft: Draft, texts: Texts, answer: Answer) -> None:
    """Write which articles were searched, if not all, and quoted words that no article contains."""
    if answer.restriction:
        filters = shortened(" · ".join(_filters(texts, answer.restriction)), _LINE_UNITS)
        draft.line().add(texts("Only: {filters}", filters=filters), MessageEntityType.ITALIC)
    if answer.missed:
        days = " · ".join(_filters(texts, answer.missed))
        draft.line().add(texts("There is nothing for {days}. The newest there is:", days=days))
    if answer.unmet:
        words = shortened(answer.unmet[0], _NAME_UNITS)
        draft.line().add(texts("No article has exactly “{words}”.", words=words), MessageEntityType.ITALIC)


def mistake(texts: Texts, mistake: Mistake) -> Reply:
    """Explain what is wrong with a filter, with an example of a right one."""
    draft, said = Draft(), shortened(mistake.said, _NAME_UNITS)
    match mistake.wrong:
        case Wrong.SOURCE:
            draft.add(texts("There is no article from “{source}” here.", source=said))
            if mistake.known:
                known = ", ".join(shortened(name, _NAME_UNITS) for name in mistake.known)
                draft.line().add(texts("Most articles are from: {sources}.", sources=known))
        case Wrong.DATE:
            draft.add(texts("I can't read “{date}” as a date.", date=said))
            draft.line().add(texts("Write it like 2016, 5/2016 or 01/05/2016."))
        case Wrong.ORDER:
            draft.add(texts("The first day is after the last one."))
        case Wrong.NO_QUESTION:
            draft.add(texts("And what would you like to know? Write your question beside the filter."))
    draft.gap().add(texts("For example:")).line().add(_example(texts, mistake), MessageEntityType.BLOCKQUOTE)
    return draft.reply()


def _filters(texts: Texts, restriction: Restriction) -> Iterator[str]:
    since, until = restriction.since, restriction.until
    if since and until:
        yield texts.day(since) if since == until else f"{texts.day(since)} – {texts.day(until)}"
    elif since:
        yield texts("since {date}", date=texts.day(since))
    elif until:
        yield texts("until {date}", date=texts.day(until))
    if restriction.sources:
        yield texts("source {sources}", sources=_listed(restriction.sources))
    for phrase in restriction.phrases:
        yield texts("with “{words}”", words=shortened(phrase, _NAME_UNITS))
    for phrase in restriction.without:
        yield texts("without “{words}”", words=shortened(phrase, _NAME_UNITS))


def _listed(names: Sequence[str]) -> str:
    shown = [shortened(name, _NAME_UNITS) for name in names[:_MAX_SOURCES]]
    return ", ".join(shown if len(names) <= _MAX_SOURCES else [*shown, "…"])


def _example(texts: Texts, mistake: Mistake) -> str:
    match mistake.wrong:
        case Wrong.SOURCE if mistake.known:
            name = mistake.known[0]
            return texts("power cuts source:{name}", name=f'"{name}"' if " " in name else name)
        case Wrong.ORDER:
            return texts("power cuts since:2016 until:5/2017")
    return texts("power cuts since:5/2016")
