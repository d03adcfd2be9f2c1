from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.vocabulary import Vocabulary
from retrieval.text.analyzer import fold

TERMS = st.lists(st.text(st.sampled_from("aáàbđeêé1ก"), min_size=1, max_size=4), unique=True, max_size=30)


@given(TERMS, st.integers(0, 30))
def test_terms_are_found_by_themselves_and_by_what_they_fold_to(terms: list[str], cut: int) -> None:
    vocabulary = Vocabulary.of(terms[:cut]).extended(terms[cut:])
    assert [vocabulary[number] for number in range(len(vocabulary))] == terms
    assert [vocabulary.number(term) for term in terms] == list(range(len(terms)))
    for term in terms:
        same = tuple(number for number, other in enumerate(terms) if fold(other) == fold(term))
        assert vocabulary.forms(fold(term)) == same


def test_a_term_that_is_not_there_is_not_found() -> None:
    vocabulary = Vocabulary.of(["phường", "xã"])
    assert vocabulary.number("phuong") is None
    assert vocabulary.forms("quan") == ()
    assert vocabulary.known(["phuong", "quan", "xa"]) == ["phuong", "xa"]
    assert Vocabulary.of([]).known(["xa"]) == []


def test_sums_that_collide_are_told_apart() -> None:
    """Both have the CRC-32 sum 4DDB0C25."""
    vocabulary = Vocabulary.of(["plumless"])
    assert vocabulary.number("buckeroo") is None
    assert Vocabulary.of(["plumless", "buckeroo"]).number("buckeroo") == 1


def test_inflections_share_a_stem() -> None:
    vocabulary = Vocabulary.of(["tree", "plan"]).extended(["trees"])
    assert vocabulary.inflections("tree") == [0, 2]
    assert vocabulary.inflections("plant") == []
