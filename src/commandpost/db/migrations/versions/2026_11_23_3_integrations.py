"""The first tables of integrations."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_3_integrations"
down_revision = "2026_11_23_2_incidents"
kind = "expands"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "integration_settings",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("sealed", TEXT, server_default="", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("updated_by", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
