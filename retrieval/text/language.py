"""Knowledge of single languages: which one a text is in, and what words of English are like.

Languages are told apart by their script; those in Latin letters by what Vietnamese writes and no other
language does, and by the function words of English. Where that does not tell, nothing is guessed.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import regex
import Stemmer

from retrieval.text.analyzer import WORDS_KEPT, is_character, is_unspaced, latin_words, term, terms

SAMPLE = 1000  # characters of a text that are looked at
LATIN_LETTERS = 3  # weigh as much as a letter of another script: languages of those write many names in Latin
LEAST_WORDS = 12  # of a text in Latin letters: in fewer, a name or a quotation outweighs the rest
# 0..1 of the words. Of Vietnamese 40 to 80 % have its own letters, of English about Vietnam hardly any.
VIETNAMESE_SHARE = 0.1
# English has 14 to 55 % of function words, and 6 to 38 % of those that cannot be Vietnamese syllables;
# Vietnamese without accents has up to 25 and 7 %, but not both at once.
FUNCTION_SHARE = 0.2
ENGLISH_SHARE = 0.03

# 0..1, what a term counts in a question, if other words count 1; measured on XQuAD. Full weight costs
# English .016 R@1 and, if most articles are Vietnamese and so "what" is a rare word, .033.
FUNCTION_WEIGHT = 0.3
CHARACTER_WEIGHT = 0.3  # Chinese: .2 to .5 rank alike
CLUSTERS_WEIGHT = 0.8  # Thai: .5 to .8 rank alike, 1 loses .01 R@1
UNKNOWN_CLUSTERS_WEIGHT = 0.3

_FUNCTION_WORDS = (
    "a about after all also an and any are as at be been before between but by can could did do does during "
    "for from had has have he her his how i in into is it its many may more most much not of on or other our "
    "s she should so some such t than that the their them there these they this those through to under up "
    "was we were what when where which while who whom whose why will with would you your"
)
ENGLISH_FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
# What says little in a question, too, but is a word like others if texts are told apart by language.
_SMALL_WORDS = (
    "am anybody anyone anything because cannot due even ever get gets getting go going got here if just let "
    "like me mine my myself need needs no only ours please put really somebody someone something still take "
    "takes too us use using want wants whether without yes yours yourself"
)
ENGLISH_SMALL_WORDS = ENGLISH_FUNCTION_WORDS | frozenset(_SMALL_WORDS.split())

_VIETNAMESE_SMALL_WORDS = (
    "bị bằng cho có của các để được đó đang đã hay hoặc khi là lúc mà này những nếu phải rồi sẽ tại thì trên "
    "trong từ và vào với về ở"
)
VIETNAMESE_SMALL_WORDS = frozenset(_VIETNAMESE_SMALL_WORDS.split())

_LANGUAGES = {  # by the only script of theirs; Han is Japanese if there is kana
    "Thai": "th",
    "Lao": "lo",
    "Khmer": "km",
    "Myanmar": "my",
    "Hangul": "ko",
    "Hiragana": "ja",
    "Katakana": "ja",
    "Han": "zh",
    "Greek": "el",
    "Hebrew": "he",
    "Armenian": "hy",
    "Georgian": "ka",
}
_LETTER = regex.compile(
    r"|".join(rf"(?P<{script}>\p{{{script}}})" for script in ["Latin", *_LANGUAGES]) + r"|\p{L}"
)
_VIETNAMESE = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
# What can be a Vietnamese syllable, typed without accents.
_SYLLABLE = regex.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|q|qu|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?"
)


def detect(text: str) -> str | None:
    """Return the language of *text*, which is clean, as a BCP 47 tag; None if it does not show."""
    sample = text[:SAMPLE]
    counted = sum(map(_COUNTED.__getitem__, sample.replace("\n", " ").split(" ")))
    if counted < _OTHER_SCRIPT:  # nearly all texts, and a tenth of the time that is taken below
        english, vietnamese, words = (counted >> shift & _MASK for shift in (2 * _BITS, _BITS, 0))
        return _in_latin_letters(words, vietnamese, english, sample)
    scripts: Counter[str] = Counter()
    for character, count in Counter(sample).items():  # a text has few different ones
        if (script := _script(character)) is not None:
            scripts[script] += count
    if not scripts:
        return None
    scripts["Latin"] //= LATIN_LETTERS
    kana = scripts["Hiragana"] + scripts["Katakana"]
    script = scripts.most_common(1)[0][0]
    if script == "Han" and kana * 10 > scripts["Han"]:  # a Chinese text may quote a Japanese name
        return "ja"
    if script != "Latin":
        return _LANGUAGES.get(script)
    languages = [_language_of(word) for word in terms(sample)]
    return _in_latin_letters(len(languages), languages.count("vi"), languages.count("en"), sample)


@lru_cache(maxsize=1 << 12)
def _script(character: str) -> str | None:
    """Return which script a letter is of, "" for one that tells nothing; None if it is no letter."""
    letter = _LETTER.match(character)
    return letter.lastgroup or "" if letter else None


def _in_latin_letters(words: int, vietnamese: int, english: int, sample: str) -> str | None:
    """Return the language of a *sample* with so many words, so many of which only that language has."""
    if words < LEAST_WORDS:
        return None
    if vietnamese / words >= max(VIETNAMESE_SHARE, english / words):
        return "vi"
    function = sum(word in ENGLISH_FUNCTION_WORDS for word in terms(sample)) / words
    return "en" if english / words >= ENGLISH_SHARE and function >= FUNCTION_SHARE else None


class _Counted(dict[str, int]):
    """How many words, Vietnamese ones and English ones stand between two spaces, in ``_BITS`` each.

    Those met are remembered; asked for every article, so no call of Python's.
    """

    def __missing__(self, piece: str) -> int:
        words = latin_words(piece)
        if words is None:  # not remembered: without spaces, a piece may be all that is looked at
            return _OTHER_SCRIPT
        if len(self) >= WORDS_KEPT:
            self.clear()
        self[piece] = counted = sum(map(_counted, words))
        return counted


_BITS = 10  # ``SAMPLE`` characters have fewer words
_MASK = (1 << _BITS) - 1
_OTHER_SCRIPT = 1 << 3 * _BITS
_COUNTED = _Counted()


def _counted(word: str) -> int:
    return 1 + {"vi": 1 << _BITS, "en": 1 << 2 * _BITS}.get(_language_of(word), 0)


def _language_of(word: str) -> str:
    """Return the language whose alone *word* is; "" if it may be of several."""
    only_english = "en" if _is_only_english(word) else ""
    return "vi" if _is_only_vietnamese(word) else only_english


def asks_in_english(words: Sequence[str]) -> bool:
    """Tell whether a question with these terms is in English, as far as that can be told from so few.

    Vietnamese typed without accents must not pass for it, nor a Vietnamese question about "WHO" or "The
    Voice": one function word of English weighs as much as two words that can be Vietnamese, or as four others
    that cannot.
    """
    return _asks_in_english(tuple(words))


@lru_cache(maxsize=64)  # of one question it is asked several times
def _asks_in_english(words: tuple[str, ...]) -> bool:
    english = sum(map(_is_only_english, words))
    foreign = sum(word.isalpha() and not _may_be_vietnamese(word) for word in words) - english
    small = sum(word in ENGLISH_FUNCTION_WORDS for word in words)
    other = sum(word not in ENGLISH_FUNCTION_WORDS and _may_be_vietnamese(word) for word in words)
    accented = sum(map(_is_only_vietnamese, words))
    if english:
        return 2 * english + foreign / 2 > other + accented
    if small > 1 and foreign > other and not accented:  # "can … get … at the": each may be Vietnamese
        return True
    return not other and any(map(str.isalpha, words))


def word_weight(word: str, *, is_known: bool, is_english: bool) -> float:
    """Return what a term counts (0..1) in a question, which may be in English; is it in the index?"""
    if is_english and word in ENGLISH_FUNCTION_WORDS:
        return FUNCTION_WEIGHT
    if is_character(word):
        return CHARACTER_WEIGHT
    if is_unspaced(word):
        # One that the index never saw is most likely the end of a word and the beginning of the next.
        return CLUSTERS_WEIGHT if is_known else UNKNOWN_CLUSTERS_WEIGHT
    return 1.0


def stems(words: Sequence[str]) -> list[str]:
    """Return the English stem of each term (Snowball, Porter 2001); what is not English may stay."""
    # A stemmer of its own each time, since threads cannot share one.
    found: list[str] = Stemmer.Stemmer("english").stemWords(words)
    return found


@lru_cache(maxsize=1 << 16)
def _is_only_vietnamese(word: str) -> bool:
    return not _VIETNAMESE.isdisjoint(term(word))


@lru_cache(maxsize=1 << 16)
def _is_only_english(word: str) -> bool:
    return (lower := term(word)) in ENGLISH_FUNCTION_WORDS and not _may_be_vietnamese(lower)


@lru_cache(maxsize=1 << 12)
def _may_be_vietnamese(word: str) -> bool:
    return not word.isascii() or _SYLLABLE.fullmatch(word) is not None
