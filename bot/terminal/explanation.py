"""An explanation in full, as tables on the terminal."""

from collections.abc import Iterator
from itertools import chain

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.language import Texts
from bot.links import Links
from bot.render import explanation as in_short
from bot.render.article_head import title_of
from bot.render.asking.explanations import odds_parts, opening_note, subject_note, window_note
from bot.terminal import display as terminal
from retrieval.answering.explanation import Explanation, Gain, HitExplained, Sought

_MAX_FORMS = 4  # of a word without accents there may be twenty
_PLACES = 3  # decimals


def show(console: Console, texts: Texts, explanation: Explanation) -> None:
    """Print *explanation*: in short, then the question's words, every hit, and the confidence."""
    terminal.show(console, in_short(texts, explanation, Links(username=None)))
    explained = (explanation, explanation.second) if explanation.second else (explanation,)
    for table in chain.from_iterable(_tables(texts, each) for each in explained):
        console.print()
        console.print(table)


def _tables(texts: Texts, explanation: Explanation) -> Iterator[Table]:
    if explanation.sought:
        yield _question(texts, explanation)
    for rank, explained in enumerate(explanation.hits, start=1):
        yield _hit(texts, explanation, explained, rank)
    if explanation.odds is not None:
        yield _confidence(texts, explanation)


def _table(title: str, *columns: str, wide: int) -> Table:
    """Return an empty table whose columns hold numbers but for the first ones, which are *wide*."""
    table = Table(title=_safe(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for at, column in enumerate(columns):
        table.add_column(
            Text(column),
            justify="left" if at < wide else "right",
            overflow="fold",
            no_wrap=at >= wide,
        )
    return table


def _question(texts: Texts, explanation: Explanation) -> Table:
    table = _table(
        texts("The words of the question"),
        texts("word"),
        texts("note"),
        texts("counts"),
        texts("share"),
        wide=2,
    )
    for word in explanation.sought:
        if not word.is_pair:
            table.add_row(
                _safe(word.term),
                _safe("; ".join(_notes(texts, word))),
                f"×{texts.decimal(word.counts, 2)}",
                texts.percent(word.share),
            )
    return table


def _notes(texts: Texts, word: Sought) -> Iterator[str]:
    others = [form.text for form in word.forms if form.text != word.term and not form.is_synonym]
    wordings = [form.text for form in word.forms if form.is_synonym]
    if not word.forms:
        yield texts("no article holds it")
    if not word.is_certain:
        yield texts("a guess")
    if word.asks:
        yield texts("it only asks")
    if word.is_number:
        yield texts("a number")
    if others:
        yield texts("also searched: {words}", words=_listed(others))
    if wordings:
        yield texts("other wordings: {words}", words=_listed(wordings))
    if word.shared >= 0.01:
        yield texts("{share} goes without saying beside its neighbours", share=texts.percent(word.shared))


def _listed(words: list[str]) -> str:
    return ", ".join(words[:_MAX_FORMS]) + (", …" if len(words) > _MAX_FORMS else "")


def _hit(texts: Texts, explanation: Explanation, explained: HitExplained, rank: int) -> Table:
    def number(value: float) -> str:
        return texts.decimal(value, _PLACES)

    weight = texts.number(explanation.article_weight)
    table = _table(
        f"{rank}. {title_of(explained.hit.article)}",
        texts("word or two side by side"),
        texts("found as"),
        texts("in the passage"),
        texts("in the article ×{n}", n=weight),
        texts("points"),
        wide=2,
    )
    for gain in explained.gains:
        if gain.found:
            table.add_row(
                _safe(gain.term),
                _safe(_found(gain)),
                *map(number, (gain.in_passage, gain.in_article, gain.total)),
            )
    table.add_section()
    table.add_row(texts("Words together"), "", "", "", number(explained.first))
    for note, factor, points in (
        (window_note(texts, explanation, explained), explained.closeness, explained.by_closeness),
        (opening_note(texts, explained), explained.opening, explained.by_opening),
        (subject_note(texts, explained), explained.subject, explained.by_subject),
    ):
        table.add_row(_safe(note), "", "", f"×{number(factor)}", number(points))
    table.add_section()
    table.add_row(Text(texts("Score"), "bold"), "", "", "", Text(number(explained.hit.score), "bold"))
    return table


def _found(gain: Gain) -> str:
    return "" if gain.found == (gain.term,) else _listed(list(gain.found))


def _confidence(texts: Texts, explanation: Explanation) -> Table:
    assert explanation.odds is not None
    table = _table(
        texts("Is it an answer?"), texts("what speaks for it, and against"), texts("points"), wide=1
    )
    for said, part in odds_parts(texts, explanation):
        table.add_row(_safe(said), texts.decimal(part, _PLACES, signed=True))
    table.add_section()
    total = texts.decimal(explanation.odds.total, _PLACES, signed=True)
    table.add_row(Text(texts("Together: an answer from 0 on"), "bold"), Text(total, "bold"))
    return table


def _safe(text: str) -> Text:
    return Text(terminal.safe(text))
