"""Titles that say another thing of a kind: "Chợ Xóm Lưới tăng giá thuê sạp" if "chợ Bàu Sen" is asked.

Vietnamese puts what a thing is before what tells it from others. If a title says the one and goes on with a
noun of its own, and the article nowhere says the other, it is about another thing of that kind.
"""

from itertools import pairwise

from retrieval.query.neighbours import Neighbours
from retrieval.question.roles import Role, parts
from retrieval.ranking.foremost import Foremost
from retrieval.ranking.slots import Slots
from retrieval.ranking.subject import name_it, shown
from retrieval.text.analyzer import terms
from retrieval.text.syllable import is_syllable


def has_rival(best: Foremost, at_large: Neighbours) -> bool:
    """Tell whether the title of the *best* article puts another thing in the place of what is asked for.

    What is asked for is a word that the article does not say, rare *at_large*: what people put otherwise are
    common words.
    """
    words, names = best.query.words, name_it(best.query)
    slots = {word.term: slot for slot, word in enumerate(words)}
    read = best.query.reading.words
    told = shown(best.query)
    for place, (left, right) in enumerate(pairwise(read)):
        head, word = slots.get(left.term), slots.get(right.term)
        if head is None or word is None or words[head].asks or not names[word]:
            continue
        if not words[word].is_certain or best.by_title[word] or best.by_body[word]:
            continue
        if best.query.question[left.end : right.start].strip():
            continue  # a mark parts them
        around = [told[place : place + 2], told[place + 1 : place + 3]]
        if not _is_rare(told[place + 1], around, at_large):
            continue
        if len(parts(" ".join(around[0]))) > 1 and _goes_on(best, head, at_large):  # not "năm nay"
            return True
    return False


def _is_rare(word: str, around: list[list[str]], at_large: Neighbours) -> bool:
    """Tell whether *word*, or what it makes with one of its neighbours *around*, is rare."""
    if not is_syllable(word) or len(word) == 1:
        return False  # numbers and letters are compared as such, and other languages put it before
    pairs = [pair for pair in around if len(pair) == 2 and at_large.go_together(*pair)]
    return any(at_large.are_rare(*said) for said in [[word], *pairs])


def _goes_on(best: Foremost, head: int, at_large: Neighbours) -> bool:
    """Tell whether the title goes on with a noun of its own behind the word of the slot *head*."""
    wanted = best.wanted
    title = terms(best.article.title)
    keys = wanted.marked(best.index.keys_of(title).astype("int32")).tolist()
    fills = set(wanted.terms[wanted.slots == head].tolist())
    asked = {*wanted.terms.tolist(), *(term for phrase in wanted.phrases for term in phrase)}
    for place, key in enumerate(keys):
        behind = place + _length(wanted, key)
        if key not in fills or behind >= len(title) or keys[behind] in asked:
            continue
        if is_syllable(title[behind]) and _is_subject(title[behind]) and not at_large.acts(title[behind]):
            return True
    return False


def _length(wanted: Slots, key: int) -> int:
    return len(wanted.phrases[key - wanted.phrase_base]) if key >= wanted.phrase_base else 1


def _is_subject(term: str) -> bool:
    return all(part.kind is Role.SUBJECT for part in parts(term))
