"""Set aside the manners around a question: greeting, address, request, particles, thanks.

They stand at the ends of a message, a sentence or a clause, and what they are made of is known as a grammar
(``retrieval.question.courtesy``). What is left is asked as it was typed: nothing is spelled anew.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise, zip_longest

import regex

from retrieval.question.courtesy import rule, rules, spelled
from retrieval.question.roles import Role, parts
from retrieval.text.analyzer import Token, fold, tokens
from retrieval.text.canonical import closed_up


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


LONGEST_MESSAGE = 120  # words; in what is longer nobody's manners are looked for

_STOP = regex.compile(r"[.!?…。！？]+(?=[\s\p{P}\p{S}]|$)|[!?…。！？]|\n")
_COMMA = regex.compile(r"[,;，、;()]|:(?=\s|$)|(?<=\s)[-–—]+(?=\s)|[-–—]{2,}|(?<=\S)-(?=\s)|[.](?=\S)")
_QUOTE = regex.compile(r"[\"“”«»]")
_ENDING = regex.compile(r"[)’”\"»]?\s?[?？!.]+|[)’”\"»]")
_EMOJI = regex.compile(r"\p{Extended_Pictographic}|[:;=]['-]?[)(DPpvV3*]+|\^+_*\^+|[~<>]+|[)(]{2,}")
_SHORTENED = _listed("tp tx tt th ths ts pgs gs bs cn q p h kp st no dr mr mrs ms vs đ")
_PAUSES = frozenset(",.*")

_LEADS = ("HELLO", "HELLO_BARE", "ALO", "DEAR", "CALLED", "NAMED", "SORRY", "YES", "THANKS_FIRST", "ASKING")
_LEADS_ENGLISH = ("E_HELLO", "E_SORRY", "E_ASK", "E_LEAD")
_LEADS_WITHIN = ("ASKING", "CALLED", "E_ASK")
_CLOSINGS_AT_ONCE = ("THANKING", "BYE_ONCE", "E_THANK_ONCE")  # right behind what is asked, without a mark
_CLOSINGS = ("THANKING", "BYE", "END_ASKING", "E_THANK", "E_BYE", "E_ASK", "GREETING_LAST")
# Words that end what is asked: a particle may follow, or who is asked.
_ASKED = _listed(
    "gi nao dau ai may nhieu sao khong ko k hok hong chua lau j bn bnh ntn nhiu dc đc khg khum hk"
)
_COUNTED = _listed("nao may bao gi nhieu nhiu")
_BEGUN = 2  # words behind a capital: "ở đâu Trân trọng"
_PLAIN = 4  # words of thanks that are no others
_NEAR = 3  # words: "mấy giờ chiều ạ"
_NO_PARTICLE_AFTER = _listed("nhu den toi la the ban dao vitamin khoi khu nhom nha lop hang loai")
_SPEAKERS = _listed("em e minh mình toi tui mk mik con vo ba may tui bon chung gia nha so lo hom nay gio")
_WORDS_OF_OTHERS = _listed("vay nha the a rua")  # "như vậy", "Tây Ban Nha", "khối a"
_COUNTING = _listed("nhieu nhiu may")
_COUNTABLE = _listed("bac bs")  # whoever is addressed; "bao nhiêu bác sĩ" asks for their number
_LONG_STORY = 25  # words
_LONGEST_CLOSING = 24  # words and marks
_MOST_CLOSINGS = 12  # of a sentence
_MOST_SENTENCES, _MOST_CLAUSES = 20, 30  # of a message that is told; a list has more
_LEFT = 3  # words for a subject that a question keeps when what is told beside it is set aside
_LEFT_OF_STORY = 2


_Run = tuple[int, int]  # numbers of elements, from the first until before the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """A question without its manners."""

    text: str  # the question itself if there is nothing else in it
    kept: tuple[tuple[int, int], ...]  # where the text stands in the question, in order
    context: str  # what is told beside what is asked; "" in most questions
    is_all: bool  # nothing is asked


@dataclass(slots=True)
class _Element:
    """A word, or a mark between two: ``question[start:end]``."""

    sign: str  # the folded word of the rules, "_" for any other word, or one of , . * "
    start: int
    end: int
    term: str = ""
    is_kept: bool = True
    is_context: bool = False


_LEADING = (_LEADS + _LEADS_ENGLISH, _LEADS_WITHIN)
_SINGLE = (
    "ASKING",
    "CALLED_LAST",
    "E_ASK",
    "PERSONAL",
    "SO",
    "TO",
    "TO_BARE",
    "WHO_ASKED",
    "WISH",
    "WITHIN",
    "YES_I",
)
_OTHERS = (_CLOSINGS, _CLOSINGS_AT_ONCE, *((name,) for name in _SINGLE))


def prepare() -> None:
    """Compile the rules, a second's work; or else whoever first says "dạ cho em hỏi" waits for it."""
    for names in _LEADING:
        rules(*names)
    for others in _OTHERS:
        rule(*others)


@lru_cache(maxsize=64)  # of one question it is asked several times
def set_aside(question: str) -> Manners:
    """Return *question*, which is clean, without what is only said for good manners."""
    whole = Manners(text=question, kept=((0, len(question)),), context="", is_all=False)
    words = list(tokens(question))
    if not words or len(words) > LONGEST_MESSAGE:
        return whole
    message = _Message(question, words)
    message.cut()
    elements = message.elements
    if all(element.is_kept and not element.is_context for element in elements if element.term):
        return whole
    spans = _spans(question, [element.is_kept and not element.is_context for element in elements], elements)
    if not spans:
        return Manners(text=question, kept=((0, len(question)),), context="", is_all=True)
    told = _spans(question, [element.is_kept and element.is_context for element in elements], elements)
    return Manners(
        text=_joined(question, spans), kept=tuple(spans), context=_joined(question, told), is_all=False
    )


# Who types accents does not leave out these: an elephant, a card, a loan.
_OTHERS_AMONG_MARKED = frozenset({"voi", "the", "vay"})


class _Message:
    """The words and marks of a question, of which some are cut."""

    def __init__(self, question: str, words: list[Token]) -> None:
        self._question = question
        self._is_loud = question.upper() == question
        self.elements = list(self._read(words))
        self._line = "".join(f" {element.sign}" for element in self.elements)
        self._at = [0]
        for element in self.elements:
            self._at.append(self._at[-1] + len(element.sign) + 1)
        self._number = {at: number for number, at in enumerate(self._at)}
        self._is_polite = False
        self._requested = set[int]()  # where what somebody asks to be told begins

    def cut(self) -> None:
        """Set aside what is manners, then what only tells how things came about."""
        if sum(element.sign == "." for element in self.elements) > _MOST_SENTENCES:
            return
        sentences = self._sentences()
        begins = [self._lead(start, end) for start, end in sentences]
        while True:  # a thanks of its own sentence is cut as a whole, which shows that "nha" is no word
            was_polite = self._is_polite
            for begin, (_, end) in zip(begins, sentences, strict=True):
                self._close(begin, end)
            if was_polite == self._is_polite:
                break
        for begin, end in self._runs({".", ","}) if self._is_polite else []:
            self._wish(begin, end)
        self._tell()

    def _wish(self, begin: int, end: int) -> None:
        """Cut "em muốn" before what somebody wants, and particles at the end of a clause."""
        first = next(filter(self._is_word, range(begin, end)), end)
        found = rule("WISH").match(self._line, self._at[first], self._at[end])
        if found and self._number[found.end()] <= self._last(begin, end):
            reached = self._number[found.end()]
            self._drop(first, reached)
            if first in self._requested:
                self._requested.add(reached)
        while (at := self._last(begin, end)) > begin and self._is_particle(begin, at):
            self._drop(at, at + 1)

    def _read(self, words: list[Token]) -> list[_Element]:
        """Return the elements of the question, those that are no word between those that are."""
        found: list[_Element] = []
        first_of_sentence = True
        at = 0
        for word in words:
            found += self._marks(at, word.start, found)
            first_of_sentence = not found or found[-1].sign in {".", "*"}
            found.append(_Element(self._sign(word, first_of_sentence), word.start, word.end, word.term))
            at = word.end
        return found + self._marks(at, len(self._question), found)

    def _marks(self, start: int, end: int, before: list[_Element]) -> list[_Element]:
        gap = self._question[start:end]
        if gap in {"", " "}:
            return []
        quote = [_Element('"', start, end)] if _QUOTE.search(gap) else []
        sign = ""
        if _STOP.search(gap if end == len(self._question) else f"{gap}_"):
            last = before[-1].term if before else ""
            is_short = gap.strip() == "." and (
                last in _SHORTENED or (len(last) == 1 and self._question[start - 1].isupper())
            )
            sign = "" if is_short else "."
        elif _EMOJI.search(gap):
            sign = "*"
        elif _COMMA.search(gap) and not (gap == ":" or (gap == "." and before and before[-1].term.isdigit())):
            sign = "" if gap == "." else ","
        return [*quote, _Element(sign, start, end)] if sign in {".", "*"} or (sign and not quote) else quote

    def _sign(self, word: Token, is_first: bool) -> str:
        written = self._question[word.start : word.end]
        if len(written) == 1 and written.isupper() and written != "I" and not is_first and not self._is_loud:
            return "_"  # "khối A"
        return spelled(word.term) or "_"

    def _sentences(self) -> list[tuple[int, int]]:
        """Return where sentences begin and end; a request within begins another if nothing is asked yet."""
        found: list[tuple[int, int]] = []
        start = 0
        for number, element in enumerate([*self.elements, None]):
            if element is None or element.sign == ".":
                if number > start:
                    found += self._parted(start, number)
                start = number + 1
        return found

    def _parted(self, start: int, end: int) -> list[tuple[int, int]]:
        for number in range(self._led(start, end) + 1, end):
            if self.elements[number].sign in {"cho", "xin", "vui", "lam"} and (
                found := rule("WITHIN").match(self._line, self._at[number], self._at[end])
            ):
                if found.end() == self._at[end] or self._asks(start, number):
                    return [(start, end)]
                called = self._called_before(start, number)
                return [(start, called), (called, end)] if called > start else [(start, end)]
        return [(start, end)]

    def _led(self, start: int, end: int) -> int:
        """Return where the manners end that open a sentence."""
        at = start
        while at < end and (reached := self._longest(at, end, _LEADS + _LEADS_ENGLISH)) is not None:
            at = self._passed(reached, end)
        return at

    def _passed(self, at: int, end: int) -> int:
        """Return the first word from *at* on."""
        return next((number for number in range(at, end) if self.elements[number].sign not in _PAUSES), end)

    def _called_before(self, start: int, end: int) -> int:
        """Return where whoever is asked is named before *end*; *end* where nobody is."""
        for number in range(max(start, end - 4), end):
            if rule("WHO_ASKED").fullmatch(self._line, self._at[number], self._at[end]):
                return number
        return end

    def _lead(self, start: int, end: int) -> int:
        """Cut the manners that open each clause of a sentence; return where the sentence then begins."""
        begin = self._skip(start, end, _LEADS + _LEADS_ENGLISH)
        for number in range(begin + 1, end - 1):
            if self.elements[number].sign == ",":
                self._skip(number + 1, end, _LEADS_WITHIN)
        return begin

    def _skip(self, start: int, end: int, names: tuple[str, ...]) -> int:
        at = start
        while at < end:
            reached = self._longest(at, end, names)
            if reached is None:
                break
            is_request = any(
                rule(name).fullmatch(self._line, self._at[at], self._at[reached])
                for name in ("ASKING", "E_ASK")
            )
            self._drop(at, reached)
            at = self._passed(reached, end)
            if is_request:
                self._requested.add(at)
        return at

    def _longest(self, at: int, end: int, names: tuple[str, ...]) -> int | None:
        """Return the end of the longest of the rules *names* that matches *at*; None where none does."""
        if self.elements[at].sign in {"_", '"'} | _PAUSES:
            return None
        found = rules(*names).match(self._line, self._at[at], self._at[end])
        ends = [span[1] for span in found.regs[-len(names) :]] if found else []
        if self._is_marked(at) and (yes := rule("YES_I").match(self._line, self._at[at], self._at[end])):
            ends.append(yes.end())
        longest = max(ends, default=-1)
        return self._number[longest] if longest > self._at[at] else None

    def _is_marked(self, number: int) -> bool:
        term = self.elements[number].term
        return term != fold(term)

    def _close(self, begin: int, end: int) -> None:
        """Cut the manners that a sentence ends with."""
        for _ in range(_MOST_CLOSINGS):
            if (at := self._last(begin, end)) < begin:
                return
            last = at + 1
            start = self._closing(begin, last)
            if start is None and self._is_particle(begin, at):
                start = at
            if start is None:
                start = self._addressed(begin, last)
            if start is None:
                return
            self._drop(start, last)

    def _last(self, begin: int, end: int) -> int:
        """Return the last word that is kept of a sentence, or a number before *begin*."""
        return next((n for n in range(end - 1, begin - 1, -1) if self._is_word(n)), begin - 1)

    def _is_word(self, number: int) -> bool:
        element = self.elements[number]
        return element.is_kept and (element.term != "" or element.sign == '"')

    def _closing(self, begin: int, last: int) -> int | None:
        """Return where thanks, a wish or a request begins that reaches to *last*; None where none does."""
        for start in range(max(begin, last - _LONGEST_CLOSING), last):
            if not self.elements[start].is_kept or self.elements[start].sign in {"_", '"'} | _PAUSES:
                continue
            is_begun = self._is_name(self.elements[start]) and last - start >= _BEGUN
            is_apart = start == begin or is_begun or self._is_apart(start)
            names = _CLOSINGS if is_apart else _CLOSINGS_AT_ONCE
            if self._matches(names, start, last) and (
                is_apart or last - start >= _PLAIN or self._asks(begin, start)
            ):
                return start
            if self.elements[start].sign in {"please", "pls", "plz"} and last - start == 1:
                return start
        return None

    def _is_apart(self, start: int) -> bool:
        """Tell whether something is cut before *start*, or a mark stands there."""
        return self.elements[start - 1].sign in _PAUSES or not self.elements[start - 1].is_kept

    def _is_particle(self, begin: int, at: int) -> bool:
        """Tell whether the word *at* the end of a sentence is a particle, and no word of its own."""
        element = self.elements[at]
        if at == begin or not element.term or self._is_name(element):
            return False
        if element.term in _OTHERS_AMONG_MARKED and any(map(self._is_marked, range(begin, at))):
            return False
        before = self.elements[at - 1]
        if before.sign in _PAUSES:
            return self._is_polite and self._matches(("LOOSE",), at, at + 1)
        if (
            fold(element.term) in _WORDS_OF_OTHERS
            and element.term != "ạ"
            and fold(before.term) in _NO_PARTICLE_AFTER
        ):
            return False
        if self._is_marked(at) and self._matches(("SURE",), at, at + 1):
            return True
        is_next = fold(before.term) in _ASKED or not before.is_kept
        is_next = is_next or (self._is_marked(at - 1) and self._matches(("SURE", "LOOSE_MARKED"), at - 1, at))
        if is_next and self._matches(("LAST",), at, at + 1):
            return self._is_marked(at) or element.term == "ta"
        if self._is_marked(at) and self._is_asked(begin, at) and self._matches(("LOOSE_MARKED",), at, at + 1):
            return True
        if self._is_asked(begin, at) and self._matches(("LOOSE",), at, at + 1):
            return True
        mild = ("MILD", "MILD_MARKED") if self._is_marked(at) else ("MILD",)
        return self._is_polite and self._matches(mild, at, at + 1)

    def _addressed(self, begin: int, last: int) -> int | None:
        """Return where whoever is asked is named at the end of a sentence; None where nobody is."""
        for start in range(max(begin + 1, last - 5), last):
            before = self.elements[start - 1]
            is_apart = before.sign in _PAUSES or not before.is_kept
            is_after = is_apart or (
                fold(before.term) in _ASKED
                and not (fold(before.term) in _COUNTING and fold(self.elements[start].term) in _COUNTABLE)
            )
            name = "TO" if is_apart or self._is_marked(start) else "TO_BARE"
            if self._matches(("CALLED_LAST",), start, last) or (
                is_after and not self._is_name(self.elements[start]) and self._matches((name,), start, last)
            ):
                return start
        return None

    def _is_name(self, element: _Element) -> bool:
        return self._question[element.start].isupper() and not self._is_loud

    def _matches(self, names: tuple[str, ...], start: int, end: int) -> bool:
        return rule(*names).fullmatch(self._line, self._at[start], self._at[end]) is not None

    def _is_asked(self, begin: int, end: int) -> bool:
        """Tell whether the words before *end* ask: "mấy giờ", "ở đâu"."""
        near = [fold(one.term) for one in self.elements[max(begin, end - _NEAR) : end] if one.term]
        return bool(near) and (near[-1] in _ASKED or not _COUNTED.isdisjoint(near))

    def _asks(self, start: int, end: int) -> bool:
        """Tell whether these words ask something."""
        words = [element for element in self.elements[start:end] if element.is_kept and element.term]
        if not words:
            return False
        found = parts(self._question[words[0].start : words[-1].end])
        return any(part.kind in {Role.ASKS, Role.CONFIRMS} for part in found)

    def _drop(self, start: int, end: int) -> None:
        for element in self.elements[start:end]:
            element.is_kept = False
        self._is_polite = True

    def _tell(self) -> None:
        """Mark as context what is told beside what is asked, if enough of that is left."""
        clauses = self._clauses()
        if len(clauses) > _MOST_CLAUSES:
            return
        length = sum(1 for element in self.elements if element.is_kept and element.term)
        if len(clauses) < 2 or not (self._is_polite or length >= _LONG_STORY):
            return
        focus = self._focus(clauses, is_story=length >= _LONG_STORY)
        if not focus or len(focus) == len(clauses):
            return
        if not self._is_polite and not any(map(self._is_personal, clauses)):
            return
        least = _LEFT_OF_STORY if length >= _LONG_STORY else _LEFT
        if sum(self._subject_words(*clause) for clause in focus) < least:
            return
        for clause in clauses:
            if clause not in focus:
                for element in self.elements[slice(*clause)]:
                    element.is_context = True
        start, end = focus[0]
        if start > clauses[0][0] and (found := rule("SO").match(self._line, self._at[start], self._at[end])):
            self._drop(start, self._number[found.end()])

    def _focus(self, clauses: list[_Run], *, is_story: bool) -> list[_Run]:
        """Return those of *clauses* that ask, with all that belongs to them; [] if none does."""
        asking = [clause for clause in clauses if self._asks(*clause) or clause[0] in self._requested]
        if not asking:
            return []
        requested = [clause for clause in clauses if clause[0] in self._requested]
        if not is_story:
            first = requested[0][0] if requested else 0
            last = asking[-1][0]
            return [
                clause
                for clause in clauses
                if clause in asking or not self._is_personal(clause) or first <= clause[0] < last
            ]
        within = [run for run in self._runs({"."}) if any(run[0] <= one[0] < run[1] for one in requested)]
        within = within or [run for run in self._runs({"."}) if self._is_question(run)]
        within = within or [run for run in self._runs({"."}) if self._asks(*run)][-1:]
        return [
            clause
            for clause in clauses
            if any(start <= clause[0] < end for start, end in within)
            and (clause in asking or not self._is_personal(clause))
        ]

    def _is_personal(self, clause: _Run) -> bool:
        first = self.elements[clause[0]]
        if not self._is_marked(clause[0]) and first.term not in _SPEAKERS:
            return False  # "co" may be cô, and as well có
        return rule("PERSONAL").match(self._line, self._at[clause[0]], self._at[clause[1]]) is not None

    def _is_question(self, run: _Run) -> bool:
        return run[1] < len(self.elements) and "?" in self._question[slice(*self._mark_at(run[1]))]

    def _mark_at(self, number: int) -> tuple[int, int]:
        return self.elements[number].start, self.elements[number].end

    def _runs(self, marks: set[str]) -> list[_Run]:
        """Return where the runs between *marks* begin and end that have a word left."""
        places = [-1, *(n for n, one in enumerate(self.elements) if one.sign in marks), len(self.elements)]
        runs = [(before + 1, after) for before, after in pairwise(places)]
        return [run for run in runs if any(map(self._is_word, range(*run)))]

    def _clauses(self) -> list[_Run]:
        """Return where the clauses begin and end of which a word is left, without what is cut."""
        return [
            run
            for start, end in self._runs({".", ","})
            for is_kept, run in self._kept_runs(start, end)
            if is_kept
        ]

    def _kept_runs(self, start: int, end: int) -> list[tuple[bool, _Run]]:
        grouped = groupby(range(start, end), self._is_word)
        return [
            (is_kept, (numbers[0], numbers[-1] + 1))
            for is_kept, numbers in ((k, list(n)) for k, n in grouped)
        ]

    def _subject_words(self, start: int, end: int) -> int:
        words = [element for element in self.elements[start:end] if element.is_kept and element.term]
        found = parts(self._question[words[0].start : words[-1].end])
        return sum(part.kind is Role.SUBJECT for part in found)


def _spans(question: str, kept: list[bool], elements: list[_Element]) -> list[tuple[int, int]]:
    """Return where the words that are *kept* stand, with the marks between two of them and behind."""
    spans: list[tuple[int, int]] = []
    is_open = False  # whether the last span may go on
    for element, is_kept in zip(elements, kept, strict=True):
        if element.term or element.sign == '"':
            if is_kept and is_open:
                spans[-1] = (spans[-1][0], element.end)
            elif is_kept:
                spans.append((element.start, element.end))
            is_open = is_kept
    return [(start, _with_mark(question, end)) for start, end in spans]


def _with_mark(question: str, end: int) -> int:
    """Return the end of a span with the mark behind it that ends a question."""
    found = _ENDING.match(question, end)
    return found.end() if found else end


def _joined(question: str, spans: list[tuple[int, int]]) -> str:
    """Return the text of *spans*, joined; a comma that stands between two of them is kept."""
    text = ""
    for (start, end), after in zip_longest(spans, spans[1:]):
        gap = question[end : after[0]] if after else ""
        text += question[start:end] + (", " if "," in gap and question[end - 1].isalnum() else " ")
    return closed_up(text)
