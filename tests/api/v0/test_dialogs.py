"""The product's dialogs and buttons over REST v0: what is submitted, what is wrong, what is told."""

import json
from typing import Any

import httpx

from tests.support.incidents import Ops
from tests.support.listeners import listening
from tests.support.people import Person


def start_body(ops: Ops, incident: dict[str, Any], who: Person, **fields: Any) -> dict[str, Any]:
    state = fields.pop("state", json.dumps({"post_id": "", "client_id": "tab 1"}))
    return {
        "callback_id": "",
        "state": state,
        "user_id": fields.pop("user_id", who.id),
        "channel_id": incident["channel_id"],
        "team_id": fields.pop("team_id", ops.team.id),
        "submission": {"playbookID": incident["playbook_id"], "incidentName": "Dialog", **fields},
        "cancelled": False,
    }


async def submitted(who: Person, body: Any) -> httpx.Response:
    return await who.v0.post("/incidents/dialog", json=body)


async def test_an_incident_starts_from_its_dialog(ops: Ops) -> None:
    talk = await ops.incident(name="Talk")
    client = listening(ops.room, ops.ben)

    answer = await submitted(ops.ben, start_body(ops, talk, ops.ben, incidentDescription="desc"))

    assert (answer.status_code, answer.content) == (201, b"")
    incident_id = answer.headers["Location"].removeprefix("/api/v0/incidents/")
    incident = (await ops.ben.v0.get(f"/incidents/{incident_id}")).json()
    assert (incident["name"], incident["description"]) == ("Dialog", "desc")
    assert incident["commander_user_id"] == ops.ben.id
    frames = {frame["event"]: frame for frame in client.read()}
    prefix = "custom_com.mattermost.plugin-incident-management_"
    created = json.loads(frames[f"{prefix}incident_created"]["data"]["payload"])
    assert created == {"client_id": "tab 1", "incident": incident}
    told = frames["ephemeral_message"]
    post = json.loads(told["data"]["post"])
    assert post["message"] == "Incident Dialog started in ~dialog"
    assert (post["channel_id"], told["broadcast"]["user_id"]) == (talk["channel_id"], ops.ben.id)


async def test_what_is_wrong_with_the_name_is_said_at_its_field(ops: Ops) -> None:
    talk = await ops.incident(name="Talk")
    invalid = (
        "The incident name is invalid or too long. Please use a valid name with fewer than 64 characters."
    )

    for name in ("n" * 65, "x", "", None, "###"):
        answer = await submitted(ops.ana, start_body(ops, talk, ops.ana, incidentName=name))
        assert (answer.status_code, answer.json()) == (200, {"errors": {"incidentName": invalid}})


async def test_missing_permissions_are_said_at_the_name(ops: Ops) -> None:
    talk = await ops.incident(name="Talk")

    answer = await submitted(ops.ana, start_body(ops, talk, ops.ana, team_id="nosuch"))

    message = "commander user does not have permissions for the team: permissions error"
    assert (answer.status_code, answer.json()) == (200, {"errors": {"incidentName": message}})


async def test_submissions_that_start_nothing(ops: Ops) -> None:
    talk = await ops.incident(name="Talk")
    other_user = "interactive dialog's userID must be the same as the requester's userID"
    undecodable = "failed to decode SubmitDialogRequest"

    for fields, status, message in (
        ({"user_id": ops.ben.id}, 400, other_user),
        ({"user_id": None}, 400, other_user),
        ({"state": "{"}, 400, "failed to unmarshal dialog state"),
        ({"state": ""}, 400, "failed to unmarshal dialog state"),
        ({"state": "[]"}, 400, "failed to unmarshal dialog state"),
        ({"team_id": ""}, 400, "unable to create incident"),
        ({"incidentName": 5}, 400, undecodable),
        ({"playbookID": "a" * 26}, 403, ""),
        ({"state": json.dumps({"post_id": "a" * 26})}, 403, ""),
    ):
        answer = await submitted(ops.ana, start_body(ops, talk, ops.ana, **fields))
        assert answer.status_code == status, (fields, answer.text)
        assert message in ("", answer.json()["error"])
    for body in (b"{", b"[]", b'{"submission":5}', b'{"state":5}'):
        answer = await ops.ana.v0.post("/incidents/dialog", content=body)
        assert (answer.status_code, answer.json()) == (400, {"error": undecodable})


async def test_the_next_stage_is_the_one_the_dialog_was_about(ops: Ops) -> None:
    incident = await ops.incident()
    await ops.do(ops.ana, "PATCH", incident, "", {"active_stage": 2})

    answer = await ops.do(ops.ana, "POST", incident, "/next-stage-dialog", {"state": "1"})

    assert (answer.status_code, answer.content) == (200, b"")
    assert (await ops.seen(incident))["active_stage"] == 1
    for state in ("x", "", "-1", "1.0", " 1", None):
        wrong = await ops.do(ops.ana, "POST", incident, "/next-stage-dialog", {"state": state})
        assert (wrong.status_code, wrong.json()) == (400, {"error": "failed to parse stage index"})
    assert (await ops.do(ops.ana, "POST", incident, "/next-stage-dialog", {"state": "7"})).status_code == 400


async def update(
    ops: Ops, who: Person, incident: dict[str, Any], message: Any, reminder: Any
) -> httpx.Response:
    body = {"submission": {"message": message, "reminder": reminder}}
    return await ops.do(who, "POST", incident, "/update-status-dialog", body)


async def test_a_status_update_is_posted_and_broadcast(ops: Ops) -> None:
    news = await ops.incident(name="News")
    playbook_id = await ops.playbook(broadcast_channel_id=news["channel_id"])
    incident = await ops.incident(ops.ben, name="Bcast", playbook_id=playbook_id)

    answer = await update(ops, ops.ben, incident, "We are **looking**", "900")

    assert (answer.status_code, answer.content) == (200, b"")
    seen = await ops.seen(incident)
    [status_post] = seen["status_posts"]
    assert seen["status_post_ids"] == [status_post["id"]]
    assert status_post == {"id": status_post["id"], "create_at": status_post["create_at"], "delete_at": 0}
    assert seen["previous_reminder"] == 900_000_000_000
    post = (await ops.ana.get(f"/posts/{status_post['id']}")).json()
    assert (post["user_id"], post["message"]) == (ops.ben.id, "We are **looking**")
    copy = (await ops.messages(news))[-1]
    assert copy == (
        f"# Incident Update: [Bcast](/acme/pl/{status_post['id']})\n"
        "By @ben | Duration: < 1m | Status: Ongoing\n***\nWe are **looking**"
    )


async def test_editing_and_deleting_a_status_update(ops: Ops) -> None:
    incident = await ops.incident()
    await update(ops, ops.ana, incident, "first", "0")
    [post_id] = (await ops.seen(incident))["status_post_ids"]

    await ops.ana.put(f"/posts/{post_id}/patch", {"message": "first, edited"})
    ops.room.clock.turn(seconds=5)
    await ops.ana.delete(f"/posts/{post_id}")

    [status_post] = (await ops.seen(incident))["status_posts"]
    assert status_post["delete_at"] == ops.room.clock.now()
    log = await ops.do(ops.ana, "GET", incident, "/timeline?kind=status_edited&kind=status_deleted")
    assert [entry["kind"] for entry in log.json()["items"]] == ["status_edited", "status_deleted"]


async def test_status_updates_that_are_refused(ops: Ops) -> None:
    incident = await ops.incident()
    undecodable = {"error": "failed to decode SubmitDialogRequest"}

    assert (await update(ops, ops.ben, incident, "x", "0")).json() == {"error": "Not authorized"}
    for message, reminder in (("z" * 20000, "0"), ("m", "9" * 8)):
        assert (await update(ops, ops.ana, incident, message, reminder)).status_code == 400
    for submission in ({}, None, {"message": "m"}, {"reminder": "0"}):
        body = {"submission": submission}
        missing = await ops.do(ops.ana, "POST", incident, "/update-status-dialog", body)
        assert (missing.status_code, missing.json()) == (400, undecodable)
    for message, reminder in ((5, "0"), ("m", 5)):
        wrong = await update(ops, ops.ana, incident, message, reminder)
        assert (wrong.status_code, wrong.json()) == (400, undecodable)
    no_number = await update(ops, ops.ana, incident, "m", "abc")
    assert no_number.status_code == 200
    assert (await ops.seen(incident))["previous_reminder"] == 0
    blank = await update(ops, ops.ana, incident, "", "0")
    assert (blank.status_code, (await ops.messages(incident))[-1]) == (200, "")
    await ops.do(ops.ana, "PUT", incident, "/end")
    ended = await update(ops, ops.ana, incident, "m", "0")
    assert (ended.status_code, ended.json()) == (409, {"error": "This incident has already been closed."})


async def reminded(ops: Ops, incident: dict[str, Any]) -> dict[str, Any]:
    """The incident's reminder post, shown because its time has come."""
    await update(ops, ops.ana, incident, "looking", "900")
    ops.room.clock.turn(seconds=900)
    await ops.room.app.state.reminders.fire_due()
    post_id = (await ops.seen(incident))["reminder_post_id"]
    assert post_id
    return (await ops.ana.get(f"/posts/{post_id}")).json()


async def press(ops: Ops, who: Person, post: dict[str, Any], name: str) -> httpx.Response:
    actions = post["props"]["attachments"][0]["actions"]
    action_id = next(one["id"] for one in actions if one["name"] == name)
    return await who.post(f"/posts/{post['id']}/actions/{action_id}", {})


async def test_the_reminder_has_working_buttons(ops: Ops) -> None:
    incident = await ops.incident()
    post = await reminded(ops, incident)
    client = listening(ops.room, ops.ana)

    pressed = await press(ops, ops.ana, post, "Update Status")
    outsider = await press(ops, ops.ben, post, "Dismiss")
    dismissed = await press(ops, ops.ana, post, "Dismiss")

    assert post["message"] == "@ana, please provide an update on this incident's progress."
    assert (post["type"], post["props"]["from_bot"]) == ("slack_attachment", "true")
    assert [one.status_code for one in (pressed, outsider, dismissed)] == [200, 403, 200]
    [frame] = [one for one in client.read() if one["event"] == "open_dialog"]
    shown = json.loads(frame["data"]["dialog"])
    assert shown["trigger_id"] == pressed.json()["trigger_id"]
    assert shown["url"].endswith(f"/api/v0/incidents/{incident['id']}/update-status-dialog")
    message, reminder = shown["dialog"]["elements"]
    assert (message["name"], message["default"]) == ("message", "looking")
    assert (reminder["name"], reminder["default"]) == ("reminder", "900")
    assert [one["text"] for one in reminder["options"]] == ["None", "15min", "30min", "60min", "4hr", "24hr"]
    assert (await ops.ana.get(f"/posts/{post['id']}")).status_code == 404
    assert (await ops.seen(incident))["reminder_post_id"] == ""


async def test_a_new_status_update_removes_the_reminder(ops: Ops) -> None:
    incident = await ops.incident()
    post = await reminded(ops, incident)

    await update(ops, ops.ana, incident, "better", "0")

    assert (await ops.ana.get(f"/posts/{post['id']}")).status_code == 404
    assert (await ops.seen(incident))["reminder_post_id"] == ""


async def test_buttons_pressed_directly(ops: Ops) -> None:
    incident = await ops.incident()
    other = await ops.incident(name="Other", by=ops.ben, is_private=True)
    dismiss = f"/incidents/{incident['id']}/reminder/button-dismiss"
    open_dialog = f"/incidents/{incident['id']}/reminder/button-update"
    mine = {"channel_id": incident["channel_id"], "user_id": ops.ana.id}

    for path in (dismiss, open_dialog):
        broken = await ops.ana.v0.post(path, content=b"{")
        assert (broken.status_code, broken.json()) == (400, {"error": "missing request data"})
        for user_id in (ops.ben.id, None):
            another = await ops.ana.v0.post(path, json={**mine, "user_id": user_id})
            assert (another.status_code, another.json()) == (403, None)
        outsider = await ops.ben.v0.post(path, json={**mine, "user_id": ops.ben.id})
        assert (outsider.status_code, outsider.json()) == (403, {"error": "Not authorized"})
    for path, message in (
        (dismiss, "no incident for requestData's channelID"),
        (open_dialog, "error getting incident"),
    ):
        for channel_id in (other["channel_id"], "a" * 26, None):
            unknown = await ops.ana.v0.post(path, json={**mine, "channel_id": channel_id})
            assert (unknown.status_code, unknown.json()) == (400, {"error": message})
    nothing = await ops.ana.v0.post(dismiss, json=mine)
    assert (nothing.status_code, nothing.json()) == (200, None)
    dead = await ops.ana.v0.post(open_dialog, json={**mine, "trigger_id": "x"})
    assert dead.status_code == 400
