"""What Alembic runs for a migration, on the connection (and in the transaction) that it is handed."""

from __future__ import annotations

from alembic import context

from catalog.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    # SQLite alters a table by copying it; on PostgreSQL the same script alters it in place.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
