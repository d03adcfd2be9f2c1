"""Patterns of each kind of thing in an article: where a text may hold what a question asks for.

The patterns are those of Vietnamese offices and papers, and of English ones. They say that something of a
kind stands there; whether it belongs to what is asked, the words around it tell.
"""

from collections.abc import Iterator
from functools import lru_cache

import regex

from retrieval.question.kind import Kind, counted
from retrieval.text.analyzer import terms

_UNITS = r"đồng|đ|nghìn|ngàn|triệu|tỷ|tỉ|tr|k|vnđ|vnd|dong|usd|đô la|euro|dollars?"
_DAYS = r"thứ\s(?:hai|ba|tư|năm|sáu|bảy|bẩy)|chủ nhật|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_MONTHS = r"january|february|march|april|may|june|july|august|september|october|november|december"
_NAME = r"(?<!\p{L})\p{Lu}\p{Ll}*(?:\s\p{Lu}\p{Ll}*)"  # two capitals at least follow each other
_TITLES = (
    r"(?:ông|bà|anh|chị|cô|chú|bác|thầy|cụ|em|bé|đồng chí|bác sĩ|thạc sĩ|"
    r"tiến sĩ|luật sư|đại tá|thượng tá|trung tá|"
    r"thiếu tá|đại úy|điều dưỡng|mr|mrs|ms|dr)\.?"
)

_SCALES = r"trăm|chục|rưỡi|nghìn|ngàn|triệu|tỷ|tỉ"
_DIGITS = rf"(?:một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|mốt|linh|lẻ|{_SCALES})"
_SPELLED = rf"\b{_DIGITS}(?:\s{_DIGITS})*+(?<={_SCALES})\sđồng\b"  # "ba mươi nghìn đồng", no "hai đồng chí"

_PATTERNS: dict[Kind, str] = {
    Kind.MONEY: rf"\d[\d.,]*\s?(?:{_UNITS})\b|\$\s?\d|{_SPELLED}"
    # A row of a table leaves the unit to the head of its column.
    r"|(?<=[–|:] )\d{1,3}(?:[.,]\d{3})*[.,]\d00(?=\s*\Z|\n|\s–)"
    r"|miễn phí|không (?:thu|mất|tốn)(?: \w+)? (?:phí|tiền)"
    r"|không (?:phải|cần) (?:trả|nộp|đóng|mua)|(?:\d+|hai|ba|năm|mười) lần (?:giá|mức)"
    r"|không thu (?:lệ )?phí|nothing\b|không (?:lấy|tính) tiền|free of charge|\bfree\b|no (?:fee|charge)",
    Kind.NUMBER: r"\d[\d.,]*",
    Kind.HOUR: r"\d{1,2}\s?(?:giờ|h|g)(?![\p{L}])(?:\s?\d{2})?|\d{1,2}:\d{2}|"
    r"\d\s?(?:am|pm|a\.m|p\.m)|24/24|24/7",
    Kind.DAY: rf"\d{{1,2}}[/.-]\d{{1,2}}(?![\d])|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|"
    rf"ngày\s\d{{1,2}}|mùng\s\d{{1,2}}|tháng\s\d{{1,2}}|"
    rf"năm\s\d{{4}}|(?:{_DAYS})|(?:{_MONTHS})\s\d|\d\s(?:{_MONTHS})|(?:hằng|"
    rf"hàng|mỗi|mọi)\s(?:ngày|tuần|tháng|năm)|"
    r"đầu tháng|cuối tháng|giữa tháng|every day|daily|\b(?:1[89]|20)\d\d\b|thế kỷ",
    # "500.000 đồng một tháng" is an amount.
    Kind.PERIOD: rf"(?<!\b(?:{_UNITS})(?:\s|/|\smỗi\s))"
    r"(?:\d[\d.,]*|nửa|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|an?|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|twelve)\s(?:(?:nghìn|ngàn|triệu|tỷ|working|business|full)\s)?"
    r"(?:ngày|tháng|năm|tuần|giờ|tiếng|phút|giây|buổi|quý|days?|months?|years?|weeks?|hours?|minutes?)"
    r"|ngay trong (?:buổi|ngày)|trong ngày|trả ngay|lấy liền|vô thời hạn|suốt đời|same day|immediately",
    Kind.PHONE: r"(?<![\d])(?:(?:\+84|0)[\d. \-()]{5,14}|1[89]00[\d. \-()]{3,14})\d"
    r"|(?<![\d.,/])11[1-9](?![\d.,/]\d|\d)",
    Kind.EMAIL: r"[\w.+-]+@[\w-]+\.\w",
    Kind.PLACE: r"(?i:số)\s\d+[\w/]*,?\s(?:đường|phố|ngõ|hẻm|ấp|thôn|quốc lộ|tỉnh lộ|"
    r"\p{Lu})|(?:đường|phố|ngõ|hẻm)\s\p{Lu}|"
    r"(?:phòng|tầng|quầy|cổng|nhà|khu|lầu|sảnh|toà|tòa)\s(?:số\s)?(?:\d+|\p{Lu}\b|trệt)|"
    r"(?:tại|ở|đến|về|từ|tới|vào)\s(?:\p{Ll}+\s){0,6}\p{Lu}\p{Ll}*|"
    r"(?:tại|ở)\s(?:nhà|sân|hội trường|sảnh|thư viện|trạm|trụ sở|cổng|quầy|bếp|hồ|bãi|đình)\s\p{Ll}|"
    r"(?:xã|phường|thị trấn|quận|huyện|thị xã|thành phố|tỉnh|thôn|ấp|"
    r"khu phố|trường|trạm|trung tâm|bến)\s(?:\p{Lu}|\d)|"
    r"\b(?:in|at|on|to|from)\s(?:the\s)?(?:\p{Lu}|\d)",
    Kind.PERSON: rf"(?i:{_TITLES})\s\p{{Lu}}\p{{Ll}}*(?:\s\p{{Lu}}\p{{Ll}}*)*|{_NAME}{{1,3}}",
    Kind.POSITION: r"chủ tịch|bí thư|giám đốc|trưởng|phó|chánh|hiệu trưởng|viện trưởng|"
    r"bộ trưởng|thủ tướng|thư ký|"
    r"director|head|chair|president|secretary|manager",
    Kind.PAPERS: r"tờ khai|đơn|bản sao|bản chính|giấy|căn cước|hộ chiếu|sổ|hồ sơ gồm|"
    r"lý lịch|học bạ|bằng|thẻ|hình|ảnh|"
    r"form|copy|copies|passport|certificate|identity card|id card|documents",
    Kind.CONDITIONS: r"điều kiện|phải|từ đủ|từ \d+ tuổi|trở lên|không quá|dành cho|thuộc|"
    r"đối tượng|có hộ khẩu|"
    r"must|eligible|at least|only",
    Kind.STEPS: r"bước|nộp|truy cập|đăng nhập|tải|chọn|điền|gọi|đến|mang|làm|step|"
    r"submit|apply|bring|call|fill",
    Kind.REASON: r"\bvì\b|\bdo\b|\bnhằm\b|\bđể\b|\bbởi\b|nguyên nhân|lý do|because|"
    r"due to|in order to|so that",
    Kind.PERCENTAGE: r"\d\s?%|phần trăm|percent",
}
_COMPILED = {kind: regex.compile(pattern, regex.IGNORECASE) for kind, pattern in _PATTERNS.items()}
# Capitals tell names and places.
for _kind in (Kind.PERSON, Kind.PLACE):
    _COMPILED[_kind] = regex.compile(_PATTERNS[_kind])

# How a sentence says that a thing of a kind is what people ask for, and not one in passing.
_CUES: dict[Kind, str] = {
    Kind.MONEY: r"phí|giá|thu |mức|vé|lương|tiền công|mỗi|một (?:lần|tháng|lượt|bản|"
    r"trang|người)|fee|price|cost|fare|pay",
    Kind.HOUR: r"từ|mở cửa|làm việc|đến|lúc|giờ (?:khám|thăm|hành chính)|open|from|until",
    Kind.DAY: r"hạn|đến hết|từ ngày|trước ngày|chậm nhất|diễn ra|lịch|vào|deadline|until|before|"
    r"lúc \d|chủ nhật|thứ (?:hai|ba|tư|năm|sáu|bảy)",
    Kind.PERIOD: r"trả|giải quyết|sau|thời gian|kết quả|trong|mất|kéo dài|tối đa|ít nhất|"
    r"chờ|within|after|takes",
    Kind.PHONE: r"gọi|điện thoại|số máy|đường dây|liên hệ|hotline|tổng đài|zalo|call|phone",
    Kind.PLACE: r"địa chỉ|nằm|tại|trụ sở|đặt|số \d|at|located",
    Kind.PAPERS: r"gồm|mang|đem|kèm|xuất trình|chuẩn bị|hồ sơ|giấy tờ|cần có|bring|include|documents",
    Kind.CONDITIONS: r"điều kiện|phải|được|must",
    Kind.PERSON: r"trưởng|chủ tịch|giám đốc|phó|bí thư|phụ trách|đại diện|quản lý",
}
_COMPILED_CUES = {kind: regex.compile(pattern, regex.IGNORECASE) for kind, pattern in _CUES.items()}
# What is no price, for somebody who does not ask for it: fines, prizes, wages.
_UNPRICED = tuple(
    regex.compile(pattern, regex.IGNORECASE)
    for pattern in (
        r"phạt|fined?\b",
        r"giải (?:nhất|nhì|ba|khuyến khích)|thưởng|\bprize|\baward",
        r"lương|thù lao|tiền công(?! (?:khám|đỡ|lắp|may))|được trả|\bwage|salary",
    )
)
_FREE = regex.compile(r"miễn|không|nothing|free|no", regex.IGNORECASE)
# What is not to be paid for: "giữ chỗ" of "không thu tiền giữ chỗ".
_SPARED = regex.compile(
    r"\s+(?:mua |vé |công )*+(?P<thing>(?!(?:cho|khi|nếu|với|của|trong|từ|đối|ở|tại|để|vì|mà|và|hay|hoặc|nên|"
    r"thì|bất|gì|nào|này|đó|nhưng|thêm|mỗi|như|theo|nữa|đâu)\b)\p{L}+(?: \p{L}+)?)",
    regex.IGNORECASE,
)
_YEAR = regex.compile(r"(?:năm\s)?\d{4}|thế kỷ", regex.IGNORECASE)
_OF_YEARS = regex.compile(r"\b(?:năm|thế kỷ|year|century|decade)\b", regex.IGNORECASE)
# A last day is asked for, and how one is written.
_DUE = regex.compile(
    r"\bhạn (?:chót|cuối|nộp|đăng)|(?:chậm|muộn|trễ) nhất|hết ngày nào|deadline|\bdue\b", regex.IGNORECASE
)
_BY = regex.compile(
    r"\bhạn\b|đến|tới|(?:chậm|muộn|trễ) nhất|trước|deadline|\bdue\b|\bby\b|before|until|no later",
    regex.IGNORECASE,
)
_VALID = regex.compile(r"hiệu lực|giá trị|gia hạn|hết hạn|\bvalid|renew", regex.IGNORECASE)
# Offices, by the word that tells one from the others: who holds another one is not asked for.
_OFFICE = regex.compile(
    r"(?:phó )?(?:chủ tịch|bí thư|giám đốc|trưởng|chủ nhiệm|chánh)|hiệu (?:trưởng|phó)|"
    r"director|head|chair|president|secretary|manager|principal",
    regex.IGNORECASE,
)
# Family names, the common ones of Vietnam: a name begins with one.
_FAMILY = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|"
    "Lý|Đào|Đoàn|Vương|Trịnh|Trương|Đinh|Lâm|"
    "Phùng|Mai|Tô|Hà|Tạ|Thái|Châu|Chu|Cao|Lưu|Lương|Kiều|Quách|Tăng|Từ|Tôn|"
    "Tống|Triệu|Thạch|Thân|Ông|Nông|Giáp|Khổng|"
    "Khúc|Khuất|Hàn|Hứa|La|Lại|Lục|Mạc|Mã|Nghiêm|Ninh|Phí|Quan|Tiêu|Uông|"
    "Văn|Viên|Vi|Bạch|Bế|Cù|Cung|Diệp|Doãn|Đàm|"
    "Đậu|Đồng|Điền|Đường|Giang|Hầu|Kha|Khương|Liêu|Lò|Lữ|Ma|Nhan|Nhâm|Ngụy|"
    "Ông|Phó|Sầm|Sử|Tất|Thang|Thẩm|Thiều|Tiết|"
    "Trà|Trang|Trình|Ung|Vàng|Xa|Yên|Âu|Ân|An|Biện|Bành|Cát|Chử|Công|Danh|H'|Y"
)
_PERSON = regex.compile(  # "bác sĩ chuyên khoa I Đỗ Cảnh Toàn"
    rf"(?i:{_TITLES})\s(?:\p{{Ll}}+\s){{0,4}}\p{{Lu}}|(?:[IVX]+\s)?(?:{_FAMILY})\s\p{{Lu}}\p{{Ll}}+(?:\s\p{{Lu}}\p{{Ll}}+)"
)
_WITH_TITLE = regex.compile(rf"^(?:{_TITLES}\s)+", regex.IGNORECASE)
PASSING = 0.6  # 0..1: how likely what stands without a cue is what is asked for, beside what stands with one

RATHER = 0.8  # 0..1: how likely it is that nothing is to be paid, beside an amount

# 0..1: the same of a paper that no list names, and of capitals that begin no person's name.
UNFIT = 0.3


def fitness(kind: Kind, value: str, heading: str, sentence: str, asked: str) -> float:
    """Return how well (0..1) a *sentence* below a *heading* gives something of *kind* by the *value* in it.

    *asked* is the question: a fine is no price for somebody who does not ask for one, how long a paper is
    valid is not how long it takes, and who holds another office is not asked for.
    """
    fits, is_fit = _giving(kind, heading, sentence, asked)
    if not is_fit:
        return UNFIT * fits
    match kind:
        case Kind.PERSON if not is_person(value):
            return PASSING * fits
        case Kind.MONEY if _FREE.match(value):
            return RATHER * fits
        case Kind.DAY if _DUE.search(asked) and not _BY.search(f"{heading}\n{sentence}"):
            return UNFIT * fits
        case Kind.DAY if is_mere_year(value, asked):
            return PASSING * fits
        case Kind.NUMBER if (noun := counted(terms(asked))) and not _counts(value, noun, sentence):
            return PASSING * fits
    return fits


@lru_cache(maxsize=64)  # a sentence may hold many values
def _giving(kind: Kind, heading: str, sentence: str, asked: str) -> tuple[float, bool]:
    """Return how clearly (0..1) a *sentence* gives something of *kind*, and whether that is *asked* for."""
    cue = _COMPILED_CUES.get(kind)
    fits = 1.0 if cue is None or cue.search(sentence) or cue.search(heading) else PASSING
    match kind:
        case Kind.PAPERS:
            return 1.0, fits == 1
        case Kind.PERSON:
            return fits, offices(asked) <= offices(sentence)
        case Kind.MONEY:
            return fits, not is_unpriced(sentence, asked)
        case Kind.PERIOD:
            return fits, _VALID.search(sentence) is None or _VALID.search(asked) is not None
    return fits, True


def is_mere_year(day: str, asked: str) -> bool:
    """Tell whether a *day* is but a year, and the question *asked* for none."""
    return _YEAR.fullmatch(day) is not None and not _OF_YEARS.search(asked)


def _counts(number: str, noun: str, sentence: str) -> bool:
    """Tell whether a *sentence* says a *number* of a *noun*: "24 công nhân" has "24" of "nhân"."""
    behind, end = _behind_a_number(noun), 0
    while end := sentence.find(number, end) + 1:
        if behind.match(sentence, end - 1 + len(number)):
            return True
    return False


@lru_cache(maxsize=64)  # to compile it takes as long as to search a hundred sentences
def _behind_a_number(noun: str) -> regex.Pattern[str]:
    return regex.compile(rf"\s(?:\w+\s)?{regex.escape(noun)}\b", regex.IGNORECASE)


def is_unpriced(sentence: str, asked: str) -> bool:
    """Tell whether a *sentence* is about a fine, a prize or a wage, and the question *asked* for none."""
    return any(kind.search(sentence) and not kind.search(asked) for kind in _UNPRICED)


def spares_another(value: str, behind: str, asked: str) -> bool:
    """Tell whether a *value* says that nothing is paid for a thing that the question *asked* does not say.

    *behind* is how the sentence goes on: "không thu tiền" before "giữ chỗ" tells no school fee.
    """
    if not value.casefold().endswith(("tiền", "phí")) or "miễn" in value.casefold():
        return False
    spared = _SPARED.match(behind)
    return spared is not None and set(terms(spared["thing"])).isdisjoint(terms(asked))


def is_person(name: str) -> bool:
    """Tell whether a *name*, which ``places_of`` takes for a person's, is no place's and no thing's."""
    return _PERSON.match(name) is not None


def offices(text: str) -> set[str]:
    """Return the offices that *text* names: "phó chủ tịch"."""
    return {match.group().casefold() for match in _OFFICE.finditer(text)}


def offices_in(text: str) -> Iterator[regex.Match[str]]:
    """Yield where *text* names an office."""
    return _OFFICE.finditer(text)


def last_office(text: str) -> int:
    """Return where the last office that *text* names ends; 0 if it names none."""
    return max((match.end() for match in _OFFICE.finditer(text)), default=0)


def names_in(kind: Kind, text: str) -> str:
    """Return *text*, which names something of *kind*, in the form that is compared: a person's bare name."""
    return _WITH_TITLE.sub("", text) if kind is Kind.PERSON else text.casefold()


# What is asked of things and persons, and what an article writes that tells it.
_ASPECTS = {
    regex.compile(rf"\b(?:{asked})\b", regex.IGNORECASE): regex.compile(rf"(?:{written})", regex.IGNORECASE)
    for asked, written in {
        "diện tích": r"diện tích|\brộng (?:hơn |gần |khoảng )?\d"
        r"|\d\s?(?:m2|m²|km2|km²|ha\b|héc|công đất|sào)|vuông",
        "(?:mấy|bao nhiêu) tuổi|how old": r"tuổi|sinh (?:năm|ngày)|\bage|years? old|\b(?:19|20)\d\d\b",
        "sinh năm (?:nào|mấy|bao nhiêu)": r"sinh (?:năm|ngày)|tuổi|\bborn\b",
        "quê (?:ở )?(?:đâu|nào)": r"\bquê\b|sinh (?:ra|tại|ở)|người gốc|gốc",
        "mật khẩu|password": r"mật khẩu|password",
        "biển số": r"biển số",
        "số tài khoản": r"tài khoản",
        "mã số thuế": r"mã số thuế",
        "chiều cao|cao (?:mấy|bao nhiêu)": r"\bcao\b|\d\s?(?:m|mét|cm)\b|tầng",
        "cân nặng|trọng lượng|nặng (?:mấy|bao nhiêu)": r"nặng|\d\s?(?:kg|ký|kí|cân|tấn|tạ|gram)\b",
        "lương|salary|wages?": r"lương|thù lao|thu nhập|tiền công|được trả|triệu đồng một tháng"
        r"|salary|wage|paid",
        "học phí|tuition": r"học phí|miễn phí|tiền học|(?:một|mỗi) khóa|tuition|\bfree\b|\bfee",
        "(?:mức|tiền) phạt|phạt (?:tiền|bao nhiêu|nhiêu|mấy|sao)|fined?": r"phạt|đền|bồi thường|\bfine",
        "cấp lại|làm lại": r"cấp lại|làm lại|cấp đổi|làm mới|(?:bị|làm|đánh|báo) mất|"
        r"\bmất (?:thẻ|giấy|sổ|bằng|vé)|\bđổi (?:thẻ|giấy|sổ|bằng|vé)|lost|replace",
        "tốc độ": r"tốc độ|\d\s?(?:km/h|mbps)|km (?:một|mỗi) giờ",
    }.items()
}


def aspects(question: str) -> list[regex.Pattern[str]]:
    """Return what an article writes that tells the aspects that *question* asks for: an area, an age."""
    return [written for asked, written in _ASPECTS.items() if asked.search(question)]


# Kinds whose writing is so particular that a text without it holds no such thing.
TELLING = frozenset({Kind.MONEY, Kind.HOUR, Kind.DAY, Kind.PERIOD, Kind.PHONE, Kind.EMAIL, Kind.PERCENTAGE})

# Kinds whose writing tells next to nothing: "để", "do", "phải" and verbs stand in almost any sentence.
VAGUE = frozenset({Kind.REASON, Kind.STEPS, Kind.CONDITIONS})


def places_of(kind: Kind, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of what ``text[start:end]`` holds of *kind*, in order; offsets into *text*."""
    pattern = _COMPILED.get(kind)
    if pattern is not None:
        for match in pattern.finditer(text, start, end):
            yield match.span()
