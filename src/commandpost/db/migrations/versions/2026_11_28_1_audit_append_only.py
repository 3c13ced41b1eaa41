"""The audit log takes new rows and lets old ones go; no row of it is ever changed."""

from alembic import op

revision = "2026_11_28_1_audit_append_only"
down_revision = "2026_11_24_1_post_search"
kind = "expands"

_SQLITE = (
    "CREATE TRIGGER audit_entries_append_only BEFORE UPDATE ON audit_entries"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
    "CREATE TRIGGER audit_entries_append_only BEFORE UPDATE ON audit_entries"
    " FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
)


def upgrade() -> None:
    for statement in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)
