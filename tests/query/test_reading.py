import numpy as np
from texts import index_of

from retrieval.index.index import Index
from retrieval.query.lexicon import NO_WORDS
from retrieval.query.query import parse
from retrieval.query.reading import decide
from retrieval.query.spelling import Spelling
from retrieval.query.word import Word
from retrieval.text.analyzer import tokens


def reading_of(index: Index, question: str) -> list[Word]:
    return decide(index, Spelling(index, NO_WORDS, list(tokens(question))).words())


def test_neighbours_decide_between_forms() -> None:
    index = index_of(
        a="Thủ tục hành chính. Thủ tục đất đai.", b="Thú vui tuổi già. Thù lao.", c="Tức là vậy."
    )
    likeliest = [index.vocabulary[word.forms[word.chances.argmax()]] for word in reading_of(index, "thu tuc")]
    assert likeliest == ["thủ", "tục"]


def test_the_best_path_is_of_words_that_go_together() -> None:
    """Word by word, "bán" is likelier than "bạn" here, but not before "bè"."""
    index = index_of(a="bán nhà", b="bán hàng", c="bán bé", d="bạn bè", e="bạn bè")
    assert [word.term for word in reading_of(index, "ban be")] == ["bạn", "bè"]


def test_chances_of_each_word_sum_to_one() -> None:
    reading = reading_of(index_of(a="thủ tục", b="thú tức"), "thu tuc thu")
    np.testing.assert_allclose([word.chances.sum() for word in reading], 1)


def test_an_unknown_word_parts_what_stands_around_it() -> None:
    reading = reading_of(index_of(a="thủ tục", b="thú tức"), "99 thu 98 97 tuc 96")
    assert [len(word.chances) for word in reading] == [0, 2, 0, 0, 2, 0]
    assert [word.term for word in reading] == ["99", "thủ", "98", "97", "tục", "96"]


def test_a_term_that_stands_in_titles_only_can_be_read() -> None:
    index = index_of(a="thủ tục")
    assert reading_of(index, "") == []
    assert reading_of(index, "thu")[0].chances.tolist() == [1]


def test_a_guess_that_stays_unlikely_is_dropped() -> None:
    """In a question with accents, "ban" means "ban" unless its neighbours say otherwise."""
    index = index_of(a="ban quản lý chợ", b="ban quản lý", c="bạn bè", d="ban ngày")
    kept = [len(word.forms) for word in reading_of(index, "ban quản lý")]
    assert kept == [1, 1, 1]
    assert [len(word.forms) for word in reading_of(index, "ban quan ly")] == [2, 1, 1]


def test_words_that_people_ask_with_are_read_as_such() -> None:
    index = index_of(
        **{f"a{n}": f"Ở khu {n} có chợ." for n in range(4)}, b="Chợ ở đầu phố.", c="Đi đâu cũng gặp."
    )
    assert [word.term for word in parse(index, "cho o dau").words] == ["chợ", "ở", "đâu"]
