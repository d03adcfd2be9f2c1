"""What several test files share."""

import gc
import logging
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from clusters import shared, undisturbed
from forked_readers import Readers
from hypothesis import HealthCheck, settings
from killing import Workers, started
from postgres import Server, running

from benchmarks.opensearch.nodes import Nodes
from bot.settings import Settings
from retrieval import kernels
from retrieval.collection.collection import Collection
from retrieval.collection.loops import compile_loops
from retrieval.question.manners import manners
from retrieval.store.articles import Store
from retrieval.store.database import Database

ON_EACH_DATABASE = {"journal", "storage", "store"}
# What is saved is written through to the disk, some twenty files an index: the tests would wait for that
# longer than they work. In memory it takes no time.
MEMORY = Path("/dev/shm")
ROOM = 4_000_000_000  # bytes

# A busy machine is no mistake of the program's. All else stays as in the profile that CI chooses by itself.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Let loops and rules be compiled, once and before any test, worker or process waits for them."""
    if hasattr(config, "workerinput"):
        return
    if "TMPDIR" not in os.environ and _takes_files(MEMORY):
        os.environ["TMPDIR"], tempfile.tempdir = str(MEMORY), None
    if not kernels.are_kept():
        compile_loops()
    manners.prepare()


def _takes_files(folder: Path) -> bool:
    """Tell whether all files of a run have room in *folder*, also those that are executed."""
    if not os.access(folder, os.W_OK):
        return False
    return shutil.disk_usage(folder).free >= ROOM and not os.statvfs(folder).f_flag & os.ST_NOEXEC


def pytest_collection_finish() -> None:
    """Spare each collection of garbage a look at four thousand collected tests, which stay."""
    gc.freeze()


@pytest.fixture(autouse=True)
def no_word_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test finds does not depend on the lists in `data/`."""
    monkeypatch.setattr("bot.startup.WORD_LISTS", Path("/there/are/no/word/lists"))


@pytest.fixture(scope="session")
def readers() -> Iterator[Readers]:
    readers = Readers()
    yield readers
    readers.end()


@pytest.fixture(autouse=True)
def forked_readers(readers: Readers, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork the processes that read files; they are started as in life by the tests that are about them."""
    if request.path.parent.name != "readers":
        monkeypatch.setattr("retrieval.readers.isolation.pool._started", readers.started)


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder and an environment without settings: a developer's own do not count."""
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Undo after the test what `bot.logs.set_up` does to the process."""
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, upgraded once: to copy it takes a tenth of the time of the migrations."""
    file = tmp_path_factory.mktemp("migrated") / "empty.sqlite3"
    Database.open(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated: Path) -> str:
    file = tmp_path / "state" / "hoibao.sqlite3"
    file.parent.mkdir()
    shutil.copyfile(migrated, file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def workers_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def nodes(workers_folder: Path) -> Iterator[Nodes]:
    """The cluster of all tests."""
    with shared(workers_folder) as nodes:
        yield nodes


@pytest.fixture
def search_url(nodes: Nodes, workers_folder: Path) -> Iterator[str]:
    """The address of the cluster, with a prefix that no other test has."""
    from retrieval.cluster.client import Client  # most workers never ask a cluster

    url = f"{nodes.url}/t{secrets.token_hex(6)}"
    with undisturbed(workers_folder):
        yield url
        client = Client.open(url)
        for index in client.names():
            client.drop(index)
        client.close()


@pytest.fixture
def postgresql_url(postgresql: Server) -> Iterator[str]:
    with postgresql.database() as url:
        yield url


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")
    return url


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Test what reads and writes the database on each that is supported."""
    if "database_url" in metafunc.fixturenames and metafunc.definition.path.parent.name in ON_EACH_DATABASE:
        metafunc.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database.open(database_url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def articles_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of articles of every test of this process: what one read of it, others may copy."""
    return tmp_path_factory.getbasetemp() / "articles"


@pytest.fixture
def articles_dir(articles_home: Path) -> Path:
    shutil.rmtree(articles_home, ignore_errors=True)
    articles_home.mkdir()
    return articles_home


@pytest.fixture
def open_collection(
    tmp_path: Path, database_url: str, articles_dir: Path
) -> Iterator[Callable[[], Collection]]:
    """Open the collection, as often as called: each time as a process that starts would."""
    opened: list[Collection] = []

    def open_one() -> Collection:
        index_dir = tmp_path / "state" / "index"
        opened.append(
            Collection.open(database_url=database_url, index_dir=index_dir, articles_dir=articles_dir)
        )
        return opened[-1]

    yield open_one
    for collection in opened:
        collection.close()


@pytest.fixture
def collection(open_collection: Callable[[], Collection]) -> Collection:
    return open_collection()


@pytest.fixture
def ids(database: Database) -> Callable[[], set[str]]:
    """Return the ids that are stored, once called."""
    return lambda: set(Store(database).entries())


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """Processes to be killed while they change a collection."""
    with started() as workers:
        yield workers
