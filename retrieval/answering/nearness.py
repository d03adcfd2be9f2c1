"""How near is what a question asks for to what it asks about?

An article on resident cards that names a telephone number somewhere does not say whom to call about them.
"""

import numpy as np

from retrieval.answering.values import TELLING, places_of
from retrieval.question.kind import Kind, kinds_asked
from retrieval.ranking.foremost import Foremost
from retrieval.text.analyzer import terms
from retrieval.text.sentence import sentences

_DATED = frozenset({Kind.DAY})  # almost any article says some day


def away(best: Foremost) -> float:
    """Return the share (0..1) of its subject that is not near what is asked for in the *best* article.

    Near is what the title says, and a sentence with such a thing. It is 1 if there is no such sentence, and 0
    if no kind is asked for that its writing tells, or the question holds one itself.
    """
    question, index = best.query.understood_as, best.index
    asked = terms(question)
    kinds = frozenset(kinds_asked(asked))
    if not kinds or not kinds <= TELLING - _DATED or _says(kinds, question):
        return 0.0
    body = index.article(best.number).body
    nearest = 0.0
    for start, end in sentences(body, 0, len(body)):
        found = (body[begin:stop] for kind in kinds for begin, stop in places_of(kind, body, start, end))
        if any(not set(asked).issuperset(terms(value)) for value in found):
            said = best.wanted.filled(index.keys_of(terms(body[start:end])).astype(np.int32))
            nearest = max(nearest, float(best.subject @ np.maximum(best.by_title, said)))
    return 1 - nearest


def _says(kinds: frozenset[Kind], question: str) -> bool:
    return any(any(places_of(kind, question, 0, len(question))) for kind in kinds)
