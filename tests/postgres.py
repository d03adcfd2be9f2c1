"""A PostgreSQL server for the tests, from Debian's package: of its own, on a free port of this machine."""

import os
import re
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, text

from retrieval.store.database import Database

_DEBIAN = Path("/usr/lib/postgresql")  # holds a folder for each version
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",  # what a test writes need not outlive the machine
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "100MB",  # its files may lie in memory
    "max_connections": "100",
}


class Server:
    """A server that runs. Each database that it gives is at the newest revision and empty."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder, self._programs = folder, programs
        self._port = _free_port()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        options += f" -p {self._port} -k {self._folder}"
        self._control("start", "-l", str(self._folder / "log"), "-o", options)

    def stop(self, how: str = "immediate") -> None:
        """End it, with all its connections; "fast" keeps all that was committed."""
        self._control("stop", "-m", how)

    def url(self, database: str) -> str:
        """Return the address of a database, as an operator would write it."""
        return f"postgresql://hoibao@127.0.0.1:{self._port}/{database}"

    def make_template(self) -> None:
        """Make the database that all others are copied from."""
        # To log the whole copy for a server that would recover takes three times as long.
        self._copying = "STRATEGY FILE_COPY" if self._version() >= 15 else ""
        self._run("CREATE DATABASE migrated")
        Database.open(self.url("migrated")).close()

    @contextmanager
    def database(self) -> Iterator[str]:
        """Give the address of a new database, and drop it afterwards."""
        name = f"t{secrets.token_hex(8)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE migrated {self._copying}")
        yield self.url(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _version(self) -> int:
        command = [str(self._programs / "postgres"), "--version"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return int(re.findall(r"\d+", said)[0])

    def _run(self, statement: str) -> None:
        url = self.url("postgres").replace("postgresql", "postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def _control(self, *arguments: str) -> None:
        _as_user(self._programs / "pg_ctl", "-D", self._folder / "data", "-w", *arguments)


@contextmanager
def running() -> Iterator[Server]:
    """Give a server; skip the test, and say why, if PostgreSQL is not installed."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt install postgresql)")
    # Not pytest's folder: only root may look into that, and the server must not be root's.
    with TemporaryDirectory(prefix="hoibao-postgresql-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        initdb = (programs / "initdb", "-D", folder / "data", "-U", "hoibao", "--auth=trust")
        _as_user(*initdb, "-E", "UTF8", "--locale=C", "--no-sync")
        server = Server(folder, programs)
        server.start()
        try:
            server.make_template()
            yield server
        finally:
            server.stop()


def _programs() -> Path | None:
    if (initdb := shutil.which("initdb")) is not None:
        return Path(initdb).resolve().parent
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    return found[-1].parent if found else None


def _as_user(*command: str | Path) -> None:
    """Run *command*; PostgreSQL refuses to be run by root."""
    user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run([*user, *command], capture_output=True, text=True, cwd="/", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
