"""`commandpost import`: from a server with the plugin, and from files."""

import json
import shutil
from pathlib import Path
from typing import Any

import httpx
from click.testing import CliRunner, Result

from commandpost.cli import main
from tests.moving.exported import EXPORTED
from tests.support.patience import PATIENCE_S
from tests.support.served import Login, Served, served, signed_up

V0 = "/plugins/com.mattermost.plugin-incident-management/api/v0"
STAGES = [{"title": "Triage", "items": [{"title": "Call"}]}]


def commandpost(*arguments: str | Path, token: str = "") -> Result:
    return CliRunner().invoke(main, ["import", *(str(one) for one in arguments)], input=token)


def server_import(server: Served, home: Path, *more: str, token: str) -> Result:
    where = ("--from-team", "dev", "--team", "acme", "--token-file", "-", "--data-dir", home)
    return commandpost("server", server.url, *where, *more, token=token)


def incident_of(server: Served, by: Login, **fields: Any) -> dict[str, Any]:
    """An incident with a tick, a post and a file, begun from a playbook of its own."""
    with httpx.Client(
        base_url=server.url, headers={"Authorization": f"Bearer {by.token}"}, timeout=PATIENCE_S
    ) as client:
        team = client.get("/api/v4/teams/name/dev").json()
        playbook = {"title": "Outage", "team_id": team["id"], "checklists": STAGES, "member_ids": [by.id]}
        made = client.post(f"{V0}/playbooks", json=playbook).raise_for_status().json()
        wanted = {"team_id": team["id"], "commander_user_id": by.id, "playbook_id": made["id"], **fields}
        incident: dict[str, Any] = client.post(f"{V0}/incidents", json=wanted).raise_for_status().json()
        client.put(
            f"{V0}/incidents/{incident['id']}/checklists/0/item/0/state", json={"new_state": "closed"}
        ).raise_for_status()
        file = client.post(
            "/api/v4/files",
            data={"channel_id": incident["channel_id"]},
            files={"files": ("why.txt", b"disk")},
        )
        post = {
            "channel_id": incident["channel_id"],
            "message": "It was the disk",
            "file_ids": [file.raise_for_status().json()["file_infos"][0]["id"]],
        }
        client.post("/api/v4/posts", json=post).raise_for_status()
        return incident


def test_a_team_moves_and_moving_again_changes_nothing(
    homes: tuple[Path, Path], sqlite_template: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    shutil.copyfile(sqlite_template, there / "commandpost.db")
    with served(there) as server:
        ana = signed_up(server, "ana")
        with httpx.Client(
            base_url=server.url, headers={"Authorization": f"Bearer {ana.token}"}, timeout=PATIENCE_S
        ) as client:
            client.post("/api/v4/teams", json={"name": "dev", "display_name": "Dev", "type": "I"})
            over = incident_of(server, ana, name="Disk full")
            client.put(f"{V0}/incidents/{over['id']}/end").raise_for_status()
        incident_of(server, ana, name="Still burning")

        first = server_import(server, homes[0], token=ana.token)
        again = server_import(server, homes[0], token=ana.token)
        stranger = server_import(server, homes[0], token="nobody's")

    assert first.exit_code == 0, first.output
    assert first.output.count("Playbook Outage: made.") == 2
    assert "Incident Disk full: made; events: 5, posts: 5, files: 1." in first.output
    assert "Incident Still burning: still ongoing there, left out" in first.output
    assert again.output.count("here already.") == 3
    assert (stranger.exit_code, "does not know the token" in stranger.output) == (1, True)
    archive = tmp_path / "moved.zip"
    exported = CliRunner().invoke(
        main, ["archive", "export", over["id"], str(archive), "--data-dir", str(homes[0])]
    )
    assert exported.exit_code == 0, exported.output


def test_playbooks_come_from_files_all_or_none(homes: tuple[Path, Path], tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(EXPORTED))
    bad.write_text(json.dumps({"title": "Too long a wait", "reminder_timer_default_seconds": 10**12}))
    here = ("--team", "acme", "--member", "ana", "--data-dir", homes[0])

    refused = commandpost("playbooks", good, bad, *here)
    made = commandpost("playbooks", good, *here)
    unknown = commandpost("playbooks", good, *here, "--member", "zoe")

    assert refused.exit_code == 1
    assert made.exit_code == 0, made.output
    assert made.output == "Outage: made.\n  Left behind: message_on_join, message_on_join_enabled.\n"
    assert (unknown.exit_code, "no user zoe" in unknown.output) == (1, True)
