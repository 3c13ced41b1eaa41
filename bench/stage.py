"""What a measurement needs on the server before it begins: users, a team, channels, a playbook, incidents."""

import contextlib
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bench.client import Connection, Refused

V0 = "/plugins/com.mattermost.plugin-incident-management/api/v0"
PASSWORD = "Bench-passw0rd!"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything that the scenarios act on."""

    url: str
    token: str
    user_id: str
    username: str
    other_id: str
    team_id: str
    channel_id: str
    full_channel_id: str
    playbook_id: str
    incident_ids: tuple[str, ...]
    """One incident for each connection, so that writers do not queue on one row."""
    incident_channel_ids: tuple[str, ...]


async def signed_in(url: str, login: str, password: str) -> tuple[str, Any]:
    """A session token and the user."""
    connection = await Connection(url).open()
    answer = await connection.ask("POST", "/api/v4/users/login", {"login_id": login, "password": password})
    connection.close()
    return answer.headers["token"], answer.json()


async def set_up(url: str, login: str, password: str, *, connections: int) -> Stage:
    """Prepare a server. On an empty one the first user, an administrator, is made with this login."""
    anonymous = await Connection(url).open()
    with contextlib.suppress(Refused):  # The user may be there already: signing in tells if it is wrong.
        await anonymous.ask("POST", "/api/v4/users", person(login, password))
    token, user = await signed_in(url, login, password)
    admin = await Connection(url, token).open()
    tag = uuid4().hex[:8]
    other = await admin.json("POST", "/api/v4/users", person(f"other-{tag}", PASSWORD))
    team = await admin.json(
        "POST", "/api/v4/teams", {"name": f"bench-{tag}", "display_name": "Bench", "type": "O"}
    )
    await admin.ask(
        "POST", f"/api/v4/teams/{team['id']}/members", {"team_id": team["id"], "user_id": other["id"]}
    )
    channel = await _channel(admin, team["id"], f"quiet-{tag}")
    full = await _channel(admin, team["id"], f"full-{tag}")
    for number in range(200):
        await admin.ask("POST", "/api/v4/posts", {"channel_id": full, "message": f"message number {number}"})
    playbook = await admin.json("POST", f"{V0}/playbooks", _playbook(team["id"], user["id"]))
    incidents = [
        await admin.json(
            "POST",
            f"{V0}/incidents",
            new_incident(f"Bench {tag} {number}", user["id"], team["id"], playbook["id"]),
        )
        for number in range(connections)
    ]
    for incident in incidents:
        path = f"/api/v4/channels/{incident['channel_id']}/members"
        await admin.ask("POST", path, {"user_id": other["id"]})
    admin.close()
    anonymous.close()
    return Stage(
        url=url,
        token=token,
        user_id=user["id"],
        username=login,
        other_id=other["id"],
        team_id=team["id"],
        channel_id=channel,
        full_channel_id=full,
        playbook_id=playbook["id"],
        incident_ids=tuple(incident["id"] for incident in incidents),
        incident_channel_ids=tuple(incident["channel_id"] for incident in incidents),
    )


async def fresh_incident(stage: Stage) -> Any:
    """An incident in which nothing has happened yet."""
    connection = await Connection(stage.url, stage.token).open()
    body = new_incident("Untouched", stage.user_id, stage.team_id, stage.playbook_id)
    incident = await connection.json("POST", f"{V0}/incidents", body)
    connection.close()
    return incident


def new_incident(name: str, commander_id: str, team_id: str, playbook_id: str) -> dict[str, str]:
    """The body that starts an incident."""
    return {
        "name": name,
        "commander_user_id": commander_id,
        "team_id": team_id,
        "playbook_id": playbook_id,
    }


async def _channel(admin: Connection, team_id: str, name: str) -> str:
    body = {"team_id": team_id, "name": name, "display_name": name, "type": "O"}
    return (await admin.json("POST", "/api/v4/channels", body))["id"]


def person(name: str, password: str) -> dict[str, str]:
    """The body that makes a user."""
    return {"username": name, "email": f"{name}@example.com", "password": password}


def _playbook(team_id: str, member_id: str) -> dict[str, Any]:
    stages = [
        {"title": title, "items": [{"title": f"{title} task {n}", "command": ""} for n in range(4)]}
        for title in ("Triage", "Investigation", "Resolution")
    ]
    return {
        "title": "Bench",
        "team_id": team_id,
        "create_public_incident": True,
        "checklists": stages,
        "member_ids": [member_id],
    }
