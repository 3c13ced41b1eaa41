"""Buttons and menus under posts over REST v4."""

import json
from typing import Any

import httpx

from commandpost.kernel.ids import is_id
from tests.support.incidents import Ops
from tests.support.listeners import listening
from tests.support.people import Person

V0 = "/plugins/com.mattermost.plugin-incident-management/api/v0"


def attachments(*urls: str, **more: Any) -> dict[str, Any]:
    actions = [
        {"id": f"press{at}", "type": "button", "name": "Press", "integration": {"url": url}, **more}
        for at, url in enumerate(urls)
    ]
    return {"attachments": [{"text": "Do it?", "actions": actions}]}


async def posted(who: Person, channel_id: str, props: dict[str, Any]) -> dict[str, Any]:
    answer = await who.post("/posts", {"channel_id": channel_id, "message": "a question", "props": props})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def press(who: Person, post: dict[str, Any], action_id: str, body: Any = None) -> httpx.Response:
    return await who.post(f"/posts/{post['id']}/actions/{action_id}", body if body is not None else {})


async def test_a_press_reaches_the_product_as_the_caller(ops: Ops) -> None:
    incident = await ops.incident()
    url = f"{V0}/incidents/{incident['id']}/reminder/button-update"
    post = await posted(ops.ana, incident["channel_id"], attachments(url))
    client = listening(ops.room, ops.ana)

    answer = await press(ops.ana, post, "press0")

    assert answer.status_code == 200
    assert answer.json() == {"status": "OK", "trigger_id": answer.json()["trigger_id"]}
    [frame] = [one for one in client.read() if one["event"] == "open_dialog"]
    dialog = json.loads(frame["data"]["dialog"])
    assert dialog["trigger_id"] == answer.json()["trigger_id"]
    assert is_id(dialog["trigger_id"])
    assert dialog["dialog"]["title"] == "Update Incident Status"


async def test_what_a_button_calls_is_not_shown(ops: Ops) -> None:
    incident = await ops.incident()

    post = await posted(ops.ana, incident["channel_id"], attachments(f"{V0}/x"))

    assert "integration" not in post["props"]["attachments"][0]["actions"][0]


async def test_an_unknown_button_is_not_found(ops: Ops) -> None:
    incident = await ops.incident()
    post = await posted(ops.ana, incident["channel_id"], attachments(f"{V0}/x"))
    plain = await posted(ops.ana, incident["channel_id"], {})

    answers = [
        await press(ops.ana, post, "nosuch"),
        await press(ops.ana, plain, "press0"),
        await press(ops.ana, {"id": "a" * 26}, "press0"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert (await press(ops.ana, {"id": "short"}, "press0")).status_code == 400


async def test_only_who_reads_the_channel_presses(ops: Ops) -> None:
    incident = await ops.incident()
    post = await posted(ops.ana, incident["channel_id"], attachments(f"{V0}/x"))

    assert (await press(ops.ben, post, "press0")).status_code == 403
    assert (await press(ops.room.stranger(), post, "press0")).status_code == 401


async def test_an_integration_that_fails_says_so(ops: Ops) -> None:
    incident = await ops.incident()
    not_json = "The integration's answer to the action cannot be understood."
    calls = {
        "/api/v4/users/me": "The integration's address cannot be called from here.",
        f"{V0}/nothing": "Sorry, we could not find the page.",
        f"{V0}/incidents/{'a' * 26}/reminder/button-dismiss": "Not authorized",
        f"{V0}/incidents/{incident['id']}/end": not_json,
    }
    post = await posted(ops.ana, incident["channel_id"], attachments(*calls))

    for at, message in enumerate(calls.values()):
        answer = await press(ops.ana, post, f"press{at}")

        assert answer.status_code == 400
        assert answer.json()["id"] == "api.post.do_action.action_integration.app_error"
        assert answer.json()["message"] == message


async def test_malformed_attachments_have_no_buttons(ops: Ops) -> None:
    incident = await ops.incident()
    for props in (
        {"attachments": "x"},
        {"attachments": [5, {"actions": 5}, {"actions": [5, {"id": "press0"}]}]},
        {"attachments": [{"actions": [{"id": "press0", "integration": "x"}]}]},
    ):
        post = await posted(ops.ana, incident["channel_id"], props)

        assert (await press(ops.ana, post, "press0")).status_code == 404
