"""Reading in workers: whatever a file does to its reader, the others go in and nobody waits."""

import resource
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from reading import HANOI

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers import jsonl, read_file
from retrieval.readers.files import Rows, SourceFile
from retrieval.readers.isolation import pool as pools
from retrieval.readers.isolation import wire
from retrieval.readers.isolation.pool import Pool

DOCUMENTS = Path(__file__).parents[1] / "documents"
PAGE = "<html><head><title>{0}</title></head><body><p>Bài {0} kể chuyện bến đò và nước lớn.</p></body></html>"


def source(path: Path, content: bytes | None = None) -> SourceFile:
    return SourceFile(path=path, source=path.parent, language="vi", timezone=HANOI, content=content)


@pytest.fixture
def pool() -> Iterator[Pool]:
    with Pool() as opened:
        yield opened


@pytest.fixture
def replace_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have pools start a worker that first runs some code, which may replace parts of ``worker``."""

    def replace_by(code: str) -> None:
        module = f"from retrieval.readers.isolation import limits, worker\n{code}worker.main()\n"
        (tmp_path / "tests_worker.py").write_text(module, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.setattr(pools, "_started", lambda: pools.start("tests_worker"))

    return replace_by


def pages(folder: Path, count: int) -> list[SourceFile]:
    files = [folder / f"{number:03}.html" for number in range(count)]
    for number, path in enumerate(files):
        path.write_text(PAGE.format(number), encoding="utf-8")
    return [source(path) for path in files]


def read(pool: Pool, files: list[SourceFile]) -> list[tuple[str, Article | ReadError]]:
    return [(file.name, item) for file, item in pool.read(files) if item is not None]


def test_files_come_in_their_order_with_their_ends(tmp_path: Path, pool: Pool) -> None:
    files = pages(tmp_path, 30)
    found = list(pool.read(files))
    assert [file.name for file, item in found if item is None] == [file.name for file in files]
    assert [item.title for _, item in found if isinstance(item, Article)] == [
        str(number) for number in range(30)
    ]


def test_a_worker_reads_what_this_process_reads(pool: Pool) -> None:
    files = [source(path) for path in sorted(DOCUMENTS.iterdir()) if path.suffix not in (".png", ".pdf")]
    here = [item for file in files for item in read_file(file)]
    assert [item for _, item in read(pool, files)] == here


def test_a_short_text_starts_no_process(tmp_path: Path, pool: Pool) -> None:
    (tmp_path / "a.txt").write_text("Một câu.", encoding="utf-8")
    ((_, item),) = read(pool, [source(tmp_path / "a.txt")])
    assert isinstance(item, Article)
    assert pool._workers == []


def test_reading_that_was_given_up_leaves_nothing_behind(tmp_path: Path, pool: Pool) -> None:
    files = pages(tmp_path, 6)
    given_up = pool.read(files)
    next(given_up)
    given_up.close()
    assert [name for name, _ in read(pool, files)] == [file.name for file in files]


def test_a_file_that_comes_with_its_content_is_read(tmp_path: Path, pool: Pool) -> None:
    content = (DOCUMENTS / "letter.docx").read_bytes()
    files = [source(tmp_path / f"{number}.docx", content) for number in range(3)]
    assert [isinstance(item, Article) for _, item in read(pool, files)] == [True] * 3


@pytest.mark.parametrize(
    ("sign", "said"),
    [(signal.SIGSEGV, pools.BROKEN), (signal.SIGALRM, pools.SLOW), (signal.SIGPROF, pools.SLOW)],
)
def test_a_worker_that_dies_costs_one_file(
    replace_worker: Callable[[str], None], sign: int, said: str
) -> None:
    replace_worker(
        "import os\n"
        "read_file = worker.read_file\n"
        "def die(file):\n"
        "    if file.suffix == '.odt':\n"
        f"        os.kill(os.getpid(), {sign:d})\n"
        "    return read_file(file)\n"
        "worker.read_file = die\n"
    )
    files = [source(DOCUMENTS / f"letter.{suffix}") for suffix in ("docx", "odt", "rtf", "docx")]
    with Pool(workers=1) as pool:
        found = [item for _, item in read(pool, files)]
    assert [isinstance(item, Article) for item in found] == [True, False, True, True]
    (error,) = (item for item in found if isinstance(item, ReadError))
    assert error.reason.msgid == said
    assert error.origin.endswith("letter.odt")


@pytest.mark.parametrize(
    ("limit", "doing"),
    [("SECONDS", "while True: pass"), ("WALL_SECONDS", "__import__('signal').pause()")],
    ids=["it computes", "it waits"],
)
def test_what_takes_too_long_is_ended(
    tmp_path: Path, replace_worker: Callable[[str], None], limit: str, doing: str
) -> None:
    """The clock is a signal that nothing in a worker can put off, not even a loop in C."""
    replace_worker(f"limits.{limit} = 0.2\ndef loop(_): \n    {doing}\nworker.read_file = loop\n")
    with Pool() as pool:
        ((_, item),) = read(pool, pages(tmp_path, 1))
    assert isinstance(item, ReadError)
    assert item.reason.msgid == pools.SLOW


def test_a_worker_that_is_ended_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace_worker: Callable[[str], None]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)  # looked up anew
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    replace_worker(
        "import os, pathlib, signal, tempfile\n"
        "def leave(file):\n"
        "    pathlib.Path(tempfile.mkdtemp(), 'page.png').write_bytes(b'png')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "worker.read_file = leave\n"
    )
    with Pool() as pool:
        ((_, item),) = read(pool, pages(tmp_path, 1))
    assert isinstance(item, ReadError)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_what_takes_too_much_memory_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "_started", lambda: pools.start("tests_large"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "tests_large.py").write_text(
        "from retrieval.readers.isolation import worker\n"
        "def swell(_): return iter([bytearray(3 * 1024**3)])\n"
        "worker.read_file = swell\n"
        "worker.main()\n",
        encoding="utf-8",
    )
    with Pool() as pool:
        found = read(pool, pages(tmp_path, 2))
    assert [str(item.reason) for _, item in found if isinstance(item, ReadError)] == [
        "needs over 1 GB of memory to be read; send it in parts"
    ] * 2


def test_a_worker_is_followed_by_a_fresh_one_before_it_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "FILES_EACH", 3)
    started = []
    start = pools._started

    def counted() -> tuple[subprocess.Popen[bytes], tempfile.TemporaryDirectory[str]]:
        started.append(1)
        return start()

    monkeypatch.setattr(pools, "_started", counted)
    with Pool(workers=1) as pool:
        assert len(read(pool, pages(tmp_path, 10))) == 10
    assert len(started) == 4


def test_a_long_file_of_rows_is_shared_by_the_workers(
    tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "PART_BYTES", 40_000)
    path = tmp_path / "bao.jsonl"
    lines = [f'{{"title": "Bài {number}", "text": "Kể chuyện bến đò."}}\n' for number in range(3_000)]
    path.write_text("".join(lines), encoding="utf-8")
    files = [source(path), source(tmp_path / "không có.txt"), source(path)]
    found = list(pool.read(files))
    assert [item.title for _, item in found if isinstance(item, Article)] == [
        f"Bài {number}" for number in [*range(3_000)] * 2
    ]
    assert [file.name for file, item in found if item is None] == [file.name for file in files]
    assert all(worker._served > 1 for worker in pool._workers)
    assert len(pool._workers) == pools.WORKERS


def test_a_worker_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123:secret")
    assert "TELEGRAM_TOKEN" not in pools.environment()


def test_what_goes_over_the_wire_comes_out_the_same() -> None:
    article = Article(id="a", title="Tựa", body="một\nhai \ud83d 🙂", origin="a", pages=(0, 4), is_scan=True)
    assert heard(wire.pack_item(article)) == article
    error = heard(wire.pack_item(ReadError("a", "b")))
    assert isinstance(error, ReadError)
    assert (error.origin, str(error.reason)) == ("a", "b")
    assert heard(wire.DONE) is None
    part = replace(source(Path("a.jsonl")), rows=Rows(first=7, start=100, size=50))
    assert wire.unpack_file(wire.pack_file(part)) == part


def heard(said: bytes) -> object:
    stream = BytesIO(said)
    return wire.unpack_item(stream.readline(), stream.read)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"rubbish\n",
        b'{"id": 1, "published": null, "pages": []}',
        b'{"id": "a", "body": "a", "published": null, "pages": []}\n',
        wire.pack_item(Article(id="a", title="Tựa", body="một", origin="a")).replace(
            b'"body": 6', b'"body": -2'
        ),
        b'{"id": "a", "body": 1, "published": null, "pages": []}\nab',
    ],
)
def test_a_worker_that_writes_rubbish_is_not_believed(line: bytes) -> None:
    with pytest.raises((ValueError, KeyError)):
        heard(line)


def test_files_are_read_by_a_process_that_has_a_thousand_others_open(pool: Pool, tmp_path: Path) -> None:
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < 2_000:
        pytest.skip("this system lets a process open too few files (ulimit -n)")
    [file] = pages(tmp_path, 1)
    with ExitStack() as opened:
        for _ in range(1_100):
            opened.enter_context(file.path.open("rb"))
        [item] = [item for _, item in pool.read([file]) if item is not None]
    assert isinstance(item, Article)
