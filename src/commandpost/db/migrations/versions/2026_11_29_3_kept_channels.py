"""Channels of incidents brought in beside a Mattermost, with what was said in them."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_29_3_kept_channels"
down_revision = "2026_11_29_2_migrations_done"
kind = "expands"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "mattermost_kept_channels",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("team_id", TEXT, nullable=False),
        sa.Column("type", TEXT, server_default="", nullable=False),
        sa.Column("name", TEXT, server_default="", nullable=False),
        sa.Column("display_name", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "mattermost_kept_posts",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("channel_id", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("delete_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("content", TEXT, server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(
        "mattermost_kept_posts_by_channel", "mattermost_kept_posts", ["channel_id", "create_at", "number"]
    )
    op.create_index("mattermost_kept_posts_by_id", "mattermost_kept_posts", ["id"], unique=True)
    op.create_table(
        "mattermost_kept_people",
        sa.Column("channel_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("is_member", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "user_id"),
    )
    op.create_index("mattermost_kept_people_by_user", "mattermost_kept_people", ["user_id", "channel_id"])
