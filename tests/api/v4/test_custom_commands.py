"""The slash commands that teams make for themselves: kept over REST v4, and run by a real server outside."""

import json
from typing import Any

import httpx

from commandpost.db import Sql
from commandpost.kernel.ids import is_id
from commandpost.workspace.model.team import Team
from tests.support.listeners import listening
from tests.support.outside import Outside, drip, hang, http
from tests.support.people import SITE, Person
from tests.support.talk import Talk
from tests.support.wire import FORBIDDEN, error_of

DUPLICATE = (400, "api.command.duplicate_trigger.app_error")
UNKNOWN = (404, "store.sql_command.get.missing.app_error")
FAILED = (500, "api.command.execute_command.failed.app_error")


def form(team: Team, outside: Outside | None = None, **more: Any) -> dict[str, Any]:
    url = f"{outside.url}/deploy" if outside else "http://deploy.example/"
    return {"team_id": team.id, "trigger": "Deploy", "url": url, "method": "P", **more}


async def made(admin: Person, wanted: dict[str, Any]) -> dict[str, Any]:
    answer = await admin.post("/commands", wanted)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def run(who: Person, talk: Talk, command: str, **more: Any) -> httpx.Response:
    wanted = {"command": command, "channel_id": talk.channel_id, "team_id": talk.team.id, **more}
    return await who.post("/commands/execute", wanted)


async def test_a_command_is_made_seen_changed_and_deleted(admin: Person, team: Team) -> None:
    command = await made(admin, form(team, description="Ships it.", auto_complete=True))

    assert command["trigger"] == "deploy"
    assert is_id(command["token"]) and is_id(command["id"])
    assert (command["creator_id"], command["delete_at"], command["plugin_id"]) == (admin.id, 0, "")
    assert (await admin.get(f"/commands/{command['id']}")).json() == command
    listed = await admin.get(f"/commands?team_id={team.id}&custom_only=true")
    assert listed.json() == [command]

    changed = await admin.put(f"/commands/{command['id']}", {**command, "trigger": "ship", "method": "G"})
    assert changed.status_code == 200
    assert (changed.json()["trigger"], changed.json()["method"]) == ("ship", "G")
    assert changed.json()["token"] == command["token"]

    token = (await admin.put(f"/commands/{command['id']}/regen_token")).json()["token"]
    assert token != command["token"]
    assert (await admin.get(f"/commands/{command['id']}")).json()["token"] == token

    assert (await admin.delete(f"/commands/{command['id']}")).json() == {"status": "OK"}
    assert error_of(await admin.get(f"/commands/{command['id']}")) == UNKNOWN
    assert (await admin.get(f"/commands?team_id={team.id}&custom_only=true")).json() == []


async def test_its_token_is_not_in_the_database_in_clear(talk: Talk, admin: Person) -> None:
    command = await made(admin, form(talk.team))

    async with talk.room.desks.reading() as desk:
        row = await desk.work.one(Sql("SELECT sealed_token FROM custom_commands"))

    assert row is not None
    assert command["token"] not in row["sealed_token"]


async def test_what_cannot_be_a_command_is_refused(admin: Person, team: Team) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        *(
            ({"trigger": trigger}, "model.command.is_valid.trigger")
            for trigger in ("", "/x", "a b", "x" * 129)
        ),
        *(
            ({"url": url}, "model.command.is_valid.url_http")
            for url in ("", "ftp://x", f"http://{'x' * 1024}")
        ),
        ({"method": "X"}, "model.command.is_valid.method"),
        ({"display_name": "x" * 65}, "model.command.is_valid.display_name"),
        ({"description": "x" * 129}, "model.command.is_valid.description"),
        ({"team_id": "x"}, "api.context.invalid_body_param"),
        ({"trigger": 5}, "api.context.invalid_body_param"),
        ({"trigger": "echo"}, "api.command.duplicate_trigger"),
        ({"trigger": "INCIDENT"}, "api.command.duplicate_trigger"),
    ]

    for more, error in wrong:
        answer = await admin.post("/commands", form(team, **more))

        assert error_of(answer) == (400, f"{error}.app_error"), more


async def test_a_trigger_is_given_once_in_a_team(talk: Talk, admin: Person) -> None:
    other = await talk.room.team("other", admin)
    await made(admin, form(talk.team))
    second = await made(admin, form(talk.team, trigger="second"))
    elsewhere = await made(admin, form(other))

    assert error_of(await admin.post("/commands", form(talk.team, trigger="DEPLOY"))) == DUPLICATE
    renamed = {**second, "trigger": "deploy"}
    assert error_of(await admin.put(f"/commands/{second['id']}", renamed)) == DUPLICATE
    move = await admin.put(f"/commands/{elsewhere['id']}/move", {"team_id": talk.team.id})
    assert error_of(move) == DUPLICATE


async def test_a_command_is_moved_to_another_team_by_its_route_alone(talk: Talk, admin: Person) -> None:
    other = await talk.room.team("other", admin)
    command = await made(admin, form(talk.team))

    changed = await admin.put(f"/commands/{command['id']}", {**command, "team_id": other.id})
    moved = await admin.put(f"/commands/{command['id']}/move", {"team_id": other.id})

    assert error_of(changed) == (400, "api.command.team_mismatch.app_error")
    assert moved.json() == {"status": "OK"}
    assert (await admin.get(f"/commands/{command['id']}")).json()["team_id"] == other.id


async def test_commands_are_managed_by_the_teams_administrators(
    talk: Talk, admin: Person, ana: Person
) -> None:
    command = await made(admin, form(talk.team, auto_complete=True))
    path = f"/commands/{command['id']}"

    assert error_of(await ana.post("/commands", form(talk.team, trigger="mine"))) == FORBIDDEN
    assert error_of(await ana.get(f"/commands?team_id={talk.team.id}&custom_only=true")) == FORBIDDEN
    for refused in (
        await ana.get(path),
        await ana.put(path, command),
        await ana.put(f"{path}/regen_token"),
        await ana.put(f"{path}/move", {"team_id": talk.team.id}),
        await ana.delete(path),
    ):
        assert error_of(refused) == UNKNOWN
    assert (await talk.room.stranger().get(path)).status_code == 401

    roles = f"/teams/{talk.team.id}/members/{ana.id}/roles"
    assert (await admin.put(roles, {"roles": "team_user team_admin"})).status_code == 200
    assert (await ana.get(path)).status_code == 200
    assert (await ana.put(path, {**command, "description": "hers"})).status_code == 200


async def test_members_find_a_command_without_its_secrets(talk: Talk, admin: Person, ana: Person) -> None:
    shown = await made(admin, form(talk.team, auto_complete=True, auto_complete_desc="Ships", username="x"))
    await made(admin, form(talk.team, trigger="hidden"))

    for path in (f"/commands?team_id={talk.team.id}", f"/teams/{talk.team.id}/commands/autocomplete"):
        listed = {one["trigger"]: one for one in (await ana.get(path)).json()}

        assert "hidden" not in listed
        assert listed["deploy"]["id"] == shown["id"]
        assert {listed["deploy"][name] for name in ("token", "url", "method", "username", "creator_id")} == {
            ""
        }
    managed = {one["trigger"]: one for one in (await admin.get(f"/commands?team_id={talk.team.id}")).json()}
    assert managed["deploy"]["token"] == shown["token"]
    assert {"hidden", "echo", "incident"} <= managed.keys()
    suggested = await ana.get(
        f"/teams/{talk.team.id}/commands/autocomplete_suggestions", params={"user_input": "/dep"}
    )
    assert [one["Complete"] for one in suggested.json()] == ["deploy"]


async def test_its_server_learns_who_ran_what_and_where(
    talk: Talk, outside: Outside, admin: Person, ana: Person, ben: Person
) -> None:
    command = await made(admin, form(talk.team, outside))

    answer = await run(ana, talk, "/DEPLOY @ben and @nobody to ~town-square  now")

    assert answer.status_code == 200
    [asked] = outside.asked
    assert (asked.method, asked.path) == ("POST", "/deploy")
    assert asked.headers["accept"] == "application/json"
    assert asked.headers["authorization"] == f"Token {command['token']}"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    square = (await ana.get(f"/teams/{talk.team.id}/channels/name/town-square")).json()
    fields = asked.fields
    response_url = fields.pop("response_url")[0]
    trigger = fields.pop("trigger_id")[0]
    assert fields == {
        "token": [command["token"]],
        "team_id": [talk.team.id],
        "team_domain": [talk.team.name],
        "channel_id": [talk.channel_id],
        "channel_name": [talk.channel.name],
        "user_id": [ana.id],
        "user_name": ["ana"],
        "command": ["/deploy"],
        "text": ["@ben and @nobody to ~town-square  now"],
        "user_mentions": ["ben"],
        "user_mentions_ids": [ben.id],
        "channel_mentions": ["town-square"],
        "channel_mentions_ids": [square["id"]],
    }
    assert response_url.startswith(f"{SITE}/hooks/commands/")
    redeemed = talk.room.desks.triggers.redeem(trigger, now=talk.room.clock.now())
    assert (redeemed.user_id, redeemed.id) == (ana.id, answer.json()["trigger_id"])


async def test_with_get_the_fields_are_in_the_address(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    await made(admin, form(talk.team, outside, url=f"{outside.url}/x?kind=prod", method="G"))

    await run(ana, talk, "/deploy a&b=ü")

    [asked] = outside.asked
    assert (asked.method, asked.path, asked.body) == ("GET", "/x", b"")
    assert (asked.form["kind"], asked.form["text"]) == ("prod", "a&b=ü")


async def test_an_answer_for_the_channel_is_posted_in_the_callers_name(
    talk: Talk, outside: Outside, admin: Person, ana: Person, ben: Person
) -> None:
    await made(admin, form(talk.team, outside, username="Deployer"))
    said = {
        "response_type": "in_channel",
        "text": f"Done: <http://x.example|log> <!here> <@{ben.id}>",
        "username": "ignored",
        "icon_url": "http://x.example/icon.png",
        "props": {"build": 7, "from_bot": "true"},
        "goto_location": "/ops/channels/town-square",
        "attachments": [{"title": "T", "fields": [{"title": "n", "value": 5, "short": "true"}]}],
        "extra_responses": [{"text": "Only you see this."}],
    }
    outside.says(said)
    client = listening(talk.room, ana, talk.channel_id)

    answer = await run(ana, talk, "/deploy it")

    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["response_type"], shown["goto_location"]) == ("in_channel", said["goto_location"])
    assert [one["text"] for one in shown["extra_responses"]] == ["Only you see this."]
    posted = next(
        one for one in (await talk.page(ana))["posts"].values() if one["type"] == "slack_attachment"
    )
    assert posted["user_id"] == ana.id
    assert posted["message"] == "Done: [log](http://x.example) @here @ben"
    assert posted["props"] == {
        "build": 7,
        "from_webhook": "true",
        "override_username": "Deployer",
        "override_icon_url": "http://x.example/icon.png",
        "attachments": [{"title": "T", "fields": [{"title": "n", "value": "5", "short": True}]}],
    }
    frames = client.read()
    assert [one["event"] for one in frames] == ["posted", "ephemeral_message"]
    assert json.loads(frames[1]["data"]["post"])["message"] == "Only you see this."


async def test_names_and_pictures_are_the_callers_where_the_settings_say_so(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    talk.room.configure(enable_post_username_override=False, enable_post_icon_override=False)
    await made(admin, form(talk.team, outside, username="Deployer", icon_url="http://x.example/i.png"))
    outside.says({"response_type": "in_channel", "text": "Done", "props": {"override_username": "boss"}})

    await run(ana, talk, "/deploy it")

    page = await talk.page(ana)
    [posted] = [one for one in page["posts"].values() if one["message"] == "Done"]
    assert posted["props"] == {"from_webhook": "true"}


async def test_any_other_answer_is_for_the_caller_alone(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    await made(admin, form(talk.team, outside))
    client = listening(talk.room, ana, talk.channel_id)
    nothing = b'{"response_type":"in_channel","text":""}'
    said: list[tuple[bytes, list[str]]] = [
        (http(200, b"Just text"), ["Just text"]),
        (http(200, b"<b>so</b>", content_type="text/html; charset=utf-8"), ["<b>so</b>"]),
        (http(200, b'{"text":"a\nb"}', content_type="application/json; charset=utf-8"), ["a\nb"]),
        (http(200), []),
        (http(200, nothing, content_type="application/json"), []),
    ]

    for raw, texts in said:
        outside.sends(raw)
        answer = await run(ana, talk, "/deploy it")

        assert answer.status_code == 200
        frames = client.read()
        assert [json.loads(one["data"]["post"])["message"] for one in frames] == texts
        assert all(one["event"] == "ephemeral_message" for one in frames)
    assert await talk.messages(ana) == []


async def test_a_server_that_misbehaves_is_told_to_the_caller_and_changes_nothing(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    await made(admin, form(talk.team, outside))
    as_json = {"content_type": "application/json"}
    away = f"Location: http://127.0.0.2:{outside.port}/secret"
    wrong = [
        (http(200, b"{", **as_json), FAILED, "cannot be understood"),
        (http(200, b"", **as_json), FAILED, "cannot be understood"),
        (http(200, b"[1]", **as_json), FAILED, "cannot be understood"),
        (http(200, b'{"text":"\\u0000"}', **as_json), FAILED, "NUL"),
        (http(200, b"\xff\xfe"), FAILED, "neither JSON nor text"),
        (http(200, b"<!DOCTYPE html><html>", content_type="text/html"), FAILED, "a web page"),
        (http(200, b"x" * 1_000_001), FAILED, "too large"),
        (http(302, b"", away), FAILED, "private network"),
        (http(302, b"", "Location: /deploy"), FAILED, "circles"),
        (b"garbage\r\n\r\n", FAILED, "cannot be reached"),
        (hang, FAILED, "too long"),
        (drip, FAILED, "too long"),
        (http(200, b"null", **as_json), (500, "api.command.execute_command.failed_empty.app_error"), "empty"),
        (http(500, b"oops"), (500, "api.command.execute_command.failed_resp.app_error"), "response 500"),
        (http(404), (500, "api.command.execute_command.failed_resp.app_error"), "response 404"),
        (
            http(200, b'{"response_type":"in_channel","text":"x","type":"system_x"}', **as_json),
            (500, "api.command.execute_command.create_post_failed.app_error"),
            "could not be posted",
        ),
        (
            http(200, b"y" * 20_000),
            (500, "api.command.execute_command.create_post_failed.app_error"),
            "too long",
        ),
    ]

    for raw, error, words in wrong:
        outside.sends(raw)
        talk.room.configure(outgoing_integration_requests_timeout=1 if raw in (hang, drip) else 30)
        answer = await run(ana, talk, "/deploy it")

        assert error_of(answer) == error, raw
        assert words in answer.json()["message"]
        assert "deploy" in answer.json()["message"]
    assert await talk.messages(ana) == []


async def test_an_address_that_is_not_allowed_is_not_called(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    await made(admin, form(talk.team, outside))
    nothing = {"ServiceSettings": {"AllowedUntrustedInternalConnections": ""}}
    await admin.put("/config/patch", nothing)

    answer = await run(ana, talk, "/deploy it")

    assert error_of(answer) == FAILED
    assert "private network" in answer.json()["message"]
    assert outside.asked == []


async def test_an_answer_goes_nowhere_that_the_caller_may_not_post(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    secret = {"team_id": talk.team.id, "name": "secret", "display_name": "Secret", "type": "P"}
    channel = (await admin.post("/channels", secret)).json()
    await made(admin, form(talk.team, outside))
    outside.says({"response_type": "in_channel", "text": "x", "channel_id": channel["id"]})

    answer = await run(ana, talk, "/deploy it")

    assert error_of(answer) == (500, "api.command.execute_command.create_post_failed.app_error")


async def test_commands_can_be_switched_off_but_for_those_of_products(
    talk: Talk, admin: Person, ana: Person
) -> None:
    command = await made(admin, form(talk.team, auto_complete=True))
    talk.room.configure(enable_commands=False)
    off = (501, "api.command.disabled.app_error")

    assert error_of(await run(ana, talk, "/deploy it")) == off
    assert error_of(await run(ana, talk, "/echo it")) == off
    assert (await run(ana, talk, "/incident list")).status_code == 200
    assert error_of(await admin.post("/commands", form(talk.team, trigger="x"))) == off
    assert error_of(await admin.delete(f"/commands/{command['id']}")) == off
    assert error_of(await admin.get(f"/commands?team_id={talk.team.id}&custom_only=true")) == off
    listed = (await ana.get(f"/teams/{talk.team.id}/commands/autocomplete")).json()
    assert "deploy" not in {one["trigger"] for one in listed}
    assert (await talk.room.stranger().v4.post(f"{SITE}/hooks/commands/{'a' * 26}")).status_code == 501


async def later(talk: Talk, address: str, body: Any = None, **more: Any) -> httpx.Response:
    return await talk.room.stranger().v4.post(address, json=body, **more)


async def test_a_server_may_answer_five_times_within_half_an_hour(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    await made(admin, form(talk.team, outside))
    root = await talk.say(ana, "a question")
    await run(ana, talk, "/deploy it", root_id=root["id"])
    address = outside.asked[0].form["response_url"]
    client = listening(talk.room, ana, talk.channel_id)

    for at in range(4):
        talk.room.clock.turn(seconds=60)
        answer = await later(talk, address, {"response_type": "in_channel", "text": f"step {at}"})
        assert (answer.status_code, answer.text) == (200, "ok")
        assert answer.headers["content-type"].startswith("text/plain")
    as_text = await later(talk, address, content=b"finished", headers={"Content-Type": "text/plain"})
    too_often = await later(talk, address, {"text": "again"})

    assert (as_text.status_code, as_text.text) == (200, "ok")
    assert error_of(too_often) == (400, "app.command_webhook.try_use.invalid")
    frames = client.read()
    assert [one["event"] for one in frames] == [*["posted"] * 4, "ephemeral_message"]
    posts = [json.loads(one["data"]["post"]) for one in frames]
    assert {one["root_id"] for one in posts} == {root["id"]}
    assert posts[0]["props"]["from_webhook"] == "true"


async def test_an_answer_that_comes_too_late_or_says_nothing_is_refused(
    talk: Talk, outside: Outside, admin: Person, ana: Person, ben: Person
) -> None:
    command = await made(admin, form(talk.team, outside))
    await run(ben, talk, "/deploy it")
    await run(ana, talk, "/deploy it")
    of_ben, of_ana = (asked.form["response_url"] for asked in outside.asked)
    text = {"response_type": "in_channel", "text": "x"}
    unknown = (404, "app.command_webhook.get.missing")

    broken = await later(talk, of_ana, content=b"{", headers={"Content-Type": "application/json"})
    empty = await later(talk, of_ana, content=b"null", headers={"Content-Type": "application/json"})
    assert error_of(broken) == (400, "web.command_webhook.parse.app_error")
    assert error_of(empty) == (400, "app.command_webhook.handle_command_webhook.parse")
    assert error_of(await later(talk, f"{SITE}/hooks/commands/{'a' * 26}", text)) == unknown
    assert (await later(talk, of_ana, content=b"x" * 1_000_001)).status_code == 413
    await ben.delete(f"/channels/{talk.channel_id}/members/{ben.id}")
    assert error_of(await later(talk, of_ben, text)) == FORBIDDEN
    talk.room.clock.turn(seconds=30 * 60)
    assert error_of(await later(talk, of_ana, text)) == unknown
    await run(ana, talk, "/deploy it")
    await admin.delete(f"/commands/{command['id']}")
    gone = await later(talk, outside.asked[-1].form["response_url"], text)
    assert error_of(gone) == (400, "web.command_webhook.command.app_error")
    assert await talk.messages(ana) == []
