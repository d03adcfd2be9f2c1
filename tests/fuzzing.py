"""What fuzzers begin with, and trying for as long as `FUZZ_MINUTES` says what tests try once."""

import os
import time
from collections.abc import Callable
from pathlib import Path

DOCUMENTS = Path(__file__).parent / "documents"
SEEDS = {
    path.name: path.read_bytes() for path in sorted(DOCUMENTS.iterdir()) if not path.name.startswith("scan")
}
SEEDS |= {
    "trang.html": "<html><body><h1>Tựa</h1><table><tr><td>ô</table><p>Đoạn.</p></body></html>".encode(),
    "bài.md": "---\ntitle: Tựa\ndate: 2026-01-02\n---\n# Đầu\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".encode(),
    "bài.txt": "Thông báo\n\nNgày đăng: 02/01/2026 08:15\nNội dung của bài.\n".encode(),
    "dòng.jsonl": '{"title": "Tựa", "text": "Nội dung", "date": "2026-01-02"}\n'.encode(),
    "bảng.csv": "title;text\nTựa;Nội dung\n".encode(),
    "thư.eml": b"Subject: =?utf-8?b?VOG7sWE=?=\nMIME-Version: 1.0\n\nNo text.\n",
    "trang.mht": b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>x</p>\n",
}
MINUTES = float(os.environ.get("FUZZ_MINUTES", "0"))


def for_minutes(attempt: Callable[[], object]) -> None:
    """Make an attempt, with examples of its own each time, until the minutes are over."""
    until = time.monotonic() + 60 * MINUTES
    attempt()
    while time.monotonic() < until:
        attempt()
