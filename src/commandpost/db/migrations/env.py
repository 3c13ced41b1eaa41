"""Alembic's entry: migrations run on the connection that `upgrade` hands in."""

from alembic import context

from commandpost.db.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
