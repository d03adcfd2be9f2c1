"""The script that Alembic runs, on the connection that ``retrieval.store.migrations.upgrade`` hands over."""

from alembic import context

from retrieval.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,  # Alembic takes SQLite for unable; see retrieval.store.database
    render_as_batch=True,  # SQLite cannot alter a table in place
)
with context.begin_transaction():
    context.run_migrations()
