"""Cut the manners that end a sentence: thanks, particles, who is asked, a wish."""

from retrieval.question.manners.pieces import ASKING_LAST, PAUSES, Message, listed
from retrieval.question.manners.requests import is_closing, is_name
from retrieval.text.analyzer import fold

# Right behind what is asked, without a mark.
CLOSINGS_AT_ONCE = ("THANKING", "BYE_ONCE", "TELL_ONCE", "E_THANK_ONCE", "E_FOR_ME")
CLOSINGS = ("SEARCHED", "THANKING", "BYE", "END_ASKING", "E_THANK", "E_BYE", "E_ASK", "GREETING_LAST")
_NO_PARTICLE_AFTER = listed("nhu den toi la the ban dao vitamin khoi khu nhom nha lop hang loai")
_WORDS_OF_OTHERS = listed("vay nha the a rua")  # "như vậy", "Tây Ban Nha", "khối a"
_SINGLE_CLOSINGS = listed("please pls plz lol ty thx tks")
_COUNTING = listed("nhieu nhiu may")
_WHETHER = listed("khong ko k hong hok chua hk kg kh")
_LAST_UNMARKED = listed("ta da ri")
_COUNTABLE = listed("bac bs")  # whoever is addressed; "bao nhiêu bác sĩ" asks for their number
_BEGUN = 2  # words behind a capital: "ở đâu Trân trọng"
_PLAIN = 4  # words of thanks that are no others
_LONGEST_CLOSING = 24  # words and marks
_MOST_CLOSINGS = 12  # of a sentence
# Who types accents does not leave out these: an elephant, a card, a loan.
_OTHERS_AMONG_MARKED = frozenset({"voi", "the", "vay"})

_BEFORE_SUMMER = frozenset({"nghỉ", "mùa", "dịp", "hội", "trại", "bơi", "học", "vụ", "kỳ", "đầu", "cuối"})


def close(message: Message, begin: int, end: int) -> None:
    """Cut the manners that a sentence ends with."""
    for _ in range(_MOST_CLOSINGS):
        if (at := message.last(begin, end)) < begin:
            return
        last = at + 1
        start = _closing(message, begin, last)
        if start is None and _is_particle(message, begin, at):
            start = at
        if start is None:
            start = _addressed(message, begin, last)
        if start is None:
            return
        message.drop(start, last)


def _closing(message: Message, begin: int, last: int) -> int | None:
    """Return where thanks, a wish or a request begins that reaches to *last*; None if none does."""
    for start in range(max(begin, last - _LONGEST_CLOSING), last):
        if not message.pieces[start].is_kept or message.pieces[start].sign in {"_", '"'} | PAUSES:
            continue
        is_begun = message.is_name(message.pieces[start]) and last - start >= _BEGUN
        is_apart = start == begin or is_begun or message.is_apart(start)
        names = CLOSINGS if is_apart else CLOSINGS_AT_ONCE
        if is_begun and is_name(message, start):
            continue
        if message.is_all(names, start, last) and (
            is_apart or last - start >= _PLAIN or message.asks(begin, start)
        ):
            return start
        if is_apart and start > 0 and is_closing(message, start, last):
            return start
        if message.pieces[start].term in _SINGLE_CLOSINGS and last - start == 1:
            return start
    return None


def _addressed(message: Message, begin: int, last: int) -> int | None:
    """Return where whoever is asked is named at the end of a sentence; None if nobody is."""
    for start in range(max(begin + 1, last - 5), last):
        before = message.pieces[start - 1]
        is_apart = before.sign in PAUSES or not before.is_kept
        is_after = is_apart or (
            fold(before.term) in ASKING_LAST
            and not (fold(before.term) in _COUNTING and fold(message.pieces[start].term) in _COUNTABLE)
        )
        name = "TO" if is_apart or message.is_marked(start) else "TO_BARE"
        is_called = last - start == 1 and message.is_called(message.pieces[start].term)
        if (
            is_called
            or message.is_all(("CALLED_LAST",), start, last)
            or (
                is_after
                and not message.is_name(message.pieces[start])
                and message.is_all((name,), start, last)
            )
        ):
            return start
    return None


def _is_particle(message: Message, begin: int, at: int) -> bool:
    """Tell whether the word *at* the end of a sentence is a particle, and no word of its own."""
    piece = message.pieces[at]
    if at == begin or not piece.term or message.is_name(piece) or piece.term == "dạy":  # no slip of "dậy"
        return False
    if message.is_asked_around and fold(piece.term) in _WHETHER and message.asks(begin, at):
        return True
    if piece.term in _OTHERS_AMONG_MARKED and any(map(message.is_marked, range(begin, at))):
        return False
    before = message.pieces[at - 1]
    if before.sign in PAUSES:
        return message.is_polite and message.is_all(("LOOSE",), at, at + 1)
    if fold(piece.term) in _WORDS_OF_OTHERS and piece.term != "ạ" and fold(before.term) in _NO_PARTICLE_AFTER:
        return False
    if message.is_marked(at) and message.is_all(("SURE",), at, at + 1):
        return True
    is_next = fold(before.term) in ASKING_LAST or not before.is_kept
    is_next = is_next or (message.is_marked(at - 1) and message.is_all(("SURE", "LOOSE_MARKED"), at - 1, at))
    if is_next and message.is_all(("LAST",), at, at + 1):
        return message.is_marked(at) or piece.term in _LAST_UNMARKED
    if (
        message.is_marked(at)
        and message.is_asked(begin, at)
        and message.is_all(("LOOSE_MARKED",), at, at + 1)
    ):
        return True
    if piece.term == "hè" and before.term not in _BEFORE_SUMMER and message.asks(begin, at):
        return True
    if message.is_asked(begin, at) and message.is_all(("LOOSE",), at, at + 1):
        return True
    mild = ("MILD", "MILD_MARKED") if message.is_marked(at) else ("MILD",)
    return message.is_polite and message.is_all(mild, at, at + 1)


def wish(message: Message, begin: int, end: int) -> None:
    """Cut "em muốn" before what somebody wants, and particles at the end of a clause."""
    first = next(filter(message.is_word, range(begin, end)), end)
    reached = message.end_of("WISH", first, end)
    if reached is not None and reached <= message.last(begin, end):
        message.drop(first, reached)
        if first in message.requested:
            message.requested.add(reached)
    while (at := message.last(begin, end)) > begin and _is_particle(message, begin, at):
        message.drop(at, at + 1)
