"""Make text canonical: what every reader does to a body, and every question goes through.

The result is what is stored and shown; nothing here changes how a word is spelled. How words are
compared (case, tone placement) is the analyzer's business.
"""

import re
import unicodedata
from itertools import filterfalse

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
# Zero-width (non-)joiners have a meaning between Arabic or Indic letters and inside emoji, so they go only at
# the beginning of a text or after a Latin letter, a digit or a space.
_MEANINGLESS_JOINER = re.compile(
    r"(?:\A|(?<=[\u0000-\u024f\u0300-\u036f\u1680\u1e00-\u1eff\u2000-\u200a\u202f\u205f\u3000]))[\u200c\u200d]+"
)
_CONTROL = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ud800-\udfff]")
# JSON can write half a character, and so can file names that are not UTF-8; no file or message takes it.
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_SPACES = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Everything that the patterns above treat, but for the plain space and line end. Few texts hold any of it.
_ODD = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u00ad\u00d0\u00f0\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
_LOOSE = re.compile(r"\s+(?=[,.;:?!]+(?:\s|$))|[,;:.]+(?=\s*[.?!](?:\s|$))|\A\s*[,.;:]+(?=\s|$)")
_STROKE = str.maketrans("Đđ", "Dd")  # the one Vietnamese letter that does not decompose
_ETH = str.maketrans("Ðð", "Đđ")  # U+00D0/F0, a common slip for U+0110/0111 in Vietnamese files


def clean(text: str) -> str:
    """Return *text* as it is stored: NFC, no invisible or control characters, single spaces.

    Line ends become ``\\n``; blank lines go, so that one ``\\n`` stands between paragraphs; nothing
    is left at either end. Icelandic eth becomes Vietnamese đ. Idempotent.
    """
    text = unicodedata.normalize("NFC", text)
    if _ODD.search(text):
        text = _CONTROL.sub("", _LINE_END.sub("\n", text))
        text = _MEANINGLESS_JOINER.sub("", _INVISIBLE.sub("", text)).translate(_ETH)
        text = _SPACES.sub(" ", text)
        # Taking a character out can bring a letter and its mark together.
        text = unicodedata.normalize("NFC", text)
    while "  " in text:
        text = text.replace("  ", " ")
    return "\n".join(line for part in text.split("\n") if (line := part.strip(" ")))


def one_line(text: str) -> str:
    """Return *text* clean and without line ends."""
    return clean(text).replace("\n", " ")


def closed_up(text: str) -> str:
    """Return *text* clean, after something was cut out of it: no mark is left that stands by itself."""
    return clean(_LOOSE.sub("", text))


def encodable(text: str) -> str:
    """Return *text* with U+FFFD for each half of a character (a lone surrogate)."""
    return text if text.isascii() else _HALF_A_CHARACTER.sub("\ufffd", text)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range ``text[start:end]``, which is not all blank, without the blanks at its ends."""
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def without_accents(text: str) -> str:
    """Return *text* as typed on a keyboard without Vietnamese: every letter without its marks, đ as d."""
    parts = unicodedata.normalize("NFD", text.translate(_STROKE))
    return unicodedata.normalize("NFC", "".join(filterfalse(unicodedata.combining, parts)))
