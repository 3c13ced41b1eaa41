"""Follow-ups as Jira tickets, over REST v0: made by one click, and never twice."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.support.incidents import Ops
from tests.support.people import Person
from tests.support.stand_in import SILENCE, Said, StandIn

DUE = 1_893_456_000_000
MADE = Said(status=201, body={"id": "1", "key": "OPS-7"})
ISSUE = "/rest/api/3/issue"
SEARCH = "/rest/api/3/search/jql"
PEOPLE = "/rest/api/3/user/search"


@pytest.fixture
async def jira(ops: Ops, admin: Person, stand_in: StandIn) -> StandIn:
    """A Jira that is set up, and may be reached."""
    ops.room.configure(allowed_untrusted_internal_connections="127.0.0.0/8")
    settings = {"url": stand_in.url, "email": "bot@acme.example", "token": "s", "project": "OPS"}
    put = await admin.v0.put("/integrations/jira", json={"settings": settings})
    assert put.status_code == 200, put.text
    return stand_in


async def a_follow_up(ops: Ops, incident: dict[str, Any], **fields: Any) -> dict[str, Any]:
    body = {"title": "Add an alert", **fields}
    answer = await ops.do(ops.ana, "POST", incident, "/follow_ups", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def ticketed(
    ops: Ops, incident: dict[str, Any], one: dict[str, Any], *, by: Person | None = None
) -> httpx.Response:
    path = f"/follow_ups/{one['id']}/ticket?timezone=Europe/Berlin"
    return await ops.do(by or ops.ana, "POST", incident, path)


async def test_a_ticket_has_title_assignee_and_date_and_its_link_is_kept(
    ops: Ops, jira: StandIn, admin: Person
) -> None:
    incident = await ops.incident(ops.ben)
    one = await a_follow_up(ops, incident, assignee_id=ops.ben.id, due_at=DUE)
    others, bens = ("a", "x@example.com"), ("b", "Ben@example.com")
    accounts = [{"accountId": name, "emailAddress": email} for name, email in (others, bens)]
    jira.tell("GET", PEOPLE, Said(body=accounts))
    jira.tell("POST", ISSUE, MADE)

    answer = await ticketed(ops, incident, one)
    again = await ticketed(ops, incident, one, by=ops.ben)

    assert answer.status_code == 200, answer.text
    kept = answer.json()["follow_up"]
    assert (kept["ticket_reference"], kept["ticket_url"]) == ("OPS-7", f"{jira.url}/browse/OPS-7")
    assert (again.json()["follow_up"], answer.json()["remark"]) == (kept, "")
    (asked,) = jira.asked_for("POST", ISSUE)
    fields = asked.json["fields"]
    assert (fields["summary"], fields["duedate"]) == ("Add an alert", "2030-01-01")
    assert fields["assignee"] == {"accountId": "b"}
    assert one["id"] in asked.body.decode() and incident["name"] in asked.body.decode()
    listed = (await ops.do(ops.ben, "GET", incident, "/follow_ups")).json()
    assert (listed["items"], listed["ticket_tool"]) == ([kept], "Jira")
    log = (await ops.ana.v0.get(f"/incidents/{incident['id']}/timeline")).json()["items"]
    (entry,) = [item for item in log if item["kind"] == "follow_up_ticketed"]
    assert (entry["actor_id"], entry["payload"]["reference"]) == (ops.ana.id, "OPS-7")
    audit = (await admin.get("/audits")).json()
    assert [item["action"] for item in audit].count("follow_up.ticketed") == 1


async def test_of_two_clicks_at_once_one_makes_it(ops: Ops, jira: StandIn) -> None:
    incident = await ops.incident()
    one = await a_follow_up(ops, incident)
    jira.tell("POST", ISSUE, MADE)

    answers = await asyncio.gather(*[ticketed(ops, incident, one) for _ in range(4)])

    assert len(jira.asked_for("POST", ISSUE)) == 1
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert (await ticketed(ops, incident, one)).json()["follow_up"]["ticket_reference"] == "OPS-7"


async def test_after_an_answer_that_was_lost_the_ticket_is_looked_for_first(ops: Ops, jira: StandIn) -> None:
    incident = await ops.incident()
    one = await a_follow_up(ops, incident)
    jira.tell("POST", ISSUE, Said(status=503))
    lost = await ticketed(ops, incident, one)
    assert (lost.status_code, "trouble of its own" in lost.json()["error"]) == (502, True)
    described = {"summary": "Add an alert", "description": {"content": [{"text": f"Follow-up {one['id']}"}]}}
    other = {"key": "OPS-6", "fields": {"summary": "x", "description": None}}
    jira.tell("GET", SEARCH, Said(body={"issues": [other, {"key": "OPS-8", "fields": described}]}))

    found = await ticketed(ops, incident, one)

    assert found.json()["follow_up"]["ticket_reference"] == "OPS-8"
    assert len(jira.asked_for("POST", ISSUE)) == 1
    (search,) = jira.asked_for("GET", SEARCH)
    assert search.query["jql"].startswith(f'project = "OPS" AND description ~ "{one["id"]}"')


async def test_a_server_that_stopped_meanwhile_is_waited_for_and_then_looked_after(
    ops: Ops, jira: StandIn
) -> None:
    incident = await ops.incident()
    one = await a_follow_up(ops, incident)
    jira.tell("POST", ISSUE, SILENCE)
    begun = asyncio.create_task(ticketed(ops, incident, one))
    await jira.until_asked_for("POST", ISSUE)
    begun.cancel()
    jira.tell("POST", ISSUE, MADE)
    jira.tell("GET", SEARCH, Said(body={"issues": []}))

    busy = await ticketed(ops, incident, one)
    removed = await ops.do(ops.ana, "DELETE", incident, f"/follow_ups/{one['id']}?version=1")
    ops.room.clock.turn(seconds=301)
    later = await ticketed(ops, incident, one)

    assert (busy.status_code, removed.status_code, later.status_code) == (409, 409, 200)
    assert len(jira.asked_for("GET", SEARCH)) == 1


async def test_what_jira_refuses_is_said_and_can_be_tried_again(ops: Ops, jira: StandIn) -> None:
    incident = await ops.incident(ops.ben)
    one = await a_follow_up(ops, incident, assignee_id=ops.ben.id, due_at=DUE)
    jira.tell("GET", PEOPLE, Said(status=403))
    complaint = {"errors": {"duedate": "Field 'duedate' cannot be set."}}
    jira.tell("POST", ISSUE, Said(status=400, body=complaint), MADE)

    refused = await ticketed(ops, incident, one)
    again = await ticketed(ops, incident, one)

    assert (refused.status_code, "Field 'duedate' cannot be set" in refused.json()["error"]) == (502, True)
    assert again.status_code == 200
    assert again.json()["remark"] == "Jira shows nobody with the address of @ben: OPS-7 has no assignee."
    assert jira.asked_for("GET", SEARCH) == []


async def test_no_ticket_is_made_where_that_is_not_for_somebody_or_nothing_is_set_up(
    ops: Ops, guest: Person, stand_in: StandIn
) -> None:
    incident = await ops.incident()
    one = await a_follow_up(ops, incident)
    unset = await ticketed(ops, incident, one)
    assert (unset.status_code, "No tool for tickets is set up" in unset.json()["error"]) == (502, True)
    assert (await ops.do(ops.ana, "GET", incident, "/follow_ups")).json()["ticket_tool"] == ""

    assert (await ticketed(ops, incident, one, by=ops.ben)).status_code == 403
    other = await ops.incident(name="Other")
    assert (await ticketed(ops, other, one)).status_code == 404
    await ops.do(ops.ana, "PUT", incident, "/end")
    practice = (await ops.do(ops.ana, "POST", incident, "/rehearsals", {"speed": 10})).json()
    rehearsed = {"id": practice.get("incident_id") or practice["id"]}
    of_practice = await ticketed(ops, rehearsed, await a_follow_up(ops, rehearsed))
    assert (of_practice.status_code, stand_in.asked) == (409, [])
