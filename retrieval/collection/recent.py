"""Recent answers: a crowd asks the same few things, and the same articles answer them the same."""

from collections.abc import Callable, Hashable
from threading import Lock

from cachetools import LRUCache

from retrieval.answer import Answer

_KEPT = 256  # answers, each with its articles: some ten megabytes


class RecentAnswers:
    """Answers of the newest edition. Threads may share it."""

    def __init__(self) -> None:
        self._edition: Hashable = None
        self._answers: LRUCache[Hashable, Answer] = LRUCache(_KEPT)
        self._lock = Lock()

    def get(self, edition: Hashable, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """Return the answer to *question*; *ask* gives it unless it is known in this *edition*."""
        with self._lock:
            if edition != self._edition:
                self._edition = edition
                self._answers.clear()
            known = self._answers.get(question)
        if known is not None:
            return known
        answer = ask()
        with self._lock:
            if edition == self._edition:  # nobody needs the answer of an older edition
                self._answers[question] = answer
        return answer
