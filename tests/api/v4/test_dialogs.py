"""Interactive dialogs over REST v4: opened for a trigger, sent in to the product as the caller."""

import json
from typing import Any

from commandpost.workspace.triggers import VALID_FOR_MS
from tests.support.incidents import Ops
from tests.support.listeners import listening
from tests.support.people import Person, Room

DIALOG = {
    "callback_id": "cb",
    "title": "Order",
    "elements": [{"display_name": "What", "name": "what", "type": "select"}],
    "submit_label": "Go",
}


def proof(room: Room, person: Person) -> str:
    """What an integration holds of something this person just did."""
    return room.desks.triggers.issue(person.id, now=room.clock.now()).proof


async def test_a_dialog_opens_for_the_one_whose_deed_asked_for_it(
    room: Room, ana: Person, ben: Person
) -> None:
    trigger = room.desks.triggers.issue(ana.id, now=room.clock.now())
    hers, his = listening(room, ana), listening(room, ben)
    wanted = {"trigger_id": trigger.proof, "url": "http://order.example/submit", "dialog": DIALOG}

    answer = await room.stranger().post("/actions/dialogs/open", wanted)

    assert (answer.status_code, answer.json()) == (200, {"status": "OK"})
    [frame] = hers.read()
    assert frame["event"] == "open_dialog"
    assert frame["broadcast"]["user_id"] == ana.id
    assert json.loads(frame["data"]["dialog"]) == {
        "trigger_id": trigger.id,
        "url": "http://order.example/submit",
        "dialog": {
            "callback_id": "cb",
            "title": "Order",
            "introduction_text": "",
            "icon_url": "",
            "elements": [
                {
                    "display_name": "What",
                    "name": "what",
                    "type": "select",
                    "subtype": "",
                    "default": "",
                    "placeholder": "",
                    "help_text": "",
                    "optional": False,
                    "min_length": 0,
                    "max_length": 0,
                    "data_source": "",
                    "options": [],
                }
            ],
            "submit_label": "Go",
            "notify_on_cancel": False,
            "state": "",
        },
    }
    assert his.read() == []


async def test_a_dead_trigger_opens_nothing(room: Room, ana: Person) -> None:
    old = proof(room, ana)
    room.clock.turn(millis=VALID_FOR_MS + 1)
    short = room.desks.triggers.issue(ana.id, now=room.clock.now()).id
    client = listening(room, ana)

    for trigger_id in (old, short, "", "nonsense", "ü"):
        wanted = {"trigger_id": trigger_id, "url": "http://x.example/", "dialog": DIALOG}
        answer = await room.stranger().post("/actions/dialogs/open", wanted)

        assert answer.status_code == 400
        assert answer.json()["id"] == "interactive_message.decode_trigger_id.expired"
    assert client.read() == []


async def test_a_dialog_needs_an_address_and_a_shape(room: Room, ana: Person) -> None:
    for more in ({"url": ""}, {"dialog": None}, {"dialog": {"elements": [5]}}, {"dialog": {"title": 5}}):
        wanted: dict[str, Any] = {
            "trigger_id": proof(room, ana),
            "url": "http://x.example/",
            "dialog": DIALOG,
        }
        answer = await room.stranger().post("/actions/dialogs/open", {**wanted, **more})

        assert answer.status_code == 400, more


def submission(ops: Ops, channel_id: str, url: str, **more: Any) -> dict[str, Any]:
    return {
        "url": f"/plugins/com.mattermost.plugin-incident-management/api/v0{url}",
        "channel_id": channel_id,
        "team_id": ops.team.id,
        "user_id": "whoever",
        "submission": {},
        "cancelled": False,
        **more,
    }


async def test_a_submission_reaches_the_product_as_the_caller(ops: Ops) -> None:
    incident = await ops.incident()
    wanted = submission(ops, incident["channel_id"], f"/incidents/{incident['id']}/end")

    answer = await ops.ana.post("/actions/dialogs/submit", wanted)

    assert (answer.status_code, answer.json()) == (200, {})
    assert (await ops.seen(incident))["is_active"] is False
    assert "This incident has been closed by @ana" in await ops.messages(incident)


async def test_a_cancelled_dialog_of_the_product_does_nothing(ops: Ops) -> None:
    incident = await ops.incident()
    wanted = submission(ops, incident["channel_id"], f"/incidents/{incident['id']}/end", cancelled=True)

    answer = await ops.ana.post("/actions/dialogs/submit", wanted)

    assert (answer.status_code, answer.json()) == (200, {})
    assert (await ops.seen(incident))["is_active"] is True


async def test_what_the_product_finds_wrong_is_shown_in_the_dialog(ops: Ops) -> None:
    incident = await ops.incident()
    state = json.dumps({"post_id": "", "client_id": "tab"})
    fields = {"playbookID": incident["playbook_id"], "incidentName": "###"}
    start = submission(ops, incident["channel_id"], "/incidents/dialog", state=state, submission=fields)
    end = submission(ops, incident["channel_id"], f"/incidents/{incident['id']}/end")

    wrong_name = await ops.ana.post("/actions/dialogs/submit", start)
    await ops.ana.post("/actions/dialogs/submit", end)
    ended_twice = await ops.ana.post("/actions/dialogs/submit", end)

    too_long = (
        "The incident name is invalid or too long. Please use a valid name with fewer than 64 characters."
    )
    assert (wrong_name.status_code, wrong_name.json()) == (200, {"errors": {"incidentName": too_long}})
    assert ended_twice.status_code == 200
    assert ended_twice.json() == {"error": "This incident has already been closed."}


async def test_only_who_reads_the_channel_and_is_in_the_team_submits(ops: Ops) -> None:
    incident = await ops.incident()
    wanted = submission(ops, incident["channel_id"], f"/incidents/{incident['id']}/end")
    other_team = await ops.room.team("other", await ops.room.person("cleo"))

    outsider = await ops.ben.post("/actions/dialogs/submit", wanted)
    elsewhere = await ops.ana.post("/actions/dialogs/submit", {**wanted, "team_id": other_team.id})
    nowhere = await ops.ana.post("/actions/dialogs/submit", {**wanted, "channel_id": "a" * 26})
    stranger = await ops.room.stranger().post("/actions/dialogs/submit", wanted)

    assert [one.status_code for one in (outsider, elsewhere, nowhere, stranger)] == [403, 403, 403, 401]
    assert (await ops.seen(incident))["is_active"] is True


async def test_an_address_that_is_not_called_is_an_error_of_the_integration(ops: Ops) -> None:
    incident = await ops.incident()

    for url in (
        "/api/v4/users/me",
        "/plugins/../api/v4/users/me",
        "/plugins/com.example.none/x",
        "http://[",
        "ftp://files.example/x",
    ):
        wanted = {**submission(ops, incident["channel_id"], ""), "url": url}
        answer = await ops.ana.post("/actions/dialogs/submit", wanted)

        assert answer.status_code == 400, url
        assert answer.json()["id"] == "api.post.do_action.action_integration.app_error"

    assert (await ops.ana.post("/actions/dialogs/submit", {"channel_id": "x"})).status_code == 400
