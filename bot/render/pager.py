"""The row of buttons that turns the pages of one message: ‹ 2/7 ›."""

from collections.abc import Callable

from telegram import InlineKeyboardButton

ButtonRow = list[InlineKeyboardButton]


def turning(page: int, of: int, data: Callable[[int], str], *, in_terminal: bool = False) -> ButtonRow:
    """Return the buttons to the pages beside *page* (1 to *of*); the first and the last page lack one.

    *data* returns a page's button data. *in_terminal* the buttons are numbered choices, so each names its
    page, and the page that is shown has no button.
    """
    here = f"{page}/{of}"
    pages = [("‹", page - 1), (here, page), ("›", page + 1)]
    if in_terminal:
        pages = [(f"{arrow} {to}/{of}", to) for arrow, to in pages if arrow != here]
    return [InlineKeyboardButton(label, callback_data=data(to)) for label, to in pages if 1 <= to <= of]
