"""Quiet hours: over midnight as well as within a day, on the bot's own clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.settings import QuietHours

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def quiet_hours(text: str) -> list[int]:
    """The hours of a day that are quiet at their beginning."""
    quiet = QuietHours.parse(text, HANOI)
    return [hour for hour in range(24) if quiet.hold(datetime(2026, 5, 4, hour, tzinfo=HANOI))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22-7", [*range(7), 22, 23]),
        ("07-9", [7, 8]),
        ("0-0", []),
        ("none", []),
    ],
)
def test_hours_from_one_up_to_the_other_are_quiet(text: str, expected: list[int]) -> None:
    assert quiet_hours(text) == expected


def test_hours_are_those_of_the_bots_own_clock() -> None:
    midnight_in_hanoi = datetime(2026, 5, 4, 17, 0, tzinfo=UTC)
    assert QuietHours.parse("0-1", HANOI).hold(midnight_in_hanoi)
