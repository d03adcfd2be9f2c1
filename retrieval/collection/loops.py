"""Compile the loops of the search, as the first questions of a process do in a clean checkout."""

from contextlib import closing
from pathlib import Path

from retrieval.collection.collection import Collection

ARTICLE = "# Thư viện\n\nThẻ thư viện giá 30.000 đồng. Thư viện mở cửa lúc 8 giờ.\n\nThe library opens at 8."
QUESTIONS = ("Thẻ thư viện giá bao nhiêu?", "the thu vien gja", '"thẻ thư viện" -mưa tu:2023', "when is it")


def compile_loops(folder: Path) -> None:
    """Ask a small collection in *folder* in every way that has loops of its own."""
    (folder / "library.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "fair.md").write_text(ARTICLE.replace("Thư viện", "Hội sách"), encoding="utf-8")
    with closing(
        Collection.open(
            database_url=f"sqlite:///{folder / 'state.db'}", index_dir=folder / "index", articles_dir=folder
        )
    ) as collection:
        collection.reload()
        for question in QUESTIONS:
            collection.ask(question)
            collection.ask(f"{question} năm 2024", after="Thư viện ở đâu?")
        collection.ask_among("thẻ thư viện", [article.id for article in collection.latest(1)])
