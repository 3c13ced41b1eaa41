"""The first tables of audit."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_4_audit"
down_revision = "2026_11_23_3_integrations"
kind = "expands"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("deed", TEXT, server_default="", nullable=False),
        sa.Column("subject_id", TEXT, server_default="", nullable=False),
        sa.Column("actor_id", TEXT, server_default="", nullable=False),
        sa.Column("session_id", TEXT, server_default="", nullable=False),
        sa.Column("address", TEXT, server_default="", nullable=False),
        sa.Column("before", TEXT, server_default="{}", nullable=False),
        sa.Column("after", TEXT, server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("audit_entries_by_actor", "audit_entries", ["actor_id", "number"], unique=False)
    op.create_index("audit_entries_by_subject", "audit_entries", ["subject_id", "number"], unique=False)
    op.create_index("audit_entries_by_time", "audit_entries", ["at"], unique=False)
    op.create_table(
        "audit_retention",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
