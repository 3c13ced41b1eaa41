"""The product switched off and on: routes, command, reminders; nothing is lost."""

from tests.support.incidents import Ops
from tests.support.listeners import listening
from tests.support.people import Person, Room

PLUGIN = "com.mattermost.plugin-incident-management"


async def switch(admin: Person, deed: str) -> None:
    answer = await admin.post(f"/plugins/{PLUGIN}/{deed}")
    assert (answer.status_code, answer.json()) == (200, {"status": "OK"})


async def test_switched_off_it_has_no_routes(ops: Ops, admin: Person) -> None:
    incident = await ops.incident()
    await switch(admin, "disable")

    for who in (ops.ana, admin, ops.room.stranger()):
        for path in ("/playbooks", f"/incidents?team_id={ops.team.id}", f"/incidents/{incident['id']}"):
            assert (await who.v0.get(path)).status_code == 404
        assert (await who.v0.post("/incidents", content=b"{bad")).status_code == 404

    await switch(admin, "enable")
    assert await ops.seen(incident) == incident


async def test_its_reminders_wait(ops: Ops, admin: Person) -> None:
    incident = await ops.incident()
    submission = {"submission": {"message": "looking", "reminder": "900"}}
    await ops.do(ops.ana, "POST", incident, "/update-status-dialog", submission)
    reminders = ops.room.app.state.reminders
    await switch(admin, "disable")
    ops.room.clock.turn(seconds=1000)
    await reminders.fire_due()
    assert (await ops.messages(incident))[-1] == "looking"

    await switch(admin, "enable")
    await reminders.fire_due()

    reminder = "@ana, please provide an update on this incident's progress."
    assert (await ops.messages(incident)).count(reminder) == 1


async def test_administrators_see_how_it_is(room: Room, admin: Person, ana: Person) -> None:
    on = (await admin.get("/plugins")).json()
    shown = (await room.stranger().get("/plugins/webapp")).json()
    running = (await admin.get("/plugins/statuses")).json()
    await switch(admin, "disable")
    off = (await admin.get("/plugins")).json()
    hidden = (await ana.get("/plugins/webapp")).json()
    stopped = (await admin.get("/plugins/statuses")).json()

    assert [one["id"] for one in on["active"]] == [one["id"] for one in off["inactive"]] == [PLUGIN]
    assert on["inactive"] == off["active"] == hidden == []
    assert [one["id"] for one in shown] == [PLUGIN]
    assert (running[0]["plugin_id"], running[0]["state"], stopped[0]["state"]) == (PLUGIN, 2, 0)


async def test_only_administrators_switch_it(room: Room, admin: Person, ana: Person) -> None:
    for path in ("/plugins", "/plugins/statuses"):
        assert (await ana.get(path)).status_code == 403
    for deed in ("enable", "disable"):
        assert (await ana.post(f"/plugins/{PLUGIN}/{deed}")).status_code == 403
        assert (await room.stranger().post(f"/plugins/{PLUGIN}/{deed}")).status_code == 401
        unknown = await admin.post(f"/plugins/com.example.none/{deed}")
        assert (unknown.status_code, unknown.json()["id"]) == (404, "app.plugin.not_installed.app_error")


async def test_everybody_is_told(room: Room, admin: Person, ana: Person) -> None:
    client = listening(room, ana)

    await switch(admin, "disable")
    await switch(admin, "disable")
    await switch(admin, "enable")

    frames = client.read()
    assert [frame["event"] for frame in frames] == [
        "config_changed",
        "plugin_disabled",
        "config_changed",
        "plugin_enabled",
    ]
    assert frames[1]["data"]["manifest"]["id"] == PLUGIN


async def test_permalinks_lead_to_the_post_in_its_team(ops: Ops) -> None:
    incident = await ops.incident(is_private=True)
    [post] = (await ops.ana.get(f"/channels/{incident['channel_id']}/posts")).json()["order"][:1]
    to_ben = (await ops.ana.post("/channels/direct", [ops.ana.id, ops.ben.id])).json()
    said = (await ops.ana.post("/posts", {"channel_id": to_ben["id"], "message": "psst"})).json()

    async def leads(who: Person, post_id: str) -> tuple[int, str]:
        answer = await who.v4.get(f"http://commandpost.test/_redirect/pl/{post_id}")
        return answer.status_code, answer.headers.get("Location", "")

    assert await leads(ops.ana, post) == (302, f"/{ops.team.name}/pl/{post}")
    assert await leads(ops.ben, said["id"]) == (302, f"/{ops.team.name}/pl/{said['id']}")
    assert await leads(ops.ben, post) == (404, "")
    assert await leads(ops.ben, "a" * 26) == (404, "")
    assert await leads(ops.ben, "x") == (400, "")
    stranger = await leads(ops.room.stranger(), post)
    assert stranger == (302, f"/login?redirect_to=%2F_redirect%2Fpl%2F{post}")
