"""The names of offices, papers and portals, which pages print and declare beside their titles."""

import regex

MAX_SITE_WORDS = 14
MAX_NAME_WORDS = 4  # of a place or a person in a row; more in capitals are a sentence

_NAME = (
    rf"\p{{Lu}}[\p{{L}}\p{{M}}\d.'’-]*+(?:\ \p{{Lu}}[\p{{L}}\p{{M}}\d.'’-]*+){{0,{MAX_NAME_WORDS - 1}}}(?!\w)"
)
_BREAK = r"(?:,?\ |\ ?[-–:]\ ?)"
_PLACES = "phường, xã, thị trấn, thị xã, huyện, quận, tỉnh, thành phố, tp., tp, đặc khu, thủ đô"
# With one of them the name of an office begins.
_KINDS = (
    "sở, phòng, ban, bộ, cục, chi cục, tổng cục, văn phòng, trung tâm, trường, viện, bệnh viện, trạm y "
    "tế, hội, đoàn, đảng bộ, đảng ủy, tỉnh ủy, thành ủy, huyện ủy, thị ủy, quận ủy, uỷ ban, ủy ban, ubnd, "
    "hđnd, ubmttq, công an, tòa án, toà án, viện kiểm sát, công ty, tổng công ty, điện lực, ngân hàng, "
    "kho bạc, bảo hiểm, hải quan, thuế, liên đoàn, thư viện, bảo tàng, đại học, học viện, mặt trận, báo, "
    "đài, tạp chí"
)
# None of them makes a sentence about an office.
_MATTERS = (
    "vụ, ngành, trạm, nhà, hội đồng, nhân dân, tổ quốc, việt nam, quân sự, chỉ huy, biên phòng, kiểm sát, "
    "thi hành án, dân sự, cơ quan, cổ phần, cấp nước, quản lý, giáo dục, đào tạo, y tế, tư pháp, nội vụ, "
    "tài chính, xây dựng, công thương, nông nghiệp, phát triển, nông thôn, môi trường, tài nguyên, khoa "
    "học, công nghệ, văn hóa, văn hoá, thể thao, du lịch, gia đình, lao động, thương binh, xã hội, kế "
    "hoạch, đầu tư, thông tin, truyền thông, giao thông, vận tải, ngoại vụ, dân tộc, tôn giáo, thanh tra, "
    "liên hiệp, phụ nữ, thanh niên, nông dân, cựu chiến binh, chữ thập đỏ, cao đẳng, tiểu học, trung học, "
    "phổ thông, cơ sở, mầm non, mẫu giáo, thpt, thcs, đa khoa, chuyên khoa, kiểm soát, bệnh tật, hành "
    "chính, dịch vụ, công, khu công nghiệp, phát thanh, truyền hình, và, của, tại"
)


def _any_of(words: str) -> str:
    """Return a pattern of these words, the longest first, in small letters or capitals."""
    ordered = sorted(words.split(", "), key=len, reverse=True)
    return f"(?i:{'|'.join(regex.escape(word, literal_spaces=False) for word in ordered)})(?!\\w)"


_PLACE = _any_of(_PLACES)
_WORD = _any_of(f"{_PLACES}, {_KINDS}, {_MATTERS}")
_PART = rf"(?:{_WORD}|{_NAME}(?=,|\ ?[-–:]|$|\ {_WORD}))"  # never two names in a row
_OFFICE = regex.compile(rf"(?={_any_of(_KINDS)}){_PART}(?:{_BREAK}{_PART})*", regex.VERBOSE)
_AUTHORITY = regex.compile(
    rf"""(?i:u[ỷy]\ ban|ủy\ ban|ubnd)(?i:\ nhân\ dân|\ mặt\ trận|\ tổ\ quốc|\ mttq|\ việt\ nam)*+
    (?:\ {_NAME})?(?:{_BREAK}{_PLACE}\ (?:{_NAME}|\d+))*""",
    regex.VERBOSE,
)
_PAPER = regex.compile(
    rf"""(?i:báo(?!\ (?:động|cáo|hiệu|chí|hại|ơn|tin|giá|thù|mộng)\b)|đài(?!\ (?:loan|bắc|trung|các|hoa)\b)
    |tạp\ chí)
    (?i:\ phát\ thanh|\ truyền\ hình|\ và|\ [-–]|\ điện\ tử|\ tiếng\ nói)*+(?:\ {_NAME})?
    (?i:\ điện\ tử|\ online|\ nhân\ dân|\ sản|\ và\ truyền\ hình)?(?:{_BREAK}{_PLACE}\ {_NAME})?""",
    regex.VERBOSE,
)
_PORTAL = regex.compile(
    r"(?i:(?:cổng|trang|công)\ (?:thông\ tin|tin|ttđt|web)(?:\ điện\ tử|\ tổng\ hợp|\ chính\ thức)*+"
    r"|website|trang\ chủ|portal)"
    rf"(?:{_BREAK}(?:{_PART}|(?i:điện\ tử|chính\ phủ)|\d+))*",
    regex.VERBOSE,
)


def is_site_name(text: str) -> bool:
    """Tell whether *text* is the name of a portal, a paper or an authority, from its first word to its last.

    "Báo Mười Phương" and "UBND xã Hòa Khê" are, "Báo động lũ trên sông Hậu" is not.
    """
    text = text.strip()
    if len(text.split()) > MAX_SITE_WORDS:
        return False
    return any(pattern.fullmatch(text) for pattern in (_PORTAL, _PAPER, _AUTHORITY))


def is_office(text: str) -> bool:
    """Tell whether *text* is the name of an office, a school, a hospital or a company, and no sentence."""
    text = text.strip()
    return len(text.split()) <= MAX_SITE_WORDS and bool(_OFFICE.fullmatch(text))
