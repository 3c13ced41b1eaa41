"""No row of the audit log is ever changed; those from before the time in audit_retention may go."""

from alembic import op

revision = "2026_11_28_1_audit_append_only"
down_revision = "2026_11_24_1_post_search"
kind = "expands"

_SQLITE = (
    "CREATE TRIGGER audit_entries_append_only BEFORE UPDATE ON audit_entries"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    "CREATE TRIGGER audit_entries_kept BEFORE DELETE ON audit_entries"
    " WHEN OLD.at >= (SELECT COALESCE(MAX(until), 0) FROM audit_retention)"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only: this entry is to be kept'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
    "CREATE TRIGGER audit_entries_append_only BEFORE UPDATE ON audit_entries"
    " FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
    "CREATE TRIGGER audit_entries_never_all BEFORE TRUNCATE ON audit_entries"
    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()",
    "CREATE FUNCTION keep_audit_entry() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN"
    " IF OLD.at >= (SELECT COALESCE(MAX(until), 0) FROM audit_retention) THEN"
    " RAISE EXCEPTION 'the audit log is append-only: this entry is to be kept';"
    " END IF;"
    " RETURN OLD; END $$",
    "CREATE TRIGGER audit_entries_kept BEFORE DELETE ON audit_entries"
    " FOR EACH ROW EXECUTE FUNCTION keep_audit_entry()",
)


def upgrade() -> None:
    for statement in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)
