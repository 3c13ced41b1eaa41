"""Incidents over REST v0: started, looked at, led, moved through their stages, ended."""

from typing import Any

from tests.support.incidents import Ops
from tests.support.people import Person, Room

UNKNOWN = "aaaaaaaaaaaaaaaaaaaaaaaaaa"


async def test_an_incident_without_a_playbook_starts_with_one_empty_stage(ops: Ops) -> None:
    wanted = {
        "name": "Database is down!",
        "description": "It **fell** over",
        "team_id": ops.team.id,
        "commander_user_id": ops.ana.id,
    }

    answer = await ops.ana.v0.post("/incidents", json=wanted)

    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "application/json"
    incident = answer.json()
    assert answer.headers["Location"] == f"/api/v0/incidents/{incident['id']}"
    assert incident == {
        "id": incident["id"],
        "name": "Database is down!",
        "description": "It **fell** over",
        "is_active": True,
        "commander_user_id": ops.ana.id,
        "team_id": ops.team.id,
        "channel_id": incident["channel_id"],
        "create_at": ops.room.clock.now(),
        "end_at": 0,
        "delete_at": 0,
        "active_stage": 0,
        "active_stage_title": "Checklist",
        "post_id": "",
        "playbook_id": "",
        "checklists": [{"id": incident["checklists"][0]["id"], "title": "Checklist", "items": []}],
        "status_post_ids": [],
        "status_posts": [],
        "reminder_post_id": "",
        "previous_reminder": 0,
        "broadcast_channel_id": "",
        "reminder_message_template": "",
        "is_practice": False,
        "is_imported": False,
    }
    assert await ops.seen(incident) == incident


async def test_an_incident_takes_over_its_playbook(ops: Ops) -> None:
    playbook_id = await ops.playbook()

    incident = await ops.incident(playbook_id=playbook_id, name="Down", active_stage=1)

    assert incident["playbook_id"] == playbook_id
    assert (incident["active_stage"], incident["active_stage_title"]) == (1, "Mitigate")
    assert incident["previous_reminder"] == 900_000_000_000
    assert incident["reminder_message_template"] == "### Template"
    stages = incident["checklists"]
    assert [stage["title"] for stage in stages] == ["Triage", "Mitigate", "Close"]
    assert stages[0]["items"][1] == {
        "id": stages[0]["items"][1]["id"],
        "title": "Say hello",
        "state": "",
        "state_modified": 0,
        "state_modified_post_id": "",
        "assignee_id": "",
        "assignee_modified": 0,
        "assignee_modified_post_id": "",
        "command": "/echo hello",
        "command_last_run": 0,
        "description": "",
    }
    assert stages[2]["items"] == []


async def test_the_channel_of_an_incident(ops: Ops) -> None:
    incident = await ops.incident(name=" Server Down ", description="It **fell** over")
    again = await ops.incident(name="Server Down")
    private = await ops.incident(is_private=True)

    channel = (await ops.ana.get(f"/channels/{incident['channel_id']}")).json()
    second = (await ops.ana.get(f"/channels/{again['channel_id']}")).json()
    hidden = (await ops.ana.get(f"/channels/{private['channel_id']}")).json()

    assert (channel["type"], channel["name"], channel["display_name"]) == ("O", "server-down", "Server Down")
    assert (channel["header"], channel["purpose"], channel["creator_id"]) == ("It **fell** over", "", "")
    assert second["display_name"] == "Server Down"
    assert second["name"].startswith("server-down-")
    assert second["header"] == "The channel was created by the Incident Management plugin."
    assert hidden["type"] == "P"
    members = (await ops.ana.get(f"/channels/{incident['channel_id']}/members")).json()
    assert [(one["user_id"], one["roles"]) for one in members] == [(ops.ana.id, "channel_user")]


async def test_whoever_starts_an_incident_is_a_member_too(ops: Ops) -> None:
    incident = await ops.incident(commander_user_id=ops.ben.id)

    assert incident["commander_user_id"] == ops.ben.id
    members = (await ops.ana.get(f"/channels/{incident['channel_id']}/members")).json()
    assert {one["user_id"] for one in members} == {ops.ana.id, ops.ben.id}
    assert await ops.messages(incident) == ["This incident has been started by @ben"]


async def test_an_incident_from_a_post_quotes_it(ops: Ops) -> None:
    talk = await ops.incident(name="Talk")
    said = await ops.ana.post("/posts", {"channel_id": talk["channel_id"], "message": "100% down"})
    post_id = said.json()["id"]

    incident = await ops.incident(post_id=post_id)

    assert incident["post_id"] == post_id
    first, second = await ops.messages(incident)
    assert first == "This incident has been started by @ana"
    assert f"[Original Post](http://commandpost.test/_redirect/pl/{post_id})" in second
    assert second.endswith("> 100% down")


async def test_bodies_that_start_nothing(ops: Ops) -> None:
    good = {"name": "Down", "team_id": ops.team.id, "commander_user_id": ops.ana.id}
    cases: list[tuple[dict[str, Any], int, str]] = [
        ({"team_id": ""}, 400, "unable to create incident"),
        ({"commander_user_id": None}, 400, "unable to create incident"),
        ({"id": UNKNOWN}, 400, "unable to create incident"),
        ({"channel_id": UNKNOWN}, 400, "unable to create incident"),
        ({"create_at": 5}, 400, "unable to create incident"),
        ({"end_at": 5}, 400, "unable to create incident"),
        ({"team_id": "nosuch"}, 403, "unable to create incident"),
        ({"commander_user_id": "nosuch"}, 403, "unable to create incident"),
        ({"playbook_id": UNKNOWN}, 403, "unable to create incident"),
        ({"post_id": UNKNOWN}, 403, "unable to create incident"),
        ({"active_stage": 9}, 400, ""),
        ({"active_stage": -1}, 400, ""),
        ({"description": "d" * 1025}, 400, ""),
        ({"name": 5}, 400, "unable to decode incident"),
        *(({"name": name}, 400, "") for name in ("", "a", "!!!", "日本語", "n" * 65, "   ")),
    ]
    for more, status, message in cases:
        answer = await ops.ana.v0.post("/incidents", json={**good, **more})

        assert answer.status_code == status, (more, answer.text)
        assert answer.json().keys() == {"error"}
        assert message in ("", answer.json()["error"])
    for body in (b"{bad", b"", b"[]", b'"x"', b'{"name":"\\ud800"}', b'{"name":"\\u0000"}', b"[" * 100_000):
        answer = await ops.ana.v0.post("/incidents", content=body)

        assert answer.status_code == 400
    listed = (await ops.ana.v0.get("/incidents", params={"team_id": ops.team.id})).json()
    assert listed["total_count"] == 0


async def test_playbooks_that_start_nothing(ops: Ops) -> None:
    cleo = await ops.room.person("cleo")
    other_team = await ops.room.team("other", ops.ana)
    deleted = await ops.playbook()
    await ops.ana.v0.delete(f"/playbooks/{deleted}")
    elsewhere = await ops.playbook(team_id=other_team.id)
    bens = await ops.playbook(by=ops.ben, member_ids=[ops.ben.id])
    good = {"name": "Down", "team_id": ops.team.id, "commander_user_id": ops.ana.id}

    for playbook_id, status in ((deleted, 409), (elsewhere, 400), (bens, 403)):
        answer = await ops.ana.v0.post("/incidents", json={**good, "playbook_id": playbook_id})
        assert answer.status_code == status

    outsider = await cleo.v0.post("/incidents", json={**good, "commander_user_id": cleo.id})
    assert (outsider.status_code, outsider.json()) == (403, {"error": "unable to create incident"})


async def test_unknown_and_invisible_are_the_same(ops: Ops, admin: Person) -> None:
    incident = await ops.incident(is_private=True)
    refused = "User doesn't have permissions to incident."

    for incident_id in (incident["id"], UNKNOWN, "x"):
        seen = await ops.ben.v0.get(f"/incidents/{incident_id}")
        around = await ops.ben.v0.get(f"/incidents/{incident_id}/metadata")
        log = await ops.ben.v0.get(f"/incidents/{incident_id}/timeline")
        ended = await ops.ben.v0.put(f"/incidents/{incident_id}/end")

        assert (seen.status_code, seen.json()) == (403, {"error": refused})
        for answer in (around, log, ended):
            assert (answer.status_code, answer.json()) == (403, {"error": "Not authorized"})
    for channel_id in (incident["channel_id"], UNKNOWN, "x"):
        answer = await ops.ben.v0.get(f"/incidents/channel/{channel_id}")
        choices = await ops.ben.v0.get("/incidents/checklist-autocomplete", params={"channel_id": channel_id})

        assert (answer.status_code, answer.json()) == (404, {"error": "Not found"})
        assert (choices.status_code, choices.json()) == (403, {"error": "user does not have permissions"})
    for path in (f"/incidents/{UNKNOWN}", f"/incidents/{UNKNOWN}/metadata", f"/incidents/channel/{UNKNOWN}"):
        answer = await admin.v0.get(path)
        assert (answer.status_code, answer.json()) == (404, {"error": "Not found"})
    assert (await admin.v0.get(f"/incidents/{incident['id']}")).status_code == 200


async def test_an_incident_is_found_by_its_channel(ops: Ops) -> None:
    incident = await ops.incident()

    for who in (ops.ana, ops.ben):
        answer = await who.v0.get(f"/incidents/channel/{incident['channel_id']}")
        assert answer.json()["id"] == incident["id"]


async def test_what_surrounds_an_incident(ops: Ops) -> None:
    incident = await ops.incident(ops.ben, name="Server Down")
    await ops.ben.delete(f"/channels/{incident['channel_id']}/members/{ops.ben.id}")
    said = await ops.ana.post("/posts", {"channel_id": incident["channel_id"], "message": "hi"})
    await ops.ana.delete(f"/posts/{said.json()['id']}")

    answer = await ops.ana.v0.get(f"/incidents/{incident['id']}/metadata")

    assert answer.json() == {
        "channel_name": "server-down",
        "channel_display_name": "Server Down",
        "team_name": ops.team.name,
        "num_members": 2,
        "total_posts": 2,
    }


async def test_renaming_the_channel_leaves_the_incident_its_name(ops: Ops) -> None:
    incident = await ops.incident(name="Server Down")

    await ops.ana.put(f"/channels/{incident['channel_id']}/patch", {"display_name": "Renamed"})

    assert (await ops.seen(incident))["name"] == "Server Down"


async def test_the_stage_is_patched(ops: Ops) -> None:
    incident = await ops.incident()

    answer = await ops.do(ops.ana, "PATCH", incident, "", {"active_stage": 1})

    assert answer.status_code == 200
    assert (answer.json()["active_stage"], answer.json()["active_stage_title"]) == (1, "Mitigate")
    said = (await ops.messages(incident))[-1]
    assert said == "ana changed the active stage from **Triage** to **Mitigate**."


async def test_patches_that_change_nothing(ops: Ops) -> None:
    incident = await ops.incident()

    for body in ({}, {"active_stage": None}, {"active_stage": 0}, {"name": "x"}):
        answer = await ops.do(ops.ana, "PATCH", incident, "", body)
        assert (answer.status_code, answer.json()) == (200, incident)
    for position in (3, -1):
        assert (await ops.do(ops.ana, "PATCH", incident, "", {"active_stage": position})).status_code == 400
    wrong = await ops.do(ops.ana, "PATCH", incident, "", {"active_stage": "x"})
    assert (wrong.status_code, wrong.json()) == (400, {"error": "unable to decode payload"})
    assert await ops.messages(incident) == ["This incident has been started by @ana"]


async def test_ending_and_restarting(ops: Ops) -> None:
    incident = await ops.incident()
    ops.room.clock.turn(seconds=60)

    early = await ops.do(ops.ana, "PUT", incident, "/restart")
    ended = await ops.do(ops.ana, "PUT", incident, "/end")
    after_end = await ops.seen(incident)
    twice = await ops.do(ops.ana, "POST", incident, "/end")
    restarted = await ops.do(ops.ana, "PUT", incident, "/restart")
    after_restart = await ops.seen(incident)
    again = await ops.do(ops.ana, "POST", incident, "/end")

    assert (early.status_code, early.json()) == (409, {"error": "This incident is already active."})
    assert (ended.status_code, ended.content) == (200, b"")
    assert (after_end["is_active"], after_end["end_at"]) == (False, ops.room.clock.now())
    assert (twice.status_code, twice.json()) == (409, {"error": "This incident has already been closed."})
    assert (restarted.status_code, restarted.content) == (200, b"")
    assert (after_restart["is_active"], after_restart["end_at"]) == (True, 0)
    assert again.status_code == 200
    assert (await ops.messages(incident))[1:] == [
        "This incident has been closed by @ana",
        "This incident has been restarted by @ana",
        "This incident has been closed by @ana",
    ]
    assert (await ops.do(ops.ana, "POST", incident, "/restart")).status_code == 405


async def test_the_commander_is_changed_to_a_member(ops: Ops, admin: Person) -> None:
    incident = await ops.incident(ops.ben)

    same = await ops.do(ops.ben, "POST", incident, "/commander", {"commander_id": ops.ana.id})
    changed = await ops.do(ops.ben, "POST", incident, "/commander", {"commander_id": ops.ben.id})

    assert (same.status_code, same.content) == (200, b"")
    assert (changed.status_code, changed.content) == (200, b"")
    assert (await ops.seen(incident))["commander_user_id"] == ops.ben.id
    assert (await ops.messages(incident))[1:] == [
        "ben changed the incident commander from **@ana** to **@ben**."
    ]
    for commander_id in (admin.id, UNKNOWN, "nosuch", ""):
        answer = await ops.do(ops.ana, "POST", incident, "/commander", {"commander_id": commander_id})
        assert (answer.status_code, answer.json()) == (403, {"error": "Not authorized"})
    wrong = await ops.do(ops.ana, "POST", incident, "/commander", {"commander_id": 5})
    assert (wrong.status_code, wrong.json()) == (400, {"error": "could not decode request body"})


async def test_the_timeline_tells_what_happened(ops: Ops) -> None:
    incident = await ops.incident()
    await ops.do(ops.ana, "PUT", incident, "/checklists/0/item/0/state", {"new_state": "closed"})
    await ops.add(ops.ana, incident, ops.ben)
    await ops.ben.post("/posts", {"channel_id": incident["channel_id"], "message": "on it"})
    await ops.do(ops.ben, "PUT", incident, "/end")

    whole = (await ops.do(ops.ben, "GET", incident, "/timeline")).json()
    ticks = (await ops.do(ops.ana, "GET", incident, "/timeline?kind=task_ticked&kind=incident_ended")).json()
    last = (await ops.do(ops.ana, "GET", incident, "/timeline?direction=desc&per_page=1&page=1")).json()

    kinds = [entry["kind"] for entry in whole["items"]]
    assert kinds == [
        "incident_started",
        "member_joined",
        "task_ticked",
        "member_joined",
        "post_seen",
        "incident_ended",
    ]
    assert [entry["sequence"] for entry in whole["items"]] == [1, 2, 3, 4, 5, 6]
    assert (whole["total_count"], whole["page_count"], whole["has_more"]) == (6, 1, False)
    ticked = whole["items"][2]
    assert (ticked["actor_id"], ticked["version"], ticked["at"]) == (ops.ana.id, 1, ops.room.clock.now())
    assert ticked["payload"]["title"] == "Call the **on-call**"
    assert [entry["kind"] for entry in ticks["items"]] == ["task_ticked", "incident_ended"]
    assert [entry["kind"] for entry in last["items"]] == ["post_seen"]
    assert (last["total_count"], last["has_more"]) == (6, True)
    for query in ("kind=nosuch", "page=x", "page=-1", "per_page=-1", "direction=up"):
        assert (await ops.do(ops.ana, "GET", incident, f"/timeline?{query}")).status_code == 400


async def test_paths_that_are_none(ops: Ops) -> None:
    incident = await ops.incident()

    for path in ("/nothing", "/incidents/x-y", "/incidents/a b", "/playbooks/not-an-id!", "/incidents/ü"):
        assert (await ops.ana.v0.get(path)).status_code == 404
    for path in (f"/incidents/{incident['id']}/end", "/playbooks"):
        assert (await ops.ana.v0.patch(path)).status_code == 405


async def test_without_a_session_nothing_is_told(room: Room) -> None:
    stranger = room.stranger()

    answers = [
        await stranger.v0.get("/incidents?team_id=x"),
        await stranger.v0.post("/incidents", content=b"{bad"),
        await stranger.v0.get(f"/incidents/{UNKNOWN}"),
        await stranger.v0.get("/incidents/x-y"),
    ]

    for answer in answers:
        assert (answer.status_code, answer.text) == (401, "Not authorized\n")
        assert answer.headers["Content-Type"].startswith("text/plain")


async def test_a_status_update_is_posted_by_a_program(ops: Ops) -> None:
    incident = await ops.incident()

    answer = await ops.do(ops.ana, "POST", incident, "/status", {"message": "All is well", "reminder": 900})

    assert (answer.status_code, answer.content) == (200, b"")
    seen = await ops.seen(incident)
    assert len(seen["status_posts"]) == 1
    assert seen["previous_reminder"] == 900 * 10**9
    for body in ({}, {"message": " "}, {"message": "x", "reminder": -1}, {"message": 5}):
        assert (await ops.do(ops.ana, "POST", incident, "/status", body)).status_code == 400
    await ops.do(ops.ana, "PUT", incident, "/end")
    late = await ops.do(ops.ana, "POST", incident, "/status", {"message": "late"})
    assert late.status_code == 409
    assert (await ops.seen(incident))["status_posts"] == seen["status_posts"]
