"""Keep a question to what can be searched in a moment: anybody may send 4,096 characters of anything.

The longest story that people told before they asked had 86 words, and they ask at its end.
"""

import re

from retrieval.text.analyzer import terms

MOST_WORDS = 60  # each costs about half a millisecond
MOST_CHARACTERS = 2_000  # code points that are looked at; a letter may bear hundreds of marks
MOST_OF_A_PIECE = 100  # code points without a space; scripts without spaces have a term in each
_PIECE = re.compile(r"\S+")


def end_of(question: str) -> str:
    """Return the end of *question* that is searched; if nothing has to be left out, all of it."""
    if len(question) <= MOST_OF_A_PIECE:
        return question
    pieces: list[str] = []
    words = 0
    for typed in reversed(_PIECE.findall(question[-MOST_CHARACTERS:])):
        piece = typed[-MOST_OF_A_PIECE:]
        words += len(terms(piece))
        if words > MOST_WORDS and pieces:
            break
        pieces.append(piece)
    end = " ".join(reversed(pieces))
    return question if len(end) == len(" ".join(question.split())) else end
