"""PagerDuty, as its documentation describes REST v2 and Events v2."""

from typing import Any

import pytest

from commandpost.integrations import Outcome
from tests.integrations.bench import Bench, without
from tests.support.stand_in import Said

BEN = {"id": "PBEN", "type": "user", "name": "Ben", "email": "ben@acme.example", "summary": "Ben"}


def reference(id_: str, summary: str) -> dict[str, Any]:
    return {"id": id_, "summary": summary, "type": "reference", "html_url": "https://acme.pagerduty.com"}


def on_call(user: str, schedule: str | None, level: int = 1) -> dict[str, Any]:
    return {
        "user": reference("P1", user),
        "schedule": reference("S1", schedule) if schedule else None,
        "escalation_policy": reference("E1", "Default policy"),
        "escalation_level": level,
        "start": None,
        "end": None,
    }


def incident() -> Said:
    made = {
        "id": "PT4KHLK",
        "incident_number": 1234,
        "html_url": "https://acme.pagerduty.com/incidents/PT4KHLK",
    }
    return Said(status=201, body={"incident": made})


@pytest.mark.parametrize(("trigger", "typed"), [("pagerduty", "oncall"), ("genie", "whoisoncall")])
async def test_who_is_on_call(pagerduty: Bench, trigger: str, typed: str) -> None:
    primary = [on_call(name, "Primary") for name in ("Ana", "Ben", "Ana")]
    found = [on_call("Cy", None, 2), *primary]
    pagerduty.tool.tell("GET", "/oncalls", Said(body={"oncalls": found, "limit": 100, "more": False}))

    answer = await pagerduty.run(typed, trigger)

    [asked] = pagerduty.tool.asked
    assert asked.headers["authorization"] == "Token token=pd-secret"
    assert asked.headers["accept"] == "application/vnd.pagerduty+json;version=2"
    assert answer.told == "On call for Primary: Ana, Ben\nOn call for Default policy: Cy"


async def test_who_is_on_call_for_a_schedule(pagerduty: Bench) -> None:
    schedules = [reference("S0", "Primary EU"), reference("S1", "Primary")]
    pagerduty.tool.tell("GET", "/schedules", Said(body={"schedules": schedules}))
    pagerduty.tool.tell("GET", "/oncalls", Said(body={"oncalls": [on_call("Ana", "Primary")]}))

    answer = await pagerduty.run('oncall "primary"')

    assert [one.query for one in pagerduty.tool.asked] == [
        {"query": "primary"},
        {"earliest": "true", "limit": "100", "schedule_ids[]": "S1"},
    ]
    assert answer.told == "On call for Primary: Ana"


@pytest.mark.parametrize(
    ("schedules", "outcome"),
    [([], Outcome.NOT_FOUND), ([reference("1", "Pri A"), reference("2", "Pri B")], Outcome.REFUSED)],
)
async def test_a_schedule_must_be_clear(
    pagerduty: Bench, schedules: list[dict[str, Any]], outcome: Outcome
) -> None:
    pagerduty.tool.tell("GET", "/schedules", Said(body={"schedules": schedules}))

    assert await pagerduty.outcome("oncall pri") is outcome


@pytest.mark.parametrize("who", ["@ben", "Ben@acme.example"])
async def test_a_person_is_paged_by_an_incident_assigned_to_them(pagerduty: Bench, who: str) -> None:
    pagerduty.tool.tell("GET", "/users", Said(body={"users": [BEN]}))
    pagerduty.tool.tell("POST", "/incidents", incident())

    answer = await pagerduty.run(f"page {who} Checkout is down")

    asked = pagerduty.tool.asked[-1]
    wanted = asked.json["incident"]
    assert asked.headers["from"] == "bot@acme.example"
    assert (wanted["type"], wanted["title"]) == ("incident", "Checkout is down")
    assert wanted["service"] == {"id": "PSVC", "type": "service_reference"}
    assert wanted["assignments"] == [{"assignee": {"id": "PBEN", "type": "user_reference"}}]
    [link] = answer.links
    assert (link.url, link.reference) == ("https://acme.pagerduty.com/incidents/PT4KHLK", "PT4KHLK")
    assert link.url in answer.posted


async def test_an_escalation_policy_is_paged(pagerduty: Bench) -> None:
    policies = [reference("E1", "Platform policy")]
    pagerduty.tool.tell("GET", "/escalation_policies", Said(body={"escalation_policies": policies}))
    pagerduty.tool.tell("POST", "/incidents", incident())

    await pagerduty.run('page "Platform policy" help')

    wanted = pagerduty.tool.asked[-1].json["incident"]
    assert wanted["escalation_policy"] == {"id": "E1", "type": "escalation_policy_reference"}


async def test_whoever_is_on_call_is_paged_by_an_event(pagerduty: Bench) -> None:
    enqueued = Said(status=202, body={"status": "success", "message": "Event processed", "dedup_key": "d"})
    pagerduty.tool.tell("POST", "/v2/enqueue", enqueued)

    answer = await pagerduty.run("page oncall Checkout is down")

    [asked] = pagerduty.tool.asked
    assert "authorization" not in asked.headers
    event = asked.json
    assert (event["routing_key"], event["event_action"]) == ("R" * 32, "trigger")
    assert event["payload"]["summary"] == "Checkout is down"
    assert event["payload"]["severity"] == "critical"
    assert event["payload"]["source"] == "Command Post"
    assert event["client_url"].endswith("checkout-is-down")
    assert answer.told == "PagerDuty pages whoever is on call."


@pytest.mark.parametrize(
    ("typed", "lacking", "named"),
    [
        ("page oncall help", "routing_key", "the integration key"),
        ("page @ben help", "service", "the service ID"),
        ("page @ben help", "from_email", "the email address to open incidents from"),
    ],
)
async def test_what_is_lacking_is_named(pagerduty: Bench, typed: str, lacking: str, named: str) -> None:
    failed = await without(pagerduty, lacking).refused(typed)

    assert failed.outcome is Outcome.NOT_CONFIGURED
    assert named in failed.message
    assert pagerduty.tool.asked == []


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("page", Outcome.REFUSED),
        ("page oncall", Outcome.REFUSED),
        ("page @nobody help", Outcome.NOT_FOUND),
        ("page cy@acme.example help", Outcome.NOT_FOUND),
    ],
)
async def test_nobody_is_paged_by_mistake(pagerduty: Bench, typed: str, outcome: Outcome) -> None:
    pagerduty.tool.tell("GET", "/users", Said(body={"users": [BEN]}))

    assert await pagerduty.outcome(typed) is outcome
    assert pagerduty.tool.asked_for("POST", "/incidents") == []


async def test_the_trial_looks_for_the_schedule(pagerduty: Bench) -> None:
    pagerduty.tool.tell("GET", "/schedules", Said(body={"schedules": [reference("S1", "Primary")]}))
    first = await pagerduty.integration.health(pagerduty.tools)
    pagerduty.settings["schedule"] = "Primary"
    second = await pagerduty.integration.health(pagerduty.tools)

    assert first == "The key is accepted."
    assert second == "The key is accepted, and the schedule Primary is there."
