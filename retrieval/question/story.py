"""Tell what is asked from what is told beside it: how things came about, who somebody is."""

from functools import partial
from itertools import groupby, zip_longest

from retrieval.question.pieces import Extent, Message, listed
from retrieval.question.roles import Role, parts

_SPEAKERS = listed("em e minh mình toi tui mk mik con vo ba may tui bon chung gia nha so lo hom nay gio")
_LONG_STORY = 25  # words
_LEFT = 2  # words for a subject that a question keeps when what is told beside it is set aside
_LEFT_OF_STORY = 1
_WHICH = {("gì",), ("nào",)}
_MOST_CLAUSES = 30  # of a message that is told; a list has more


def tell(message: Message) -> None:
    """Mark as context what is told beside what is asked, if enough of that is left."""
    clauses = _clauses(message)
    if len(clauses) > _MOST_CLAUSES:
        return
    length = sum(1 for piece in message.pieces if piece.is_kept and piece.term)
    if len(clauses) < 2 or not (message.is_polite or length >= _LONG_STORY):
        return
    focus = _focus(message, clauses, is_story=length >= _LONG_STORY)
    if not focus or len(focus) == len(clauses):
        return
    if not message.is_polite and not any(map(partial(_is_personal, message), clauses)):
        return
    is_sure = length >= _LONG_STORY or any(clause[0] in message.requested for clause in focus)
    least = _LEFT_OF_STORY if is_sure else _LEFT
    if sum(_subject_words(message, *clause) for clause in focus) < least:
        return
    for clause in clauses:
        if clause not in focus:
            for piece in message.pieces[slice(*clause)]:
                piece.is_context = True
    start, end = focus[0]
    if start > clauses[0][0] and (reached := message.end_of("SO", start, end)) is not None:
        message.drop(start, reached)


def _focus(message: Message, clauses: list[Extent], *, is_story: bool) -> list[Extent]:
    """Return those of *clauses* that ask, with all that belongs to them; [] if none does."""
    asking = [clause for clause in clauses if message.asks(*clause) or clause[0] in message.requested]
    if not asking:
        return []
    requested = [clause for clause in clauses if clause[0] in message.requested]
    if not is_story:
        first = requested[0][0] if requested else 0
        last = asking[-1][0]
        return [
            clause
            for clause in clauses
            if clause in asking or not _is_personal(message, clause) or first <= clause[0] < last
        ]
    within = [
        run for run in message.runs({"."}) if any(run[0] <= request[0] < run[1] for request in requested)
    ]
    within = within or [run for run in message.runs({"."}) if message.is_question(run)]
    within = within or [run for run in message.runs({"."}) if message.asks(*run)][-1:]
    return [
        clause
        for clause in clauses
        if any(start <= clause[0] < end for start, end in within)
        and (clause in asking or not _is_personal(message, clause))
    ]


def _is_personal(message: Message, clause: Extent) -> bool:
    first = message.pieces[clause[0]]
    if not message.is_marked(clause[0]) and first.term not in _SPEAKERS:
        return False  # "co" may be cô, and as well có
    return message.end_of("PERSONAL", *clause) is not None


def _clauses(message: Message) -> list[Extent]:
    """Return where the clauses begin and end of which a word is left, without what is cut."""
    return [
        run
        for start, end in message.runs({".", ","})
        for is_kept, run in _kept_runs(message, start, end)
        if is_kept
    ]


def _kept_runs(message: Message, start: int, end: int) -> list[tuple[bool, Extent]]:
    grouped = groupby(range(start, end), message.is_word)
    return [
        (is_kept, (numbers[0], numbers[-1] + 1)) for is_kept, numbers in ((k, list(n)) for k, n in grouped)
    ]


def _subject_words(message: Message, start: int, end: int) -> int:
    """Return how many words name the subject; of "giấy gì" the noun is what is asked for."""
    words = [piece for piece in message.pieces[start:end] if piece.is_kept and piece.term]
    found = parts(message.question[words[0].start : words[-1].end])
    return sum(
        part.kind is Role.SUBJECT and (after is None or after.terms not in _WHICH)
        for part, after in zip_longest(found, found[1:])
    )
