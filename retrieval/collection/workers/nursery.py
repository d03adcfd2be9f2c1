"""The process that workers come from: it gets ready once, then forks one for each connection it is handed.

What is loaded before a fork is in memory once, for all workers, and a fork takes some milliseconds; a
start takes seconds. Nursery and workers end when the process that asks does, however that ends.

    python -m retrieval.collection.workers.nursery FD
"""

import os
import select
import signal
import socket
import sys
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from retrieval.answer import Answer
from retrieval.answering.engine import Engine
from retrieval.collection.snapshots.snapshot import Snapshot, signature
from retrieval.collection.workers.garbage import settle
from retrieval.collection.workers.inquiry import Edition, Inquiry, Outfit
from retrieval.errors import IndexFileError
from retrieval.index.index import Index
from retrieval.query.synonyms import NO_SYNONYMS
from retrieval.question.manners import manners
from retrieval.ranking.nominees import Articles
from retrieval.text.canonical import clean

# Seconds without a question, after which a worker ends: it keeps no old files open for ever
LEAVES_AFTER = 300
LONGEST_SEARCH = 60  # seconds that a question may take; the system then ends the worker, also amid a loop

_WARMING = ("Thư viện mở cửa lúc mấy giờ?", "the library opens at eight")


class Answerer:
    """Answers from the index in a folder, as long as it is of the edition that was told last."""

    def __init__(self, outfit: Outfit) -> None:
        self._outfit = outfit
        self._edition: Edition | None = None
        self._snapshot: Snapshot | None = None
        self._now = datetime.now(UTC)

    def turn_to(self, edition: Edition) -> None:
        """Answer from this *edition* from now on, and close the files of the one before."""
        self._edition, self._snapshot = edition, None

    def answer(self, inquiry: Inquiry) -> Answer | None:
        """Answer *inquiry*; None if the files are not those of the edition."""
        self._now = inquiry.now
        self._snapshot = self._snapshot or self._opened()
        if self._snapshot is None:
            return None
        manners.tell(clean(inquiry.question), inquiry.manners)
        return self._snapshot.engine.ask(
            inquiry.question, limit=inquiry.limit, after=inquiry.after, besides=inquiry.besides
        )

    def warm_up(self) -> None:
        """Load what questions need, and leave the files again: a worker opens those of its own time."""
        manners.prepare()
        with suppress(IndexFileError):
            engine = Snapshot.open(self._outfit.index_dir, self._equip).engine
            for question in _WARMING:
                engine.ask(question, after=_WARMING[0])

    def _opened(self) -> Snapshot | None:
        folder, edition = self._outfit.index_dir, self._edition
        if edition is None or signature(folder) != edition.signature:
            return None
        opened = Snapshot.open(folder, self._equip)
        return opened if signature(folder) == edition.signature else None  # they may change meanwhile

    def _equip(self, index: Index, articles: Articles | None) -> Engine:
        synonyms = self._edition.synonyms if self._edition else NO_SYNONYMS
        glossary = self._edition.glossary if self._edition else NO_SYNONYMS
        return Engine(
            index, self._outfit.lexicon, synonyms, self._clock, glossary=glossary, articles=articles
        )

    def _clock(self) -> datetime:
        return self._now


def serve(connection: Connection, answerer: Answerer) -> None:
    """Answer whatever comes, until nobody asks any more."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    watching = select.poll()
    watching.register(connection.fileno(), select.POLLIN)
    with suppress(EOFError, OSError):  # nobody listens any more
        connection.send(None)  # it is ready
        while watching.poll(1000 * LEAVES_AFTER):
            message = connection.recv()
            if isinstance(message, Edition):
                answerer.turn_to(message)
                continue
            signal.alarm(LONGEST_SEARCH)
            try:
                answer = answerer.answer(message)
            except Exception:  # the process that asks meets the same, and tells of it
                answer = None
            signal.alarm(0)
            connection.send(answer)


def main(door: socket.socket) -> None:
    """Get ready as the first message says, then fork for each connection that comes through *door*."""
    for number in (signal.SIGINT, signal.SIGTERM):  # whoever asks is to get its answers until it ends
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system forgets workers that have ended
    answerer = Answerer(Connection(os.dup(door.fileno())).recv())
    answerer.warm_up()
    settle()
    while received := socket.recv_fds(door, 1, 1)[1]:
        if os.fork() == 0:
            door.close()
            serve(Connection(received[0]), answerer)
            os._exit(0)
        os.close(received[0])


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as own:
        main(own)
