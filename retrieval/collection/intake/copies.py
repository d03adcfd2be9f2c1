"""Copies: the same text from several sources, which counts once.

Near copies, with another byline or a corrected word, are articles; an answer shows them as one
(``retrieval.ranking.selection``).
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta

from retrieval.article import Article
from retrieval.store.articles import Entry

SHORT_TEXT = (
    200  # letters and digits; shorter texts under other titles are rows of a list, or notices of one form
)
SAME_NEWS = timedelta(days=7)  # papers print it within days; the same words later are news again

_FIGURE = re.compile(r"\d+")


def text_key(article: Article) -> str:
    """Return sixteen characters [0-9a-f] that articles share if one may be a copy of the other.

    They have all letters and digits of their texts in common, and the figures of their titles; short ones
    have the same title.
    """
    letters, title = _letters(article.body), _letters(article.title)
    named = title if len(letters) < SHORT_TEXT else " ".join(_FIGURE.findall(title))
    return hashlib.sha256(f"{named}\n{letters}".encode()).hexdigest()[:16]


class Copies:
    """Tells of an article which others it copies. *entries* are the articles that are stored, by id."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._told = {id_: (entry.text_key, entry.published) for id_, entry in entries.items()}
        self._ids: dict[str, list[str]] = defaultdict(list)
        for id_, entry in entries.items():
            self._ids[entry.text_key].append(id_)

    def of(self, article: Article, key: str) -> Iterator[str]:
        """Yield the ids of the articles with this ``text_key`` whose news *article* tells again."""
        for id_ in self._ids.get(key, ()):
            now, other = self._told[id_]
            is_apart = article.published and other and abs(article.published - other) > SAME_NEWS
            if id_ != article.id and now == key and not is_apart:
                yield id_

    def add(self, article: Article, key: str) -> None:
        """Remember an article as it is now."""
        if self._told.get(article.id, ("", None))[0] != key:
            self._ids[key].append(article.id)
        self._told[article.id] = key, article.published


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))
