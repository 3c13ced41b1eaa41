"""What a playbook's keepers do beside editing it: not overwrite each other, undo, copy, carry elsewhere."""

from tests.support.incidents import STAGES, Ops
from tests.support.people import Person


async def test_two_editors_at_once_do_not_overwrite_each_other(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    path = f"/playbooks/{playbook_id}"
    seen = (await ops.ana.v0.get(path)).headers["ETag"]
    wanted = {"team_id": ops.team.id, "member_ids": [ops.ana.id, ops.ben.id]}

    first = await ops.ben.v0.put(path, json={**wanted, "title": "Ben's"}, headers={"If-Match": seen})
    second = await ops.ana.v0.put(path, json={**wanted, "title": "Ana's"}, headers={"If-Match": seen})

    assert (seen, first.status_code, first.headers["ETag"]) == ('"1"', 200, '"2"')
    assert second.status_code == 412
    assert "changed the playbook" in second.json()["error"]
    assert (await ops.ana.v0.get(path)).json()["title"] == "Ben's"
    for never_given in ('"0"', "x", '"' + "9" * 40 + '"', "W/1"):
        refused = await ops.ana.v0.put(path, json=wanted, headers={"If-Match": never_given})
        assert refused.status_code == 412
    for any_will_do in ("*", ""):
        saved = await ops.ana.v0.put(path, json=wanted, headers={"If-Match": any_will_do})
        assert saved.status_code == 200


async def test_a_deleted_playbook_is_restored(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    await ops.ana.v0.delete(f"/playbooks/{playbook_id}")

    restored = await ops.ben.v0.put(f"/playbooks/{playbook_id}/restore")

    assert (restored.status_code, restored.content) == (200, b"")
    listed = (await ops.ana.v0.get("/playbooks", params={"team_id": ops.team.id})).json()
    assert [item["id"] for item in listed["items"]] == [playbook_id]
    again = await ops.ana.v0.put(f"/playbooks/{playbook_id}/restore")
    assert again.status_code == 200


async def test_a_copy_stands_by_itself(ops: Ops) -> None:
    playbook_id = await ops.playbook()

    made = await ops.ben.v0.post(f"/playbooks/{playbook_id}/duplicate")

    assert made.status_code == 201
    copy = (await ops.ana.v0.get(f"/playbooks/{made.json()['id']}")).json()
    original = (await ops.ana.v0.get(f"/playbooks/{playbook_id}")).json()
    assert copy["title"] == "Copy of Outage"
    assert copy["id"] != playbook_id
    different = {"id", "title", "create_at"}
    assert {k: v for k, v in copy.items() if k not in different} == {
        k: v for k, v in original.items() if k not in different
    }


async def test_a_playbook_is_carried_to_another_team_as_a_file(ops: Ops) -> None:
    playbook_id = await ops.playbook(title="Größer: alles!", broadcast_channel_id="")
    other = await ops.room.team("other", ops.ben)
    reviews = {"template": "# $NAME", "remind_after_seconds": 3600, "version": 0}
    await ops.ana.v0.put(f"/playbooks/{playbook_id}/review_plan", json=reviews)

    exported = await ops.ana.v0.get(f"/playbooks/{playbook_id}/export")
    made = await ops.ben.v0.post("/playbooks/import", params={"team_id": other.id}, json=exported.json())

    assert exported.headers["Content-Disposition"] == 'attachment; filename="gr-er-alles.playbook.json"'
    assert ops.ana.id not in exported.text
    assert made.status_code == 201
    playbook = (await ops.ben.v0.get(f"/playbooks/{made.json()['id']}")).json()
    assert playbook["title"] == "Größer: alles!"
    assert playbook["team_id"] == other.id
    assert playbook["member_ids"] == [ops.ben.id]
    assert [stage["title"] for stage in playbook["checklists"]] == [stage["title"] for stage in STAGES]
    assert playbook["checklists"][0]["items"][1]["command"] == "/echo hello"
    assert playbook["reminder_timer_default_seconds"] == 900
    plan = (await ops.ben.v0.get(f"/playbooks/{made.json()['id']}/review_plan")).json()
    assert (plan["template"], plan["remind_after_seconds"], plan["version"]) == ("# $NAME", 3600, 1)


async def test_what_is_not_imported(ops: Ops) -> None:
    cleo = await ops.room.person("cleo")
    file = {"format": "command-post.playbook", "version": 1, "title": "T"}
    team = {"team_id": ops.team.id}

    for body, params, status in (
        ({**file, "version": 2}, team, 400),
        ({**file, "format": "other"}, team, 400),
        ({"title": "T"}, team, 400),
        ({**file, "checklists": [{"items": []}]}, team, 400),
        (file, {}, 400),
        (file, {"team_id": "nosuch"}, 403),
    ):
        assert (await ops.ana.v0.post("/playbooks/import", params=params, json=body)).status_code == status, (
            body
        )
    assert (await cleo.v0.post("/playbooks/import", params=team, json=file)).status_code == 403
    assert (await ops.ana.v0.get("/playbooks", params=team)).json()["total_count"] == 0


async def test_only_keepers_restore_copy_and_export(ops: Ops, admin: Person) -> None:
    playbook_id = await ops.playbook(member_ids=[ops.ana.id])

    for method, way in (("PUT", "restore"), ("POST", "duplicate"), ("GET", "export")):
        answer = await ops.ben.v0.request(method, f"/playbooks/{playbook_id}/{way}")
        assert (answer.status_code, answer.json()) == (403, {"error": "Not authorized"})
        assert (await admin.v0.request(method, f"/playbooks/{playbook_id}/{way}")).status_code < 300
        unknown = await admin.v0.request(method, f"/playbooks/aaaaaaaaaaaaaaaaaaaaaaaaaa/{way}")
        assert unknown.status_code == 404


async def test_an_administrator_decides_who_makes_playbooks(ops: Ops, admin: Person) -> None:
    plugin = "com.mattermost.plugin-incident-management"
    wanted = {"title": "T", "team_id": ops.team.id}

    async def allow(creators: object) -> int:
        change = {"PluginSettings": {"Plugins": {plugin: {"playbookcreators": creators}}}}
        return (await admin.put("/config/patch", change)).status_code

    assert await allow("team_admins") == 200
    assert (await ops.ana.v0.post("/playbooks", json=wanted)).status_code == 403
    roles = f"/teams/{ops.team.id}/members/{ops.ana.id}/roles"
    assert (await admin.put(roles, {"roles": "team_user team_admin"})).status_code == 200
    assert (await ops.ana.v0.post("/playbooks", json=wanted)).status_code == 201
    assert await allow("system_admins") == 200
    assert (await ops.ana.v0.post("/playbooks", json=wanted)).status_code == 403
    assert (await admin.v0.post("/playbooks", json=wanted)).status_code == 201
    for bad in ("nobody", 5, None):
        assert await allow(bad) == 400
    shown = (await admin.get("/config")).json()["PluginSettings"]["Plugins"][plugin]
    assert shown == {"playbookcreators": "system_admins"}
    assert await allow("members") == 200
    assert (await ops.ben.v0.post("/playbooks", json=wanted)).status_code == 201
