"""The picture of /stats: questions a day, the most frequent and the slowest questions."""

from __future__ import annotations  # matplotlib's types, which are not loaded before they are needed

from collections.abc import Iterable, Sequence
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from bot.language import Texts
from bot.render.draft import shortened
from retrieval.journal.usage import Day, Popular, Slow, Usage

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INCHES = (7.2, 9.0)
_DPI = 150  # with the inches 1080 × 1350 pixels, what a phone shows upright without cutting
_FONT = "DejaVu Sans"  # comes with matplotlib, and has every Vietnamese letter
_SIZE = 15  # points; on a phone still as large as Telegram's own text
_QUESTION_PIXELS = 790  # leaves room for the number at the right
_LONGEST_QUESTION = 80  # characters; no longer one fits, even of the narrowest letters
_LABELLED_DAYS = 5
_INK, _FAINT, _ANSWERED, _UNANSWERED = "#1c2733", "#6b7885", "#2a7ab9", "#f0a35e"

_SETTINGS = Lock()  # matplotlib has one set of them for all threads


def usage_chart(texts: Texts, usage: Usage) -> bytes:
    """Return *usage* drawn as a PNG of 1080 × 1350 pixels; a process's first takes a second or two."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with (
        _SETTINGS,
        # "$" in a question begins no formula.
        rc_context({"font.family": _FONT, "font.size": _SIZE, "text.color": _INK, "text.parse_math": False}),
    ):
        figure = Figure(figsize=_INCHES, dpi=_DPI, facecolor="white")
        _write_heading(figure, texts, usage)
        _draw_days(figure.add_axes((0.1, 0.5, 0.85, 0.27)), texts, usage.days)
        _write_list(figure, texts("Asked most"), 0.41, _popular(texts, usage.top))
        _write_list(figure, texts("Slowest"), 0.155, _slow(texts, usage.slowest))
        picture = BytesIO()
        figure.savefig(picture, format="png")
    return picture.getvalue()


def _write_heading(figure: Figure, texts: Texts, usage: Usage) -> None:
    figure.text(
        0.06, 0.945, texts("Questions of the last {n} days", n=len(usage.days)), fontsize=22, weight="bold"
    )
    facts = (
        (texts.number(usage.questions), texts.plural("question", "questions", usage.questions), _INK),
        (texts.percent(usage.answered / max(usage.questions, 1)), texts("answered"), _ANSWERED),
        (texts.number(usage.questions - usage.answered), texts("unanswered"), _UNANSWERED),
    )
    for left, (number, label, colour) in zip((0.06, 0.4, 0.7), facts, strict=True):
        figure.text(left, 0.86, number, fontsize=34, weight="bold", color=colour)
        figure.text(left, 0.825, label, color=_FAINT)


def _draw_days(axes: Axes, texts: Texts, days: Sequence[Day]) -> None:
    from matplotlib.ticker import MaxNLocator

    positions = range(len(days))
    answered = [day.answered for day in days]
    axes.bar(positions, answered, width=0.8, color=_ANSWERED)
    rest = [day.questions - day.answered for day in days]
    axes.bar(positions, rest, width=0.8, bottom=answered, color=_UNANSWERED)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(_FAINT)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.yaxis.set_major_formatter(lambda number, _: texts.number(number))
    axes.grid(axis="y", color="#e3e8ec")
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelcolor=_FAINT)
    last = len(days) - 1
    shown = [last - n * last // (_LABELLED_DAYS - 1) for n in reversed(range(_LABELLED_DAYS))]
    axes.set_xticks(shown, [texts.day_and_month(days[index].date) for index in shown])


def _write_list(figure: Figure, heading: str, top: float, rows: Iterable[tuple[str, str]]) -> None:
    """Write *rows*, a question at the left and a number at the right, below a *heading* that is at *top*."""
    figure.text(0.06, top, heading, fontsize=18, weight="bold")
    for line, (question, number) in enumerate(rows, start=1):
        height = top - 0.038 * line
        figure.text(0.06, height, _fitting(question, _QUESTION_PIXELS))
        figure.text(0.95, height, number, color=_FAINT, ha="right")


def _popular(texts: Texts, top: Sequence[Popular]) -> Iterable[tuple[str, str]]:
    if not top:
        return [(texts("no question by two people yet"), "")]
    return [(popular.question, texts("{n}×", n=texts.number(popular.times))) for popular in top]


def _slow(texts: Texts, slowest: Sequence[Slow]) -> Iterable[tuple[str, str]]:
    return [(slow.question, texts("{n} s", n=texts.decimal(slow.seconds, 2))) for slow in slowest]


def _fitting(question: str, width: int) -> str:
    """Return *question* on one line of at most *width* pixels, without characters that the font lacks."""
    from matplotlib.font_manager import findfont, get_font

    font = get_font(findfont(_FONT))
    font.set_size(_SIZE, _DPI)
    glyphs = font.get_charmap()
    drawable = "".join(c for c in question if ord(c) in glyphs or c.isspace())
    for limit in range(_LONGEST_QUESTION, 0, -1):
        shown = shortened(drawable, limit)
        font.set_text(shown)
        if font.get_width_height()[0] <= width * 64:  # it counts 64ths of a pixel
            break
    return shown or "…"
