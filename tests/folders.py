"""Folders of articles to reload, and what a report counts."""

from pathlib import Path

from retrieval.collection.report import Report


def write(folder: Path, name: str, body: str = "Nhà văn hóa mở cửa buổi tối.", *, id_: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"---\nid: {id_}\n---\n" if id_ else ""
    path.write_text(f"{head}{body}\n", encoding="utf-8")
    return path


def write_rows(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def row(id_: str, text: str = "Tổ dân phố họp chiều thứ sáu.") -> str:
    return f'{{"id": "{id_}", "title": "Bài {id_}", "text": "{text}"}}'


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed
