"""Offices and who holds them: "Bí thư Đảng ủy" is not "bí thư đoàn"."""

from itertools import dropwhile, takewhile

import numpy as np
import regex

from retrieval.answering.headings import Run
from retrieval.answering.values import last_office, offices, offices_in
from retrieval.query.neighbours import Neighbours
from retrieval.ranking.foremost import Foremost
from retrieval.text.analyzer import analyse, terms

# What begins the name of a body, and no person's: "Chủ tịch Hội Khuyến học".
_BODIES = frozenset([
    "hội", "ban", "sở", "phòng", "trung", "trường", "mặt", "liên", "câu", "quỹ", "hợp", "tổ", "đội",
    "khoa", "viện", "hiệp", "chi", "đảng", "bệnh",
])  # fmt: skip
_BREAK = regex.compile(r"[,.;:()\n–-]")
HELD_OF = 0.6  # 0..1: of what an office is of, what is said near it if it is the one that is asked for


def is_held_otherwise(best: Foremost, runs: list[Run], above: dict[Run, Run], at_large: Neighbours) -> bool:
    """Tell whether the *best* article does not say the office that is asked for, or only another.

    *runs* are the sentences of its body, *above* the headings over them.
    """
    question, body = best.query.understood_as, best.article.body
    asked = offices(question)
    if not asked:
        return False
    holding = [run for run in runs if asked <= offices(body[slice(*run)])]
    if not holding:
        return not asked <= offices(best.article.title)
    if not all(_goes_on(body[slice(*run)], question, at_large) for run in holding):
        return False
    of = _held_of(best, question)
    title = best.article.title
    if of and (asked <= offices(title) or not best.by_title[of].any()):
        words = {best.query.words[slot].term for slot in of}
        if not any(
            _is_of(text, asked, words, at_large) for text in [title, *(body[slice(*run)] for run in holding)]
        ):
            return True
    near = [*holding, *(above.get(run, (0, 0)) for run in holding)]
    texts = [best.index.keys_of(terms(body[slice(*run)])).astype(np.int32) for run in near]
    said = np.maximum.reduce([best.by_title, *map(best.wanted.filled, texts)])
    return bool(of) and bool(said[of] @ best.subject[of] < HELD_OF * best.subject[of].sum())


def _is_of(text: str, asked: set[str], of: set[str], at_large: Neighbours) -> bool:
    """Tell whether *text* gives an office *asked* for, and of no body without a word *of* what it is of."""
    for match in offices_in(text):
        if match.group().casefold() in asked:
            behind = terms(_BREAK.split(text[match.end() :], 1)[0])
            said = [*takewhile(lambda term: not at_large.acts(term), behind)]
            if not said or said[0] not in _BODIES or not of.isdisjoint(said):
                return True
    return False


def _held_of(best: Foremost, question: str) -> list[int]:
    """Return the slots of what the office in *question* is of: "khoa cấp cứu" behind "trưởng"."""
    slots = {word.term: slot for slot, word in enumerate(best.query.words)}
    names = best.about.names
    told = [slots[term] for term in terms(question[last_office(question) :]) if term in slots]
    return list(takewhile(names.__getitem__, dropwhile(lambda slot: not names[slot], told)))


def _goes_on(sentence: str, question: str, at_large: Neighbours) -> bool:
    """Tell whether *sentence* says of what else somebody holds the last office that it names."""
    behind = sentence[last_office(sentence) :]
    found = analyse(behind)
    if not found.terms or behind[: found.starts[0]].strip():
        return False
    are_capital = len(found.starts) > 1 and all(behind[start].isupper() for start in found.starts[:2])
    is_name = are_capital and found.terms[0] not in _BODIES
    return not (is_name or found.terms[0] in terms(question) or at_large.acts(found.terms[0]))
