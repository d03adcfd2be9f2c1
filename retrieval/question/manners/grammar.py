"""Rules of words: what people say around a question, in any spelling.

A rule is a regular expression over words: a word stands for itself in every spelling that ``spelled`` knows,
``~`` for any word, ``;`` for a comma, ``#`` for any mark or emoji, ``@`` for what comes before one or at the
end, a name in braces for another rule. Spaces only part words.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import combinations

import regex

from retrieval.question.manners.courtesy import COURTESY
from retrieval.question.manners.courtesy_english import ENGLISH_COURTESY
from retrieval.question.manners.kept import compiled_before, compiled_once
from retrieval.text.analyzer import fold, term
from retrieval.text.keyboard import keys_decoded

Pattern = regex.Pattern[str]

_RULES = COURTESY | ENGLISH_COURTESY
_REPEATED = re.compile(r"(\w)\1+")
# Spellings that no rule of typing explains.
_SHORT = {
    "k": "không", "hok": "không", "hong": "không", "hỏng": "không", "khum": "không", "hôg": "không",
    "hõi": "hỏi", "hoi": "hỏi", "vz": "vậy", "dc": "được", "đc": "được", "cmon": "camon", "ơn": "ơn",
    "bít": "biết", "bik": "biết", "bt": "biết", "zúp": "giúp", "dúp": "giúp", "júp": "giúp", "giup": "giúp",
    "ah": "ạ", "aj": "ạ", "ạk": "ạ", "ak": "ạ", "ạh": "ạ", "nhoa": "nha", "nhaz": "nha", "nhak": "nha",
    "hjhj": "haha", "kkk": "haha", "hihi": "haha", "hehe": "haha", "huhu": "haha", "hic": "haha",
    "hix": "haha", "kaka": "haha", "lol": "haha", "hu": "haha", "hì": "haha",
    "chàu": "chào", "trào": "chào", "nàm": "làm",
}  # fmt: skip
_NAME = re.compile(r"\{([A-Z_]+)\}")
_PIECE = re.compile(
    r"\{(?P<rule>[A-Z_]+)\}|(?P<count>\{[\d,]+\})|(?P<word>\w+)|(?P<group>\((?!\?))|(?P<other>.)"
)
_SIGNS = {"~": '(?: [^ ,.*"]+)', ";": "(?: ,)", "#": "(?: [,.*])", "@": "(?= [,.*]|$)", " ": ""}
_READY: dict[str, Pattern] = {}  # by the names of rules
_SHIFTED = str.maketrans("\u0309\u0303", "\u0303\u0309")  # hỏi and ngã, which half the country speaks alike
_TONE_KEYS = "fsrxj"  # of Telex
_LONG = 4  # letters; shorter words become others by a slip
_LONGER = 6  # letters; with one less it is still no other word


@cache
def rule(name: str) -> Pattern:
    """Return the pattern of what the rule *name* says, over words that each follow a space."""
    return _READY.get(name) or regex.compile(_pattern(name))


def prepare(names: Iterable[str], *, if_kept: bool = False) -> None:
    """Have the rules *names* ready, as an earlier process left them: to compile them takes seconds.

    *if_kept*: only if one did; else each is compiled when it is needed.
    """
    compiled = compiled_before if if_kept else compiled_once
    _READY.update(compiled({name: _pattern(name) for name in names}))


def _pattern(name: str) -> str:
    needed = {name: None}
    for outer in (waiting := [name]):
        inner = [inner_name for inner_name in _NAME.findall(_RULES[outer]) if inner_name not in needed]
        needed |= dict.fromkeys(inner)
        waiting += inner  # which the loop goes on to
    defined = "".join(f"(?P<{rule}>{_written(rule)})" for rule in needed)
    return f"(?(DEFINE){defined})(?&{name})"


@cache  # a word is one of the rules' own, of which there are a thousand, or stands for all others
def may_open(sign: str, name: str) -> bool:
    """Tell whether what the rule *name* says may begin with the one word *sign*, as ``may_begin`` does."""
    return rule(name).match(sign, partial=True) is not None


@lru_cache(maxsize=1 << 14)
def may_begin(signs: str, name: str) -> bool:
    """Tell whether what the rule *name* says may begin with the words *signs*, which each follow a space.

    Most words of most questions begin none, and to match a rule takes a hundred times longer.
    """
    return rule(name).match(signs, partial=True) is not None


def _written(name: str) -> str:
    return "".join(map(_translated, _PIECE.finditer(_RULES[name])))


def _translated(piece: re.Match[str]) -> str:
    """Return a piece of a rule as a regular expression."""
    match piece.lastgroup:
        case "rule":
            return f"(?&{piece['rule']})"
        case "word":
            word = term(piece[0])
            return rf"(?: (?:{word}|{fold(word)})\b)" if word != fold(word) else rf"(?: {word}\b)"
        case "group":
            return "(?:"
        case "count":
            return piece[0]
    return _SIGNS.get(piece[0], piece[0])


@lru_cache(maxsize=1 << 14)
def spelled(word: str) -> str | None:
    """Return the word of the rules that the term *word* spells; None if it spells none of them.

    Without any accent it stands for all that fold to it. Marks may be missing, one by one; hỏi and ngã may
    change places; the keys of Telex and VNI may have been left as struck; a letter may be repeated; in a long
    word two may have changed places, or one is missing.
    """
    table = _spellings()
    if (found := table.get(word)) is not None:
        return found
    squeezed = _REPEATED.sub(r"\1", word)
    if squeezed != word and (found := table.get(term(squeezed))) is not None:
        return found
    if not word.isascii() and word[-1] in _TONE_KEYS and (found := table.get(word[:-1])) is not None:
        return found  # "ạj": the key once more
    typed = keys_decoded(word)
    return table.get(typed) if typed is not None else None


@cache
def _spellings() -> dict[str, str]:
    """Return the words of the rules by all their spellings."""
    words = sorted(
        {term(piece["word"]) for text in _RULES.values() for piece in _PIECE.finditer(text) if piece["word"]}
    )
    table = {form: word for word in words for form in _slips(word)}
    table |= {form: word for word in words for form in _marked(word)}
    table |= {fold(word): fold(word) for word in words}
    table |= {term(short): word for short, word in _SHORT.items()}
    return table | {word: word for word in words}


def _marked(word: str) -> set[str]:
    """Return *word* with any of its marks left out, and with hỏi and ngã exchanged."""
    forms = set[str]()
    for variant in {word, word.replace("đ", "d")}:
        parts = unicodedata.normalize("NFD", variant)
        marks = [at for at, part in enumerate(parts) if unicodedata.combining(part)]
        for count in range(len(marks) + 1):
            for gone in combinations(marks, count):
                left = "".join(part for at, part in enumerate(parts) if at not in gone)
                forms |= {term(unicodedata.normalize("NFC", way)) for way in (left, left.translate(_SHIFTED))}
    return forms


def _slips(word: str) -> set[str]:
    """Return what one slip of a finger makes of a long *word*, with its accents and without."""
    forms = set[str]()
    for form in {word, fold(word)}:
        if len(form) >= _LONG:
            swapped = (form[:at] + form[at + 1] + form[at] + form[at + 2 :] for at in range(len(form) - 1))
            forms |= {term(way) for way in swapped}
        if len(form) >= _LONGER:
            forms |= {form[:at] + form[at + 1 :] for at in range(1, len(form))}
    return forms
