"""Playbooks over REST v0, and subscriptions to their incidents."""

from typing import Any

from tests.support.incidents import STAGES, Ops
from tests.support.people import Person

UNKNOWN = "aaaaaaaaaaaaaaaaaaaaaaaaaa"


async def test_a_playbook_is_made_and_read(ops: Ops) -> None:
    wanted = {
        "title": "Outage",
        "description": "What we do",
        "team_id": ops.team.id,
        "create_public_incident": True,
        "checklists": STAGES,
        "member_ids": [ops.ana.id, ops.ben.id],
        "reminder_message_template": "### Template",
        "reminder_timer_default_seconds": 1800,
        "num_stages": 99,
    }

    made = await ops.ana.v0.post("/playbooks", json=wanted)
    seen = await ops.ben.v0.get(f"/playbooks/{made.json()['id']}")

    assert made.status_code == 201
    assert made.json().keys() == {"id"}
    assert made.headers["Location"] == f"/api/v0/playbooks/{made.json()['id']}"
    assert seen.headers["Content-Type"] == "application/json"
    playbook = seen.json()
    task = {
        "id": "",
        "title": "Call the **on-call**",
        "state": "",
        "state_modified": 0,
        "state_modified_post_id": "",
        "assignee_id": "",
        "assignee_modified": 0,
        "assignee_modified_post_id": "",
        "command": "",
        "command_last_run": 0,
        "description": "phone",
    }
    assert playbook.pop("checklists")[0]["items"][0] == task
    assert playbook == {
        "id": made.json()["id"],
        "title": "Outage",
        "description": "What we do",
        "team_id": ops.team.id,
        "create_public_incident": True,
        "create_at": ops.room.clock.now(),
        "delete_at": 0,
        "num_stages": 3,
        "num_steps": 4,
        "member_ids": [ops.ana.id, ops.ben.id],
        "broadcast_channel_id": "",
        "reminder_message_template": "### Template",
        "reminder_timer_default_seconds": 1800,
    }


async def test_who_makes_a_playbook_is_a_member_of_it(ops: Ops) -> None:
    for more in ({}, {"member_ids": None, "checklists": None, "title": None}, {"member_ids": [ops.ben.id]}):
        made = await ops.ana.v0.post("/playbooks", json={"team_id": ops.team.id, **more})

        playbook = (await ops.ana.v0.get(f"/playbooks/{made.json()['id']}")).json()
        assert ops.ana.id in playbook["member_ids"]
        assert playbook["checklists"] == []


async def test_what_makes_no_playbook(ops: Ops) -> None:
    cleo = await ops.room.person("cleo")
    team = {"team_id": ops.team.id}

    for body in (b"{bad", b"", b"[]", b'{"title":5}', b'{"checklists":[{"items":5}]}', b'"x"'):
        answer = await ops.ana.v0.post("/playbooks", content=body)
        assert (answer.status_code, answer.json()) == (400, {"error": "unable to decode playbook"})
    with_id = await ops.ana.v0.post("/playbooks", json={**team, "id": UNKNOWN})
    assert (with_id.status_code, with_id.json()) == (400, {"error": "Playbook given already has ID"})
    for who, body in (
        (ops.ana, {"team_id": ""}),
        (ops.ana, {"team_id": "nosuch"}),
        (cleo, team),
        (ops.ana, {**team, "broadcast_channel_id": "nosuch"}),
    ):
        answer = await who.v0.post("/playbooks", json=body)
        assert (answer.status_code, answer.json()) == (403, {"error": "Not authorized"})
    for body in (
        {"title": "x" * 2000},
        {"reminder_timer_default_seconds": -1},
        {"reminder_timer_default_seconds": 10**15},
        {"member_ids": ["x" * 99]},
        {"checklists": [{"title": "s", "items": [{"title": "t", "state": "bogus"}]}]},
        {"checklists": [{"title": "s"}] * 101},
    ):
        assert (await ops.ana.v0.post("/playbooks", json={**team, **body})).status_code == 400, body


async def test_unknown_and_invisible_are_the_same(ops: Ops, admin: Person) -> None:
    mine = await ops.playbook(member_ids=[ops.ana.id])

    for playbook_id in (mine, UNKNOWN, "x"):
        for method, body in (("GET", None), ("PUT", {"team_id": ops.team.id}), ("DELETE", None)):
            answer = await ops.ben.v0.request(method, f"/playbooks/{playbook_id}", json=body)
            assert (answer.status_code, answer.json()) == (403, {"error": "Not authorized"})
    assert (await admin.v0.get(f"/playbooks/{mine}")).status_code == 200
    for method, body in (("GET", None), ("PUT", {"team_id": ops.team.id}), ("DELETE", None)):
        answer = await admin.v0.request(method, f"/playbooks/{UNKNOWN}", json=body)
        assert (answer.status_code, answer.json()) == (404, {"error": "Not found"})


async def test_editing_replaces_everything(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    wanted = {"id": "ignored", "title": "New", "team_id": ops.team.id, "member_ids": [ops.ben.id]}

    edited = await ops.ana.v0.put(f"/playbooks/{playbook_id}", json=wanted)

    assert (edited.status_code, edited.content) == (200, b"")
    playbook = (await ops.ben.v0.get(f"/playbooks/{playbook_id}")).json()
    assert (playbook["title"], playbook["checklists"], playbook["member_ids"]) == ("New", [], [ops.ben.id])
    assert (playbook["id"], playbook["create_public_incident"]) == (playbook_id, False)
    assert (await ops.ana.v0.get(f"/playbooks/{playbook_id}")).status_code == 403
    assert (await ops.ben.v0.put(f"/playbooks/{playbook_id}", content=b"{")).json() == {
        "error": "unable to decode playbook"
    }


async def test_a_broadcast_channel_is_one_where_the_editor_may_post(ops: Ops) -> None:
    hers = await ops.incident(name="A channel", is_private=True)
    body = {"team_id": ops.team.id, "member_ids": [ops.ana.id, ops.ben.id]}
    broadcasting = {**body, "broadcast_channel_id": hers["channel_id"]}
    made = await ops.ana.v0.post("/playbooks", json=broadcasting)
    playbook_id = made.json()["id"]

    kept = await ops.ben.v0.put(f"/playbooks/{playbook_id}", json=broadcasting)
    dropped = await ops.ben.v0.put(f"/playbooks/{playbook_id}", json=body)
    set_again = await ops.ben.v0.put(f"/playbooks/{playbook_id}", json=broadcasting)

    assert [one.status_code for one in (made, kept, dropped, set_again)] == [201, 200, 200, 403]


async def test_deleting_is_soft(ops: Ops) -> None:
    playbook_id = await ops.playbook()
    incident = await ops.incident(playbook_id=playbook_id)

    answers = [await ops.ana.v0.delete(f"/playbooks/{playbook_id}") for _ in range(2)]

    assert [(one.status_code, one.content) for one in answers] == [(204, b""), (204, b"")]
    gone = (await ops.ana.v0.get(f"/playbooks/{playbook_id}")).json()
    assert gone["delete_at"] == ops.room.clock.now()
    listed = (await ops.ana.v0.get("/playbooks", params={"team_id": ops.team.id})).json()
    assert listed["items"] == []
    assert (await ops.seen(incident))["playbook_id"] == playbook_id


async def titles(who: Person, ops: Ops, **query: Any) -> list[str]:
    answer = await who.v0.get("/playbooks", params={"team_id": ops.team.id, **query})
    assert answer.status_code == 200, answer.text
    return [one["title"] for one in answer.json()["items"]]


async def test_lists_of_playbooks(ops: Ops, admin: Person) -> None:
    one_task = [{"title": "only", "items": [{"title": "a"}]}]
    await ops.playbook(title="beta", checklists=one_task)
    await ops.playbook(title="Alpha", member_ids=[ops.ana.id])
    await ops.playbook(title="gamma", by=ops.ben, member_ids=[ops.ben.id], checklists=[])

    assert await titles(ops.ana, ops) == ["Alpha", "beta"]
    assert await titles(ops.ben, ops, direction="DESC") == ["gamma", "beta"]
    assert await titles(admin, ops) == ["Alpha", "beta", "gamma"]
    assert await titles(admin, ops, sort="stages") == ["gamma", "beta", "Alpha"]
    assert await titles(admin, ops, sort="STEPS", direction="desc") == ["Alpha", "beta", "gamma"]
    page = await admin.v0.get("/playbooks", params={"team_id": ops.team.id, "per_page": 2})
    assert [page.json()[name] for name in ("total_count", "page_count", "has_more")] == [3, 2, True]
    first = page.json()["items"][0]
    assert (first["num_stages"], first["num_steps"]) == (3, 4)
    assert (first["checklists"], first["member_ids"], first["reminder_timer_default_seconds"]) == ([], [], 0)


async def test_what_cannot_be_listed(ops: Ops) -> None:
    cleo = await ops.room.person("cleo")
    messages = {
        "sort=bogus": "bad parameter 'sort' (bogus): it should be empty or one of"
        " 'title', 'stages' or 'steps'",
        "direction=up": "bad parameter 'direction' (up): it should be empty or one of 'asc' or 'desc'",
        "page=x": "bad parameter 'page': it should be a number",
        "page=-1": "bad parameter 'page': it should be a positive number",
        "per_page=-1": "bad parameter 'per_page': it should be a positive number",
    }

    for query, message in messages.items():
        answer = await ops.ana.v0.get(f"/playbooks?team_id={ops.team.id}&{query}")
        assert (answer.status_code, answer.json()) == (400, {"error": f"failed to get playbooks: {message}"})
    missing = await ops.ana.v0.get("/playbooks")
    assert (missing.status_code, missing.json()) == (400, {"error": "Provide a team ID"})
    for who, team_id in ((cleo, ops.team.id), (ops.ana, "nosuch")):
        answer = await who.v0.get("/playbooks", params={"team_id": team_id})
        assert (answer.status_code, answer.json()) == (403, {"error": "Not authorized"})


async def test_the_message_box_is_offered_ones_own_playbooks(ops: Ops, admin: Person) -> None:
    playbook_id = await ops.playbook(title="Mine")
    query = {"team_id": ops.team.id}
    cleo = await ops.room.person("cleo")

    mine = await ops.ana.v0.get("/playbooks/autocomplete", params=query)
    admins = await admin.v0.get("/playbooks/autocomplete", params=query)

    assert mine.json() == [{"Item": playbook_id, "Hint": "", "HelpText": "Mine"}]
    assert admins.json() == []
    for who, team_id in ((cleo, ops.team.id), (ops.ana, ""), (ops.ana, "nosuch")):
        answer = await who.v0.get("/playbooks/autocomplete", params={"team_id": team_id})
        assert answer.status_code == 403
        assert answer.json() == {"error": "user does not have permissions to view team"}


async def test_the_message_box_is_offered_the_tasks_of_the_channel(ops: Ops) -> None:
    incident = await ops.incident()

    answer = await ops.ana.v0.get(
        "/incidents/checklist-autocomplete", params={"channel_id": incident["channel_id"]}
    )

    assert answer.json() == [
        {"Item": "0 0", "Hint": '"Call the on-call"', "HelpText": "Check/uncheck this item"},
        {"Item": "0 1", "Hint": '"Say hello"', "HelpText": "Check/uncheck this item"},
        {"Item": "0 2", "Hint": '"Look around"', "HelpText": "Check/uncheck this item"},
        {"Item": "1 0", "Hint": '"Roll back"', "HelpText": "Check/uncheck this item"},
    ]


async def test_subscriptions(ops: Ops, admin: Person) -> None:
    playbook_id = await ops.playbook(member_ids=[ops.ana.id])
    wanted = {"url": "https://hooks.example/x?y=1", "playbook_id": playbook_id, "user_id": ops.ana.id}
    parts = {"Scheme": "https", "Host": "hooks.example", "Path": "/x", "RawQuery": "y=1"}

    for url in (wanted["url"], parts):
        made = await ops.ana.v0.post("/eventsubscriptions", json={**wanted, "url": url})
        assert made.status_code == 201
        assert made.json() == {**wanted, "id": made.json()["id"]}

    other = await ops.ana.v0.post("/eventsubscriptions", json={**wanted, "user_id": ops.ben.id})
    assert (other.status_code, other.json()) == (
        400,
        {"error": "Bad parameter: the subscriber must equal the authenticated user"},
    )
    for who in (ops.ben, admin):
        answer = await who.v0.post("/eventsubscriptions", json={**wanted, "user_id": who.id})
        assert (answer.status_code, answer.text) == (401, "")
    for url in ("", "nonsense", "ftp://x.example", {"Scheme": 5}, 5, "https://x.example/" + "x" * 5000):
        answer = await ops.ana.v0.post("/eventsubscriptions", json={**wanted, "url": url})
        assert answer.status_code == 400, url
