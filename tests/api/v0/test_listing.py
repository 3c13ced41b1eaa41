"""Lists of incidents over REST v0: who sees which, filtered, sorted, in pages."""

from typing import Any

from tests.support.incidents import Ops
from tests.support.people import Person


async def listed(who: Person, ops: Ops, **query: Any) -> dict[str, Any]:
    answer = await who.v0.get("/incidents", params={"team_id": ops.team.id, **query})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def names(who: Person, ops: Ops, **query: Any) -> list[str]:
    return [incident["name"] for incident in (await listed(who, ops, **query))["items"]]


async def some_incidents(ops: Ops) -> None:
    """Alpha (Ana's, ended), bravo (Ben's, private), Charlie (Ana's, with Ben in it)."""
    alpha = await ops.incident(name="Alpha down")
    ops.room.clock.turn(seconds=10)
    await ops.incident(name="bravo down", by=ops.ben, is_private=True)
    ops.room.clock.turn(seconds=10)
    await ops.incident(ops.ben, name="Charlie ZiGgüRat")
    ops.room.clock.turn(seconds=10)
    await ops.do(ops.ana, "PUT", alpha, "/end")


async def test_one_sees_ones_own_and_public_ones(ops: Ops, admin: Person) -> None:
    await some_incidents(ops)

    assert await names(ops.ana, ops) == ["Alpha down", "Charlie ZiGgüRat"]
    assert await names(ops.ben, ops) == ["Alpha down", "bravo down", "Charlie ZiGgüRat"]
    assert await names(admin, ops) == ["Alpha down", "bravo down", "Charlie ZiGgüRat"]


async def test_filters_combine(ops: Ops, admin: Person) -> None:
    await some_incidents(ops)

    assert await names(ops.ben, ops, status="Active") == ["bravo down", "Charlie ZiGgüRat"]
    assert await names(ops.ben, ops, status="ended") == ["Alpha down"]
    assert await names(ops.ben, ops, status="ALL", search_term="DOWN") == ["Alpha down", "bravo down"]
    assert await names(ops.ben, ops, commander_user_id=ops.ben.id) == ["bravo down"]
    assert await names(ops.ben, ops, member_id=ops.ben.id) == ["bravo down", "Charlie ZiGgüRat"]
    assert await names(admin, ops, member_id=ops.ben.id.upper()) == ["bravo down", "Charlie ZiGgüRat"]
    assert await names(admin, ops, member_id=ops.ben.id, commander_user_id=ops.ana.id, status="active") == [
        "Charlie ZiGgüRat"
    ]
    assert await names(ops.ben, ops, search_term="ziggÜrat") == ["Charlie ZiGgüRat"]
    for term in ("%", "_", "zzz", "CZ"):
        assert await names(ops.ben, ops, search_term=term) == []


async def test_by_playbook_and_time(ops: Ops) -> None:
    playbook_id = await ops.playbook(title="Other")
    await some_incidents(ops)
    await ops.incident(name="Delta", playbook_id=playbook_id)
    starts = {i["name"]: i["create_at"] for i in (await listed(ops.ben, ops))["items"]}
    bravo, delta = starts["bravo down"], starts["Delta"]

    assert await names(ops.ben, ops, playbook_id=playbook_id) == ["Delta"]
    assert await names(ops.ben, ops, playbook_id=playbook_id, status="ended") == []
    assert await names(ops.ben, ops, started_from=bravo, started_before=delta) == [
        "bravo down",
        "Charlie ZiGgüRat",
    ]
    assert await names(ops.ben, ops, started_from=delta) == ["Delta"]
    assert await names(ops.ben, ops, started_before=bravo, member_id=ops.ana.id) == ["Alpha down"]
    page = await listed(ops.ben, ops, started_from=bravo, per_page=1)
    assert (page["total_count"], page["page_count"], page["has_more"]) == (3, 3, True)
    for bad in ({"playbook_id": "x"}, {"started_from": "soon"}, {"started_before": "-1"}):
        refused = await ops.ben.v0.get("/incidents", params={"team_id": ops.team.id, **bad})
        assert (refused.status_code, refused.json()) == (400, {"error": "Bad parameter"})


async def test_sorting(ops: Ops) -> None:
    await some_incidents(ops)
    orders = {
        "create_at": ["Alpha down", "bravo down", "Charlie ZiGgüRat"],
        "CREATE_AT": ["Alpha down", "bravo down", "Charlie ZiGgüRat"],
        "name": ["Alpha down", "bravo down", "Charlie ZiGgüRat"],
        "is_active": ["Alpha down", "bravo down", "Charlie ZiGgüRat"],
    }

    for sort, expected in orders.items():
        assert await names(ops.ben, ops, sort=sort) == expected
    assert await names(ops.ben, ops, sort="name", direction="DESC") == orders["name"][::-1]
    for sort in ("id", "commander_user_id", "team_id", "end_at"):
        up = await listed(ops.ben, ops, sort=sort)
        values = [incident[sort] for incident in up["items"]]
        assert values == sorted(values)


async def test_pages(ops: Ops) -> None:
    await some_incidents(ops)

    first = await listed(ops.ben, ops, per_page=2)
    second = await listed(ops.ben, ops, per_page=2, page=1)
    beyond = await listed(ops.ben, ops, per_page=2, page=7)
    whole = await listed(ops.ben, ops, per_page=0)
    none = await listed(ops.ben, ops, search_term="nosuch")

    shape = ("total_count", "page_count", "has_more")
    assert [first[name] for name in shape] == [3, 2, True]
    assert [second[name] for name in shape] == [3, 2, False]
    assert [len(page["items"]) for page in (first, second, beyond, whole)] == [2, 1, 0, 3]
    assert [beyond[name] for name in shape] == [3, 2, False]
    assert [none[name] for name in shape] == [0, 0, False]
    assert none["items"] == []


async def test_what_cannot_be_asked(ops: Ops) -> None:
    bad = ["page=x", "page=-1", "per_page=x", "per_page=-1", "sort=status", "direction=sideways"]
    bad += ["status=bogus", "commander_user_id=nosuch", "member_id=nosuch", "search_term=%00"]

    for path in ("/incidents", "/incidents/channels"):
        for query in bad:
            answer = await ops.ana.v0.get(f"{path}?team_id={ops.team.id}&{query}")
            assert answer.status_code == 400, query
            assert answer.json()["error"] in ("Bad parameter", "The address contains a NUL character.")
        missing = await ops.ana.v0.get(path)
        assert (missing.status_code, missing.json()) == (400, {"error": "Bad parameter"})
    commanders = await ops.ana.v0.get("/incidents/commanders")
    assert (commanders.status_code, commanders.json()) == (400, {"error": "Bad parameter: team_id"})


async def test_lists_are_for_the_team(ops: Ops, guest: Person) -> None:
    cleo = await ops.room.person("cleo")

    for who in (cleo, guest):
        for path in ("/incidents", "/incidents/channels", "/incidents/commanders"):
            for team_id in (ops.team.id, "nosuch"):
                answer = await who.v0.get(path, params={"team_id": team_id})
                assert (answer.status_code, answer.json()) == (403, {"error": "permissions error"})


async def test_channels_and_commanders_are_of_what_one_sees(ops: Ops) -> None:
    await some_incidents(ops)
    channel_ids = [incident["channel_id"] for incident in (await listed(ops.ana, ops))["items"]]

    channels = await ops.ana.v0.get("/incidents/channels", params={"team_id": ops.team.id})
    one = await ops.ana.v0.get(
        "/incidents/channels", params={"team_id": ops.team.id, "per_page": 1, "direction": "desc"}
    )
    seen_by_ana = await ops.ana.v0.get("/incidents/commanders", params={"team_id": ops.team.id})
    seen_by_ben = await ops.ben.v0.get("/incidents/commanders", params={"team_id": ops.team.id})

    assert channels.json() == channel_ids
    assert one.json() == channel_ids[-1:]
    assert seen_by_ana.json() == [{"user_id": ops.ana.id, "username": "ana"}]
    assert [user["username"] for user in seen_by_ben.json()] == ["ana", "ben"]


async def test_a_channel_made_private_hides_its_incident(ops: Ops, admin: Person) -> None:
    incident = await ops.incident(name="Alpha")
    assert await names(ops.ben, ops) == ["Alpha"]

    converted = await admin.put(f"/channels/{incident['channel_id']}/privacy", {"privacy": "P"})

    assert converted.status_code == 200
    assert await names(ops.ben, ops) == []
    assert (await ops.ben.v0.get(f"/incidents/{incident['id']}")).status_code == 403
    await admin.put(f"/channels/{incident['channel_id']}/privacy", {"privacy": "O"})
    assert await names(ops.ben, ops) == ["Alpha"]
