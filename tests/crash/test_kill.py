"""kill -9 in the middle of a write storm, and a start afterwards: what was acknowledged is there, whole."""

import asyncio
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from commandpost.api.errors import V0_PREFIX
from tests.support.patience import PATIENCE_S
from tests.support.served import NO_TLS, Login, Served, signed_up, start

WRITERS = 12
ENOUGH_WRITES = 200
STAGES = [{"title": "Triage", "items": [{"title": f"Task {number}"} for number in range(40)]}]
V0 = f"{V0_PREFIX}api/v0"


@dataclass(slots=True)
class Acknowledged:
    """What the server said it had done; `enough` is set when it is worth a kill."""

    posts: dict[str, str] = field(default_factory=dict[str, str])
    incidents: dict[str, str] = field(default_factory=dict[str, str])
    ticks: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    def count(self) -> None:
        if len(self.posts) + len(self.incidents) + len(self.ticks) >= ENOUGH_WRITES:
            self.enough.set()


def client(server: Served, ana: Login) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {ana.token}"}
    return httpx.AsyncClient(base_url=server.url, headers=headers, timeout=PATIENCE_S, verify=NO_TLS)


async def put(http: httpx.AsyncClient, method: str, path: str, body: Any) -> Any:
    answer = (await http.request(method, path, json=body)).raise_for_status()
    return answer.json() if answer.content else None


async def write_until_cut_off(
    http: httpx.AsyncClient,
    number: int,
    team: str,
    channel: str,
    playbook: str,
    ana: Login,
    done: Acknowledged,
) -> None:
    """Post, start incidents and tick their tasks, until the server is gone."""
    try:
        for turn in range(10_000):
            message = f"writer {number} turn {turn}"
            post = await put(http, "POST", "/api/v4/posts", {"channel_id": channel, "message": message})
            done.posts[post["id"]] = message
            name = f"Incident {number} {turn}"
            new = {"name": name, "team_id": team, "commander_user_id": ana.id, "playbook_id": playbook}
            incident = await put(http, "POST", f"{V0}/incidents", new)
            done.incidents[incident["id"]] = name
            for task in range(4):
                place = f"{V0}/incidents/{incident['id']}/checklists/0/item/{task}/state"
                await put(http, "PUT", place, {"new_state": "closed"})
                done.ticks.add((incident["id"], task))
            done.count()
    except httpx.TransportError:
        return


@pytest.mark.timeout(300)
async def test_after_a_kill_every_acknowledged_write_is_there_and_no_incident_is_half_made(
    database_url: str, tmp_path: Path
) -> None:
    server = await asyncio.to_thread(start, tmp_path, "--database-url", database_url)
    done = Acknowledged()
    try:
        ana = signed_up(server, "ana")
        async with client(server, ana) as http:
            team = (
                await put(http, "POST", "/api/v4/teams", {"name": "ops", "display_name": "Ops", "type": "O"})
            )["id"]
            town = (await put(http, "GET", f"/api/v4/teams/{team}/channels/name/town-square", None))["id"]
            plan = {"title": "Plan", "team_id": team, "checklists": STAGES, "create_public_incident": True}
            playbook = (await put(http, "POST", f"{V0}/playbooks", plan))["id"]
            before = len(await put(http, "GET", f"/api/v4/users/me/teams/{team}/channels", None))
            storm = [
                asyncio.create_task(write_until_cut_off(http, number, team, town, playbook, ana, done))
                for number in range(WRITERS)
            ]
            await asyncio.wait_for(done.enough.wait(), timeout=120)
            server.process.send_signal(signal.SIGKILL)
            await asyncio.gather(*storm)
    finally:
        server.process.kill()
        server.process.wait()

    server = await asyncio.to_thread(start, tmp_path, "--database-url", database_url)
    try:
        async with client(server, ana) as http:
            for post_id, message in done.posts.items():
                assert (await put(http, "GET", f"/api/v4/posts/{post_id}", None))["message"] == message
            listed = await put(http, "GET", f"{V0}/incidents?team_id={team}&per_page=1000", None)
            kept = {incident["id"]: incident for incident in listed["items"]}
            assert set(done.incidents) <= set(kept)
            for incident_id, task in done.ticks:
                assert kept[incident_id]["checklists"][0]["items"][task]["state"] == "closed"
            for incident in kept.values():
                await assert_whole(http, incident, ana)
            channels = await put(http, "GET", f"/api/v4/users/me/teams/{team}/channels", None)
            assert len(channels) == before + len(kept)
    finally:
        assert await asyncio.to_thread(server.stop) == 0


async def assert_whole(http: httpx.AsyncClient, incident: dict[str, Any], commander: Login) -> None:
    """An incident has its channel, its commander in it, its first post, and the beginning of its log."""
    channel = incident["channel_id"]
    member = await put(http, "GET", f"/api/v4/channels/{channel}/members/{commander.id}", None)
    posts = (await put(http, "GET", f"/api/v4/channels/{channel}/posts?per_page=200", None))["posts"].values()
    log = (await put(http, "GET", f"{V0}/incidents/{incident['id']}/timeline?per_page=200", None))["items"]
    ticked = [item for item in incident["checklists"][0]["items"] if item["state"] == "closed"]
    assert member["user_id"] == commander.id
    assert [post for post in posts if post["message"] == "This incident has been started by @ana"]
    assert len(incident["checklists"][0]["items"]) == 40
    kinds = [entry["kind"] for entry in log]
    assert kinds.count("incident_started") == 1
    assert kinds.count("task_ticked") == len(ticked)
