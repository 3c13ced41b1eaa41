"""Commands of integrations as people meet them: in the message box, in an incident, in a task's Run."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.incidents import Ops
from tests.support.people import Person, Room
from tests.support.stand_in import Said, StandIn
from tests.support.talk import Talk

MADE = Said(status=201, body={"id": "1", "key": "OPS-24", "self": "https://x"})


async def told(who: Person, channel_id: str, team_id: str, command: str) -> str:
    """What a command tells whoever typed it."""
    wanted = {"command": command, "channel_id": channel_id, "team_id": team_id}
    answer = await who.post("/commands/execute", wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()["text"]


async def set_up(admin: Person, room: Room, name: str, settings: Mapping[str, str]) -> None:
    room.configure(allowed_untrusted_internal_connections="127.0.0.0/8")
    answer = await admin.v0.put(f"/integrations/{name}", json={"settings": settings})
    assert answer.json()["is_set_up"], answer.text


@pytest.fixture
async def jira(room: Room, admin: Person, stand_in: StandIn) -> StandIn:
    """A Jira that makes issues."""
    settings = {"url": stand_in.url, "email": "b@acme.example", "token": "t", "project": "OPS"}
    await set_up(admin, room, "jira", settings)
    stand_in.tell("POST", "/rest/api/3/issue", MADE)
    return stand_in


async def test_a_link_is_posted_and_kept_on_the_incident(ops: Ops, jira: StandIn) -> None:
    incident = await ops.incident(ops.ben)

    answer = await told(ops.ben, incident["channel_id"], ops.team.id, "/jira create")

    page = f"{jira.url}/browse/OPS-24"
    assert answer == f"Created OPS-24: {page}"
    assert jira.asked[0].json["fields"]["summary"] == incident["name"]
    post = f"@ben created the Jira issue [OPS-24]({page}): {incident['name']}"
    assert (await ops.messages(incident))[-1] == post
    [link] = (await ops.ana.v0.get(f"/incidents/{incident['id']}/links")).json()["items"]
    assert (link["integration"], link["reference"], link["url"]) == ("jira", "OPS-24", page)
    assert link["added_by"] == ops.ben.id and link["post_id"]
    timeline = (await ops.ana.v0.get(f"/incidents/{incident['id']}/timeline?kind=link_added")).json()
    [entry] = timeline["items"]
    assert (entry["payload"]["url"], entry["actor_id"]) == (page, ops.ben.id)


async def test_outside_incidents_a_link_is_posted_only(talk: Talk, ana: Person, jira: StandIn) -> None:
    await told(ana, talk.channel_id, talk.team.id, "/jira create Printer is on fire")

    [message] = [one for one in await talk.messages(ana) if "OPS-24" in one]
    assert message.endswith("Printer is on fire")


async def test_links_of_an_incident_are_for_those_who_see_it(ops: Ops, jira: StandIn) -> None:
    incident = await ops.incident(is_private=True)

    assert (await ops.ben.v0.get(f"/incidents/{incident['id']}/links")).status_code == 403


async def test_a_meeting_is_ended_by_what_the_incident_keeps(
    ops: Ops, room: Room, admin: Person, stand_in: StandIn
) -> None:
    settings = {
        "account_id": "a",
        "client_id": "c",
        "client_secret": "s",
        "api_url": stand_in.url,
        "oauth_url": stand_in.url + "/token",
    }
    await set_up(admin, room, "zoom", settings)
    stand_in.tell("POST", "/token", Said(body={"access_token": "t", "expires_in": 3599}))
    stand_in.tell(
        "POST", "/users/me/meetings", Said(status=201, body={"id": 77, "join_url": "https://z.us/j/77"})
    )
    stand_in.tell("PUT", "/meetings/77/status", Said(status=204))
    incident = await ops.incident()

    await told(ops.ana, incident["channel_id"], ops.team.id, "/zoom start")
    answer = await told(ops.ana, incident["channel_id"], ops.team.id, "/zoom end")

    assert answer == "Ended the meeting 77."
    assert len(stand_in.asked_for("POST", "/token")) == 1


async def test_a_failure_is_told_and_nothing_is_kept(ops: Ops, jira: StandIn) -> None:
    incident = await ops.incident()
    before = await ops.messages(incident)
    jira.tell("POST", "/rest/api/3/issue", Said(status=429, headers={"Retry-After": "30"}))

    answer = await told(ops.ana, incident["channel_id"], ops.team.id, "/jira create")

    assert answer == "Jira has had too many requests (429). Try again in 30 s."
    assert await ops.messages(incident) == before
    assert (await ops.ana.v0.get(f"/incidents/{incident['id']}/links")).json() == {"items": []}


async def test_what_is_not_set_up_says_so_and_is_not_offered(talk: Talk, ana: Person) -> None:
    answer = await told(ana, talk.channel_id, talk.team.id, "/jira create x")
    genie = await told(ana, talk.channel_id, talk.team.id, "/genie whoisoncall")
    listed = (await ana.get(f"/commands?team_id={talk.team.id}")).json()

    assert answer.startswith("Jira is not set up on this server. A system administrator can do that")
    assert genie.startswith("Opsgenie or PagerDuty is not set up on this server.")
    assert {"jira", "zoom", "genie"}.isdisjoint(one["trigger"] for one in listed)


@pytest.mark.parametrize("typed", ["/jira", "/jira help", "/jira dance"])
async def test_help_lists_what_can_be_typed(talk: Talk, ana: Person, jira: StandIn, typed: str) -> None:
    answer = await told(ana, talk.channel_id, talk.team.id, typed)

    assert "- `/jira transition KEY status` Move an issue to another status" in answer
    assert jira.asked == []


async def test_it_is_completed_while_it_is_typed(talk: Talk, ana: Person, jira: StandIn) -> None:
    async def suggested(typed: str) -> list[tuple[str, str, str]]:
        query = {"user_input": typed, "team_id": talk.team.id, "channel_id": talk.channel_id}
        answer = await ana.get(f"/teams/{talk.team.id}/commands/autocomplete_suggestions", params=query)
        return [(one["Suggestion"], one["Hint"], one["Description"]) for one in answer.json()]

    assert await suggested("ji") == [("jira", "[command]", "Work with Jira issues")]
    assert [one[:2] for one in await suggested("jira ")] == [
        ("create", "[summary]"),
        ("view", "KEY"),
        ("comment", "KEY text"),
        ("transition", "KEY status"),
    ]
    assert await suggested("jira comment ") == [("", "KEY", "The key of the issue, such as OPS-12")]
    assert await suggested("jira comment OPS-1 ") == [("", "text", "The comment")]
    assert await suggested("zoo") == []


@pytest.mark.parametrize(
    ("said", "outcome", "first_line"),
    [
        (MADE, "ok", "Created OPS-24: "),
        (Said(status=401), "failed", "Jira does not accept the credentials (401)."),
    ],
)
async def test_a_task_runs_it_and_keeps_the_receipt(
    ops: Ops, jira: StandIn, said: Said, outcome: str, first_line: str
) -> None:
    jira.tell("POST", "/rest/api/3/issue", said)
    task = {"title": "Create a ticket", "command": "/jira create $INCIDENT_NAME"}
    playbook = await ops.playbook(checklists=[{"title": "Triage", "items": [task]}])
    incident = await ops.incident(playbook_id=playbook)

    answer = await ops.do(ops.ana, "POST", incident, "/checklists/0/item/0/run")

    timeline = (await ops.ana.v0.get(f"/incidents/{incident['id']}/timeline?kind=task_run")).json()
    [receipt] = [entry["payload"] for entry in timeline["items"]]
    assert (answer.status_code == 200) is (outcome == "ok")
    assert (receipt["outcome"], receipt["command"]) == (outcome, f"/jira create {incident['name']}")
    assert receipt["answer"].startswith(first_line)


async def test_guests_have_nothing_done(talk: Talk, admin: Person, ben: Person, jira: StandIn) -> None:
    await admin.post(f"/users/{ben.id}/demote")
    wanted = {"command": "/jira create x", "channel_id": talk.channel_id, "team_id": talk.team.id}

    answer = await ben.post("/commands/execute", wanted)

    assert answer.status_code == 403
    assert jira.asked == []


async def test_the_alias_works_with_whichever_is_set_up(
    room: Room, admin: Person, talk: Talk, ana: Person, stand_in: StandIn
) -> None:
    await set_up(admin, room, "pagerduty", {"api_token": "t", "api_url": stand_in.url})
    found: dict[str, Any] = {
        "user": {"id": "1", "summary": "Ana"},
        "schedule": {"id": "2", "summary": "Primary"},
    }
    stand_in.tell("GET", "/oncalls", Said(body={"oncalls": [found]}))

    answer = await told(ana, talk.channel_id, talk.team.id, "/genie whoisoncall")

    assert answer == "On call for Primary: Ana"


async def test_whom_the_text_mentions_is_paged_at_their_address(
    room: Room, admin: Person, talk: Talk, ana: Person, stand_in: StandIn
) -> None:
    await set_up(admin, room, "opsgenie", {"api_key": "k", "api_url": stand_in.url})
    stand_in.tell("POST", "/v2/alerts", Said(status=202, body={"requestId": "r"}))
    done = {"data": {"isSuccess": True, "status": "Created alert"}}
    stand_in.tell("GET", "/v2/alerts/requests/r", Said(body=done))

    answer = await told(ana, talk.channel_id, talk.team.id, "/opsgenie page @ben Checkout is down")

    assert answer.startswith("Opsgenie pages")
    assert stand_in.asked[0].json["responders"] == [{"type": "user", "username": "ben@example.com"}]
