"""Questions to begin with, for somebody who does not know yet what can be asked here."""

from bot.language import Texts
from retrieval.answer import Answer
from retrieval.collection.collection import Collection

COUNT = 3
_HEADLINES = 12  # of the newest articles are tried, if too few of the questions are answered
_SURE = 0.9  # confidence from which a question is offered; an answer needs less, but nobody had to ask this
_LONGEST = 90  # characters; a longer headline does not look like something that one could ask


def starters(collection: Collection, texts: Texts) -> tuple[str, ...]:
    """Return questions that the articles surely answer, at most ``COUNT``, the surest ones first.

    They are what readers of a ward's portal ask; if the articles answer too few of these, headlines of
    the newest ones as they are, and never what other people asked. Each leads to another article.
    """
    chosen: dict[str, str] = {}  # the article that answers → the question
    answers = [(question, collection.ask(question)) for question in _asked(texts)]
    for question, answer in sorted(answers, key=lambda pair: pair[1].confidence, reverse=True):
        if _is_sure(answer):
            chosen.setdefault(answer.hits[0].article.id, question)
    for article in collection.latest(_HEADLINES) if len(chosen) < COUNT else ():
        if article.id not in chosen and 0 < len(article.title) <= _LONGEST:
            answer = collection.ask(article.title)
            if _is_sure(answer) and answer.hits[0].article.id == article.id:
                chosen[article.id] = article.title
    return tuple(" ".join(question.split()) for question in chosen.values())[:COUNT]


def _is_sure(answer: Answer) -> bool:
    return answer.answered and answer.confidence >= _SURE


def _asked(texts: Texts) -> tuple[str, ...]:
    return (
        texts("When does the library open?"),
        texts("When does the ward office receive the public?"),
        texts("What do I need to register a birth?"),
        texts("How do I register a temporary residence?"),
        texts("Where do I register a marriage?"),
        texts("Where do I get a copy certified?"),
        texts("What do I need for a building permit?"),
        texts("Where do I register a household business?"),
        texts("When is the refuse collected?"),
        texts("When are children vaccinated?"),
        texts("When does enrolment for the first grade begin?"),
        texts("Where will the power be cut?"),
    )
