import numpy as np
from texts import index_of

from retrieval.reading import read


def test_neighbours_decide_between_forms() -> None:
    index = index_of(
        a="Thủ tục hành chính. Thủ tục đất đai.", b="Thú vui tuổi già. Thù lao.", c="Tức là vậy."
    )
    reading = read(index, [index.forms["thu"], index.forms["tuc"]])
    first = index.vocabulary[reading.forms[0][reading.chances[0].argmax()]]
    second = index.vocabulary[reading.forms[1][reading.chances[1].argmax()]]
    assert (first, second) == ("thủ", "tục")


def test_chances_of_each_word_and_each_pair_sum_to_one() -> None:
    index = index_of(a="thủ tục", b="thú tức")
    reading = read(index, [index.forms["thu"], index.forms["tuc"], index.forms["thu"]])
    np.testing.assert_allclose([chances.sum() for chances in reading.chances], 1)
    np.testing.assert_allclose([joint.sum() for joint in reading.joint], 1)


def test_an_unknown_word_parts_what_stands_around_it() -> None:
    index = index_of(a="thủ tục", b="thú tức")
    reading = read(index, [[], index.forms["thu"], [], [], index.forms["tuc"], []])
    assert [len(chances) for chances in reading.chances] == [0, 2, 0, 0, 2, 0]
    assert [joint.shape for joint in reading.joint] == [(0, 2), (2, 0), (0, 0), (0, 2), (2, 0)]


def test_a_term_that_stands_in_titles_only_can_be_read() -> None:
    index = index_of(a="thủ tục")
    assert read(index, []).forms == ()
    assert read(index, [index.forms["thu"]]).chances[0].tolist() == [1]
