"""What listeners hear of incidents: events of the product among the chat's, in order, to the right people."""

import json
from typing import Any

import pytest

from commandpost.incidents.permissions import NotAuthorized
from tests.live.listening import Client
from tests.support.incidents import Ops
from tests.support.listeners import listening, watching
from tests.support.people import Person

PREFIX = "custom_com.mattermost.plugin-incident-management_"
UPDATED = f"{PREFIX}incident_updated"
CREATED = f"{PREFIX}incident_created"
CHANGED = f"{PREFIX}incident_changed"
LOGGED = f"{PREFIX}incident_logged"


def payloads(client: Client, event: str = UPDATED) -> list[dict[str, Any]]:
    return [json.loads(frame["data"]["payload"]) for frame in client.read() if frame["event"] == event]


async def test_starting_is_told_to_who_is_in_it(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    starter, commander = listening(ops.room, ops.ana), listening(ops.room, ops.ben)

    incident = await ops.incident(commander_user_id=ops.ben.id, playbook_id=playbook_id)

    hers, his = starter.read(), commander.read()
    [created] = [frame for frame in hers if frame["event"] == CREATED]
    assert json.loads(created["data"]["payload"]) == {"incident": incident}
    assert created["broadcast"] == {
        "omit_users": None,
        "user_id": ops.ana.id,
        "channel_id": "",
        "team_id": "",
    }
    assert CREATED not in [frame["event"] for frame in his]
    for frames in (hers, his):
        names = [frame["event"] for frame in frames]
        assert names.index("user_added") < names.index(UPDATED)
        assert "posted" in names
    [updated] = [frame for frame in his if frame["event"] == UPDATED]
    assert json.loads(updated["data"]["payload"]) == incident
    assert updated["broadcast"]["channel_id"] == incident["channel_id"]


async def test_every_change_is_told_to_the_channel(ops: Ops) -> None:
    incident = await ops.incident()
    await ops.add(ops.ana, incident, ops.ben)
    inside = listening(ops.room, ops.ben, incident["channel_id"])
    item = "/checklists/0/item/0"

    for method, path, body in (
        ("PUT", f"{item}/state", {"new_state": "closed"}),
        ("PUT", f"{item}/assignee", {"assignee_id": ops.ben.id}),
        ("PUT", "/checklists/0/add", {"title": "more"}),
        ("PUT", item, {"title": "renamed", "command": "/echo x"}),
        ("PUT", "/checklists/0/reorder", {"item_num": 0, "new_location": 1}),
        ("POST", "/checklists/0/item/1/run", None),
        ("DELETE", "/checklists/0/item/3", None),
        ("PATCH", "", {"active_stage": 1}),
        ("POST", "/commander", {"commander_id": ops.ben.id}),
        ("POST", "/update-status-dialog", {"submission": {"message": "m", "reminder": "0"}}),
        ("POST", "/status", {"message": "n", "reminder": 60}),
        ("PUT", "/end", None),
        ("PUT", "/restart", None),
    ):
        answer = await ops.do(ops.ana, method, incident, path, body)
        assert answer.status_code in (200, 201, 204), (path, answer.text)
        told = payloads(inside)
        assert told, path
        assert told[-1] == await ops.seen(incident), path


async def test_the_change_is_told_before_the_post_that_speaks_of_it(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    client = listening(ops.room, ops.ana)

    incident = await ops.incident(playbook_id=playbook_id)
    begun = [frame["event"] for frame in client.read()]
    orders: list[list[str]] = []
    for method, path, body in (
        ("PATCH", "", {"active_stage": 1}),
        ("PUT", "/end", None),
        ("PUT", "/restart", None),
        ("PUT", "/checklists/0/item/0/state", {"new_state": "closed"}),
    ):
        await ops.do(ops.ana, method, incident, path, body)
        orders.append([frame["event"] for frame in client.read()])

    assert begun[-3:] == [UPDATED, "posted", CREATED]
    assert orders == [[UPDATED, "posted"]] * 3 + [["posted", UPDATED]]


async def test_what_changes_nothing_is_not_told(ops: Ops) -> None:
    incident = await ops.incident()
    client = listening(ops.room, ops.ana, incident["channel_id"])

    for method, path, body in (
        ("PUT", "/checklists/0/item/0/state", {"new_state": ""}),
        ("PUT", "/checklists/0/item/0/assignee", {"assignee_id": ""}),
        ("PATCH", "", {"active_stage": 0}),
        ("POST", "/commander", {"commander_id": ops.ana.id}),
        ("PUT", "/checklists/0/item/9/state", {"new_state": "closed"}),
        ("PUT", "/restart", None),
    ):
        await ops.do(ops.ana, method, incident, path, body)

    assert client.read() == []


async def test_who_is_not_in_the_channel_hears_nothing_of_it(ops: Ops, room: Any, admin: Any) -> None:
    incident = await ops.incident()
    outside, above = listening(ops.room, ops.ben), listening(ops.room, admin)

    await ops.do(ops.ana, "PUT", incident, "/end")

    assert outside.read() == []
    assert above.read() == []


async def test_onlookers_who_watch_the_team_hear_that_something_is_new(ops: Ops, admin: Person) -> None:
    public, private = await ops.incident(), await ops.incident(is_private=True)
    blind = listening(ops.room, ops.ben)
    onlooker = await watching(ops.room, ops.ben, ops.team.id)
    above = await watching(ops.room, admin, ops.team.id, is_admin=True)

    for incident in (public, private):
        await ops.do(ops.ana, "PUT", incident, "/end")

    of_public, of_private = ({"id": one["id"], "team_id": ops.team.id} for one in (public, private))
    assert payloads(onlooker, CHANGED) == [of_public]
    assert payloads(above, CHANGED) == [of_public, of_private]
    assert blind.read() == []
    assert {one["event"] for one in onlooker.received} == {CHANGED}


async def test_onlookers_hear_that_somebody_posts_joins_and_leaves(ops: Ops, admin: Person) -> None:
    public, private = await ops.incident(), await ops.incident(is_private=True)
    onlooker = await watching(ops.room, ops.ben, ops.team.id)
    above = await watching(ops.room, admin, ops.team.id, is_admin=True)
    inside = listening(ops.room, ops.ana, public["channel_id"], private["channel_id"])
    cleo = await ops.room.person("cleo")
    await admin.post(f"/teams/{ops.team.id}/members", json={"team_id": ops.team.id, "user_id": cleo.id})

    for incident in (public, private):
        channel_id = incident["channel_id"]
        await ops.ana.post("/posts", json={"channel_id": channel_id, "message": "Smoke in the hall"})
        await ops.add(ops.ana, incident, cleo)
        await ops.ana.delete(f"/channels/{channel_id}/members/{cleo.id}")

    of_public, of_private = ({"id": one["id"], "team_id": ops.team.id} for one in (public, private))
    assert payloads(onlooker, LOGGED) == [of_public] * 3
    assert payloads(above, LOGGED) == [of_public] * 3 + [of_private] * 3
    assert payloads(inside, LOGGED) == []


async def test_onlookers_hear_that_the_channel_turns_public_private_and_is_archived(
    ops: Ops, admin: Person
) -> None:
    incident = await ops.incident(is_private=True)
    channel = f"/channels/{incident['channel_id']}"
    onlooker = await watching(ops.room, ops.ben, ops.team.id)
    above = await watching(ops.room, admin, ops.team.id, is_admin=True)
    told = {"id": incident["id"], "team_id": ops.team.id}

    await admin.put(f"{channel}/privacy", json={"privacy": "O"})
    assert payloads(onlooker, CHANGED) == payloads(above, CHANGED) == [told]
    await admin.delete(channel)
    assert payloads(onlooker, LOGGED) == payloads(above, LOGGED) == [told]
    await admin.post(f"{channel}/restore")
    assert payloads(onlooker, LOGGED) == payloads(above, LOGGED) == [told]
    await admin.put(f"{channel}/privacy", json={"privacy": "P"})
    assert payloads(onlooker, CHANGED) == payloads(above, CHANGED) == [told]
    await admin.delete(channel)

    assert payloads(onlooker, LOGGED) == []
    assert payloads(above, LOGGED) == [told]


async def test_a_guest_and_a_stranger_may_not_watch(ops: Ops, guest: Person, admin: Person) -> None:
    await admin.post(f"/teams/{ops.team.id}/members", json={"team_id": ops.team.id, "user_id": guest.id})

    for person in (guest, await ops.room.person("cleo")):
        with pytest.raises(NotAuthorized):
            await watching(ops.room, person, ops.team.id)


async def test_posts_of_the_bot_are_told_as_posts(ops: Ops) -> None:
    incident = await ops.incident()
    client = listening(ops.room, ops.ana, incident["channel_id"])

    await ops.do(ops.ana, "PUT", incident, "/checklists/0/item/0/state", {"new_state": "closed"})

    [posted] = [frame for frame in client.read() if frame["event"] == "posted"]
    post = json.loads(posted["data"]["post"])
    assert posted["data"]["sender_name"] == "@incident"
    assert post["message"] == "ana checked off checklist item **Call the on-call**"
    assert post["props"] == {"from_bot": "true"}
    bot = (await ops.ana.get(f"/users/{post['user_id']}")).json()
    assert (bot["username"], bot["first_name"], bot["is_bot"]) == ("incident", "Incident Bot", True)
    assert bot["bot_description"] == "Incident Management plugin's bot."


async def test_the_bot_adds_but_does_not_join(ops: Ops) -> None:
    incident = await ops.incident()

    page = (await ops.ana.get(f"/channels/{incident['channel_id']}/posts")).json()
    members = (await ops.ana.get(f"/channels/{incident['channel_id']}/members")).json()

    added = next(one for one in page["posts"].values() if one["type"] == "system_add_to_channel")
    bot = (await ops.ana.get("/users/username/incident")).json()
    assert added["message"] == "ana added to the channel by incident."
    assert added["user_id"] == bot["id"]
    expected = {
        "addedUserId": ops.ana.id,
        "addedUsername": "ana",
        "userId": bot["id"],
        "username": "incident",
        "from_bot": "true",
    }
    assert added["props"] == expected
    assert bot["id"] not in [one["user_id"] for one in members]


async def test_members_of_a_playbook_hear_of_each_save(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    member, stranger = listening(ops.room, ops.ben), listening(ops.room, await ops.room.person("cleo"))
    wanted = {"team_id": ops.team.id, "member_ids": [ops.ana.id, ops.ben.id]}

    await ops.ana.v0.put(f"/playbooks/{playbook_id}", json=wanted)
    await ops.ana.v0.delete(f"/playbooks/{playbook_id}")

    heard = payloads(member, f"{PREFIX}playbook_updated")
    saved = (playbook_id, 2, ops.ana.id)
    assert [(one["id"], one["version"], one["user_id"]) for one in heard] == [saved, saved]
    assert [one["delete_at"] > 0 for one in heard] == [False, True]
    assert payloads(stranger, f"{PREFIX}playbook_updated") == []
