"""A conversation as a web page: a question, and the golden message that answers it."""

import re
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template

from docs.message import Button, Message, Piece

TEMPLATE, STYLE = (Path(__file__).parent / name for name in ("chat.html", "chat.css"))

_LINKS = {"text_link", "url", "mention", "text_mention", "bot_command", "hashtag"}
_TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "code"}


def page(*, title: str, asked: Message, answer: Message, time: str, theme: str) -> str:
    """Return the HTML of a chat in which *asked* was sent and *answer* came back at *time*, "20:14".

    The page is whole: its style sheet is inside, and it loads nothing.
    """
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=escape(title),
        style=STYLE.read_text(encoding="utf-8"),
        asked=text_html(asked),
        answer=text_html(answer),
        buttons="".join(map(_row_html, answer.rows)),
        time=escape(time),
        theme=theme,
    )


def text_html(message: Message) -> str:
    """Return the text of *message*; a quote is a block, so the line breaks at its edges go."""
    blocks = [
        (kind, "".join(map(_piece_html, pieces))) for kind, pieces in groupby(message.pieces, key=_quote)
    ]
    html = ""
    for kind, text in blocks:
        if kind:
            html = html.removesuffix("\n")
            css = ' class="expandable"' if kind.startswith("expandable") else ""
            html += f"<blockquote{css}><div>{text}</div></blockquote>"
        else:
            html += re.sub(r"\A\n", "", text) if html.endswith("</blockquote>") else text
    return html


def _quote(piece: Piece) -> str:
    return next((mark for mark in sorted(piece.marks) if mark.endswith("blockquote")), "")


def _piece_html(piece: Piece) -> str:
    html = escape(piece.text)
    for mark in sorted(piece.marks):
        if mark in _LINKS:
            html = f"<a>{html}</a>"
        elif tag := _TAGS.get(mark):
            html = f"<{tag}>{html}</{tag}>"
    return html


def _row_html(row: tuple[Button, ...]) -> str:
    return f'<div class="row">{"".join(map(_button_html, row))}</div>'


def _button_html(button: Button) -> str:
    kinds = ["primary"] * button.is_primary + ["link"] * button.is_link
    css = f' class="{" ".join(kinds)}"' if kinds else ""
    return f"<span{css}>{escape(button.text)}</span>"
