"""Articles on another thing of a kind: "Chợ Xóm Lưới tăng giá thuê sạp" if "chợ Bàu Sen" is asked.

Vietnamese puts what a thing is before what tells it from others. If a title, or a sentence that holds the
value, says the one and goes on with a noun of its own, and the article nowhere says the other, it is about
another thing of that kind.
"""

from difflib import SequenceMatcher

import regex

from retrieval.query.neighbours import Neighbours
from retrieval.question.parts import is_english, is_subject, parts
from retrieval.question.roles import Role
from retrieval.ranking.compounds import WIDESPREAD
from retrieval.ranking.foremost import Foremost
from retrieval.ranking.slots import Slots
from retrieval.text.analyzer import analyse, term
from retrieval.text.syllable import is_syllable

DISTINCTIVE = 0.2  # 0..1: the least share of the subject in a noun that tells things of a kind apart
# Anybody may call a thing so, whatever its name is.
_CALLED = frozenset(["mới", "cũ", "lớn", "nhỏ", "gần", "xa", "bên", "chính", "mình", "hiện"])
_NAME = regex.compile(r"\b\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)+\b")
MISTYPED = 0.75  # 0..1: words so much alike may be the same, mistyped


def has_rival(best: Foremost, at_large: Neighbours, answering: list[str]) -> bool:
    """Tell whether the *best* article puts another thing in the place of what is asked for.

    What is asked for is a word that the article does not say. If it is rare *at_large*, since what people put
    otherwise are common words, the title tells. If it tells much of the subject from others of its kind, the
    texts that are *answering* do, too.
    """
    words, names, told = best.query.words, best.about.names, best.about.shown
    title = best.article.title
    for pair in best.about.pairs:
        head, word = pair.slots
        if pair.are_parted or words[head].asks or not names[word]:
            continue
        if not words[word].is_certain or _is_said_whole(best, word, told[pair.place + 1 :][:2], at_large):
            continue
        around = [told[pair.place :][:2], told[pair.place + 1 :][:2]]
        said = told[pair.place + 1]
        is_rare = _is_rare(said, around, at_large)
        tells = names[head] and best.says_slot(head) and _tells(best, word, around, at_large)
        if not (is_rare or tells) or len(parts(" ".join(around[0]))) == 1:
            continue  # "năm nay"
        if is_rare and _goes_on(best, head, at_large, title):
            return True
        if tells and any(_goes_on(best, head, at_large, text, said) for text in [title, *answering]):
            return True
    return False


def _says_one(best: Foremost, pair: list[str]) -> bool:
    return any(word.term in pair and best.says_slot(slot) for slot, word in enumerate(best.query.words))


def _is_said_whole(best: Foremost, slot: int, behind: list[str], at_large: Neighbours) -> bool:
    """Tell whether the article says a word, and the one *behind* it, too, if both are one at large.

    Dogs that run about ("chạy rông") are no race ("chạy bộ").
    """
    if not best.says_slot(slot) or len(behind) < 2 or not is_subject(behind[0]):
        return best.says_slot(slot)
    if not at_large.go_together(*behind):
        return True
    slots = {word.term: slot for slot, word in enumerate(best.query.words)}
    return behind[1] not in slots or best.says_slot(slots[behind[1]])


def _tells(best: Foremost, word: int, around: list[list[str]], at_large: Neighbours) -> bool:
    """Tell whether the word of a slot is a noun and much of the subject, and not what all articles are about.

    It is none if the article says a neighbour that makes one word with it: "nhiều lần" as "ba lần".
    """
    if best.subject[word] < DISTINCTIVE or not _is_noun(around[0][1], at_large):
        return False
    if any(at_large.go_together(*pair) and _says_one(best, pair) for pair in around if len(pair) == 2):
        return False
    frequencies = best.index.document_frequency(best.query.words[word].keys)
    return not len(frequencies) or int(frequencies.max()) <= WIDESPREAD * best.index.passage_count


def _is_noun(term: str, at_large: Neighbours) -> bool:
    return (
        len(term) > 1
        and term not in _CALLED
        and is_syllable(term)
        and at_large.is_syllable(term)
        and is_subject(term)
        and not at_large.acts(term)
    )


def _is_rare(word: str, around: list[list[str]], at_large: Neighbours) -> bool:
    """Tell whether *word*, or what it makes with one of its neighbours *around*, is rare."""
    if not is_syllable(word) or len(word) == 1:
        return False  # numbers and letters are compared as such, and other languages put it before
    pairs = [pair for pair in around if len(pair) == 2 and at_large.go_together(*pair)]
    return any(at_large.are_rare(*said) for said in [[word], *pairs])


def _goes_on(best: Foremost, head: int, at_large: Neighbours, text: str, but: str = "") -> bool:
    """Tell whether a *text* goes on with a noun behind the word of the slot *head*.

    It is one of its own: not in the question, and not the word *but*, mistyped.
    """
    wanted = best.wanted
    found = analyse(text)
    said = found.terms
    keys = wanted.marked(best.index.keys_of(said).astype("int32")).tolist()
    fills = set(wanted.fillers.terms[wanted.fillers.slots == head].tolist())
    asked = {*wanted.fillers.terms.tolist(), *(term for phrase in wanted.phrases for term in phrase)}
    for at, key in enumerate(keys):
        behind = at + _length(wanted, key)
        if key not in fills or behind >= len(said) or keys[behind] in asked:
            continue
        noun = said[behind]
        if text[found.ends[behind - 1] : found.starts[behind]].strip():
            continue  # a mark parts them
        if parts(" ".join(said[behind : behind + 2]))[0].kind is not Role.SUBJECT:
            continue  # "cà phê năm nay"
        if is_syllable(noun) and is_subject(noun) and not at_large.acts(noun) and not _is_alike(noun, but):
            return True
    return False


def _is_alike(term: str, other: str) -> bool:
    return SequenceMatcher(None, term, other).ratio() >= MISTYPED


def _length(wanted: Slots, key: int) -> int:
    return len(wanted.phrases[key - wanted.fillers.base]) if key >= wanted.fillers.base else 1


def has_namesake(best: Foremost) -> bool:
    """Tell whether the *best* article says but another name that begins alike: "Phú Lộc" for "Phú Mỹ".

    Names are known by their capitals. "Nguyễn Văn Hải" is "Nguyễn Hải".
    """
    question = best.query.understood_as
    asked = [name.group().split() for name in _NAME.finditer(question) if name.start()]
    if not asked or is_english(question):
        return False
    said = [name.split() for name in _NAME.findall(f"{best.article.title}\n{best.article.body}")]
    known = {word.term for slot, word in enumerate(best.query.words) if best.says_slot(slot)}
    return any(
        any(name[0] in other for other in said)
        and not any(name[-1] in other for other in said)
        and term(name[-1]) not in known  # in another wording
        for name in asked
    )
