"""Opsgenie, as its documentation describes REST v2."""

import pytest

from commandpost.integrations import Outcome
from tests.integrations.bench import Bench
from tests.support.stand_in import Said

ACCEPTED = Said(status=202, body={"result": "Request will be processed", "took": 0.1, "requestId": "r-1"})
REQUEST = "/v2/alerts/requests/r-1"
DONE = Said(
    body={
        "data": {"success": True, "isSuccess": True, "action": "Create", "status": "Created alert"},
        "took": 0.0,
        "requestId": "x",
    }
)


def on_call(name: str, *people: str) -> Said:
    parent = {"id": "1", "name": name, "enabled": True}
    return Said(body={"data": {"_parent": parent, "onCallRecipients": list(people)}, "took": 0.0})


@pytest.mark.parametrize(("trigger", "typed"), [("opsgenie", "oncall"), ("genie", "whoisoncall")])
async def test_who_is_on_call_for_a_schedule(opsgenie: Bench, trigger: str, typed: str) -> None:
    path = "/v2/schedules/Platform%20team/on-calls"
    opsgenie.tool.tell("GET", path, on_call("Platform team", "ana@acme.example", "ben@acme.example"))

    answer = await opsgenie.run(f'{typed} "Platform team"', trigger)

    [asked] = opsgenie.tool.asked
    assert asked.headers["authorization"] == "GenieKey genie-secret"
    assert asked.query == {"scheduleIdentifierType": "name", "flat": "true"}
    assert answer.told == ("On call for Platform team: ana@acme.example, ben@acme.example")


async def test_without_a_schedule_the_one_of_the_settings_is_meant(opsgenie: Bench) -> None:
    opsgenie.settings["schedule"] = "Platform"
    opsgenie.tool.tell("GET", "/v2/schedules/Platform/on-calls", on_call("Platform"))

    assert (await opsgenie.run("oncall")).told == "On call for Platform: nobody"


async def test_without_any_schedule_all_that_are_on_are_told(opsgenie: Bench) -> None:
    schedules = [{"name": name, "enabled": name != "B"} for name in "ABC"]
    opsgenie.tool.tell("GET", "/v2/schedules", Said(body={"data": schedules}))
    opsgenie.tool.tell("GET", "/v2/schedules/A/on-calls", on_call("A", "ana"))
    opsgenie.tool.tell("GET", "/v2/schedules/C/on-calls", on_call("C", "ben"))

    assert (await opsgenie.run("oncall")).told == "On call for A: ana\nOn call for C: ben"


@pytest.mark.parametrize(
    ("who", "responder"),
    [
        ("@ben", {"type": "user", "username": "ben@acme.example"}),
        ("cy@acme.example", {"type": "user", "username": "cy@acme.example"}),
        ('"Platform team"', {"type": "team", "name": "Platform team"}),
        ("platform", {"type": "team", "name": "platform"}),
    ],
)
async def test_people_and_teams_are_paged(opsgenie: Bench, who: str, responder: dict[str, str]) -> None:
    opsgenie.tool.tell("POST", "/v2/alerts", ACCEPTED)
    opsgenie.tool.tell("GET", REQUEST, DONE)

    answer = await opsgenie.run(f"page {who} Checkout's down, please join")

    alert = opsgenie.tool.asked[0].json
    assert alert["message"] == "Checkout's down, please join"
    assert alert["responders"] == [responder]
    assert "Incident: Checkout is down https://chat.acme.example" in alert["description"]
    assert answer.told.startswith("Opsgenie pages ")
    assert answer.posted.endswith("by Opsgenie: Checkout's down, please join")


async def test_a_long_message_is_whole_in_the_description(opsgenie: Bench) -> None:
    opsgenie.tool.tell("POST", "/v2/alerts", ACCEPTED)
    opsgenie.tool.tell("GET", REQUEST, DONE)

    await opsgenie.run("page platform " + "x" * 200)

    alert = opsgenie.tool.asked[0].json
    assert (len(alert["message"]), "x" * 200 in alert["description"]) == (130, True)


async def test_a_page_that_was_accepted_but_not_done_does_not_look_like_success(opsgenie: Bench) -> None:
    opsgenie.tool.tell("POST", "/v2/alerts", ACCEPTED)
    failed = {"data": {"success": False, "isSuccess": False, "status": "Team not found"}}
    opsgenie.tool.tell("GET", REQUEST, Said(body=failed))

    assert (await opsgenie.refused("page platform help")).message == "Opsgenie did not page: Team not found"


async def test_a_page_of_which_nothing_is_known_yet_is_not_called_done(opsgenie: Bench) -> None:
    opsgenie.tool.tell("POST", "/v2/alerts", ACCEPTED)
    opsgenie.tool.tell("GET", REQUEST, Said(status=500))

    answer = await opsgenie.run("page platform help")

    assert answer.told == "Opsgenie has taken the page to platform, but has not said yet that it is out."


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("page", Outcome.REFUSED),
        ("page platform", Outcome.REFUSED),
        ("page @nobody help", Outcome.NOT_FOUND),
    ],
)
async def test_what_makes_no_sense_is_not_sent(opsgenie: Bench, typed: str, outcome: Outcome) -> None:
    assert await opsgenie.outcome(typed) is outcome
    assert opsgenie.tool.asked == []


async def test_the_trial_looks_for_the_schedule(opsgenie: Bench) -> None:
    opsgenie.tool.tell("GET", "/v2/schedules", Said(body={"data": [{"name": "A"}]}))
    first = await opsgenie.integration.health(opsgenie.tools)
    opsgenie.settings["schedule"] = "A"
    opsgenie.tool.tell("GET", "/v2/schedules/A/on-calls", on_call("A", "ana"))
    second = await opsgenie.integration.health(opsgenie.tools)

    assert first == "The key is accepted; it sees 1 schedules."
    assert second == "The key is accepted. On call for A: ana"
