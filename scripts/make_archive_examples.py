"""Write the two examples of docs/api/archive.md anew: one lived through on a server, one written by hand.

Run this when archives gain something, and commit both. Ids and the server's key are new each time.

    .venv/bin/python -m scripts.make_archive_examples
"""

import asyncio
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from commandpost.app import create_app
from commandpost.db import database_at, migrations
from commandpost.workspace.model.config import Config
from scripts.make_archive_schema import SCHEMA
from tests.support.clock import TestClock
from tests.support.incidents import Ops
from tests.support.people import Person, Room, running

DOCS = SCHEMA.parent
WHOLE, BY_HAND = DOCS / "archive-whole.zip", DOCS / "archive-by-hand.zip"

_BEGIN = 1_764_320_400_000
_MINUTE_S = 60
_SITE = "https://chat.example.com"
_PLAYBOOK: dict[str, Any] = {
    "title": "Shop outage",
    "description": "When customers cannot buy.",
    "checklists": [
        {
            "title": "Triage",
            "items": [
                {"title": "Say what customers see", "description": "In one sentence."},
                {"title": "Call the on-call engineer"},
            ],
        },
        {"title": "Mitigate", "items": [{"title": "Roll back the release", "command": "/echo rolled back"}]},
    ],
}
_REVIEW = (
    "# Checkout is down\n\nA release broke payments.\n\n| When | What |\n|---|---|\n| 09:00 | Alerts |\n"
)


async def lived_through() -> bytes:
    """An incident of two people on a server made for it, written into an archive."""
    with tempfile.TemporaryDirectory() as folder:
        database = database_at(f"sqlite:///{folder}/commandpost.db")
        await migrations.upgrade(database.url)
        clock = TestClock(_BEGIN)
        app = create_app(database, clock=clock, config=Config(site_url=_SITE), data_dir=Path(folder))
        async with running(app):
            room = Room(app, clock)
            admin, marco, lena = [await room.person(name) for name in ("admin", "marco", "lena")]
            team = await room.team("shop", admin, marco, lena)
            ops = Ops(room=room, team=team, ana=marco, ben=lena)
            incident = await _incident(ops)
            await _review(ops, incident)
            answer = await marco.v0.get(f"/incidents/{incident['id']}/archive")
            assert answer.status_code == 200, answer.text
            return answer.content


async def _incident(ops: Ops) -> dict[str, Any]:
    marco, lena, clock = ops.ana, ops.ben, ops.room.clock
    incident = await ops.incident(
        lena,
        name="Checkout is down",
        description="Customers cannot pay.",
        playbook_id=await ops.playbook(**_PLAYBOOK),
    )
    clock.turn(seconds=_MINUTE_S)
    await _tick(ops, incident, 0, 0)
    whose = {"assignee_id": lena.id}
    await ops.do(marco, "PUT", incident, "/checklists/0/item/1/assignee", whose)
    files = {"files": ("payments.log", b"09:01 card declined, all of them\n")}
    upload = await lena.v4.post("/files", params={"channel_id": incident["channel_id"]}, files=files)
    file_ids = [one["id"] for one in upload.json()["file_infos"]]
    question = await _said(marco, incident, "@lena which release was the last?")
    clock.turn(seconds=2 * _MINUTE_S)
    mistaken = await _said(lena, incident, "Wrong channel, sorry")
    await lena.delete(f"/posts/{mistaken}")
    await lena.v4.put(f"/users/{lena.id}/status", json={"user_id": lena.id, "status": "away"})
    clock.turn(seconds=22 * _MINUTE_S)
    await lena.v4.put(f"/users/{lena.id}/status", json={"user_id": lena.id, "status": "online"})
    answer = await _said(lena, incident, "The one of 08:40", root_id=question, file_ids=file_ids)
    await marco.post("/reactions", {"user_id": marco.id, "post_id": answer, "emoji_name": "+1"})
    await _tick(ops, incident, 0, 1)
    await marco.v0.patch(f"/incidents/{incident['id']}", json={"active_stage": 1})
    await ops.do(marco, "POST", incident, "/status", {"message": "Rolling back", "reminder": 0})
    clock.turn(seconds=4 * _MINUTE_S)
    await ops.do(marco, "POST", incident, "/checklists/1/item/0/run")
    await _tick(ops, incident, 1, 0)
    clock.turn(seconds=3 * _MINUTE_S)
    await ops.do(marco, "PUT", incident, "/end")
    return incident


async def _review(ops: Ops, incident: dict[str, Any]) -> None:
    """Written, commented on in its thread, written again, published; and what is to be done."""
    marco, lena, clock = ops.ana, ops.ben, ops.room.clock
    document = "/review/document"
    clock.turn(seconds=60 * _MINUTE_S)
    await ops.do(marco, "PUT", incident, document, {"text": _REVIEW, "version": 0})
    status = {"status": "in_review", "version": 1}
    put = await ops.do(marco, "PUT", incident, f"{document}/status", status)
    await _said(lena, incident, "The alert came at 08:58.", root_id=put.json()["discussion_post_id"])
    clock.turn(seconds=10 * _MINUTE_S)
    text = _REVIEW.replace("09:00", "08:58")
    await ops.do(marco, "PUT", incident, document, {"text": text, "version": 1})
    await ops.do(marco, "PUT", incident, f"{document}/status", {"status": "published", "version": 2})
    wanted = {
        "title": "Test payments before a release",
        "assignee_id": lena.id,
        "due_at": _BEGIN + 7 * 86_400_000,
    }
    await ops.do(marco, "POST", incident, "/follow_ups", wanted)


async def _tick(ops: Ops, incident: dict[str, Any], stage: int, task: int) -> None:
    answer = await ops.do(
        ops.ben, "PUT", incident, f"/checklists/{stage}/item/{task}/state", {"new_state": "closed"}
    )
    assert answer.status_code == 200, answer.text


async def _said(who: Person, incident: dict[str, Any], message: str, **more: Any) -> str:
    answer = await who.post("/posts", {"channel_id": incident["channel_id"], "message": message, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def _event(minute: int, kind: str, who: str, **payload: Any) -> dict[str, Any]:
    return {"kind": kind, "at": _BEGIN + minute * 60_000, "actor_id": who, "payload": payload}


def by_hand(target: Path) -> None:
    """Events alone, as somebody might write them: what is empty is left out, ids are words."""
    stages: list[dict[str, Any]] = [
        {
            "id": "triage",
            "title": "Triage",
            "tasks": [
                {"id": "say", "title": "Say what customers see"},
                {"id": "call", "title": "Call the on-call engineer"},
            ],
        },
        {"id": "mitigate", "title": "Mitigate", "tasks": [{"id": "back", "title": "Roll back the release"}]},
    ]
    named = {"name": "Checkout is down", "description": "Customers cannot pay.", "commander_id": "marco"}
    onward = {
        "from_stage_id": "triage",
        "from_title": "Triage",
        "to_stage_id": "mitigate",
        "to_title": "Mitigate",
    }
    say, call, back = [
        {"stage_id": stage["id"], "task_id": task["id"], "title": task["title"]}
        for stage in stages
        for task in stage["tasks"]
    ]
    told = [
        _event(0, "incident_started", "marco", **named, is_public=True, stages=stages),
        _event(0, "member_joined", "marco", user_id="marco"),
        _event(1, "member_joined", "lena", user_id="lena"),
        _event(3, "task_ticked", "lena", **say),
        _event(4, "task_assigned", "marco", **call, to_id="lena"),
        _event(19, "task_ticked", "lena", **call),
        _event(20, "stage_changed", "marco", **onward, to_position=1),
        _event(31, "task_ticked", "lena", **back),
        _event(35, "incident_ended", "marco", duration_ms=35 * 60_000),
    ]
    lines = [json.dumps({"sequence": number, **event}) + "\n" for number, event in enumerate(told, start=1)]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        about = zipfile.ZipInfo("events.jsonl", (2025, 11, 28, 9, 0, 0))
        archive.writestr(about, "".join(lines), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    by_hand(BY_HAND)
    WHOLE.write_bytes(asyncio.run(lived_through()))
