"""Full-text search of posts by the database's own engine: FTS5 on SQLite, tsvector on PostgreSQL.

Both index `search_text`, words that were folded and set apart already, so that both find the same.
"""

from alembic import op

revision = "2026_11_24_1_post_search"
down_revision = "2026_11_23_4_audit"
kind = "expands"

_SQLITE = (
    "CREATE VIRTUAL TABLE posts_search USING fts5"
    " (search_text, content='posts', content_rowid='seq', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER posts_search_added AFTER INSERT ON posts WHEN new.search_text <> '' BEGIN"
    " INSERT INTO posts_search (rowid, search_text) VALUES (new.seq, new.search_text); END",
    "CREATE TRIGGER posts_search_changed AFTER UPDATE OF search_text ON posts"
    " WHEN old.search_text <> new.search_text BEGIN"
    " INSERT INTO posts_search (posts_search, rowid, search_text)"
    " SELECT 'delete', old.seq, old.search_text WHERE old.search_text <> '';"
    " INSERT INTO posts_search (rowid, search_text)"
    " SELECT new.seq, new.search_text WHERE new.search_text <> ''; END",
    "CREATE TRIGGER posts_search_removed AFTER DELETE ON posts WHEN old.search_text <> '' BEGIN"
    " INSERT INTO posts_search (posts_search, rowid, search_text)"
    " VALUES ('delete', old.seq, old.search_text); END",
)
_POSTGRESQL = "CREATE INDEX posts_search ON posts USING gin (to_tsvector('simple', search_text))"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL)
        return
    for statement in _SQLITE:
        op.execute(statement)
