"""The documents say what the program does: every command, option and setting, and no dead links."""

import re
from pathlib import Path

import click
import pytest

from bot.cli.main import hoibao
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "data/README.md",
    "docs/SCALE.md",
    "benchmarks/QUALITY.md",
    "benchmarks/RESULTS.md",
)


def section(heading: str) -> str:
    """The text of the README under a heading of the second level."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def commands() -> dict[str, str]:
    """The README's table of commands: name → how it is called."""
    return {
        row[1]: row[0]
        for row in re.findall(
            r"^\| `(hoibao ([a-z]+(?: [a-z]+)?)[^`]*)` \|", section("Commands"), re.MULTILINE
        )
    }


def all_commands() -> dict[str, click.Command]:
    """Every command under the words that call it: "reload", "db copy"."""
    found: dict[str, click.Command] = {}
    for name, command in hoibao.commands.items():
        if isinstance(command, click.Group):
            found |= {f"{name} {below}": inner for below, inner in command.commands.items()}
        else:
            found[name] = command
    return found


def test_readme_lists_exactly_the_commands_there_are() -> None:
    assert sorted(commands()) == sorted(all_commands())


@pytest.mark.parametrize("name", sorted(all_commands()))
def test_readme_shows_every_option_of_a_command_and_no_other(name: str) -> None:
    parameters = all_commands()[name].params
    options = {opt for p in parameters if isinstance(p, click.Option) for opt in p.opts}
    assert set(re.findall(r"--[\w-]+", commands()[name])) == options


def test_readme_lists_exactly_the_settings_there_are() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (?:`(.*?)`)? ?\| (.*) \|$", section("Settings"), re.MULTILINE)
    assert rows == [
        (name.upper(), str(field.default or ""), field.description)
        for name, field in Settings.model_fields.items()
    ]


def test_every_target_of_make_is_explained_by_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    assert sorted(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE)) == sorted(phony[1].split())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_to_files_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [target for target in targets if not ((ROOT / document).parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_make_targets_that_are_mentioned_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)) <= targets
