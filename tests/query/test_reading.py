import numpy as np
from texts import index_of

from retrieval.index.index import Index
from retrieval.query.lexicon import NO_WORDS
from retrieval.query.query import parse
from retrieval.query.reading import Reading, read
from retrieval.query.spelling import words
from retrieval.text.analyzer import tokens


def reading_of(index: Index, question: str) -> Reading:
    return read(index, words(index, NO_WORDS, list(tokens(question))))


def test_neighbours_decide_between_forms() -> None:
    index = index_of(
        a="Thủ tục hành chính. Thủ tục đất đai.", b="Thú vui tuổi già. Thù lao.", c="Tức là vậy."
    )
    reading = reading_of(index, "thu tuc")
    first, second = (
        index.vocabulary[forms[chances.argmax()]]
        for forms, chances in zip(reading.forms, reading.chances, strict=True)
    )
    assert (first, second) == ("thủ", "tục")


def test_the_best_path_is_of_words_that_go_together() -> None:
    """Word by word, "bán" is likelier than "bạn" here, but not before "bè"."""
    index = index_of(a="bán nhà", b="bán hàng", c="bán bé", d="bạn bè", e="bạn bè")
    reading = reading_of(index, "ban be")
    assert [
        index.vocabulary[forms[place]] for forms, place in zip(reading.forms, reading.path, strict=True)
    ] == [
        "bạn",
        "bè",
    ]


def test_chances_of_each_word_sum_to_one() -> None:
    reading = reading_of(index_of(a="thủ tục", b="thú tức"), "thu tuc thu")
    np.testing.assert_allclose([chances.sum() for chances in reading.chances], 1)


def test_an_unknown_word_parts_what_stands_around_it() -> None:
    reading = reading_of(index_of(a="thủ tục", b="thú tức"), "99 thu 98 97 tuc 96")
    assert [len(chances) for chances in reading.chances] == [0, 2, 0, 0, 2, 0]
    assert [place >= 0 for place in reading.path] == [False, True, False, False, True, False]


def test_a_term_that_stands_in_titles_only_can_be_read() -> None:
    index = index_of(a="thủ tục")
    assert reading_of(index, "").forms == ()
    assert reading_of(index, "thu").chances[0].tolist() == [1]


def test_a_guess_that_stays_unlikely_is_dropped() -> None:
    """In a question with accents, "ban" means "ban" unless its neighbours say otherwise."""
    index = index_of(a="ban quản lý chợ", b="ban quản lý", c="bạn bè", d="ban ngày")
    kept = [len(forms) for forms in reading_of(index, "ban quản lý").forms]
    assert kept == [1, 1, 1]
    assert [len(forms) for forms in reading_of(index, "ban quan ly").forms] == [2, 1, 1]


def test_words_that_people_ask_with_are_read_as_such() -> None:
    index = index_of(
        **{f"a{n}": f"Ở khu {n} có chợ." for n in range(4)}, b="Chợ ở đầu phố.", c="Đi đâu cũng gặp."
    )
    assert [word.term for word in parse(index, "cho o dau").words] == ["chợ", "ở", "đâu"]
