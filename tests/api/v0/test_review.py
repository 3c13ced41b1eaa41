"""The review of an incident over REST v0."""

from typing import Any

from tests.support.incidents import Ops
from tests.support.people import Person, Room

UNKNOWN = "aaaaaaaaaaaaaaaaaaaaaaaaaa"


async def tick(ops: Ops, incident: dict[str, Any], stage: int, task: int, *, after: int = 0) -> None:
    ops.room.clock.turn(seconds=60 * after)
    path = f"/checklists/{stage}/item/{task}/state"
    answer = await ops.do(ops.ana, "PUT", incident, path, {"new_state": "closed"})
    assert answer.status_code == 200, answer.text


async def review(ops: Ops, incident: dict[str, Any], *, by: Person | None = None) -> dict[str, Any]:
    answer = await ops.do(by or ops.ana, "GET", incident, "/review")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def lived(ops: Ops) -> dict[str, Any]:
    """An incident whose second task took 40 minutes, in which Ana waited for Ben to answer."""
    incident = await ops.incident(ops.ben)
    await tick(ops, incident, 0, 0, after=4)
    ops.room.clock.turn(seconds=60 * 1)
    await ops.ana.post("/posts", {"channel_id": incident["channel_id"], "message": "@ben is it safe?"})
    ops.room.clock.turn(seconds=60 * 37)
    await ops.ben.post("/posts", {"channel_id": incident["channel_id"], "message": "yes"})
    await tick(ops, incident, 0, 1, after=2)
    await ops.do(ops.ana, "PATCH", incident, "", {"active_stage": 1})
    await tick(ops, incident, 1, 0, after=4)
    ops.room.clock.turn(seconds=60 * 4)
    await ops.do(ops.ana, "PUT", incident, "/end")
    return incident


async def test_a_review_says_how_it_went_and_why_it_stood_still(ops: Ops) -> None:
    incident = await lived(ops)

    told = await review(ops, incident)

    assert (told["is_ended"], told["ongoing_ms"]) == (True, 52 * 60_000)
    assert [(one["title"], one["active_ms"]) for one in told["stages"]] == [
        ("Triage", 44 * 60_000),
        ("Mitigate", 8 * 60_000),
        ("Close", 0),
    ]
    [gap] = told["gaps"]
    assert gap["to_at"] - gap["from_at"] == 40 * 60_000
    [cause] = gap["causes"]
    assert (cause["cause"], cause["user_ids"]) == ("awaiting_answer", [ops.ana.id, ops.ben.id])
    assert cause["sentence"] == "@ana asked in the channel, and waited 37 minutes for an answer."
    assert gap["sentence"] == cause["sentence"]
    kinds = {entry["sequence"]: entry["kind"] for entry in told["entries"]}
    assert [kinds[one["sequence"]] for one in cause["evidence"]] == ["post_seen", "post_seen"]
    assert told["people"] == []
    assert told["past_runs"] == 0


async def test_who_was_away_is_known_from_their_presence(ops: Ops) -> None:
    incident = await ops.incident(ops.ben)
    await tick(ops, incident, 0, 0, after=4)
    await ops.do(ops.ana, "PUT", incident, "/checklists/0/item/1/assignee", {"assignee_id": ops.ben.id})
    away = await ops.ben.put(f"/users/{ops.ben.id}/status", {"user_id": ops.ben.id, "status": "away"})
    assert away.status_code == 200
    await tick(ops, incident, 0, 1, after=40)
    await tick(ops, incident, 1, 0, after=4)

    [gap] = (await review(ops, incident))["gaps"]

    assert (gap["causes"][0]["cause"], gap["causes"][0]["detail"]) == ("assignee_away", "away")
    assert {one["status"] for one in gap["causes"][0]["evidence"]} == {"away", ""}


async def test_earlier_runs_count_as_far_as_the_reader_may_see_them(ops: Ops, admin: Person) -> None:
    first = await ops.incident(is_private=True)
    await ops.do(ops.ana, "PUT", first, "/end")
    ops.room.clock.turn(seconds=1)
    second = await ops.incident(ops.ben, playbook_id=first["playbook_id"])

    assert (await review(ops, second))["past_runs"] == 1
    assert (await review(ops, second, by=admin))["past_runs"] == 1
    assert (await review(ops, second, by=ops.ben))["past_runs"] == 0
    assert (await review(ops, first))["past_runs"] == 0


async def test_a_review_is_for_those_who_may_see_the_incident(ops: Ops, room: Room) -> None:
    stranger = await room.person("stranger")
    incident = await ops.incident()

    for answer in (
        await ops.do(stranger, "GET", incident, "/review"),
        await stranger.v0.get(f"/incidents/{UNKNOWN}/review"),
        await ops.ana.v0.get(f"/incidents/{UNKNOWN}/review"),
    ):
        assert (answer.status_code, answer.json()) == (403, {"error": "Not authorized"})


async def test_the_same_incident_gives_the_same_review(ops: Ops) -> None:
    incident = await lived(ops)

    assert await review(ops, incident) == await review(ops, incident, by=ops.ben)
