"""Who is in an incident that was brought in beside a Mattermost: added, removed and left here."""

from typing import Any

import pytest

from tests.archive.files import EVENTS, by_hand
from tests.support.attached import Attached, Colleague


@pytest.fixture
async def path(attached: Attached) -> str:
    """Where a private incident is that an administrator brought in; nobody of the team is in it."""
    return await brought(attached, is_public=False)


async def brought(attached: Attached, *, is_public: bool) -> str:
    """Where an incident is that an administrator has brought in."""
    started = {**EVENTS[0], "payload": {**EVENTS[0]["payload"], "is_public": is_public}}
    admin = attached.door(attached.town.admin.token)
    archive = by_hand([started, *EVENTS[1:]])
    answer = await admin.post("/archives", params={"team_id": attached.team_id}, content=archive)
    assert answer.status_code == 201, answer.text
    return f"/incidents/{answer.json()['id']}"


async def added(attached: Attached, path: str, *people: Colleague) -> dict[str, Any]:
    """Who is in it after an administrator has added these."""
    admin, answer = attached.door(attached.town.admin.token), None
    for one in people:
        answer = await admin.post(f"{path}/members", json={"user_id": one.id})
    assert answer is not None and answer.status_code == 200, answer and answer.text
    return answer.json()


async def test_who_is_in_it_adds_others_of_the_team_and_they_lead_it(attached: Attached, path: str) -> None:
    ana, ben, cleo = (attached.person(name) for name in ("ana", "ben", "cleo"))
    before = (await ben.v0.get(path)).status_code
    refused = await ben.v0.post(f"{path}/members", json={"user_id": cleo.id})
    at_first = await added(attached, path, ana)

    told = await ana.v0.post(f"{path}/members", json={"user_id": ben.id})
    again = await ana.v0.post(f"{path}/members", json={"user_id": ben.id})
    listed = await ben.v0.get(f"{path}/members")
    led = await ana.v0.post(f"{path}/commander", json={"commander_id": ben.id})

    assert (before, refused.status_code) == (403, 403)
    assert at_first["are_kept_here"] is True and ana.id in at_first["user_ids"]
    assert told.json() == again.json() == listed.json()
    assert {ana.id, ben.id} <= set(listed.json()["user_ids"])
    assert led.status_code == 200, led.text
    query = {"kind": "member_joined", "per_page": 200, "direction": "desc"}
    log = (await ben.v0.get(f"{path}/timeline", params=query)).json()["items"]
    assert [(one["actor_id"], one["payload"]["user_id"]) for one in log if one["actor_id"] == ana.id] == [
        (ana.id, ben.id)
    ]


async def test_who_is_not_in_the_team_cannot_be_added(attached: Attached, path: str) -> None:
    ana, eve, zoe = (attached.person(name) for name in ("ana", "eve", "zoe"))
    attached.town.call("DELETE", f"/teams/{attached.team_id}/members/{eve.id}")
    attached.town.call("DELETE", f"/users/{zoe.id}")
    await added(attached, path, ana)

    for user_id in (eve.id, zoe.id, "nobody", ""):
        refused = await ana.v0.post(f"{path}/members", json={"user_id": user_id})
        assert refused.status_code == 403, refused.text
        assert refused.json()["error"] == "Only members of the team can be in the incident channel."


async def test_who_is_removed_or_leaves_stays_out(attached: Attached, path: str) -> None:
    ana, ben, cleo = (attached.person(name) for name in ("ana", "ben", "cleo"))
    await added(attached, path, ana, ben, cleo)

    removed = await ana.v0.delete(f"{path}/members/{ben.id}")
    left = await cleo.v0.delete(f"{path}/members/{cleo.id}")
    again = await ana.v0.delete(f"{path}/members/{ben.id}")
    attached.clock.turn(seconds=20)

    assert (removed.status_code, left.status_code, again.status_code) == (200, 200, 404), again.text
    assert [(await one.v0.get(path)).status_code for one in (ana, ben, cleo)] == [200, 403, 403]
    assert (await ana.v0.get(f"{path}/members")).json() == left.json()


async def test_who_was_added_is_in_it_while_they_are_in_the_team(attached: Attached, path: str) -> None:
    ana = attached.person("ana")
    await added(attached, path, ana)

    seen: list[int] = []
    for _ in range(2):
        seen.append((await ana.v0.get(path)).status_code)
        attached.town.call("DELETE", f"/teams/{attached.team_id}/members/{ana.id}")
        attached.clock.turn(seconds=20)
        seen.append((await ana.v0.get(path)).status_code)
        attached.join_team(ana.id)
        attached.clock.turn(seconds=20)

    assert seen == [200, 403, 200, 403]


async def test_whoever_sees_a_public_one_enters_it_alone(attached: Attached) -> None:
    ana, ben = attached.person("ana"), attached.person("ben")
    path = await brought(attached, is_public=True)

    refused = await ana.v0.post(f"{path}/members", json={"user_id": ben.id})
    entered = await ana.v0.post(f"{path}/members", json={"user_id": ana.id})
    restarted = await ana.v0.put(f"{path}/restart")

    assert (refused.status_code, entered.status_code) == (403, 200), entered.text
    assert ana.id in entered.json()["user_ids"]
    assert restarted.status_code == 200, restarted.text
    assert (await ben.v0.put(f"{path}/end")).status_code == 403


async def test_those_of_any_other_incident_are_those_of_its_channel(attached: Attached) -> None:
    ana, ben = attached.person("ana"), attached.person("ben")
    path = f"/incidents/{(await attached.incident(ana))['id']}"

    listed = await ana.v0.get(f"{path}/members")
    refused = [
        await ana.v0.post(f"{path}/members", json={"user_id": ben.id}),
        await ana.v0.delete(f"{path}/members/{ana.id}"),
    ]

    assert listed.json() == {"user_ids": [ana.id], "are_kept_here": False}
    assert [one.status_code for one in refused] == [409, 409]
