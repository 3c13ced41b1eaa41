"""The tables of a chat that is attached: what is to be done at a Mattermost server."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_29_1_mattermost"
down_revision = "2026_11_28_1_audit_append_only"
kind = "expands"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "mattermost_errands",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("channel_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, server_default="", nullable=False),
        sa.Column("user_id", TEXT, server_default="", nullable=False),
        sa.Column("post_id", TEXT, server_default="", nullable=False),
        sa.Column("content", TEXT, server_default="{}", nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("due_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tried_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("is_waiting", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("mattermost_errands_by_channel", "mattermost_errands", ["channel_id", "number"])
    op.create_index("mattermost_errands_by_due", "mattermost_errands", ["due_at"])
    op.create_index("mattermost_errands_by_id", "mattermost_errands", ["id"], unique=True)
    op.create_table(
        "mattermost_starts",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("team_id", TEXT, nullable=False),
        sa.Column("name", TEXT, server_default="", nullable=False),
        sa.Column("channel_id", TEXT, server_default="", nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("due_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "mattermost_facts",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "mattermost_channels",
        sa.Column("channel_id", TEXT, nullable=False),
        sa.Column("display_name", TEXT, server_default="", nullable=False),
        sa.Column("type", TEXT, server_default="", nullable=False),
        sa.Column("delete_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("has_bot", sa.Boolean(), server_default=sa.text("FALSE"), nullable=False),
        sa.PrimaryKeyConstraint("channel_id"),
    )
    op.create_table(
        "mattermost_heard",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index("mattermost_heard_by_at", "mattermost_heard", ["at"])
