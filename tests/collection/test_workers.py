"""Workers: other processes give the very answers that this one would, and come and go unnoticed."""

import logging
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
import regex
from deadly import WORD, DeadlyLexicon

from retrieval.answer import Answer
from retrieval.answering.engine import Engine
from retrieval.collection.collection import Collection
from retrieval.collection.snapshots.snapshot import signature
from retrieval.collection.workers import number
from retrieval.collection.workers.inquiry import Edition, Inquiry, Outfit
from retrieval.collection.workers.nursery import Answerer
from retrieval.collection.workers.workers import ASKED_OF
from retrieval.query.lexicon import NO_WORDS
from retrieval.query.synonyms import NO_SYNONYMS
from retrieval.question.manners import grammar, manners
from retrieval.question.manners.manners import set_aside

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there are workers on Linux only")

LIBRARY = "Thẻ thư viện giá ba mươi nghìn đồng. Thư viện mở cửa lúc tám giờ sáng."
MARKET = "Chợ phường họp buổi sáng. Thứ bảy chợ nghỉ."
QUESTIONS = (
    "thẻ thư viện giá bao nhiêu",
    "cho phuong hop buoi nao",
    '"chợ phường" -thẻ',
    "bến phà ở đâu",
    "",
)


class Office:
    """A collection of two articles, with the folders that it is made from."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.folder = folder
        self.articles = folder / "articles"
        self.articles.mkdir(exist_ok=True)
        self.synonyms = folder / "synonyms.txt"
        self.put("thu-vien", LIBRARY)
        self.put("cho", MARKET)
        self.say("thư viện, nhà sách")
        self.collection = Collection.open(
            database_url=f"sqlite:///{folder / 'state.sqlite3'}",
            index_dir=folder / "index",
            articles_dir=self.articles,
            synonyms=self.synonyms,
            lexicon=DeadlyLexicon(folder=folder, spared=os.getpid()),
            workers=workers,
        )
        self.collection.reload()
        self.collection.prepare()

    def put(self, name: str, text: str) -> None:
        """Write an article; a reload takes it in."""
        (self.articles / f"{name}.txt").write_text(f"{name}\n\n{text}", encoding="utf-8")

    def say(self, synonyms: str) -> None:
        """Write the file of synonyms; a reload takes it in."""
        self.synonyms.write_text(f"{synonyms}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with two workers, for all tests: a start takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
        office = Office(tmp_path_factory.mktemp("office"), workers=2)
    yield office
    office.collection.close()


@pytest.fixture
def only_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process answers nothing itself."""

    def refuse(*_: object, **__: object) -> Answer:
        raise AssertionError("this process answered")

    monkeypatch.setattr(Engine, "ask", refuse)


def children(of: int) -> list[int]:
    """The processes that the main thread of this one started and that run."""
    return [int(pid) for pid in Path(f"/proc/{of}/task/{of}/children").read_text("ascii").split()]


def nurseries() -> list[int]:
    """The nurseries of this process, whichever thread started them."""
    tasks = Path("/proc/self/task").iterdir()
    pids = [pid for task in tasks for pid in (task / "children").read_text("ascii").split()]
    return [int(pid) for pid in pids if b"nursery" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def workers_of(nursery: int) -> list[int]:
    return [pid for pid in children(nursery) if b"nursery" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def wait_for_end(*pids: int) -> None:
    """Wait until these processes have ended; they need be no children."""
    for pid in pids:
        try:
            ended = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            assert select.select([ended], [], [], 30)[0], f"{pid} goes on"
        finally:
            os.close(ended)


@pytest.mark.usefixtures("only_workers")
def test_workers_alone_answer_once_they_are_there(office: Office) -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(office.collection.ask, QUESTIONS))
    assert [answer.answered for answer in answers] == [True, True, True, False, False]
    assert office.collection.asked_at_once == 3


def test_a_workers_answer_is_the_same_to_the_last_bit(office: Office) -> None:
    alone = Office(office.folder, workers=0).collection
    first = alone.ask(QUESTIONS[0])
    for question in (*QUESTIONS, "nha sach mo cua luc may gio"):
        assert office.collection.ask(question, limit=2) == alone.ask(question, limit=2)
    ask = partial(Collection.ask, question="còn mở cửa?", after=first.understood_as, besides=first.hits[0])
    assert ask(office.collection) == ask(alone)
    alone.close()


def test_what_a_reload_took_in_is_asked_next(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.put("cho", "Chợ phường họp buổi chiều.")
    office.say("chợ, thương xá")
    office.collection.reload()
    monkeypatch.setattr(Engine, "ask", None)  # a worker answers
    assert "buổi chiều" in office.collection.ask("chợ phường họp buổi nào").hits[0].quote
    assert "buổi chiều" in office.collection.ask("thương xá phường họp buổi nào").hits[0].quote


def test_questions_during_reloads_are_answered_from_one_state(office: Office) -> None:
    states = [f"Chợ phường họp buổi {buoi}." for buoi in ("sớm", "trưa", "chiều", "tối")]
    office.put("cho", states[0])
    office.collection.reload()
    with ThreadPoolExecutor(3) as threads:
        questions = [f"chợ phường họp buổi nào {number_}" for number_ in range(60)]
        asked = [threads.submit(office.collection.ask, question) for question in questions]
        for state in states[1:]:
            office.put("cho", state)
            office.collection.reload()
        assert {answer.result().hits[0].quote for answer in asked} <= set(states)
    assert office.collection.ask("chợ phường họp buổi nào").hits[0].quote == states[-1]


@pytest.mark.parametrize("lives", [1, 2, 5])
def test_a_question_that_ends_workers_is_answered_all_the_same(
    office: Office, lives: int, caplog: pytest.LogCaptureFixture
) -> None:
    office.collection.prepare()
    for life in range(lives):
        (office.folder / f"life{life}").touch()
    with caplog.at_level(logging.INFO, "retrieval"):
        assert office.collection.ask(f"chợ phường {WORD} họp buổi nào", limit=lives).hits
    lost = sum("amid a question" in message for message in caplog.messages)
    left = list(office.folder.glob("life*"))
    for path in left:
        path.unlink()
    assert 1 <= lost <= ASKED_OF
    assert len(left) == lives - lost


def test_a_worker_that_is_killed_is_replaced(office: Office) -> None:
    office.collection.prepare()
    [nursery] = nurseries()
    before = workers_of(nursery)
    for worker in before:
        os.kill(worker, signal.SIGSTOP)  # whoever has the question does not answer
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(office.collection.ask, "mấy giờ thư viện mở cửa")
        for worker in before:
            os.kill(worker, signal.SIGKILL)
        assert answer.result().answered
    wait_for_end(*before)
    office.collection.prepare()
    assert nurseries() == [nursery]
    assert workers_of(nursery)
    assert set(before).isdisjoint(workers_of(nursery))


def test_files_of_another_state_are_not_asked(office: Office) -> None:
    outfit = Outfit(index_dir=office.folder / "index", lexicon=NO_WORDS)
    early, late = Answerer(outfit), Answerer(outfit)
    of_now = signature(outfit.index_dir)
    assert of_now is not None
    for answerer in (early, late):
        answerer.turn_to(Edition(signature=of_now, synonyms=NO_SYNONYMS, glossary=NO_SYNONYMS))
    inquiry = asked(QUESTIONS[0])
    assert early.answer(inquiry) is not None
    office.put("cho", "Chợ phường họp buổi trưa và buổi tối.")
    office.collection.reload()
    assert late.answer(inquiry) is None
    assert early.answer(inquiry) is not None, "files that are open stay as they were"


def test_worker_is_told_what_is_manners_in_a_question(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    answerer = Answerer(Outfit(index_dir=office.folder / "index", lexicon=NO_WORDS))
    of_now = signature(office.folder / "index")
    assert of_now is not None
    answerer.turn_to(Edition(signature=of_now, synonyms=NO_SYNONYMS, glossary=NO_SYNONYMS))
    inquiry = asked("dạ cho em hỏi chợ phường họp buổi sáng nào vậy ạ")
    set_aside.cache_clear()
    monkeypatch.setattr(manners, "set_apart", None)  # who looks for manners fails
    monkeypatch.setattr(manners, "_told", {})  # here is no worker: others ask on
    answer = answerer.answer(inquiry)
    assert answer is not None
    assert answer.understood_as == "chợ phường họp buổi sáng nào"


def test_what_there_is_at_the_start_is_looked_through_no_more() -> None:
    settled = "from retrieval.collection.workers.garbage import settle; settle()"
    program = f"import gc; {settled}; print(len(gc.get_objects()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 100


def asked(question: str) -> Inquiry:
    return Inquiry(
        now=datetime.now(UTC),
        question=question,
        manners=set_aside(question),
        limit=1,
        after=None,
        besides=None,
    )


def test_process_whose_workers_answer_has_the_rules_of_manners_ready_too(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a rule is compiled while somebody waits")

    grammar.rule.cache_clear()
    grammar.may_begin.cache_clear()
    grammar.may_open.cache_clear()
    monkeypatch.setattr(grammar, "_READY", {})
    office.collection.prepare()
    monkeypatch.setattr(regex, "compile", refuse)
    assert set_aside("dạ cho em hỏi thư viện mở cửa lúc mấy giờ với ạ").text == "thư viện mở cửa lúc mấy giờ"


def test_without_workers_no_process_is_started(tmp_path: Path, office: Office) -> None:
    known = nurseries()
    alone = Office(tmp_path, workers=0).collection
    assert alone.ask(QUESTIONS[0]).answered
    assert alone.asked_at_once == 2
    assert nurseries() == known
    alone.close()


def test_losing_and_closing_all_processes_costs_no_question(office: Office) -> None:
    """The last test of this office."""
    office.collection.prepare()
    [nursery] = nurseries()
    workers = workers_of(nursery)
    assert workers
    os.kill(nursery, signal.SIGKILL)
    for question in ("giá thẻ thư viện", "thư viện mở cửa buổi nào"):
        assert office.collection.ask(question).answered
    office.collection.close()
    wait_for_end(nursery, *workers)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_survives_the_one_that_asks(
    tmp_path: Path, sqlite_url: str, articles_dir: Path, how: signal.Signals
) -> None:
    script = f"""
from pathlib import Path
from retrieval.collection.collection import Collection

collection = Collection.open(
    database_url={sqlite_url!r}, index_dir=Path({str(tmp_path)!r}), articles_dir=Path({str(articles_dir)!r}),
    workers=1,
)
collection.prepare()
print("ready", flush=True)
input()
"""
    with Popen([sys.executable, "-c", script], stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        tasks = Path(f"/proc/{process.pid}/task").iterdir()
        started = [int(pid) for task in tasks for pid in (task / "children").read_text("ascii").split()]
        [nursery] = started
        workers = workers_of(nursery)
        assert workers
        for pid in (nursery, *workers):
            # systemd tells all processes at once; these wait for the one that asks.
            os.kill(pid, signal.SIGTERM)
        process.send_signal(how)
    wait_for_end(nursery, *workers)


@pytest.mark.parametrize(
    ("processors", "gigabytes", "workers"),
    [(1, 64, 0), (2, 1, 0), (2, 2, 1), (2, 3, 2), (4, 8, 4), (64, 512, number.MOST_WORKERS)],
)
def test_processors_and_memory_decide_how_many_workers_there_are(
    monkeypatch: pytest.MonkeyPatch, processors: int, gigabytes: int, workers: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)))
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": gigabytes << 18}.__getitem__)
    assert number.suitable() == workers
