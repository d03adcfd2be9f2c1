"""The workers of a process: started as questions need them, replaced if they end."""

import logging
import os
import select
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import datetime
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Condition, Thread

from retrieval.answer import Answer, Hit
from retrieval.collection.snapshots.snapshot import Signature, Snapshot
from retrieval.collection.workers.inquiry import Edition, Inquiry, Outfit
from retrieval.question.manners.manners import set_aside
from retrieval.readers.isolation.pool import environment
from retrieval.text.canonical import clean

ASKED_OF = 2  # workers that a question is asked of; it may be what ends them
PAUSE = 60.0  # seconds until another start is tried after one that failed

_NURSERY = "retrieval.collection.workers.nursery"
_ALSO_PASSED_ON = ("NUMBA_CACHE_DIR",)

_LOG = logging.getLogger(__name__)


class Workers:
    """At most so many processes that answer. Threads may share them; each has a worker for itself.

    A question is answered by the process that asks if no worker is there, if the workers see other files, or
    if it ended two of them. Otherwise that process only waits, without holding Python's lock.
    """

    def __init__(self, most: int, outfit: Outfit) -> None:
        self.most = most
        self._outfit = outfit
        self._nursery: _Nursery | None = None
        self._idle: list[_Worker] = []  # the one used last comes last, so that others may end
        self._count = 0  # of workers, those at work and those in the list
        self._is_starting = False
        self._not_before = 0.0  # on the monotonic clock: when a start may be tried again
        self._is_closed = False
        self._changed = Condition()  # held to read or write all of this

    def begin(self) -> None:
        """Start the first worker, if there are to be any, and wait for it."""
        with self._changed:
            self._start()
            self._changed.wait_for(lambda: not self._is_starting)

    def ask(
        self,
        snapshot: Snapshot,
        now: datetime,
        question: str,
        *,
        limit: int,
        after: str | None,
        besides: Hit | None = None,
    ) -> Answer:
        """Answer *question* as ``Engine.ask`` does, from *snapshot* and no other."""
        answer = None
        if snapshot.signature:  # or else the index is in memory only
            synonyms, glossary = snapshot.engine.wordings
            edition = Edition(signature=snapshot.signature, synonyms=synonyms, glossary=glossary)
            inquiry = Inquiry(
                now=now,
                question=question,
                manners=set_aside(clean(question)),
                limit=limit,
                after=after,
                besides=besides,
            )
            answer = self._answer(edition, inquiry)
        return answer or snapshot.engine.ask(question, limit=limit, after=after, besides=besides)

    def close(self) -> None:
        """End all workers; one that is at work ends after it."""
        with self._changed:
            self._is_closed = True
            for worker in self._idle:
                worker.close()
            self._idle.clear()
            self._count = 0
            nursery, self._nursery = self._nursery, None
            self._changed.notify_all()
        if nursery:
            nursery.end()

    def _answer(self, edition: Edition, inquiry: Inquiry) -> Answer | None:
        """Let a worker answer; None if there is none, or none sees those files."""
        for _ in range(ASKED_OF):
            worker = self._taken()
            if worker is None:
                return None
            try:
                answer = worker.ask(edition, inquiry)
            except (EOFError, OSError):
                _LOG.warning("a process that answers has ended amid a question: it is replaced")
                self._put(worker, has_ended=True)
            except BaseException:
                self._put(worker, has_ended=True)
                raise
            else:
                self._put(worker)
                return answer
        return None

    def _taken(self) -> "_Worker | None":
        """Return a worker for this thread alone, once one is idle; None if there are none."""
        with self._changed:
            while True:
                while self._idle:
                    worker = self._idle.pop()
                    if not worker.has_ended:
                        return worker
                    worker.close()
                    self._count -= 1
                self._start()
                if self._count == 0:
                    return None
                self._changed.wait()

    def _put(self, worker: "_Worker", *, has_ended: bool = False) -> None:
        with self._changed:
            if has_ended or self._is_closed:
                worker.close()
                self._count -= not self._is_closed
            else:
                self._idle.append(worker)
            self._changed.notify_all()

    def _start(self) -> None:
        """Start another worker if there may be more, and let nobody wait for it."""
        is_enough = self._count >= self.most or self._is_starting or self._is_closed
        if not is_enough and time.monotonic() >= self._not_before:
            self._is_starting = True
            Thread(target=self._welcome, name="welcome", daemon=True).start()

    def _welcome(self) -> None:
        """Wait until another worker is ready, and let it answer."""
        worker = None
        try:
            nursery = self._nursery or _Nursery(self._outfit)
            with self._changed:
                self._nursery = nursery
                is_closed = self._is_closed
            if is_closed:
                nursery.end()
            else:
                worker = nursery.worker()
        except (EOFError, OSError) as error:
            self._give_up(error)
        with self._changed:
            self._is_starting = False
            if worker is not None and self._is_closed:
                worker.close()
            elif worker is not None:
                self._count += 1
                self._idle.append(worker)
            self._changed.notify_all()

    def _give_up(self, error: Exception) -> None:
        """End a nursery that gives no worker; it is a new one that is asked next time."""
        with self._changed:
            nursery, self._nursery = self._nursery, None
            self._not_before = time.monotonic() + PAUSE
            is_closed = self._is_closed
        if nursery:
            nursery.end()
        if not is_closed:
            _LOG.warning(
                "no other process answers questions", extra={"reason": str(error) or type(error).__name__}
            )


class _Worker:
    """A worker, at the other end of its connection. Used by one thread at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._watching = select.poll()  # kept: the connection's own way makes a new one for each question
        self._watching.register(connection.fileno(), select.POLLIN)
        self._told: Signature | None = None  # of which edition

    @property
    def has_ended(self) -> bool:
        """Whether it has ended: between two questions nothing else comes through the connection."""
        return bool(self._watching.poll(0))

    def ask(self, edition: Edition, inquiry: Inquiry) -> Answer | None:
        """Return its answer; None if it cannot give one. Raises ``EOFError``, ``OSError`` if it ends."""
        if self._told != edition.signature:
            self._connection.send(edition)
            self._told = edition.signature
        self._connection.send(inquiry)
        answer: Answer | None = self._connection.recv()
        if answer is None:
            self._told = None  # its files may be those of the edition when it looks again
        return answer

    def close(self) -> None:
        """Let it end."""
        self._connection.close()


class _Nursery:
    """The process that workers come from."""

    def __init__(self, outfit: Outfit) -> None:
        self._door, theirs = socket.socketpair()
        passed_on = {name: os.environ[name] for name in _ALSO_PASSED_ON if name in os.environ}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", _NURSERY, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment() | passed_on | {"OPENBLAS_NUM_THREADS": "1"},  # a fork has one thread only
                start_new_session=True,
            )
        with Connection(os.dup(self._door.fileno())) as talk:
            talk.send(outfit)

    def worker(self) -> _Worker:
        """Return a new worker, once it is ready. Raises ``EOFError``, ``OSError``."""
        ours, theirs = Pipe()
        try:
            with theirs:
                socket.send_fds(self._door, [b"w"], [theirs.fileno()])
            ours.recv()
        except BaseException:
            ours.close()
            raise
        return _Worker(ours)

    def end(self) -> None:
        """End it; workers end when their own connections do."""
        self._process.kill()
        self._process.wait()
        with suppress(OSError):
            self._door.close()
