"""The table of the migrations themselves; `migrations` fills and reads it."""

import sqlalchemy as sa

from commandpost.db.schema import column_text, metadata, primary_id

migrations_done = sa.Table(
    "migrations_done",
    metadata,
    primary_id("revision"),
    column_text("unused_since"),
)
