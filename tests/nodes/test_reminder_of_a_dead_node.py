"""A reminder falls due while the server it was set on is dead: another shows it, and nobody does again."""

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from commandpost.api.errors import V0_PREFIX
from tests.support.served import Login, Served, signed_up, start

V0 = f"{V0_PREFIX}api/v0"
WITHIN_S = 60
SHORT_REMINDERS = {"COMMANDPOST_ENABLE_TESTING": "true", "COMMANDPOST_ENABLE_DEVELOPER": "true"}


def client(server: Served, ana: Login) -> httpx.Client:
    headers = {"Authorization": f"Bearer {ana.token}"}
    return httpx.Client(base_url=server.url, headers=headers, timeout=30)


def reminders(http: httpx.Client, incident_id: str) -> int:
    """How many were shown."""
    log: list[dict[str, Any]] = http.get(f"{V0}/incidents/{incident_id}/timeline?per_page=200").json()[
        "items"
    ]
    return [entry["kind"] for entry in log].count("reminder_shown")


@pytest.mark.timeout(300)
def test_it_is_shown_once(postgresql_url: str, tmp_path: Path) -> None:
    def node(name: str) -> Served:
        return start(tmp_path / name, "--database-url", postgresql_url, environment=SHORT_REMINDERS)

    running = [node("one"), node("two")]
    try:
        one, two = running
        ana = signed_up(one, "ana")
        with client(one, ana) as http:
            team = http.post("/api/v4/teams", json={"name": "ops", "display_name": "Ops", "type": "O"}).json()
            new = {"name": "Down", "team_id": team["id"], "commander_user_id": ana.id}
            incident = http.post(f"{V0}/incidents", json=new).json()
            update = {"message": "We look at it.", "reminder": 2}
            http.post(f"{V0}/incidents/{incident['id']}/status", json=update).raise_for_status()
        one.process.kill()
        one.process.wait()

        with client(two, ana) as http:
            deadline = time.monotonic() + WITHIN_S
            while not (shown := reminders(http, incident["id"])):
                assert time.monotonic() < deadline
            running.append(node("one"))
            again = reminders(http, incident["id"])
        assert (shown, again) == (1, 1)
    finally:
        for server in running:
            if server.process.poll() is None:
                server.stop()
