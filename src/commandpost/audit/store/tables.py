"""The audit log. The database refuses to change its rows, and to let go of those that are not old enough."""

import sqlalchemy as sa

from commandpost.db.schema import column_id, column_json, column_text, column_time, metadata

audit_entries = sa.Table(
    "audit_entries",
    metadata,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), sa.Identity(), primary_key=True),
    column_time("at"),
    column_text("deed"),
    column_id("subject_id", default=""),
    column_id("actor_id", default=""),
    column_id("session_id", default=""),
    column_text("address"),
    column_json("before"),
    column_json("after"),
    sa.Index("audit_entries_by_time", "at"),
    sa.Index("audit_entries_by_actor", "actor_id", "number"),
    sa.Index("audit_entries_by_subject", "subject_id", "number"),
)

audit_retention = sa.Table(
    "audit_retention",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    column_time("until"),
)
"""One row, or none: entries from before that time may go."""
