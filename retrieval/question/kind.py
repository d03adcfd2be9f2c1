"""The kind of thing that a question asks for: money, an hour, a telephone number, a reason …

A kind shows in a phrase that only asks ("bao nhiêu tiền", "how long") or in a noun for what is asked
("lệ phí", "địa chỉ"), which asks by itself if no phrase does. Phrases count with accents or without.
"""

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from functools import cache, lru_cache
from itertools import pairwise

from retrieval.question.parts import is_subject
from retrieval.text.analyzer import Terms, fold, terms


class Kind(Enum):
    """A kind of thing that the answering sentence holds. ``answering.values`` knows how each is written."""

    MONEY = auto()
    NUMBER = auto()
    HOUR = auto()
    DAY = auto()
    PERIOD = auto()
    PHONE = auto()
    EMAIL = auto()
    PLACE = auto()
    PERSON = auto()
    POSITION = auto()
    PAPERS = auto()
    CONDITIONS = auto()
    STEPS = auto()
    REASON = auto()
    PERCENTAGE = auto()
    YES_NO = auto()


# Phrases that ask for one kind, the longest first at each word. What stands under two kinds asks for either.
_ASKING: dict[Kind, str] = {
    Kind.MONEY: (
        "bao nhiêu tiền|bao nhiêu đồng|nhiêu tiền|mấy đồng|mấy tiền|bao nhiêu triệu|mấy triệu|mấy trăm|"
        "mấy chục|mấy nghìn|mấy ngàn|giá bao nhiêu|giá nhiêu|giá sao|giá thế nào|phí bao nhiêu|phí nhiêu|"
        "lệ phí bao nhiêu|lương bao nhiêu|lương nhiêu|phạt bao nhiêu|phạt nhiêu|phạt sao|phạt thế nào|"
        "ngày bao nhiêu tiền|một ngày bao nhiêu|1 ngày bao nhiêu|mỗi ngày bao nhiêu|một tháng bao nhiêu|"
        "mất bao nhiêu|hết bao nhiêu|tốn bao nhiêu|hết nhiêu|tốn nhiêu|mất nhiêu|đóng bao nhiêu|đóng nhiêu|"
        "nộp bao nhiêu|trả bao nhiêu|được bao nhiêu tiền|có mất tiền|có tốn tiền|có mất phí|có thu phí|"
        "có tốn phí|có miễn phí|how much|how much does|how expensive"
    ),
    Kind.NUMBER: (
        "bao nhiêu|nhiêu|mấy|bao nhiêu người|bao nhiêu em|mấy người|số lượng bao nhiêu|tỉ số mấy|tỷ số mấy|"
        "tỉ số bao nhiêu|how many|bao xa|how far|how tall|how big|how old|bao nhiêu tuổi|mấy tuổi"
    ),
    Kind.HOUR: (
        "mấy giờ|giờ nào|mấy h|giờ giấc|lúc mấy giờ|từ mấy giờ|đến mấy giờ|tới mấy giờ|what time|"
        "opening hours|giờ mở cửa|giờ đóng cửa|giờ làm việc|giờ hành chính|what are the hours"
    ),
    Kind.DAY: (
        "ngày nào|hôm nào|bữa nào|khi nào|bao giờ|chừng nào|thứ mấy|ngày mấy|ngày bao nhiêu|lúc nào|hồi nào|"
        "tháng mấy|tháng nào|năm nào|thời gian nào|thời điểm nào|thế kỷ nào|giai đoạn nào|thứ nào|when|"
        "what day|which day|what date|which date|what year|which year|how soon|đến hết ngày nào|hạn chót"
    ),
    Kind.PERIOD: (
        "bao lâu|mấy ngày|mấy tháng|mấy năm|mấy tuần|mấy phút|mấy tiếng|mấy bữa|mấy hôm|bao nhiêu ngày|"
        "bao nhiêu tháng|bao nhiêu năm|bao nhiêu phút|bao nhiêu tuần|trong bao lâu|mất bao lâu|how long|"
        "how many days|how many months|how many years|how many weeks|how many minutes"
    ),
    Kind.PHONE: (
        "số điện thoại|sđt|sdt|số đt|gọi số nào|gọi số mấy|số nào|số máy nào|đường dây nóng|hotline|"
        "số tổng đài|gọi đâu|gọi ở đâu|điện thoại số mấy|phone number|telephone number|what number|"
        "which number|số liên lạc|số liên hệ|cho xin số|xin số|số mấy|gọi ai|gọi cho ai|gọi chỗ nào"
    ),
    Kind.EMAIL: (
        "email nào|email gì|địa chỉ email|email là gì|thư điện tử nào|hộp thư nào|email address|which email"
    ),
    Kind.PLACE: (
        "ở đâu|đâu|chỗ nào|nơi nào|đường nào|đường gì|tại đâu|đến đâu|tới đâu|từ đâu|phòng nào|phòng mấy|"
        "tầng mấy|tầng nào|quầy nào|quầy mấy|cổng nào|số nhà mấy|địa chỉ nào|khu nào|tỉnh nào|nước nào|"
        "quốc gia nào|thành phố nào|xã nào|phường nào|huyện nào|quận nào|làng nào|where|which place|"
        "which floor|which room|what address|which street|which city|which country"
    ),
    Kind.PERSON: (
        "ai|là ai|do ai|người nào|ông nào|bà nào|tên gì|tên là gì|họ tên gì|bác sĩ nào|cô nào|thầy nào|"
        "đồng chí nào|who|whom|whose|who is"
    ),
    Kind.POSITION: (
        "chức gì|chức vụ gì|giữ chức gì|làm chức gì|chức danh gì|vị trí gì|what position|which position"
    ),
    Kind.PAPERS: (
        "giấy tờ gì|giấy gì|giấy tờ nào|giấy nào|mang gì|đem gì|cần gì|cần mang gì|gồm gì|hồ sơ gì|hồ sơ gồm|"
        "hồ sơ có gì|hồ sơ cần gì|chuẩn bị gì|nộp gì|thủ tục gồm|what documents|which documents|what papers|"
        "what do i need|what to bring"
    ),
    Kind.CONDITIONS: (
        "điều kiện gì|điều kiện nào|điều kiện thế nào|điều kiện ra sao|đối tượng nào|trường hợp nào|những ai|"
        "ai được|ai bị|người nào được|who can|who is eligible|what conditions|what requirements"
    ),
    Kind.STEPS: (
        "làm sao|làm thế nào|làm cách nào|bằng cách nào|cách nào|như thế nào|thế nào|ra sao|mấy bước|"
        "các bước|quy trình thế nào|thủ tục thế nào|thủ tục ra sao|làm như nào|how to|how do i|how can i|"
        "how do we"
    ),
    Kind.REASON: (
        "tại sao|vì sao|tại răng|vì răng|sao lại|do đâu|vì lý do gì|lý do gì|nguyên nhân gì|nguyên nhân nào|"
        "vì cái gì|để làm gì|làm gì mà|mắc gì|why|what reason|how come"
    ),
    Kind.PERCENTAGE: (
        "bao nhiêu phần trăm|mấy phần trăm|bao nhiêu %|mấy %|tỷ lệ bao nhiêu|tỉ lệ bao nhiêu|what percentage|"
        "what percent|how many percent"
    ),
}
# Nouns for what is asked, counted if no phrase above asks.
_NAMED: dict[Kind, str] = {
    Kind.MONEY: (
        "giá|mức giá|vé|giá vé|giá tiền|bảng giá|phí|lệ phí|mức phí|chi phí|học phí|viện phí|mức thu|"
        "mức phạt|tiền phạt|lương|mức lương|tiền công|tiền thuê|tiền rác|tiền phòng|price|prices|fee|fees|"
        "cost|costs|fare|salary|fine"
    ),
    Kind.HOUR: "thời gian|giờ|giờ mở cửa|giờ khám|giờ thăm|hours|opening time|opening hours",
    Kind.DAY: "thời gian|hạn nộp|hạn chót|hạn cuối|ngày|thời hạn nộp|lịch|deadline|date|schedule",
    Kind.PERIOD: "thời gian|thời hạn|thời gian giải quyết|thời gian xử lý|duration",
    Kind.PHONE: "số điện thoại|sđt|sdt|điện thoại|hotline|tổng đài|đường dây nóng|phone|telephone",
    Kind.EMAIL: "email|e mail|thư điện tử",
    Kind.PLACE: "địa chỉ|địa điểm|trụ sở|address|location",
    Kind.PAPERS: "hồ sơ|giấy tờ|documents|paperwork",
    Kind.CONDITIONS: "điều kiện|yêu cầu|đối tượng|tiêu chuẩn|conditions|requirements|eligibility",
    Kind.STEPS: "cách|các bước|quy trình|trình tự|hướng dẫn|thủ tục|procedure|steps",
    Kind.REASON: "lý do|nguyên nhân|reason|cause",
    Kind.PERCENTAGE: "tỷ lệ|tỉ lệ|phần trăm|percentage",
    Kind.PERSON: "tên",
}
# Of these words one alone would name a kind.
_OTHERS = (
    "giá trị|đánh giá|lạnh giá|giá lạnh|giá rét|quý giá|giá đỗ|lịch sử|du lịch|lịch thiệp|lý lịch|"
    "cách mạng|cách ly|cách đây|tính cách|tư cách|nhân cách|phong cách|ngày nay|ngày xưa|ngày càng|giờ đây|"
    "bây giờ|giờ kêu|giờ gọi là|giờ tên|giờ đổi|giờ dời|giờ chuyển|giờ thuộc|giờ là|tên lửa|tên miền|"
    "giờ đi làm|giờ làm lại|giờ phải|giờ muốn|giờ cần|vé số|phí phạm|lãng phí|"
    "phí gì|phí nào|lệ phí gì|lệ phí nào"  # what is paid for, not how much
)
# Whoever says nothing but an office and what it is of asks who holds it: "trưởng khoa Nội".
_OFFICES = (
    "trưởng|phó|tổ trưởng|tổ phó|chủ tịch|phó chủ tịch|bí thư|phó bí thư|giám đốc|phó giám đốc|tổng giám đốc|"
    "hiệu trưởng|hiệu phó|viện trưởng|chánh|đội trưởng|đội phó|quản lý|thư ký|cán bộ|người phụ trách|"
    "director|head|chairman|chairwoman|president|principal|manager|secretary"
)
# What is measured in other things than money: with none of these a bare "bao nhiêu" asks for a price.
_MEASURED = frozenset([
    "dân", "nhân", "khẩu", "cao", "dài", "rộng", "nặng", "sâu", "xa", "tuổi", "nhận", "tuyển", "chứa",
    "chở", "diện", "tích", "lượng", "khối", "suất", "tốc", "tỷ", "tỉ", "lệ", "điểm", "hạng", "quy", "mô",
    "chiều", "sức", "nhiệt", "số", "tổng", "mật", "hộ", "có", "old", "tall", "long", "far", "big", "deep",
])  # fmt: skip
_ROADS = frozenset(["đường", "phố", "nhà", "ngõ", "hẻm", "địa"])
# What has a number by which it is called, and no telephone: "chỉ thị số mấy", "tuyến số mấy".
_NUMBERED = frozenset(
    ["thị", "quyết", "định", "tư", "văn", "lệnh", "tuyến", "buýt", "lớp", "khóa", "kỳ", "trang", "bài", "xe"]
)
_EACH = frozenset(["một", "1", "mỗi", "vậy", "thế", "nhỉ", "ạ", "tất", "cả", "thôi", "per", "a", "an", "for"])
# A bare "how much" or "how many" of these asks for money.
_PAID = frozenset([
    "tiền", "giá", "phí", "lệ", "vé", "lương", "thưởng", "phạt", "thuê", "đóng", "nộp", "trả", "mua", "bán",
    "tốn", "hết", "mất", "đồng", "cước", "thu", "cost", "price", "fee", "fare", "pay", "rent",
])  # fmt: skip
# Behind these a "giờ" at the beginning is now.
_NOW = frozenset(
    ["muốn", "tôi", "mình", "em", "tui", "con", "đi", "thì", "phải", "cần", "cho", "gửi", "nộp", "sao"]
)
_FILLERS = frozenset(["những", "các", "theo", "thêm", "loại", "nhung", "cac", "them", "loai"])
_CLOSING = frozenset(["không", "ko", "hông", "hong", "hok", "chưa", "hả", "được"])
_CENTRAL = {"nào": "mô", "đâu": "mô", "gì": "chi"}  # as the Centre of Vietnam asks: "ngày mô", "mang chi"
_LONGEST = 4  # words
_Phrases = dict[str, dict[Terms, frozenset[Kind]]]  # by their first words
_LONGEST_OF_NUMBER = 7  # words: of a question that begins with "số" and asks for a telephone number


@lru_cache(maxsize=64)  # of one question it is asked several times
def kinds_asked(question: str) -> tuple[Kind, ...]:
    """Return the kinds of thing that *question*, which is clean, asks for; mostly one or none.

    The kinds are in the order of ``Kind``. A question that is closed ("… có … không?") asks yes or no.
    """
    return _of_terms(terms(question))


@lru_cache(maxsize=64)  # many sentences stand below one
def kinds_named(heading: str) -> frozenset[Kind]:
    """Return the kinds of thing that a *heading* says to stand below it."""
    said = terms(heading)
    return frozenset(_in(said, _phrases(True)) | _in(said, _phrases(False)))


def _of_terms(terms: Sequence[str]) -> tuple[Kind, ...]:
    if len(terms) > 1 and terms[0] == "giờ" and terms[1] in _NOW:
        terms = terms[1:]
    asked = _in(terms, _phrases(True)) | _in(_without_fillers(terms), _phrases(True))
    if (
        asked == {Kind.NUMBER}
        and not counted(terms)
        and terms[0] != "tuổi"
        and (_PAID.intersection(terms) or _asks_price(terms))
    ):
        asked = {Kind.MONEY}
    if asked == {Kind.PHONE} and _ROADS.intersection(terms) and ("số", "mấy") in pairwise(terms):
        asked = {Kind.PLACE}
    if asked == {Kind.PHONE} and any(
        before in _NUMBERED and word == "số" for before, word in pairwise(terms)
    ):
        asked = {Kind.NUMBER}
    asked |= _of_place(terms)
    if len(asked) > 1:
        asked.discard(Kind.NUMBER)
    if not asked:
        asked = _in(terms, _phrases(False))
    if not asked and terms and terms[-1] not in _CLOSING:
        asked = _of_office(terms) or _of_number(terms)
    if not asked and terms and terms[-1] in _CLOSING:
        asked = {Kind.YES_NO}
    return tuple(kind for kind in Kind if kind in asked)


def counted(terms: Sequence[str]) -> str | None:
    """Return what a question of *terms* asks how many there are of: "em" of "nhận bao nhiêu em"."""
    for before, word, behind in zip(terms, terms[1:], terms[2:], strict=False):
        if (before, word) in {("bao", "nhiêu"), ("bao", "nhieu"), ("how", "many")} and behind not in _EACH:
            return behind if is_subject(behind) else None
    return None


def _without_fillers(terms: Sequence[str]) -> list[str]:
    """Return *terms* without what may stand within a phrase that asks: "những" of "mang những gì"."""
    within = [term for term, after in pairwise(terms) if term not in _FILLERS or after in {"ai", "người"}]
    return [*within, *terms[-1:]]


def _asks_price(terms: Sequence[str]) -> bool:
    """Tell whether a bare "bao nhiêu" asks for a price: it counts nothing, and nothing is measured."""
    if not _MEASURED.isdisjoint(terms):
        return False
    behind = [terms[at + 1 :] for at, term in enumerate(terms) if term in {"nhiêu", "nhieu"}]
    return any(not rest or rest[0] in _EACH for rest in behind)


def _of_place(terms: Sequence[str]) -> set[Kind]:
    """Return ``Kind.PLACE`` for "ở khoa nào", "tại hẻm mấy", "thuộc xã nào"."""
    begins = [at for at, term in enumerate(terms) if term in {"ở", "tại", "thuộc"}]
    is_asked = any({"nào", "mấy"}.intersection(terms[at + 2 : at + 4]) for at in begins)
    return {Kind.PLACE} if is_asked else set()


def _of_office(terms: Sequence[str]) -> set[Kind]:
    """Return ``Kind.PERSON`` if a question begins with an office, as its whole subject."""
    starts = {" ".join(terms[:length]) for length in (1, 2, 3)}
    return {Kind.PERSON} if not starts.isdisjoint(_OFFICES.split("|")) else set()


def _of_number(terms: Sequence[str]) -> set[Kind]:
    """Return ``Kind.PHONE`` for "số công an phường", which names no number itself."""
    is_bare = (
        terms[0] == "số"
        and 1 < len(terms) <= _LONGEST_OF_NUMBER
        and not any(term.isdecimal() for term in terms[1:2])
    )
    return {Kind.PHONE} if is_bare else set()


def _in(terms: Sequence[str], phrases: _Phrases) -> set[Kind]:
    """Return the kinds of the phrases in *terms*; a phrase inside a longer one does not count."""
    kinds = set[Kind]()
    place = 0
    while place < len(terms):
        begun = phrases.get(terms[place], {})
        for length in range(min(_LONGEST, len(terms) - place), 0, -1) if begun else ():
            if (found := begun.get(tuple(terms[place : place + length]))) is not None:
                kinds |= found
                place += length
                break
        else:
            place += 1
    return kinds


@cache
def _phrases(asking: bool) -> _Phrases:
    """Return all phrases with their kinds, as typed with accents and without."""
    listed: _Phrases = {}
    for kind, text in (_ASKING if asking else _NAMED).items():
        for phrase in _spellings(text):
            begun = listed.setdefault(phrase[0], {})
            begun[phrase] = begun.get(phrase, frozenset()) | {kind}
    for phrase in () if asking else _spellings(_OTHERS):
        listed.setdefault(phrase[0], {})[phrase] = frozenset()
    return listed


def _spellings(text: str) -> Iterable[Terms]:
    for phrase in text.split("|"):
        words = phrase.split()
        yield tuple(words)
        if len(words) > 1 and words[-1] in _CENTRAL:
            yield (*words[:-1], _CENTRAL[words[-1]])
        # A single word without accents is as often another one: "ai" but not "dau", "gia", "phi".
        if len(words) > 1:
            yield tuple(map(fold, words))
