"""The core's table of permissions over HTTP: every kind of caller asks for every act."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import httpx

from commandpost.incidents.permissions import Act, Standing, is_permitted
from commandpost.kernel.ids import new_id
from commandpost.workspace.store import users
from tests.archive.files import EVENTS, by_hand
from tests.support.incidents import Ops
from tests.support.people import Person, Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody, and what they are to the things of the scene."""

    person: Person
    in_team: Standing
    to_public: Standing
    to_private: Standing
    to_playbook: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A team with a playbook, a public and a private incident, and everybody who may or may not."""

    ops: Ops
    playbook_id: str
    public: dict[str, Any]
    private: dict[str, Any]
    callers: dict[str, Caller]


_PLAYBOOK = {"title": "Outage", "checklists": [{"title": "s", "items": [{"title": "t"}]}]}


async def scene(room: Room, admin: Person, ana: Person) -> Scene:
    people = {name: await room.person(name) for name in ("ben", "dan", "eve", "cleo", "finn", "lea")}
    guests = {name: await room.person(name, roles="system_guest") for name in ("gil", "gus")}
    bot = await a_bot(room, admin)
    in_team = [people[name] for name in ("ben", "dan", "eve", "finn", "lea")]
    team = await room.team("ops", admin, ana, *in_team, *guests.values(), bot)
    await room.team("other", people["cleo"])
    ops = Ops(room=room, team=team, ana=ana, ben=people["ben"])
    members = [ana.id, people["eve"].id, people["finn"].id, guests["gil"].id]
    playbook_id = await ops.playbook(member_ids=members)
    inside = (people["ben"], guests["gil"], bot)
    public = await ops.incident(*inside)
    private = await ops.incident(*inside, is_private=True)
    await admin.delete(f"/teams/{team.id}/members/{people['finn'].id}")
    as_lead = {"roles": "team_user team_admin"}
    await admin.put(f"/teams/{team.id}/members/{people['lea'].id}/roles", as_lead)
    stranger = Caller(
        person=people["cleo"],
        in_team=Standing.TEAM_STRANGER,
        to_public=Standing.INCIDENT_STRANGER,
        to_private=Standing.INCIDENT_STRANGER,
        to_playbook=Standing.PLAYBOOK_STRANGER,
    )
    onlooker = Caller(
        person=people["dan"],
        in_team=Standing.TEAM_MEMBER,
        to_public=Standing.INCIDENT_ONLOOKER,
        to_private=Standing.INCIDENT_STRANGER,
        to_playbook=Standing.PLAYBOOK_STRANGER,
    )
    member = Caller(
        person=people["ben"],
        in_team=Standing.TEAM_MEMBER,
        to_public=Standing.INCIDENT_MEMBER,
        to_private=Standing.INCIDENT_MEMBER,
        to_playbook=Standing.PLAYBOOK_STRANGER,
    )
    callers = {
        "member of another team": stranger,
        "member of the team": onlooker,
        "member of the channel": member,
        "admin of the team": replace(onlooker, person=people["lea"], in_team=Standing.TEAM_LEAD),
        "member of the playbook": Caller(
            person=people["eve"],
            in_team=Standing.TEAM_MEMBER,
            to_public=Standing.INCIDENT_ONLOOKER,
            to_private=Standing.INCIDENT_STRANGER,
            to_playbook=Standing.PLAYBOOK_MEMBER,
        ),
        "member of the playbook who left the team": Caller(
            person=people["finn"],
            in_team=Standing.TEAM_STRANGER,
            to_public=Standing.INCIDENT_STRANGER,
            to_private=Standing.INCIDENT_STRANGER,
            to_playbook=Standing.PLAYBOOK_STRANGER,
        ),
        "guest in the channel": Caller(
            person=guests["gil"],
            in_team=Standing.TEAM_STRANGER,
            to_public=Standing.INCIDENT_MEMBER,
            to_private=Standing.INCIDENT_MEMBER,
            to_playbook=Standing.PLAYBOOK_STRANGER,
        ),
        "guest of the team": Caller(
            person=guests["gus"],
            in_team=Standing.TEAM_STRANGER,
            to_public=Standing.INCIDENT_STRANGER,
            to_private=Standing.INCIDENT_STRANGER,
            to_playbook=Standing.PLAYBOOK_STRANGER,
        ),
        "bot in the channel": Caller(
            person=bot,
            in_team=Standing.TEAM_MEMBER,
            to_public=Standing.INCIDENT_MEMBER,
            to_private=Standing.INCIDENT_MEMBER,
            to_playbook=Standing.PLAYBOOK_STRANGER,
        ),
        "system admin": Caller(
            person=admin,
            in_team=Standing.TEAM_ADMIN,
            to_public=Standing.INCIDENT_ADMIN,
            to_private=Standing.INCIDENT_ADMIN,
            to_playbook=Standing.PLAYBOOK_ADMIN,
        ),
    }
    return Scene(ops=ops, playbook_id=playbook_id, public=public, private=private, callers=callers)


async def a_bot(room: Room, admin: Person) -> Person:
    made = await admin.post("/bots", {"username": "robot", "display_name": "Robot"})
    async with room.desks.reading() as desk:
        user = await users.by_id(desk.work, made.json()["user_id"])
    assert user is not None
    return await room.signed_in(user)


Ask = Callable[[Scene, Person], Awaitable[httpx.Response]]


def below(which: str, method: str, path: str, json: Any = None) -> Ask:
    async def ask(scene: Scene, who: Person) -> httpx.Response:
        incident = scene.public if which == "public" else scene.private
        return await scene.ops.do(who, method, incident, path, json)

    return ask


def chosen(which: str) -> Ask:
    """Ana makes the caller the commander, and leads again."""

    async def ask(scene: Scene, who: Person) -> httpx.Response:
        incident = scene.public if which == "public" else scene.private
        ana = scene.ops.ana
        answer = await scene.ops.do(ana, "POST", incident, "/commander", {"commander_id": who.id})
        await scene.ops.do(ana, "POST", incident, "/commander", {"commander_id": ana.id})
        return answer

    return ask


def review_shown(which: str) -> Ask:
    """The caller shows the channel what Ana wrote, and she takes it back."""

    async def ask(scene: Scene, who: Person) -> httpx.Response:
        incident = scene.public if which == "public" else scene.private
        ana, path = scene.ops.ana, "/review/document"
        version = (await scene.ops.do(ana, "GET", incident, path)).json()["version"]
        if version == 0:
            await scene.ops.do(ana, "PUT", incident, path, {"text": "It was the cart", "version": 0})
            version = 1
        shown = {"status": "in_review", "version": version}
        answer = await scene.ops.do(who, "PUT", incident, f"{path}/status", shown)
        await scene.ops.do(ana, "PUT", incident, f"{path}/status", {"status": "draft", "version": version})
        return answer

    return ask


def rehearsed(which: str) -> Ask:
    """The caller rehearses what Ana has ended; she takes it up again."""

    async def ask(scene: Scene, who: Person) -> httpx.Response:
        incident = scene.public if which == "public" else scene.private
        ana = scene.ops.ana
        await scene.ops.do(ana, "PUT", incident, "/end")
        answer = await scene.ops.do(who, "POST", incident, "/rehearsals", {"speed": 1})
        await scene.ops.do(ana, "PUT", incident, "/restart")
        return answer

    return ask


async def list_incidents(scene: Scene, who: Person) -> httpx.Response:
    return await who.v0.get("/incidents", params={"team_id": scene.ops.team.id})


async def list_playbooks(scene: Scene, who: Person) -> httpx.Response:
    return await who.v0.get("/playbooks", params={"team_id": scene.ops.team.id})


async def create_playbook(scene: Scene, who: Person) -> httpx.Response:
    return await who.v0.post("/playbooks", json={**_PLAYBOOK, "team_id": scene.ops.team.id})


def create_playbook_where(creators: str) -> Ask:
    """Make one while only these may."""

    async def ask(scene: Scene, who: Person) -> httpx.Response:
        scene.ops.room.configure(playbook_creators=creators)
        answer = await create_playbook(scene, who)
        scene.ops.room.configure(playbook_creators="members")
        return answer

    return ask


async def list_alert_sources(scene: Scene, who: Person) -> httpx.Response:
    return await who.v0.get("/alert-sources", params={"team_id": scene.ops.team.id})


async def start_blank(scene: Scene, who: Person) -> httpx.Response:
    wanted = {"name": "Down", "team_id": scene.ops.team.id, "commander_user_id": who.id}
    return await who.v0.post("/incidents", json=wanted)


async def start_from_playbook(scene: Scene, who: Person) -> httpx.Response:
    wanted = {"name": "Down", "team_id": scene.ops.team.id, "commander_user_id": who.id}
    return await who.v0.post("/incidents", json={**wanted, "playbook_id": scene.playbook_id})


async def view_playbook(scene: Scene, who: Person) -> httpx.Response:
    return await who.v0.get(f"/playbooks/{scene.playbook_id}")


async def edit_playbook(scene: Scene, who: Person) -> httpx.Response:
    as_it_is = (await scene.ops.ana.v0.get(f"/playbooks/{scene.playbook_id}")).json()
    return await who.v0.put(f"/playbooks/{scene.playbook_id}", json=as_it_is)


async def subscribe(scene: Scene, who: Person) -> httpx.Response:
    wanted = {"url": "https://x.example/", "playbook_id": scene.playbook_id, "user_id": who.id}
    return await who.v0.post("/eventsubscriptions", json=wanted)


async def delete_playbook(scene: Scene, who: Person) -> httpx.Response:
    return await who.v0.delete(f"/playbooks/{scene.playbook_id}")


async def import_incident(scene: Scene, who: Person) -> httpx.Response:
    started = {**EVENTS[0], "payload": {**EVENTS[0]["payload"], "name": new_id()}}
    return await who.v0.post("/archives", params={"team_id": scene.ops.team.id}, content=by_hand([started]))


_STATUS = {"submission": {"message": "m", "reminder": "0"}}

OF_TEAM: dict[Act, Ask] = {
    Act.LIST_INCIDENTS: list_incidents,
    Act.LIST_PLAYBOOKS: list_playbooks,
    Act.CREATE_PLAYBOOK: create_playbook,
    Act.CREATE_PLAYBOOK_AS_LEAD: create_playbook_where("team_admins"),
    Act.CREATE_PLAYBOOK_AS_ADMIN: create_playbook_where("system_admins"),
    Act.MANAGE_ALERT_SOURCES: list_alert_sources,
    Act.IMPORT_INCIDENT: import_incident,
    Act.START_BLANK_INCIDENT: start_blank,
}
OF_INCIDENT: dict[Act, Callable[[str], Ask]] = {
    Act.VIEW_INCIDENT: lambda which: below(which, "GET", ""),
    Act.EDIT_INCIDENT: lambda which: below(which, "PATCH", "", {}),
    Act.UPDATE_STATUS: lambda which: below(which, "POST", "/update-status-dialog", _STATUS),
    Act.PUBLISH_REVIEW: review_shown,
    Act.REHEARSE: rehearsed,
    Act.BE_CHOSEN: chosen,
}
OF_PLAYBOOK: dict[Act, Ask] = {
    Act.VIEW_PLAYBOOK: view_playbook,
    Act.EDIT_PLAYBOOK: edit_playbook,
    Act.START_FROM_PLAYBOOK: start_from_playbook,
    Act.SUBSCRIBE_TO_PLAYBOOK: subscribe,
    Act.DELETE_PLAYBOOK: delete_playbook,
}


ALSO_IN_TEAM = {Act.REHEARSE: Act.START_BLANK_INCIDENT}
"""What else an act upon an incident needs."""


NEEDS_A_TOOL = {Act.MAKE_TICKET}
"""Asked for over HTTP in tests/permissions, and with a Jira in test_tickets.py."""

NEEDS_A_MATTERMOST = {Act.JOIN_INCIDENT, Act.CHANGE_MEMBERS, Act.LEAVE_INCIDENT}
"""Of what was brought in beside one: asked for in tests/permissions, and over HTTP in tests/attached."""


def test_every_act_is_asked_for() -> None:
    elsewhere = NEEDS_A_TOOL | NEEDS_A_MATTERMOST
    assert OF_TEAM.keys() | OF_INCIDENT.keys() | OF_PLAYBOOK.keys() | elsewhere == set(Act)


async def test_the_table_holds_for_everybody(room: Room, admin: Person, ana: Person) -> None:
    here = await scene(room, admin, ana)
    wrong: list[str] = []

    async def check(who: str, caller: Caller, act: Act, standing: Standing, ask: Ask) -> None:
        answer = await ask(here, caller.person)
        refused = (401,) if act is Act.SUBSCRIBE_TO_PLAYBOOK else (403,)
        also = ALSO_IN_TEAM.get(act)
        permitted = is_permitted(act, standing) and (also is None or is_permitted(also, caller.in_team))
        expected = (200, 201, 204) if permitted else refused
        if answer.status_code not in expected:
            wrong.append(f"{who}, {act.name} as {standing.name}: {answer.status_code} {answer.text}")

    for who, caller in here.callers.items():
        for act, ask in OF_TEAM.items():
            await check(who, caller, act, caller.in_team, ask)
        for act, asking in OF_INCIDENT.items():
            await check(who, caller, act, caller.to_public, asking("public"))
            await check(who, caller, act, caller.to_private, asking("private"))
        for act, ask in OF_PLAYBOOK.items():
            if act is not Act.DELETE_PLAYBOOK:
                await check(who, caller, act, caller.to_playbook, ask)
    for who, caller in here.callers.items():
        await check(who, caller, Act.DELETE_PLAYBOOK, caller.to_playbook, delete_playbook)

    assert wrong == []


async def test_without_a_living_session_nothing_is_permitted(room: Room, admin: Person, ana: Person) -> None:
    here = await scene(room, admin, ana)
    ben = here.callers["member of the channel"].person
    await admin.put(f"/users/{ben.id}/active", {"active": False})

    for who in (room.stranger(), ben):
        asked = [ask for act, ask in (OF_TEAM | OF_PLAYBOOK).items() if act is not Act.DELETE_PLAYBOOK]
        asked += [asking("public") for act, asking in OF_INCIDENT.items() if act is not Act.BE_CHOSEN]
        for ask in asked:
            assert (await ask(here, who)).status_code == 401
