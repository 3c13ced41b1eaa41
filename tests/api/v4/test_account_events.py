"""What listeners hear about accounts and teams."""

import json
from typing import Any

from commandpost.live.hub import Hub
from commandpost.live.outbox import Closing
from commandpost.workspace.model.team import Team
from tests.live.listening import Client, listener
from tests.support.people import Person, Room
from tests.support.talk import Talk


def hub_of(room: Room) -> Hub:
    return room.app.state.hub


def heard(client: Client, event: str) -> dict[str, Any]:
    """The data of the one frame of an event that waits for a client."""
    frames = [frame for frame in client.read() if frame["event"] == event]
    assert len(frames) == 1, frames
    return frames[0]["data"]


async def test_everybody_hears_of_a_new_user(room: Room, admin: Person, ana: Person) -> None:
    at_ana = listener(hub_of(room), ana.id)

    ben = await room.person("ben")

    assert heard(at_ana, "new_user") == {"user_id": ben.id}


async def test_a_changed_user_is_told_whole_to_themselves_and_less_to_others(
    room: Room, ana: Person, ben: Person
) -> None:
    room.configure(show_email_address=False)
    at_ana, at_ben = listener(hub_of(room), ana.id), listener(hub_of(room), ben.id)

    await ana.put("/users/me/patch", {"nickname": "Annie"})

    whole, less = heard(at_ana, "user_updated")["user"], heard(at_ben, "user_updated")["user"]
    assert (whole["nickname"], less["nickname"]) == ("Annie", "Annie")
    assert whole["email"] == "ana@example.com" and "notify_props" in whole
    assert less["email"] == "" and "notify_props" not in less


async def test_who_joins_a_team_hears_it_and_what_the_team_hears_from_then_on(
    room: Room, admin: Person, team: Team
) -> None:
    cleo = await room.person("cleo")
    at_cleo = listener(hub_of(room), cleo.id)

    await admin.post(f"/teams/{team.id}/members", {"team_id": team.id, "user_id": cleo.id})
    await admin.put(f"/teams/{team.id}/patch", {"display_name": "Better"})

    frames = {frame["event"]: frame["data"] for frame in at_cleo.read()}
    assert frames["added_to_team"] == {"team_id": team.id, "user_id": cleo.id}
    told = json.loads(frames["update_team"]["team"])
    assert (told["display_name"], told["invite_id"], told["email"]) == ("Better", "", "")


async def test_who_leaves_a_team_hears_it_and_no_more_of_the_team(
    room: Room, admin: Person, ana: Person, ben: Person, team: Team
) -> None:
    at_ana = listener(hub_of(room), ana.id, teams=(team.id,))
    at_ben = listener(hub_of(room), ben.id, teams=(team.id,))

    await admin.delete(f"/teams/{team.id}/members/{ana.id}")
    await admin.delete(f"/teams/{team.id}")

    assert [event for event in at_ana.events() if "team" in event] == ["leave_team"]
    assert [event for event in at_ben.events() if "team" in event] == ["leave_team", "delete_team"]


async def test_new_roles_are_told_to_who_has_them(room: Room, admin: Person, ana: Person, team: Team) -> None:
    at_ana = listener(hub_of(room), ana.id)

    await admin.put(f"/teams/{team.id}/members/{ana.id}/roles", {"roles": "team_user team_admin"})
    assert json.loads(heard(at_ana, "memberrole_updated")["member"])["scheme_admin"] is True

    await admin.put(f"/users/{ana.id}/roles", {"roles": "system_user system_admin"})
    assert heard(at_ana, "user_role_updated") == {
        "user_id": ana.id,
        "roles": "system_user system_admin",
    }


async def test_administrators_are_told_who_deleted_a_post(
    room: Room, admin: Person, ana: Person, ben: Person, talk: Talk
) -> None:
    at_admin = listener(hub_of(room), admin.id, channels=(talk.channel_id,), is_admin=True)
    at_ana = listener(hub_of(room), ana.id, channels=(talk.channel_id,))
    first, second = await talk.say(ben, "one"), await talk.say(ben, "two")

    await ben.delete(f"/posts/{first['id']}")
    assert heard(at_admin, "post_deleted").keys() == {"post", "delete_by"}
    assert heard(at_ana, "post_deleted").keys() == {"post"}

    await admin.put(f"/users/{ana.id}/roles", {"roles": "system_user system_admin"})
    await admin.delete(f"/posts/{second['id']}")
    assert heard(at_ana, "post_deleted")["delete_by"] == admin.id


async def test_preferences_reach_the_other_devices_of_their_owner_only(
    room: Room, ana: Person, ben: Person
) -> None:
    at_ana, at_ben = listener(hub_of(room), ana.id), listener(hub_of(room), ben.id)
    one = {"user_id": ana.id, "category": "theme", "name": "one", "value": "1"}

    await ana.put("/users/me/preferences", [one])
    assert json.loads(heard(at_ana, "preferences_changed")["preferences"]) == [one]
    await ana.post("/users/me/preferences/delete", [one])
    assert json.loads(heard(at_ana, "preferences_deleted")["preferences"]) == [one]

    assert at_ben.events() == []


async def test_a_refused_change_is_told_to_nobody(room: Room, ana: Person, ben: Person) -> None:
    at_ben = listener(hub_of(room), ben.id)

    await ana.put("/users/me/patch", {"username": "ben"})

    assert at_ben.events() == []


async def test_sockets_of_who_is_deactivated_close_at_once(room: Room, admin: Person, ana: Person) -> None:
    at_ana, at_admin = listener(hub_of(room), ana.id), listener(hub_of(room), admin.id)

    await admin.delete(f"/users/{ana.id}")

    assert at_ana.wire.ended == [Closing.SESSION_ENDED]
    assert at_admin.wire.ended == []


async def test_only_the_sockets_of_a_revoked_session_close(room: Room, ana: Person) -> None:
    session_id = (await ana.get("/users/me/sessions")).json()[0]["id"]
    revoked = listener(hub_of(room), ana.id, session_id=session_id)
    other = listener(hub_of(room), ana.id, session_id="another")

    await ana.post("/users/me/sessions/revoke", {"session_id": session_id})

    assert revoked.wire.ended == [Closing.SESSION_ENDED]
    assert other.wire.ended == []


async def test_sockets_of_a_disabled_token_close(room: Room, admin: Person) -> None:
    token_id = (await admin.post("/users/me/tokens", {"description": "script"})).json()["id"]
    by_token = listener(hub_of(room), admin.id, session_id=token_id)
    by_session = listener(hub_of(room), admin.id, session_id="another")

    await admin.post("/users/tokens/disable", {"token_id": token_id})

    assert by_token.wire.ended == [Closing.SESSION_ENDED]
    assert by_session.wire.ended == []
