"""Bytes to text, whatever wrote them.

Surest evidence first: a byte order mark, valid UTF-8, the encoding that a page declares, the zero bytes of
UTF-16, the combining tone marks of Windows-1258; only then charset-normalizer. What can be read in two ways
is refused: people quote from these texts, and the wrong way shows wrong letters.
"""

import codecs
import re
import unicodedata

from retrieval.errors import ReadError
from retrieval.readers.letters import mending as letters
from retrieval.readers.letters.fonts import FONT_SIGN

MAX_CONTROL_SHARE = 0.02  # 0..1 of a text's characters; more than that is no text
MAX_MESS = 0.05  # 0..1, charset-normalizer's measure of unlikely characters; old Vietnamese fonts give 0.07
MAX_STRANGE_SHARE = 0.1  # 0..1 of the letters beyond ASCII; Windows-1258 gives 0, old fonts give over 0.3
MAX_BROKEN = 20  # characters that are no UTF-8; with more the text has holes that somebody would quote
MIN_WHOLE = 20  # whole characters beyond ASCII for each broken one
MIN_SIGNS = 3  # different signs of an old Vietnamese font; two sentences in one nearly always have more
MIN_SIGN_SHARE = 0.08  # 0..1 of the bytes beyond ASCII; old fonts give 0.08 to 0.5, Czech 0.01, French 0.001
MIN_ZERO_SHARE = 0.2  # 0..1 of every second byte; letters, spaces and digits of Latin script give over 0.4

_BYTE_ORDER_MARKS = (
    # UTF-32's little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffd-\uffff]")
# Not every name that Python knows is one for text on the web: "unicode_escape" would run a small program.
_DECLARABLE = re.compile(
    r"windows-125\d|windows-874|iso-8859-\d+|koi8-[ru]|gbk?|gb2312|gb18030|big5|shift_jis|euc-(?:jp|kr)|tis-620",
    re.IGNORECASE,
)
# What files of the last thirty years are written in; the pages of DOS and old Macs would only rival these.
_LEGACY = [f"cp125{number}" for number in range(9)]
_LEGACY += ["cp874", "koi8_r", "gb18030", "big5", "cp932", "euc_jp", "cp949"]
# Fonts like VNI and TCVN3 draw Vietnamese over the letters and symbols of Windows-1252, so their texts are
# declared or taken for that.
_DRAWN_OVER = re.compile(r"windows-125[28]|iso-8859-1", re.IGNORECASE)
_VIETNAMESE = frozenset("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")
_TONE_MARK = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def decode(content: bytes, origin: str, *, declared: str = "") -> str:
    """Return *content* as text, without a byte order mark; *declared* is the encoding that it names itself.

    Raises ``ReadError`` with *origin* and one of the reasons "empty", "binary" and "not decodable: …".
    """
    text = _decoded(content, declared)
    if text is None:
        raise _refusal(content, origin)
    if not text.strip("\ufeff\u200b\0 \t\r\n\u00a0"):
        raise ReadError(origin, "empty")
    return letters.mended(text, origin)


def _decoded(content: bytes, declared: str) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strict(content, encoding)
    # Text encoded twice may be full of control characters until it is put right.
    text = letters.doubled(content) or _strict(content, "utf-8")
    if text is not None:
        return text
    if _is_broken_utf_8(content):
        return _mended(content)
    text = letters.from_bytes(content)
    if text is None and _DRAWN_OVER.fullmatch(declared):
        text = _strict_windows_1258(content)  # its pages declare whatever an editor put there
    if text is not None:
        return text
    is_drawn_over = _DRAWN_OVER.fullmatch(declared) and _is_old_font(content)
    if text is None and _DECLARABLE.fullmatch(declared) and not is_drawn_over:
        # Browsers read "iso-8859-1" as Windows-1252, and pages are written for browsers.
        text = _strict(content, "cp1252" if declared.lower() == "iso-8859-1" else declared)
    for attempt in (_strict_utf_16, _strict_windows_1258, _only_reading):
        text = attempt(content) if text is None else text
    return text


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if len(_CONTROL.findall(text)) <= MAX_CONTROL_SHARE * len(text) else None


def _strict_utf_16(content: bytes) -> str | None:
    """Decode UTF-16 without a mark if every second byte is often zero, and its neighbour hardly ever."""
    half = max(1, len(content) // 2)
    even, odd = content[0::2].count(0) / half, content[1::2].count(0) / half
    if odd >= MIN_ZERO_SHARE and even <= MAX_CONTROL_SHARE:
        return _strict(content, "utf-16-le")
    if even >= MIN_ZERO_SHARE and odd <= MAX_CONTROL_SHARE:
        return _strict(content, "utf-16-be")
    return None


def _strict_windows_1258(content: bytes) -> str | None:
    """Decode Windows-1258 if its tone marks prove it.

    It writes a tone as a mark after the vowel. The same bytes are ordinary letters elsewhere and follow
    consonants there ("lunedì"), so every mark has to melt into its vowel, and the letters must be Vietnamese.
    """
    text = _strict(content, "cp1258")
    if text is None or not _TONE_MARK.search(text):
        return None
    composed = unicodedata.normalize("NFC", text)
    return None if _TONE_MARK.search(composed) or not _is_vietnamese(composed) else composed


def _only_reading(content: bytes) -> str | None:
    """Decode as charset-normalizer would, if all encodings that it thinks likely give the same text."""
    if _has_control(content):
        return None
    # Imported here because hardly any file gets this far.
    from charset_normalizer import from_bytes

    matches = from_bytes(content, cp_isolation=_LEGACY)
    likely = [match.encoding for match in matches if match.chaos <= MAX_MESS]
    readings = {_strict(content, encoding) for encoding in likely}
    if len(readings) != 1 or (likely[0].startswith("cp125") and _is_old_font(content)):
        return None
    return readings.pop()


def _is_broken_utf_8(content: bytes) -> bool:
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = sum(character > "\x7f" for character in text) - broken
    return beyond_ascii > 4 * broken > 0


def _mended(content: bytes) -> str | None:
    """Return broken UTF-8 without its broken characters, if they are few: a summary cut in mid-letter."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = sum(character > "\x7f" for character in text) - broken
    if broken > MAX_BROKEN or broken * MIN_WHOLE > beyond_ascii:
        return None
    return _strict(text.replace("\ufffd", "").encode(), "utf-8")


def _is_old_font(content: bytes) -> bool:
    text = content.decode("latin-1").lower()
    signs = FONT_SIGN.findall(text)
    beyond_ascii = sum(character > "\x7f" for character in text)
    return len(set(signs)) >= MIN_SIGNS and len(signs) >= MIN_SIGN_SHARE * beyond_ascii


def _is_vietnamese(text: str) -> bool:
    beyond_ascii = [letter for letter in text.lower() if letter > "\x7f" and letter.isalpha()]
    strange = sum(letter not in _VIETNAMESE for letter in beyond_ascii)
    return strange <= MAX_STRANGE_SHARE * len(beyond_ascii)


def _has_control(content: bytes) -> bool:
    control = sum(content.count(byte) for byte in (*range(9), *range(14, 27), *range(28, 32)))
    return control > MAX_CONTROL_SHARE * len(content)


def _refusal(content: bytes, origin: str) -> ReadError:
    if _has_control(content):
        return ReadError(origin, "binary")
    if _is_old_font(content):
        return ReadError(origin, letters.OLD_FONT)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return ReadError(
            origin, "not decodable: byte {n} is not UTF-8; save the file as UTF-8", n=error.start + 1
        )
    return ReadError(origin, "binary")
