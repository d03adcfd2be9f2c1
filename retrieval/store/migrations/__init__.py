"""The database's history: one file in ``versions/`` for each change of its tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_HERE = Path(__file__).parent


def upgrade(connection: Connection) -> None:
    """Bring the database up to the newest revision; the caller commits."""
    command.upgrade(config(connection), "head")


def revision(connection: Connection) -> str | None:
    """Return the revision that the database is at; None where it has no tables yet."""
    return MigrationContext.configure(connection).get_current_revision()


def revisions() -> list[str]:
    """Return all revisions that this program knows, newest first."""
    return [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()]


def config(connection: Connection | None = None) -> Config:
    """Return what Alembic's commands take, to run on this connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))  # ConfigParser interpolates
    return config
