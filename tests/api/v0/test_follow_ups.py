"""What is to be done after an incident, over REST v0."""

from typing import Any

from tests.support.incidents import Ops
from tests.support.people import Room

DUE = 1_893_456_000_000


async def added(ops: Ops, incident: dict[str, Any], **fields: Any) -> dict[str, Any]:
    answer = await ops.do(ops.ana, "POST", incident, "/follow_ups", {"title": "Add an alert", **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def listed(ops: Ops, incident: dict[str, Any]) -> list[dict[str, Any]]:
    return (await ops.do(ops.ben, "GET", incident, "/follow_ups")).json()["items"]


async def test_a_follow_up_has_an_assignee_and_a_due_date_and_is_done_once(ops: Ops) -> None:
    incident = await ops.incident(ops.ben)
    one = await added(ops, incident, title="  Add\nan alert ", assignee_id=ops.ben.id, due_at=DUE)
    assert (one["title"], one["assignee_id"], one["due_at"]) == ("Add an alert", ops.ben.id, DUE)
    path = f"/follow_ups/{one['id']}"

    body = {"title": "Two alerts", "version": 1}
    changed = (await ops.do(ops.ana, "PUT", incident, path, body)).json()
    ops.room.clock.turn(seconds=5)
    done = (await ops.do(ops.ben, "PUT", incident, f"{path}/done", {"version": 2})).json()
    again = (await ops.do(ops.ben, "PUT", incident, f"{path}/done", {"version": 3})).json()

    assert (changed["title"], changed["assignee_id"], changed["due_at"]) == ("Two alerts", "", 0)
    assert done["done_at"] == again["done_at"] > 0
    assert await listed(ops, incident) == [again]
    opened = (await ops.do(ops.ana, "PUT", incident, f"{path}/open", {"version": 3})).json()
    assert (opened["done_at"], opened["version"]) == (0, 4)
    assert (await ops.do(ops.ana, "DELETE", incident, f"{path}?version=4")).status_code == 204
    assert await listed(ops, incident) == []


async def test_nobody_changes_what_they_have_not_seen(ops: Ops) -> None:
    incident = await ops.incident(ops.ben)
    path = f"/follow_ups/{(await added(ops, incident))['id']}"
    await ops.do(ops.ben, "PUT", incident, path, {"title": "Ben's", "version": 1})

    answers = [
        await ops.do(ops.ana, "PUT", incident, path, {"title": "Ana's", "version": 1}),
        await ops.do(ops.ana, "PUT", incident, f"{path}/done", {"version": 1}),
        await ops.do(ops.ana, "DELETE", incident, path),
    ]

    assert [one.status_code for one in answers] == [409, 409, 409]
    assert [one["title"] for one in await listed(ops, incident)] == ["Ben's"]


async def test_what_is_no_follow_up_is_refused(ops: Ops, room: Room) -> None:
    stranger = await room.person("stranger")
    incident = await ops.incident()
    other = await ops.incident(name="Other")
    one = await added(ops, other)

    async def status(path: str = "", method: str = "POST", **body: Any) -> int:
        return (await ops.do(ops.ana, method, incident, f"/follow_ups{path}", body)).status_code

    assert await status(title=" ") == 400
    assert await status(title="x" * 1025) == 400
    assert await status(title="x", due_at=-1) == 400
    assert await status(title="x", assignee_id=ops.ben.id) == 400
    assert await status() == 400
    assert await status(f"/{one['id']}", "PUT", title="x", version=1) == 404
    assert (await ops.do(stranger, "POST", incident, "/follow_ups", {"title": "x"})).status_code == 403
    assert (await ops.do(ops.ben, "POST", incident, "/follow_ups", {"title": "x"})).status_code == 403
    assert await listed(ops, incident) == []


async def test_what_people_make_of_an_incident_is_in_its_log_and_no_part_of_how_it_went(ops: Ops) -> None:
    incident = await ops.incident(ops.ben)
    await ops.do(ops.ana, "PUT", incident, "/end")
    before = (await ops.do(ops.ana, "GET", incident, "/review")).json()
    ops.room.clock.turn(seconds=86_400)

    one = (await ops.do(ops.ben, "POST", incident, "/follow_ups", {"title": "Mend it"})).json()
    path = f"/follow_ups/{one['id']}"
    await ops.do(ops.ben, "PUT", incident, path, {"title": "Mend the cart", "version": 1})
    for deed, version in (("done", 2), ("done", 3), ("open", 3)):
        await ops.do(ops.ben, "PUT", incident, f"{path}/{deed}", {"version": version})
    await ops.do(ops.ben, "DELETE", incident, f"{path}?version=4")
    await ops.do(ops.ana, "PUT", incident, "/review/document", {"text": "The cart", "version": 0})
    status = {"status": "published", "version": 1}
    await ops.do(ops.ana, "PUT", incident, "/review/document/status", status)

    items = (await ops.ana.v0.get(f"/incidents/{incident['id']}/timeline")).json()["items"]
    logged = [entry for entry in items if entry["kind"].startswith(("review_", "follow_up_"))]
    assert [(entry["kind"], entry["actor_id"]) for entry in logged] == [
        ("follow_up_added", ops.ben.id),
        ("follow_up_changed", ops.ben.id),
        ("follow_up_done", ops.ben.id),
        ("follow_up_reopened", ops.ben.id),
        ("follow_up_removed", ops.ben.id),
        ("review_saved", ops.ana.id),
        ("review_put", ops.ana.id),
    ]
    assert logged[1]["payload"]["title"] == "Mend the cart"
    assert logged[-1]["payload"]["to_status"] == "published"
    assert logged[-1]["payload"]["post_id"] != ""
    assert (await ops.do(ops.ana, "GET", incident, "/review")).json() == before
