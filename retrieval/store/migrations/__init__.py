"""A database of any age comes in, and goes out with the tables of today: a file in ``versions/`` a change.

Alembic is imported to change tables only: a database that is up to date opens without it. See
``tests/store/test_migrations.py`` for older databases that are upgraded.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

_HERE = Path(__file__).parent
_TABLE = "alembic_version"


def upgrade(connection: Connection) -> None:
    """Bring the database up to the newest revision; the caller commits."""
    from alembic import command

    command.upgrade(config(connection), "head")


def revision(connection: Connection) -> str | None:
    """Return the revision that the database is at; None if it has no tables yet."""
    if not inspect(connection).has_table(_TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {_TABLE}"))
    return found


def revisions() -> list[str]:
    """Return all revisions that this program knows, newest first: its files begin with them."""
    names = (path.name.partition("_")[0] for path in (_HERE / "versions").glob("[0-9]*.py"))
    return sorted(names, reverse=True)


def config(connection: Connection | None = None) -> "Config":
    """Return what Alembic's commands take, to run on this connection."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))  # ConfigParser interpolates
    return config
