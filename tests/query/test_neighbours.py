"""Counts of neighbouring syllables, and what they do for a reading."""

from pathlib import Path

import numpy as np
import pytest
from texts import index_of

from bot.shipped import shipped
from retrieval.index.index import Index
from retrieval.query.lexicon import Lexicon
from retrieval.query.neighbours import COUNTS_FILE, Neighbours
from retrieval.query.query import parse

SYLLABLES = ["bán", "bè", "bạn", "tôi"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Counts: "bạn bè" 90 times, "bán bè" 10 times, "tôi bán bè" 9 times."""
    np.savez_compressed(
        tmp_path / COUNTS_FILE,
        letters=np.frombuffer("\n".join(SYLLABLES).encode(), dtype=np.uint8),
        singles=np.array([100, 100, 100, 100], dtype=np.uint32),
        pair_lengths=np.array([1, 0, 1, 1], dtype=np.uint16),  # bán bè, bạn bè, tôi bán
        pair_seconds=np.array([1, 1, 0], dtype=np.uint16),
        pair_counts=np.array([10, 90, 10], dtype=np.uint32),
        triple_lengths=np.array([0, 0, 1], dtype=np.uint16),  # tôi bán bè
        triple_thirds=np.array([1], dtype=np.uint16),
        triple_counts=np.array([9], dtype=np.uint32),
    )
    return tmp_path


@pytest.fixture
def index() -> Index:
    return index_of(a="bán hàng. bán nhà.", b="bạn cũ.", c="bè gỗ.", d="tôi.")


def numbers(neighbours: Neighbours, index: Index, *terms: str) -> np.ndarray:
    return neighbours.numbers(index, index.keys_of(terms))


def test_a_pair_is_as_likely_as_it_was_counted(folder: Path, index: Index) -> None:
    neighbours = Neighbours(folder / COUNTS_FILE)
    ban, be, friend, me = numbers(neighbours, index, "bán", "bè", "bạn", "tôi")
    assert neighbours.behind(np.array([ban, friend]), np.array([be, be])) == pytest.approx(
        [0.1, 0.9], abs=0.03
    )
    assert neighbours.behind_both(np.array([me]), np.array([ban]), np.array([be])) == pytest.approx(
        0.9, abs=0.03
    )


def test_two_syllables_are_counted_alike_alone_and_in_arrays(folder: Path, index: Index) -> None:
    neighbours = Neighbours(folder / COUNTS_FILE)
    held = numbers(neighbours, index, *SYLLABLES)
    counted = neighbours.are_counted(held[:, None], held)
    alone = [[neighbours._times(first, second) > 0 for second in SYLLABLES] for first in SYLLABLES]
    assert counted.tolist() == alone
    assert neighbours._times("bạn", "bè") == 90


def test_two_syllables_that_are_seldom_apart_go_together(tmp_path: Path) -> None:
    np.savez_compressed(
        tmp_path / COUNTS_FILE,
        letters=np.frombuffer("\n".join(SYLLABLES).encode(), dtype=np.uint8),
        singles=np.array([1000, 20, 20, 10000], dtype=np.uint32),
        pair_lengths=np.array([1, 0, 1, 0], dtype=np.uint16),  # bán bè, bạn bè
        pair_seconds=np.array([1, 1], dtype=np.uint16),
        pair_counts=np.array([2, 18], dtype=np.uint32),
        triple_lengths=np.array([0, 0], dtype=np.uint16),
        triple_thirds=np.array([], dtype=np.uint16),
        triple_counts=np.array([], dtype=np.uint32),
    )
    neighbours = Neighbours(tmp_path / COUNTS_FILE)
    pairs = [("bạn", "bè"), ("bán", "bè"), ("bè", "bạn"), ("bạn", "gỗ")]
    assert [neighbours.go_together(*pair) for pair in pairs] == [True, False, False, False]
    assert neighbours.beginning("b") == SYLLABLES[:3]
    assert (Neighbours().go_together("bạn", "bè"), Neighbours().beginning("b")) == (False, ())


def test_what_was_never_counted_still_has_a_chance(folder: Path, index: Index) -> None:
    neighbours = Neighbours(folder / COUNTS_FILE)
    known, strange = numbers(neighbours, index, "bè", "gỗ")
    assert strange == -1
    assert neighbours.behind(np.array([known, strange]), np.array([strange, known])).min() > 0


def test_counts_at_large_read_what_the_articles_never_put_together(folder: Path, index: Index) -> None:
    assert [word.term for word in parse(index, "ban be").words] == ["bán", "bè"]
    with_counts = parse(index, "ban be", Lexicon.read(folder))
    assert [word.term for word in with_counts.words] == ["bạn", "bè"]


def test_two_words_speak_for_a_third(folder: Path, index: Index) -> None:
    read = parse(index, "toi ban be", Lexicon.read(folder))
    assert [word.term for word in read.words] == ["tôi", "bán", "bè"]


def test_without_counts_a_question_is_read_by_the_index_alone(tmp_path: Path, index: Index) -> None:
    assert not Lexicon.read(tmp_path).neighbours
    assert parse(index, "toi ban be", Lexicon.read(tmp_path)) is not None


@pytest.mark.parametrize("question", ["", "0278", "máy", "may"])
def test_a_question_of_a_word_or_none_is_read_with_counts_too(
    folder: Path, index: Index, question: str
) -> None:
    lexicon = Lexicon(neighbours=Neighbours(folder / COUNTS_FILE))
    assert parse(index, question, lexicon).question == question


def test_rare_is_what_is_few_of_all_and_nothing_without_counts(folder: Path) -> None:
    neighbours = Neighbours(folder / COUNTS_FILE)
    assert not neighbours.are_rare("bán")
    assert not neighbours.are_rare("bạn", "bè")
    assert neighbours.are_rare("bạn", "tôi")
    assert neighbours.are_rare("kilimanjaro")
    assert not Neighbours().are_rare("kilimanjaro")


def test_verbs_stand_behind_what_goes_before_verbs() -> None:
    at_large = Lexicon.read(shipped("vietnamese")).neighbours
    assert all(map(at_large.acts, ["mở", "nhận", "ngừng"]))
    assert not any(map(at_large.acts, ["chợ", "trường", "kilimanjaro"]))
    assert not Neighbours().acts("mở")


@pytest.mark.parametrize(
    "question", ["mở tiệm bán cà phê cần giấy tờ gì", "chó dại cắn báo ai", "kỹ lưỡng", "xe cỡ nhỏ"]
)
def test_word_that_is_one_with_its_neighbour_as_typed_is_not_respelled(question: str) -> None:
    index = index_of(
        a="Chị bán cá ngoài chợ, mở tiệm cần giấy tờ.",
        b="Sở phê duyệt.",
        c="Đường dài. Kỹ thuật, số lượng. Cơ hội. Xe nhỏ.",
    )
    lexicon = Lexicon.read(shipped("vietnamese"))
    assert parse(index, question, lexicon).understood_as == question


def test_word_is_respelled_if_the_articles_have_it_so_beside_its_neighbour() -> None:
    index = index_of(a="Phường sửa chữa đường. Chữ ký.")
    lexicon = Lexicon.read(shipped("vietnamese"))
    assert parse(index, "sữa chữa đường", lexicon).understood_as == "sửa chữa đường"
