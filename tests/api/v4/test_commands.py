"""Slash commands over REST v4: run, listed, completed."""

import json
from typing import Any

import httpx

from tests.support.listeners import listening
from tests.support.people import Person
from tests.support.talk import Talk


async def run(who: Person, talk: Talk, command: str, **more: Any) -> httpx.Response:
    wanted = {"command": command, "channel_id": talk.channel_id, "team_id": talk.team.id, **more}
    return await who.post("/commands/execute", wanted)


async def test_echo_says_it_in_the_channel_as_the_caller(talk: Talk, ana: Person) -> None:
    answer = await run(ana, talk, "/echo hello there")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == {
        "response_type": "",
        "text": "",
        "username": "",
        "channel_id": "",
        "icon_url": "",
        "type": "",
        "props": None,
        "goto_location": "",
        "trigger_id": "",
        "skip_slack_parsing": False,
        "attachments": None,
        "extra_responses": None,
    }
    assert await talk.messages(ana) == ["hello there"]


async def test_what_echo_says(talk: Talk, ana: Person) -> None:
    said = {
        "/echo  two  spaces": "two  spaces",
        "/ECHO in capitals": "in capitals",
        '/echo "in quotes"': "in quotes",
        '/echo "in quotes too" 0': "in quotes too",
        "/echo now 0": "now",
        "/echo 7": "7",
        "/echo one\ntwo": "one\ntwo",
    }

    for typed in said:
        talk.room.clock.turn(seconds=1)
        assert (await run(ana, talk, typed)).status_code == 200

    assert await talk.messages(ana) == list(reversed(said.values()))


async def test_echo_answers_in_its_thread(talk: Talk, ana: Person) -> None:
    root = await talk.say(ana, "a question")

    await run(ana, talk, "/echo an answer", root_id=root["id"])

    thread = (await ana.get(f"/posts/{root['id']}/thread")).json()
    assert [thread["posts"][post_id]["message"] for post_id in thread["order"]].count("an answer") == 1


async def test_what_is_wrong_is_told_to_the_caller_alone(talk: Talk, ana: Person) -> None:
    client = listening(talk.room, ana, talk.channel_id)
    told = {
        "/echo": "A message must be provided with the /echo command.",
        "/echo   ": "A message must be provided with the /echo command.",
        "/echo later 10001": "Delays must be under 10000 seconds.",
    }

    for typed, text in told.items():
        answer = await run(ana, talk, typed)

        assert (answer.json()["response_type"], answer.json()["text"]) == ("ephemeral", text)
        [frame] = client.read()
        assert frame["event"] == "ephemeral_message"
        assert frame["broadcast"]["user_id"] == ana.id
        post = json.loads(frame["data"]["post"])
        assert (post["message"], post["type"]) == (text, "system_ephemeral")
    assert await talk.messages(ana) == []


async def test_a_command_begins_with_a_slash(talk: Talk, ana: Person) -> None:
    for typed in ("", "/", "echo hello", " /echo hello"):
        answer = await run(ana, talk, typed)

        assert answer.status_code == 400
        assert answer.json()["id"] == "api.command.execute_command.start.app_error"


async def test_an_unknown_command_is_not_found(talk: Talk, ana: Person) -> None:
    for typed in ("/nosuch thing", "/ echo", "//"):
        answer = await run(ana, talk, typed)

        assert answer.status_code == 404
        assert answer.json()["id"] == "api.command.execute_command.not_found.app_error"


async def test_commands_are_for_members_of_the_channel(talk: Talk, ana: Person) -> None:
    outsider = await talk.room.person("cleo")

    inside = await run(ana, talk, "/echo hi")
    outside = await run(outsider, talk, "/echo hi")
    unknown = await run(ana, talk, "/echo hi", channel_id="a" * 26)
    stranger = await run(talk.room.stranger(), talk, "/echo hi")

    assert [answer.status_code for answer in (inside, outside, unknown, stranger)] == [200, 403, 403, 401]
    assert outside.json()["id"] == "api.context.permissions.app_error"


async def test_commands_can_be_switched_off(talk: Talk, ana: Person) -> None:
    talk.room.configure(enable_commands=False)

    answer = await run(ana, talk, "/echo hi")

    assert answer.status_code == 501
    assert answer.json()["id"] == "api.command.disabled.app_error"


async def test_a_body_that_is_none_is_refused(talk: Talk, ana: Person) -> None:
    for body in ({}, {"command": 5, "channel_id": "x"}, [], "/echo"):
        answer = await ana.post("/commands/execute", body)

        assert answer.status_code == 400


async def test_the_commands_of_a_team_are_listed(talk: Talk, ana: Person) -> None:
    for path in (f"/teams/{talk.team.id}/commands/autocomplete", f"/commands?team_id={talk.team.id}"):
        listed = (await ana.get(path)).json()

        echo = next(one for one in listed if one["trigger"] == "echo")
        assert echo["auto_complete"] is True
        assert echo["auto_complete_hint"] == "'message' [delay in seconds]"
        assert echo["token"] == ""


async def test_only_members_of_a_team_see_its_commands(talk: Talk) -> None:
    outsider = await talk.room.person("cleo")

    for path in ("commands/autocomplete", "commands/autocomplete_suggestions?user_input=/ec"):
        assert (await outsider.get(f"/teams/{talk.team.id}/{path}")).status_code == 403


async def test_a_name_is_completed(talk: Talk, ana: Person) -> None:
    for typed, complete in {
        "/ec": ["echo"],
        "ec": ["echo"],
        "/EC": ["echo"],
        "/zz": [],
        "/echo ": [],
    }.items():
        answer = await ana.get(
            f"/teams/{talk.team.id}/commands/autocomplete_suggestions",
            params={"user_input": typed, "team_id": talk.team.id, "channel_id": talk.channel_id},
        )

        assert [one["Complete"] for one in answer.json()] == complete
        for one in answer.json():
            assert one.keys() == {"Complete", "Suggestion", "Hint", "Description", "IconData"}
