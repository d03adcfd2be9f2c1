"""The roles of words in a question, and the words that have each: all others name its subject.

The words that do anything but name a subject are few, and stand here, Vietnamese and English.
"""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from retrieval.text.analyzer import Terms, fold


class Role(Enum):
    """The role of a word or a phrase in a question."""

    __hash__ = object.__hash__  # Enum's own takes two calls of Python for each word looked at

    ASKS = auto()  # ai, ở đâu, how much
    CONFIRMS = auto()  # asks at the end, or at the beginning: không, chưa, is
    ASPECT = auto()  # what can be asked of anything: phí, số điện thoại, opening hours
    DOES = auto()  # what almost anything does, or is done to: mở cửa, nộp, start
    POINTS = auto()  # back: bà ấy, ở đó, they
    HINTS = auto()  # back or nowhere: it, this, việc này
    OPENS = auto()  # a message that goes on: còn, thế còn, what about
    ALSO = auto()  # thì sao: what was asked before is asked of this too
    FILLS = auto()  # says nothing by itself
    YEAR = auto()
    MONTH = auto()
    DATE = auto()
    WEEKDAY = auto()
    DAYTIME = auto()
    SEX = auto()
    NUMBER = auto()
    SUBJECT = auto()  # everything else


_Phrases = dict[Terms, tuple[Role, Terms]]

# Of each there is one in a question, and naming another one replaces it.
SLOTS = frozenset({Role.YEAR, Role.MONTH, Role.DATE, Role.WEEKDAY, Role.DAYTIME, Role.SEX})

_VIETNAMESE = {
    Role.ASKS: (
        "ai, là ai, gì, là gì, cái gì, việc gì, nào, cái nào, đâu, ở đâu, tại đâu, từ đâu, đến đâu, chỗ nào, "
        "ở chỗ nào, nơi nào, khi nào, bao giờ, lúc nào, hồi nào, hôm nào, ngày nào, tháng nào, năm nào, "
        "thứ mấy, mấy, mấy giờ, mấy đồng, bao nhiêu đồng, lúc mấy giờ, bao nhiêu, là bao nhiêu, "
        "bao nhiêu tiền, bao lâu, bao xa, sao, tại sao, vì sao, làm sao, thế nào, như thế nào, ra sao, ntn, "
        "bn, bnh, bhiu, j, nhiêu, nhiêu tiền, bn tiền, nhiu, bao nhiu, số nào, số mấy, chỗ mô, chừng nào, "
        "bữa nào, bác sĩ nào, người nào, ông nào, bà nào, anh nào, chị nào, cô nào, thầy nào, cán bộ nào, "
        "đơn vị nào, cơ quan nào, khoa nào, phòng nào, quầy nào, cổng nào, nhà nào, số ông, số bà, số anh, "
        "số chị, số cô, số chú, số thầy, tầng nào, từ mấy giờ, tới mấy giờ, đến mấy giờ, ở mô, đi mô, "
        "khi mô, lúc mô, ngày mô, hôm mô, bữa mô, nơi mô, tên gì, tên chi, là chi, cái chi, mang chi, "
        "đem chi, mang theo chi, cần chi, giấy chi, nộp chi, cỡ nào, xin số, cho xin số, xin sđt, "
        "cho xin sđt, xin địa chỉ, cho xin địa chỉ"
    ),
    Role.CONFIRMS: (
        "không, ko, k, hông, hok, hong, chưa, phải không, đúng không, được không, có không, đc ko, dc ko, hả"
    ),
    Role.ASPECT: (
        "phí, lệ phí, mức phí, chi phí, giá, mức giá, giá tiền, tiền, số điện thoại, điện thoại, sđt, "
        "số máy, địa chỉ, địa điểm, giờ, giờ giấc, thời gian, thời hạn, hạn, hạn chót, ngày, ngày giờ, tuổi, "
        "tên, họ tên, giấy tờ, hồ sơ, thủ tục, điều kiện, kết quả, lý do, nguyên nhân, nội dung, số lượng, "
        "tốc độ, tốc độ tối đa, chiều dài, độ dài, chiều cao, độ cao, diện tích, trọng lượng, công suất, "
        "sức chứa, thời lượng, quy mô, kinh phí, tổng kinh phí, vốn đầu tư, mức phạt, mức lương, đối tượng, "
        "yêu cầu, tiêu chuẩn, quyền lợi, hình thức"
    ),
    Role.DOES: (
        "mở, mở cửa, đóng, đóng cửa, nộp, đăng ký, gửi, nhận, lấy, trao, tặng, làm, làm việc, đi, đến, tới, "
        "gọi, liên hệ, hỏi, xem, mua, bán, trả, trả tiền, mất, mất tiền, mất phí, tốn, tốn tiền, hết, "
        "kéo dài, diễn ra, bắt đầu, kết thúc, tổ chức, tham gia, chuẩn bị, mang, mang theo, đem, áp dụng, "
        "thắng, gia hạn, miễn, miễn phí, giảm, tăng, đổi, đặt trước, xong, qua mạng, trực tuyến, online, "
        "trực tiếp, nằm, xây, xây dựng, dùng, chờ, đợi, cho phép, hoạt động, phụ trách, quản lý"
    ),
    Role.POINTS: (
        "ông ấy, bà ấy, anh ấy, chị ấy, cô ấy, thầy ấy, em ấy, cụ ấy, người ấy, ông ta, bà ta, anh ta, "
        "cô ta, ổng, bả, nó, họ, ở đó, chỗ đó, chỗ ấy, nơi đó, nơi ấy, lúc đó, khi đó, hôm đó, ngày đó, "
        "năm đó, cái đó, việc đó, người đó, bài đó, chỗ cũ, nơi cũ, đó, ấy"
    ),
    Role.HINTS: ("cái này, việc này, chỗ này, nơi này, bài này, người này, thủ tục này, vụ này, này"),
    Role.OPENS: "còn, thế còn, vậy còn, vậy, thế, thế thì, vậy thì, rồi, rồi còn, còn nếu, nếu",
    Role.ALSO: "thì sao, thì thế nào, thì như thế nào, thì ra sao",
    Role.FILLS: (
        "là, thì, mà, có, được, đc, dc, bị, của, cho, với, và, ở, tại, trong, trên, vào, từ, lúc, khi, để, "
        "những, các, một, mỗi, cái, gì đó, nào đó, ai đó, đâu đó, z, ad, admin, nhỉ, nhé, nha, ạ, à, ha, "
        "nữa, cũng, đã, đang, sẽ, phải, cần, muốn, hay, hoặc, ra, lại, trở lại, qua, về, theo, thêm, ơi, "
        "cho hỏi, xin hỏi, cho tôi hỏi, cho mình hỏi, cho em hỏi, mình, tôi, tui, em, bạn, dạ, luôn, "
        "một tháng, 1 tháng, mỗi tháng, một năm, 1 năm, mỗi năm, một ngày, 1 ngày, mỗi ngày, một lần, 1 lần, "
        "mỗi lần, một người, 1 người, mỗi người, trên thế giới"
    ),
    Role.YEAR: "năm nay, năm ngoái, năm trước, năm sau, năm tới",
    Role.WEEKDAY: (
        "thứ hai, thứ ba, thứ tư, thứ năm, thứ sáu, thứ bảy, thứ bẩy, chủ nhật, t7, cn, cuối tuần, hôm nay, "
        "ngày mai, hôm qua"
    ),
    Role.DAYTIME: "sáng, trưa, chiều, tối, đêm, buổi sáng, buổi trưa, buổi chiều, buổi tối",
    Role.SEX: "nam, nữ",
    # Nouns of which one syllable alone does something else: "em" of "thẻ trẻ em" is nobody who asks.
    Role.SUBJECT: (
        "trẻ em, em bé, anh em, chị em, em gái, em trai, bạn đọc, bạn bè, bạn trẻ, thế chấp, thế giới, "
        "thế kỷ, thế hệ, họ hàng, dòng họ, một cửa, của rơi, từ thiện, từ điển, cần cẩu, dạ dày, sao y, "
        "sao lục, ngôi sao, giá trị, hạn hán, ngày hội, ngày lễ, tên lửa, tiền sản, tiền án, tiền sử, "
        "phụ nữ, thiếu nữ, nữ hộ sinh, nam sinh, nữ sinh, miền nam, ánh sáng, chiếu sáng, sáng kiến, "
        "sáng tác, sáng tạo, tối đa, tối thiểu, một chiều, ngược chiều, hai chiều"
    ),
}
_ENGLISH = {
    Role.ASKS: (
        "who, whom, whose, what, which, when, where, why, how, how much, how many, how often, how long, "
        "how old, how far, what time, what day"
    ),
    Role.ASPECT: (
        "price, prices, fee, fees, cost, costs, phone, phone number, number, address, place, hours, "
        "opening hours, opening time, time, times, deadline, date, day, name, age, reason, result, results, "
        "document, documents, papers, paperwork, requirements, conditions, salary, duration, schedule, email"
    ),
    Role.DOES: (
        "open, opens, close, closes, closed, start, starts, end, ends, begin, begins, pay, free, "
        "free of charge, register, sign up, apply, need, bring, get, go, come, take, takes, buy, call, win, "
        "wins, won, happen, happens, held"
    ),
    Role.HINTS: ("he, him, she, her, they, them, his, their, it, its, that, this, these, those, there"),
    Role.OPENS: ("and, and what about, what about, and how about, how about, but, so, then, ok and"),
    Role.CONFIRMS: (
        "is, are, was, were, do, does, did, can, could, will, would, should, must, has, have, is there, "
        "are there"
    ),
    Role.FILLS: (
        "the, a, an, be, i, you, we, my, your, me, to, of, in, on, at, for, from, by, with, or, any, please, "
        "also, if, until, till, since, one, ones"
    ),
    Role.YEAR: "this year, last year, next year",
    Role.WEEKDAY: (
        "monday, tuesday, wednesday, thursday, friday, saturday, sunday, mondays, tuesdays, wednesdays, "
        "thursdays, fridays, saturdays, sundays, weekend, weekends, today, tomorrow"
    ),
    Role.DAYTIME: "morning, afternoon, evening, night",
    Role.SEX: "men, women, boys, girls",
}
# Without accents these are as often another word (thẻ, vay, nợ), so they tell nothing of what a message is.
_SILENT_UNACCENTED = {"thế": "the", "vậy": "vay", "rồi": "roi", "nó": "no", "đó": "do", "a": "a"}
# And these mostly are: chợ, đem, tới, năm, hộ, ba, ông, nhi …
_OTHERS_UNACCENTED = frozenset({"cho", "dem", "toi", "nam", "ho", "ba", "ong", "ay", "nay", "ha", "nhi"})
# What "con" is before these, unaccented: a child, a thing, and not còn.
_AFTER_CON = (
    "gái", "trai", "của", "út", "cả", "đầu", "nuôi", "dâu", "rể", "cái", "cháu", "ruột", "đường", "người",
    "số", "sông", "kênh", "vật", "mèo", "chó", "cá",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The phrases of a language with their roles."""

    phrases: _Phrases
    lengths: dict[str, list[int]]  # words: of the phrases that begin with each word, the longest first


@cache
def vietnamese(*, is_accented: bool) -> Table:
    """Return the Vietnamese phrases; of a text that is not accented, as far as they are clear without."""
    phrases = _phrases(_VIETNAMESE)
    # Of two that fold alike the first one is meant.
    bare = {tuple(map(fold, phrase)): its for phrase, its in reversed(phrases.items())}
    if is_accented:  # in "thư viện may gio" two words together are still clear
        return _table({phrase: its for phrase, its in bare.items() if phrase[1:]} | phrases)
    bare |= {("con", fold(noun)): (Role.SUBJECT, ("con", noun)) for noun in _AFTER_CON}
    bare |= {(word,): (Role.FILLS, (spelled,)) for spelled, word in _SILENT_UNACCENTED.items()}
    return _table(
        {phrase: its for phrase, its in bare.items() if phrase[0] not in _OTHERS_UNACCENTED or phrase[1:]}
    )


@cache
def english() -> Table:
    """Return the English phrases."""
    return _table(_phrases(_ENGLISH))


def _table(phrases: _Phrases) -> Table:
    lengths: dict[str, set[int]] = {}
    for phrase in phrases:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    return Table(phrases, {word: sorted(its, reverse=True) for word, its in lengths.items()})


def _phrases(kinds: dict[Role, str]) -> _Phrases:
    listed = [(kind, tuple(phrase.split())) for kind, text in kinds.items() for phrase in text.split(", ")]
    return {phrase: (kind, phrase) for kind, phrase in listed}
