"""A cluster of OpenSearch for the tests: three nodes of this machine, which all workers share."""

import os
import pickle
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from benchmarks.opensearch.nodes import MissingError, Nodes, started

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


@contextmanager
def shared(folder: Path) -> Iterator[Nodes]:
    """Give the cluster that whoever comes first starts and whoever goes last ends; *folder* is all workers'.

    Skip the test, and say why, if there can be none.
    """
    note, users, lock = folder / "cluster", folder / "cluster-users", FileLock(folder / "cluster.lock")
    with lock:
        if not note.exists():
            note.write_bytes(pickle.dumps(_started()))
        nodes: Nodes | str = pickle.loads(note.read_bytes())
        if isinstance(nodes, str):
            pytest.skip(nodes)
        users.write_text(str(_count(users) + 1))
    try:
        yield nodes
    finally:
        with lock:
            users.write_text(str(_count(users) - 1))
            if not _count(users):
                last: Nodes = pickle.loads(note.read_bytes())
                last.stop()
                shutil.rmtree(last.folder)
                note.unlink()


def restart(nodes: Nodes, place: int, folder: Path) -> None:
    """Start a node again that was killed, and let whoever ends the cluster know its process."""
    nodes.start(nodes.all[place])
    with FileLock(folder / "cluster.lock"):
        (folder / "cluster").write_bytes(pickle.dumps(nodes))


@contextmanager
def undisturbed(folder: Path) -> Iterator[None]:
    """Let nobody be ``alone`` with the cluster during the block; *folder* is all workers'."""
    with FileLock(folder / f"cluster-{_WORKER}.lock"):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let no other worker ask the cluster during the block. One test at a time may want that, or two wait."""
    with ExitStack() as stack:
        for number in range(int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))):
            if f"gw{number}" != _WORKER:
                stack.enter_context(FileLock(folder / f"cluster-gw{number}.lock"))
        yield


def _started() -> Nodes | str:
    # Not pytest's folder: only root may look into that, and the nodes must not be root's.
    folder = Path(tempfile.mkdtemp(prefix="hoibao-opensearch-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    try:
        return started(folder, is_brief=True)
    except MissingError as error:
        shutil.rmtree(folder)
        return str(error)


def _count(users: Path) -> int:
    return int(users.read_text()) if users.exists() else 0
