"""Compile the loops of the search at installation: nobody's first question waits half a minute for them."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from retrieval.collection.collection import Collection
from retrieval.index.bm25 import BM25
from retrieval.kernels.passages import occurrences
from retrieval.kernels.spelling import in_hexadecimal

_ARTICLE = "# Thư viện\n\nThẻ thư viện giá 30.000 đồng. Thư viện mở cửa lúc 8 giờ.\n\nThe library opens at 8."
_QUESTIONS = ("Thẻ thư viện giá bao nhiêu?", "the thu vien gja", '"thẻ thư viện" -mưa tu:2023', "when is it")


def compile_loops() -> None:
    """Ask a small collection in every way that has loops of its own, and keep the rules of manners, too.

    What was compiled before takes no time.
    """
    terms, bounds = np.zeros(0, dtype=np.int32), np.zeros(1, dtype=np.int64)
    in_hexadecimal(terms, bounds)  # what only a cluster needs
    occurrences(terms, bounds, np.zeros(0, dtype=np.uint8), bounds[:0])
    BM25([["library"]]).best(["library"], 1)  # which no question of the bot does
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "library.md").write_text(_ARTICLE, encoding="utf-8")
        (folder / "fair.md").write_text(_ARTICLE.replace("Thư viện", "Hội sách"), encoding="utf-8")
        database = f"sqlite:///{folder / 'state.db'}"
        with closing(
            Collection.open(database_url=database, index_dir=folder / "index", articles_dir=folder)
        ) as collection:
            collection.reload()
            for question in _QUESTIONS:
                collection.ask(question)
                collection.ask(f"{question} năm 2024", after="Thư viện ở đâu?")
            collection.prepare()
            collection.ask_among("thẻ thư viện", [article.id for article in collection.latest(1)])
