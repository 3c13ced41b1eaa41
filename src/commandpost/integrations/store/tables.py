"""The tables of integrations. Times are milliseconds since 1970 UTC."""

import sqlalchemy as sa

from commandpost.db.schema import column_id, column_text, column_time, metadata, primary_id

integration_settings = sa.Table(
    "integration_settings",
    metadata,
    primary_id("name"),
    column_text("sealed"),
    column_time("update_at"),
    column_id("updated_by", default=""),
)
"""What administrators have set for each integration: a JSON object, encrypted as a whole."""
