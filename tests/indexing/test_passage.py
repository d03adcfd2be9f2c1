from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from retrieval.indexing.passage import MAX_WORDS, TARGET_WORDS, split
from retrieval.text.analyzer import UNSPACED_WORDS, analyse, tokens
from retrieval.text.canonical import clean
from retrieval.text.sentence import sentences


def passages(body: str) -> list[str]:
    return [body[start:end] for start, end in split(body, analyse(body).word_starts)]


def test_a_short_body_is_one_passage() -> None:
    assert passages("Câu một. Câu hai.") == ["Câu một. Câu hai."]


def test_a_body_without_words_is_one_passage() -> None:
    assert passages("… !\n?") == ["… !\n?"]


def test_passages_are_about_equally_long() -> None:
    body = " ".join(f"Câu số {number} có đúng tám từ ở đây." for number in range(50))
    lengths = [len(list(tokens(passage))) for passage in passages(body)]
    assert len(lengths) == round(50 * 9 / TARGET_WORDS)
    assert max(lengths) - min(lengths) <= 9


def test_a_passage_ends_where_a_sentence_does() -> None:
    body = " ".join(f"Câu số {number} dài thêm một chút nữa." for number in range(100))
    ends = {end for _, end in sentences(body)}
    assert {body.index(passage) + len(passage) for passage in passages(body)} <= ends


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    body = "từ " * 1000 + "cuối"
    cut = passages(body)
    assert " ".join(cut) == body
    assert max(len(passage.split()) for passage in cut) <= MAX_WORDS


def test_a_passage_without_spaces_is_as_long_as_its_words_would_be() -> None:
    body = "第一句话说一件事情，后面还有几个字。" * 60
    found = split(body, analyse(body).word_starts)
    assert {round((end - start) / (UNSPACED_WORDS * TARGET_WORDS), 1) for start, end in found} == {1.0}


@given(st.lists(st.text(alphabet="aB .!\n,กา漢", min_size=1, max_size=400), max_size=8).map(" ".join))
def test_passages_are_in_order_and_lose_nothing_but_spaces(text: str) -> None:
    body = clean(text) or "x"
    found = split(body, analyse(body).word_starts)
    kept = "".join(body[start:end] for start, end in found)
    assert "".join(kept.split()) == "".join(body.split())
    assert all(start < end for start, end in found)
    assert all(left[1] <= right[0] for left, right in pairwise(found))
