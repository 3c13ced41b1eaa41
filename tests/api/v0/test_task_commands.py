"""A task's command that a server outside answers: run as whoever presses Run, with a receipt."""

from typing import Any

from tests.support.incidents import Ops
from tests.support.outside import Outside, http
from tests.support.people import Person

ITEM = "/checklists/0/item/0"


async def prepared(ops: Ops, outside: Outside, admin: Person) -> dict[str, Any]:
    """An incident whose first task deploys."""
    command = {"team_id": ops.team.id, "trigger": "deploy", "url": f"{outside.url}/deploy", "method": "P"}
    assert (await admin.post("/commands", command)).status_code == 201
    incident = await ops.incident()
    await ops.do(ops.ana, "PUT", incident, ITEM, {"title": "Ship", "command": "/deploy $INCIDENT_ID"})
    return incident


async def receipts(ops: Ops, incident: dict[str, Any]) -> list[tuple[str, str]]:
    """Outcome and first line of the answer of every run, and who ran it."""
    page = (await ops.do(ops.ana, "GET", incident, "/timeline?kind=task_run")).json()
    assert {one["actor_id"] for one in page["items"]} <= {ops.ana.id}
    return [(one["payload"]["outcome"], one["payload"]["answer"]) for one in page["items"]]


async def test_a_run_that_succeeds_keeps_the_first_line_of_the_answer(
    ops: Ops, outside: Outside, admin: Person
) -> None:
    incident = await prepared(ops, outside, admin)
    outside.says({"response_type": "in_channel", "text": "Deployed 7\nto production"})

    answer = await ops.do(ops.ana, "POST", incident, f"{ITEM}/run")

    assert answer.status_code == 200
    form = outside.asked[0].form
    assert (form["user_id"], form["channel_id"]) == (ops.ana.id, incident["channel_id"])
    assert (form["command"], form["text"]) == ("/deploy", incident["id"])
    assert await receipts(ops, incident) == [("ok", "Deployed 7")]
    assert "Deployed 7\nto production" in await ops.messages(incident)


async def test_a_run_that_fails_cannot_look_like_a_success(ops: Ops, outside: Outside, admin: Person) -> None:
    incident = await prepared(ops, outside, admin)
    outside.sends(http(503, b"Deployed!"))

    refused = await ops.do(ops.ana, "POST", incident, f"{ITEM}/run")

    assert refused.status_code == 409
    why = "Command with a trigger of 'deploy' returned response 503."
    assert await receipts(ops, incident) == [("failed", why)]
    assert (await ops.seen(incident))["checklists"][0]["items"][0]["command_last_run"] == 0
