"""Processes to be killed while they change a collection."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

# Loads the search once, then forks for each order: a start of Python would take longer than the work.
# A fork tells every step and every file that is opened, renamed or removed, then waits to be killed.
PARENT = """
import json
import os
import sys
import tempfile
import threading
from operator import attrgetter
from pathlib import Path
from zoneinfo import ZoneInfo
from retrieval.answering.engine import Engine
from retrieval.collection.collection import Collection
from retrieval.indexing import writer
from retrieval.readers import read

watched = set()

def say(line):
    os.write(1, f"{line}\\n".encode())  # whole lines, whenever the process is killed

def tell(event, _arguments=()):
    if event in watched:
        say(event)

def work(url, index_dir, articles_dir, action, *arguments):
    say(os.getpid())
    collection = Collection.open(
        database_url=url, index_dir=Path(index_dir), articles_dir=Path(articles_dir)
    )
    watched.update({"step", "open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"})
    sys.addaudithook(tell)
    more = {"progress": lambda step: tell("step")} if action == "reload" else {}
    attrgetter(action)(collection)(*arguments, **more)
    watched.clear()
    say("done")
    sys.stdin.read()

# Nothing is left to load in a fork, so that its moments are those of the work itself.
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "a.md"
    path.write_text("---\\nid: a\\n---\\nChợ phường họp buổi sáng.\\n", encoding="utf-8")
    articles = list(read(path, source=path, language="vi", timezone=ZoneInfo("UTC")))
Engine(writer.build(articles, generation=1)).ask("chợ phường họp buổi nào")
assert threading.active_count() == 1, "a fork has the thread that forks and no other"
while line := sys.stdin.readline():
    if not (child := os.fork()):
        try:
            work(*json.loads(line))
        except BaseException:
            sys.excepthook(*sys.exc_info())
        os._exit(0)
    os.waitpid(child, 0)
    say("ended")
"""


class Worker:
    """A process at work."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._is_killed = False

    def kill(self) -> None:
        """Kill it as ``kill -9`` does; it stays there until then."""
        if not self._is_killed:
            self._is_killed = True
            os.kill(self._pid, signal.SIGKILL)


class Workers:
    """Starts processes that work on a collection, one after the other."""

    def __init__(self, parent: Popen[str]) -> None:
        assert parent.stdin is not None
        assert parent.stdout is not None
        self._orders, self._told = parent.stdin, parent.stdout

    def moments(
        self, url: str, index_dir: Path, articles_dir: Path, action: str, *arguments: str
    ) -> Iterator[Worker]:
        """Call ``collection.action(*arguments)``; yield the process at each moment it tells.

        The last moment is when it is done; of one that was killed, the last it told before.
        """
        order = [url, str(index_dir), str(articles_dir), action, *arguments]
        print(json.dumps(order), file=self._orders, flush=True)
        worker = Worker(int(self._told.readline()))
        for line in self._told:
            if line == "ended\n":
                return
            yield worker
            if line == "done\n":
                worker.kill()


@contextmanager
def started() -> Iterator[Workers]:
    """Load the search in a process of its own, for as long as the block lasts."""
    command = [sys.executable, "-c", PARENT]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True, start_new_session=True) as parent:
        try:
            yield Workers(parent)
        finally:
            os.killpg(parent.pid, signal.SIGKILL)
