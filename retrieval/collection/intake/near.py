"""Near copies: a key of the words of a text, and which articles share a part of it.

The key is a MinHash (Broder 1997) over runs of four words, in bands of two numbers. Of texts that have half
of their runs in common, 97 of 100 share a band; texts on other things hardly ever do.
"""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from rensa import RMinHash

SHORTEST = 60  # a shorter text has too few words to tell a copy by most of them

_BANDS, _ROWS = 12, 2
_SEED = 20
_MIX = np.uint32(0x9E3779B1)  # the golden ratio of 32 bits; it spreads the two numbers of a band
_SLOTS = 1 << 17
_EACH = np.arange(_BANDS)

_WORD = re.compile(r"\w+")
# A quarter of all runs is enough, and takes a fifth of the time.
_RUN = re.compile(" ([ct][^ ]*+ [^ ]++ [^ ]++ [^ ]++)")


def words(text: str) -> list[str]:
    """Return the words of *text* as they are written."""
    return _WORD.findall(text)


def near_key(text: str) -> str:
    """Return 96 characters [0-9a-f], eight a band; none if *text* is short. It is clean, in small letters."""
    line = text.replace("\n", " ")
    if line.count(" ") + 1 < SHORTEST:
        return ""
    sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    sketch.update(_RUN.findall(line))
    first, second = np.array(sketch.digest(), np.uint32).reshape(_BANDS, _ROWS).T
    return (first * _MIX + second).astype(">u4").tobytes().hex()


class NearTexts:
    """Remembers of each band who had it last, in 13 MB however many articles there are.

    So the newest of many letters of one form is remembered, and of the others what only they say. Papers
    print a copy within days.
    """

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._slots = np.zeros((_BANDS, _SLOTS), np.uint64)  # a band, then 1 + the number of its article
        self._last: tuple[str, list[str]] = "", []  # whatever is taken in is looked up twice

    def add(self, ids: Sequence[str], keys: Sequence[str]) -> None:
        """Remember articles and their ``near_key``, none of them empty."""
        bands = _bands("".join(keys)).reshape(-1, _BANDS)
        numbers = np.arange(len(self._ids) + 1, len(self._ids) + len(ids) + 1, dtype=np.uint64)
        self._slots[_EACH, bands % _SLOTS] = bands << np.uint64(32) | numbers[:, None]
        self._ids.extend(ids)
        self._last = "", []

    def of(self, key: str, limit: int) -> list[str]:
        """Return at most *limit* articles, those first that share the most bands with this ``near_key``."""
        if not key:
            return []
        if key != self._last[0]:
            bands = _bands(key)
            slots = self._slots[_EACH, bands % _SLOTS]
            shared = slots[(slots >> np.uint64(32) == bands) & (slots > 0)] & np.uint64(0xFFFFFFFF)
            common = Counter(shared.tolist()).most_common() if len(shared) else ()
            self._last = key, [self._ids[number - 1] for number, _ in common]
        return self._last[1][:limit]


def _bands(keys: str) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    return np.frombuffer(bytes.fromhex(keys), ">u4").astype(np.uint64)
