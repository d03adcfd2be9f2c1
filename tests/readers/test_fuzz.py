"""Hostile files: whatever is sent, each reader ends in articles or a clear error, in bounded time and memory.

``make fuzz`` tries for minutes what the tests try for seconds: real documents with bytes changed, cut out and
put in, read by the very workers that the bot reads with.
"""

import gc
import resource
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from fuzzing import SEEDS, for_minutes
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import HANOI

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.files import SourceFile
from retrieval.readers.isolation.pool import BROKEN, SLOW, Pool

changes = st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(max_size=12), st.integers(0, 40)), max_size=6)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(workers=1) as opened:
        yield opened


def changed(content: bytes, places: list[tuple[int, bytes, int]]) -> bytes:
    """Put bytes in and take some out at a few places."""
    for place, put_in, taken_out in places:
        at = place % (len(content) + 1)
        content = content[:at] + put_in + content[at + taken_out :]
    return content


def test_a_changed_document_ends_in_articles_or_a_clear_error(pool: Pool) -> None:
    @given(name=st.sampled_from(sorted(SEEDS)), other=st.sampled_from(sorted(SEEDS)), places=changes)
    @settings(max_examples=40, database=None)
    def ends(name: str, other: str, places: list[tuple[int, bytes, int]]) -> None:
        path = Path("/fuzz", name)
        content = changed(SEEDS[other], places)
        file = SourceFile(path=path, source=path.parent, language="vi", timezone=HANOI, content=content)
        for _, item in pool.read([file]):
            check(item)

    for_minutes(ends)


def check(item: object) -> None:
    """See that what came of a file is a sound article, or an error that says what is wrong."""
    if isinstance(item, ReadError):
        assert str(item.reason)
        assert "\n" not in str(item)
        assert item.reason.msgid not in (BROKEN, SLOW)
        assert not str(item.reason).startswith("not readable: "), item.reason
    elif isinstance(item, Article):
        assert item.body == unicodedata.normalize("NFC", item.body) != ""


def test_reading_many_files_does_not_swell_this_process(pool: Pool, tmp_path: Path) -> None:
    content = SEEDS["letter.docx"]
    path = tmp_path / "a.docx"
    file = SourceFile(path=path, source=tmp_path, language="vi", timezone=HANOI, content=content)
    for _ in pool.read([file] * 10):
        pass
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in pool.read([file] * 150):
        pass
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes
