"""A message on the terminal: bold stays bold, links can be clicked and read, quotes get a bar."""

import re
from dataclasses import dataclass

from rich.console import Console
from rich.style import Style
from rich.text import Text
from telegram import MessageEntity
from telegram.constants import MessageEntityType

from bot.reply import Reply

# What could move the cursor, change colours or turn the line around.
_CONTROL = re.compile("[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_QUOTES = (MessageEntityType.BLOCKQUOTE, MessageEntityType.EXPANDABLE_BLOCKQUOTE)
_STYLES = {MessageEntityType.BOLD: "bold", MessageEntityType.ITALIC: "italic"}
_BAR = "▎ "


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button on the terminal: chosen by its number."""

    label: str
    data: str  # what Telegram would send as callback data


@dataclass(frozen=True, slots=True)
class _Span:
    kind: str
    url: str | None
    start: int  # code points
    end: int


def show(console: Console, reply: Reply) -> tuple[Choice, ...]:
    """Print *reply* and return the choices it offers; the first is number 1.

    Only styles of this module reach the terminal: no text can bring control sequences or markup.
    """
    text, spans = safe(reply.text), _spans(reply)
    styled = Text(text)
    for span in spans:
        styled.stylize(_style(span), span.start, span.end)
    position, shown = 0, set[str]()
    for line in styled.split("\n", allow_blank=True):
        end = position + len(line)
        _print_line(
            console, line, quoted=any(s.kind in _QUOTES and s.start <= position < s.end for s in spans)
        )
        for url in (s.url for s in spans if s.url and position <= s.start < end):
            if url not in shown:
                shown.add(url)
                _print_line(console, Text(_readable(url), Style(dim=True, link=url)))
        position = end + 1
    return _show_buttons(console, reply)


def _spans(reply: Reply) -> list[_Span]:
    encoded = reply.text.encode("utf-16-le")

    def code_points(units: int) -> int:
        return len(encoded[: 2 * units].decode("utf-16-le"))

    def span(entity: MessageEntity) -> _Span:
        start, end = code_points(entity.offset), code_points(entity.offset + entity.length)
        return _Span(entity.type, safe(entity.url) if entity.url else None, start, end)

    return [span(entity) for entity in reply.entities]


def _style(span: _Span) -> str | Style:
    return Style(color="cyan", link=span.url) if span.url else _STYLES.get(MessageEntityType(span.kind), "")


def _print_line(console: Console, line: Text, *, quoted: bool = False) -> None:
    """Print one line of the message; wrapped at the terminal's width, whole into a file or pipe."""
    bar = _BAR if quoted else ""
    wraps = console.is_terminal and " " in line.plain
    lines = line.wrap(console, max(20, console.width - len(bar) - 1)) if wraps else [line]
    for part in lines:
        console.print(Text.assemble((bar, "cyan"), part), soft_wrap=True)


def _readable(url: str) -> str:
    """Return *url* without its text fragment, which is for browsers, not for people."""
    return url.partition(":~:")[0].rstrip("#")


def _show_buttons(console: Console, reply: Reply) -> tuple[Choice, ...]:
    buttons = [b for row in reply.keyboard.inline_keyboard for b in row] if reply.keyboard else []
    choices = tuple(
        Choice(label=safe(button.text), data=button.callback_data)
        for button in buttons
        if isinstance(button.callback_data, str)
    )
    links = [(safe(button.text), safe(str(button.url))) for button in buttons if button.url]
    if buttons:
        console.print()
    for label, url in links:
        _print_line(console, Text.assemble(f"{label}: ", (url, Style(color="cyan", link=url))))
    if choices:
        numbered = [Text.assemble((f"[{n}]", "bold"), f" {c.label}") for n, c in enumerate(choices, start=1)]
        _print_line(console, Text("   ").join(numbered))
    return choices


def safe(text: str) -> str:
    """Return *text* without what could move the cursor, change colours or turn the line around."""
    return _CONTROL.sub("\ufffd", text)
