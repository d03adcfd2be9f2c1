"""An article's words, as an index keeps them: does it say these?"""

from functools import cached_property

import numpy as np

from retrieval.index.index import Index
from retrieval.index.postings import Keys
from retrieval.text.analyzer import fold, terms
from retrieval.text.language import stems
from retrieval.text.syllable import is_syllable


class ArticleWords:
    """The title and body of one article, asked for phrases.

    A phrase is terms with spaces between them. Without any accent it is found however it is accented there;
    with some it must be there as it is. Of English words any inflection is said; a title names things.
    """

    def __init__(self, index: Index, article: int) -> None:
        """*article* is a number of *index*."""
        self._index = index
        self._article = article

    def says(self, phrase: str) -> bool:
        """Tell whether *phrase* stands in the article's title or body."""
        return self._stands_in(phrase, self._words, is_inflected=True)

    def is_titled(self, phrase: str) -> bool:
        """Tell whether *phrase* stands in the article's title."""
        return self._stands_in(phrase, self._title)

    @cached_property
    def _title(self) -> Keys:
        return self._index.keys_of(terms(self._index.article(self._article).title))

    @cached_property
    def _words(self) -> Keys:
        body = self._index.texts(self._index.passages_of(self._article)).tokens
        return np.concatenate([self._title, body])

    def _stands_in(self, phrase: str, words: Keys, *, is_inflected: bool = False) -> bool:
        wanted = phrase.split(" ")
        starts = max(0, len(words) - len(wanted) + 1)
        begins_here = np.ones(starts, dtype=bool)
        is_bare = phrase == fold(phrase)
        for offset, term in enumerate(wanted):
            forms = self._index.forms(term) if is_bare else self._index.keys_of([term])
            if is_bare and is_inflected and not is_syllable(term):
                forms = [*forms, *self._index.inflections(stems([term])[0])]
            begins_here &= np.isin(words[offset : offset + starts], [form for form in forms if form >= 0])
        return bool(begins_here.any())
