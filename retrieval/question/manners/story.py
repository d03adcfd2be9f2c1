"""Tell what is asked from what is told beside it: how things came about, who somebody is, what for."""

from collections.abc import Container, Iterator, Sequence
from itertools import groupby, pairwise, zip_longest

from retrieval.question.manners.pieces import PAUSES, Extent, Message, listed
from retrieval.question.roles import Role
from retrieval.text.analyzer import fold

_SPEAKERS = listed("em e minh mình toi tui mk mik con vo ba may tui bon chung gia nha so lo hom nay gio")
# Whoever says one of these speaks of himself; the others of "em", unmarked, are seldom another word.
_MYSELF = listed("em e mình mk mik tôi toi tui tớ tao cháu i im ive my we our")
_MYSELF_UNMARKED = listed("minh chau")
_TALKING = listed("hỏi nhắn rep inbox ib")  # whoever says so, and asks nothing, speaks of his question
_WANTING = listed("muốn mún cần định tính cầu muon can dinh tinh")
_POINTING = listed("kiểu cái vụ chuyện việc dạng loại kieu cai vu chuyen viec dang loai")
_BACK = listed("đó vậy này thế ấy do vay nay the ay")
_LONG_STORY = 25  # words
_LEFT = 2  # words for a subject that a question keeps when what is told beside it is set aside
_LEFT_OF_STORY = 1
_WHICH = {("gì",), ("nào",)}
_MOST_CLAUSES = 30  # of a message that is told; a list has more


def tell(message: Message) -> None:
    """Mark as context what is told beside what is asked, if enough of that is left."""
    words = [piece.term for piece in message.pieces if piece.is_kept and piece.term]
    is_long = len(words) >= _LONG_STORY
    if not (message.is_polite or is_long or _MYSELF.intersection(words)):
        return
    clauses = _clauses(message)
    if not 1 < len(clauses) <= _MOST_CLAUSES:
        return
    focus = _with_pointed(message, clauses, _focus(message, clauses, is_long=is_long))
    beside = sorted({*clauses}.difference(focus))
    if not focus or not beside or not _is_story(message, clauses, beside, is_long=is_long):
        return
    is_requested = any(clause[0] in message.requested for clause in focus)
    is_sure = is_long or is_requested or beside[0] > focus[-1]
    left = sum(_subject_words(message, *clause) for clause in focus)
    if left < (_LEFT_OF_STORY if is_sure else _LEFT):
        return
    for clause in beside:
        for piece in message.pieces[slice(*clause)]:
            piece.is_context = True
    start, end = focus[0]
    if start > clauses[0][0] and (reached := message.end_of("SO", start, end)) is not None:
        message.drop(start, reached)


def myself_in(words: Sequence[str]) -> frozenset[str]:
    """Return the terms by which somebody speaks of himself, if he types as in *words*."""
    is_bare = all(word == fold(word) for word in words)  # "minh" of "liên minh" is nobody
    return _MYSELF | _MYSELF_UNMARKED if is_bare else _MYSELF


def _is_story(message: Message, clauses: list[Extent], beside: list[Extent], *, is_long: bool) -> bool:
    """Tell whether somebody tells of himself *beside* what he asks, in a message that is polite or long."""
    if message.is_polite:
        return True
    if is_long:
        return any(_is_told(message, clause) for clause in clauses)
    ends = {run for run in message.runs({"."}) if _holds(run, beside)}
    within = [clause for clause in clauses if any(_is_in(clause, run) for run in ends)]
    return within == beside and all(_is_told(message, clause) for clause in beside)


def _focus(message: Message, clauses: list[Extent], *, is_long: bool) -> list[Extent]:
    """Return those of *clauses* that ask, with all that belongs to them; [] if none does."""
    asking = _asking(message, clauses)
    requested = [clause for clause in clauses if clause[0] in message.requested]
    wanted = [
        clause
        for clause in requested
        if _flows(message, clause) or (clause in asking and not _is_told(message, clause))
    ]
    if not asking:
        wanted = requested
    elif any(_is_marked(message, clause) and not _is_told(message, clause) for clause in asking):
        wanted = [clause for clause in wanted if clause in asking]  # "…? Trả lời giúp tôi sớm nhé"
    runs = message.runs({"."})
    chosen = [run for run in runs if _holds(run, wanted or asking)]
    if wanted:
        more = [] if is_long else [clause for clause in asking if not _is_told(message, clause)]
        after = [run for run in runs if run > chosen[-1]]
        chosen += [run for run in after if message.is_question(run) or _holds(run, more)]
    elif marked := [run for run in chosen if message.is_question(run)]:
        chosen = marked
    elif is_long:
        chosen = chosen[-1:]
    return [
        clause
        for run in chosen
        for clause in _of_sentence(message, [c for c in clauses if _is_in(c, run)], asking, wanted)
    ]


def _with_pointed(message: Message, clauses: list[Extent], focus: list[Extent]) -> list[Extent]:
    """Return *focus* with the clause before it if it points there: "khám kiểu đó"."""
    before = [clause for clause in clauses if focus and clause < focus[0]]
    words = [piece.term for clause in focus for piece in message.pieces[slice(*clause)] if piece.is_kept]
    points = any(noun in _POINTING and word in _BACK for noun, word in pairwise(words))
    return [before[-1], *focus] if before and points else focus


def _of_sentence(
    message: Message, clauses: list[Extent], asking: list[Extent], wanted: list[Extent]
) -> list[Extent]:
    """Return those *clauses* of a sentence that ask, without what is told before and behind them."""
    first = next((n for n, clause in enumerate(clauses) if clause in (wanted or asking)), 0)
    told = [n for n in range(first) if _is_told(message, clauses[n])]
    is_whole = clauses[first] in wanted and _subject_words(message, *clauses[first]) >= _LEFT
    if is_whole and clauses[first] in asking:
        told = [first - 1]
    return [
        clause
        for clause in clauses[told[-1] + 1 if told else 0 :]
        if clause in asking or clause in wanted or not _is_told(message, clause)
    ]


def _asking(message: Message, clauses: list[Extent]) -> list[Extent]:
    """Return the *clauses* that ask; if only tales seem to, those with a question mark, or an aspect."""
    marked = [clause for clause in clauses if _is_marked(message, clause)]
    asking = [clause for clause in clauses if message.asks(*clause)]
    if any(clause in marked or not _is_told(message, clause) for clause in asking):
        return asking
    named = [clause for clause in clauses if clause in marked or _names_an_aspect(message, clause)]
    return [clause for clause in named if not _is_told(message, clause)] or asking


def _names_an_aspect(message: Message, clause: Extent) -> bool:
    """Tell whether a clause names what can be asked of anything: "số điện thoại trạm y tế"."""
    kinds = {part.kind for part in message.parts(*clause)}
    return {Role.ASPECT, Role.SUBJECT} <= kinds


def _is_marked(message: Message, clause: Extent) -> bool:
    """Tell whether a question mark ends the sentence of a clause."""
    return any(_is_in(clause, run) and message.is_question(run) for run in message.runs({"."}))


def _is_in(clause: Extent, run: Extent) -> bool:
    return run[0] <= clause[0] < run[1]


def _holds(run: Extent, clauses: list[Extent]) -> bool:
    return any(_is_in(clause, run) for clause in clauses)


def _flows(message: Message, clause: Extent) -> bool:
    """Tell whether a clause stands right behind the request to be told it, with no pause between."""
    before = clause[0] - 1
    return before >= 0 and (message.pieces[before].sign not in PAUSES or message.is_colon(before))


def _is_told(message: Message, clause: Extent) -> bool:
    """Tell whether somebody speaks of himself in a clause, and does not say what he wants."""
    cut = message.pieces[clause[0] - 1] if clause[0] else None
    if cut is not None and not cut.is_kept and cut.term in _MYSELF | _WANTING:
        return cut.term in _MYSELF  # "em thì …", "em muốn …"
    first = message.pieces[clause[0]]
    words = [piece.term for piece in message.pieces[slice(*clause)] if piece.is_kept]
    if _names_speaker(words, _MYSELF | message.speakers):
        return True
    if not _TALKING.isdisjoint(words) and not message.asks(*clause):
        return True
    if not message.is_marked(clause[0]) and first.term not in _SPEAKERS:
        return False  # "co" may be cô, and as well có
    return message.end_of("PERSONAL", *clause) is not None


def _names_speaker(words: Sequence[str], myself: Container[str]) -> bool:
    return any(word in myself and before != "của" for before, word in pairwise(["", *words]))


def _clauses(message: Message) -> list[Extent]:
    """Return where the clauses begin and end of which a word is left, without what is cut."""
    return [
        clause
        for start, end in message.runs({".", ",", "*"})
        for is_kept, run in _kept_runs(message, start, end)
        if is_kept
        for clause in _without_reason(message, run)
    ]


def _kept_runs(message: Message, start: int, end: int) -> list[tuple[bool, Extent]]:
    grouped = groupby(range(start, end), message.is_word)
    return [
        (is_kept, (numbers[0], numbers[-1] + 1)) for is_kept, numbers in ((k, list(n)) for k, n in grouped)
    ]


def _without_reason(message: Message, run: Extent) -> Iterator[Extent]:
    """Yield a clause, apart from why somebody asks it: "mấy giờ đóng cửa để em ghé"."""
    start, end = run
    for number in range(start + 1, end):
        if message.end_of("WHY", number, end) is not None and message.asks(start, number):
            if _subject_words(message, start, number) >= _LEFT:
                yield from ((start, number), (number, end))
                return
            break
    yield run


def _subject_words(message: Message, start: int, end: int) -> int:
    """Return how many words name the subject, and what is asked of it; 0 without any subject.

    Of "giấy gì" the noun is what is asked for.
    """
    found = message.parts(start, end)
    names = [
        part.kind
        for part, after in zip_longest(found, found[1:])
        if part.kind in {Role.SUBJECT, Role.ASPECT} and (after is None or after.terms not in _WHICH)
    ]
    return len(names) if Role.SUBJECT in names else 0
