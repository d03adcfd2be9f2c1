"""The picture under /stats: whatever people ask can be drawn, and it fits a phone."""

import struct
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from samples import HANOI

from bot.language import Languages, Texts
from bot.render.admins.chart import usage_chart
from retrieval.journal.usage import Day, Popular, Slow, Usage

QUESTIONS = [
    "Thẻ thư viện làm mất bao nhiêu tiền, cần mang theo những giấy tờ gì?",
    "NGHỊ QUYẾT CỦA HỘI ĐỒNG NHÂN DÂN PHƯỜNG VỀ VIỆC GÌ",
    "giá $5 hay $6 \\frac{1}{2}",
    "🏆🏆",
    "図書館は何時に開きますか",
]
USAGE = Usage(
    days=tuple(
        Day(date=date(2026, 5, 1) + timedelta(days=day), questions=day * 7 % 11, answered=day * 7 % 11 // 2)
        for day in range(30)
    ),
    top=tuple(Popular(question=question, times=12345, people=9) for question in QUESTIONS),
    slowest=tuple(Slow(question=question, seconds=12.345) for question in QUESTIONS[:3]),
    verdicts={},
)


@pytest.fixture
def vietnamese() -> Texts:
    return Languages("vi", HANOI).of("vi")


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_any_questions_are_drawn_upright_for_a_phone(vietnamese: Texts) -> None:
    picture = usage_chart(vietnamese, USAGE)
    assert size(picture) == (1080, 1350)
    assert len(picture) < 500_000


def test_the_same_figures_give_the_same_picture(vietnamese: Texts) -> None:
    assert usage_chart(vietnamese, USAGE) == usage_chart(vietnamese, USAGE)


def test_a_single_question_is_drawn(vietnamese: Texts) -> None:
    quiet = tuple(replace(day, questions=0, answered=0) for day in USAGE.days[:-1])
    today = replace(USAGE.days[-1], questions=1, answered=0)
    assert size(usage_chart(vietnamese, replace(USAGE, days=(*quiet, today), top=(), slowest=()))) == (
        1080,
        1350,
    )


def test_drawing_is_loaded_only_where_something_is_drawn() -> None:
    names = "bot.application, bot.cli.main, bot.render.admins.chart"
    script = f"import sys, {names}\nassert 'matplotlib' not in sys.modules"
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script], check=True, env={"PYTHONPATH": str(root)})
