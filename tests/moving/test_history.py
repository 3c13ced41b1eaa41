"""What an incident's channel and tasks tell of it, held against the log that this server kept of the same."""

from collections.abc import AsyncGenerator, Sequence
from typing import Any

import httpx
import msgspec
import pytest

from commandpost.archive.shapes import ArchivedEvent
from commandpost.moving.history import History, history
from commandpost.moving.original import Original
from commandpost.moving.sentences import Sentence, names_in, understood
from commandpost.moving.shapes import OriginalPost
from tests.support.incidents import Ops
from tests.support.people import SITE, Person, Room

UNTOLD = {"task_run", "member_joined", "reminder_due", "status_edited"}
"""What the channel tells otherwise, or not at all."""
TOLD_OF = ("task_id", "stage_id", "from_id", "to_id", "from_state", "to_title", "open_tasks", "post_id")


@pytest.fixture
async def original(room: Room, admin: Person) -> AsyncGenerator[Original]:
    """This server, read as if it were one with the original plugin."""
    transport = httpx.ASGITransport(app=room.app)
    headers = {"Authorization": f"Bearer {admin.token}"}
    async with httpx.AsyncClient(transport=transport, base_url=SITE, headers=headers) as client:
        yield Original(client)


async def posts_of(original: Original, incident: dict[str, Any]) -> Sequence[OriginalPost]:
    return await original.posts(incident["channel_id"])


async def told(original: Original, incident_id: str, posts: Sequence[OriginalPost]) -> History:
    incident = await original.incident(incident_id)
    users = await original.users(post.user_id for post in posts)
    users |= await original.users_named(names_in(post.message for post in posts))
    return history(incident, await original.channel(incident.channel_id), posts, users)


def essence(entry: dict[str, Any]) -> tuple[Any, ...]:
    payload = entry["payload"]
    return (entry["kind"], entry["actor_id"], entry["at"], *[payload.get(name) for name in TOLD_OF])


async def test_the_channel_tells_what_the_log_says(room: Room, ops: Ops, original: Original) -> None:
    ana, ben = ops.ana, ops.ben
    incident = await ops.incident(ben)
    status = {"submission": {"message": "Rolling back", "reminder": "0"}}
    deeds: list[tuple[Person, str, str, Any]] = [
        (ana, "PUT", "/checklists/0/item/0/state", {"new_state": "closed"}),
        (ben, "PUT", "/checklists/0/item/0/state", {"new_state": ""}),
        (ben, "PUT", "/checklists/0/item/0/state", {"new_state": "closed"}),
        (ana, "PUT", "/checklists/0/item/1/assignee", {"assignee_id": ben.id}),
        (ana, "PUT", "/checklists/0/item/1/assignee", {"assignee_id": ""}),
        (ana, "PATCH", "", {"active_stage": 1}),
        (ana, "POST", "/update-status-dialog", status),
        (ana, "POST", "/commander", {"commander_id": ben.id}),
        (ben, "PUT", "/checklists/1/item/0/state", {"new_state": "closed"}),
        (ben, "PUT", "/end", None),
        (ana, "PUT", "/restart", None),
        (ana, "PUT", "/end", None),
    ]
    for who, method, path, body in deeds:
        room.clock.turn(seconds=60)
        answer = await ops.do(who, method, incident, path, body)
        assert answer.is_success, answer.text
        room.clock.turn(seconds=60)
        await who.post("/posts", {"channel_id": incident["channel_id"], "message": f"After {path}"})

    log = (await ops.do(ana, "GET", incident, "/timeline")).json()["items"]
    found = await told(original, incident["id"], await posts_of(original, incident))

    events = [msgspec.to_builtins(event) for event in found.events]
    assert [essence(one) for one in events if one["kind"] not in UNTOLD] == [
        essence(one) for one in log if one["kind"] not in UNTOLD
    ]
    assert [one["sequence"] for one in events] == [*range(1, len(events) + 1)]
    assert {one["payload"]["user_id"] for one in events if one["kind"] == "member_joined"} >= {ana.id, ben.id}
    assert found.unplaced == 0


async def test_what_tasks_bear_is_told_where_the_channel_is_silent(
    room: Room, ops: Ops, original: Original
) -> None:
    incident = await ops.incident(ops.ben)
    room.clock.turn(seconds=60)
    await ops.do(ops.ana, "PUT", incident, "/checklists/0/item/0/state", {"new_state": "closed"})
    await ops.do(ops.ana, "PUT", incident, "/checklists/0/item/1/assignee", {"assignee_id": ops.ben.id})
    await ops.do(ops.ana, "POST", incident, "/checklists/0/item/1/run")
    await ops.do(ops.ana, "PUT", incident, "/end")
    stood = await original.incident(incident["id"])
    silent = [post for post in await posts_of(original, incident) if not understood(post.message)]

    events = (await told(original, incident["id"], silent)).events

    kinds = ("task_ticked", "task_assigned", "task_run", "incident_ended")
    by_kind: dict[str, ArchivedEvent] = {one.kind: one for one in events if one.kind in kinds}
    triage = stood.stages[0].tasks
    assert {kind: (by_kind[kind].at, by_kind[kind].actor_id) for kind in kinds} == {
        "task_ticked": (triage[0].state_modified, ""),
        "task_assigned": (triage[1].assignee_modified, ""),
        "task_run": (triage[1].command_last_run, ""),
        "incident_ended": (stood.end_at, ""),
    }


async def test_sentences_about_what_is_gone_are_counted(room: Room, ops: Ops, original: Original) -> None:
    incident = await ops.incident()
    await ops.do(ops.ana, "PUT", incident, "/checklists/1/item/0/state", {"new_state": "closed"})
    await ops.do(ops.ana, "DELETE", incident, "/checklists/1/item/0")

    found = await told(original, incident["id"], await posts_of(original, incident))

    assert found.unplaced == 1
    assert "task_ticked" not in [one.kind for one in found.events]


@pytest.mark.parametrize(
    ("message", "sentence", "said"),
    [
        (
            "ana checked off checklist item **Call the on-call**",
            Sentence.TICKED,
            {"who": "ana", "verb": "checked off", "title": "Call the on-call"},
        ),
        (
            "ana changed assignee of checklist item **Try ** again** from **No Assignee** to **@ben**",
            Sentence.ASSIGNED,
            {"who": "ana", "title": "Try ** again", "old": "No Assignee", "new": "@ben"},
        ),
        (
            "@ben, please provide an update on this incident's progress.",
            Sentence.REMINDED,
            {"who": "ben"},
        ),
    ],
)
def test_a_sentence_is_understood(message: str, sentence: Sentence, said: dict[str, str]) -> None:
    assert understood(message) == (sentence, said)


def test_what_people_say_is_no_sentence() -> None:
    assert understood("I have checked off the checklist") is None
