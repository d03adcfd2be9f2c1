"""Copies: the same article from several sources, told by its text.

Exact copies share all letters and digits. Near ones, with another byline or a corrected word, share most bits
of a Simhash (Charikar 2002), so that a look-up by bands finds them without comparing all with all.
"""

from collections import defaultdict
from collections.abc import Iterator

import regex
from trafilatura.deduplication import Simhash

MIN_COPY_LENGTH = 400  # letters and digits; shorter notices of one office are alike and still different
MAX_DIFFERENT = 3  # bits of 64; articles about the same thing differ in 15 and more
BANDS = MAX_DIFFERENT + 1  # so many differing bits leave at least one band untouched
BITS = 64

_WORD = regex.compile(r"\w+")
_FIGURE = regex.compile(r"\d+")


class Copies:
    """Remembers texts, and tells of a new one which it copies."""

    def __init__(self) -> None:
        self._exact: dict[str, str] = {}  # letters and digits → id
        self._near: dict[tuple[int, int], list[tuple[int, tuple[str, ...], str]]] = defaultdict(list)

    def original(self, article_id: str, text: str) -> str | None:
        """Return the id of the first text that *text* is a copy of; remember it if there is none.

        Texts with other figures in them are never copies: last month's prices are not this month's.
        """
        letters = "".join(_WORD.findall(text.lower()))
        if first := self._exact.get(letters):
            return first
        figures = tuple(_FIGURE.findall(text))
        if len(letters) >= MIN_COPY_LENGTH:
            bits = Simhash(text, length=BITS).hash
            for band in _bands(bits):
                for other, same, first in self._near[band]:
                    if same == figures and (bits ^ other).bit_count() <= MAX_DIFFERENT:
                        return first
            for band in _bands(bits):
                self._near[band].append((bits, figures, article_id))
        self._exact[letters] = article_id
        return None


def _bands(bits: int) -> Iterator[tuple[int, int]]:
    width = BITS // BANDS
    for number in range(BANDS):
        yield number, bits >> (number * width) & ((1 << width) - 1)
