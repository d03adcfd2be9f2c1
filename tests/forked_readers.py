"""Workers that read files, forked from a process that has loaded all they need.

A start of Python, with the libraries that read pages, takes longer than what most tests have read.
"""

import json
import os
import select
import socket
import subprocess
import sys
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from retrieval.readers.isolation.pool import environment

# It forks a worker for each pair of pipes that it is handed, and says how each ended, if asked.
PARENT = """
import json
import os
import socket
import sys
import threading

from retrieval.readers import html, jsonl, markdown, plain
from retrieval.readers.documents import archive, epub, mail, opendocument, sheets, word
from retrieval.readers.isolation import worker
from retrieval.readers.links import feed, reading
from retrieval.readers.paper import pdf

def work(pipes, names):
    os.setpgid(0, 0)
    os.environ.update(names)
    for number, pipe in enumerate(pipes):
        os.dup2(pipe, number)
        os.close(pipe)
    worker.main()

assert threading.active_count() == 1, "a fork has the thread that forks and no other"
door = socket.socket(fileno=int(sys.argv[1]))
while True:
    order, pipes, _, _ = socket.recv_fds(door, 1 << 16, 2)
    if not order:
        break
    if not pipes:
        door.send(b"%d" % os.waitstatus_to_exitcode(os.waitpid(int(order), 0)[1]))
        continue
    if not (child := os.fork()):
        try:
            door.close()
            work(pipes, json.loads(order))
        finally:
            os._exit(0)
    os.setpgid(child, child)  # it may not have come so far
    for pipe in pipes:
        os.close(pipe)
    door.send(b"%d" % child)
"""


class Forked(subprocess.Popen[bytes]):
    """A worker, which its parent waits for."""

    def __init__(self, parent: "Readers", pid: int, write: int, read: int) -> None:
        self._parent = parent
        self.pid, self.returncode = pid, None
        self.stdin, self.stdout, self.stderr = os.fdopen(write, "wb"), os.fdopen(read, "rb"), None

    def __del__(self, *_: Any) -> None:
        """Be forgotten: whoever ends it has waited for it."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, and return how that was. Raises ``TimeoutExpired``."""
        if self.returncode is None:
            ended = os.pidfd_open(self.pid)
            try:
                if not select.select([ended], [], [], timeout)[0]:
                    raise subprocess.TimeoutExpired("worker", timeout or 0)
            finally:
                os.close(ended)
            self.returncode = self._parent.order(str(self.pid))
        return self.returncode


class Readers:
    """Forks workers as ``readers.isolation.pool`` starts them; the first one loads what all need."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._door: socket.socket | None = None
        self._ending = ExitStack()

    def started(self) -> tuple[subprocess.Popen[bytes], TemporaryDirectory[str]]:
        """Return a worker, and the folder for its temporary files."""
        folder = TemporaryDirectory(prefix="hoibao-", ignore_cleanup_errors=True)
        (its_input, write), (read, its_output) = os.pipe(), os.pipe()
        names = environment() | {"TMPDIR": folder.name}
        pid = self.order(json.dumps(names), its_input, its_output)
        os.close(its_input)
        os.close(its_output)
        return Forked(self, pid, write, read), folder

    def order(self, text: str, *pipes: int) -> int:
        """Tell the parent *text*, with *pipes*, and return what it says."""
        with self._lock:
            door = self._door = self._door or self._begun()
            socket.send_fds(door, [text.encode()], pipes)
            return int(door.recv(64))

    def end(self) -> None:
        """End the parent."""
        self._ending.close()

    def _begun(self) -> socket.socket:
        ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-c", PARENT, str(its.fileno())]
        parent = subprocess.Popen(
            command, env=environment(), pass_fds=[its.fileno()], stdin=subprocess.DEVNULL
        )
        its.close()
        self._ending.callback(parent.wait)
        self._ending.callback(ours.close)  # which ends it
        return ours
