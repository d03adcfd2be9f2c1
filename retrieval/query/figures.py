"""Dates, times, amounts and numbers of documents in a question, and how else they are written.

    01/05/2016    ngày 1 tháng 5 năm 2016, 1-5-2016, 1.5.2016, May 1, 2016, …
    8h30          8 giờ 30, 08:30, 8g30, …
    8.000 đồng    8000 đồng, 8 nghìn đồng, 8k, …
    chỉ thị 3     Chỉ thị số 03, 03-CT, …

All are found like other wordings (``retrieval.query.thesaurus``). ``question.moments`` knows dates and times.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from retrieval.query.spelling import Word
from retrieval.query.synonyms import Wording
from retrieval.question.moments import BEGINS, DATE, ENDS, NAME, TIME, Run, Said, date, digits, legible, time
from retrieval.text.analyzer import fold, terms

_SOMETHING = re.compile(rf"(?<!\d)(?!(?:19|20)\d\d(?!\w))\d|{NAME}|dong")  # years are written in one way
# Words of figures and around them. Others keep their accents: "thắng 5" is no month, "3 ngân hàng" no 3000.
_SPELLED = (
    "ngày mùng mồng hôm tháng năm giờ rưỡi phút nghìn ngàn triệu tỷ tỉ đồng chỉ thị nghị quyết định "
    "thông tư kế hoạch công văn thông báo số sáng trưa chiều tối đêm dịp lễ nghỉ thứ tư sáu bảy chủ nhật "
    "từ trước sau hạn nhà hẻm ngõ kiệt đường lô tổ khu phòng lớp liên tịch luật lệnh qđ nđ tỷ lệ"
)
_WORDS = frozenset(_SPELLED.split())
_AMOUNT = regex.compile(
    rf"""{BEGINS}(?:
        (?P<count>[0-9]+(?:[.,][0-9]{{1,2}})?)\ ?(?P<unit>k|nghin|ngan(?!\ hang)|tr|trieu|ty|ti)
        |(?P<digits>[1-9][0-9]{{0,2}}(?:(?:\.[0-9]{{3}})+|(?:,[0-9]{{3}})+)|[1-9][0-9]{{3,}})
    )(?P<currency>\ ?d|\ ?vnd|\ dong)?{ENDS}""",
    regex.VERBOSE,
)
_DOCUMENTS = {
    "chi thi": ("chỉ thị", "ct"),
    "nghi quyet": ("nghị quyết", "nq"),
    "quyet dinh": ("quyết định", "qđ"),
    "nghi dinh": ("nghị định", "nđ"),
    "thong tu": ("thông tư", "tt"),
    "ke hoach": ("kế hoạch", "kh"),
    "cong van": ("công văn", "cv"),
    "thong bao": ("thông báo", "tb"),
}
_CODES = {fold(code): (kind, code) for kind, code in _DOCUMENTS.values()}
_DOCUMENT = regex.compile(
    rf"""{BEGINS}(?:
        (?P<kind>{"|".join(map(regex.escape, _DOCUMENTS))})\ (?:so:?\ )?(?P<number>[0-9]{{1,4}})
        |(?P<number>[0-9]{{1,4}})[-–/\ ](?P<code>{"|".join(_CODES)})
    )(?![\w:]|[.,]\w|[-–/]\d{{1,2}}\b)""",
    regex.VERBOSE,
)
_DIGIT = regex.compile(rf"{BEGINS}[1-9]{ENDS}")

_UNITS = {"k": 3, "nghin": 3, "ngan": 3, "tr": 6, "trieu": 6, "ty": 9, "ti": 9}  # powers of ten
_COUNTED = {3: ("{}k", "{} nghìn", "{} ngàn"), 6: ("{}tr", "{} triệu"), 9: ("{} tỷ", "{} tỉ")}
_YEARS = range(1900, 2100)  # no amounts, but of money


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Words ``begin..end`` of a question that say a date, a time, a number, or a part of it."""

    begin: int
    end: int
    wordings: tuple[Wording, ...]  # all ways to write it; the one of the question may be among them


def figures(question: str, words: Sequence[Word]) -> list[Figure]:
    """Return the dates, times and numbers in *question*, whose words are *words*, with their wordings.

    A date is two figures, its day with the month and its month with the year: so it also meets what says
    only one of these.
    """
    if not any(map(str.isdigit, question)):
        return []
    spelled = ((word.typed, word.start, word.end) for word in words)
    text, starts = legible(question, spelled, _WORDS)
    if not _SOMETHING.search(text):
        return []
    return [
        Figure(
            begin=bisect_right(starts, begin) - 1,
            end=bisect_right(starts, end - 1),
            wordings=tuple(dict.fromkeys(tuple(terms(wording)) for wording in wordings)),
        )
        for (begin, end), wordings in _said(text)
    ]


def _said(text: str) -> Iterator[Said]:
    taken: list[Run] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            if all(match.end() <= begin or end <= match.start() for begin, end in taken) and (
                said := read(match)
            ):
                taken.append(match.span())
                yield from said


def _document(match: regex.Match[str]) -> list[Said]:
    kind, code = _DOCUMENTS[match["kind"]] if match["kind"] else _CODES[match["code"]]
    patterns = (f"{kind} {{}}", f"{kind} số {{}}", f"{{}}-{code}")
    return [(match.span(), [one.format(n) for one in patterns for n in digits(int(match["number"]))])]


def _amount(match: regex.Match[str]) -> list[Said]:
    if unit := match["unit"]:
        value = round(float(match["count"].replace(",", ".")) * 10 ** _UNITS[unit])
    else:
        value = int(regex.sub("[.,]", "", match["digits"]))
    if value in _YEARS and not match["currency"]:
        return []
    is_money = match["currency"] is not None
    numbers = _numbers(value)
    written = [f"{one} đồng" for one in numbers] if is_money else numbers
    if is_money or unit == "k":
        written += [f"{one}đ" for one in numbers] + [f"{value // 1000}k"] * (value % 1000 == 0)
    return [(match.span(), written)]


def _numbers(value: int) -> list[str]:
    written = [str(value), f"{value:,}", f"{value:,}".replace(",", ".")]
    for power, patterns in _COUNTED.items():
        if 10**power <= value < 10 ** (power + 3) and value % 10 ** (power - 1) == 0:
            count = f"{value / 10**power:.15g}".replace(".", ",")
            written += [pattern.format(count) for pattern in patterns]
    return written


def _digit(match: regex.Match[str]) -> list[Said]:
    return [(match.span(), digits(int(match[0])))]


_READERS = ((_DOCUMENT, _document), (DATE, date), (TIME, time), (_AMOUNT, _amount), (_DIGIT, _digit))
