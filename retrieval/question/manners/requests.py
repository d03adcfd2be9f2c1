"""Find manners that no rule knows, by their words: people ask to be told in more ways than a grammar lists.

A stretch of a sentence that consists of such words alone is a request if it says who asks, and that he
wishes to be told: "mình có thắc mắc nhỏ muốn được giải đáp là". A clause of them alone is a closing.
"""

from retrieval.question.manners.pieces import PAUSES, Message, Piece, listed
from retrieval.text.analyzer import fold


def _both(words: str) -> frozenset[str]:
    """Return *words*, with their accents and without."""
    return listed(words) | listed(fold(words))


_PERSONS = _both(
    "em e mình mk mik tôi tui tớ con cháu ad adm admin min mod page shop sốp bot bạn anh chị ac cô chú "
    "bác dì thầy mn ae"
)
_WISHES = _both(
    "xin cho muốn mún cần nhờ mong kính phiền thể lòng ơn định tính được dạ có còn giúp giùm dùm hộ"
)
_TOLD = _both("hỏi biết đáp mắc bít bik")  # giải đáp, thắc mắc
_BESIDE = _both(
    "a ạ c b các mấy quý mọi người cả nhà bà này nè ơi với vs nha nhé nghen hen nhe luôn đi một 1 vài "
    "chút xíu tí tẹo ít nhỏ câu việc chuyện vấn đề điều cái thông tin thêm lại nhanh gấp lắm quá nhiều "
    "nhìu rất đang vui làm giải thắc thăm tìm kiếm nghe coi xem nói chỉ rep trả lời sớm phản hồi yêu iu "
    "thương trước là rằng về như sau thật sự hoài không chưa rành hiểu gặp bên mình rồi đã giờ sẵn tiện "
    "nữa phép mạn tra cứu"
) | listed(
    "mà chỗ nơi hết lẹ nếu thông cảm bỏ qua ngoài lề phát miếng tình hình đội mang ơ ủa á ngại dám "
    "bảo mách đâu nãy loay hoay bí lúng túng cả buổi khắp"
)
_CALLS = _both("ạ à nè ui ơi các mấy mọi cả nhà")
_AS_FOLLOWS = {("như", "sau"), ("nhu", "sau")}
_CLOSES = _both("hỏi biết đáp giúp giùm dùm chỉ ơn cảm iu yêu rep lời hồi gấp rõ") | listed(
    "thanks thank thx ty tks cheers appreciate appreciated regards please pls plz thankyou help question lol"
)
_KNOWN = _PERSONS | _WISHES | _TOLD | _BESIDE | _CLOSES

_E_WORDS = listed(
    "i im m am we re are you u d would like love to be so kind as enough let me us know just new here "
    "and was were wondering wonder writing ask asking inquire enquire about please pls kindly can could "
    "may might tell quick q question questions one more have had got a an small simple hope that someone "
    "anyone anybody somebody out there find really very trying want wanna need curious for it this do "
    "hoping hoped wanted new here around town area moved recently silly dumb stupid random might be "
    "does happen any idea basically actually also ok okay hi hello hey yo guys team everyone sorry but "
    "grateful appreciate if in contact contacting s ve information info some place right chance hii hiii "
    "heyy hlo greetings possible by dear"
)
_E_TOLD = listed(
    "ask know wondering wonder question q tell inquire enquire out curious asking idea me information info"
)
_E_SELF = listed("i we new sorry yo quick")
_E_IF = listed("if whether about")
_E_ASKS = listed(
    "who whom whose what when where which why how is are was were do does did can could will would "
    "should may must has have"
)
_E_CLOSES_WITH = listed(
    "you u so very much indeed a lot bunch ton million in advance again for your the any all help time "
    "me us greatly highly i d really would be it if could and many lol guys everyone team admin sir "
    "madam mate n pls plz thankful grateful reply response prompt quick soon from hear hearing"
)
# As often a word of their own: có, còn, bạc …
_OTHERS_UNMARKED = listed("co con chu bac di thay min ban ac a b c")
_SHORTEST = 3  # words, of a request in Vietnamese


def request(message: Message, at: int, end: int) -> int | None:
    """Return where a request ends that begins *at*; None if none does."""
    piece = message.pieces[at]
    if piece.term in _E_WORDS and (
        (reached := _english(message, at, end)) is not None
        or (reached := _english_clause(message, at, end)) is not None
    ):
        return reached
    reached = message.longest(("KNOWN_TO",), at, end)
    if reached is not None and (message.wants(reached, end) or _begins_with_have(message, reached, end)):
        message.is_asked_around = True
        return reached
    return (_vietnamese(message, at, end) or _clause(message, at, end)) if _is_known(piece) else None


def asks_to_be_told(message: Message, start: int, end: int) -> bool:
    """Tell whether one of the words from *start* to *end* asks to be told something."""
    return any(piece.sign in _TOLD or piece.term in _E_TOLD for piece in message.pieces[start:end])


def _begins_with_have(message: Message, at: int, end: int) -> bool:
    """Tell whether "có" stands *at*, which asks whether something is so."""
    return at < end and fold(message.pieces[at].term) == "co"


def _clause(message: Message, at: int, end: int) -> int | None:
    """Return where the clause ends that begins *at*, if it only asks to be told and more follows."""
    stop = next((n for n in range(at, end) if message.pieces[n].sign in PAUSES), end)
    if message.passed(stop, len(message.pieces)) == len(message.pieces):
        return None
    signs = {piece.sign for piece in message.pieces[at:stop]}
    is_called = message.is_polite and signs <= _PERSONS | _CALLS
    return stop if is_called or is_closing(message, at, stop) else None


def is_closing(message: Message, start: int, end: int) -> bool:
    """Tell whether the clause from *start* to *end* only thanks, or asks to be told."""
    words = [piece for piece in message.pieces[start:end] if piece.sign not in PAUSES]
    if {piece.sign for piece in words}.isdisjoint(_CLOSES) or is_name(message, start):
        return False
    return (
        all(map(_is_known, words)) or {piece.term for piece in words} <= _CLOSES | _E_CLOSES_WITH | _E_WORDS
    )


def _is_known(piece: Piece) -> bool:
    return piece.sign in _KNOWN or piece.term in _BESIDE


def _vietnamese(message: Message, at: int, end: int) -> int | None:
    told, number, before = None, at, ""
    while number < end:
        sign = message.pieces[number].sign
        whom = message.longest(("WHO", "HOUSE"), number, end) if sign not in _TOLD else None
        if whom is not None:  # "hỏi ban biên tập một việc"
            number = whom
        elif _is_known(message.pieces[number]):
            number += 1
        else:
            break
        if sign in _TOLD or (before, sign) in _AS_FOLLOWS:
            told = number
        before = sign
    if told is None:
        return None
    if number < end and message.pieces[number].sign in PAUSES:
        told = number  # "xin hỏi anh chị admin: …"
    said = {piece.sign for piece in message.pieces[at:told]}
    if told - at < _SHORTEST or said.isdisjoint(_PERSONS - _OTHERS_UNMARKED) or said.isdisjoint(_WISHES):
        return None
    return message.end_of("TAIL", told, end) or told


def _english(message: Message, at: int, end: int) -> int | None:
    told, number = None, at
    while number < end and message.pieces[number].term in _E_WORDS | _E_IF:
        number += 1
        if message.pieces[number - 1].term in _E_TOLD and _is_followed(message, number, end):
            told = number
    if told is None or told - at < 2:
        return None
    return told + 1 if told < end and message.pieces[told].term in _E_IF else told


def _english_clause(message: Message, at: int, end: int) -> int | None:
    """Return where the clause ends that begins *at*, if it says only who asks: "new here, …"."""
    stop = next((n for n in range(at, end) if message.pieces[n].sign in PAUSES), end)
    said = {piece.term for piece in message.pieces[at:stop]}
    is_led = stop < end and said <= _E_WORDS and said & _E_SELF and not said & _E_ASKS
    return stop if is_led and stop - at > 1 else None


def _is_followed(message: Message, number: int, end: int) -> bool:
    """Tell whether a question begins behind *number*, or a mark stands there."""
    if number < end and message.pieces[number].term in _E_IF:
        return True
    return number < end and (message.pieces[number].sign in PAUSES or message.pieces[number].term in _E_ASKS)


def is_name(message: Message, start: int) -> bool:
    """Tell whether a word without an accent is a name: of "Ho Chi Minh" the last two are no "chỉ mình"."""
    is_within = start > 0 and message.pieces[start - 1].sign not in PAUSES
    both = message.pieces[start : start + 2]
    return is_within and all(map(message.is_name, both)) and not message.is_marked(start)
