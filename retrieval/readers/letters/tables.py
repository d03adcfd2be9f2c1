"""The old ways to write Vietnamese, as tables: which characters stand for which letter.

TCVN3 (ABC fonts), VISCII and VPS draw a letter over each byte, VNI writes a vowel and then its marks, and
Windows-1258 a vowel and then its tone. A text in one of them is met as somebody opened it: its bytes taken
for Windows-1252. Sources: RFC 1456 (VISCII), TCVN 5712:1993, the charts of the Vietnamese Unicode project.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

_SMALL = "àáảãạâầấẩẫậăằắẳẵặđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_BYTES = {  # of the small letters above in their order, then of the capitals; -- where the font has none
    "TCVN3": """
        b5 b8 b6 b7 b9 a9 c7 ca c8 c9 cb a8 bb be bc bd c6 ae cc d0 ce cf d1 aa d2 d5 d3 d4 d6 d7 dd d8 dc de
        df e3 e1 e2 e4 ab e5 e8 e6 e7 e9 ac ea ed eb ec ee ef f3 f1 f2 f4 ad f5 f8 f6 f7 f9 fa fd fb fc fe
        -- -- -- -- -- a2 -- -- -- -- -- a1 -- -- -- -- -- a7 -- -- -- -- -- a3 -- -- -- -- -- -- -- -- -- --
        -- -- -- -- -- a4 -- -- -- -- -- a5 -- -- -- -- -- -- -- -- -- -- a6 -- -- -- -- -- -- -- -- -- --
    """,
    "VISCII": """
        e0 e1 e4 e3 d5 e2 a5 a4 a6 e7 a7 e5 a2 a1 c6 c7 a3 f0 e8 e9 eb a8 a9 ea ab aa ac ad ae ec ed ef ee b8
        f2 f3 f6 f5 f7 f4 b0 af b1 b2 b5 bd b6 be b7 de fe f9 fa fc fb f8 df d7 d1 d8 e6 f1 cf fd d6 db dc
        c0 c1 c4 c3 80 c2 85 84 86 06 87 c5 82 81 02 05 83 d0 c8 c9 cb 88 89 ca 8b 8a 8c 8d 8e cc cd 9b ce 98
        d2 d3 99 a0 9a d4 90 8f 91 92 93 b4 96 95 97 b3 94 d9 da 9c 9d 9e bf bb ba bc ff b9 9f dd 14 19 1e
    """,
    "VPS": """
        e0 e1 e4 e3 e5 e2 c0 c3 c4 c5 c6 e6 a2 a1 a3 a4 a5 c7 e8 e9 c8 eb cb ea 8a 89 8b cd 8c ec ed cc ef ce
        f2 f3 d5 f5 86 f4 d2 d3 b0 87 b6 d6 a9 a7 aa ab ae f9 fa fb db f8 dc d8 d9 ba bb bf ff 9a 9b cf 9c
        80 c1 81 82 02 c2 84 83 85 1c 03 88 8e 8d 8f f0 04 f1 d7 c9 de fe 05 ca 93 90 94 95 06 b5 b4 b7 b8 10
        bc b9 bd be 11 d4 97 96 98 99 12 f7 9e 9d 9f a6 13 a8 da d1 ac 14 d0 af ad b1 1d 15 b2 dd fd b3 19
    """,
}
# VNI: the vowels that are a sign of their own, and the marks that follow a vowel.
_VNI_LETTERS = {"ñ": "đ", "ö": "ư", "ô": "ơ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_HAT, _BREVE = "\u0302", "\u0306"
_VNI_MARKS = dict(zip("øùûõï", (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT), strict=True))
_VNI_MARKS |= {"â": _HAT, "ê": _BREVE}
_VNI_MARKS |= dict(zip("àáåãä", (_HAT + mark for mark in _VNI_MARKS.values()), strict=False))
_VNI_MARKS |= dict(zip("èéúüë", (_BREVE + mark for mark in _VNI_MARKS.values()), strict=False))
_VNI = re.compile("([aeiouyôö])([øùûõïâàáåãäêèéúüë])|([ñöôíìæóòî])", re.IGNORECASE)


def as_1252(byte: int) -> str:
    """Return the character that Windows shows for *byte*; it shows five as control characters."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def opened_as_1252(content: bytes) -> str:
    """Return *content* as whoever takes it for Windows-1252 sees it; no byte is refused."""
    return content.decode("latin-1").translate(_SHOWN)


def _table(name: str) -> dict[int, str]:
    letters = _SMALL + _SMALL.upper()
    table = {}
    for letter, code in zip(letters, _BYTES[name].split(), strict=True):
        if code != "--":
            # A byte may have been taken for Latin-1 too, where 0x80 to 0x9F are controls.
            table[ord(as_1252(int(code, 16)))] = table[int(code, 16)] = letter
    return table


def _of_vni(text: str) -> str:
    return unicodedata.normalize("NFC", _VNI.sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    vowel, mark, letter = match.groups()
    sign = vowel or letter
    base = _VNI_LETTERS.get(sign.lower(), sign.lower())
    whole = base + _VNI_MARKS[mark.lower()] if mark else base
    return unicodedata.normalize("NFC", whole.upper() if sign.isupper() else whole)


def _of_1258(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_WINDOWS_1258))


def _by_table(table: Mapping[int, str]) -> Callable[[str], str]:
    return lambda text: text.translate(table)


def _pairs_of_1258() -> dict[int, str]:
    pairs = {}
    for byte in range(0x80, 0x100):
        try:
            letter = bytes([byte]).decode("cp1258")
        except UnicodeDecodeError:
            continue
        if letter != as_1252(byte):
            pairs[ord(as_1252(byte))] = letter
    return pairs


_SHOWN = {byte: as_1252(byte) for byte in range(0x80, 0xA0)}
_WINDOWS_1258 = _pairs_of_1258()
_WINDOWS_1258[0xF0] = "đ"  # eth, where it was not yet made đ

# By name, what makes Unicode of a text in this way of writing. What it does not know stays.
TO_UNICODE: Mapping[str, Callable[[str], str]] = {
    **{name: _by_table(_table(name)) for name in _BYTES},
    "VNI": _of_vni,
    "Windows-1258": _of_1258,
}
