"""Tasks over REST v0: ticked, assigned, run, added, edited, moved, deleted."""

import json
from typing import Any

from tests.support.incidents import Ops
from tests.support.listeners import listening
from tests.support.people import Person

ITEM = "/checklists/0/item/0"


async def tasks(ops: Ops, incident: dict[str, Any], stage: int = 0) -> list[dict[str, Any]]:
    return (await ops.seen(incident))["checklists"][stage]["items"]


async def test_ticking_and_unticking(ops: Ops) -> None:
    incident = await ops.incident()
    ops.room.clock.turn(seconds=5)

    for state in ("closed", "closed", "", "in_progress"):
        answer = await ops.do(ops.ana, "PUT", incident, f"{ITEM}/state", {"new_state": state})
        assert (answer.status_code, answer.json()) == (200, {})

    [task, *_] = await tasks(ops, incident)
    assert (task["state"], task["state_modified"]) == ("in_progress", ops.room.clock.now())
    assert (await ops.messages(incident))[1:] == [
        "ana checked off checklist item **Call the on-call**",
        "ana unchecked checklist item **Call the on-call**",
        "ana checked off checklist item **Call the on-call**",
    ]
    post = await ops.ana.get(f"/posts/{task['state_modified_post_id']}")
    assert post.json()["message"] == "ana checked off checklist item **Call the on-call**"


async def test_states_that_are_none(ops: Ops) -> None:
    incident = await ops.incident()

    unknown = await ops.do(ops.ana, "PUT", incident, f"{ITEM}/state", {"new_state": "Closed"})
    number = await ops.do(ops.ana, "PUT", incident, f"{ITEM}/state", {"new_state": 5})
    absent = await ops.do(ops.ana, "PUT", incident, f"{ITEM}/state", {})

    assert (unknown.status_code, unknown.json()) == (400, {"error": "bad parameter new state"})
    assert (number.status_code, number.json()) == (400, {"error": "failed to unmarshal"})
    assert absent.status_code == 200


async def test_positions_that_are_none(ops: Ops) -> None:
    incident = await ops.incident()
    state = {"new_state": "closed"}

    for place, status in {
        "/checklists/9/item/0": 404,
        "/checklists/0/item/9": 404,
        "/checklists/-1/item/0": 404,
        "/checklists/0/item/x": 404,
        "/checklists/٣/item/0": 404,
        "/checklists/99999999999999999999/item/0": 400,
    }.items():
        for method, path, body in (
            ("PUT", "/state", state),
            ("PUT", "/assignee", {"assignee_id": ops.ana.id}),
            ("PUT", "", {"title": "x"}),
            ("DELETE", "", None),
            ("POST", "/run", None),
        ):
            answer = await ops.do(ops.ana, method, incident, place + path, body)
            assert answer.status_code == status, (method, place + path)
    assert (await ops.do(ops.ana, "PUT", incident, "/checklists/9/add", {"title": "x"})).status_code == 404
    assert await ops.seen(incident) == incident


async def test_assigning(ops: Ops, admin: Person) -> None:
    incident = await ops.incident(ops.ben)

    for assignee_id in (ops.ben.id, ops.ben.id, ops.ana.id, "", None):
        answer = await ops.do(ops.ana, "PUT", incident, f"{ITEM}/assignee", {"assignee_id": assignee_id})
        assert (answer.status_code, answer.json()) == (200, {})

    item = "ana changed assignee of checklist item **Call the on-call**"
    assert (await ops.messages(incident))[1:] == [
        f"{item} from **No Assignee** to **@ben**",
        f"{item} from **ben** to **@ana**",
        f"{item} from **ana** to **No Assignee**",
    ]
    for assignee_id in (admin.id, "a" * 26, "nosuch"):
        answer = await ops.do(ops.ana, "PUT", incident, f"{ITEM}/assignee", {"assignee_id": assignee_id})
        assert answer.status_code == 400


async def test_adding_editing_moving_and_deleting(ops: Ops) -> None:
    incident = await ops.incident()
    new = {"title": "  New  ", "description": "d", "command": "/x", "state": "closed", "nonsense": 1}

    added = await ops.do(ops.ana, "PUT", incident, "/checklists/0/add", new)
    edited = await ops.do(ops.ana, "PUT", incident, "/checklists/0/item/3", {"title": "Newer"})
    moved = await ops.do(
        ops.ana, "PUT", incident, "/checklists/0/reorder", {"item_num": 3, "new_location": 0}
    )
    removed = await ops.do(ops.ana, "DELETE", incident, "/checklists/0/item/1")

    assert [(one.status_code, one.content) for one in (added, edited, moved, removed)] == [
        (201, b""),
        (200, b""),
        (200, b""),
        (204, b""),
    ]
    items = await tasks(ops, incident)
    assert [one["title"] for one in items] == ["Newer", "Say hello", "Look around"]
    assert (items[0]["command"], items[0]["state"], items[0]["description"]) == ("", "closed", "d")
    assert await ops.messages(incident) == ["This incident has been started by @ana"]


async def test_what_cannot_be_added_or_moved(ops: Ops) -> None:
    incident = await ops.incident()
    adding = "/checklists/0/add"
    moving = "/checklists/0/reorder"

    for path, body, message in (
        (adding, {"title": "  "}, "bad parameter: checklist item title"),
        (adding, {}, "bad parameter: checklist item title"),
        (adding, {"title": 5}, "failed to decode ChecklistItem"),
        (adding, {"title": "x" * 2000}, ""),
        (adding, {"title": "x", "state": "bogus"}, ""),
        (moving, {"item_num": 0, "new_location": 9}, ""),
        (moving, {"item_num": 9, "new_location": 0}, ""),
        (moving, {"item_num": -1, "new_location": 0}, ""),
        (moving, {"item_num": 0, "new_location": -1}, ""),
        (moving, {"item_num": "x"}, "failed to unmarshal edit params"),
        ("/checklists/0/item/0", {"title": []}, "failed to unmarshal edit params state"),
        ("/checklists/0/item/0/assignee", {"assignee_id": {}}, "failed to unmarshal"),
    ):
        answer = await ops.do(ops.ana, "PUT", incident, path, body)

        assert answer.status_code == 400, (path, body)
        assert message in ("", answer.json()["error"])
    assert await ops.seen(incident) == incident


async def test_running_a_command(ops: Ops) -> None:
    incident = await ops.incident()
    ops.room.clock.turn(seconds=5)

    answer = await ops.do(ops.ana, "POST", incident, "/checklists/0/item/1/run")

    assert (answer.status_code, answer.json()) == (200, {"trigger_id": ""})
    assert (await ops.messages(incident))[-1] == "hello"
    assert (await tasks(ops, incident))[1]["command_last_run"] == ops.room.clock.now()
    receipts = (await ops.do(ops.ana, "GET", incident, "/timeline?kind=task_run")).json()["items"]
    [receipt] = receipts
    assert (receipt["payload"]["command"], receipt["payload"]["outcome"]) == ("/echo hello", "ok")


async def test_a_command_that_fails_is_told_to_the_caller(ops: Ops) -> None:
    incident = await ops.incident()
    await ops.do(ops.ana, "PUT", incident, ITEM, {"title": "Page", "command": "/invalid now"})
    client = listening(ops.room, ops.ana, incident["channel_id"])

    failed = await ops.do(ops.ana, "POST", incident, f"{ITEM}/run")
    blank = await ops.do(ops.ana, "POST", incident, "/checklists/0/item/2/run")

    assert failed.status_code == 400
    [frame] = [one for one in client.read() if one["event"] == "ephemeral_message"]
    post = json.loads(frame["data"]["post"])
    assert post["message"] == "Failed to execute slash command **/invalid now**"
    assert frame["broadcast"]["user_id"] == ops.ana.id
    assert blank.status_code == 409
    assert [one["event"] for one in client.received if one["event"].endswith("incident_updated")]
    assert [one["command_last_run"] for one in await tasks(ops, incident)] == [0, 0, 0]


async def test_everything_works_after_the_end(ops: Ops) -> None:
    incident = await ops.incident(ops.ben)
    await ops.do(ops.ana, "PUT", incident, "/end")

    for method, path, body, status in (
        ("PUT", f"{ITEM}/state", {"new_state": "closed"}, 200),
        ("PUT", f"{ITEM}/assignee", {"assignee_id": ops.ben.id}, 200),
        ("PUT", "/checklists/0/add", {"title": "more"}, 201),
        ("POST", "/checklists/0/item/1/run", None, 200),
        ("PATCH", "", {"active_stage": 2}, 200),
        ("POST", "/commander", {"commander_id": ops.ben.id}, 200),
    ):
        assert (await ops.do(ops.ben, method, incident, path, body)).status_code == status, path


async def test_the_task_that_is_meant_is_found_wherever_others_moved_it(ops: Ops) -> None:
    incident = await ops.incident()
    first, second, third = incident["checklists"][0]["items"]
    await ops.do(ops.ben, "PUT", incident, "/checklists/0/reorder", {"item_num": 0, "new_location": 2})
    meant = f"item_id={first['id']}"

    ticked = await ops.do(ops.ana, "PUT", incident, f"{ITEM}/state?{meant}", {"new_state": "closed"})
    given = await ops.do(ops.ana, "PUT", incident, f"{ITEM}/assignee?{meant}", {"assignee_id": ops.ana.id})
    edited = await ops.do(ops.ana, "PUT", incident, f"{ITEM}?{meant}", {"title": "x", "command": "/echo x"})
    ran = await ops.do(ops.ana, "POST", incident, f"{ITEM}/run?{meant}")
    moved = await ops.do(
        ops.ana, "PUT", incident, f"/checklists/0/reorder?{meant}", {"item_num": 0, "new_location": 1}
    )

    assert {one.status_code for one in (ticked, given, edited, ran, moved)} == {200}
    now = await tasks(ops, incident)
    assert [one["id"] for one in now] == [second["id"], first["id"], third["id"]]
    assert [one["state"] for one in now] == ["", "closed", ""]
    assert [one["assignee_id"] for one in now] == ["", ops.ana.id, ""]
    assert [one["title"] for one in now] == [second["title"], "x", third["title"]]
    assert [one["command_last_run"] > 0 for one in now] == [False, True, False]


async def test_nothing_is_done_to_the_neighbour_of_a_task_that_is_gone(ops: Ops) -> None:
    incident = await ops.incident()
    meant = f"item_id={incident['checklists'][0]['items'][0]['id']}"
    gone = await ops.do(ops.ana, "DELETE", incident, f"/checklists/0/item/2?{meant}")
    before = await ops.seen(incident)

    refused = [
        await ops.do(ops.ana, "PUT", incident, f"{ITEM}/state?{meant}", {"new_state": "closed"}),
        await ops.do(ops.ana, "PUT", incident, f"{ITEM}/assignee?{meant}", {"assignee_id": ops.ana.id}),
        await ops.do(ops.ana, "PUT", incident, f"{ITEM}?{meant}", {"title": "x"}),
        await ops.do(ops.ana, "POST", incident, f"{ITEM}/run?{meant}"),
        await ops.do(ops.ana, "DELETE", incident, f"{ITEM}?{meant}"),
        await ops.do(ops.ana, "PUT", incident, f"/checklists/0/reorder?{meant}", {"new_location": 1}),
    ]

    assert gone.status_code == 204
    assert [one.status_code for one in refused] == [409] * 6
    assert refused[0].json()["error"].startswith("Somebody deleted this task")
    assert await ops.seen(incident) == before
