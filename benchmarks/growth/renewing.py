"""Two processes that share a collection: one asks while the other takes in new articles."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, cycle, islice
from pathlib import Path

from benchmarks.growth.material import Material, row
from benchmarks.growth.measured import Renewal
from benchmarks.growth.mixing import mixed
from benchmarks.growth.process import command
from benchmarks.growth.serving import serve
from benchmarks.growth.timing import of_seconds
from benchmarks.shipped import WORD_LISTS
from retrieval.answer import Answer
from retrieval.answering.engine import Clock
from retrieval.collection.collection import Collection
from retrieval.evaluation.suite import read_corpus
from retrieval.query.lexicon import Lexicon

NEW = 100  # articles of a reload
RELOADS = 5
PATIENCE = 30.0  # seconds: once the reloads took so long together, no other is begun
_LIKE = 1000  # articles that new ones are mixed from
_EVERY = 3  # questions from one look for the new articles to the next


def renew(material: str, state: str) -> Renewal:
    """Ask while another process takes in new articles."""
    questions = Material.read(Path(material)).questions
    asker = _Asker(_collection(Path(state), clock=_Days().next), questions)
    asker.ask_all()  # to warm up
    idle = [*asker.ask_all(), *asker.ask_all()]
    asker.failed = 0
    found: list[float] = []
    meanwhile: list[float] = []
    with _reloader(Path(state)) as reloader:
        for path, wanted in _new_articles(Path(material), Path(state)):
            began = time.perf_counter()
            reloader.begin(path)
            meanwhile += asker.until(wanted)
            found.append(time.perf_counter() - began)
            reloader.wait()
            if sum(found) > PATIENCE:
                break
    return Renewal(
        found=statistics.median(found),
        idle=of_seconds(idle),
        meanwhile=of_seconds(meanwhile),
        asked=len(meanwhile),
        failed=asker.failed,
    )


def reload(state: str) -> float:
    """Take in each path that is read from standard input, and print a line when it is done."""
    collection = _collection(Path(state))
    print(flush=True)  # it is open
    for line in sys.stdin:
        collection.reload([Path(line.strip())])
        print(flush=True)
    return 0.0


class _Days:
    """A clock by which every question is of another day: an answer that was kept would be measured else."""

    def __init__(self) -> None:
        self._days = count()
        self._first = datetime.now(UTC)

    def next(self) -> datetime:
        """Return this time of the next day."""
        return self._first + timedelta(days=next(self._days))


class _Asker:
    """Asks a collection, and counts what fails: an error, or nothing found where there was something."""

    def __init__(self, collection: Collection, questions: Sequence[str]) -> None:
        self.failed = 0
        self._collection = collection
        self._questions = questions
        self._next = cycle(questions)
        self._answerable = {question for question in questions if collection.ask(question).hits}

    def ask_all(self) -> list[float]:
        """Ask every question, and return the seconds of each."""
        return [self._ask(question)[0] for question in self._questions]

    def until(self, wanted: str) -> list[float]:
        """Ask until the article *wanted* is found by its title, and return the seconds of each question."""
        taken = []
        while True:
            taken += [self._ask(question)[0] for question in islice(self._next, _EVERY)]
            seconds, answer = self._ask(wanted)
            taken.append(seconds)
            if answer and any(hit.article.id == wanted for hit in answer.hits):
                return taken

    def _ask(self, question: str) -> tuple[float, Answer | None]:
        began = time.perf_counter()
        answer = None
        try:
            answer = self._collection.ask(question)
        except Exception as error:  # whatever it is, this is what is looked for
            print(f"{question}: {error!r}", file=sys.stderr)
        seconds = time.perf_counter() - began
        self.failed += answer is None or (question in self._answerable and not answer.hits)
        return seconds, answer


class _Reloader:
    """A process that does ``reload``."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._in, self._out = process, process.stdin, process.stdout

    def begin(self, path: Path) -> None:
        """Let it take in *path*."""
        print(path, file=self._in, flush=True)

    def wait(self) -> None:
        """Wait until it has done what was begun. Raises ``RuntimeError`` where it has ended instead."""
        if not self._out.readline():
            raise RuntimeError("the process that reloads has ended")


@contextmanager
def _reloader(state: Path) -> Iterator[_Reloader]:
    """Give a process that has opened the collection."""
    line = command(__spec__.name, "reload", state=str(state))
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        reloader = _Reloader(process)
        reloader.wait()
        yield reloader
        process.communicate()  # closes its input, which ends it


def _new_articles(material: Path, state: Path) -> Iterator[tuple[Path, str]]:
    """Write new articles; yield each file and a word that is id and title of its last article."""
    articles = mixed(list(islice(read_corpus(material / "articles.jsonl"), _LIKE)))
    for number in range(RELOADS):
        path, word = state / f"new-{number}.jsonl", f"zxqjv{'abcdefgh'[number] * 3}"
        fresh = [replace(article, id=f"new-{number}-{article.id}") for article in islice(articles, NEW)]
        fresh[-1] = replace(fresh[-1], id=word, title=word)
        path.write_text("".join(map(row, fresh)), encoding="utf-8")
        yield path, word


def settings(state: Path) -> dict[str, str]:
    """Return the settings of a collection in *state*, as environment variables."""
    (state / "articles").mkdir(parents=True, exist_ok=True)
    return {
        "ARTICLES_DIR": str(state / "articles"),
        "DATABASE_URL": f"sqlite:///{state}/articles.sqlite3",
        "INDEX_DIR": str(state / "index"),
    }


def _collection(state: Path, clock: Clock | None = None) -> Collection:
    """Open it, as the command line does."""
    of = settings(state)
    return Collection.open(
        database_url=of["DATABASE_URL"],
        index_dir=Path(of["INDEX_DIR"]),
        articles_dir=Path(of["ARTICLES_DIR"]),
        lexicon=Lexicon.read(WORD_LISTS),
        clock=clock,
    )


if __name__ == "__main__":
    serve([renew, reload])
