"""Find what may be asked in a message whose manners are not all known: the rest of it talks.

Who talks says of himself, or to somebody, what no article says. Where he does so is known by few words; what
he says is not, and need not be. Which of several spans is the question, the articles decide.
"""

from collections.abc import Iterator
from functools import partial
from itertools import takewhile

from retrieval.question.manners.manners import LONGEST_MESSAGE, set_apart
from retrieval.question.manners.pieces import Extent, Message, listed
from retrieval.question.manners.story import myself_in
from retrieval.question.roles import Role
from retrieval.text.analyzer import fold, tokens
from retrieval.text.language import asks_in_english

_SUBJECTS = frozenset({Role.SUBJECT, Role.NUMBER})
_NAMING = _SUBJECTS | {Role.ASPECT, Role.YEAR}
_LEAST = 2  # words that name what is asked of
# What people say to each other, and articles hardly do; as typed.
_TALK = listed(
    "ạ nha nhé nhe nghen hen giùm dùm gium dum ơi ui ad admin mn mng shop page bot rep inbox ib hóng hong "
    "huhu hihi hehe haha hic camon camr owi aj thanks thank thx tks pls plz please sorry asap lol "
    "you your u guys hey hi hello"
)
_WORDS_UNMARKED = listed("nha nhe hen nghen")  # as often others: nhà, nhẹ, hẹn
# Behind a question without any mark, they begin what is no part of it.
_TURNS = listed("mong xin nhờ")
_TOLD = listed("hỏi biết hiểu mắc hoi biet hieu mac know ask wonder wondering explain")
# What somebody calls himself by, if one of these follows.
_KIN = listed("con cháu anh chị cô chú bác ông bà má mẹ chi co chu bac")
_SELF_UNMARKED = listed("toi tao chau minh")  # as often others: tới, tạo, châu, liên minh
_OF_MYSELF = listed(
    "là không ko hông hổng chưa đang cứ cần muốn mới vừa cũng tìm kiếm đọc nghe thấy biết hỏi xin chào "
    "khong chua dang cu can muon moi vua cung tim kiem doc thay biet hoi chao"
)
_ENGLISH_SELF = listed("i im ive my we our")  # else a number, a name, the United States
_NOT_MYSELF = listed("của trẻ cua tre")
_LACKING = listed("chưa chua mất mat")  # what somebody has not, he tells before he asks: "chưa làm khai sinh"
_AS = listed("là rằng về xem coi if whether about la rang ve")


def cores(question: str) -> Iterator[str]:
    """Yield what *question*, which is clean, may ask beside talk, as it stands there."""
    words = list(tokens(question))
    said = [word.term for word in words]
    is_bare = all(word == fold(word) for word in said)
    talking = _TALK - (_WORDS_UNMARKED if is_bare else frozenset())
    myself = myself_in(said) - (_SELF_UNMARKED if is_bare else frozenset())
    myself -= frozenset() if asks_in_english(said) else _ENGLISH_SELF
    kin = _KIN | (_SELF_UNMARKED if is_bare else frozenset())
    if len(words) > LONGEST_MESSAGE or (talking | kin | myself).isdisjoint(said):
        return
    message = Message(question, words)
    set_apart(message)
    for start, end in _Talk(message, talking, myself | message.speakers, kin).spans():
        yield question[message.pieces[start].start : message.pieces[end - 1].end]


class _Talk:
    def __init__(
        self, message: Message, words: frozenset[str], myself: frozenset[str], kin: frozenset[str]
    ) -> None:
        """*words* are those by which somebody talks in *message*.

        He calls himself *myself*, or *kin* if he goes on as one does of oneself.
        """
        self._message = message
        self._words = words | myself
        self._kin = kin
        self._myself = myself
        self._clauses = message.runs({".", ",", "*"})
        self._is_asked = any(message.asks(*clause) for clause in self._clauses)

    def spans(self) -> Iterator[Extent]:
        """Yield where what may be asked begins and ends; nothing if all is manners."""
        asking = [clause for clause in self._clauses if self._message.asks(*clause)]
        requested = [clause for clause in self._clauses if clause[0] in self._message.requested]
        for clause in asking or requested or self._naming():
            start, end = self._with_neighbours(clause)
            if self._is_question(*clause):
                if (start, end) != (self._clauses[0][0], self._clauses[-1][1]):
                    yield self._trimmed(start, end)
                if (start, end) != clause and self._stands_alone(clause, start, end):
                    yield self._trimmed(*clause)
            if (told := self._told_before(clause)) is not None:
                yield told, self._trimmed(*clause)[1]
            for shorter in self._without_turns(clause, start, end):
                yield self._trimmed(*shorter)

    def _naming(self) -> list[Extent]:
        """Return the clause that names most, of those that neither tell nor begin to talk."""
        pieces = self._message.pieces
        silent = [
            (start, end)
            for start, end in self._clauses
            if not (pieces[start].is_context or self._talks(start, start + 1))
        ]
        return sorted(silent, key=lambda clause: self._names(*clause), reverse=True)[:1]

    def _with_neighbours(self, clause: Extent) -> Extent:
        """Return *clause* with those of its sentence beside it that do not talk."""
        [sentence] = [run for run in self._message.runs({"."}) if run[0] <= clause[0] < run[1]]
        beside = [its for its in self._clauses if sentence[0] <= its[0] < sentence[1]]
        at = beside.index(clause)
        before = list(takewhile(self._belongs, reversed(beside[:at])))
        behind = list(takewhile(self._belongs, beside[at + 1 :]))
        return (before[-1] if before else clause)[0], (behind[-1] if behind else clause)[1]

    def _stands_alone(self, clause: Extent, start: int, end: int) -> bool:
        """Tell whether somebody talks beside *clause*, and no name or number is near it, *start* to *end*."""
        beside = [*range(start, clause[0]), *range(clause[1], end)]
        pieces = [(n, self._message.pieces[n]) for n in beside if self._message.pieces[n].term]
        is_named = any(p.term.isdecimal() or (n > start and self._message.is_name(p)) for n, p in pieces)
        return not is_named and any(self._talks(*its) for its in self._clauses if its != clause)

    def _told_before(self, clause: Extent) -> int | None:
        """Return where it is told what *clause* asks about, which begins with "now" and names too little."""
        at = self._clauses.index(clause)
        is_lacking = self._message.end_of("SO", *clause) is not None and not self._is_question(*clause)
        if not at or not is_lacking:
            return None
        lacking = (n for n in range(*self._clauses[at - 1]) if self._message.pieces[n].term in _LACKING)
        return next((n for n in lacking if self._is_question(n, clause[1])), None)

    def _belongs(self, clause: Extent) -> bool:
        return not self._talks(*clause) and not self._message.is_all(("SO",), *clause)

    def _without_turns(self, clause: Extent, start: int, end: int) -> Iterator[Extent]:
        """Yield what is left of *start* to *end* without the talk that *clause* begins or ends with."""
        begin, stop = clause
        told = [n + 1 for n in range(begin, stop - 1) if self._tells(n)]
        told = [n for n in told if self._talks(begin, n) and self._is_question(n, stop)]
        begin = self._behind_as(told[-1], stop) if told else begin
        start = begin if told else start
        turns = [
            next(filter(partial(self._is_question, begin), turns), None)
            for turns in (
                (n for n in range(begin + 1, stop) if self._turns(n)),
                (n for n in range(begin + 1, stop) if self._begins_anew(n, stop)),
            )
        ]
        yield from ((start, turn) for turn in turns if turn is not None)
        if told and turns == [None, None]:
            yield start, end

    def _tells(self, number: int) -> bool:
        piece = self._message.pieces[number]
        return piece.sign in _TOLD and (number == 0 or not self._message.is_name(piece))  # "Hoi giao"

    def _behind_as(self, at: int, end: int) -> int:
        return at + 1 if at < end - 1 and self._message.pieces[at].term in _AS else at

    def _trimmed(self, start: int, end: int) -> Extent:
        """Return the span without marks and words that are cut at its ends, and without "but"."""
        kept = [n for n in range(start, end) if self._message.is_word(n)] or [*range(start, end)]
        first, last = kept[0], kept[-1] + 1
        so = self._message.end_of("SO", first, last)
        return (self._message.passed(so, last) if so and so < last else first), last

    def _begins_anew(self, number: int, stop: int) -> bool:
        """Tell whether talk begins there with a capital, though no mark stands before it."""
        pieces = self._message.pieces
        is_begun = self._message.is_name(pieces[number]) and not self._message.is_name(pieces[number - 1])
        talks = pieces[number].sign in _TOLD or (pieces[number].sign != "_" and self._talks(number, stop))
        return self._is_asked and is_begun and talks

    def _talks(self, start: int, end: int) -> bool:
        """Tell whether somebody talks in these words, or they are partly cut."""
        pieces = self._message.pieces
        return any(pieces[n].term and (not pieces[n].is_kept or self._is_talk(n)) for n in range(start, end))

    def _is_talk(self, number: int) -> bool:
        pieces = self._message.pieces
        term, before = pieces[number].term, pieces[number - 1].term if number else ""
        behind = pieces[number + 1].term if number + 1 < len(pieces) else ""
        if before in _NOT_MYSELF or (
            before and term not in self._myself and self._message.is_name(pieces[number])
        ):
            return False  # "trẻ em", "Tây Ban Nha", "thủ tướng Anh"
        return term in self._words or (term in self._kin and behind in _OF_MYSELF)

    def _turns(self, number: int) -> bool:
        piece = self._message.pieces[number]
        return self._is_talk(number) or (piece.term in _TURNS and not self._message.is_name(piece))

    def _is_question(self, start: int, end: int) -> bool:
        """Tell whether these words name enough to be asked by themselves, and ask if any words do."""
        least = 1 if start in self._message.requested else _LEAST
        begin = self._message.end_of("SO", start, end) or start  # "giờ đi làm" asks for no hour
        kinds = [part.kind for part in self._message.parts(begin, end)]
        is_named = sum(kind in _NAMING for kind in kinds) >= least and not _SUBJECTS.isdisjoint(kinds)
        return is_named and (not self._is_asked or self._message.asks(start, end))

    def _names(self, start: int, end: int) -> int:
        return sum(part.kind is Role.SUBJECT for part in self._message.parts(start, end))
