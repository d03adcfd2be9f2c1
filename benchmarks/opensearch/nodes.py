"""Start the nodes of a cluster, kill one, start it again.

python -m benchmarks.opensearch.nodes FOLDER     start three, say where they listen, stay until Ctrl-C
"""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

VERSION = "2.19.6"
KEPT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hoibao" / f"opensearch-{VERSION}"
NOBODY = "nobody"  # runs the nodes if root starts them: OpenSearch refuses to be root
# MB of each node, as in deploy/cluster.yaml; their other memory is as much again.
HEAP, BRIEF_HEAP = 1024, 320
_ENDING = 20  # seconds, after which it is killed
STARTING = 240  # seconds; ten on a machine that has nothing else to do

_COMPILER = "CompilerThre"  # in the names of Java's threads that compile
_POM = Path(__file__).with_name("pom.xml")
_JAVA = 17
# How the names of its jars begin.
_OF_TRANSPORT = ("transport-netty4-client-", "netty-", "opensearch-netty4-")
_POLICY = """grant {
  permission java.net.SocketPermission "*", "accept,connect,listen,resolve";
  permission java.io.FilePermission "/proc/sys/net/core/somaxconn", "read";
  permission java.lang.RuntimePermission "getClassLoader";
};
"""
_LOGGING = """appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


# Those of this process, by their ids: whoever starts one looks how it ended.
_STARTED: "dict[int, subprocess.Popen[bytes]]" = {}


class MissingError(Exception):
    """There is no cluster here, and why."""


@dataclass(kw_only=True)
class Node:
    """One node. It may be killed and started again: it takes up the data that it had."""

    name: str
    http: int  # ports of 127.0.0.1
    transport: int
    folder: Path
    pid: int | None = None

    @property
    def url(self) -> str:
        """The address at which it answers."""
        return f"http://127.0.0.1:{self.http}"

    @property
    def runs(self) -> bool:
        """Whether its process lives."""
        if self.pid is None:
            return False
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        return state != "Z"  # ended, and whoever started it has not looked yet

    @property
    def processor(self) -> float:
        """The processor time that its threads took so far, in seconds, without those that compile.

        Java compiles for minutes, and takes more time for that than for the first hundreds of questions.
        """
        ticks = 0
        for thread in Path(f"/proc/{self.pid}/task").iterdir():
            with suppress(OSError):  # it has just ended
                name, _, rest = (thread / "stat").read_text().rpartition(")")
                fields = rest.split()
                ticks += 0 if _COMPILER in name else int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it, at once and without a word to the others by default, and wait for it."""
        assert self.pid
        with suppress(ProcessLookupError):
            os.kill(self.pid, how)
        end = time.monotonic() + _ENDING
        while self.runs:
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.05)
        if (process := _STARTED.pop(self.pid, None)) is not None:
            process.wait()


@dataclass(frozen=True, kw_only=True)
class Nodes:
    """A cluster. *folder* is theirs alone."""

    folder: Path
    java: Path
    home: Path  # what the archive of OpenSearch would be unpacked to
    all: list[Node]
    is_brief: bool = False  # lives for minutes: Java compiles quickly, nothing is worth keeping

    @property
    def url(self) -> str:
        """All addresses, as in SEARCH_URL."""
        return ",".join(node.url for node in self.all)

    def start(self, node: Node) -> None:
        """Start *node*."""
        config, temporary = node.folder / "config", node.folder / "tmp"
        for folder in (config, temporary):
            folder.mkdir(parents=True, exist_ok=True)
        settings = {
            "cluster.name": "hoibao-test",
            "node.name": node.name,
            "path.data": str(node.folder / "data"),
            "path.logs": str(node.folder / "logs"),
            "network.host": "127.0.0.1",
            "http.port": node.http,
            "transport.port": node.transport,
            "discovery.seed_hosts": [f"127.0.0.1:{other.transport}" for other in self.all],
            "cluster.initial_cluster_manager_nodes": [other.name for other in self.all],
            "cluster.routing.allocation.disk.threshold_enabled": False,  # a full disk is no test's matter
            "indices.breaker.total.use_real_memory": False,  # garbage would count, and a small heap refuse
            "bootstrap.system_call_filter": False,
            "indices.query.bool.max_clause_count": 4096,  # as in deploy/cluster.yaml
        }
        (config / "opensearch.yml").write_text(json.dumps(settings))  # JSON is YAML, too
        (config / "log4j2.properties").write_text(_LOGGING)
        (config / "jvm.options").write_text("")
        user: dict[str, Any] = {}
        if os.getuid() == 0:
            nobody = pwd.getpwnam(NOBODY)
            for path in [node.folder, *node.folder.rglob("*")]:
                os.chown(path, nobody.pw_uid, nobody.pw_gid)
            user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        heap = BRIEF_HEAP if self.is_brief else HEAP
        command = [
            str(self.java), f"-Xms{heap}m", f"-Xmx{heap}m", "-XX:+UseSerialGC",
            f"-XX:TieredStopAtLevel={1 if self.is_brief else 4}",
            "-XX:MaxDirectMemorySize=96m", "-Xshare:auto", "-Djava.security.manager=allow",
            "-Djava.locale.providers=SPI,COMPAT", "-Dfile.encoding=UTF-8", "-Djna.nosys=true",
            "-Dio.netty.noUnsafe=true", "-Dio.netty.noKeySetOptimization=true", "-Dlog4j2.disable.jmx=true",
            "-Dlog4j.shutdownHookEnabled=false", f"-Djava.io.tmpdir={temporary}",
            f"-Dopensearch.path.home={self.home}", f"-Dopensearch.path.conf={config}",
            "-Dopensearch.distribution.type=tar", "-Dopensearch.bundled_jdk=false",
            "-cp", f"{self.home}/lib/*", "org.opensearch.bootstrap.OpenSearch",
        ]  # fmt: skip
        with (node.folder / "out.log").open("ab") as out:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd=node.folder,
                env={"PATH": os.environ["PATH"], "HOME": str(node.folder), "LANG": "C.UTF-8"}, **user,
            )  # fmt: skip
        _STARTED[process.pid] = process
        node.pid = process.pid

    def wait(self, *, nodes: int | None = None) -> None:
        """Wait until all shards have their copies and so many *nodes* (None: all) belong together."""
        end = time.monotonic() + STARTING
        path = f"/_cluster/health?wait_for_status=green&wait_for_nodes={nodes or len(self.all)}&timeout=5s"
        while time.monotonic() < end:
            for node in self.all if nodes is None else ():
                if not node.runs:
                    raise MissingError(f"{node.name} ended: {(node.folder / 'out.log').read_text()[-2000:]}")
            try:
                if not self.get(path)["timed_out"]:
                    return
            except OSError:
                time.sleep(0.2)
        raise MissingError(f"the cluster is not green after {STARTING} s")

    def get(self, path: str) -> Any:
        """Return what the first node that answers says."""
        for node in self.all:
            if node.runs:
                try:
                    with urllib.request.urlopen(node.url + path, timeout=10) as answer:
                        return json.load(answer)
                except urllib.error.HTTPError as error:  # health says 408 if it waited in vain
                    return json.load(error)
        raise OSError("no node runs")

    def stop(self) -> None:
        """End them all, and wait for it."""
        how = signal.SIGKILL if self.is_brief else signal.SIGTERM
        for node in self.all:
            if node.pid and node.runs:
                os.kill(node.pid, how)
        for node in self.all:
            if node.pid:
                node.end(how)


def started(folder: Path, count: int = 3, *, is_brief: bool = False) -> Nodes:
    """Return a cluster of *count* nodes, which whoever calls it ends; brief: within minutes.

    Raises ``MissingError`` if there is no Java, or no Maven to fetch the nodes.
    """
    java, home = _java(), _home()
    ports = _free_ports(2 * count)
    nodes = [
        Node(name=f"n{number}", http=http, transport=transport, folder=folder / f"n{number}")
        for number, (http, transport) in enumerate(zip(ports[::2], ports[1::2], strict=True))
    ]
    cluster = Nodes(folder=folder, java=java, home=home, all=nodes, is_brief=is_brief)
    try:
        for node in nodes:
            cluster.start(node)
        cluster.wait()
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _java() -> Path:
    own = os.environ.get("JAVA_HOME")
    places = [Path(own)] if own else []
    places += sorted(Path("/usr/lib/jvm").glob(f"*{_JAVA}*")) if Path("/usr/lib/jvm").is_dir() else []
    for place in places:
        if (place / "bin" / "java").exists():
            return place / "bin" / "java"
    raise MissingError(f"Java {_JAVA} is not installed (apt install openjdk-{_JAVA}-jre-headless maven)")


def _home() -> Path:
    """Return what an unpacked archive of OpenSearch is, as far as a node needs it; made once and kept."""
    home = KEPT / "home"
    KEPT.mkdir(parents=True, exist_ok=True)
    with FileLock(KEPT / "lock"):
        if not home.exists():
            jars, new = KEPT / "jars", KEPT / "home.new"
            _fetch(jars)
            shutil.rmtree(new, ignore_errors=True)
            _lay_out(jars, new)
            new.rename(home)
            shutil.rmtree(jars)
    return _readable(home)


def _fetch(jars: Path) -> None:
    if shutil.which("mvn") is None:
        raise MissingError("Maven is not installed (apt install maven)")
    command = [
        "mvn",
        "-q",
        "-B",
        "-f",
        str(_POM),
        "dependency:copy-dependencies",
        f"-DoutputDirectory={jars}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingError(f"Maven cannot fetch OpenSearch: {(done.stdout + done.stderr)[-1000:]}")


def _lay_out(jars: Path, home: Path) -> None:
    transport = home / "modules" / "transport-netty4"
    for folder in (transport, home / "lib", home / "plugins", home / "bin"):  # a node looks for them all
        folder.mkdir(parents=True)
    for jar in jars.glob("*.jar"):
        shutil.copy(jar, transport if jar.name.startswith(_OF_TRANSPORT) else home / "lib")
    said = {
        "name": "transport-netty4", "description": "transport", "version": VERSION,
        "opensearch.version": VERSION, "java.version": 11, "extended.plugins": "",
        "classname": "org.opensearch.transport.Netty4Plugin", "has.native.controller": "false",
    }  # fmt: skip
    descriptor = "".join(f"{key}={value}\n" for key, value in said.items())
    (transport / "plugin-descriptor.properties").write_text(descriptor)
    (transport / "plugin-security.policy").write_text(_POLICY)


def _readable(home: Path) -> Path:
    """Return *home*, or a copy that the nodes may read: root's own folders are closed to them."""
    if os.getuid():
        return home
    copy = Path("/var/tmp") / f"hoibao-opensearch-{VERSION}"
    with FileLock(KEPT / "lock"):
        if not copy.exists():
            new = copy.with_suffix(".new")
            shutil.rmtree(new, ignore_errors=True)
            shutil.copytree(home, new)
            new.rename(copy)
    return copy


def _free_ports(count: int) -> list[int]:
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [server.getsockname()[1] for server in taken]
    for server in taken:
        server.close()
    return ports


def main(folder: Path) -> None:
    """Start three nodes in *folder*, and end them with this process."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes = started(folder)
    print(f"SEARCH_URL={nodes.url}", flush=True)
    # Only signals that are blocked wait for it: another one would end this process, and leave the nodes.
    signal.pthread_sigmask(signal.SIG_BLOCK, ends := {signal.SIGINT, signal.SIGTERM})
    signal.sigwait(ends)
    nodes.stop()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
