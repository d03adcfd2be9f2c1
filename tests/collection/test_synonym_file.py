"""The file of synonyms: taken in by a reload, and by nothing else."""

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from folders import write

from retrieval.collection.collection import Collection
from retrieval.collection.report import Failure
from retrieval.collection.synonym_file import HELD_COPIES
from retrieval.errors import Reason, StoreError


@pytest.fixture
def synonyms(tmp_path: Path) -> Path:
    return tmp_path / "synonyms.txt"


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "state" / "index"


@pytest.fixture
def open_collection(
    database_url: str, index_dir: Path, articles_dir: Path, synonyms: Path
) -> Iterator[Callable[[], Collection]]:
    opened: list[Collection] = []

    def open_one() -> Collection:
        opened.append(
            Collection.open(
                database_url=database_url, index_dir=index_dir, articles_dir=articles_dir, synonyms=synonyms
            )
        )
        return opened[-1]

    yield open_one
    for collection in opened:
        collection.close()


@pytest.fixture(autouse=True)
def articles(articles_dir: Path) -> None:
    write(articles_dir, "a.md", "Ủy ban nhân dân họp về lịch bơm nước.")
    write(articles_dir, "b.md", "Chợ mở cửa từ sáng sớm, bà con mua bán đông vui.")


def is_found(collection: Collection) -> bool:
    return bool(collection.ask("UBND").hits)


def test_a_reload_takes_synonyms_in_though_no_article_changed(
    collection: Collection, synonyms: Path, index_dir: Path
) -> None:
    assert collection.reload().failed == ()
    assert not is_found(collection)
    synonyms.write_text("UBND, Ủy ban nhân dân", encoding="utf-8")
    assert not is_found(collection)
    report = collection.reload()
    assert (report.unchanged, report.failed) == (2, ())
    assert is_found(collection)
    synonyms.unlink()
    collection.reload()
    assert not is_found(collection)


def test_synonyms_hold_until_the_next_reload_whatever_becomes_of_the_file(
    collection: Collection,
    open_collection: Callable[[], Collection],
    synonyms: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    synonyms.write_text("UBND, Ủy ban nhân dân", encoding="utf-8")
    collection.reload()
    synonyms.write_text("", encoding="utf-8")
    with caplog.at_level(logging.INFO, "retrieval"):
        again = open_collection()
    assert is_found(again)
    assert caplog.messages == []
    again.reload()
    assert not is_found(again)
    assert not is_found(collection), "another collection's reload is taken in"


def test_a_lost_index_folder_takes_what_the_file_says(
    collection: Collection, open_collection: Callable[[], Collection], synonyms: Path, index_dir: Path
) -> None:
    synonyms.write_text("UBND, Ủy ban nhân dân", encoding="utf-8")
    collection.reload()
    (index_dir / HELD_COPIES[0]).unlink()
    assert is_found(open_collection())


RELOAD = """
import sys
from pathlib import Path
from retrieval.collection.collection import Collection
url, *paths = sys.argv[1:]
index_dir, articles_dir, synonyms = map(Path, paths)
Collection.open(database_url=url, index_dir=index_dir, articles_dir=articles_dir, synonyms=synonyms).reload()
"""


def test_a_reload_by_another_process_is_noticed(
    collection: Collection, database_url: str, index_dir: Path, articles_dir: Path, synonyms: Path
) -> None:
    collection.reload()
    synonyms.write_text("UBND, Ủy ban nhân dân", encoding="utf-8")
    paths = map(str, (index_dir, articles_dir, synonyms))
    subprocess.run([sys.executable, "-c", RELOAD, database_url, *paths], check=True)
    assert is_found(collection)


def test_a_malformed_line_is_in_the_report_and_the_others_hold(
    collection: Collection, synonyms: Path
) -> None:
    synonyms.write_text("# Cơ quan\nHĐND => \nUBND, Ủy ban nhân dân\nMTTQ\n", encoding="utf-8")
    assert collection.reload().failed == (
        Failure(
            origin=str(synonyms),
            reason=Reason("line {n}: {mistake}", {"n": 2, "mistake": Reason("a wording is missing")}),
        ),
        Failure(
            origin=str(synonyms),
            reason=Reason("line {n}: {mistake}", {"n": 4, "mistake": Reason("only one wording")}),
        ),
    )
    assert is_found(collection)


def test_a_file_that_cannot_be_read_leaves_the_synonyms_as_they_were(
    collection: Collection, synonyms: Path
) -> None:
    synonyms.write_text("UBND, Ủy ban nhân dân", encoding="utf-8")
    collection.reload()
    synonyms.write_bytes(b"UBND\0\x01\x02\x03, \xff\xfe\x00\x00")
    assert collection.reload().failed == (Failure(origin=str(synonyms), reason=Reason("binary")),)
    assert is_found(collection)
    synonyms.unlink()
    synonyms.mkdir()
    (failure,) = collection.reload().failed
    assert str(failure.reason).startswith("cannot be opened: ")
    assert is_found(collection)


def test_a_file_as_notepad_saves_it_is_read(collection: Collection, synonyms: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        synonyms.write_text("UBND, Ủy ban nhân dân\r\n", encoding=encoding)
        assert collection.reload().failed == ()
        assert is_found(collection)


def test_a_copy_that_cannot_be_written_fails_the_reload_in_one_line(
    collection: Collection, synonyms: Path, index_dir: Path
) -> None:
    collection.reload()
    (index_dir / HELD_COPIES[0]).unlink()
    (index_dir / HELD_COPIES[0]).mkdir()
    synonyms.write_text("UBND, Ủy ban nhân dân", encoding="utf-8")
    with pytest.raises(StoreError, match=r"\Athe synonyms cannot be saved in .*; check that .*\Z"):
        collection.reload()
