"""The row of buttons that turns what one message shows: ‹ 2/7 ›."""

from collections.abc import Callable

from telegram import InlineKeyboardButton

Row = list[InlineKeyboardButton]


def turning(place: int, of: int, data: Callable[[int], str], *, in_terminal: bool = False) -> Row:
    """Return the buttons to the neighbours of *place*, one of 1 to *of*; at either end one is missing.

    *data* gives what the button to a place carries. *in_terminal* each button is a choice, and staying is
    none: there the neighbours have their numbers.
    """
    here = f"{place}/{of}"
    places = [("‹", place - 1), (here, place), ("›", place + 1)]
    if in_terminal:
        places = [(f"{arrow} {to}/{of}", to) for arrow, to in places if arrow != here]
    return [InlineKeyboardButton(label, callback_data=data(to)) for label, to in places if 1 <= to <= of]
