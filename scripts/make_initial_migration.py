"""Write the initial migrations anew from the tables of both contexts.

For use until the first release: change a table, run this, commit both. From the first release on, an
initial migration is never touched again and a change of shape is a dated migration of its own.

    .venv/bin/python scripts/make_initial_migration.py
"""

import subprocess
import sys
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from alembic.autogenerate import api
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext

from commandpost.audit.store import tables as audit_tables
from commandpost.db import migrations
from commandpost.db.schema import metadata
from commandpost.incidents.store import tables as incident_tables
from commandpost.integrations.store import tables as integration_tables
from commandpost.workspace.store import tables as workspace_tables

DATE = "2026_11_23"
INITIAL = (
    ("workspace", workspace_tables),
    ("incidents", incident_tables),
    ("integrations", integration_tables),
    ("audit", audit_tables),
)
TEMPLATE = '''"""The first tables of {context}."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {previous}
kind = "expands"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    {body}
'''


def rendered(_kind: str, thing: object, _context: object) -> str | Literal[False]:
    """Our one text type by the name it has in the template; everything else as Alembic spells it."""
    return "TEXT" if isinstance(thing, sa.Text) else False


def creation(names: set[str]) -> str:
    """The operations, as Python code, that create the named tables in an empty database."""
    with sa.create_engine("sqlite://").connect() as connection:
        context = MigrationContext.configure(connection)
        script = api.produce_migrations(context, metadata)
    everything = script.upgrade_ops
    assert everything is not None
    wanted: list[ops.MigrateOperation] = [
        op for op in everything.ops if getattr(op, "table_name", None) in names
    ]
    code = str(
        api.render_python_code(ops.UpgradeOps(wanted), render_item=rendered, migration_context=context)
    )
    return "\n".join(line for line in code.splitlines() if "###" not in line).strip()


def main() -> None:
    versions = Path(migrations.__file__).parent / "versions"
    versions.mkdir(exist_ok=True)
    previous: str | None = None
    for number, (context, module) in enumerate(INITIAL, start=1):
        names = {table.name for table in vars(module).values() if isinstance(table, sa.Table)}
        revision = f"{DATE}_{number}_{context}"
        path = versions / f"{revision}.py"
        path.write_text(
            TEMPLATE.format(
                context=context,
                revision=revision,
                previous=f'"{previous}"' if previous else None,
                body=creation(names),
            )
        )
        subprocess.run([Path(sys.executable).with_name("ruff"), "format", "-q", path], check=True)
        previous = revision


if __name__ == "__main__":
    main()
