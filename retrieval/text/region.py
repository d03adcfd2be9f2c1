"""Regional spellings of a syllable: hỏi and ngã, l and n, s and x, final n and ng, …

Each region says some of these alike, and who writes as he speaks takes the one for the other.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

import regex

from retrieval.text.analyzer import term

_HOOK, _TILDE = "\u0309", "\u0303"
_TONES = f"\u0300\u0301{_HOOK}{_TILDE}\u0323"
_SYLLABLE = regex.compile(
    r"(?P<onset>gi(?=[aăâeêoôơuư])|ngh|[ckgnpt]h|ng|tr|qu|[bcdđghklmnpqrstvx]?)"
    r"(?P<rhyme>[aăâeêioôơuưy]+(?:c|ch|m|n|ng|nh|p|t)?)"
)
_ONSETS = (("c", "k"), ("l", "n"), ("s", "x"), ("tr", "ch"), ("d", "gi", "r", "v"))
_RHYMES = (("iu", "iêu", "ưu", "ươu"), ("ui", "uôi"), ("ưi", "ươi"), ("im", "iêm"), ("ip", "iêp"))
_CODAS = (("n", "ng"), ("t", "c"))


@lru_cache(maxsize=1 << 14)
def spoken_alike(word: str) -> tuple[str, ...]:
    """Return the terms that somewhere sound like the term *word*, without itself, those most alike first.

    A word that is no syllable of Vietnamese sounds like none.
    """
    parts = unicodedata.normalize("NFD", word)
    tone = "".join(c for c in parts if c in _TONES)
    bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    found = _SYLLABLE.fullmatch(bare)
    if found is None or len(tone) > 1:
        return ()
    begins = "gi" if found["onset"] == "g" and found["rhyme"][0] == "i" else found["onset"]
    tones = [tone, {_HOOK: _TILDE, _TILDE: _HOOK}.get(tone, tone)]
    changed = {
        term(unicodedata.normalize("NFC", _toned(onset, rhyme, mark))): sum(
            new != other
            for new, other in zip((onset, rhyme, mark), (begins, found["rhyme"], tone), strict=True)
        )
        for onset, rhyme, mark in product(_onsets(begins), _rhymes(found["rhyme"]), tones)
    }
    changed.pop(word, None)
    return tuple(sorted(changed, key=lambda spelling: (changed[spelling], spelling)))


def _toned(onset: str, rhyme: str, tone: str) -> str:
    vowels = len(rhyme.rstrip("cghmnpt"))
    if onset == "gi" and rhyme[0] == "i":
        onset = "g"
    return onset + rhyme[:vowels] + tone + rhyme[vowels:]  # ``term`` moves the mark to its letter


def _onsets(onset: str) -> list[str]:
    return next(([onset, *(set(group) - {onset})] for group in _ONSETS if onset in group), [onset])


def _rhymes(rhyme: str) -> Iterator[str]:
    yield rhyme
    for group in _RHYMES:
        yield from (other for other in group if rhyme in group and other != rhyme)
    for coda, other in _CODAS:
        for old, new in ((other, coda), (coda, other)):
            if rhyme.endswith(old) and not (old == "n" and rhyme.endswith("ng")):
                yield rhyme.removesuffix(old) + new
                break
