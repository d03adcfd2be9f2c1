"""The tests follow the wings: what a wing does is tested in the folder of its name."""

from collections import Counter
from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
# Whole messages, what earlier versions left, the emulator of Telegram with its tests, those of benchmarks.
OTHERS = {"golden", "telegram", "benchmarks", "articles_in", "dialogues", "documents", "earlier"}


def folders(parent: Path) -> set[str]:
    """The names of the folders in *parent* that have code or texts of their own."""
    return {path.name for path in parent.iterdir() if path.is_dir() and any(path.glob("[!_.]*"))}


def test_each_folder_of_tests_is_named_after_a_wing() -> None:
    wings = folders(ROOT / "retrieval") | folders(ROOT / "bot")
    assert folders(TESTS) - wings <= OTHERS


def test_each_test_file_has_a_name_of_its_own() -> None:
    """The folders are no packages, so that none shadows a package: a module is known by its name alone."""
    names = Counter(path.name for path in TESTS.rglob("*.py") if "fakegram" not in path.parts)
    assert [name for name, count in names.items() if count > 1] == []
