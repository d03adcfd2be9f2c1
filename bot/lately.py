"""What was answered lately: a crowd asks the same few things, and the same articles answer them the same."""

from collections import OrderedDict
from threading import Lock

from retrieval.answer import Answer
from retrieval.collection.collection import Collection, Edition

_KEPT = 256  # answers, each with its articles: some ten megabytes

_Key = tuple[str, int, str | None]  # question, limit, and the question before


class Lately:
    """Asks a collection, but for what it was asked lately. Threads may share it."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._edition: Edition | None = None
        self._answers: OrderedDict[_Key, Answer] = OrderedDict()
        self._lock = Lock()

    def ask(self, question: str, *, limit: int, after: str | None = None) -> Answer:
        """Answer as ``Collection.ask`` does. Raises ``StoreError``."""
        edition, asked = self._collection.edition, (question, limit, after)
        with self._lock:
            if edition != self._edition:
                self._edition = edition
                self._answers.clear()
            known = self._answers.get(asked)
        if known is not None:
            return known
        answer = self._collection.ask(question, limit=limit, after=after)
        with self._lock:
            if edition == self._edition:  # what an older one answered is of no use any more
                self._answers[asked] = answer
                if len(self._answers) > _KEPT:
                    self._answers.popitem(last=False)
        return answer
