"""Print how many syllables of questions typed without accents are read right.

    python -m benchmarks.accents [SUITE …]

Of each suite's questions some 800 are read, evenly spaced, by the index's own counts, by those of Vietnamese
at large, and by both, as they are shipped. Constants are tuned on every second one; the others are held out.
 "shown" counts the words as the bot writes them when it says how it understood the question.
"""

import sys
from collections.abc import Iterator, Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.shipped import WORD_LISTS
from benchmarks.suites import EVAL_DIR, SUITES, Suite
from retrieval.index.index import Index
from retrieval.indexing import writer
from retrieval.query import chain
from retrieval.query.lexicon import Lexicon
from retrieval.query.neighbours import NO_NEIGHBOURS, Neighbours
from retrieval.query.query import parse
from retrieval.query.reading import decide
from retrieval.query.spelling import Spelling
from retrieval.text.analyzer import Token, tokens
from retrieval.text.canonical import clean, without_accents
from retrieval.text.syllable import is_syllable

DEFAULT = ("xquad_vi", "zalo_person", "local_news", "viquad_dev")
QUESTIONS = 800  # of a suite


def main(names: Sequence[str]) -> int:
    """Measure the suites with these names."""
    unknown = [name for name in names if name not in SUITES]
    if unknown:
        print(f"no suite {', '.join(unknown)}: choose from {', '.join(SUITES)}", file=sys.stderr)
        return 2
    table = Table("suite", "half", "syllables", "index alone", "at large alone", "both", "shown")
    for name in names or DEFAULT:
        if SUITES[name].is_here:
            for row in _rows(SUITES[name]):
                table.add_row(name, *row)
    if not table.rows:
        print(f"nothing to measure: set EVAL_DIR to a folder of suites, not {EVAL_DIR}", file=sys.stderr)
        return 1
    Console(width=120).print(table)
    return 0


def _rows(suite: Suite) -> Iterator[tuple[str, ...]]:
    index, lexicon = writer.build(suite.articles(), generation=0), Lexicon.read(WORD_LISTS)
    asked = [clean(question.text) for question in suite.questions() if not question.unanswerable]
    asked = asked[:: max(1, len(asked) // QUESTIONS)]
    for half, questions in (("tuned on", asked[::2]), ("held out", asked[1::2])):
        right, total = np.zeros(4, dtype=int), 0
        for question in questions:
            meant, typed = list(tokens(question)), list(tokens(without_accents(question)))
            if len(meant) != len(typed):
                continue  # a letter that is two without its accent
            shown = list(tokens(parse(index, without_accents(question), lexicon).understood_as))
            readings = [
                _read(index, typed, NO_NEIGHBOURS, own=1.0),
                _read(index, typed, lexicon.neighbours, own=0.0),
                _read(index, typed, lexicon.neighbours, own=chain.OWN_SHARE),
                [token.term for token in shown],
            ]
            places = [place for place, token in enumerate(typed) if is_syllable(token.term)]
            total += len(places)
            right += [
                sum(reading[place] == meant[place].term for place in places if place < len(reading))
                for reading in readings
            ]
        yield half, str(total), *(f"{share:.4f}" for share in right / max(1, total))


def _read(index: Index, typed: Sequence[Token], neighbours: Neighbours, *, own: float) -> list[str]:
    """Return the terms that *typed* is read as, where the index is believed as far as *own*."""
    stands, chain.OWN_SHARE = chain.OWN_SHARE, own
    try:
        words = decide(index, Spelling(index, Lexicon(), typed).words(), neighbours)
    finally:
        chain.OWN_SHARE = stands
    return [word.term for word in words]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
