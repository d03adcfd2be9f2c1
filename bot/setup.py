"""`hoibao init`: prepare a folder that the bot can be started in."""

import getpass
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.shipped import shipped

ENV = ".env"
ARTICLES_FOLDER = Path("data/articles")
UNIT = "hoibao.service"
_SYNONYMS = Path("data/synonyms.txt")
# As deploy/hoibao.service has them.
_PROGRAM, _FOLDER, _USER = "/opt/hoibao/bin/hoibao", "/var/lib/hoibao", "hoibao"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file or folder that the bot needs."""

    path: Path
    is_new: bool  # False: it was there already, and is as it was


def prepare(folder: Path, settings: Mapping[str, str], *, with_samples: bool) -> Iterator[Prepared]:
    """Make what is missing in *folder*: settings, articles, synonyms, a unit for systemd on Linux.

    Nothing that is there is changed. Raises ``OSError``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Only for its owner: it will hold the token.
    yield _written(folder / ENV, _filled(shipped(".env.example").read_text("utf-8"), settings), mode=0o600)
    articles = folder / ARTICLES_FOLDER
    is_new = not articles.exists()
    if with_samples and not has_articles(folder):
        shutil.copytree(shipped("articles"), articles, dirs_exist_ok=True)
    articles.mkdir(parents=True, exist_ok=True)
    yield Prepared(path=articles, is_new=is_new)
    yield _written(folder / _SYNONYMS, shipped("synonyms.txt").read_text("utf-8"))
    if sys.platform == "linux":
        yield _written(folder / UNIT, _unit(folder.resolve()))


def has_articles(folder: Path) -> bool:
    """Tell whether there is anything in the folder of articles."""
    articles = folder / ARTICLES_FOLDER
    return articles.is_dir() and any(articles.iterdir())


def _written(path: Path, text: str, *, mode: int = 0o644) -> Prepared:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        return Prepared(path=path, is_new=False)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return Prepared(path=path, is_new=True)


def _filled(example: str, settings: Mapping[str, str]) -> str:
    """Return the *example* of settings with these values; in quotes, since one may hold a #."""
    for name, value in settings.items():
        quoted = value if re.fullmatch(r"[\w:,-]*", value) else "'" + value.replace("'", "’") + "'"
        example = example.replace(f"\n{name}=\n", f"\n{name}={quoted}\n")
    return example


def _unit(folder: Path) -> str:
    """Return the unit for this program, folder and user; root gets one for a user of the bot's own."""
    user = _user() if os.getuid() else _USER
    unit = shipped(f"deploy/{UNIT}").read_text("utf-8")
    unit = unit.replace(_PROGRAM, str(Path(sys.argv[0]).resolve())).replace(_FOLDER, str(folder))
    return unit.replace(f"User={_USER}\n", f"User={user}\n")


def _user() -> str:
    """Return the name of the user, or the number of one without a name, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # the latter since Python 3.13
        return str(os.getuid())
