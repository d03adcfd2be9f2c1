"""`hoibao init`: a folder from which everything else works; and the files that come with the program."""

import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import caches, setup, shipped
from bot.cli.main import hoibao, main
from bot.settings import Settings
from retrieval.query.synonyms import Synonyms, parse_glossary, parse_synonyms

ROOT = Path(__file__).parent.parent
TOKEN = "123456789:AAEhBOweik-9_xyzABCDEF"
pytestmark = pytest.mark.usefixtures("logging_as_before")


@pytest.fixture(autouse=True)
def here(nowhere: Path) -> Path:
    return nowhere


def init(*answers: str, folder: str = ".") -> str:
    outcome = CliRunner().invoke(hoibao, ["init", folder], input="".join(f"{line}\n" for line in answers))
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def test_answers_become_settings(here: Path) -> None:
    init("vi", TOKEN, "7, 8", "số 1 Lò Gạch #2, 'giờ hành chính'", "n")
    settings = Settings.load()
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert settings.admin_ids == (7, 8)
    assert settings.contact == "số 1 Lò Gạch #2, ’giờ hành chính’"
    assert settings.default_language == "vi"
    assert (here / ".env").stat().st_mode & 0o777 == 0o600
    assert list((here / "data/articles").iterdir()) == []


def test_a_wrong_token_is_asked_for_again_in_the_chosen_language(here: Path) -> None:
    said = init("en", "my token", TOKEN, "", "", "n")
    assert "A token looks like 123456789:AAE…" in said
    assert Settings.load().telegram_token is not None


def test_questions_may_be_left_for_later_and_the_samples_answer(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    init("", "", "", "y")
    assert Settings.load().telegram_token is None
    assert main(["ask", "--limit", "1", "chợ bến lụa mở cửa trở lại ngày nào"]) == 0
    assert "24/10" in capsys.readouterr().out


def test_what_is_there_stays(here: Path) -> None:
    (here / "data").mkdir()
    for name in (".env", "data/synonyms.txt"):
        (here / name).write_text("# own\n", encoding="utf-8")
    said = init()
    assert (here / ".env").read_text(encoding="utf-8") == "# own\n"
    assert (here / "data/synonyms.txt").read_text(encoding="utf-8") == "# own\n"
    assert "giữ nguyên" in said


def test_another_folder_is_made_and_named(here: Path) -> None:
    said = init("", "", "", "n", folder="phường/bot")
    assert (here / "phường/bot/.env").is_file()
    assert "cd phường/bot" in said


def test_nothing_is_asked_with_defaults(here: Path) -> None:
    assert main(["init", "--defaults"]) == 0
    assert list((here / "data/articles").iterdir()) == []


def test_the_unit_names_a_user_without_a_name_by_number(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 54_321_000)  # nobody here, as in a container
    list(setup.prepare(here, {}, with_samples=False))
    assert "User=54321000\n" in (here / setup.UNIT).read_text(encoding="utf-8")


def test_the_unit_names_this_program_and_folder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/usr/local/pipx/hoibao/bin/hoibao", "init"])
    init("", "", "", "n")
    unit = (here / setup.UNIT).read_text(encoding="utf-8")
    assert "ExecStart=/usr/local/pipx/hoibao/bin/hoibao run\n" in unit
    assert f"WorkingDirectory={here}\n" in unit
    assert f"ReadWritePaths={here}\n" in unit
    assert "/var/lib/hoibao" not in unit


def test_a_wheel_has_all_that_the_program_looks_for() -> None:
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    brought = tables["targets"]["wheel"]["force-include"]
    for source, target in brought.items():
        assert (ROOT / source).exists()
        assert shipped.shipped(target.removeprefix("bot/share/")) == ROOT / source
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    looked_for = {name.replace("{UNIT}", setup.UNIT) for name in re.findall(r'shipped\(f?"([^"]+)"\)', code)}
    listed = {target.removeprefix("bot/share/") for target in brought.values()}
    assert looked_for <= listed
    assert {"synonyms.txt", "everyday.txt", "glossary.txt"} <= listed


@pytest.mark.parametrize(
    ("name", "parse"),
    [("synonyms", parse_synonyms), ("everyday", parse_synonyms), ("glossary", parse_glossary)],
)
def test_no_line_of_a_list_that_is_brought_along_is_a_mistake(
    name: str, parse: Callable[[str], Synonyms]
) -> None:
    text = shipped.shipped(f"{name}.txt").read_text(encoding="utf-8")
    assert parse(text).mistakes == ()


def test_a_list_that_the_office_lacks_is_the_programs(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot import startup

    (here / "installed").mkdir()
    (here / "installed/everyday.txt").touch()
    monkeypatch.setattr(shipped, "INSTALLED", here / "installed")
    (here / "data").mkdir()
    (here / "data/synonyms.txt").write_text("a, b\n", encoding="utf-8")
    assert startup.wordings()["synonyms"] == Path("data/synonyms.txt")
    assert startup.wordings()["everyday"] == here / "installed/everyday.txt"


@pytest.mark.usefixtures("here")
def test_an_office_of_a_program_that_runs_from_its_checkout_has_the_lists_of_that() -> None:
    from bot import startup

    lists = startup.wordings()
    assert {lists["synonyms"], lists["everyday"], lists["glossary"]} == {
        ROOT / f"data/{name}.txt" for name in ("synonyms", "everyday", "glossary")
    }


@pytest.mark.parametrize("is_writable", [True, False])
def test_compiled_loops_lie_in_the_state_if_the_code_cannot_be_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, is_writable: bool
) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("MPLCONFIGDIR", "/somewhere/else")
    monkeypatch.setattr("os.access", lambda *_: is_writable)
    caches.choose(Path("data/state/index"))

    chosen = os.environ.get("NUMBA_CACHE_DIR")
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    assert os.environ["MPLCONFIGDIR"] == "/somewhere/else"  # who set it knows why
    assert (chosen is None) == is_writable
    assert is_writable or str(chosen).startswith(str(here / "data/state/index/loops-"))
