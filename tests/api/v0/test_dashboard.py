"""A team's dashboard over REST v0."""

import csv
import io
from typing import Any

from tests.support.incidents import Ops
from tests.support.people import Person

MINUTE_MS = 60_000


async def told(who: Person, ops: Ops, part: str = "times", **query: Any) -> dict[str, Any]:
    answer = await who.v0.get(f"/dashboard/{part}", params={"team_id": ops.team.id, **query})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def table(who: Person, ops: Ops, name: str) -> list[dict[str, str]]:
    answer = await who.v0.get(f"/dashboard/{name}/csv", params={"team_id": ops.team.id})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


async def lived(ops: Ops, *members: Person, minutes: int, **fields: Any) -> dict[str, Any]:
    """An incident: a first update after a minute, the next stage after two, the end after so many."""
    incident = await ops.incident(*members, **fields)
    ops.room.clock.turn(seconds=60)
    for at in ("first", "second"):
        update = {"message": at, "reminder": 0}
        assert (await ops.do(ops.ana, "POST", incident, "/status", update)).is_success
    ops.room.clock.turn(seconds=60)
    for stage in (1, 0, 1):
        assert (await ops.do(ops.ana, "PATCH", incident, "", {"active_stage": stage})).is_success
    ops.room.clock.turn(seconds=60 * (minutes - 2))
    assert (await ops.do(ops.ana, "PUT", incident, "/end")).is_success
    return incident


async def test_times_are_told_by_playbook_and_month_and_for_each_stage(ops: Ops, admin: Person) -> None:
    playbook_id = await ops.playbook(title="Outage")
    for minutes in (10, 20, 60):
        await lived(ops, minutes=minutes, playbook_id=playbook_id)
    await ops.incident(name="Still going on")

    found = await told(ops.ben, ops)

    assert (found["times"]["incidents"], found["ongoing"], len(found["playbooks"])) == (4, 1, 2)
    mine = found["playbooks"][0]
    assert (mine["playbook_id"], mine["title"], mine["times"]["incidents"]) == (playbook_id, "Outage", 3)
    assert mine["times"]["first_update"] == {"count": 3, "median_ms": MINUTE_MS, "long_ms": MINUTE_MS}
    assert mine["times"]["end"] == {"count": 3, "median_ms": 20 * MINUTE_MS, "long_ms": 60 * MINUTE_MS}
    stages = {one["title"]: one["reached"]["median_ms"] for one in mine["times"]["stages"]}
    assert stages == {"Triage": 2 * MINUTE_MS, "Mitigate": 2 * MINUTE_MS}
    (month,) = mine["months"]
    assert month["times"] == mine["times"]
    assert found["playbooks"][1]["times"]["end"] is None

    of_one = await told(admin, ops, playbook_id=playbook_id)
    assert (of_one["times"], of_one["ongoing"]) == (mine["times"], 0)
    start = ops.room.clock.now()
    assert (await told(ops.ana, ops, started_from=start + 1))["times"]["incidents"] == 0
    assert (await told(ops.ana, ops, started_before=start))["times"]["incidents"] == 3
    lines = await table(ops.ana, ops, "times")
    (end,) = [
        one
        for one in lines
        if (one["of"], one["playbook"], one["until"]) == ("playbook", "Outage", "end")
        and one["playbook_id"] == playbook_id
    ]
    assert (end["incidents"], end["median_ms"]) == ("3", str(20 * MINUTE_MS))


async def test_of_what_one_may_not_see_nothing_is_told_and_rehearsals_count_nowhere(
    ops: Ops, admin: Person
) -> None:
    secret = await lived(ops, minutes=5, is_private=True, name="Secret")
    assert (await ops.do(ops.ana, "POST", secret, "/follow_ups", {"title": "Hush"})).is_success
    rehearsal = await ops.do(ops.ana, "POST", secret, "/rehearsals", {"speed": 10})
    assert rehearsal.status_code == 201, rehearsal.text

    unseen = await told(ops.ben, ops)
    seen = await told(ops.ana, ops)

    assert (unseen["times"]["incidents"], unseen["playbooks"], unseen["months"]) == (0, [], [])
    assert await told(ops.ben, ops, "follow_ups") == {"open": 0, "overdue": 0, "items": []}
    assert (await told(ops.ben, ops, "load"))["people"] == 0
    assert (seen["times"]["incidents"], seen["ongoing"]) == (1, 0)
    assert (await told(ops.ana, ops, "follow_ups"))["open"] == 1
    assert (await told(ops.ana, ops, "load"))["people"] == 1
    assert (await told(admin, ops))["times"] == seen["times"]
    # Who is no member of a playbook does not learn its name from its public incidents.
    of_ben = await ops.playbook(by=ops.ben, title="Ben's own", member_ids=[ops.ben.id])
    await ops.incident(by=ops.ben, playbook_id=of_ben)
    titles = {one["playbook_id"]: one["title"] for one in (await told(ops.ana, ops))["playbooks"]}
    assert titles[of_ben] == ""
    assert (
        await ops.room.stranger().v0.get("/dashboard/times", params={"team_id": ops.team.id})
    ).status_code == 401


async def test_open_follow_ups_are_listed_by_when_they_are_due(ops: Ops) -> None:
    incident = await lived(ops, ops.ben, minutes=5)
    now = ops.room.clock.now()
    for title, fields in (
        ("Some day", {}),
        ("Later", {"due_at": now + 10}),
        ("@Late", {"due_at": now - 10, "assignee_id": ops.ben.id}),
        ("Done", {"due_at": now - 20}),
    ):
        added = await ops.do(ops.ana, "POST", incident, "/follow_ups", {"title": title, **fields})
        if title == "Done":
            path = f"/follow_ups/{added.json()['id']}/done"
            assert (await ops.do(ops.ana, "PUT", incident, path, {"version": 1})).is_success

    found = await told(ops.ben, ops, "follow_ups")

    assert (found["open"], found["overdue"]) == (3, 1)
    assert [one["title"] for one in found["items"]] == ["@Late", "Later", "Some day"]
    assert (found["items"][0]["assignee_username"], found["items"][0]["incident_id"]) == (
        "ben",
        incident["id"],
    )
    lines = await table(ops.ben, ops, "follow_ups")
    assert (lines[0]["title"], lines[0]["assignee"]) == ("'@Late", "ben")


async def test_load_by_hour_is_told_of_three_people_and_more(ops: Ops, admin: Person) -> None:
    cy = await ops.room.person("cy")
    await admin.post(f"/teams/{ops.team.id}/members", {"team_id": ops.team.id, "user_id": cy.id})
    incident = await lived(ops, ops.ben, minutes=5)
    await ops.ben.post("/posts", {"channel_id": incident["channel_id"], "message": "Hello"})
    few = await told(ops.ana, ops, "load", timezone="UTC")
    await ops.add(ops.ana, incident, cy)
    await cy.post("/posts", {"channel_id": incident["channel_id"], "message": "Hello"})

    utc = await told(ops.ana, ops, "load", timezone="UTC")
    kolkata = await told(ops.ana, ops, "load", timezone="Asia/Kolkata")

    assert few == {"timezone": "UTC", "people": 2, "hours": [], "persons": []}
    assert (utc["people"], utc["persons"][0]["username"]) == (3, "ana")
    assert sum(utc["hours"]) == sum(sum(one["hours"]) for one in utc["persons"])
    assert sum(kolkata["hours"]) == sum(utc["hours"])
    assert (kolkata["timezone"], kolkata["hours"] != utc["hours"]) == ("Asia/Kolkata", True)
    lines = await table(ops.ana, ops, "load")
    assert {one["person"] for one in lines} == {"*", "ana", "ben", "cy"}


async def test_questions_that_cannot_be_read_are_refused(ops: Ops, guest: Person) -> None:
    for query in (
        {},
        {"team_id": ops.team.id, "started_from": "x"},
        {"team_id": ops.team.id, "started_before": "-1"},
        {"team_id": ops.team.id, "playbook_id": "x"},
        {"team_id": ops.team.id, "timezone": "Mars"},
    ):
        assert (await ops.ana.v0.get("/dashboard/times", params=query)).status_code == 400, query
        assert (await ops.ana.v0.get("/dashboard/load", params=query)).status_code == 400, query
    refused = await guest.v0.get("/dashboard/times", params={"team_id": ops.team.id})
    assert (refused.status_code, refused.json()["error"]) == (403, "permissions error")
