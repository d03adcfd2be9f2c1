"""Make ``data/vietnamese/neighbours.npz`` of counts of syllables, pairs and triples.

    python -m benchmarks.neighbours FOLDER

FOLDER holds ``syllables.tsv.xz``, ``pairs.tsv.xz`` and ``triples.tsv.xz``: lines of neighbouring syllables,
parted by blanks, a tab, and how often they were counted. The form of the file is told in
``retrieval.query.neighbours``.
"""

import lzma
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.shipped import WORD_LISTS
from retrieval.query.neighbours import COUNTS_FILE
from retrieval.text.analyzer import term

Key = tuple[str, ...]


def main(arguments: list[str]) -> int:
    """Read the counts in the folder that *arguments* name, and write the file."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("say the folder of the counts", file=sys.stderr)
        return 2
    singles, pairs, triples = (
        _counts(Path(arguments[0]) / f"{name}.tsv.xz") for name in ("syllables", "pairs", "triples")
    )
    syllables = sorted(syllable for (syllable,) in singles)
    numbers = {syllable: number for number, syllable in enumerate(syllables)}
    ways = sorted(
        (numbers[first], numbers[second]) for first, second in pairs if {first, second} <= numbers.keys()
    )
    places = {way: place for place, way in enumerate(ways)}
    steps = sorted(
        (places[way], numbers[third])
        for first, second, third in triples
        if third in numbers and (way := (numbers.get(first, -1), numbers.get(second, -1))) in places
    )
    spelled = [(syllables[first], syllables[second]) for first, second in ways]
    np.savez_compressed(
        WORD_LISTS / COUNTS_FILE,
        letters=np.frombuffer("\n".join(syllables).encode(), dtype=np.uint8),
        singles=np.array([singles[(syllable,)] for syllable in syllables], dtype=np.uint32),
        pair_lengths=np.bincount([first for first, _ in ways], minlength=len(syllables)).astype(np.uint16),
        pair_seconds=np.array([second for _, second in ways], dtype=np.uint16),
        pair_counts=np.array([pairs[way] for way in spelled], dtype=np.uint32),
        triple_lengths=np.bincount([place for place, _ in steps], minlength=len(ways)).astype(np.uint16),
        triple_thirds=np.array([third for _, third in steps], dtype=np.uint16),
        triple_counts=np.array(
            [triples[(*spelled[place], syllables[third])] for place, third in steps], dtype=np.uint32
        ),
    )
    return 0


def _counts(path: Path) -> Counter[Key]:
    counts: Counter[Key] = Counter()
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            spelled, _, count = line.partition("\t")
            counts[tuple(map(term, spelled.split(" ")))] += int(count)
    return counts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
