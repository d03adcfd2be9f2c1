"""Put a message and the question before it together: the one's subject, what the other asks of it."""

from collections.abc import Iterator
from itertools import chain, groupby, pairwise, takewhile

from retrieval.question.followup.saying import END_MARKS, LEADING, Saying, without_ends
from retrieval.question.parts import Part
from retrieval.question.roles import SLOTS, Role

BETWEEN = " – "  # stands between the earlier subject and what is asked of it
ASKING_ROLES = frozenset({Role.ASKS, Role.CONFIRMS, Role.ASPECT})

_NAMES = frozenset({Role.SUBJECT, Role.NUMBER})
_SOMEBODY = frozenset(["ông", "bà", "anh", "chị", "cô", "thầy", "em", "cụ", "người", "ổng", "bả"])


def asked_about(earlier: Saying, said: Saying) -> str:
    """Return what *said* asks, of the subject of *earlier*."""
    gone = said.kinds & SLOTS | {Role.ASKS, Role.CONFIRMS, Role.POINTS, Role.HINTS, *LEADING}
    kept = without_ends([part for part in earlier.parts if part.kind not in gone], {Role.FILLS, Role.ASPECT})
    while kept[-1].kind in {Role.DOES, Role.FILLS}:  # what it does is asked no more
        kept.pop()
    opening = said.parts[0].end if said.opens else 0
    return f"{earlier.only(kept)}{BETWEEN}{said.text[opening:].lstrip(END_MARKS)}"


def compared(before: Saying, said: Saying) -> tuple[dict[Part, str], list[Part]]:
    """Return what of *before* gives way to its like in *said*, and what else *said* names."""
    swaps: dict[Part, str] = {}
    besides: list[Part] = []
    for part in said.named:
        like = next((old for old in reversed(before.parts) if _alike(before, old, said, part)), None)
        if like is None:
            besides.append(part)
        else:
            # In "01/05/2026" stands the year alone.
            is_bare = like.terms[0].isdigit() and part.terms[-1].isdigit()
            if part.kind is Role.YEAR:  # "năm trước … (2025-2026)"
                swaps |= dict.fromkeys([old for old in before.parts if old.kind is Role.YEAR], "")
            swaps[like] = part.terms[-1] if is_bare else said.text[part.start : part.end]
    known = {word for part in before.parts for word in part.terms}
    if swaps and known.issuperset(word for part in besides for word in part.terms):
        besides = []  # of "lớp 6" only "lớp" is left, which the question says already
    return swaps, without_ends(besides, {Role.FILLS})


def _alike(before: Saying, earlier: Part, said: Saying, part: Part) -> bool:
    """Tell whether *part* names another one of what *earlier* names."""
    if part.kind is not earlier.kind:
        return False
    if part.kind is not Role.NUMBER:
        return part.kind in SLOTS
    unit = _unit(part)
    if unit or len(said.named) == 1:  # "450 thì sao", "7km"
        return _is_only_number(before, earlier) if not unit else _unit(earlier) == unit
    pairs = zip(before.beside(earlier), said.beside(part), strict=True)
    return any(left == right and left is not None for left, right in pairs)


def _unit(part: Part) -> str:
    """Return what a number is of: "km" of "7km"."""
    return part.terms[0].lstrip("0123456789.,")


def _is_only_number(text: Saying, number: Part) -> bool:
    return [part for part in text.parts if part.kind is Role.NUMBER] == [number]


def instead_of(before: Saying, subjects: int, said: Saying) -> Iterator[str]:
    """Yield the question *before*, with what *said* names in place of a subject in its first parts.

    All names there give way, or those that stand together: of "ở Hà Nội" either the fire or the town is
    another one. What people do ("gửi xe") takes the place of all but what is asked.
    """
    named = said.named
    if not said.subject:
        return
    text = said.text[named[0].start : named[-1].end]
    if subjects < len(before.parts):  # all of the subject gives way, with what is done to it
        subject, _, asked = before.text.rpartition(BETWEEN)
        # If nothing is asked behind the subject, another name was asked of last.
        if not {part.kind for part in before.parts[subjects:]} & ASKING_ROLES:
            yield f"{subject}{BETWEEN}{text}?"
        yield f"{text}{BETWEEN}{asked}"
        return
    if named[0].kind is Role.DOES:
        asked = before.only(part for part in before.parts if part.kind in ASKING_ROLES)
        if asked:
            yield f"{text}{BETWEEN}{asked}?"
        return
    first = before.parts[:subjects]
    runs = [list(run) for is_name, run in groupby(first, lambda part: part.kind in _NAMES) if is_name]
    for run in [list(chain.from_iterable(runs)), *runs]:
        changes = dict.fromkeys(run, "") | {run[0]: text}
        yield f"{before.rewritten(changes)}?"
    if text[0].isupper():  # "trường Rặng Dừa" for "trường Ghe Bầu"
        for run in runs:
            name = list(takewhile(lambda part: before.text[part.start].isupper(), reversed(run)))[::-1]
            if name and len(name) < len(run):
                yield f"{before.rewritten(dict.fromkeys(name, '') | {name[0]: text})}?"


def replaced_in(whole: Saying, said: Saying) -> str | None:
    """Return the question *whole* with what *said* names in the place of a name with a word in common.

    "Sinh thường bao nhiêu", "sinh mổ": "sinh mổ bao nhiêu". None if they share no word, or all of them.
    """
    named = [part for part in said.named if part.kind is Role.SUBJECT]
    known = {part.terms for part in whole.parts}
    if all(part.terms in known for part in named):
        return None
    for behind, part in enumerate(named):
        for number, like in enumerate(whole.parts):
            at = max(0, number - behind)  # "kết hôn", "ly hôn"
            old = whole.parts[at]
            if old.kind is like.kind is Role.SUBJECT and like.terms == part.terms:
                run = list(takewhile(lambda each: each.kind in _NAMES, whole.parts[at:]))
                changes = dict.fromkeys(run, "") | {old: said.text[said.named[0].start : said.named[-1].end]}
                return f"{whole.rewritten(changes)}?"
    return None


def pointed_at(said: Saying) -> str:
    """Return the noun before "đó"; "" if that stands by itself."""
    for end, (noun, after) in enumerate(pairwise(said.parts), start=1):
        if noun.kind is Role.SUBJECT and after.terms in {("đó",), ("ấy",)}:
            run = list(takewhile(lambda part: part.kind is Role.SUBJECT, reversed(said.parts[:end])))
            return " ".join(word for part in reversed(run) for word in part.terms)
    return ""


def points_at_somebody(said: Saying) -> bool:
    """Tell whether *said* speaks of somebody by a pronoun: "ông ấy"."""
    return any(part.kind is Role.POINTS and part.terms[0] in _SOMEBODY for part in said.parts)
