"""Folders of articles to reload, and what a report counts."""

from pathlib import Path

from retrieval.collection.report import Report


def write(folder: Path, name: str, body: str = "", *, id_: str = "") -> Path:
    """Write an article; without a *body*, one that no other id has."""
    body = body or f"Nhà văn hóa {id_ or name} mở cửa buổi tối."
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


def row(id_: str, text: str = "") -> str:
    """Return a row of JSON lines; without a *text*, one that no other id has."""
    text = text or f"Tổ dân phố {id_} họp chiều thứ sáu."
    return f'{{"id": "{id_}", "title": "Bài {id_}", "text": "{text}"}}'


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed
