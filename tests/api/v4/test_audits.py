"""The audit log: what is in it, who reads it, and that it cannot be changed."""

import csv
import io
import json
from typing import Any

import pytest

from commandpost.audit.entry import Deed
from commandpost.db import Sql
from commandpost.kernel.clock import DAY_MS
from tests.house.sources import ROOT
from tests.support.incidents import Ops
from tests.support.people import PASSWORD, Person, Room
from tests.support.talk import Talk

CHANGES = (
    Sql("UPDATE audit_entries SET actor_id = 'somebody else'"),
    Sql("DELETE FROM audit_entries WHERE number = (SELECT MAX(number) FROM audit_entries)"),
    Sql("DELETE FROM audit_entries WHERE number = (SELECT MIN(number) FROM audit_entries)"),
    Sql("DELETE FROM audit_entries", postgresql="TRUNCATE audit_entries"),
)


async def audits(admin: Person, **query: Any) -> list[dict[str, Any]]:
    """Entries, oldest first."""
    answer = await admin.get("/audits", params={"per_page": 200, **query})
    assert answer.status_code == 200, answer.text
    return answer.json()[::-1]


async def test_signing_in_and_failing_to_are_in_it_with_the_address(
    room: Room, admin: Person, ana: Person
) -> None:
    nobody = room.stranger()
    started = await nobody.post("/users/login", {"login_id": "ana", "password": PASSWORD})
    await nobody.post("/users/login", {"login_id": "ana", "password": "wrong"})
    await nobody.post("/users/login", {"login_id": "my-secret-password", "password": "wrong"})
    token = {"Authorization": f"Bearer {started.headers['token']}"}
    await nobody.v4.post("/users/logout", headers=token)

    log = [entry for entry in await audits(admin, action="session") if entry["ip_address"]]

    assert [(one["action"], one["subject_id"], one["user_id"]) for one in log] == [
        ("session.started", ana.id, ana.id),
        ("session.refused", ana.id, ""),
        ("session.refused", "", ""),
        ("session.ended", ana.id, ana.id),
    ]
    assert log[0]["session_id"] == log[3]["session_id"] != ""
    assert "my-secret" not in json.dumps(log)


async def test_what_is_done_to_accounts_says_what_was_before_and_after(
    admin: Person, ana: Person, ben: Person
) -> None:
    await admin.put(f"/users/{ana.id}/roles", {"roles": "system_user system_admin"})
    await ana.put("/users/me/patch", {"nickname": "An", "notify_props": {"email": "false"}})
    await admin.put(f"/users/{ben.id}/active", {"active": False})
    refused = await ben.put(f"/users/{ana.id}/roles", {"roles": "system_user"})
    made = (await ana.post("/users/me/tokens", {"description": "for a script"})).json()

    of_ana = await audits(admin, subject_id=ana.id)
    roles, nickname = (one for one in of_ana if one["action"] in ("user.roles_changed", "user.changed"))

    assert (roles["user_id"], roles["before"], roles["after"]) == (
        admin.id,
        {"roles": "system_user"},
        {"roles": "system_user system_admin"},
    )
    assert (nickname["before"], nickname["after"]) == ({"nickname": ""}, {"nickname": "An"})
    assert [one["user_id"] for one in await audits(admin, action="user.deactivated")] == [admin.id]
    assert refused.status_code == 401
    [token] = await audits(admin, action="token")
    assert (token["subject_id"], token["after"]["user_id"]) == (made["id"], ana.id)
    assert made["token"] not in json.dumps(await audits(admin))


async def test_teams_channels_settings_exports_playbooks_and_incidents_are_in_it(
    room: Room, admin: Person, ops: Ops, talk: Talk
) -> None:
    channel = talk.channel_id
    await admin.put(f"/teams/{ops.team.id}/patch", {"allow_open_invite": True})
    await admin.put(f"/channels/{channel}/privacy", {"privacy": "P"})
    await ops.ana.delete(f"/channels/{channel}/members/{ops.ben.id}")
    await admin.put("/config/patch", {"TeamSettings": {"SiteName": "Ops"}})
    address = "http://commandpost.test/plugins/com.mattermost.plugin-channel-export/api/v1/export"
    await ops.ana.v4.get(address, params={"channel_id": channel, "format": "csv"})
    incident = await ops.incident(ops.ben)
    await ops.do(ops.ana, "POST", incident, "/commander", {"commander_id": ops.ben.id})
    await ops.do(ops.ana, "PUT", incident, "/end")

    log = {one["action"]: one for one in await audits(admin)}

    assert log["team.changed"]["after"] == {"allow_open_invite": True}
    converted = log["channel.converted"]
    assert (converted["before"], converted["after"]) == ({"type": "O"}, {"type": "P"})
    assert log["channel.member_removed"]["before"] == {"user_id": ops.ben.id}
    assert log["config.changed"]["after"] == {"site_name": "Ops"}
    assert log["channel.exported"]["user_id"] == ops.ana.id
    assert log["playbook.created"]["after"]["title"] == "Outage"
    assert log["incident.started"]["subject_id"] == incident["id"]
    assert log["incident.commander_changed"]["after"] == {"commander_id": ops.ben.id}
    assert log["incident.ended"]["user_id"] == ops.ana.id


async def test_webhooks_and_alert_sources_are_in_it_without_their_secrets(
    admin: Person, ops: Ops, talk: Talk
) -> None:
    coming = (await admin.post("/hooks/incoming", {"channel_id": talk.channel_id})).json()["id"]
    await admin.put(
        f"/hooks/incoming/{coming}", {"id": coming, "channel_id": talk.channel_id, "display_name": "CI"}
    )
    await admin.delete(f"/hooks/incoming/{coming}")
    url = "https://x.example/hook"
    told = {"team_id": talk.team.id, "trigger_words": ["deploy"], "callback_urls": [f"{url}?key=secret"]}
    going = (await admin.post("/hooks/outgoing", told)).json()
    renewed = (await admin.post(f"/hooks/outgoing/{going['id']}/regen_token")).json()
    playbook_id = await ops.playbook(member_ids=[ops.ana.id, admin.id])
    wish = {"name": "Prometheus", "playbook_id": playbook_id, "commander_id": ops.ana.id}
    source = {**wish, "team_id": ops.team.id, "kind": "alertmanager"}
    made = (await admin.v0.post("/alert-sources", json=source)).json()
    await admin.v0.put(f"/alert-sources/{made['id']}", json={**wish, "name": "Alerts"})
    await admin.v0.delete(f"/alert-sources/{made['id']}")

    log = [*await audits(admin, action="webhook"), *await audits(admin, action="alert_source")]

    assert [
        (one["action"], one["before"].get("display_name"), one["after"].get("display_name"))
        for one in log[:3]
    ] == [
        ("webhook.created", None, ""),
        ("webhook.changed", "", "CI"),
        ("webhook.deleted", "CI", None),
    ]
    assert [one["subject_id"] for one in log[3:5]] == [going["id"]] * 2
    assert (log[3]["after"]["callback_urls"], log[4]["after"]) == ([url], {"token": "renewed"})
    assert [(one["action"], one["after"].get("name")) for one in log[5:]] == [
        ("alert_source.created", "Prometheus"),
        ("alert_source.changed", "Alerts"),
        ("alert_source.deleted", None),
    ]
    written = json.dumps(log)
    for secret in (coming, "key=secret", going["token"], renewed["token"], made["token"]):
        assert secret not in written


async def test_what_is_done_to_posts_and_pictures_of_others_and_to_a_playbooks_surroundings_is_in_it(
    admin: Person, ops: Ops, talk: Talk
) -> None:
    kept, gone, own = [await talk.say(ops.ben, text) for text in ("kept", "gone", "own")]
    playbook_id = await ops.playbook(member_ids=[ops.ana.id])
    await admin.put(f"/posts/{kept['id']}/patch", {"message": "put right"})
    await admin.delete(f"/posts/{gone['id']}")
    await ops.ben.delete(f"/posts/{own['id']}")
    await admin.delete(f"/users/{ops.ben.id}/image")
    plan = {"template": "# Why", "remind_after_seconds": 0, "version": 0}
    await ops.ana.v0.put(f"/playbooks/{playbook_id}/review_plan", json=plan)
    wanted = {"url": "https://hooks.example/x?key=secret", "playbook_id": playbook_id, "user_id": ops.ana.id}
    await ops.ana.v0.post("/eventsubscriptions", json=wanted)

    changed, deleted = await audits(admin, action="post")
    [picture] = await audits(admin, subject_id=ops.ben.id, action="user.changed")
    _, planned, subscribed = await audits(admin, subject_id=playbook_id)

    assert (changed["before"], changed["after"]) == ({"message": "kept"}, {"message": "put right"})
    assert (deleted["subject_id"], deleted["user_id"]) == (gone["id"], admin.id)
    assert (deleted["before"]["user_id"], deleted["before"]["message"]) == (ops.ben.id, "gone")
    assert picture["after"] == {"picture": "drawn"}
    assert planned["after"] == {"review_template": "# Why"}
    assert (subscribed["action"], subscribed["after"]["url"]) == (
        "playbook.subscribed",
        "https://hooks.example/x",
    )


def test_every_deed_is_documented() -> None:
    page = (ROOT / "docs/run/audit.md").read_text()
    table = "".join(line for line in page.splitlines() if line.startswith("|"))

    assert {deed for deed in Deed if f"`{deed}`" not in table} == set()


async def test_an_account_that_has_to_wait_is_in_it_once(room: Room, admin: Person, ana: Person) -> None:
    room.configure(maximum_login_attempts=3)
    nobody = room.stranger()

    statuses = [
        (await nobody.post("/users/login", {"login_id": "ana", "password": "wrong"})).status_code
        for _ in range(6)
    ]

    assert statuses == [401, 401, 401, 429, 429, 429]
    [locked] = await audits(admin, action="session.locked")
    assert (locked["subject_id"], locked["after"]) == (ana.id, {"what": "account", "failures": 3})
    assert len(await audits(admin, action="session.refused")) == 3


async def test_the_channel_of_an_incident_is_in_it(admin: Person, ops: Ops) -> None:
    incident = await ops.incident()

    [made] = await audits(admin, subject_id=incident["channel_id"], action="channel.created")

    assert (made["user_id"], made["after"]["display_name"]) == (ops.ana.id, "Database is down")


async def test_what_is_refused_or_undone_is_not_in_it(admin: Person, ana: Person, talk: Talk) -> None:
    before = await audits(admin)

    await ana.put(f"/channels/{talk.channel_id}/privacy", {"privacy": "X"})
    await ana.put("/config/patch", {"TeamSettings": {"SiteName": "Mine"}})
    await admin.put("/config/patch", {"TeamSettings": {"MaxUsersPerTeam": 0}})

    assert await audits(admin) == before


async def test_only_administrators_read_it_and_everybody_their_own_deeds(
    admin: Person, ana: Person, ben: Person
) -> None:
    refused = [
        await ana.get("/audits"),
        await ana.get("/audits/export"),
        await ana.get(f"/users/{ben.id}/audits"),
    ]
    own = (await ana.get("/users/me/audits")).json()

    assert [answer.status_code for answer in refused] == [403, 403, 403]
    assert {entry["user_id"] for entry in own} == {ana.id}
    assert (await admin.get(f"/users/{ana.id}/audits")).json() == own


async def test_it_is_read_in_pages_and_by_time(room: Room, admin: Person, ana: Person) -> None:
    moment = room.clock.turn(seconds=10)
    await ana.put("/users/me/patch", {"nickname": "one"})
    await ana.put("/users/me/patch", {"nickname": "two"})

    pages = [(await admin.get(f"/audits?per_page=1&page={page}&since={moment}")).json() for page in range(3)]

    assert [[entry["after"] for entry in page] for page in pages] == [
        [{"nickname": "two"}],
        [{"nickname": "one"}],
        [],
    ]
    assert await audits(admin, until=moment, action="user.changed") == []


async def test_it_is_narrowed_by_who_did_it_and_to_what_on_screen_and_in_files(
    admin: Person, ana: Person, ben: Person
) -> None:
    for by, of in ((ana, ana), (ben, ben), (admin, ana)):
        await by.put(f"/users/{of.id}/patch", {"nickname": f"by {by.username}"})

    for query, nicknames in (
        ({"user_id": ana.id}, ["by ana"]),
        ({"subject_id": ana.id}, ["by ana", "by admin"]),
        ({"user_id": admin.id, "subject_id": ana.id}, ["by admin"]),
    ):
        narrowed = {"action": "user.changed", **query}
        lines = (await admin.get("/audits/export", params={"format": "jsonl", **narrowed})).text.splitlines()
        shown = await audits(admin, **narrowed)

        assert [entry["after"]["nickname"] for entry in shown] == nicknames
        assert [json.loads(line) for line in lines] == shown[::-1]


async def test_it_is_exported_whole_as_json_lines_and_csv(admin: Person, ana: Person) -> None:
    await ana.put("/users/me/patch", {"nickname": 'a "quoted", one'})

    lines = await admin.get("/audits/export?format=jsonl&action=user")
    table = await admin.get("/audits/export?format=csv&action=user")
    unknown = await admin.get("/audits/export?format=xml")

    entries = [json.loads(line) for line in lines.text.splitlines()]
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert entries == (await audits(admin, action="user"))[::-1]
    assert [(row["id"], json.loads(row["after"])) for row in rows] == [
        (entry["id"], entry["after"]) for entry in entries
    ]
    assert unknown.status_code == 400
    assert [entry["after"] for entry in await audits(admin, action="audit")] == [{"deed": "user"}] * 2


async def test_no_entry_can_be_changed_or_taken_away(room: Room, admin: Person) -> None:
    before = await audits(admin)

    for change in CHANGES:
        with pytest.raises(Exception, match="append-only"):
            async with room.desks.writing() as desk:
                await desk.work.run(change)

    assert await audits(admin) == before


async def test_entries_go_when_they_are_old_enough_if_that_is_set(
    room: Room, admin: Person, ana: Person
) -> None:
    housekeeping = room.app.state.housekeeping
    await ana.put("/users/me/patch", {"nickname": "old"})
    room.clock.turn(seconds=2 * DAY_MS / 1000)
    await housekeeping.tidy()
    kept = await audits(admin, action="user.changed")
    room.configure(audit_retention_days=1)
    room.clock.turn(seconds=DAY_MS / 1000)
    await ana.put("/users/me/patch", {"nickname": "new"})

    await housekeeping.tidy()

    assert len(kept) == 1
    assert [entry["after"] for entry in await audits(admin, action="user.changed")] == [{"nickname": "new"}]
    with pytest.raises(Exception, match="append-only"):
        async with room.desks.writing() as desk:
            await desk.work.run(CHANGES[1])
