"""A restriction as filters of OpenSearch.

Phrases of three words and more, and of what is left out those of three, let some articles through that
``index.filter`` sends back: pairs may stand apart.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from retrieval.cluster.loading import spelled_key
from retrieval.index.among import Among
from retrieval.index.filter import Forms, day_begins, forms_of
from retrieval.index.index import Index
from retrieval.index.postings import Keys
from retrieval.restriction import Restriction

Filter = dict[str, Any]


def by_place(among: Among) -> list[Filter]:
    """Return what an article's key, day and source must be: articles and passages alike."""
    filters: list[Filter] = []
    if among.keys is not None:
        filters.append({"terms": {"key": sorted(among.keys)}})
    for restriction in among.restrictions:
        days = {}
        if restriction.since:
            days["gte"] = day_begins(restriction.since, among.timezone)
        if restriction.until:
            days["lt"] = day_begins(restriction.until, among.timezone, after=1)
        if days:
            filters.append({"range": {"published": days}})
        if restriction.sources:
            filters.append({"terms": {"source": list(restriction.sources)}})
    return filters


def by_words(index: Index, among: Among) -> list[Filter]:
    """Return what an article must hold, and must not."""
    filters: list[Filter] = []
    for phrase in _phrases(among.restrictions):
        filters += _holding(index, forms_of(index, phrase))
    for restriction in among.restrictions:
        for phrase in restriction.without:
            forms = forms_of(index, phrase)
            if len(forms) <= 2:
                filters.append({"bool": {"must_not": [{"bool": {"filter": _holding(index, forms)}}]}})
    return filters


def keys_of(index: Index, among: Among) -> Keys:
    """Return the terms and pairs by which ``index.filter`` tells whether an article holds what it must."""
    keys = [np.zeros(0, dtype=np.int64)]
    without = [phrase for restriction in among.restrictions for phrase in restriction.without]
    for phrase in (*_phrases(among.restrictions), *without):
        keys += _either(index, forms_of(index, phrase))
    return np.concatenate(keys)


def is_exact(index: Index, among: Among) -> bool:
    """Tell whether the filters let through those articles alone that are meant."""
    phrases = [
        phrase
        for restriction in among.restrictions
        for phrase in (*restriction.phrases, *restriction.without)
    ]
    return all(len(forms_of(index, phrase)) <= 2 for phrase in phrases)


def _phrases(restrictions: Sequence[Restriction]) -> list[str]:
    return [phrase for restriction in restrictions for phrase in restriction.phrases]


def _holding(index: Index, forms: Forms) -> list[Filter]:
    return [
        {"terms": {"terms": [spelled_key(key) for key in keys.tolist()]}} for keys in _either(index, forms)
    ]


def _either(index: Index, forms: Forms) -> list[Keys]:
    """Return the words, or the pairs, of a phrase: of each the forms that an article may hold."""
    if len(forms) == 1:
        return [forms[0]]
    return [index.pair(left[:, None], right[None, :]).ravel() for left, right in pairwise(forms)]
