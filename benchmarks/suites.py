"""Where the labelled suites are, and what each is made of."""

import os
from dataclasses import dataclass
from pathlib import Path

EVAL_DIR = Path(os.environ.get("EVAL_DIR", Path(__file__).parents[2] / "shared" / "eval"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Questions, and the corpora they are asked of."""

    corpora: tuple[str, ...]
    queries: str
    titles: bool = True

    @property
    def corpus_paths(self) -> list[Path]:
        """Where the corpora are."""
        return [EVAL_DIR / name / "corpus.jsonl.xz" for name in self.corpora]

    @property
    def queries_path(self) -> Path:
        """Where the questions are."""
        return EVAL_DIR / self.queries / "queries.jsonl.xz"

    @property
    def is_here(self) -> bool:
        """Whether all its files are."""
        return all(path.exists() for path in [*self.corpus_paths, self.queries_path])


SUITES = {
    "xquad_vi": Suite(corpora=("xquad_vi",), queries="xquad_vi"),
    "xquad_en": Suite(corpora=("xquad_en",), queries="xquad_en"),
    "xquad_zh": Suite(corpora=("xquad_zh",), queries="xquad_zh"),
    "xquad_th": Suite(corpora=("xquad_th",), queries="xquad_th"),
    "zalo_person": Suite(corpora=("zalo_person",), queries="zalo_person"),
    "viquad_dev": Suite(corpora=("viquad_dev", "local_news"), queries="viquad_dev"),
    "local_news": Suite(corpora=("local_news",), queries="local_news", titles=False),
    "off_domain": Suite(corpora=("viquad_dev", "local_news"), queries="off_domain"),
}
