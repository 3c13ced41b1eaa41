"""Where a team's alerts come from, over REST v0."""

from dataclasses import replace
from typing import Any

import pytest

from commandpost.db import Sql
from tests.api.test_alerts import Alarm, firing, lead, prometheus, wish
from tests.support.incidents import Ops
from tests.support.people import Person

__all__ = ["prometheus"]

_HASHES = Sql("SELECT token_hash FROM alert_sources")


def kept(source: dict[str, Any]) -> dict[str, Any]:
    """A source as it is shown later: without its token."""
    return {**source, "token": ""}


async def test_a_token_is_shown_once_and_kept_as_a_hash(ops: Ops, prometheus: Alarm) -> None:
    source = prometheus.source

    listed = await ops.ana.v0.get(f"/alert-sources?team_id={ops.team.id}")
    one = await ops.ana.v0.get(f"/alert-sources/{source['id']}")

    assert len(source["token"]) == 32
    assert source["url"] == "http://commandpost.test/hooks/alerts/alertmanager"
    assert (source["kind"], source["grouping"], source["created_by"]) == ("alertmanager", "group", ops.ana.id)
    assert listed.json() == [kept(source)]
    assert one.json() == kept(source)
    async with ops.room.desks.reading() as desk:
        assert source["token"] not in await desk.work.value(_HASHES)


async def test_it_is_changed_and_taken_away(ops: Ops, prometheus: Alarm) -> None:
    path = f"/alert-sources/{prometheus.source['id']}"
    other = await ops.playbook(title="Other")
    wanted = {"name": " Grafana ", "playbook_id": other, "commander_id": ops.ben.id, "grouping": "source"}

    changed = await ops.ana.v0.put(path, json=wanted)
    await prometheus.sent(firing("Latency"))
    gone = await ops.ana.v0.delete(path)
    headers = {"Authorization": f"Bearer {prometheus.source['token']}"}
    refused = await prometheus.post("/hooks/alerts/alertmanager", {}, headers)

    assert changed.json()["name"] == "Grafana"
    [incident] = await prometheus.incidents()
    assert (incident["playbook_id"], incident["commander_user_id"]) == (other, ops.ben.id)
    assert (gone.status_code, refused.status_code) == (204, 401)


async def test_a_new_token_ends_the_old_one(ops: Ops, prometheus: Alarm) -> None:
    answer = await ops.ana.v0.post(f"/alert-sources/{prometheus.source['id']}/token")

    old = await prometheus.post(
        "/hooks/alerts/alertmanager", {}, {"Authorization": f"Bearer {prometheus.source['token']}"}
    )
    assert old.status_code == 401
    renewed = replace(prometheus, source={**prometheus.source, "token": answer.json()["token"]})
    assert await renewed.sent(firing("Latency"))


async def test_it_is_for_those_who_manage_the_team(ops: Ops, admin: Person, prometheus: Alarm) -> None:
    path = f"/alert-sources/{prometheus.source['id']}"
    change = {"name": "x", "playbook_id": "x", "commander_id": "x"}

    async def tried(who: Person) -> set[int]:
        answers = [
            await who.v0.get(f"/alert-sources?team_id={ops.team.id}"),
            await who.v0.post("/alert-sources", json=await wish(ops, "pagerduty")),
            await who.v0.get(path),
            await who.v0.put(path, json=change),
            await who.v0.post(f"{path}/token"),
            await who.v0.delete(path),
        ]
        return {answer.status_code for answer in answers}

    assert await tried(ops.ben) == {403}
    assert (await admin.v0.get(path)).status_code == 200
    assert (await admin.v0.get("/alert-sources/" + "x" * 26)).status_code == 404
    assert (await ops.ana.v0.get("/alert-sources/" + "x" * 26)).status_code == 403


async def test_nobody_binds_a_playbook_that_they_may_not_start_from(
    ops: Ops, admin: Person, prometheus: Alarm
) -> None:
    bens = await ops.playbook(by=ops.ben, member_ids=[ops.ben.id])

    answer = await ops.ana.v0.post("/alert-sources", json=await wish(ops, "pagerduty", playbook_id=bens))

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("name", "", 400),
        ("name", "x" * 65, 400),
        ("kind", "nagios", 400),
        ("grouping", "planet", 400),
        ("commander_id", "x" * 26, 403),
        ("playbook_id", "", 403),
        ("team_id", "x" * 26, 403),
    ],
)
async def test_what_cannot_work_is_refused(
    ops: Ops, admin: Person, field: str, value: str, status: int
) -> None:
    await lead(admin, ops, ops.ana)

    answer = await ops.ana.v0.post("/alert-sources", json={**await wish(ops, "alertmanager"), field: value})

    assert answer.status_code == status
    assert (await ops.ana.v0.get(f"/alert-sources?team_id={ops.team.id}")).json() == []


async def test_a_guest_cannot_be_the_commander(ops: Ops, admin: Person, guest: Person) -> None:
    await lead(admin, ops, ops.ana)
    await admin.post(f"/teams/{ops.team.id}/members", {"team_id": ops.team.id, "user_id": guest.id})

    answer = await ops.ana.v0.post(
        "/alert-sources", json=await wish(ops, "alertmanager", commander_id=guest.id)
    )

    assert answer.status_code == 403
