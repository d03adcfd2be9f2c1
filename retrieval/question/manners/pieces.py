"""The words and marks of a question, some of which are cut as manners or told beside what is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from retrieval.question.manners.grammar import may_begin, may_open, rule, spelled
from retrieval.question.parts import Part, parts
from retrieval.question.roles import Role
from retrieval.text.analyzer import Token, fold


def listed(words: str) -> frozenset[str]:
    """Return the *words*, which stand apart by a space each."""
    return frozenset(words.split())


PAUSES = frozenset(",.*")  # signs of pieces between two clauses

_STOP = regex.compile(r"[.!?…。！？]+(?=[\s\p{P}\p{S}]|$)|[!?…。！？]|\n")
_COMMA = regex.compile(r"[,;，、;()]|:(?=\s|$)|(?<=\s)[-–—]+(?=\s)|[-–—]{2,}|(?<=\S)-(?=\s)|[.](?=\S)")
_QUOTE = regex.compile(r"[\"“”«»]")
_EMOJI = regex.compile(r"\p{Extended_Pictographic}|[:;=]['-]?[)(DPpvV3*]+|\^+_*\^+|[~<>]+|[)(]{2,}")
_SHORTENED = listed("tp tx tt th ths ts pgs gs bs cn q p h kp st no dr mr mrs ms vs đ")
# Words that end what is asked: a particle may follow, or who is asked.
ASKING_LAST = listed(
    "gi nao dau ai may nhieu sao khong ko k hok hong chua lau j bn bnh ntn nhiu dc đc khg khum hk"
)
_COUNTED = listed("nao may bao gi nhieu nhiu")
_REPLY = {("trả", "lời"), ("tra", "loi"), ("rep", "giúp"), ("phản", "hồi")}
_SELVES = listed("con cháu chau anh chị chi cô co chú chu bác bac dì di ông ong bà ba mệ me")
_SAID = listed("hỏi hoi cảm cám cam xin muốn muon")  # by whoever calls himself so
_AS_TYPED = listed("thi may ca tai")  # among words with accents these lack none: "thi lại" is no "thì lại"
_CALLS = listed("ơi oi ui ới")
_NEAR = 3  # words: "mấy giờ chiều ạ"

# Behind "không" or "chưa" these say nobody, nothing, nowhere: "không ai rành", "chưa biết gì hết".
_ANY = {("ai",), ("gì",), ("đâu",), ("ở", "đâu")}
_NOT = listed("không ko k hông hổng hong chưa chẳng chả khong chua chang")
_KNOWING = listed("biết hiểu rõ bít biet hieu ro")
_SEEN = listed("thấy có được thay co duoc")  # may stand between
_EMPHASIS = listed("hết cả trơn trọi luôn nữa mà lần het ca tron luon nua ma lan")  # may stand behind

Extent = tuple[int, int]  # numbers of pieces, from the first until before the last


@dataclass(slots=True)
class Piece:
    """A word, or a mark between two: ``question[start:end]``."""

    sign: str  # the folded word of the rules, "_" for any other word, or one of , . * "
    start: int
    end: int
    term: str = ""
    is_kept: bool = True
    is_context: bool = False


class Message:
    """A question as pieces, of which some are cut."""

    def __init__(self, question: str, words: list[Token]) -> None:
        self.question = question
        self._is_loud = question.upper() == question
        self._is_accented = 2 * sum(word.term != fold(word.term) for word in words) > len(words)
        self.pieces = list(self._read(words))
        self._line = "".join(f" {piece.sign}" for piece in self.pieces)
        self._at = [0]
        for piece in self.pieces:
            self._at.append(self._at[-1] + len(piece.sign) + 1)
        self._number = {at: number for number, at in enumerate(self._at)}
        self.is_polite = False
        self.requested = set[int]()  # where what somebody asks to be told begins
        self.is_asked_around = False  # "ai biết … không": the end asks no more than the beginning

    def _read(self, words: list[Token]) -> list[Piece]:
        """Return the pieces of the question, those that are no word between those that are."""
        found: list[Piece] = []
        first_of_sentence = True
        at = 0
        for word in words:
            found += self._marks(at, word.start, found)
            first_of_sentence = not found or found[-1].sign in {".", "*"}
            is_hectare = word.term == "ha" and bool(found) and found[-1].term.isdecimal()
            sign = "_" if is_hectare else self._sign(word, first_of_sentence)
            found.append(Piece(sign, word.start, word.end, word.term))
            at = word.end
        return found + self._marks(at, len(self.question), found)

    def _marks(self, start: int, end: int, before: list[Piece]) -> list[Piece]:
        gap = self.question[start:end]
        if gap in {"", " "}:
            return []
        quote = [Piece('"', start, end)] if _QUOTE.search(gap) else []
        sign = ""
        if gap == "." and self.question[end : end + 1].islower():
            return []  # within an address of the web
        if _STOP.search(gap if end == len(self.question) else f"{gap}_"):
            last = before[-1].term if before else ""
            is_short = gap.strip() == "." and (
                last in _SHORTENED or (len(last) == 1 and self.question[start - 1].isupper())
            )
            sign = "" if is_short else "."
        elif _EMOJI.search(gap):
            sign = "*"
        elif _COMMA.search(gap) and not (gap == ":" or (gap == "." and before and before[-1].term.isdigit())):
            sign = "" if gap == "." else ","
        return [*quote, Piece(sign, start, end)] if sign in {".", "*"} or (sign and not quote) else quote

    def _sign(self, word: Token, is_first: bool) -> str:
        written = self.question[word.start : word.end]
        if len(written) == 1 and written.isupper() and written != "I" and not is_first and not self._is_loud:
            return "_"  # "khối A"
        if self._is_accented and word.term in _AS_TYPED:
            return "_"
        return spelled(word.term) or "_"

    def is_colon(self, number: int) -> bool:
        """Tell whether it is a colon behind which something follows."""
        piece = self.pieces[number]
        return piece.sign == "," and ":" in self.question[piece.start : piece.end]

    def passed(self, at: int, end: int) -> int:
        """Return the first word from *at* on."""
        return next((number for number in range(at, end) if self.pieces[number].sign not in PAUSES), end)

    def is_marked(self, number: int) -> bool:
        """Tell whether the word has an accent."""
        term = self.pieces[number].term
        return term != fold(term)

    def is_name(self, piece: Piece) -> bool:
        """Tell whether the word has a capital, and not because all words do."""
        return self.question[piece.start].isupper() and not self._is_loud

    def last(self, begin: int, end: int) -> int:
        """Return the last word that is kept of a sentence, or a number before *begin*."""
        return next((n for n in range(end - 1, begin - 1, -1) if self.is_word(n)), begin - 1)

    def is_word(self, number: int) -> bool:
        """Tell whether it is a word or a quotation mark, and kept."""
        piece = self.pieces[number]
        return piece.is_kept and (piece.term != "" or piece.sign == '"')

    def is_apart(self, start: int) -> bool:
        """Tell whether something is cut before *start*, or a mark stands there."""
        return self.pieces[start - 1].sign in PAUSES or not self.pieces[start - 1].is_kept

    @property
    def speakers(self) -> frozenset[str]:
        """The words by which whoever asks calls himself: "bác" of "bác hỏi tí"."""
        return frozenset(
            piece.term
            for piece, after in pairwise(self.pieces)
            if not piece.is_kept and piece.sign in _SELVES and after.sign in _SAID
        )

    def is_called(self, term: str) -> bool:
        """Tell whether the message called somebody so: "anh ơi"."""
        return any(
            piece.term == term and not piece.is_kept and after.term in _CALLS
            for piece, after in pairwise(self.pieces)
        )

    def is_all(self, names: tuple[str, ...], start: int, end: int) -> bool:
        """Tell whether one of the rules *names* matches from *start* to *end*."""
        return any(
            rule(name).fullmatch(self._line, self._at[start], self._at[end])
            for name in self._begun(names, start, end)
        )

    def end_of(self, name: str, start: int, end: int) -> int | None:
        """Return where the rule *name* ends that begins at *start*; None if it does not match."""
        return self.longest((name,), start, end)

    def longest(self, names: tuple[str, ...], start: int, end: int) -> int | None:
        """Return where the longest of the rules *names* ends that begins at *start*; None if none matches."""
        found = [
            rule(name).match(self._line, self._at[start], self._at[end])
            for name in self._begun(names, start, end)
        ]
        reached = max((said.end() for said in found if said), default=-1)
        return self._number[reached] if reached >= 0 else None

    def _begun(self, names: tuple[str, ...], start: int, end: int) -> Iterator[str]:
        """Yield those of the rules *names* that may begin with the first words from *start* to *end*."""
        first, both = self._first(1, start, end), self._first(2, start, end)
        return (name for name in names if may_open(first, name) and may_begin(both, name))

    def _first(self, count: int, start: int, end: int) -> str:
        """Return the first words from *start* to *end*, with the space before the next: "là" is no "làm"."""
        behind = self._at[start + count] + 1 if start + count < end else self._at[end]
        return self._line[self._at[start] : behind]

    def is_asked(self, begin: int, end: int) -> bool:
        """Tell whether the words before *end* ask: "mấy giờ", "ở đâu"."""
        near = [fold(piece.term) for piece in self.pieces[max(begin, end - _NEAR) : end] if piece.term]
        return bool(near) and (near[-1] in ASKING_LAST or not _COUNTED.isdisjoint(near))

    def parts(self, start: int, end: int) -> tuple[Part, ...]:
        """Return the parts of what is kept of these words."""
        words = [piece for piece in self.pieces[start:end] if piece.is_kept and piece.term]
        return parts(self.question[words[0].start : words[-1].end]) if words else ()

    def asks(self, start: int, end: int) -> bool:
        """Tell whether these words ask something: "chưa biết gì hết" and "không ai rành" do not."""
        return self._has(frozenset({Role.ASKS, Role.CONFIRMS}), start, end)

    def wants(self, start: int, end: int) -> bool:
        """Tell whether these words ask for something, and not only whether it is so."""
        return self._has(frozenset({Role.ASKS}), start, end)

    def _has(self, roles: frozenset[Role], start: int, end: int) -> bool:
        return have_role(self.parts(start, end), roles)

    def is_question(self, run: Extent) -> bool:
        """Tell whether a question mark ends *run*."""
        mark = self.pieces[run[1]] if run[1] < len(self.pieces) else None
        return mark is not None and "?" in self.question[mark.start : mark.end]

    def says_reply(self, start: int, end: int) -> bool:
        """Tell whether these words speak of a reply: "anh chị nào đang trực trả lời giúp em"."""
        signs = [piece.sign for piece in self.pieces[start:end]]
        return any(pair in _REPLY for pair in pairwise(signs))

    def runs(self, marks: set[str]) -> list[Extent]:
        """Return where the runs between *marks* begin and end that have a word left."""
        places = [-1, *(n for n, piece in enumerate(self.pieces) if piece.sign in marks), len(self.pieces)]
        runs = [(before + 1, after) for before, after in pairwise(places)]
        return [run for run in runs if any(map(self.is_word, range(*run)))]

    def let_go(self, word: str, *, behind: str) -> None:
        """Cut a *word* that stands *behind* what a rule knows and says nothing: "phường mình"."""
        for at, piece in enumerate(self.pieces):
            if piece.term == word and any(self.is_all((behind,), at - n, at) for n in (1, 2, 3) if at >= n):
                piece.is_kept = False

    def drop(self, start: int, end: int) -> None:
        """Cut these pieces."""
        for piece in self.pieces[start:end]:
            piece.is_kept = False
        self.is_polite = True


def have_role(found: Sequence[Part], roles: frozenset[Role]) -> bool:
    """Tell whether one of the parts has one of *roles*, and does not mean nobody or nothing by it."""
    return any(part.kind in roles and not _is_nothing(found, at) for at, part in enumerate(found))


def _is_nothing(found: Sequence[Part], at: int) -> bool:
    """Tell whether a part that could ask says that something is not so, or means nobody or nothing."""
    if found[at].terms[0] in _NOT and at == 0 and len(found) > 1:
        return True  # "không ai bắt máy"
    before = [word for part in found[:at] for word in part.terms]
    after = {word for part in found[at + 1 :] for word in part.terms}
    if found[at].terms == ("nào",):  # "đường nào mà lần"
        return bool(after) and after <= _EMPHASIS and not _NOT.isdisjoint(before)
    if found[at].terms == ("sao",):  # "không biết trả lời sao", "thử xem sao"
        return before[-1:] == ["xem"] or (not _NOT.isdisjoint(before) and not _KNOWING.isdisjoint(before))
    if found[at].terms not in _ANY:
        return False
    if [part.terms for part in found[at + 1 : at + 2]] == [("cũng",)]:
        return True  # "hỏi gì cũng biết"
    if before and before[-1] in _SEEN:
        return not _NOT.isdisjoint(before[-2:-1])
    return not _NOT.isdisjoint(before if after <= _EMPHASIS else before[-1:])
