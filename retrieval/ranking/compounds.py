"""Words of two syllables of which an article says one at most: "khai tử" if it says "khai sinh".

Most words of Vietnamese are two syllables, and what tells two things of a kind apart is often one of them. So
an article on the one says much of what is asked of the other.
"""

from collections.abc import Callable

from retrieval.index.postings import Keys
from retrieval.ranking.foremost import Foremost

# 0..1: a word that more of the passages say tells nothing: all articles of a hospital are about one.
WIDESPREAD = 0.2


def torn(best: Foremost, are_one: Callable[[str, str], bool]) -> float:
    """Return how much (0..1) of its subject is in such words that the *best* article does not say.

    It is 0 up to half of the subject, since people put things in words of their own. *are_one* tells whether
    two syllables side by side are one word at large. One whose accents are only guessed is not said.
    """
    words, told = best.query.words, best.about.shown
    said = [word.is_certain and best.says_slot(slot) for slot, word in enumerate(words)]
    if all(said):
        return 0.0
    keys_of = {pair.term: pair.keys for pair in best.query.pairs}
    missing: set[int] = set()
    for pair in best.about.pairs:
        left, right = pair.slots
        if not (best.about.names[left] and best.about.names[right]) or (said[left] and said[right]):
            continue
        keys = keys_of.get(f"{words[left].term} {words[right].term}")
        if keys is not None and are_one(*told[pair.place :][:2]) and _is_rare(best, keys):
            missing |= {left, right}
    share = float(sum(best.subject[slot] for slot in sorted(missing)))
    return max(0.0, 2 * share - 1)


def _is_rare(best: Foremost, keys: Keys) -> bool:
    frequencies = best.index.document_frequency(keys)
    return not len(frequencies) or int(frequencies.max()) <= WIDESPREAD * best.index.passage_count
