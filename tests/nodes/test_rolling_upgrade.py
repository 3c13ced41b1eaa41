"""Versions follow one another under load: a migration expands, servers are exchanged, another contracts."""

import asyncio
import shutil
from pathlib import Path

import httpx
import pytest

from commandpost.db import migrations
from tests.house.sources import ROOT
from tests.support.crowd import crowd_on
from tests.support.served import Served, signed_up, start
from tests.support.size import Size

EXPAND = "2999_01_01_1_weather"
CONTRACT = "2999_01_02_1_no_weather"
_STEPS = {
    EXPAND: 'op.add_column("posts", sa.Column("weather", sa.Text, nullable=False, server_default="fair"))',
    CONTRACT: 'op.drop_column("posts", "weather")',
}


def version(folder: Path, *added: str) -> Path:
    """This program with further migrations; gives the folder to import it from."""
    of_program = ROOT / "src/commandpost"
    shutil.copytree(of_program, folder / "commandpost", ignore=shutil.ignore_patterns("static"))
    (folder / "commandpost/static").symlink_to(of_program / "static")
    before = migrations.newest()
    for revision in added:
        lines = ["import sqlalchemy as sa", "from alembic import op", f"revision = {revision!r}"]
        lines += [f"down_revision = {before!r}", "def upgrade():", f"    {_STEPS[revision]}", ""]
        (folder / f"commandpost/db/migrations/versions/{revision}.py").write_text("\n".join(lines))
        before = revision
    return folder


@pytest.mark.timeout(300)
async def test_servers_are_exchanged_while_migrations_expand_and_contract_and_no_request_fails(
    postgresql_url: str, tmp_path: Path, size: Size
) -> None:
    async def of_version(name: str, *added: str) -> Served:
        sources = await asyncio.to_thread(version, tmp_path / name, *added)
        environment = {"PYTHONPATH": str(sources)}
        arguments = (tmp_path / f"data-{name}", "--database-url", postgresql_url)
        server = await asyncio.to_thread(start, *arguments, environment=environment)
        running.append(server)
        return server

    running: list[Served] = []
    try:
        old = await of_version("old")
        ana = await asyncio.to_thread(signed_up, old, "ana")
        async with crowd_on([old], ana) as crowd:
            for name, added in (("expanded", [EXPAND]), ("contracted", [EXPAND, CONTRACT])):
                await crowd.has_written(size.writes)
                new = await of_version(name, *added)
                assert await migrations.current(postgresql_url) == added[-1]
                if name == "expanded":
                    await crowd.has_written(size.writes)
                    assert (await crowd.client(old).get("/readyz")).status_code == httpx.codes.OK
                await crowd.exchange(old, new)
                assert await asyncio.to_thread(old.stop) == 0
                old = new
            await crowd.has_written(size.writes)

        assert (crowd.refusals, crowd.cut_off) == ([], 0)
        assert min(screen.sockets for screen in crowd.screens) > 2
    finally:
        for server in running:
            if server.process.poll() is None:
                server.stop()
