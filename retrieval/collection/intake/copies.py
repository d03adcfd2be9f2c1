"""Copies: the same text from several sources, which counts once.

A near copy, with another byline or without the lead, is one, too: ``near`` finds it, ``wording`` makes sure.
What else is alike are articles; an answer shows those as one whose passages are
(``retrieval.ranking.selection``).
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article
from retrieval.collection.intake.near import NearTexts, near_key
from retrieval.collection.intake.wording import says_again
from retrieval.store.articles import Entry

# Letters and digits; shorter texts under other titles are rows of a list, or notices of one form
SHORT_TEXT = 200
MOST_LIKE = 3  # articles that a text is compared with, word by word
SAME_NEWS = timedelta(days=7)  # papers print it within days; the same words later are news again

_FIGURE = re.compile(r"\d+")
# Code points; a text with a later one is looked at a character at a time, which takes longer
_COMMON = 0x3000


def text_key(title: str, body: str) -> str:
    """Return sixteen characters [0-9a-f] that articles share if one may be a copy of the other.

    They have all letters and digits of their texts in common, and the figures of their titles; short ones
    have the same title. *title* and *body* are in small letters.
    """
    letters, title = _letters(body), _letters(title)
    named = title if len(letters) < SHORT_TEXT else " ".join(_FIGURE.findall(title))
    return hashlib.sha256(f"{named}\n{letters}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class CopyKeys:
    """The two keys of an article."""

    text: str  # see text_key
    near: str  # see retrieval.collection.intake.near.near_key

    @classmethod
    def of(cls, article: Article, entry: Entry | None = None) -> Self:
        """Return the keys of *article*, which may be the one that is stored as *entry*."""
        body = article.body.lower()
        is_same = entry is not None and entry.near_key and entry.content_hash == article.content_hash
        near = entry.near_key if entry and is_same else near_key(body)
        return cls(text_key(article.title.lower(), body), near)


class Copies:
    """Tells of an article which others it copies.

    *entries* are the articles that are stored, by id; *find* reads one, as it is now.
    """

    def __init__(self, entries: Mapping[str, Entry], find: Callable[[str], Article | None]) -> None:
        self._told: dict[str, tuple[CopyKeys, datetime | None]] = {
            id_: (CopyKeys(entry.text_key, entry.near_key), entry.published) for id_, entry in entries.items()
        }
        self._ids: dict[str, list[str]] = defaultdict(list)
        for id_, entry in entries.items():
            self._ids[entry.text_key].append(id_)
        self._find = find
        self._neighbours = NearTexts()
        near = {id_: entry.near_key for id_, entry in entries.items() if entry.near_key}
        if near:
            self._neighbours.add(list(near), list(near.values()))
        self._new: set[str] = set()  # ids of what is new or says something else

    def of(self, article: Article, keys: CopyKeys) -> Iterator[str]:
        """Yield the ids of the articles that say what *article* says, if they tell the same news."""
        same = [id_ for id_ in self._ids.get(keys.text, ()) if self._has_text(id_, keys.text)]
        yield from (id_ for id_ in same if self._is_same_news(article, id_))
        for other in self._like(article, keys):
            if other.id not in same and says_again(article, other):
                yield other.id

    def shorter(self, article: Article, keys: CopyKeys) -> Iterator[str]:
        """Yield the ids of the articles that say a part of what *article* says."""
        for other in self._like(article, keys):
            if says_again(other, article):
                yield other.id

    def add(self, article: Article, keys: CopyKeys) -> None:
        """Remember an article as it is now."""
        told = self._told.get(article.id)
        if told is None or told[0].text != keys.text:
            self._ids[keys.text].append(article.id)
        if told is None or told[0] != keys:
            self._new.add(article.id)
            if keys.near:
                self._neighbours.add([article.id], [keys.near])
        self._told[article.id] = keys, article.published

    def drop(self, id_: str) -> None:
        """Forget an article."""
        self._told.pop(id_, None)

    def _like(self, article: Article, keys: CopyKeys) -> Iterator[Article]:
        """Yield the articles that may be near copies; those that were compared before do not come again."""
        told = self._told.get(article.id)
        is_old = told is not None and told[0] == keys and article.id not in self._new
        for id_ in self._neighbours.of(keys.near, MOST_LIKE):
            is_candidate = id_ in self._told and (not is_old or id_ in self._new)
            if is_candidate and self._is_same_news(article, id_) and (other := self._find(id_)):
                yield other

    def _has_text(self, id_: str, key: str) -> bool:
        return id_ in self._told and self._told[id_][0].text == key

    def _is_same_news(self, article: Article, id_: str) -> bool:
        now, other = article.published, self._told[id_][1]
        return id_ != article.id and not (now and other and abs(now - other) > SAME_NEWS)


def _letters(lower: str) -> str:
    """Return the letters and digits of a text that is in small letters."""
    codes = np.frombuffer(lower.encode("utf-16-le"), dtype="<u2")
    if codes.max(initial=0) >= _COMMON:
        return "".join(filter(str.isalnum, lower))
    letters: bytes = codes.compress(_are_letters().take(codes)).tobytes()
    return letters.decode("utf-16-le")


@cache
def _are_letters() -> NDArray[np.bool_]:
    return np.fromiter(map(str.isalnum, map(chr, range(_COMMON))), dtype=bool)
