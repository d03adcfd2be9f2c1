"""Cut the manners that open a sentence: a greeting, who is asked, who asks, a request."""

from retrieval.question.manners.pieces import PAUSES, Message
from retrieval.question.manners.requests import asks_to_be_told, request

LEADS = (
    *(
        "HELLO",
        "HELLO_BARE",
        "HOW_ARE",
        "ONE_MORE",
        "ALO",
        "DEAR",
        "CALLED",
        "NAMED",
        "SORRY",
        "YES",
        "THANKS_FIRST",
        "CHEERS_FIRST",
        "ASKING",
        "SEARCHED",
        "LOSS",
    ),
    *("E_HELLO", "E_SORRY", "E_UNSURE", "E_LATER", "E_MORE", "E_ASK", "E_LEAD"),
)
_REQUESTING = frozenset({"cho", "xin", "vui", "lam"})  # words that the rule WITHIN begins with
LEADS_WITHIN = ("ASKING", "CALLED", "E_ASK", "LOSS")


def lead(message: Message, start: int, end: int) -> int:
    """Cut the manners that open each clause of a sentence; return where the sentence then begins."""
    begin = _skip(message, _behind_colon(message, start, end), end, LEADS)
    for number in range(begin + 1, end - 1):
        if message.pieces[number].sign == ",":
            _skip(message, number + 1, end, LEADS_WITHIN)
    return begin


def _behind_colon(message: Message, start: int, end: int) -> int:
    """Cut what asks to be told something before a colon: "tìm hoài không thấy nên mạo muội hỏi: …"."""
    colon = next((n for n in range(start, end) if message.is_colon(n)), start)
    is_request = asks_to_be_told(message, start, colon) and not message.wants(start, colon)
    if not (is_request or message.says_reply(start, colon)):
        return start
    message.drop(start, colon)
    begin = message.passed(colon, end)
    message.requested.add(begin)
    return begin


def _skip(message: Message, start: int, end: int, names: tuple[str, ...]) -> int:
    at = start
    while at < end:
        reached = _longest(message, at, end, names)
        if reached is None:
            break
        is_request = message.is_all(("ASKING", "E_ASK"), at, reached) or asks_to_be_told(message, at, reached)
        message.drop(at, reached)
        at = message.passed(reached, end)
        if is_request:
            message.requested.add(at)
    return at


def _longest(message: Message, at: int, end: int, names: tuple[str, ...]) -> int | None:
    """Return the end of the longest of the rules *names* that matches *at*; None if none does."""
    sign = message.pieces[at].sign
    if sign in {'"'} | PAUSES:
        return None
    ends = [message.longest(names, at, end) if sign != "_" else None, request(message, at, end)]
    if message.is_marked(at):
        ends.append(message.end_of("YES_I", at, end))
    longest = max((reached for reached in ends if reached is not None), default=at)
    return longest if longest > at else None


def opened_sentences(message: Message) -> list[tuple[int, int]]:
    """Return where sentences begin and end; a request within begins another if nothing is asked yet."""
    found: list[tuple[int, int]] = []
    start = 0
    for number, piece in enumerate([*message.pieces, None]):
        if piece is None or piece.sign == ".":
            if number > start:
                found += _parted(message, start, number)
            start = number + 1
    return found


def _parted(message: Message, start: int, end: int) -> list[tuple[int, int]]:
    requests = [n for n in range(start + 1, end) if message.pieces[n].sign in _REQUESTING]
    led = _led(message, start, end) if requests else end
    for number in requests:
        if number > led and (reached := message.end_of("WITHIN", number, end)):
            if reached == end or message.asks(start, number):
                return [(start, end)]
            called = _called_before(message, start, number)
            return [(start, called), (called, end)] if called > start else [(start, end)]
    return [(start, end)]


def _led(message: Message, start: int, end: int) -> int:
    """Return where the manners end that open a sentence."""
    at = start
    while at < end and (reached := _longest(message, at, end, LEADS)) is not None:
        at = message.passed(reached, end)
    return at


def _called_before(message: Message, start: int, end: int) -> int:
    """Return where whoever is asked is named before *end*; *end* if nobody is."""
    for number in range(max(start, end - 4), end):
        if message.is_all(("WHO_ASKED",), number, end):
            return number
    return end
