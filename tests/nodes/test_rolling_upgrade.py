"""Versions follow one another under load: a migration expands, servers are exchanged, another contracts."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from commandpost.db import migrations
from tests.support.crowd import crowd_on
from tests.support.served import Served, signed_up, start
from tests.support.size import Size
from tests.support.versions import CONTRACT, EXPAND, version


@pytest.mark.timeout(300)
async def test_servers_are_exchanged_while_migrations_expand_and_contract_and_no_request_fails(
    postgresql_url: str, tmp_path: Path, size: Size
) -> None:
    sources = {
        "old": version(tmp_path / "old"),
        "expanded": version(tmp_path / "expanded", EXPAND),
        "contracted": version(tmp_path / "contracted", EXPAND, CONTRACT),
    }

    async def serve(name: str) -> Served:
        environment = {"PYTHONPATH": str(sources[name])}
        arguments = (tmp_path / f"data-{name}", "--database-url", postgresql_url)
        server = await asyncio.to_thread(start, *arguments, environment=environment)
        running.append(server)
        return server

    async def ran(name: str, *command: str) -> "subprocess.CompletedProcess[str]":
        arguments = [sys.executable, "-m", "commandpost", *command, "--database-url", postgresql_url]
        environment = {**os.environ, "PYTHONPATH": str(sources[name]), "COLUMNS": "200"}
        return await asyncio.to_thread(
            subprocess.run, arguments, capture_output=True, text=True, check=False, env=environment
        )

    running: list[Served] = []
    try:
        old = await serve("old")
        ana = await asyncio.to_thread(signed_up, old, "ana")
        both_steps_at_once = await ran("contracted", "upgrade", "--check", "--backed-up")
        async with crowd_on([old], ana, writers=size.writers) as crowd:
            for name, newest in (("expanded", EXPAND), ("contracted", CONTRACT)):
                await crowd.has_written(size.writes)
                new = await serve(name)
                assert await migrations.current(postgresql_url) == newest
                await crowd.has_written(size.writes)
                assert (await crowd.client(old).get("/readyz")).status_code == httpx.codes.OK
                await crowd.exchange(old, new)
                assert await asyncio.to_thread(old.stop) == 0
                old = new
            await crowd.has_written(size.writes)

        one_behind, too_old = await ran("expanded", "migrate"), await ran("old", "serve", "--port", "0")
        assert (crowd.refusals, crowd.cut_off) == ([], 0)
        assert min(screen.sockets for screen in crowd.screens) > 2
        assert both_steps_at_once.returncode == 3, both_steps_at_once
        assert f"{CONTRACT} contracts: versions before {EXPAND} cannot go on" in both_steps_at_once.stdout
        assert one_behind.stdout == f"The database is up to date ({CONTRACT}).\n"
        assert (too_old.returncode, "taken away what this version needs" in too_old.stderr) == (1, True)
    finally:
        for server in running:
            if server.process.poll() is None:
                server.stop()
