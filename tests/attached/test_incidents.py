"""Incidents inside a Mattermost that is already there: over our REST v0, with sessions of Mattermost."""

import io
import json
import zipfile
from collections.abc import Mapping

from commandpost.incidents.ports import BEGINNING, Desks, User
from tests.support.attached import Attached


async def test_an_incident_gets_its_channel_members_and_first_post_over_there(attached: Attached) -> None:
    ana, ben = attached.person("ana"), attached.person("ben")
    playbook_id = await attached.playbook(ana, ben)

    incident = await attached.incident(ana, playbook_id=playbook_id, commander_user_id=ben.id)

    channel = attached.town.call("GET", f"/channels/{incident['channel_id']}", token=ana.token)
    assert (channel["display_name"], channel["type"]) == ("Database is down", "O")
    members = attached.town.call("GET", f"/channels/{incident['channel_id']}/members", token=ana.token)
    assert {one["user_id"] for one in members} == {ana.id, ben.id, attached.town.bot_id}
    posts = attached.posts(incident["channel_id"])
    assert [post["user_id"] for post in posts] == [attached.town.bot_id]
    assert f"@{ben.username}" in posts[0]["message"]


async def test_a_tick_is_posted_by_the_bot_and_bears_the_id_of_its_post(attached: Attached) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana, playbook_id=await attached.playbook(ana))

    ticked = await ana.v0.put(
        f"/incidents/{incident['id']}/checklists/0/item/0/state", json={"new_state": "closed"}
    )

    assert ticked.status_code == 200, ticked.text
    task = (await attached.seen(incident, ana))["checklists"][0]["items"][0]
    newest = attached.posts(incident["channel_id"])[-1]
    assert "Call" in newest["message"]
    assert task["state_modified_post_id"] == newest["id"]


async def test_a_status_update_is_posted_by_its_author(attached: Attached) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)

    told = await ana.v0.post(f"/incidents/{incident['id']}/status", json={"message": "All quiet."})

    assert told.status_code == 200, told.text
    newest = attached.posts(incident["channel_id"])[-1]
    assert (newest["user_id"], newest["message"]) == (ana.id, "All quiet.")
    assert (await attached.seen(incident, ana))["status_post_ids"] == [newest["id"]]


async def test_an_archive_holds_what_was_said_over_there(attached: Attached) -> None:
    ana, eve = attached.person("ana"), attached.person("eve")
    incident = await attached.incident(ana)
    channel_id = incident["channel_id"]
    for message in ("Is it the cart?", "It is."):
        said = {"channel_id": channel_id, "message": message}
        attached.town.call("POST", "/posts", json=said, token=ana.token)

    answer = await ana.v0.get(f"/incidents/{incident['id']}/archive")
    refused = await eve.v0.get(f"/incidents/{incident['id']}/archive")

    assert (answer.status_code, refused.status_code) == (200, 403), answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        told = [json.loads(line) for line in archive.read("posts.jsonl").splitlines()]
        people = [json.loads(line) for line in archive.read("people.jsonl").splitlines()]
    own = [one["message"] for one in told if one["author_id"] == ana.id and not one["type"]]
    assert own == ["Is it the cart?", "It is."]
    assert {one["id"]: one["username"] for one in people}[ana.id] == ana.username
    ids = [one["id"] for one in attached.posts(channel_id)]
    assert [one["id"] for one in told if one["id"] in ids] == ids
    said = {"channel_id": channel_id, "message": "Mended."}
    attached.town.call("POST", "/posts", json=said, token=ana.token)
    again = await ana.v0.get(f"/incidents/{incident['id']}/archive")
    with zipfile.ZipFile(io.BytesIO(again.content)) as archive:
        later = [json.loads(line)["message"] for line in archive.read("posts.jsonl").splitlines()]
    assert "Mended." in later


async def test_with_the_first_page_of_a_conversation_all_who_speak_in_it_are_known(
    attached: Attached,
) -> None:
    ana, eve = attached.person("ana"), attached.person("eve")
    channel_id = (await attached.incident(ana))["channel_id"]
    attached.town.call("POST", f"/channels/{channel_id}/members", json={"user_id": eve.id})
    attached.town.call(
        "POST", "/posts", json={"channel_id": channel_id, "message": "Me too"}, token=eve.token
    )
    desks: Desks = attached.app.state.incident_desks_of_nobody
    pages: list[int] = []

    async def told() -> Mapping[str, User]:
        async with desks.reading() as desk:
            page = await desk.chat.history(channel_id, after=BEGINNING, limit=1)
            pages.append(len(page))
            return await desk.chat.users([eve.id])

    known = await desks.repeated(told)

    assert (known[eve.id].username, pages) == (eve.username, [1])


async def test_a_second_incident_of_a_name_gets_a_channel_of_another(attached: Attached) -> None:
    ana = attached.person("ana")

    first = await attached.incident(ana)
    second = await attached.incident(ana)

    names = [attached.town.call("GET", f"/channels/{one['channel_id']}")["name"] for one in (first, second)]
    assert names[0] == "database-is-down"
    assert names[1].startswith("database-is-down-")


async def test_who_has_no_session_or_a_dead_one_does_not_get_in(attached: Attached) -> None:
    for token in ("", "nonsense"):
        answer = await attached.door(token).get("/incidents", params={"team_id": attached.team_id})
        assert answer.status_code == 401


async def test_a_cookie_changes_nothing_without_proof_of_its_page(attached: Attached) -> None:
    ana = attached.person("ana")
    stranger = attached.door("")
    stranger.cookies.set("MMAUTHTOKEN", ana.token)
    stranger.cookies.set("MMCSRF", "proof")
    body = {"name": "Lost mail", "team_id": attached.team_id, "commander_user_id": ana.id}

    bare = await stranger.post("/incidents", json=body)
    false = await stranger.post("/incidents", json=body, headers={"X-CSRF-Token": "other"})
    true = await stranger.post("/incidents", json=body, headers={"X-CSRF-Token": "proof"})

    assert (bare.status_code, false.status_code, true.status_code) == (401, 401, 201)


async def test_what_somebody_may_not_see_over_there_they_do_not_see_here(attached: Attached) -> None:
    ana, eve = attached.person("ana"), attached.person("eve")
    playbook_id = await attached.playbook(ana, create_public_incident=False)
    incident = await attached.incident(ana, playbook_id=playbook_id)

    assert (await eve.v0.get(f"/incidents/{incident['id']}")).status_code == 403
    assert (await ana.v0.get(f"/incidents/{incident['id']}")).status_code == 200


async def test_who_joins_or_leaves_a_channel_over_there_is_in_the_incident_or_out_of_it(
    attached: Attached,
) -> None:
    ana, ben = attached.person("ana"), attached.person("ben")
    playbook_id = await attached.playbook(ana, create_public_incident=False)
    incident = await attached.incident(ana, playbook_id=playbook_id)
    path = f"/incidents/{incident['id']}"
    assert (await ben.v0.get(path)).status_code == 403

    members = f"/channels/{incident['channel_id']}/members"
    attached.town.call("POST", members, token=ana.token, json={"user_id": ben.id})
    attached.clock.turn(seconds=11)
    inside = await ben.v0.get(path)
    attached.town.call("DELETE", f"{members}/{ben.id}", token=ana.token)
    attached.clock.turn(seconds=11)

    assert (inside.status_code, (await ben.v0.get(path)).status_code) == (200, 403)


async def test_nobody_makes_a_channel_here_that_they_may_not_make_over_there(attached: Attached) -> None:
    ana = attached.person("ana")
    outsider = attached.person("out")
    attached.town.call("DELETE", f"/teams/{attached.team_id}/members/{outsider.id}")
    body = {"name": "Lost mail", "team_id": attached.team_id, "commander_user_id": ana.id}

    answer = await outsider.v0.post("/incidents", json=body)

    assert answer.status_code == 403
    assert (await ana.v0.get("/incidents", params={"team_id": attached.team_id})).json()["items"] == []


async def test_a_reminder_falls_due_and_is_posted_with_buttons_that_lead_to_us(attached: Attached) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)
    update = {"message": "Wait.", "reminder": 60}
    await ana.v0.post(f"/incidents/{incident['id']}/status", json=update)

    attached.clock.turn(seconds=61)
    await attached.app.state.reminders.fire_due()
    await attached.delivered()

    reminder = attached.posts(incident["channel_id"])[-1]
    buttons = reminder["props"]["attachments"][0]["actions"]
    assert [button["name"] for button in buttons] == ["Update Status", "Dismiss"]
    assert (await attached.seen(incident, ana))["reminder_post_id"] == reminder["id"]


async def test_no_digest_by_mail_is_offered(attached: Attached) -> None:
    ana = attached.person("ana")

    assert (await ana.v0.put("/digest", json={"frequency": "daily"})).status_code == 501
    assert (await ana.v0.get("/digest")).json() == {"frequency": "never"}


async def test_a_rehearsal_goes_on_by_itself(attached: Attached) -> None:
    ana = attached.person("ana")
    playbook_id = await attached.playbook(ana)
    begun = await ana.v0.post(f"/playbooks/{playbook_id}/rehearsals", json={"seed": 7, "speed": 1000})
    assert begun.status_code == 201, begun.text

    attached.clock.turn(seconds=(begun.json()["next_at"] - attached.clock.now()) // 1000 + 1)
    await attached.app.state.rehearsals.fire_due()
    await attached.delivered()

    practice = (await ana.v0.get(f"/incidents/{begun.json()['incident_id']}")).json()
    prompts = [one["message"] for one in attached.posts(practice["channel_id"])]
    assert any(one.startswith("[Practice] ") for one in prompts[1:]), prompts
