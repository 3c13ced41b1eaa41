"""Channels over REST v4: made, found, changed, archived, restored."""

import asyncio
from typing import Any
from urllib.parse import quote

import pytest

from commandpost.workspace.model.team import Team
from tests.support.channels import Told, a_channel, added, system_posts
from tests.support.listeners import listening
from tests.support.people import Person, Room
from tests.support.talk import Talk


async def test_the_system_speaks_in_its_own_name(ana: Person, ben: Person, talk: Talk) -> None:
    client = listening(talk.room, ben, talk.channel_id)

    await ana.put(f"/channels/{talk.channel_id}/patch", {"header": "H"})
    await talk.say(ana, "hello")

    said = [frame["data"] for frame in client.read() if frame["event"] == "posted"]
    assert [one["sender_name"] for one in said] == ["System", "@ana"]


async def test_a_new_team_has_its_default_channels_with_its_members_in_them(
    room: Room, admin: Person, ana: Person, team: Team
) -> None:
    mine = (await ana.get(f"/users/me/teams/{team.id}/channels")).json()

    assert [(channel["name"], channel["display_name"]) for channel in mine] == [
        ("off-topic", "Off-Topic"),
        ("town-square", "Town Square"),
    ]
    said = await system_posts(room, mine[1]["id"])
    assert ("system_join_team", "admin joined the team.", {"username": "admin"}) in said


async def test_who_makes_a_channel_is_its_administrator(ana: Person, team: Team, told: Told) -> None:
    channel = await a_channel(ana, team, "servers", header="*Servers*", purpose="All of them")

    member = (await ana.get(f"/channels/{channel['id']}/members/me")).json()
    assert member["roles"] == "channel_user channel_admin"
    assert member["scheme_user"] and member["scheme_admin"] and not member["scheme_guest"]
    assert member["notify_props"] == {
        "desktop": "default",
        "email": "default",
        "ignore_channel_mentions": "default",
        "mark_unread": "all",
        "push": "default",
    }
    created = {"channel_id": channel["id"], "team_id": team.id}
    to_ana = {"omit_users": None, "user_id": ana.id, "channel_id": "", "team_id": ""}
    assert told.events("channel_created") == [("channel_created", created, to_ana)]


async def test_a_channel_looks_as_clients_expect(ana: Person, team: Team) -> None:
    channel = await a_channel(ana, team, "servers", header="*Servers*", purpose="All of them")

    fetched = (await ana.get(f"/channels/{channel['id']}")).json()

    assert channel | {"last_post_at": 0, "last_root_post_at": 0} == {
        "id": channel["id"],
        "create_at": channel["create_at"],
        "update_at": channel["create_at"],
        "delete_at": 0,
        "team_id": team.id,
        "type": "O",
        "display_name": "Servers",
        "name": "servers",
        "header": "*Servers*",
        "purpose": "All of them",
        "last_post_at": 0,
        "total_msg_count": 0,
        "extra_update_at": 0,
        "creator_id": ana.id,
        "scheme_id": None,
        "props": None,
        "group_constrained": None,
        "last_root_post_at": 0,
        "total_msg_count_root": 0,
    }
    assert fetched | {"last_post_at": 0, "last_root_post_at": 0} == channel


@pytest.mark.parametrize(
    ("fields", "status", "error"),
    [
        ({"name": "town-square"}, 400, "store.sql_channel.save_channel.exists.app_error"),
        ({"name": "X"}, 400, "model.channel.is_valid.2_or_more.app_error"),
        ({"name": "-ab"}, 400, "model.channel.is_valid.2_or_more.app_error"),
        ({"name": "a" * 65}, 400, "model.channel.is_valid.2_or_more.app_error"),
        ({"name": f"{'a' * 26}__{'b' * 26}"}, 400, "model.channel.is_valid.2_or_more.app_error"),
        ({"display_name": "  "}, 400, "model.channel.is_valid.display_name.app_error"),
        ({"display_name": "x" * 65}, 400, "model.channel.is_valid.display_name.app_error"),
        ({"header": "x" * 1025}, 400, "model.channel.is_valid.header.app_error"),
        ({"purpose": "x" * 251}, 400, "model.channel.is_valid.purpose.app_error"),
        ({"type": "D"}, 400, "api.context.invalid_body_param.app_error"),
        ({"team_id": "x"}, 400, "api.context.invalid_body_param.app_error"),
        ({"team_id": "x" * 26}, 403, "api.context.permissions.app_error"),
        ({"name": None}, 400, "api.context.invalid_body_param.app_error"),
    ],
)
async def test_a_bad_channel_is_refused(
    ana: Person, team: Team, fields: dict[str, Any], status: int, error: str
) -> None:
    wanted = {"team_id": team.id, "name": "servers", "display_name": "Servers", "type": "O", **fields}

    answer = await ana.post("/channels", wanted)

    assert (answer.status_code, answer.json()["id"]) == (status, error)


async def test_a_team_holds_only_so_many_channels(room: Room, ana: Person, team: Team) -> None:
    room.configure(max_channels_per_team=3)
    await a_channel(ana, team, "third")

    answer = await ana.post(
        "/channels", {"team_id": team.id, "name": "fourth", "display_name": "Fourth", "type": "P"}
    )

    assert answer.status_code == 400
    assert answer.json()["id"] == "api.channel.create_channel.max_channel_limit.app_error"


async def test_an_unknown_team_is_said_to_be_unknown_to_administrators(admin: Person, team: Team) -> None:
    answer = await admin.post(
        "/channels", {"team_id": "x" * 26, "name": "abc", "display_name": "Abc", "type": "O"}
    )

    assert (answer.status_code, answer.json()["id"]) == (404, "app.team.get.find.app_error")


async def test_guests_make_no_channels(guest: Person, room: Room, admin: Person) -> None:
    team = await room.team("visited", admin, guest)

    answer = await guest.post(
        "/channels", {"team_id": team.id, "name": "abc", "display_name": "Abc", "type": "P"}
    )

    assert answer.status_code == 403


async def test_one_of_two_at_once_gets_the_name(ana: Person, ben: Person, team: Team) -> None:
    wanted = {"team_id": team.id, "name": "servers", "display_name": "Servers", "type": "O"}

    answers = await asyncio.gather(*(person.post("/channels", wanted) for person in (ana, ben) * 4))

    assert sorted(answer.status_code for answer in answers) == [201, *[400] * 7]
    errors = {answer.json()["id"] for answer in answers if answer.status_code == 400}
    assert errors == {"store.sql_channel.save_channel.exists.app_error"}


async def test_a_name_wanted_by_a_rename_and_a_new_channel_goes_to_one_of_them(
    ana: Person, ben: Person, team: Team
) -> None:
    old = [await a_channel(ana, team, f"old-{number}") for number in range(4)]
    wanted = {"team_id": team.id, "name": "servers", "display_name": "Servers", "type": "O"}

    answers = await asyncio.gather(
        *(ana.put(f"/channels/{channel['id']}/patch", {"name": "servers"}) for channel in old),
        *(ben.post("/channels", wanted) for _ in range(4)),
    )

    assert sorted(answer.status_code for answer in answers)[1:] == [400] * 7
    assert len([answer for answer in answers if answer.is_success]) == 1


async def test_a_public_channel_is_seen_by_the_team_a_private_one_by_its_members(
    admin: Person, ana: Person, ben: Person, guest: Person, room: Room, team: Team
) -> None:
    public = await a_channel(ana, team, "public")
    private = await a_channel(ana, team, "private", type="P")

    async def status(person: Person, channel: dict[str, Any]) -> tuple[int, int]:
        by_name = await person.get(f"/teams/{team.id}/channels/name/{channel['name']}")
        return (await person.get(f"/channels/{channel['id']}")).status_code, by_name.status_code

    assert await status(ben, public) == (200, 200)
    assert await status(ben, private) == (403, 404)
    assert await status(admin, private) == (200, 200)
    assert await status(guest, public) == (403, 404)
    assert (await ben.get(f"/channels/{'x' * 26}")).json()["id"] == "app.channel.get.existing.app_error"
    assert (await ben.get("/channels/short")).json()["id"] == "api.context.invalid_url_param.app_error"


async def test_a_channel_is_found_by_its_name_and_its_teams(ana: Person, team: Team) -> None:
    channel = await a_channel(ana, team)

    found = await ana.get("/teams/name/acme/channels/name/servers")
    unknown = await ana.get("/teams/name/acme/channels/name/nothing")

    assert found.json()["id"] == channel["id"]
    assert unknown.status_code == 404
    assert unknown.json()["id"] == "app.channel.get_by_name.missing.app_error"


async def test_changes_are_announced_in_the_channel(room: Room, ana: Person, team: Team, told: Told) -> None:
    channel = await a_channel(ana, team)
    path = f"/channels/{channel['id']}/patch"

    renamed = await ana.put(path, {"display_name": "Machines", "header": "H", "purpose": "P"})
    await ana.put(path, {"header": "H2"})
    await ana.put(path, {"header": ""})
    await ana.put(path, {"header": ""})

    assert renamed.json()["display_name"] == "Machines"
    assert renamed.json()["name"] == "servers"
    said = [(kind, message) for kind, message, _ in await system_posts(room, channel["id"])]
    assert said == [
        ("system_join_channel", "ana joined the channel."),
        (
            "system_displayname_change",
            "ana updated the channel display name from: Servers to: Machines",
        ),
        ("system_header_change", "ana updated the channel header to: H"),
        ("system_purpose_change", "ana updated the channel purpose to: P"),
        ("system_header_change", "ana updated the channel header from: H to: H2"),
        ("system_header_change", "ana removed the channel header (was: H2)"),
    ]
    assert len(told.events("channel_updated")) == 3


async def test_a_name_in_the_address_changes_unless_it_is_taken_or_the_default_channels(
    ana: Person, team: Team
) -> None:
    channel = await a_channel(ana, team)
    town_square = (await ana.get(f"/teams/{team.id}/channels/name/town-square")).json()

    moved = await ana.put(f"/channels/{channel['id']}", {"id": channel["id"], "name": "machines"})
    taken = await ana.put(f"/channels/{channel['id']}/patch", {"name": "off-topic"})
    default = await ana.put(f"/channels/{town_square['id']}/patch", {"name": "plaza"})
    header = await ana.put(f"/channels/{town_square['id']}/patch", {"header": "Welcome"})

    assert moved.json()["name"] == "machines"
    assert taken.json()["id"] == "store.sql_channel.save_channel.exists.app_error"
    assert default.status_code == 400
    assert header.json()["header"] == "Welcome"


async def test_only_members_change_a_channel(ana: Person, ben: Person, team: Team) -> None:
    channel = await a_channel(ana, team)

    answer = await ben.put(f"/channels/{channel['id']}/patch", {"header": "mine"})

    assert answer.status_code == 403


async def test_an_archived_channel_is_read_only_and_comes_back(
    room: Room, admin: Person, ana: Person, ben: Person, team: Team, told: Told
) -> None:
    channel = await a_channel(ana, team)
    path = f"/channels/{channel['id']}"

    done = await ana.delete(path)

    assert done.json() == {"status": "OK"}
    assert (await ana.delete(path)).json()["id"] == "api.channel.update_channel.deleted.app_error"
    assert (await ben.post(f"{path}/members", {"user_id": ben.id})).status_code == 400
    assert (await ana.put(f"{path}/patch", {"header": "x"})).status_code == 400
    assert (await ana.get(path)).json()["delete_at"] > 0
    assert (await ana.get(f"/teams/{team.id}/channels/name/servers")).status_code == 404
    with_archived = {"include_deleted": "true"}
    assert (await ana.get(f"/teams/{team.id}/channels/name/servers", params=with_archived)).status_code == 200
    mine = await ana.get(f"/users/me/teams/{team.id}/channels")
    assert channel["id"] not in [c["id"] for c in mine.json()]
    mine = await ana.get(f"/users/me/teams/{team.id}/channels", params=with_archived)
    assert channel["id"] in [c["id"] for c in mine.json()]
    archived = await ben.get(f"/teams/{team.id}/channels/deleted")
    assert [c["id"] for c in archived.json()] == [channel["id"]]

    assert (await ana.post(f"{path}/restore")).status_code == 403
    restored = await admin.post(f"{path}/restore")

    assert restored.json()["delete_at"] == 0
    assert (await admin.post(f"{path}/restore")).status_code == 400
    assert [name for name, _, _ in told.events("channel_deleted", "channel_restored")] == [
        "channel_deleted",
        "channel_restored",
    ]
    said = [kind for kind, _, _ in await system_posts(room, channel["id"])]
    assert said == ["system_join_channel", "system_channel_deleted", "system_channel_restored"]


async def test_the_default_channel_is_neither_archived_nor_made_private(admin: Person, team: Team) -> None:
    town_square = (await admin.get(f"/teams/{team.id}/channels/name/town-square")).json()

    archived = await admin.delete(f"/channels/{town_square['id']}")
    private = await admin.put(f"/channels/{town_square['id']}/privacy", {"privacy": "P"})

    assert archived.status_code == private.status_code == 400


async def test_a_team_administrator_makes_a_public_channel_private(
    admin: Person, ana: Person, ben: Person, team: Team, told: Told
) -> None:
    channel = await a_channel(ana, team)
    path = f"/channels/{channel['id']}"

    refused = await ana.put(f"{path}/privacy", {"privacy": "P"})
    converted = await admin.put(f"{path}/privacy", {"privacy": "P"})

    assert refused.status_code == 403
    assert converted.json()["type"] == "P"
    assert (await ben.get(path)).status_code == 403
    to_team = {"omit_users": None, "user_id": "", "channel_id": "", "team_id": team.id}
    assert told.events("channel_converted") == [("channel_converted", {"channel_id": channel["id"]}, to_team)]


async def test_channels_are_browsed_searched_and_completed(
    admin: Person, ana: Person, ben: Person, guest: Person, room: Room, team: Team
) -> None:
    await a_channel(ana, team, "servers")
    await a_channel(ana, team, "server-secrets", type="P", display_name="Secrets of ÄNNE")
    base = f"/teams/{team.id}/channels"

    async def names(person: Person, path: str, **params: str) -> list[str]:
        answer = await person.get(f"{base}{path}", params=params)
        assert answer.status_code == 200, answer.text
        return [channel["name"] for channel in answer.json()]

    async def found(person: Person, term: str) -> list[str]:
        return [c["name"] for c in (await person.post(f"{base}/search", {"term": term})).json()]

    assert await names(ben, "") == ["off-topic", "servers", "town-square"]
    assert await names(ben, "", page="1", per_page="2") == ["town-square"]
    assert await names(ana, "/autocomplete", name="SERV") == ["server-secrets", "servers"]
    assert await names(ana, "/autocomplete", name="änne") == ["server-secrets"]
    assert await names(ben, "/autocomplete", name="serv") == ["servers"]
    assert await names(ben, "/autocomplete", name="%") == []
    assert await names(ben, "/search_autocomplete", name="o") == ["off-topic", "town-square"]
    assert await found(ana, "serv") == ["servers"]
    assert await names(admin, "/private") == ["server-secrets"]
    assert (await ana.get(f"{base}/private")).status_code == 403
    assert (await guest.get(base)).status_code == 403


async def test_guests_see_only_their_channels(admin: Person, ana: Person, guest: Person, room: Room) -> None:
    team = await room.team("visited", admin, ana, guest)
    shared = await a_channel(ana, team, "shared", guest)
    other = await a_channel(ana, team, "other")

    mine = (await guest.get(f"/users/me/teams/{team.id}/channels")).json()
    member = (await guest.get(f"/channels/{shared['id']}/members/me")).json()

    assert [channel["id"] for channel in mine] == [shared["id"]]
    assert member["roles"] == "channel_guest"
    assert member["scheme_guest"] and not member["scheme_user"]
    assert (await guest.get(f"/teams/{team.id}/channels")).status_code == 403
    found = await guest.post(f"/teams/{team.id}/channels/search", {"term": ""})
    assert [channel["id"] for channel in found.json()] == [shared["id"]]
    assert (await guest.post(f"/teams/{team.id}/channels/ids", [other["id"]])).json() == []
    assert (await guest.get(f"/channels/{other['id']}")).status_code == 403
    join = await guest.post(f"/channels/{other['id']}/members", {"user_id": guest.id})
    assert join.status_code == 403
    stats = (await guest.get(f"/channels/{shared['id']}/stats")).json()
    assert (stats["member_count"], stats["guest_count"]) == (2, 1)


async def test_administrators_search_the_channels_of_all_teams(
    admin: Person, ana: Person, team: Team
) -> None:
    await a_channel(ana, team, "secrets", type="P")
    old = await a_channel(ana, team, "old-secrets")
    await ana.delete(f"/channels/{old['id']}")

    async def search(**body: Any) -> Any:
        return (await admin.post("/channels/search", {"term": "secrets", **body})).json()

    assert [(c["name"], c["team_name"]) for c in await search()] == [("secrets", "acme")]
    assert {c["name"] for c in await search(include_deleted=True)} == {"secrets", "old-secrets"}
    assert [c["name"] for c in await search(deleted=True)] == ["old-secrets"]
    assert await search(public=True) == []
    paged = await search(include_deleted=True, page=0, per_page=1)
    assert (len(paged["channels"]), paged["total_count"]) == (1, 2)
    assert await search(term="", exclude_default_channels=True, team_ids=[team.id]) == await search(
        team_ids=[team.id]
    )
    assert (await ana.post("/channels/search", {"term": "secrets"})).status_code == 403


async def test_public_channels_are_fetched_by_ids(ana: Person, ben: Person, team: Team) -> None:
    public = await a_channel(ana, team, "public")
    private = await a_channel(ana, team, "private", type="P")

    answer = await ben.post(f"/teams/{team.id}/channels/ids", [public["id"], private["id"], "x" * 26])

    assert [channel["id"] for channel in answer.json()] == [public["id"]]
    assert (await ben.post(f"/teams/{team.id}/channels/ids", [])).status_code == 400


async def test_statistics_are_for_members(ana: Person, ben: Person, team: Team) -> None:
    channel = await a_channel(ana, team)

    assert (await ben.get(f"/channels/{channel['id']}/stats")).status_code == 403
    await added(ana, channel, ben)
    assert (await ben.get(f"/channels/{channel['id']}/stats")).json() == {
        "channel_id": channel["id"],
        "member_count": 2,
        "guest_count": 0,
        "pinnedpost_count": 0,
        "files_count": 0,
    }


@pytest.mark.parametrize("text", ["\x00", "\ud800", "%", "x" * 100_000])
async def test_no_text_in_an_address_breaks_a_search(ana: Person, team: Team, text: str) -> None:
    quoted = quote(text, safe="", errors="surrogatepass")

    answers = [
        await ana.get(f"/teams/{team.id}/channels/autocomplete?name={quoted[:60_000]}"),
        await ana.get(f"/teams/{team.id}/channels/name/{quoted[:60_000]}"),
        await ana.get(f"/teams/name/{quoted[:60_000]}/channels/name/town-square"),
        await ana.post(f"/teams/{team.id}/channels/search", {"term": text.replace("\ud800", "\\ud800")}),
    ]

    assert all(answer.status_code < 500 for answer in answers), [answer.text for answer in answers]
