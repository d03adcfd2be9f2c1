"""The time of an answer over a provincial portal's articles of several years: a figure of ``quality``.

``benchmarks.growth`` measures everything else that takes time.
"""

from benchmarks.figures import Figures
from benchmarks.growth.material import first
from benchmarks.growth.timing import times
from benchmarks.shipped import shipped
from benchmarks.suites import EVAL_DIR
from retrieval.evaluation.suite import read_corpus, read_questions
from retrieval.indexing import writer

CORPUS = EVAL_DIR / "scale_news" / "corpus.jsonl.xz"
QUERIES = EVAL_DIR / "scale_news" / "queries.jsonl.xz"
PASSAGES = 50_000


def figures() -> Figures:
    """Return the median milliseconds of an answer on ``PASSAGES`` passages of news."""
    engine = shipped(writer.build(first(read_corpus(CORPUS), PASSAGES), generation=0))
    questions = [question.text for question in read_questions(QUERIES)]
    engine.ask(questions[0])  # to warm up
    return {"ms": times(engine.ask, questions).p50}
