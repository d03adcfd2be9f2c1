"""Official letters: the head that every notice of an office begins with (Decree 30/2020/NĐ-CP).

    ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    PHƯỜNG RẠCH MÂY                  Độc lập - Tự do - Hạnh phúc
    Số: 45/TB-UBND           Rạch Mây, ngày 05 tháng 9 năm 2026
                        THÔNG BÁO
            Về việc cấp lại thẻ thư viện cho trẻ em

The kind and the subject are the title, the date stands behind the place. Both columns may have run together
into a line, or stand below one another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

import regex

from retrieval.readers.fields import dates

HEAD_LINES = 24  # lines among which the head is sought, from the first one of the text
MAX_BEFORE = 12  # lines of the letterhead before its motto
MAX_NAME_LINES = 4  # of an association, above the kind of its letter
FOOT_LINES = 12  # the last lines, among which a letter may be dated
KIND_WORDS = 8  # of a line in capitals that names the kind of a letter
MAX_SUBJECT = 4  # lines that the subject may take
SUBJECT_LENGTH = 300  # characters

_MOTTO = regex.compile(
    r"cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|độc lập\s*[-–—]+\s*tự do\s*[-–—]+\s*hạnh phúc"
    r"|đảng cộng sản việt nam",
    regex.IGNORECASE,
)
_KINDS = (
    "THÔNG BÁO|THÔNG CÁO|QUYẾT ĐỊNH|KẾ HOẠCH|BÁO CÁO|TỜ TRÌNH|GIẤY MỜI|GIẤY XÁC NHẬN"
    "|GIẤY GIỚI THIỆU|NGHỊ QUYẾT|NGHỊ ĐỊNH|CHỈ THỊ"
    "|HƯỚNG DẪN|CÔNG ĐIỆN|CÔNG VĂN|BIÊN BẢN|QUY CHẾ|QUY ĐỊNH|CHƯƠNG TRÌNH|THƯ MỜI|THƯ NGỎ"
    "|LỜI KÊU GỌI|ĐỀ ÁN|PHƯƠNG ÁN|DỰ ÁN"
    "|KẾT LUẬN|THÔNG TƯ|LỊCH CÔNG TÁC|LỊCH TIẾP CÔNG DÂN|LỊCH|DANH SÁCH|HỢP ĐỒNG|BẢN CAM KẾT"
    "|ĐỀ CƯƠNG|TUYÊN BỐ|THỂ LỆ|NỘI QUY|ĐIỀU LỆ|QUY ƯỚC|HƯƠNG ƯỚC|THƯ KÊU GỌI|THƯ CẢM ƠN|THÔNG TRI"
    "|GIẤY TRIỆU TẬP|CÁO PHÓ|BẢN TIN|BẢNG GIÁ|TIN BUỒN|QUY TRÌNH"
)
_KIND = regex.compile(rf"(?P<kind>{_KINDS})\b\s*[:.]?\s*(?P<subject>.*)")
_ABOUT = regex.compile(r"(?:về việc|v/v)\s*:?\s*(?P<subject>.*)", regex.IGNORECASE)
_NUMBER = regex.compile(
    r"số\s*:?\s*(?P<number>(?:\d[\w.]*(?:-\p{Lu}{1,6})?)?\s*/\s*(?:\d{4}/)?[\p{Lu}Đđ][\p{L}\d.-]*)",
    regex.IGNORECASE,
)
_PLACE = regex.compile(
    r"(?P<place>\p{Lu}[\p{L}\s.-]{1,40}),\s*"
    r"(?P<date>ngày\s+\d{1,2}(?:\s+tháng\s+\d{1,2}\s+năm\s+|[/.-]\d{1,2}[/.-])\d{4})",
    regex.IGNORECASE,
)
_ENDS_SUBJECT = regex.compile(
    r"(?:căn cứ|kính (?:gửi|mời|thưa|báo)|thực hiện|theo|xét|để|nhằm|thời gian|địa điểm|i\.|1\."
    r"|[-–+*•]|điều 1|hôm nay|ủy ban|uỷ ban|ubnd|đảng ủy|hội đồng|ban\b|trung tâm|công an)",
    regex.IGNORECASE,
)
_OFFICE = regex.compile(
    r"u[ỷy] ban|ủy ban|ubnd|hđnd|hội|ban\b|bch\b|sở|phòng|trường|bệnh viện|trung tâm|trạm|đảng|đoàn|công ty"
    r"|chi|khu\b|tổ\b|ấp|thôn|xã(?! hội\b)|phường|thị trấn|huyện|tỉnh|thành phố|hợp tác xã|htx"
    r"|tổng công ty|tập đoàn|điện lực|t(?:òa|oà) (?:án|nhà)|văn phòng|cục\b|công an|chung cư|thư viện"
    r"|nhà (?:trường|văn h(?:óa|oá))|học viện|viện|bộ\b|bảo hiểm|kho bạc|ngân hàng|liên đoàn|xí nghiệp",
    regex.IGNORECASE,
)
_TO = regex.compile(r"kính (?:gửi|mời|thưa|báo)\b", regex.IGNORECASE)
_RULE = regex.compile(r"[-–—_*=\s.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The head of a letter; ``None`` for what it does not say."""

    title: str
    number: str | None  # "45/TB-UBND"
    published: datetime | None
    end: int  # the head is lines[:end]


def read_letterhead(lines: Sequence[str], zone: tzinfo) -> Letterhead | None:
    """Return the head of the letter that *lines*, clean, begin with; ``None`` if they are no letter."""
    head = list(lines[:HEAD_LINES])
    motto = next((n for n, line in enumerate(head[:MAX_BEFORE]) if _MOTTO.search(line)), None)
    if motto is None and (motto := _kind_of_association(head)) is None:
        return None
    title = _title(head, motto)
    if title is None:
        return None
    words, end = title
    number = next((m["number"].replace(" ", "") for line in head[:end] if (m := _NUMBER.search(line))), None)
    return Letterhead(title=words, number=number, published=_published(lines, end, zone), end=end)


def _kind_of_association(head: Sequence[str]) -> int | None:
    """Return the number of the line that names the kind of a letter without a motto; None if there is none.

    Associations and schools print their name in capitals, the kind, and whom or what it is about.
    """
    written = [(number, line) for number, line in enumerate(head) if line and not _RULE.fullmatch(line)]
    is_numbered = any(_NUMBER.match(line) for _, line in written[: MAX_NAME_LINES + 1])
    written = [(number, line) for number, line in written if not (_NUMBER.match(line) or _PLACE.match(line))]
    for at, (number, line) in enumerate(written[: MAX_NAME_LINES + 1]):
        if not line.isupper():
            return None
        if at and (match := _KIND.fullmatch(line)) and _is_kind(match):
            below = written[at + 1][1] if at + 1 < len(written) else ""
            is_of_office = is_numbered or any(_OFFICE.match(name) for _, name in written[:at])
            return number if is_of_office or _ABOUT.match(below) or _TO.match(below) else None
    return None


def _title(head: Sequence[str], motto: int) -> tuple[str, int] | None:
    """Return the title, and the number of the line below it."""
    for number, line in enumerate(head):
        if number <= MAX_BEFORE + 6 and (match := _KIND.match(line)) and _is_kind(match):
            subject, end = _subject(head, number + 1, match["subject"])
            return _joined(match["kind"], subject), end
    # A letter to somebody has no kind; what it is about stands under its number.
    for number, line in enumerate(head):
        about = _ABOUT.search(line)
        if about and (line[: about.start()].strip() == "" or _NUMBER.search(line) or number > motto - 6):
            subject, end = _subject(head, number + 1, about["subject"])
            if subject:
                return _joined("CÔNG VĂN", f"về việc {subject}"), max(end, motto + 1)
    # Whatever stands alone in capitals below the motto names the kind, too: an application, a form, a menu.
    for number, line in enumerate(head[motto + 1 :], start=motto + 1):
        if not line or _RULE.fullmatch(line) or _is_of_head(line):
            continue
        if not line.isupper() or len(line.split()) > KIND_WORDS:
            return None
        subject, end = _subject(head, number + 1, "")
        return _joined(line, subject), end
    return None


def _is_of_head(line: str) -> bool:
    found = (pattern.search(line) for pattern in (_MOTTO, _NUMBER, _PLACE))
    return any(found) or (line.isupper() and _OFFICE.match(line) is not None)


def _is_kind(match: "regex.Match[str]") -> bool:
    subject = match["subject"]
    return not subject or bool(_ABOUT.match(subject)) or subject.isupper() or subject[:1] in "(-–"


def _subject(head: Sequence[str], begin: int, first: str) -> tuple[str, int]:
    parts = [first] if first else []
    number = begin
    while number < len(head) and number < begin + MAX_SUBJECT + 2:
        line = head[number]
        if not line or _RULE.fullmatch(line):
            if parts:
                break
        elif not parts and line.isupper() and line.startswith("CỦA "):  # who decides; the subject is below
            pass
        elif (
            (parts and not _ABOUT.match(line) and _ENDS_SUBJECT.match(line))
            or (parts and line.isupper() and not parts[-1].isupper())  # who decides
            or (line.startswith("(") and not _ABOUT.search(line))  # by which decision, for whom
            or line.endswith((";", ".", ":"))
            or (
                _PLACE.search(line)
                or _MOTTO.search(line)
                or len(line) > SUBJECT_LENGTH
                or (not parts and _ENDS_SUBJECT.match(line) and not line.isupper())
            )
        ):
            break
        else:
            parts.append(line)
            if len(parts) >= MAX_SUBJECT:
                number += 1
                break
        number += 1
    if not parts:
        number = begin
    while number < len(head) and (
        not head[number] or _RULE.fullmatch(head[number]) or _PLACE.fullmatch(head[number])
    ):
        number += 1
    return " ".join(parts).strip(" -–("), number


def _joined(kind: str, subject: str) -> str:
    subject = (
        _ABOUT.sub(lambda match: f"về việc {match['subject']}", subject, count=1)
        if _ABOUT.match(subject)
        else subject
    )
    if not subject:
        return kind.capitalize()
    words = subject.split()
    # "Tổ chức lễ hội" goes on in lower case behind the kind, "Phường Rạch Mây" is a name.
    is_name = subject.isupper() or (len(words) > 1 and words[1][:1].isupper()) or words[0].isupper()
    return f"{kind.capitalize()} {subject if is_name else subject[0].lower() + subject[1:]}"


def _published(lines: Sequence[str], end: int, zone: tzinfo) -> datetime | None:
    """Return the date behind the place: in the head, or above the signature."""
    below = [line for line in lines[max(end, len(lines) - FOOT_LINES) :] if _PLACE.match(line)]
    for line in (*lines[:end], *below):
        if match := _PLACE.search(line):
            moment, _ = dates.take(" ".join(match["date"].split()), zone)
            if moment:
                return moment
    return None
