"""Buttons, menus and dialogs of a real server outside."""

import json
from typing import Any

import httpx

from tests.live.listening import Client
from tests.support.listeners import listening
from tests.support.outside import Outside, hang, http
from tests.support.people import Person
from tests.support.talk import Talk
from tests.support.wire import error_of

FAILED = (400, "api.post.do_action.action_integration.app_error")


def props(outside: Outside, **more: Any) -> dict[str, Any]:
    integration = {"url": f"{outside.url}/press", "context": {"build": 7}}
    action = {"id": "go", "name": "Go", "type": "button", "integration": integration, **more}
    return {"attachments": [{"text": "Ship it?", "actions": [action]}]}


async def press(who: Person, post_id: str, **body: Any) -> httpx.Response:
    return await who.post(f"/posts/{post_id}/actions/go", body)


def shown(client: Client, event: str) -> dict[str, Any]:
    """The post of the only event of that name."""
    [frame] = [one for one in client.read() if one["event"] == event]
    return json.loads(frame["data"]["post"])


async def test_a_press_reaches_the_server_and_its_answer_changes_the_post(
    talk: Talk, outside: Outside, ana: Person, ben: Person
) -> None:
    post = await talk.say(ana, "A question", props=props(outside, type="select", data_source="channels"))
    outside.says({"update": {"message": "Shipped", "props": {}}, "ephemeral_text": "By <http://x|you>."})
    client = listening(talk.room, ben, talk.channel_id)

    answer = await press(ben, post["id"], selected_option=talk.channel_id)

    assert answer.status_code == 200
    [asked] = outside.asked
    assert (asked.method, asked.path, asked.headers["content-type"]) == ("POST", "/press", "application/json")
    assert asked.json["context"] == {"build": 7, "selected_option": talk.channel_id}
    assert (asked.json["user_id"], asked.json["type"]) == (ben.id, "select")
    assert (asked.json["post_id"], asked.json["data_source"]) == (post["id"], "channels")
    assert (await talk.read(ana, post["id"]))["message"] == "Shipped"
    assert shown(client, "ephemeral_message")["message"] == "By [you](http://x)."


async def test_a_dialog_is_opened_by_the_server_that_was_pressed(
    talk: Talk, outside: Outside, ana: Person
) -> None:
    post = await talk.say(ana, "A question", props=props(outside))
    outside.says({})
    pressed = await press(ana, post["id"])
    client = listening(talk.room, ana)
    dialog = {"callback_id": "cb", "title": "Order", "elements": None, "notify_on_cancel": True}
    wanted = {"trigger_id": outside.asked[0].json["trigger_id"], "url": f"{outside.url}/d", "dialog": dialog}

    opened = await talk.room.stranger().post("/actions/dialogs/open", wanted)

    assert opened.json() == {"status": "OK"}
    [frame] = client.read()
    seen = json.loads(frame["data"]["dialog"])
    assert (seen["trigger_id"], seen["url"]) == (pressed.json()["trigger_id"], f"{outside.url}/d")


async def test_a_server_that_fails_is_told_to_who_pressed_and_changes_nothing(
    talk: Talk, outside: Outside, ana: Person
) -> None:
    post = await talk.say(ana, "A question", props=props(outside))
    too_long = json.dumps({"update": {"message": "x" * 20_000}}).encode()
    wrong = {
        "status 201": http(201, b"{}"),
        "status 500": http(500),
        "private network": http(307, b"", "Location: http://127.0.0.2/"),
        "cannot be understood": http(200, b""),
        "cannot be used": http(200, too_long),
        "too long to answer": hang,
    }

    for words, raw in wrong.items():
        outside.sends(raw)
        talk.room.configure(outgoing_integration_requests_timeout=1 if raw is hang else 30)
        answer = await press(ana, post["id"])

        assert error_of(answer) == FAILED
        assert words in answer.json()["message"]
    assert (await talk.read(ana, post["id"]))["message"] == "A question"


async def test_a_button_that_only_one_user_was_shown_works_for_that_user_alone(
    talk: Talk, outside: Outside, admin: Person, ana: Person, ben: Person
) -> None:
    hers = listening(talk.room, ana, talk.channel_id)
    given = {"channel_id": talk.channel_id, "message": "?", "props": props(outside)}
    await admin.post("/posts/ephemeral", {"user_id": ana.id, "post": given})
    post = shown(hers, "ephemeral_message")
    action = post["props"]["attachments"][0]["actions"][0]
    update = {"message": "Shipped", "props": props(outside)}
    outside.says({"update": update})

    assert "integration" not in action and outside.url not in action["cookie"]
    without = await press(ana, post["id"])
    by_other = await press(ben, post["id"], cookie=action["cookie"])
    forged = await press(ana, post["id"], cookie=action["cookie"][::-1])
    of_another = await press(ana, "a" * 26, cookie=action["cookie"])
    assert [without.status_code, by_other.status_code, forged.status_code, of_another.status_code] == [
        *(404, 400, 400, 400)
    ]
    assert outside.asked == []

    pressed = await press(ana, post["id"], cookie=action["cookie"])

    assert pressed.status_code == 200
    assert outside.asked[0].json["context"] == {"build": 7}
    changed = shown(hers, "post_edited")
    assert (changed["id"], changed["message"]) == (post["id"], "Shipped")
    again = changed["props"]["attachments"][0]["actions"][0]["cookie"]
    assert (await press(ana, post["id"], cookie=again)).status_code == 200


def submission(talk: Talk, outside: Outside, **more: Any) -> dict[str, Any]:
    return {
        "url": f"{outside.url}/dialog",
        "callback_id": "cb",
        "state": "s",
        "channel_id": talk.channel_id,
        "team_id": talk.team.id,
        "submission": {"what": "a dozen", "count": 12},
        **more,
    }


async def test_a_submission_reaches_the_server(talk: Talk, outside: Outside, ana: Person) -> None:
    answer = await ana.post("/actions/dialogs/submit", submission(talk, outside, user_id="whoever"))
    cancelled = await ana.post("/actions/dialogs/submit", submission(talk, outside, cancelled=True))

    assert (answer.status_code, answer.json()) == (200, {})
    assert (cancelled.status_code, cancelled.json()) == (200, {})
    assert outside.asked[0].json == {
        "type": "dialog_submission",
        "callback_id": "cb",
        "state": "s",
        "user_id": ana.id,
        "channel_id": talk.channel_id,
        "team_id": talk.team.id,
        "submission": {"what": "a dozen", "count": 12},
        "cancelled": False,
    }
    assert outside.asked[1].json["cancelled"] is True


async def test_what_the_server_finds_wrong_is_relayed(talk: Talk, outside: Outside, ana: Person) -> None:
    for said in (
        {"errors": {"what": "Sold out."}},
        {"error": "We are closed."},
        {"type": "form", "form": {"title": "Next"}},
    ):
        outside.says(said)
        answer = await ana.post("/actions/dialogs/submit", submission(talk, outside))

        assert (answer.status_code, answer.json()) == (200, said)
    for raw in (http(500), http(204), http(200, b"<html>"), http(302, b"", "Location: http://127.0.0.2/")):
        outside.sends(raw)
        assert error_of(await ana.post("/actions/dialogs/submit", submission(talk, outside))) == FAILED


async def test_choices_are_looked_up(talk: Talk, outside: Outside, ana: Person, ben: Person) -> None:
    items = [{"text": "Blue", "value": "b"}]
    outside.says({"items": items})
    wanted = submission(talk, outside, submission={"query": "bl", "selected_field": "colour"})

    answer = await ana.post("/actions/dialogs/lookup", wanted)

    assert (answer.status_code, answer.json()) == (200, {"items": items})
    assert outside.asked[0].json["type"] == "dialog_lookup"
    outsider = await talk.room.person("cleo")
    assert (await outsider.post("/actions/dialogs/lookup", wanted)).status_code == 403
    assert (await ana.post("/actions/dialogs/lookup", {**wanted, "url": ""})).status_code == 400
    outside.says({"items": [5]})
    assert error_of(await ana.post("/actions/dialogs/lookup", wanted)) == FAILED


async def test_a_dialog_that_no_client_can_show_is_refused(talk: Talk, ana: Person) -> None:
    client = listening(talk.room, ana)
    named = {"name": "a", "display_name": "A", "type": "text"}

    for dialog in (
        {"title": " "},
        {"title": "T", "elements": [{**named, "name": ""}]},
        {"title": "T", "elements": [named, named]},
        {"title": "T", "elements": [{**named, "type": "hologram"}]},
        {"title": "T", "elements": [{**named, "min_length": 5, "max_length": 2}]},
        {"title": "T", "elements": [{**named, "name": str(at)} for at in range(101)]},
    ):
        proof = talk.room.desks.triggers.issue(ana.id, now=talk.room.clock.now()).proof
        wanted = {"trigger_id": proof, "url": "http://x.example/", "dialog": dialog}

        assert (await talk.room.stranger().post("/actions/dialogs/open", wanted)).status_code == 400, dialog
    assert client.read() == []
