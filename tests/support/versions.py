"""Versions of this program yet to come: one that adds to the database, one that takes it away again."""

import shutil
from pathlib import Path

from commandpost.db import migrations
from tests.house.sources import ROOT

EXPAND = "2999_01_01_1_weather"
CONTRACT = "2999_01_02_1_no_weather"
_STEPS = {
    EXPAND: 'op.add_column("posts", sa.Column("weather", sa.Text, nullable=False, server_default="fair"))',
    CONTRACT: 'op.drop_column("posts", "weather")',
}
_MARKS = {EXPAND: 'kind = "expands"', CONTRACT: f'kind = "contracts"\nunused_since = "{EXPAND}"'}


def version(folder: Path, *added: str) -> Path:
    """This program with further migrations; gives the folder to import it from."""
    of_program = ROOT / "src/commandpost"
    shutil.copytree(of_program, folder / "commandpost", ignore=shutil.ignore_patterns("static"))
    (folder / "commandpost/static").symlink_to(of_program / "static")
    before = migrations.newest()
    for revision in added:
        lines = ["import sqlalchemy as sa", "from alembic import op", f"revision = {revision!r}"]
        lines += [f"down_revision = {before!r}", _MARKS[revision]]
        lines += ["def upgrade():", f"    {_STEPS[revision]}", ""]
        (folder / f"commandpost/db/migrations/versions/{revision}.py").write_text("\n".join(lines))
        before = revision
    return folder
