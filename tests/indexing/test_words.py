"""The words of many texts at once are those of each text alone."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.indexing.words import TextWords
from retrieval.text.analyzer import analyse
from retrieval.text.canonical import clean

# Numbers with points and commas, both spellings of a tone, other scripts, signs between words.
_LATIN = ["hoà", "hòa", "Hòa", "ĐỒNG", "a", "x_y", "ª", "₫", "–", " ", "\n"]
_NUMBERS = ["12", "1.200", ",", ".", "3km", "m²", "½", "1.2.3,4"]
_OTHERS = ["ภาษาไทย", "图书馆", "Ａ１", "е", "e\u0301", "🙂"]
_PIECES = st.sampled_from(_LATIN + _NUMBERS + _OTHERS)
_TEXTS = st.lists((st.lists(_PIECES, max_size=12).map("".join) | st.text(max_size=30)).map(clean), max_size=6)


@given(_TEXTS)
def test_terms_and_starts_are_those_of_each_text_alone(texts: list[str]) -> None:
    words, alone = TextWords(texts), [analyse(text) for text in texts]
    numbers, terms = words.numbered()
    assert [terms[number] for number in numbers.tolist()] == [term for one in alone for term in one.terms]
    starts = [words.starts(number) for number in range(len(texts))]
    assert starts == [(one.starts, one.word_starts) for one in alone]


@given(_TEXTS)
def test_terms_are_numbered_in_the_order_in_which_they_come_first(texts: list[str]) -> None:
    _, terms = TextWords(texts).numbered()
    assert terms == list(dict.fromkeys(term for text in texts for term in analyse(text).terms))


def test_as_many_words_as_a_text_can_have_are_told_apart() -> None:
    text = " ".join(f"{number:x}" for number in range(70_000))
    numbers, terms = TextWords([text]).numbered()
    assert numbers.tolist() == list(range(70_000))
    assert terms == text.split()
