"""Read many files in workers, at once and in their order."""

import os
import selectors
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from retrieval.article import Article
from retrieval.errors import N_, ReadError
from retrieval.readers import read_file
from retrieval.readers.files import SourceFile
from retrieval.readers.isolation.limits import SECONDS, WALL_SECONDS
from retrieval.readers.isolation.wire import pack_file, unpack_item
from retrieval.readers.kinds import kind_of
from retrieval.readers.links.link import PageLink

WORKERS = 2
AHEAD = 8  # files that a worker has before it while the first one's articles are taken
FILES_EACH = 300  # read by one worker; parsers keep a little of each, and a fresh process keeps nothing
MAX_LIGHT_BYTES = 64 * 1024
MAX_ANSWER = 64 * 1024 * 1024  # bytes of one article as it comes over the wire
GRACE = 2 * WALL_SECONDS  # seconds that a worker is waited for that cannot even end itself

SLOW = N_("took over {n} seconds to read; send it in parts")
BROKEN = N_("broke the program that reads it; save it anew, or as PDF")

_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "SYSTEMROOT")
_LIGHT_KINDS = frozenset({"plain", "markdown", "jsonl"})
_LIGHT = (".txt", ".text", ".md", ".markdown", ".jsonl", ".ndjson")  # read by nothing that can hang
_ROOT = Path(__file__).resolve().parents[3]

Item = Article | ReadError
WorkerItem = Item | PageLink


class Pool:
    """Worker processes, each with limits of time and memory. Used by one thread."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._workers: list[_Worker] = []
        self._size = workers

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def read(self, files: Iterable[SourceFile]) -> Generator[tuple[SourceFile, Item | None], None, None]:
        """Yield each file with each thing it gives, in the order of *files*; None at the end of each file.

        A file that takes too long, too much memory, or breaks its worker gives a ``ReadError``.
        """
        try:
            for file, said in self._read(iter(files)):
                if not isinstance(said, PageLink):
                    yield file, said
        except BaseException:
            self.close()  # whoever stops in between leaves answers behind that nobody asked for
            raise

    def links(self, file: SourceFile) -> list[PageLink]:
        """Return the links of a *file* with its content. Raises ``ReadError`` if it lists none."""
        said = [said for _, said in self._read(iter([replace(file, is_list=True)]))]
        for error in said:
            if isinstance(error, ReadError):
                raise error
        return [link for link in said if isinstance(link, PageLink)]

    def _read(self, coming: Iterator[SourceFile]) -> Iterator[tuple[SourceFile, WorkerItem | None]]:
        waiting: deque[tuple[SourceFile, _Worker | None]] = deque()
        parts = chain.from_iterable(map(_parts, coming))
        following = next(parts, None)
        while following is not None or waiting:
            while following is not None and len(waiting) < self._size * AHEAD:
                worker = None if _is_light(following) else self._free()
                if worker is not None and worker.takes(following):
                    worker.ask(following)
                elif not _is_light(following):
                    break
                waiting.append((following, worker))
                following = next(parts, None)
            file, worker = waiting.popleft()
            for item in read_file(file) if worker is None else worker.answers():
                yield file, item
            upcoming = waiting[0][0] if waiting else following
            if upcoming is None or upcoming.rows is None or upcoming.rows.first == 1:
                yield file, None

    def _free(self) -> "_Worker | None":
        """Return the worker with the fewest files before it; None if all have enough."""
        best = min(self._workers, key=lambda worker: len(worker.asked), default=None)
        if (best is None or best.asked) and len(self._workers) < self._size:
            best = _Worker()
            self._workers.append(best)
        return best if best and len(best.asked) < AHEAD else None


class _Worker:
    """One process and the files that it was asked to read."""

    def __init__(self) -> None:
        self.asked: deque[SourceFile] = deque()
        self._served = 0
        self._buffer = b""
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: TemporaryDirectory[str] | None = None  # its temporary files

    def takes(self, file: SourceFile) -> bool:
        """Tell whether *file* can be asked for now.

        What has its content with it fills the pipe, and waits until nothing else is read; so does the file
        after it, and all files while a worker that has read enough comes to its end.
        """
        is_long = file.content is not None or any(asked.content is not None for asked in self.asked)
        is_worn = self._served + len(self.asked) >= FILES_EACH
        return not (self.asked and (is_long or is_worn))

    def ask(self, file: SourceFile) -> None:
        """Begin to read *file*, after those asked before."""
        if not self.asked and self._served >= FILES_EACH:
            self.end()
        self.asked.append(file)
        self._send(file)

    def answers(self) -> Iterator[WorkerItem]:
        """Yield what the file asked first gives."""
        file = self.asked[0]
        while True:
            try:
                item = unpack_item(self._line(), self._bytes)
            except (EOFError, ValueError, KeyError):
                yield ReadError(file.origin, self._reason(), n=SECONDS)
                self.asked.popleft()
                self._again()
                return
            if item is None:
                self.asked.popleft()
                self._served += 1
                return
            yield item

    def end(self) -> None:
        """End the process and whatever it started."""
        process, self._process = self._process, None
        self._buffer, self._served = b"", 0
        if process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        for stream in (process.stdin, process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
        process.wait()
        if self._folder:
            self._folder.cleanup()

    def _again(self) -> None:
        self.end()
        for file in self.asked:
            self._send(file)

    def _send(self, file: SourceFile) -> None:
        if self._process is None:
            self._process, self._folder = _started()
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it has ended: reading its answer tells why
            self._process.stdin.write(pack_file(file))
            self._process.stdin.flush()

    def _line(self) -> bytes:
        """Return the next line of the process. Raises ``EOFError`` if it ends or says nothing for long."""
        start = 0
        while (end := self._buffer.find(b"\n", start)) < 0:
            start = len(self._buffer)
            self._listen()
        return self._bytes(end + 1)

    def _bytes(self, size: int) -> bytes:
        """Return the next bytes of the process, so many. Raises as ``_line``."""
        while len(self._buffer) < size:
            self._listen()
        said, self._buffer = self._buffer[:size], self._buffer[size:]
        return said

    def _listen(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        output = self._process.stdout.fileno()
        if len(self._buffer) > MAX_ANSWER or not _is_heard(output, GRACE):
            raise EOFError
        part = os.read(output, 1 << 16)
        if not part:
            raise EOFError
        self._buffer += part

    def _reason(self) -> str:
        assert self._process is not None
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return SLOW
        return SLOW if status in (-signal.SIGPROF, -signal.SIGALRM) else BROKEN


def _is_heard(output: int, patience: float) -> bool:
    """Wait at most *patience* seconds; tell whether there is something to read, or the end."""
    # select() knows no file beyond number 1023, and a bot with many connections and mapped files has such.
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        return bool(selector.select(patience))


def _parts(file: SourceFile) -> Iterator[SourceFile]:
    """Yield what workers may read at once of *file*: parts of a long one with an article a row."""
    if file.suffix not in (".jsonl", ".ndjson"):
        return iter([file])
    from retrieval.readers.jsonl import rows_apart

    return rows_apart(file)


def _is_light(file: SourceFile) -> bool:
    """Tell whether *file* is a short text, for whose few milliseconds no process need be started."""
    if file.content is not None or not file.name.lower().endswith(_LIGHT):
        return False
    try:
        file.check()
        return file.path.stat().st_size <= MAX_LIGHT_BYTES and kind_of(file) in _LIGHT_KINDS
    except (OSError, ReadError):
        return True  # it gives a reason, and nothing is parsed


def environment() -> dict[str, str]:
    """Return what a worker knows of this process: no secrets, in case a hostile file takes it over."""
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    own = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(_ROOT), *filter(None, [own])])
    return passed_on | {"PYTHONPATH": path, "OMP_THREAD_LIMIT": "1", "PYTHONUTF8": "1"}


def start(module: str) -> tuple[subprocess.Popen[bytes], TemporaryDirectory[str]]:
    """Start *module* as a worker; return it, and the folder for its temporary files.

    One that is ended amid a scan leaves the picture of a page there, and there are many in a year.
    """
    folder = TemporaryDirectory(prefix="hoibao-", ignore_cleanup_errors=True)
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment() | {"TMPDIR": folder.name},
        start_new_session=True,
    )
    return process, folder


def _started() -> tuple[subprocess.Popen[bytes], TemporaryDirectory[str]]:
    return start("retrieval.readers.isolation.worker")
