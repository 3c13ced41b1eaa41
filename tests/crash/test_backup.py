"""A backup made in a write storm: what is restored from it is a moment of it, whole."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner

from commandpost.cli import main
from tests.crash.test_kill import STAGES, V0, Acknowledged, assert_whole, client, put, write_until_cut_off
from tests.support.served import signed_up, start

WRITERS = 6
NEWEST = 20
"""How many incidents are looked at: those that were being made at the moment of the backup, above all."""


@pytest.mark.timeout(300)
async def test_a_backup_made_in_a_write_storm_is_whole(database_url: str, tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "backup.zip"
    server = await asyncio.to_thread(start, home, "--database-url", database_url)
    done = Acknowledged()
    try:
        ana = signed_up(server, "ana")
        async with client(server, ana) as http:
            new = {"name": "ops", "display_name": "Ops", "type": "O"}
            team = (await put(http, "POST", "/api/v4/teams", new))["id"]
            town = (await put(http, "GET", f"/api/v4/teams/{team}/channels/name/town-square", None))["id"]
            plan = {"title": "Plan", "team_id": team, "checklists": STAGES, "create_public_incident": True}
            playbook = (await put(http, "POST", f"{V0}/playbooks", plan))["id"]
            storm = [
                asyncio.create_task(write_until_cut_off(http, number, team, town, playbook, ana, done))
                for number in range(WRITERS)
            ]
            await asyncio.wait_for(done.enough.wait(), timeout=120)
            before = set(done.incidents)
            where = ["--database-url", database_url, "--data-dir", str(home)]
            saved = await asyncio.to_thread(CliRunner().invoke, main, ["backup", str(file), *where])
            refused = await asyncio.to_thread(
                CliRunner().invoke, main, ["restore", str(file), "--force", *where]
            )
            server.process.kill()
            await asyncio.gather(*storm)
    finally:
        server.process.kill()
        server.process.wait()

    again = tmp_path / "again"
    restored = await asyncio.to_thread(
        CliRunner().invoke, main, ["restore", str(file), "--data-dir", str(again)]
    )
    server = await asyncio.to_thread(start, again)
    try:
        async with client(server, ana) as http:
            listed = await put(http, "GET", f"{V0}/incidents?team_id={team}&per_page=1000", None)
            for incident in sorted(listed["items"], key=lambda one: one["create_at"])[-NEWEST:]:
                await assert_whole(http, incident, ana)
    finally:
        assert await asyncio.to_thread(server.stop) == 0

    assert (saved.exit_code, refused.exit_code, restored.exit_code) == (0, 1, 0), restored.output
    assert "server" in refused.output
    assert before <= {incident["id"] for incident in listed["items"]}
