"""What commands bring in beside a Mattermost: here a server of our own that serves REST v4 and the plugin."""

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from commandpost.cli import main
from tests.archive.files import EVENTS, kept, lines, zipped
from tests.cli.test_moving import V0, incident_of
from tests.support.patience import PATIENCE_S
from tests.support.served import Login, Served, served, signed_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The Mattermost with a team "dev", its administrator, and how a Command Post is attached to it."""

    server: Served
    admin: Login
    bot_id: str
    team_id: str
    environment: Mapping[str, str]
    home: Path

    def run(self, *arguments: str | Path, token: str = "") -> Result:
        told = [*(str(one) for one in arguments), "--data-dir", str(self.home)]
        return CliRunner().invoke(main, told, input=token, env=self.environment)

    def call(self, method: str, path: str, *, token: str = "", **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {token or self.admin.token}"}
        answer = httpx.request(
            method, f"{self.server.url}{path}", headers=headers, timeout=PATIENCE_S, **more
        )
        return answer.raise_for_status().json() if answer.content else None


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with served(tmp_path / "there") as server:
        admin = signed_up(server, "root")
        home, v4 = tmp_path / "attached", "/api/v4"
        town = Town(server=server, admin=admin, bot_id="", team_id="", environment={}, home=home)
        bot = town.call("POST", f"{v4}/bots", json={"username": "incidents", "display_name": "Incidents"})
        token = town.call("POST", f"{v4}/users/{bot['user_id']}/tokens", json={"description": "attached"})
        team = town.call("POST", f"{v4}/teams", json={"name": "dev", "display_name": "Dev", "type": "I"})
        member = {"team_id": team["id"], "user_id": bot["user_id"]}
        town.call("POST", f"{v4}/teams/{team['id']}/members", json=member)
        environment = {
            "COMMANDPOST_MATTERMOST_URL": server.url,
            "COMMANDPOST_MATTERMOST_TOKEN": token["token"],
        }
        yield Town(
            server=server,
            admin=admin,
            bot_id=bot["user_id"],
            team_id=team["id"],
            environment=environment,
            home=home,
        )


def test_a_team_moves_into_the_channels_that_are_there(town: Town, tmp_path: Path) -> None:
    ana = signed_up(town.server, "ana", by=town.admin.token)
    member = {"team_id": town.team_id, "user_id": ana.id}
    town.call("POST", f"/api/v4/teams/{town.team_id}/members", json=member)
    incident = incident_of(town.server, ana, name="Disk full")
    town.call("PUT", f"{V0}/incidents/{incident['id']}/end", token=ana.token)
    where = ("import", "server", town.server.url, "--from-team", "dev", "--team", "dev", "--token-file", "-")

    moved = town.run(*where, token=town.admin.token)
    again = town.run(*where, token=town.admin.token)
    invited = {"user_id": town.bot_id}
    town.call("POST", f"/api/v4/channels/{incident['channel_id']}/members", token=ana.token, json=invited)
    file = tmp_path / "moved.zip"
    exported = town.run("archive", "export", incident["id"], file)

    assert moved.exit_code == 0, moved.output
    assert "Incident Disk full: made, in the channel that is there" in moved.output
    assert "Incident Disk full: here already." in again.output
    assert exported.exit_code == 0, exported.output
    with zipfile.ZipFile(file) as archive:
        told = json.loads(archive.read("incident.json"))
        kinds = [json.loads(line)["kind"] for line in archive.read("events.jsonl").splitlines()]
    assert (told["id"], told["channel_id"]) == (incident["id"], incident["channel_id"])
    assert "task_ticked" in kinds
    files = [one for one in town.home.rglob("*") if one.is_file()]
    assert b"disk" not in {one.read_bytes() for one in files}


def test_an_archive_is_kept_as_it_is_where_its_channel_is_nowhere(town: Town, tmp_path: Path) -> None:
    posts = [{"id": "p1", "author_id": "zoe", "create_at": EVENTS[0]["at"], "message": "Why?"}]
    file = kept(tmp_path, zipped({"events.jsonl": lines(EVENTS), "posts.jsonl": lines(posts)}))
    channels = f"/api/v4/teams/{town.team_id}/channels"
    before = town.call("GET", channels)

    brought = town.run("archive", "import", file, "--team", "dev")
    elsewhere = town.run("archive", "import", file, "--team", "nowhere")
    again = tmp_path / "again.zip"
    exported = town.run("archive", "export", brought.output.split("Imported as ")[1].split(",")[0], again)

    assert (brought.exit_code, elsewhere.exit_code, exported.exit_code) == (0, 1, 0), brought.output
    assert town.call("GET", channels) == before
    with zipfile.ZipFile(again) as archive:
        said = [json.loads(line)["message"] for line in archive.read("posts.jsonl").splitlines()]
        told = [json.loads(line)["kind"] for line in archive.read("events.jsonl").splitlines()]
    assert said == ["Why?"]
    assert told == [one["kind"] for one in EVENTS]


def test_without_mattermost_nothing_is_brought_in(town: Town, tmp_path: Path) -> None:
    file = kept(tmp_path, zipped({"events.jsonl": lines(EVENTS)}))
    town.server.stop()

    refused = town.run("archive", "import", file, "--team", "dev")

    assert refused.exit_code == 1
    assert "cannot be reached" in refused.output
