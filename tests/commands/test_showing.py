"""`/incident list` and `/incident info`, and how the command is described and completed."""

import json
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.commands.conftest import Box
from tests.support.incidents import Ops
from tests.support.listeners import listening
from tests.support.people import Person

PLUGIN = "/plugins/com.mattermost.plugin-incident-management/api/v0"


def fields(attachment: dict[str, Any]) -> dict[str, str]:
    return {field["title"]: field["value"] for field in attachment["fields"]}


async def test_a_summary_says_how_it_stands(box: Box, ops: Ops) -> None:
    incident = await ops.incident()
    ops.room.clock.turn(seconds=3600)
    await ops.do(ops.ana, "PUT", incident, "/checklists/0/item/1/state", {"new_state": "closed"})

    [post] = await box.type("/incident info", channel_id=incident["channel_id"])

    assert post["message"] == ""
    [attachment] = post["props"]["attachments"]
    summary = fields(attachment)
    hello = summary.pop("Tasks:").split("\n")
    assert summary == {
        "Incident Name:": "**Database is down**",
        "Duration:": "1h",
        "Commander:": "@ana",
        "Stage:": "Triage",
    }
    assert hello[0] == ":white_large_square: Call the **on-call**"
    assert hello[1].startswith(":white_check_mark: Say hello (")
    assert hello[1].endswith(("AM)", "PM)"))


async def test_a_summary_names_another_commander_and_shows_the_readers_time(box: Box, ops: Ops) -> None:
    incident = await ops.incident(ops.ben)
    await ops.do(ops.ana, "PUT", incident, "/checklists/0/item/0/state", {"new_state": "closed"})
    await ops.do(ops.ana, "POST", incident, "/commander", {"commander_id": ops.ben.id})
    closed_at = (await ops.seen(incident))["checklists"][0]["items"][0]["state_modified"]
    shown: dict[str, str] = {}
    for zone in ("Asia/Kolkata", "No/Where", ""):
        profile = {"useAutomaticTimezone": "false", "automaticTimezone": "UTC", "manualTimezone": zone}
        await ops.ana.put(f"/users/{ops.ana.id}/patch", {"timezone": profile})

        [post] = await box.type("/incident info", channel_id=incident["channel_id"])

        summary = fields(post["props"]["attachments"][0])
        assert summary["Commander:"] == "@ben"
        shown[zone] = summary["Tasks:"].partition("\n")[0]

    def line(zone: tzinfo) -> str:
        at = datetime.fromtimestamp(closed_at / 1000, zone)
        return f":white_check_mark: Call the **on-call** ({at:%I:%M %p})"

    assert shown == {"Asia/Kolkata": line(ZoneInfo("Asia/Kolkata")), "No/Where": line(UTC), "": line(UTC)}


async def test_who_may_not_see_an_incident_is_told_nothing_of_it(box: Box, ops: Ops) -> None:
    incident = await ops.incident(is_private=True)
    client = listening(ops.room, ops.ben, box.lobby)

    wanted = {"command": "/incident info", "channel_id": incident["channel_id"], "team_id": ops.team.id}
    answer = await ops.ben.post("/commands/execute", wanted)

    assert answer.status_code == 403
    assert client.read() == []


async def test_outside_of_incidents_there_is_no_summary(box: Box) -> None:
    assert await box.told("/incident info") == [
        "You can only see the details of an incident from within the incident's channel."
    ]


async def test_an_incident_without_stages_has_a_summary_too(box: Box, ops: Ops) -> None:
    incident = await ops.incident(playbook_id=await ops.playbook(checklists=[]))

    [post] = await box.type("/incident info", channel_id=incident["channel_id"])

    assert list(fields(post["props"]["attachments"][0])) == ["Incident Name:", "Duration:", "Commander:"]


async def test_a_script_that_names_no_team_in_a_direct_channel_is_in_its_first_one(ops: Ops) -> None:
    channel = (await ops.ana.post("/channels/direct", [ops.ana.id, ops.ben.id])).json()
    client = listening(ops.room, ops.ana, channel["id"])

    wanted = {"command": "/incident list", "channel_id": channel["id"]}
    answer = await ops.ana.post("/commands/execute", wanted)

    assert answer.status_code == 200
    [frame] = client.read()
    told = json.loads(frame["data"]["post"])["message"]
    assert told == "There are no ongoing incidents in **Acme** team."


async def test_ones_own_ongoing_incidents_are_listed_newest_first(box: Box, ops: Ops) -> None:
    assert await box.told("/incident list") == ["There are no ongoing incidents in **Acme** team."]
    playbook_id = await ops.playbook()
    for number in range(12):
        ops.room.clock.turn(seconds=60)
        await ops.incident(playbook_id=playbook_id, name=f"Outage {number}")
    await ops.incident(by=ops.ben, playbook_id=playbook_id, name="Theirs")
    ended = await ops.incident(playbook_id=playbook_id, name="Over")
    await ops.do(ops.ana, "PUT", ended, "/end")

    [post] = await box.type("/incident list")

    assert post["message"] == "Ongoing Incidents in **Acme** Team:\n"
    listed = post["props"]["attachments"]
    assert [one["pretext"] for one in listed] == [f"### ~outage-{number}" for number in range(11, -1, -1)]
    assert fields(listed[1]) == {"Stage:": "**Triage**", "Duration:": "1m", "Commander:": "@ana"}


async def complete(ops: Ops, who: Person, typed: str, channel_id: str = "") -> list[dict[str, str]]:
    answer = await who.get(
        f"/teams/{ops.team.id}/commands/autocomplete_suggestions",
        params={"user_input": typed, "team_id": ops.team.id, "channel_id": channel_id},
    )
    assert answer.status_code == 200
    return answer.json()


async def test_sub_commands_are_suggested(ops: Ops, admin: Person) -> None:
    usual = [
        "start",
        "end",
        "update",
        "stage",
        "restart",
        "check",
        "announce",
        "list",
        "commander",
        "info",
    ]

    for testing in (False, True):
        ops.room.configure(enable_testing=testing)
        for who in (ops.ana, admin):
            found = await complete(ops, who, "/incident ")
            assert [one["Suggestion"] for one in found] == usual + (["test"] if testing else [])
    assert found[3] == {
        "Complete": "incident stage",
        "Suggestion": "stage",
        "Hint": "[next/prev]",
        "Description": "Move to the next or previous stage",
        "IconData": "",
    }


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("stage ", [("next", "", "Move to next stage"), ("prev", "", "Move to previous stage")]),
        ("check 0 0", [("0 0", '"Call the on-call"', "Check/uncheck this item")]),
        ("commander ", [("@ana", "", ""), ("@ben", "", "")]),
        ("commander @b", [("@ben", "", "")]),
        ("announce ~tow", [("~town-square", "", "Town Square")]),
    ],
)
async def test_arguments_are_suggested(ops: Ops, typed: str, expected: list[tuple[str, str, str]]) -> None:
    incident = await ops.incident(ops.ben)

    found = await complete(ops, ops.ana, f"/incident {typed}", incident["channel_id"])

    assert [(one["Suggestion"], one["Hint"], one["Description"]) for one in found] == expected


async def test_what_one_may_not_see_is_not_suggested(ops: Ops) -> None:
    incident = await ops.incident(is_private=True)

    for typed in ("check ", "commander "):
        assert await complete(ops, ops.ben, f"/incident {typed}", incident["channel_id"]) == []


async def test_the_command_describes_itself(ops: Ops) -> None:
    listed = (await ops.ana.get(f"/teams/{ops.team.id}/commands/autocomplete")).json()

    command = next(one for one in listed if one["trigger"] == "incident")
    about = "start, end, update, stage, restart, check, announce, list, commander, info"
    assert command["auto_complete_desc"] == f"Available commands: {about}"
    assert (command["display_name"], command["description"]) == ("Incident", "Incident Management Plugin")
    tree = command["autocomplete_data"]
    assert tree["HelpText"].endswith(
        "start, end, update, restart, check, announce, list, commander, info, stage"
    )
    check = next(one for one in tree["SubCommands"] if one["Trigger"] == "check")
    assert check["Arguments"][0]["Data"] == {"FetchURL": f"{PLUGIN}/incidents/checklist-autocomplete"}
