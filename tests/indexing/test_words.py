"""The words and passages of many texts at once are those of each text alone."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.indexing.passage import MAX_WORDS, split
from retrieval.indexing.words import TextWords
from retrieval.text.analyzer import analyse
from retrieval.text.canonical import clean

# Numbers with points and commas, both spellings of a tone, other scripts, signs between words.
_LATIN = ["hoà", "hòa", "Hòa", "ĐỒNG", "a", "x_y", "ª", "₫", "–", " ", "\n"]
_NUMBERS = ["12", "1.200", ",", ".", "3km", "m²", "½", "1.2.3,4"]
_OTHERS = ["ภาษาไทย", "图书馆", "Ａ１", "е", "e\u0301", "🙂"]
# What ends a sentence and what does not, what may begin the next one, and what stands around them.
_ENDS = [". ", "...", "!”", "?) ", "…", "ab.Cd ", 'ab."Cd,', "TP. ", "NSƯT. ", "B.", "Ab", "1", "(", "•", "ª"]
_PIECES = st.sampled_from(_LATIN + _NUMBERS + _OTHERS)
_TEXTS = st.lists((st.lists(_PIECES, max_size=12).map("".join) | st.text(max_size=30)).map(clean), max_size=6)


@given(_TEXTS)
def test_terms_are_those_of_each_text_alone(texts: list[str]) -> None:
    words, alone = TextWords(texts), [analyse(text) for text in texts]
    numbers, terms = words.numbered()
    assert [terms[number] for number in numbers.tolist()] == [term for one in alone for term in one.terms]
    assert words.lengths.tolist() == [len(one.terms) for one in alone]


@given(st.lists(st.lists(st.sampled_from(_LATIN + _ENDS + _OTHERS[:2]), max_size=30).map("".join).map(clean)))
def test_passages_are_those_of_each_text_alone(texts: list[str]) -> None:
    _same_passages([text for text in texts if text])


def test_sentences_that_are_too_long_are_cut_as_in_a_text_alone() -> None:
    for words in (MAX_WORDS, MAX_WORDS + 1, 5 * MAX_WORDS):
        _same_passages(["Ngắn. " + "từ – " * words + "cuối.", "图书馆在八点开门。" * words, "Hết."])


def _same_passages(texts: list[str]) -> None:
    alone = [analyse(text) for text in texts]
    spans = [split(text, one.word_starts) for text, one in zip(texts, alone, strict=True)]
    passages = TextWords(texts).passages(slice(None))
    assert passages.counts.tolist() == [len(its) for its in spans]
    assert list(zip(passages.starts.tolist(), passages.ends.tolist(), strict=True)) == [
        span for its in spans for span in its
    ]
    measured = [
        sum(start <= word < end for word in one.starts)
        for its, one in zip(spans, alone, strict=True)
        for start, end in its
    ]
    assert passages.lengths.tolist() == measured


@given(_TEXTS)
def test_terms_are_numbered_in_the_order_in_which_they_come_first(texts: list[str]) -> None:
    _, terms = TextWords(texts).numbered()
    assert terms == list(dict.fromkeys(term for text in texts for term in analyse(text).terms))


def test_as_many_words_as_a_text_can_have_are_told_apart() -> None:
    text = " ".join(f"{number:x}" for number in range(70_000))
    numbers, terms = TextWords([text]).numbered()
    assert numbers.tolist() == list(range(70_000))
    assert terms == text.split()
