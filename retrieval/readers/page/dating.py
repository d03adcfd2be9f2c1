"""The date of a page's article: what its head declares, and what is printed around the text."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, tzinfo

from retrieval.readers.around import dateline
from retrieval.readers.fields import dates
from retrieval.readers.page.blocks import Block
from retrieval.readers.page.declared import Declared
from retrieval.readers.page.tree import Element

HEADER_BLOCKS = 14  # blocks above the text among which its date and author are sought
FOOTER_BLOCKS = 4  # blocks below it


def stamp(shown: Sequence[Block], begin: int, end: int, zone: tzinfo) -> dateline.DateLine | None:
    """Return the date line nearest to the text ``shown[begin : end + 1]``: above it, else below it."""
    above = shown[max(0, begin - HEADER_BLOCKS) : begin + 2]
    for block in reversed(above):
        if len(block.text) <= dateline.LONGEST_LINE and (line := dateline.date_line(block.text, zone)):
            return line
    for block in shown[end + 1 : end + 1 + FOOTER_BLOCKS]:
        if dateline.is_stamp(block.text, zone):
            return dateline.date_line(block.text, zone)
    marked = (
        _marked(block.element, zone)
        for block in (*reversed(above), *shown[end + 1 : end + 1 + FOOTER_BLOCKS])
    )
    return next((dateline.DateLine(published=moment) for moment in marked if moment), None)


def _marked(element: Element, zone: tzinfo) -> datetime | None:
    """Return the moment in a <time> in *element*: what it prints may be in any language."""
    times = (time.get("datetime") for time in element.iter("time"))
    return next((moment for text in times if (moment := dates.plausible(dates.parse(text, zone)))), None)


def line_above(shown: Sequence[Block], begin: int) -> int | None:
    """Return the number of the block above the text that says by its words when it was published."""
    numbers = range(begin - 1, max(-1, begin - 1 - HEADER_BLOCKS), -1)
    return next((number for number in numbers if dateline.is_stamp(shown[number].text, UTC)), None)


def declared_date(says: Declared, zone: tzinfo) -> datetime | None:
    """Return the first moment that the head declares and that can be one of publication."""
    return next((day for text in says.dates if (day := dates.plausible(dates.parse(text, zone)))), None)


def published(declared: datetime | None, printed: datetime | None) -> datetime | None:
    """Return the declared moment; of the same day's two, the printed one if only that knows the hour."""
    if declared is None or printed is None:
        return declared or printed
    is_bare_day = declared.time() == time.min and declared.date() == printed.date()
    return printed if is_bare_day else declared
