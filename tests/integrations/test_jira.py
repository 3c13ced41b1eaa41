"""Jira, Cloud and Data Center, as Atlassian documents their REST APIs."""

import base64
from typing import Any

import pytest

from commandpost.integrations import Failed, Outcome
from tests.integrations.bench import Bench
from tests.support.stand_in import Said

MADE = Said(status=201, body={"id": "10000", "key": "OPS-24", "self": "https://x/rest/api/3/issue/10000"})
WAYS = {
    "expand": "transitions",
    "transitions": [
        {"id": "11", "name": "Start", "to": {"name": "In Progress", "id": "3"}},
        {"id": "31", "name": "Close", "to": {"name": "Done", "id": "5"}},
    ],
}


def paragraphs(document: dict[str, Any]) -> list[str]:
    assert (document["type"], document["version"]) == ("doc", 1)
    return [one["content"][0]["text"] for one in document["content"]]


async def test_an_issue_is_made_in_cloud_and_its_link_kept(jira: Bench) -> None:
    jira.settings["fields"] = '{"labels": ["incident"], "priority": {"name": "High"}}'
    jira.tool.tell("POST", "/rest/api/3/issue", MADE)

    answer = await jira.run("create Payments are [down] @all")

    [asked] = jira.tool.asked
    assert (
        asked.headers["authorization"]
        == "Basic " + base64.b64encode(b"bot@acme.example:jira-secret").decode()
    )
    fields = asked.json["fields"]
    assert fields["project"] == {"key": "OPS"} and fields["issuetype"] == {"name": "Bug"}
    assert fields["summary"] == "Payments are [down] @all"
    assert (fields["labels"], fields["priority"]) == (["incident"], {"name": "High"})
    assert paragraphs(fields["description"])[0] == (
        "Created by Ana Lovelace (@ana) in Command Post, for the incident Checkout is down."
    )
    page = f"{jira.tool.url}/browse/OPS-24"
    assert answer.posted.startswith(f"@ana created the Jira issue [OPS-24]({page}): ")
    assert "@all" not in answer.posted
    [link] = answer.links
    assert (link.title, link.url, link.reference) == ("OPS-24: Payments are [down] @all", page, "OPS-24")


async def test_data_center_takes_plain_text_and_a_personal_token(jira: Bench) -> None:
    jira.settings["deployment"] = "data_center"
    jira.tool.tell("POST", "/rest/api/2/issue", MADE)

    await jira.run("create")

    [asked] = jira.tool.asked
    assert asked.headers["authorization"] == "Bearer jira-secret"
    assert asked.json["fields"]["summary"] == "Checkout is down"
    assert asked.json["fields"]["description"].startswith("Created by Ana Lovelace (@ana)")


async def test_an_issue_is_shown(jira: Bench) -> None:
    fields = {
        "summary": "Checkout",
        "status": {"name": "To Do"},
        "issuetype": {"name": "Bug"},
        "priority": None,
        "assignee": {"displayName": "Ben"},
    }
    jira.tool.tell(
        "GET", "/rest/api/3/issue/OPS-24", Said(body={"id": "1", "key": "OPS-24", "fields": fields})
    )

    answer = await jira.run(f"view {jira.tool.url}/browse/ops-24")

    assert answer.told == (
        f"[OPS-24]({jira.tool.url}/browse/OPS-24): Checkout\nStatus: To Do | Type: Bug | Assignee: Ben"
    )
    assert not answer.posted and not answer.links


async def test_a_comment_says_whose_it_is(jira: Bench) -> None:
    jira.tool.tell("POST", "/rest/api/3/issue/OPS-24/comment", Said(status=201, body={"id": "1"}))

    answer = await jira.run("comment OPS-24 It's back,\nall of it")

    [asked] = jira.tool.asked
    assert paragraphs(asked.json["body"]) == ["It's back,", "all of it", "Ana Lovelace (@ana)"]
    assert answer.told.startswith("Commented on [OPS-24]")


@pytest.mark.parametrize("status", ["done", '"Done"', "close"])
async def test_an_issue_moves_to_a_status(jira: Bench, status: str) -> None:
    jira.tool.tell("GET", "/rest/api/3/issue/OPS-24/transitions", Said(body=WAYS))
    jira.tool.tell("POST", "/rest/api/3/issue/OPS-24/transitions", Said(status=204))

    answer = await jira.run(f"transition OPS-24 {status}")

    assert str(jira.tool.asked[-1].json["transition"]["id"]) == "31"
    assert "moved the Jira issue [OPS-24]" in answer.posted and "**Done**" in answer.posted


async def test_a_status_that_cannot_be_reached_lists_those_that_can(jira: Bench) -> None:
    jira.tool.tell("GET", "/rest/api/3/issue/OPS-24/transitions", Said(body=WAYS))

    failed = await jira.refused("transition OPS-24 Closed")

    assert failed.message == "OPS-24 cannot go to Closed now. It can go to: In Progress, Done."
    assert len(jira.tool.asked) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "view",
        "view nonsense",
        "view OPS-1/../x",
        "comment OPS-1",
        "comment",
        "transition",
        "create " + "x" * 256,
    ],
)
async def test_what_makes_no_sense_is_not_sent(jira: Bench, typed: str) -> None:
    assert await jira.outcome(typed) is Outcome.REFUSED
    assert jira.tool.asked == []


async def test_a_summary_is_needed_where_there_is_no_incident(jira: Bench) -> None:
    jira.incident = None

    assert await jira.outcome("create") is Outcome.REFUSED


@pytest.mark.parametrize("setting", [{"email": ""}, {"fields": "labels: incident"}])
async def test_settings_that_do_not_fit_are_named(jira: Bench, setting: dict[str, str]) -> None:
    jira.settings.update(setting)

    assert await jira.outcome("create") is Outcome.NOT_CONFIGURED


async def test_the_trial_finds_a_project_that_is_not_there_and_a_type_it_has_not(jira: Bench) -> None:
    project = "/rest/api/3/project/OPS"
    jira.tool.tell("GET", "/rest/api/3/myself", Said(body={"accountId": "1", "displayName": "Build Bot"}))
    failures: list[str] = []
    for said in (Said(status=404), Said(body={"name": "Operations", "issueTypes": [{"name": "Task"}]})):
        jira.tool.tell("GET", project, said)
        with pytest.raises(Failed) as caught:
            await jira.integration.health(jira.tools)
        failures.append(caught.value.message)

    assert failures == [
        "Signed in as Build Bot, but there is no project OPS.",
        "The project OPS has no issue type Bug, but Task.",
    ]
