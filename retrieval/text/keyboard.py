"""Vietnamese keys that reached the message as they were struck: "thur tucj" (Telex), "thu3 tuc5" (VNI).

Both write the shape of a letter and the tone of a syllable with keys of their own, right behind the letter
or anywhere later in the syllable: "dduwowcj", "dduocwj" and "duocwdj" are all "được".
"""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from retrieval.text.analyzer import term

_VOWELS = frozenset("aăâeêioôơuưy")
_ROUND = {"a": "â", "e": "ê", "o": "ô"}
_HORNED = {"a": "ă", "o": "ơ", "u": "ư"}
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300\u0301\u0309\u0303\u0323"
_TELEX_TONES = {"f": _GRAVE, "s": _ACUTE, "r": _HOOK, "x": _TILDE, "j": _DOT}
_VNI_TONES = {"2": _GRAVE, "1": _ACUTE, "3": _HOOK, "4": _TILDE, "5": _DOT}

Letters = list[str]


@lru_cache(maxsize=1 << 14)
def keys_decoded(word: str) -> str | None:
    """Return the term that the keys of *word* stand for; None if they are letters only."""
    word = word.lower()
    if not word.isascii() or not word[:1].isalpha():
        return None
    if word.isalpha():
        return _decoded(word, _TELEX_TONES, _telex)
    return _decoded(word, _VNI_TONES, _vni)


def _decoded(word: str, tones: dict[str, str], shape: Callable[[Letters, str], bool]) -> str | None:
    letters: Letters = []
    tone = ""
    for key in word:
        if key in tones and not tone and not _VOWELS.isdisjoint(letters):
            tone = tones[key]
        elif not shape(letters, key):
            letters.append(key)
    bare = "".join(letters)
    if bare.endswith("ươ"):  # one stroke shapes both of "uo", but without a letter behind it only the o: thuở
        bare = f"{bare[:-2]}uơ"
    if (bare == word and not tone) or not bare.isalpha():
        return None
    vowel = max((at for at, letter in enumerate(bare) if letter in _VOWELS), default=-1)
    return term(unicodedata.normalize("NFC", bare[: vowel + 1] + tone + bare[vowel + 1 :]))


def _telex(letters: Letters, key: str) -> bool:
    """Let *key* shape a letter before it; False if it is a letter itself."""
    if key == "d":
        return _replace(letters, {"d": "đ"})
    if key == "w":
        return _horn(letters) or (_VOWELS.isdisjoint(letters) and _append(letters, "ư"))
    # A vowel doubled, at once or behind the coda.
    is_double = letters[-1:] == [key] or (key in letters and letters[-1] not in _VOWELS)
    return key in _ROUND and is_double and _replace(letters, {key: _ROUND[key]})


def _vni(letters: Letters, key: str) -> bool:
    """Let *key* shape a letter before it; False if it is a letter itself, or a digit that fits none."""
    match key:
        case "6":
            return _replace(letters, _ROUND)
        case "7":
            return _horn(letters)
        case "8":
            return _replace(letters, {"a": "ă"})
        case "9":
            return _replace(letters, {"d": "đ"})
    return False


def _horn(letters: Letters) -> bool:
    """Shape the last of a, o, u; both of "uo", unless the u belongs to "qu"."""
    if not _replace(letters, _HORNED):
        return False
    for at, pair in enumerate(pairwise(letters)):
        if pair == ("u", "ơ") and letters[max(at - 1, 0)] != "q":
            letters[at] = "ư"
    return True


def _replace(letters: Letters, shapes: dict[str, str]) -> bool:
    for at in reversed(range(len(letters))):
        if letters[at] in shapes:
            letters[at] = shapes[letters[at]]
            return True
    return False


def _append(letters: Letters, letter: str) -> bool:
    letters.append(letter)
    return True
