"""Dates, times, amounts and numbers of documents in a question, and how else they are written.

    01/05/2016    ngày 1 tháng 5 năm 2016, 1-5-2016, 1.5.2016, May 1, 2016, …
    8h30          8 giờ 30, 08:30, 8g30, …
    8.000 đồng    8000 đồng, 8 nghìn đồng, 8k, …
    2tr950        2.950.000, 2,95 triệu, …
    chỉ thị 3     Chỉ thị số 03, 03-CT, …
    10km          10 km, 10 cây số, …
    thứ 7         thứ bảy
    0278.3555166  0278 3555 166, 02783555166, +84 278 3555 166, …
    72c12345      72C-123.45, 72C 123.45, …

All are found like other wordings (``query.thesaurus``). ``question.times.moments`` knows dates and times.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from retrieval.query.synonyms import Wording
from retrieval.query.word import Word
from retrieval.question.times.moments import (
    BEGINS,
    DATE,
    ENDS,
    NAME,
    TIME,
    Said,
    Stretch,
    date,
    digits,
    legible,
    time,
)
from retrieval.text.analyzer import fold, terms

_SOMETHING = re.compile(rf"(?<!\d)(?!(?:19|20)\d\d(?!\w))\d|{NAME}|dong")  # years are written in one way
# Words of figures and around them. Others keep their accents: "thắng 5" is no month, "3 ngân hàng" no 3000.
_SPELLED = (
    "ngày mùng mồng hôm tháng năm giờ rưỡi phút nghìn ngàn triệu tỷ tỉ đồng chỉ thị nghị quyết định "
    "thông tư kế hoạch công văn thông báo số sáng trưa chiều tối đêm dịp lễ nghỉ thứ tư sáu bảy chủ nhật "
    "cây ki lô mét vuông khối ký kí cân lít hecta "
    "từ trước sau hạn nhà hẻm ngõ kiệt đường lô tổ khu phòng lớp liên tịch luật lệnh qđ nđ tỷ lệ"
)
_WORDS = frozenset(_SPELLED.split())
_AMOUNT = regex.compile(
    rf"""{BEGINS}(?:
        (?P<count>[0-9]+)(?P<unit>k|tr|trieu|ty|ti)(?P<rest>[0-9]{{1,3}})
        |(?P<count>[0-9]+(?:[.,][0-9]{{1,2}})?)\ ?(?P<unit>k|nghin|ngan(?!\ hang)|tr|trieu|ty|ti)
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
# Of what is counted: as it is shortened first, as it is said behind.
_MEASURES = {
    "km": ("km", "cây số", "ki lô mét"),
    "m": ("m", "mét"),
    "m2": ("m2", "m²", "mét vuông"),
    "m3": ("m3", "m³", "mét khối", "khối"),
    "cm": ("cm", "xăng ti mét", "phân"),
    "mm": ("mm", "li"),
    "kg": ("kg", "ký", "kí", "cân", "ki lô gam"),
    "l": ("l", "lít"),
    "ml": ("ml",),
    "mg": ("mg",),
    "ha": ("ha", "hecta"),
    "kw": ("kW", "ki lô oát"),
    "gb": ("GB",),
    "mb": ("MB",),
}
_SHORTENED = {"t": ("tuổi", "tháng", "tấn"), "p": ("phút",)}
_MEASURED = {fold(said): names for names in _MEASURES.values() for said in names}
_SHORT, _LONG = (
    "|".join(sorted(names, key=len, reverse=True)) for names in ({**_MEASURES, **_SHORTENED}, _MEASURED)
)
_MEASURE = regex.compile(
    rf"""{BEGINS}(?P<number>[0-9]+(?:[.,][0-9]{{1,2}})?)
    (?:(?P<measure>{_SHORT}|m²|m³)|\ (?P<measure>{_LONG.replace(" ", chr(92) + " ")})){ENDS}""",
    regex.VERBOSE,
)
_WEEKDAYS = dict(zip("234567", ("hai", "ba", "tư", "năm", "sáu", "bảy"), strict=True))
_WEEKDAY = regex.compile(rf"{BEGINS}(?:thu\ |t)(?P<digit>[2-7]){ENDS}")
_PHONE = regex.compile(
    r"(?:(?<=\+)|(?<![\w.,+]))(?:(?:00)?84|0(?!0)|1(?=[89]00))(?:[ .–-]?[0-9]){7,10}(?!\w|[.,–-]\d)"
)
# Digits behind the first 3 to 5, as they are grouped; what is over stands last.
_GROUPS = ((3, 4), (4, 3), (3, 3), (4, 4), (3, 2), (2, 2, 2), (3,), (6,), (7,), (4,), (2, 3), (2, 2))
_PLATE = regex.compile(
    rf"""{BEGINS}(?P<place>[0-9]{{2}})\ ?-?(?P<series>[a-z]{{1,2}}[0-9]??)\ ?-?
    (?P<number>[0-9]{{3}}\.?[0-9]{{2}}|[0-9]{{4}}){ENDS}""",
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
    taken: list[Stretch] = []
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
    return [(match.span(), [pattern.format(n) for pattern in patterns for n in digits(int(match["number"]))])]


def _amount(match: regex.Match[str]) -> list[Said]:
    if unit := match["unit"]:
        count = match["count"].replace(",", ".") + (f".{match['rest']}" if match["rest"] else "")
        value = round(float(count) * 10 ** _UNITS[unit])
    else:
        value = int(regex.sub("[.,]", "", match["digits"]))
    if value in _YEARS and not match["currency"]:
        return []
    is_money = match["currency"] is not None
    numbers = _numbers(value)
    written = [f"{number} đồng" for number in numbers] if is_money else numbers
    if is_money or unit == "k":
        written += [f"{number}đ" for number in numbers] + [f"{value // 1000}k"] * (value % 1000 == 0)
    return [(match.span(), written)]


def _numbers(value: int) -> list[str]:
    written = [str(value), f"{value:,}", f"{value:,}".replace(",", ".")]
    for power, patterns in _COUNTED.items():
        if 10**power <= value < 10 ** (power + 3) and value % 10 ** (power - 2) == 0:
            count = f"{value / 10**power:.15g}".replace(".", ",")
            written += [pattern.format(count) for pattern in patterns]
    return written


def _measure(match: regex.Match[str]) -> list[Said]:
    number = match["number"]
    numbers = dict.fromkeys([number, number.replace(",", "."), number.replace(".", ",")])
    measure = match["measure"]
    names = _SHORTENED.get(measure) or _MEASURES.get(measure) or _MEASURED[measure]
    glued = [f"{number}{name}" for number in numbers for name in names if name.isascii() and len(name) < 3]
    return [(match.span(), glued + [f"{number} {name}" for number in numbers for name in names])]


def _weekday(match: regex.Match[str]) -> list[Said]:
    digit = match["digit"]
    return [(match.span(), [f"thứ {_WEEKDAYS[digit]}", f"thứ {digit}", f"t{digit}"])]


def _phone(match: regex.Match[str]) -> list[Said]:
    """Return a telephone number in all groupings, with the country's code and without it."""
    number = regex.sub("^(?:00)?84", "0", "".join(filter(str.isdigit, match[0])))
    if len(number) not in ((8, 10) if number[0] == "1" else (10, 11)):
        return []
    written = [number] + ([f"84{number[1:]}"] if number[0] == "0" else [])
    for size in (3, 4, 5):
        begin, rest = number[:size], number[size:]
        for groups in _GROUPS:
            if 0 <= len(rest) - sum(groups) <= 4:
                parts = [begin, *_cut(rest, groups)]
                written += [" ".join(parts), ".".join(parts)]
                written += [f"84 {' '.join([begin[1:], *parts[1:]])}"] if begin[0] == "0" else []
    return [(match.span(), list(dict.fromkeys(written)))]


def _cut(digits: str, groups: Sequence[int]) -> Iterator[str]:
    """Yield *digits* in *groups*, and what is over."""
    for size in groups:
        yield digits[:size]
        digits = digits[size:]
    if digits:
        yield digits


def _plate(match: regex.Match[str]) -> list[Said]:
    """Return a vehicle's plate as it is stamped and as it is typed."""
    letters, number = f"{match['place']}{match['series']}", match["number"].replace(".", "")
    dotted = f"{number[:3]}.{number[3:]}"
    return [
        (
            match.span(),
            [f"{letters} {dotted}", f"{letters} {number}", f"{letters}{number}", f"{letters}{dotted}"],
        )
    ]


def _digit(match: regex.Match[str]) -> list[Said]:
    return [(match.span(), digits(int(match[0])))]


_READERS = (
    (_PHONE, _phone),
    (_DOCUMENT, _document),
    (DATE, date),
    (TIME, time),
    (_AMOUNT, _amount),
    (_MEASURE, _measure),
    (_WEEKDAY, _weekday),
    (_PLATE, _plate),
    (_DIGIT, _digit),
)
