"""Which of several values is the one that is meant."""

from retrieval.answering.expectation import Expectation
from retrieval.question.kind import Kind
from retrieval.text.analyzer import terms
from retrieval.text.sentence import sentences

PARKING = "Vé tháng xe máy: 120.000 đồng.\nXe máy: 5.000 đồng.\nXe đạp: 2.000 đồng."


def likeliest(question: str, body: str, kind: Kind) -> str:
    runs = list(sentences(body, 0, len(body)))
    asked = frozenset(terms(question))
    expectation = Expectation(kinds=[kind], question=question, asked=asked, title="")
    likely = expectation.likely(
        body, runs, {}, lambda run: len(asked.intersection(terms(body[slice(*run)]))), len(asked)
    )
    start = max(likely, key=lambda found: found[1])[0]
    return body[start:].partition(" ")[0]


def test_a_line_that_begins_with_what_is_asked_alone_gives_it() -> None:
    assert likeliest("gửi xe máy bao nhiêu tiền", PARKING, Kind.MONEY) == "5.000"
    assert likeliest("gửi xe máy một tháng bao nhiêu tiền", PARKING, Kind.MONEY) == "120.000"
    assert likeliest("vé tháng xe máy bao nhiêu tiền", PARKING, Kind.MONEY) == "120.000"
    assert likeliest("gửi xe đạp bao nhiêu tiền", PARKING, Kind.MONEY) == "2.000"
