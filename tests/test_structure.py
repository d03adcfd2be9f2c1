"""Structure: dependencies point one way, each library has one home, and importing does nothing."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "retrieval")

# Where each library may be imported: these modules and what is below them.
HOMES = {
    "aiohttp": {"bot.transport.connection"},
    "alembic": {"retrieval.store.database", "retrieval.store.migrations"},
    "babel": {"bot.language"},
    "cachetools": {
        "bot.storage.answers",
        "bot.transport.admission",
        "bot.transport.quota",
        "retrieval.collection.recent",
    },
    "certifi": {"bot.transport.connection"},
    "charset_normalizer": {"retrieval.readers"},
    "click": {"bot.cli", "bot.terminal.questionnaire"},
    "courlan": {"retrieval.web.address"},
    "doc2docx": {"retrieval.readers.documents.word"},
    "feedparser": {"retrieval.readers.links.feed"},
    "filelock": {"retrieval.collection.lock"},
    "ftfy": {"retrieval.readers.letters.mending"},
    "httpx": {"retrieval.web.web"},
    "lxml": {"retrieval.readers"},
    "mammoth": {"retrieval.readers.documents.word"},
    "markdown_it": {"retrieval.readers"},
    "matplotlib": {"bot.render.admins.chart"},
    "numba": {"retrieval.kernels"},
    "numpy": {"retrieval"},
    "opensearchpy": {"retrieval.cluster.client"},
    "prometheus_client": {"bot.metrics"},
    "protego": {"retrieval.web.robots"},
    "pydantic": {"bot.settings"},
    "pydantic_core": {"bot.settings"},
    "pydantic_settings": {"bot.settings"},
    "pypdfium2": {"retrieval.readers.paper.pdf"},
    "pytesseract": {"retrieval.readers.documents.scan"},
    "python_calamine": {"retrieval.readers.documents.sheets"},
    "rank_bm25": {"retrieval.index.bm25"},
    "regex": {"retrieval"},
    "rensa": {"retrieval.collection.intake.near"},
    "rich": {"bot.cli", "bot.startup", "bot.terminal"},
    "sqlalchemy": {
        "retrieval.store.database",
        "retrieval.store.hot",
        "retrieval.journal.journal",
        "retrieval.store.notes",
        "retrieval.store.pages",
        "retrieval.store.migrations",
        "retrieval.store.articles",
        "retrieval.store.bulk",
        "retrieval.store.copying",
        "retrieval.store.statistics",
        "retrieval.store.tables",
        "retrieval.store.watches",
    },
    "Stemmer": {"retrieval.text.language"},
    "striprtf": {"retrieval.readers.documents.word"},
    "structlog": {"bot"},
    "telegram": {"bot"},
    "tornado": {"bot.health", "bot.transport.webhook"},
    "trafilatura": {"retrieval.readers"},
    "yaml": {"retrieval.readers"},
    "zstandard": {"retrieval.index.archive"},
}
# Not imported here: SQLAlchemy and, if the system has no time zones, zoneinfo do that.
FOR_OTHERS = {"psycopg", "tzdata"}
# The names under which a distribution is imported, where they are not its own.
IMPORT_NAMES = {
    "markdown-it-py": {"markdown_it"},
    "msdoc2docx": {"doc2docx"},
    "opensearch-py": {"opensearchpy"},
    "pydantic-settings": {"pydantic", "pydantic_core", "pydantic_settings"},
    "pystemmer": {"Stemmer"},
    "python-telegram-bot": {"telegram"},
    "pyyaml": {"yaml"},
}


LONGEST = 300  # lines of a module
EMPTY = {"one", "found", "held", "able"}  # as names of loop variables


# One order of the wings: a module imports its own room and rooms of earlier lines only.
ORDER = [
    {"retrieval", "retrieval.errors", "retrieval.restriction"},
    {"retrieval.kernels", "retrieval.text", "retrieval.web"},
    {"retrieval.article"},
    {"retrieval.answer"},
    {"retrieval.readers", "retrieval.index", "retrieval.store"},
    {"retrieval.indexing", "retrieval.question", "retrieval.sources"},
    {"retrieval.query", "retrieval.journal"},
    {"retrieval.ranking"},
    {"retrieval.answering", "retrieval.cluster"},
    {"retrieval.collection", "retrieval.evaluation"},
    {
        "bot",
        "bot.allowed",
        "bot.caches",
        "bot.descriptors",
        "bot.metrics",
        "bot.heap",
        "bot.shipped",
        "bot.errors",
        "bot.language",
        "bot.logs",
        "bot.reply",
        "bot.buttons",
    },
    {"bot.links", "bot.settings", "bot.setup"},
    {"bot.render", "bot.transport"},
    {"bot.storage", "bot.conversation"},
    {"bot.alerts", "bot.menus", "bot.health"},
    {"bot.terminal", "bot.handlers"},
    {"bot.life"},
    {"bot.startup", "bot.application"},
    {"bot.doctor"},
    {"bot.cli"},
    {"bot.__main__"},
]


def modules() -> dict[str, Path]:
    """Every module of the packages by its dotted name."""
    found = {}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found[dotted.removesuffix(".__init__")] = path
    return found


@cache
def statements(
    path: Path,
) -> tuple[tuple[ast.stmt, ...], tuple[ast.Import | ast.ImportFrom, ...], tuple[ast.expr, ...]]:
    """The classes and assignments at the top of a module; its imports and the names of loops, wherever."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    return (
        tuple(node for node in tree.body if isinstance(node, ast.ClassDef | ast.Assign | ast.AnnAssign)),
        tuple(node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)),
        tuple(node.target for node in nodes if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension)),
    )


def import_statements(path: Path) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """The statements of a module that import, wherever in it."""
    return statements(path)[1]


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports."""
    for node in import_statements(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif node.module and not node.level:
            yield node.module


def is_below(module: str, places: set[str]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def third_party(path: Path) -> set[str]:
    tops = {name.partition(".")[0] for name in imports(path)}
    return tops - set(PACKAGES) - set(sys.stdlib_module_names)


def test_retrieval_knows_nothing_of_the_bot() -> None:
    for module, path in modules().items():
        if module.startswith("retrieval"):
            assert {name.partition(".")[0] for name in imports(path)}.isdisjoint({"bot", "telegram"}), module


def room(module: str) -> str:
    """The room of a module: its wing, or the module itself at the top of its package."""
    return ".".join(module.split(".")[:2])


def test_every_room_has_its_place_in_the_order() -> None:
    listed = [name for line in ORDER for name in line]
    assert sorted(listed) == sorted({room(module) for module in modules()})


def test_each_room_imports_only_earlier_rooms() -> None:
    line = {name: number for number, names in enumerate(ORDER) for name in names}
    known = modules()
    upwards = [
        f"{module} imports {imported}"
        for module, path in known.items()
        for imported in imported_modules(path, known)
        if room(imported) != room(module) and line[room(imported)] >= line[room(module)]
    ]
    assert upwards == []


def test_each_public_type_and_constant_has_a_name_of_its_own() -> None:
    homes: dict[str, list[str]] = {}
    for module, path in modules().items():
        if ".migrations" not in module:
            for name in set(public_names(path)):
                homes.setdefault(name, []).append(module)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def test_each_function_that_is_known_by_its_bare_name_has_one_home() -> None:
    homes: dict[str, set[str]] = {}
    known = modules()
    for path in known.values():
        for node in import_statements(path):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            if node.module.partition(".")[0] in PACKAGES and known[node.module].stem != "__init__":
                names = {alias.name for alias in node.names if not alias.asname}
                for name in names:
                    homes.setdefault(name, set()).add(node.module)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def test_every_wing_and_room_says_what_goes_in_and_out_and_shows_an_example() -> None:
    for module, path in modules().items():
        if path.name != "__init__.py" or module in (*PACKAGES, "retrieval.store.migrations.versions"):
            continue
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert re.search(r"\b(?:come|comes|into|from)\b", said), f"{module}: what comes in"
        assert re.search(r"\b(?:goe?s?|come)\b.*\b(?:out|away)\b|\binto\b", said), f"{module}: what goes out"
        examples = [ROOT / shown for shown in re.findall(r"``([\w./]+/[\w.]*)``", said)]
        assert "::\n" in said or any(example.exists() for example in examples), f"{module}: an example"


def test_no_module_is_long() -> None:
    lines = {name: path.read_text(encoding="utf-8").count("\n") for name, path in modules().items()}
    assert [name for name, count in lines.items() if count > LONGEST] == []


def test_no_loop_is_named_after_nothing() -> None:
    """A loop variable says what it is: not "one" of something, and not what was "found" or is "held"."""
    empty = [
        f"{module}:{target.lineno} {name}"
        for module, path in modules().items()
        for target in statements(path)[2]
        for name in {node.id for node in ast.walk(target) if isinstance(node, ast.Name)} & EMPTY
    ]
    assert empty == []


def public_names(path: Path) -> Iterator[str]:
    """The classes, type aliases and constants that a module defines."""
    for node in statements(path)[0]:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        names += [node.name] if isinstance(node, ast.ClassDef) else []
        yield from (name for name in names if name[0].isupper())


def imported_modules(path: Path, known: Collection[str]) -> Iterator[str]:
    """The modules of the packages that a module imports, also as names of their package."""
    for node in import_statements(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif node.module and node.module in known:
            for alias in node.names:
                below = f"{node.module}.{alias.name}"
                yield below if below in known else node.module


def test_each_library_is_imported_at_its_home_only() -> None:
    strangers = [
        f"{module} imports {library}"
        for module, path in modules().items()
        for library in third_party(path)
        if not is_below(module, HOMES.get(library, set()))
    ]
    assert strangers == []


def test_every_home_stands_and_uses_its_library() -> None:
    known = modules()
    for library, homes in HOMES.items():
        for home in homes:
            users = [module for module in known if is_below(module, {home})]
            assert any(library in third_party(known[module]) for module in users), f"{library} at {home}"


def test_every_dependency_is_used_and_every_import_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[^\w-]", requirement)[0] for requirement in project["dependencies"]]
    declared = [IMPORT_NAMES.get(name, {name.replace("-", "_")}) for name in names if name not in FOR_OTHERS]
    imported = set().union(*(third_party(path) for path in modules().values()))
    assert [names for names in declared if not names & imported] == []
    assert imported - set().union(*declared) == set()


def test_data_is_never_imported_and_the_import_path_never_edited() -> None:
    others = [path for name in ("tests", "benchmarks", "docs") for path in (ROOT / name).rglob("*.py")]
    sources = [*modules().values(), *others]
    for path in sources:
        assert "data" not in {name.partition(".")[0] for name in imports(path)}, path
        assert not edits_import_path(path), path


def edits_import_path(path: Path) -> bool:
    """True where the module uses `sys.path` at all: nothing here needs to know it."""
    text = path.read_text(encoding="utf-8")
    return "sys.path" in text and any(
        isinstance(node, ast.Attribute)
        and node.attr == "path"
        and isinstance(node.value, ast.Name)
        and node.value.id == "sys"
        for node in ast.walk(ast.parse(text))
    )


def test_importing_any_module_does_nothing(tmp_path: Path) -> None:
    """No file, no connection, no thread, no logging, no settings; a broken environment does not matter."""
    names = sorted(module for module in modules() if not module.startswith("retrieval.store.migrations"))
    script = f"""
import importlib, logging, os, socket, sys, threading
import structlog

def refuse(event, _):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo"):
        raise AssertionError(event)

sys.addaudithook(refuse)
hook = sys.excepthook
for name in {names!r}:
    importlib.import_module(name)
assert logging.getLogger().handlers == [], "logging"
assert not structlog.is_configured(), "structlog"
assert sys.excepthook is hook, "excepthook"
assert threading.active_count() == 1, "threads"
assert sys.modules.keys().isdisjoint({"alembic", "matplotlib", "numba"}), "what takes long and few need"
assert os.listdir() == [], "files"
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PORT": "nonsense",
            "HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", PACKAGES)
def test_package_itself_exports_nothing(name: str) -> None:
    body = ast.parse((ROOT / name / "__init__.py").read_text(encoding="utf-8")).body
    assert [type(node).__name__ for node in body] == ["Expr"]


def test_the_top_level_holds_what_is_the_projects_own() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode or not listed.stdout:
        pytest.skip("not a git checkout")
    paths = [line.partition("/") for line in listed.stdout.splitlines()]
    folders = {folder for folder, slash, _ in paths if slash}
    files = {file for file, slash, _ in paths if not slash}
    assert folders <= {".ci", "bot", "retrieval", "data", "tests", "benchmarks", "deploy", "docs"}
    assert files <= {
        ".env.example", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
        "Makefile", "README.md", "SECURITY.md", "pyproject.toml", "uv.lock",
    }  # fmt: skip
