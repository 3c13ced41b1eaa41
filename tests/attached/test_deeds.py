"""`/incident` and its dialogs on our own pages: with a page's session, and while Mattermost is away."""

from typing import Any

import httpx
import pytest

from tests.support.attached import Attached, Colleague
from tests.support.faults import Between


@pytest.fixture
def mattermost_url(between: Between) -> str:
    """We know the server by what lies between."""
    return between.url


async def typed(by: Colleague, text: str, **place: str) -> httpx.Response:
    return await by.v0.post("http://chat.test/api/v4/commands/execute", json={"command": text, **place})


async def sent_in(by: Colleague, dialog: dict[str, Any], submission: dict[str, str], **place: str) -> Any:
    body = {"url": dialog["url"], "state": dialog["dialog"]["state"], "submission": submission, **place}
    return await by.v0.post("http://chat.test/api/v4/actions/dialogs/submit", json=body)


async def test_an_incident_is_started_by_its_dialog(attached: Attached) -> None:
    ana, eve = attached.person("ana"), attached.person("eve")
    playbook_id = await attached.playbook(ana)
    place = {"team_id": attached.team_id, "channel_id": ""}

    answer = await typed(ana, "/incident start tab-1", **place)
    dialog = answer.json()["dialog"]
    submission = {"playbookID": playbook_id, "incidentName": "Lost mail", "incidentDescription": ""}
    stolen = await sent_in(eve, dialog, submission, **place)
    wrong = await sent_in(ana, dialog, {**submission, "incidentName": ""}, **place)
    started = await sent_in(ana, dialog, submission, **place)

    assert answer.status_code == 200 and dialog["dialog"]["title"] == "Incident Details"
    assert stolen.status_code == 403
    assert list(wrong.json()["errors"]) == ["incidentName"]
    assert (started.status_code, started.json()) == (200, {})
    [incident] = (await ana.v0.get("/incidents", params={"team_id": attached.team_id})).json()["items"]
    assert (incident["name"], incident["commander_user_id"]) == ("Lost mail", ana.id)


async def test_status_updates_and_the_end_go_on_while_mattermost_is_away(
    attached: Attached, between: Between
) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)
    place = {"team_id": attached.team_id, "channel_id": incident["channel_id"]}
    await ana.v0.get(f"/incidents/{incident['id']}")
    between.break_down()
    attached.clock.turn(seconds=120)

    update = (await typed(ana, "/incident update", **place)).json()["dialog"]
    said = await sent_in(ana, update, {"message": "All quiet.", "reminder": "0"}, **place)
    end = (await typed(ana, "/incident end", **place)).json()["dialog"]
    ended = await sent_in(ana, end, {}, **place)
    seen = await attached.seen(incident, ana)
    between.heal()
    attached.clock.turn(seconds=61)
    await attached.delivered()

    assert (said.json(), ended.json(), seen["is_active"]) == ({}, {}, False)
    late = [one["message"] for one in attached.posts(incident["channel_id"])][-2:]
    assert late[0].startswith(f"@{ana.username}:\n\nAll quiet.")
    assert all("_Delayed: this is of " in one for one in late)


async def test_only_incident_is_run_and_only_for_who_is_signed_in(attached: Attached) -> None:
    ana = attached.person("ana")
    stranger = Colleague(id="", username="", token="", v0=attached.door(""))

    other = await typed(ana, "/echo hello", team_id=attached.team_id)
    nothing = await typed(ana, "")
    nobody = await typed(stranger, "/incident list", team_id=attached.team_id)
    no_dialog = await sent_in(ana, {"url": "", "dialog": {"state": "x"}}, {})
    told = await typed(ana, "/incident list", team_id=attached.team_id)

    assert (other.status_code, nothing.status_code) == (400, 400)
    assert "go to Mattermost" in other.json()["message"]
    assert (nobody.status_code, no_dialog.status_code) == (401, 403)
    assert told.json()["text"].startswith("There are no ongoing incidents")


@pytest.mark.parametrize(
    "path",
    [
        "/plugins/com.mattermost.plugin-incident-management/api/hooks/command",
        "/plugins/com.mattermost.plugin-incident-management/api/hooks/dialog",
        "/plugins/com.mattermost.plugin-incident-management/api/hooks/button",
        "/api/v4/commands/execute",
        "/api/v4/actions/dialogs/submit",
        "/api/v4/users/ids",
    ],
)
async def test_what_makes_no_sense_is_refused_and_breaks_nothing(attached: Attached, path: str) -> None:
    ana = attached.person("ana")
    senseless = (
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"command": 7, "state": [], "context": "x", "user_id": {}}',
        b'{"command": "/incident start \\u0000", "state": "\\u0000\\n\\n", "user_id": "\\u0000"}',
        b'{"command": "/incident", "state": "a\\nb\\nc", "context": {"path": 1, "seal": null}}',
        b"token=%00&user_id=%ff&text=%00",
        b"&".join(b"a=%d" % number for number in range(200)),
    )

    answers = [await ana.v0.post(f"http://chat.test{path}", content=body) for body in senseless]

    assert [one.status_code for one in answers if one.status_code >= 500] == []
