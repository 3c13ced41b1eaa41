"""Proposals for a playbook from its past incidents, over REST v0."""

import asyncio
from typing import Any

import httpx

from tests.support.incidents import Ops
from tests.support.people import Person

UNKNOWN = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
VENDOR = "Call the vendor"


async def run(ops: Ops, playbook_id: str, *, title: str = VENDOR, after_min: int = 3) -> dict[str, Any]:
    """An incident in which a task was added by hand after some minutes; all else is done at once."""
    incident = await ops.incident(playbook_id=playbook_id)
    for stage, tasks in ((0, 3), (1, 1)):
        for task in range(tasks):
            path = f"/checklists/{stage}/item/{task}/state"
            assert (await ops.do(ops.ana, "PUT", incident, path, {"new_state": "closed"})).is_success
    ops.room.clock.turn(seconds=60 * after_min)
    if title:
        added = await ops.do(ops.ana, "PUT", incident, "/checklists/1/add", {"title": title})
        assert added.is_success, added.text
    assert (await ops.do(ops.ana, "PUT", incident, "/end")).is_success
    ops.room.clock.turn(seconds=3600)
    return incident


async def runs(ops: Ops, playbook_id: str, count: int = 5, **said: Any) -> list[dict[str, Any]]:
    return [await run(ops, playbook_id, **said) for _ in range(count)]


async def proposals(ops: Ops, playbook_id: str, *, by: Person | None = None) -> dict[str, Any]:
    answer = await (by or ops.ana).v0.get(f"/playbooks/{playbook_id}/proposals")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def decide(
    ops: Ops, playbook_id: str, proposal_id: str, verb: str, body: Any, *, by: Person | None = None
) -> httpx.Response:
    path = f"/playbooks/{playbook_id}/proposals/{proposal_id}/{verb}"
    return await (by or ops.ana).v0.post(path, json=body)


async def undo(ops: Ops, playbook_id: str, decision_id: str) -> httpx.Response:
    return await ops.ben.v0.post(f"/playbooks/{playbook_id}/decisions/{decision_id}/undo")


async def titles(ops: Ops, playbook_id: str) -> list[list[str]]:
    playbook = (await ops.ana.v0.get(f"/playbooks/{playbook_id}")).json()
    return [[task["title"] for task in stage["items"]] for stage in playbook["checklists"]]


async def test_what_is_added_every_time_is_proposed_as_a_difference_with_its_evidence(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    assert (await proposals(ops, playbook_id))["items"] == []
    done = await runs(ops, playbook_id)

    found = await proposals(ops, playbook_id, by=ops.ben)

    (item,) = found["items"]
    assert (found["runs"], found["playbook_version"], found["decisions"]) == (5, 1, [])
    assert (item["seen"], item["runs"], item["share"]["value"]) == (5, 5, 1.0)
    assert item["saved_ms"] == {"value": 180_000.0, "low": 180_000.0, "high": 180_000.0}
    change = item["change"]
    assert (change["kind"], change["stage"], change["task"]) == ("add", "Mitigate", VENDOR)
    before, after = item["before"]["stages"], item["after"]["stages"]
    assert [[task["title"] for task in stage["tasks"]] for stage in before] == [["Roll back"]]
    assert [[task["title"] for task in stage["tasks"]] for stage in after] == [["Roll back", VENDOR]]
    assert {one["incident_id"] for one in item["incidents"]} == {one["id"] for one in done}
    log = (await ops.ana.v0.get(f"/incidents/{item['incidents'][0]['incident_id']}/timeline")).json()
    assert log["items"][item["incidents"][0]["events"][0] - 1]["kind"] == "task_added"


async def test_nothing_changes_but_by_accepting_and_that_only_for_later_incidents(
    ops: Ops, admin: Person
) -> None:
    playbook_id = await ops.playbook()
    done = await runs(ops, playbook_id)
    (item,) = (await proposals(ops, playbook_id))["items"]
    assert await titles(ops, playbook_id) == [
        ["Call the **on-call**", "Say hello", "Look around"],
        ["Roll back"],
        [],
    ]

    accepted = await decide(ops, playbook_id, item["id"], "accept", {"version": 1})

    assert accepted.status_code == 201
    assert (accepted.json()["from_version"], accepted.json()["to_version"]) == (1, 2)
    assert (await titles(ops, playbook_id))[1] == ["Roll back", VENDOR]
    assert len((await ops.seen(done[0]))["checklists"][1]["items"]) == 2
    later = await ops.incident(playbook_id=playbook_id)
    assert [task["title"] for task in later["checklists"][1]["items"]] == ["Roll back", VENDOR]
    found = await proposals(ops, playbook_id)
    assert found["items"] == []
    (decision,) = found["decisions"]
    assert (decision["choice"], decision["decided_by"]) == ("accepted", ops.ana.id)
    assert decision["effect"]["verdict"] == "too_few"

    assert (await undo(ops, playbook_id, decision["id"])).status_code == 201
    assert (await titles(ops, playbook_id))[1] == ["Roll back"]
    assert (await undo(ops, playbook_id, decision["id"])).status_code == 409
    found = await proposals(ops, playbook_id)
    assert len(found["items"]) == 1
    assert (found["playbook_version"], found["decisions"][0]["undone_version"]) == (3, 3)
    audit = (await admin.get("/audits")).json()
    deeds = [one["action"] for one in audit if "proposal" in one["action"]]
    assert deeds == ["proposal.undone", "proposal.accepted"]


async def test_of_editors_at_the_same_time_nobody_loses_a_change(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    await runs(ops, playbook_id)
    (item,) = (await proposals(ops, playbook_id))["items"]
    playbook = (await ops.ben.v0.get(f"/playbooks/{playbook_id}")).json()

    edited, accepted = await asyncio.gather(
        ops.ben.v0.put(
            f"/playbooks/{playbook_id}", json={**playbook, "title": "Big"}, headers={"If-Match": '"1"'}
        ),
        decide(ops, playbook_id, item["id"], "accept", {"version": 1}),
    )
    assert sorted((edited.status_code // 100, accepted.status_code // 100)) == [2, 4]
    assert 412 in (edited.status_code, accepted.status_code)

    version = (await proposals(ops, playbook_id))["playbook_version"]
    again = await decide(ops, playbook_id, item["id"], "accept", {"version": version})
    assert again.status_code == (201 if edited.is_success else 404)
    playbook = (await ops.ben.v0.get(f"/playbooks/{playbook_id}")).json()
    await ops.ben.v0.put(f"/playbooks/{playbook_id}", json={**playbook, "description": "since"})
    decision = (await proposals(ops, playbook_id))["decisions"][0]
    assert (await undo(ops, playbook_id, decision["id"])).status_code == 201
    after = (await ops.ben.v0.get(f"/playbooks/{playbook_id}")).json()
    assert (after["title"], after["description"]) == (playbook["title"], "since")
    assert len(after["checklists"][1]["items"]) == 1


async def test_what_was_declined_is_not_shown_until_there_is_new_evidence(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    await runs(ops, playbook_id)
    (item,) = (await proposals(ops, playbook_id))["items"]

    assert (await decide(ops, playbook_id, item["id"], "decline", {"reason": " "})).status_code == 400
    assert (await decide(ops, playbook_id, item["id"], "decline", {"reason": "n" * 1001})).status_code == 400
    declined = await decide(ops, playbook_id, item["id"], "decline", {"reason": "Not in every case"})

    assert (declined.status_code, declined.json()["reason"]) == (201, "Not in every case")
    assert (await proposals(ops, playbook_id, by=ops.ben))["items"] == []
    assert (await decide(ops, playbook_id, item["id"], "accept", {"version": 1})).status_code == 404
    await runs(ops, playbook_id, 2, title="call the VENDOR!")
    assert (await proposals(ops, playbook_id))["items"] == []
    assert (await undo(ops, playbook_id, declined.json()["id"])).status_code == 201
    (item,) = (await proposals(ops, playbook_id))["items"]
    again = await decide(ops, playbook_id, item["id"], "decline", {"reason": "No"})
    assert again.status_code == 201
    await runs(ops, playbook_id, 3)
    assert len((await proposals(ops, playbook_id))["items"]) == 1


async def test_evidence_is_only_of_incidents_that_the_editor_may_see(ops: Ops, admin: Person) -> None:
    playbook_id = await ops.playbook(create_public_incident=False)
    await runs(ops, playbook_id)
    (item,) = (await proposals(ops, playbook_id))["items"]

    nothing = await proposals(ops, playbook_id, by=ops.ben)

    assert (nothing["runs"], nothing["items"], nothing["versions"]) == (0, [], [])
    refused = await decide(ops, playbook_id, item["id"], "accept", {"version": 1}, by=ops.ben)
    assert refused.status_code == 404
    await decide(ops, playbook_id, item["id"], "decline", {"reason": "Secret"})
    assert (await proposals(ops, playbook_id, by=ops.ben))["decisions"] == []
    assert len((await proposals(ops, playbook_id, by=admin))["decisions"]) == 1


async def test_runs_by_each_version_are_compared_once_there_are_enough(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    await runs(ops, playbook_id, after_min=30)
    (item,) = (await proposals(ops, playbook_id))["items"]
    assert (await decide(ops, playbook_id, item["id"], "accept", {"version": 1})).status_code == 201
    await runs(ops, playbook_id, title="", after_min=10)

    found = await proposals(ops, playbook_id)

    effect = found["decisions"][0]["effect"]
    assert (effect["verdict"], effect["before"], effect["after"]) == ("shorter", 5, 5)
    assert effect["saved_ms"]["value"] == 20 * 60_000
    assert [(one["version"], one["runs"]) for one in found["versions"]] == [(2, 5), (1, 5)]
    assert found["versions"][0]["duration_ms"]["value"] == 10 * 60_000


async def test_what_else_was_changed_meanwhile_is_counted_also_if_no_incident_ran_by_it(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    await runs(ops, playbook_id, after_min=30)
    (item,) = (await proposals(ops, playbook_id))["items"]
    assert (await decide(ops, playbook_id, item["id"], "accept", {"version": 1})).status_code == 201
    for description in ("One more", "And another"):
        playbook = (await ops.ana.v0.get(f"/playbooks/{playbook_id}")).json()
        changed = {**playbook, "description": description}
        assert (await ops.ana.v0.put(f"/playbooks/{playbook_id}", json=changed)).is_success
    await runs(ops, playbook_id, title="", after_min=10)

    (decision,) = (await proposals(ops, playbook_id))["decisions"]

    assert decision["effect"]["other_versions"] == 2


async def test_unknown_proposals_and_decisions_and_bodies_that_cannot_be_read(ops: Ops) -> None:
    playbook_id = await ops.playbook()

    assert (await decide(ops, playbook_id, UNKNOWN, "accept", {"version": 1})).status_code == 404
    assert (await decide(ops, playbook_id, UNKNOWN, "accept", {})).status_code == 400
    assert (await decide(ops, playbook_id, UNKNOWN, "decline", [])).status_code == 400
    assert (await undo(ops, playbook_id, UNKNOWN)).status_code == 404
