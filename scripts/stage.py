"""What is brought about on the demonstration's server before pictures of rarer states are taken."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
from PIL import Image, ImageDraw
from pyotp.totp import TOTP

from tests.support.served import Served

API = "/plugins/com.mattermost.plugin-incident-management/api/v0"
EVERYBODY = ("ines", "marco", "priya", "tom", "sam")
CAREFUL = "noor"
"""Whose account has a second factor."""
_ARCHIVE = Path(__file__).resolve().parent.parent / "docs" / "api" / "archive-by-hand.zip"
_DAY_MS = 86_400_000
_RUNS = 5
_REVIEW = """## What happened

The recommendation box asked for prices on every key press and filled the connection pool:
checkout took over 20 seconds from 13:40 to 14:31, and 38 orders were doubled.

## What went well

- Support knew what to answer within ten minutes.
- The roll-back took eleven minutes.

## What we change

1. The box waits until nobody types.
2. Prices have a connection pool of their own.
"""


@dataclass(slots=True)
class Stage:
    """The demonstration's server, with who acts on it."""

    server: Served
    password_of: Callable[[str], str]
    _clients: dict[str, httpx.Client] = field(default_factory=dict[str, httpx.Client])
    _ids: dict[str, str] = field(default_factory=dict[str, str])

    def ask(self, by: str, method: str, path: str, body: object = None) -> Any:
        """One request in somebody's name."""
        answer = self._as(by).request(method, path, json=body).raise_for_status()
        return answer.json() if answer.content else None

    def upload(self, by: str, channel_id: str, name: str, content: bytes) -> str:
        """Upload a file to a channel; gives its id."""
        answer = self._as(by).post(
            "/api/v4/files", data={"channel_id": channel_id}, files={"files": (name, content, "image/png")}
        )
        return answer.raise_for_status().json()["file_infos"][0]["id"]

    def bring_in(self, by: str, team_id: str, archive: bytes) -> str:
        """Import the incident of an archive; gives its id."""
        answer = self._as(by).post(f"{API}/archives", params={"team_id": team_id}, content=archive)
        return answer.raise_for_status().json()["id"]

    def id_of(self, username: str) -> str:
        """Who somebody is."""
        self._as(username)
        return self._ids[username]

    def close(self) -> None:
        """Close everybody's connections."""
        for client in self._clients.values():
            client.close()

    def _as(self, username: str) -> httpx.Client:
        if username not in self._clients:
            client = httpx.Client(base_url=self.server.url, timeout=30)
            login = {"login_id": username, "password": self.password_of(username)}
            answer = client.post("/api/v4/users/login", json=login).raise_for_status()
            client.cookies.clear()
            client.headers["Authorization"] = f"Bearer {answer.headers['Token']}"
            self._clients[username] = client
            self._ids[username] = answer.json()["id"]
        return self._clients[username]


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """What stands on the stage, by its ids."""

    invitation: str
    reviewed: str
    rehearsed: str
    playbook: str
    imported: str


def set_up(stage: Stage) -> Set:
    """Bring about what the demonstration does not tell of."""
    team = stage.ask("ines", "GET", "/api/v4/teams/name/parcels")
    found = stage.ask("marco", "GET", f"{API}/incidents?team_id={team['id']}&search_term=Checkout")
    checkout = found["items"][0]
    _post_graph(stage, team["id"])
    _remind(stage, team["id"])
    _write_review(stage, checkout["id"])
    _open_elsewhere(stage, team["id"])
    _demand_two_factors(stage)
    stage.ask("ines", "POST", "/api/v4/bots", {"username": "deploys", "display_name": "Deploys"})
    return Set(
        invitation=team["invite_id"],
        reviewed=checkout["id"],
        rehearsed=_rehearse(stage, checkout["id"]),
        playbook=_live_through_outages(stage, team["id"]),
        imported=stage.bring_in("ines", team["id"], _ARCHIVE.read_bytes()),
    )


def save_anew(stage: Stage, by: str, playbook_id: str) -> None:
    """Somebody saves a playbook with another description."""
    playbook = stage.ask(by, "GET", f"{API}/playbooks/{playbook_id}")
    playbook["description"] = "A service that we rent is down."
    stage.ask(by, "PUT", f"{API}/playbooks/{playbook_id}", playbook)


def _post_graph(stage: Stage, team_id: str) -> None:
    name = "tracking-shows-yesterdays-positions"
    channel = stage.ask("sam", "GET", f"/api/v4/teams/{team_id}/channels/name/{name}")
    file_id = stage.upload("sam", channel["id"], "events-to-read.png", _graph())
    post = {"channel_id": channel["id"], "message": "Events still to read:", "file_ids": [file_id]}
    made = stage.ask("sam", "POST", "/api/v4/posts", post)
    me = stage.id_of("marco")
    saved = {"user_id": me, "category": "flagged_post", "name": made["id"], "value": "true"}
    stage.ask("marco", "PUT", f"/api/v4/users/{me}/preferences", [saved])


def _graph() -> bytes:
    """A curve that falls."""
    picture = Image.new("RGB", (880, 420), "#ffffff")
    draw = ImageDraw.Draw(picture)
    for y in range(60, 400, 80):
        draw.line((50, y, 850, y), fill="#e2e5ec", width=2)
    points = [(50 + 20 * at, 70 + 300 * (1 - 0.93**at) + (at * 37 % 11)) for at in range(41)]
    draw.polygon([(50, 400), *points, (850, 400)], fill="#e7ecfd")
    draw.line(points, fill="#3454d1", width=5, joint="curve")
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _write_review(stage: Stage, incident_id: str) -> None:
    path = f"{API}/incidents/{incident_id}"
    stage.ask("priya", "PUT", f"{path}/review/document", {"text": _REVIEW, "version": 0})
    stage.ask("priya", "PUT", f"{path}/review/document/status", {"status": "in_review", "version": 1})
    now = stage.ask("marco", "GET", f"{path}")["end_at"] + 14 * _DAY_MS
    for who, title in (
        ("priya", "Let the box wait until nobody types"),
        ("sam", "Split the connection pool"),
    ):
        body = {"title": title, "assignee_id": stage.id_of(who), "due_at": now}
        added = stage.ask("priya", "POST", f"{path}/follow_ups", body)
    stage.ask("sam", "PUT", f"{path}/follow_ups/{added['id']}/done", {"version": added["version"]})


def _remind(stage: Stage, team_id: str) -> None:
    start = {
        "name": "Backups fail",
        "description": "Since the night before last.",
        "team_id": team_id,
        "commander_user_id": stage.id_of("marco"),
    }
    incident = stage.ask("marco", "POST", f"{API}/incidents", start)
    update = {
        "user_id": stage.id_of("marco"),
        "channel_id": incident["channel_id"],
        "submission": {
            "message": "The disk of the backups is full. A larger one is ordered.",
            "reminder": "1",
        },
    }
    stage.ask("marco", "POST", f"{API}/incidents/{incident['id']}/update-status-dialog", update)


def _rehearse(stage: Stage, incident_id: str) -> str:
    begun = stage.ask("marco", "POST", f"{API}/incidents/{incident_id}/rehearsals", {"speed": 1000})
    practice = begun["incident_id"]
    path = f"{API}/incidents/{practice}"
    for task in range(3):
        stage.ask("marco", "PUT", f"{path}/checklists/0/item/{task}/state", {"new_state": "closed"})
    stage.ask("marco", "PUT", f"{path}/end")
    return practice


def _live_through_outages(stage: Stage, team_id: str) -> str:
    """A playbook to whose incidents the same task was always added by hand; gives its id."""
    stages = [
        {
            "title": "Look",
            "items": [{"title": "Ask who else has it"}, {"title": "Read the vendor's status page"}],
        },
        {"title": "Mend", "items": [{"title": "Switch to the other vendor"}]},
    ]
    wanted = {
        "title": "Vendor outage",
        "team_id": team_id,
        "member_ids": [stage.id_of(who) for who in EVERYBODY],
        "create_public_incident": True,
        "checklists": stages,
    }
    playbook = stage.ask("marco", "POST", f"{API}/playbooks", wanted)["id"]
    for what in ("Maps", "Text messages", "Addresses", "Cards", "Mail")[:_RUNS]:
        start = {
            "name": f"{what} are down",
            "team_id": team_id,
            "commander_user_id": stage.id_of("marco"),
            "playbook_id": playbook,
        }
        path = f"{API}/incidents/{stage.ask('marco', 'POST', f'{API}/incidents', start)['id']}"
        for place in ("0/item/0", "0/item/1", "1/item/0"):
            stage.ask("marco", "PUT", f"{path}/checklists/{place}/state", {"new_state": "closed"})
        stage.ask("marco", "PUT", f"{path}/checklists/1/add", {"title": "Call the vendor"})
        stage.ask("marco", "PUT", f"{path}/end")
    return playbook


def _demand_two_factors(stage: Stage) -> None:
    """Noor's account has a second factor from now on."""
    me = f"/api/v4/users/{stage.id_of(CAREFUL)}/mfa"
    secret = stage.ask(CAREFUL, "POST", f"{me}/generate")["secret"]
    stage.ask(CAREFUL, "PUT", me, {"activate": True, "code": TOTP(secret).now()})


def _open_elsewhere(stage: Stage, team_id: str) -> None:
    """A channel that others look at from outside, one that is archived, and a team that is."""
    for name, title in (("brand", "Brand"), ("brand-last-year", "Brand last year")):
        channel = {"team_id": team_id, "name": name, "display_name": title, "type": "O"}
        made = stage.ask("lena", "POST", "/api/v4/channels", channel)
        text = "Colours and logos are in the handbook."
        stage.ask("lena", "POST", "/api/v4/posts", {"channel_id": made["id"], "message": text})
    stage.ask("ines", "DELETE", f"/api/v4/channels/{made['id']}")
    team = {"name": "old-depot", "display_name": "Old Depot", "type": "O"}
    stage.ask("ines", "DELETE", f"/api/v4/teams/{stage.ask('ines', 'POST', '/api/v4/teams', team)['id']}")
