"""The labelled suites: their places, and the parts of each."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from retrieval.article import Article
from retrieval.evaluation.suite import Question, read_corpus, read_questions

EVAL_DIR = Path(os.environ.get("EVAL_DIR", Path(__file__).parents[2] / "shared" / "eval"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Questions, and the corpora they are asked of."""

    corpora: tuple[str, ...]
    queries: str
    titles: bool = True
    accents: bool = True  # False: people do not leave the marks of this language out
    large: bool = False  # takes minutes: `make eval` measures it, the tests do not

    @property
    def corpus_paths(self) -> list[Path]:
        """The paths of the corpora."""
        return [EVAL_DIR / name / "corpus.jsonl.xz" for name in self.corpora]

    @property
    def queries_path(self) -> Path:
        """The path of the questions."""
        return EVAL_DIR / self.queries / "queries.jsonl.xz"

    @property
    def is_here(self) -> bool:
        """Whether all its files are."""
        return all(path.exists() for path in [*self.corpus_paths, self.queries_path])

    @property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of each of its files, by its name below EVAL_DIR."""
        return {
            path.relative_to(EVAL_DIR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in [*self.corpus_paths, self.queries_path]
        }

    def articles(self) -> list[Article]:
        """Read the corpora. Raises ``SuiteError``."""
        return [article for path in self.corpus_paths for article in read_corpus(path, titles=self.titles)]

    def questions(self) -> list[Question]:
        """Read the questions. Raises ``SuiteError``."""
        return list(read_questions(self.queries_path))


WIKIPEDIA_AND_NEWS = ("viquad_dev", "local_news")

# Neighbours with the same corpora share one index.
SUITES = {
    "xquad_vi": Suite(corpora=("xquad_vi",), queries="xquad_vi"),
    "xquad_en": Suite(corpora=("xquad_en",), queries="xquad_en", accents=False),
    "xquad_zh": Suite(corpora=("xquad_zh",), queries="xquad_zh", accents=False),
    "xquad_th": Suite(corpora=("xquad_th",), queries="xquad_th", accents=False),
    "zalo_person": Suite(corpora=("zalo_person",), queries="zalo_person"),
    "viquad_dev": Suite(corpora=WIKIPEDIA_AND_NEWS, queries="viquad_dev", large=True),
    "off_domain": Suite(corpora=WIKIPEDIA_AND_NEWS, queries="off_domain", large=True),
    "local_news": Suite(corpora=("local_news",), queries="local_news", titles=False, large=True),
}
