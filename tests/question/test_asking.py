import pytest

from retrieval.question.asking import asking
from retrieval.text.analyzer import terms


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("chợ là gì", {"là", "gì"}),
        ("ai là trưởng trạm", {"ai", "là"}),
        ("trạm là nhà ai", {"ai"}),
        ("khi bão vào", set()),
        ("ở mô có bán vé", {"ở", "mô"}),
        ("o dau ban ve", {"o", "dau"}),
        ("trứng bao nhiêu 1 chục", {"bao", "nhiêu", "1"}),
        ("trưởng trạm tên gì", {"tên", "gì"}),
    ],
)
def test_only_words_in_a_phrase_that_asks_are_asking(question: str, words: set[str]) -> None:
    assert asking(terms(question)) == words
