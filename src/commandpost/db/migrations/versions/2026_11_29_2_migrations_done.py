"""What each migration did to older programs: one that does not know it learns from here if it may run."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_29_2_migrations_done"
down_revision = "2026_11_29_1_mattermost"
kind = "expands"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "migrations_done",
        sa.Column("revision", TEXT, nullable=False),
        sa.Column("unused_since", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("revision"),
    )
