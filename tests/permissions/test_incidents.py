"""The permission table of the core: every standing tries every act, and gets what the table says."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import pytest
from msgspec import structs

from commandpost.incidents.actions import (
    access,
    alert_sources,
    commander,
    details,
    end,
    playbooks,
    review_documents,
    start,
    status,
    subscriptions,
    tasks,
)
from commandpost.incidents.actions.commander import CommanderNotMember
from commandpost.incidents.actions.start import CommanderOutsideTeam, NewIncident
from commandpost.incidents.model.incident import Incident, Place
from commandpost.incidents.model.listing import Direction, IncidentFilter, Page, PlaybookSort
from commandpost.incidents.model.playbook import Playbook, PlaybookContent, PlaybookCreators
from commandpost.incidents.model.review_document import DocumentStatus, DocumentUnwritten
from commandpost.incidents.model.status_update import StatusUpdate
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.permissions import (
    Act,
    NotAuthorized,
    Standing,
    is_permitted,
)
from commandpost.incidents.ports import Desk, User
from tests.actions.room import Room, actor, room, stage

__all__ = ["room"]

_REFUSED = (NotAuthorized, CommanderNotMember, CommanderOutsideTeam)


@dataclass
class Scene:
    """Somebody of a standing, with an incident and a playbook that are not theirs."""

    room: Room
    who: User
    incident: Incident
    playbook: Playbook


async def _start_blank(desk: Desk, scene: Scene) -> object:
    new = NewIncident(name="Blank", team_id=scene.room.team.id, commander_id=scene.who.id)
    return await start.start(desk, actor(scene.who), new)


async def _start_from_playbook(desk: Desk, scene: Scene) -> object:
    new = NewIncident(
        name="From a playbook",
        team_id=scene.room.team.id,
        commander_id=scene.who.id,
        playbook_id=scene.playbook.id,
    )
    return await start.start(desk, actor(scene.who), new)


async def _list_incidents(desk: Desk, scene: Scene) -> object:
    asked = details.Asked(wanted=IncidentFilter(team_id=scene.room.team.id), page=Page())
    return await details.listed(desk, actor(scene.who), asked)


async def _list_alert_sources(desk: Desk, scene: Scene) -> object:
    return await alert_sources.listed(desk, actor(scene.who), scene.room.team.id)


async def _list_playbooks(desk: Desk, scene: Scene) -> object:
    return await playbooks.listed(
        desk,
        actor(scene.who),
        scene.room.team.id,
        sort=PlaybookSort.TITLE,
        direction=Direction.ASC,
        page=Page(),
    )


async def _create_playbook(desk: Desk, scene: Scene) -> object:
    content = PlaybookContent(team_id=scene.room.team.id, title="New")
    return await playbooks.create(desk, actor(scene.who), content)


async def _create_playbook_where_leads_do(desk: Desk, scene: Scene) -> object:
    return await _create_playbook(
        structs.replace(desk, playbook_creators=PlaybookCreators.TEAM_ADMINS), scene
    )


async def _create_playbook_where_admins_do(desk: Desk, scene: Scene) -> object:
    return await _create_playbook(
        structs.replace(desk, playbook_creators=PlaybookCreators.SYSTEM_ADMINS), scene
    )


async def _view_incident(desk: Desk, scene: Scene) -> object:
    return await details.view(desk, actor(scene.who), scene.incident.id)


async def _edit_incident(desk: Desk, scene: Scene) -> object:
    place = Place(stage=0, task=0)
    await tasks.put(desk, actor(scene.who), scene.incident.id, place, TaskState.CLOSED)
    return await end.end(desk, actor(scene.who), scene.incident.id)


async def _publish_review(desk: Desk, scene: Scene) -> object:
    with suppress(DocumentUnwritten):
        return await review_documents.put(
            desk, actor(scene.who), scene.incident.id, DocumentStatus.PUBLISHED, seen_version=0
        )


async def _update_status(desk: Desk, scene: Scene) -> object:
    update = StatusUpdate(message="looking")
    return await status.update(desk, actor(scene.who), scene.incident.id, update)


async def _be_chosen(desk: Desk, scene: Scene) -> object:
    return await commander.change(desk, actor(scene.room.ana), scene.incident.id, scene.who.id)


async def _view_playbook(desk: Desk, scene: Scene) -> object:
    return await playbooks.view(desk, actor(scene.who), scene.playbook.id)


async def _edit_playbook(desk: Desk, scene: Scene) -> object:
    return await playbooks.edit(desk, actor(scene.who), scene.playbook.id, scene.playbook.content)


async def _delete_playbook(desk: Desk, scene: Scene) -> object:
    return await playbooks.delete(desk, actor(scene.who), scene.playbook.id)


async def _subscribe(desk: Desk, scene: Scene) -> object:
    return await subscriptions.subscribe(desk, actor(scene.who), scene.playbook.id, "https://x.example")


async def _rehearse(desk: Desk, scene: Scene) -> object:
    return await access.opened(desk, actor(scene.who), scene.incident.id, Act.REHEARSE)


async def _make_ticket(desk: Desk, scene: Scene) -> object:
    return await access.opened(desk, actor(scene.who), scene.incident.id, Act.MAKE_TICKET)


async def _join(desk: Desk, scene: Scene) -> object:
    return await access.opened(desk, actor(scene.who), scene.incident.id, Act.JOIN_INCIDENT)


async def _change_members(desk: Desk, scene: Scene) -> object:
    return await access.opened(desk, actor(scene.who), scene.incident.id, Act.CHANGE_MEMBERS)


async def _leave(desk: Desk, scene: Scene) -> object:
    return await access.opened(desk, actor(scene.who), scene.incident.id, Act.LEAVE_INCIDENT)


async def _import(desk: Desk, scene: Scene) -> object:
    return await access.permit_in_team(desk, actor(scene.who), scene.room.team.id, Act.IMPORT_INCIDENT)


DEEDS: dict[Act, Callable[[Desk, Scene], Awaitable[object]]] = {
    Act.LIST_INCIDENTS: _list_incidents,
    Act.LIST_PLAYBOOKS: _list_playbooks,
    Act.CREATE_PLAYBOOK: _create_playbook,
    Act.CREATE_PLAYBOOK_AS_LEAD: _create_playbook_where_leads_do,
    Act.CREATE_PLAYBOOK_AS_ADMIN: _create_playbook_where_admins_do,
    Act.START_BLANK_INCIDENT: _start_blank,
    Act.MANAGE_ALERT_SOURCES: _list_alert_sources,
    Act.IMPORT_INCIDENT: _import,
    Act.VIEW_INCIDENT: _view_incident,
    Act.EDIT_INCIDENT: _edit_incident,
    Act.UPDATE_STATUS: _update_status,
    Act.PUBLISH_REVIEW: _publish_review,
    Act.MAKE_TICKET: _make_ticket,
    Act.REHEARSE: _rehearse,
    Act.BE_CHOSEN: _be_chosen,
    Act.JOIN_INCIDENT: _join,
    Act.CHANGE_MEMBERS: _change_members,
    Act.LEAVE_INCIDENT: _leave,
    Act.VIEW_PLAYBOOK: _view_playbook,
    Act.EDIT_PLAYBOOK: _edit_playbook,
    Act.DELETE_PLAYBOOK: _delete_playbook,
    Act.START_FROM_PLAYBOOK: _start_from_playbook,
    Act.SUBSCRIBE_TO_PLAYBOOK: _subscribe,
}

TOWARDS = {
    "TEAM": (
        Act.LIST_INCIDENTS,
        Act.LIST_PLAYBOOKS,
        Act.CREATE_PLAYBOOK,
        Act.CREATE_PLAYBOOK_AS_LEAD,
        Act.CREATE_PLAYBOOK_AS_ADMIN,
        Act.START_BLANK_INCIDENT,
        Act.MANAGE_ALERT_SOURCES,
        Act.IMPORT_INCIDENT,
    ),
    "INCIDENT": (
        Act.VIEW_INCIDENT,
        Act.EDIT_INCIDENT,
        Act.UPDATE_STATUS,
        Act.PUBLISH_REVIEW,
        Act.MAKE_TICKET,
        Act.REHEARSE,
        Act.BE_CHOSEN,
        Act.JOIN_INCIDENT,
        Act.CHANGE_MEMBERS,
        Act.LEAVE_INCIDENT,
    ),
    "PLAYBOOK": (
        Act.VIEW_PLAYBOOK,
        Act.EDIT_PLAYBOOK,
        Act.DELETE_PLAYBOOK,
        Act.START_FROM_PLAYBOOK,
        Act.SUBSCRIBE_TO_PLAYBOOK,
    ),
}
"""What acts are towards; the name of a standing begins with the same word."""

CASES = [(standing, act) for standing in Standing for act in TOWARDS[standing.name.partition("_")[0]]]


def test_every_act_is_tried() -> None:
    assert {act for _, act in CASES} == set(Act)


async def _scene(room: Room, standing: Standing) -> Scene:
    is_private = standing is Standing.INCIDENT_STRANGER
    incident = await room.ongoing(stage("Triage", "a"), private=is_private)
    playbook = await room.playbook(stage("Triage"))
    who = room.sys if standing.name.endswith("_ADMIN") else room.cy
    if standing in (Standing.INCIDENT_MEMBER, Standing.INCIDENT_GUEST, Standing.INCIDENT_LISTENER):
        await room.join(who, incident)
    if standing is Standing.INCIDENT_LISTENER:
        room.chat.silenced.add(who.id)
    if standing is Standing.TEAM_LEAD:
        room.chat.leads.add(who.id)
    if standing in (Standing.TEAM_STRANGER, Standing.INCIDENT_GUEST):
        room.chat.guests.add(who.id)
    if standing is Standing.PLAYBOOK_MEMBER:
        playbook = await room.playbook(stage("Triage"), member_ids=(who.id,))
    return Scene(room=room, who=who, incident=incident, playbook=playbook)


@pytest.mark.parametrize(("standing", "act"), CASES, ids=lambda value: value.name.lower())
async def test_the_table_decides(room: Room, standing: Standing, act: Act) -> None:
    scene = await _scene(room, standing)

    async with room.desk() as desk:
        if is_permitted(act, standing):
            await DEEDS[act](desk, scene)
        else:
            with pytest.raises(_REFUSED):
                await DEEDS[act](desk, scene)


GUEST_ROWS = [
    (Act.VIEW_INCIDENT, True),
    (Act.EDIT_INCIDENT, True),
    (Act.UPDATE_STATUS, True),
    (Act.PUBLISH_REVIEW, True),
    (Act.BE_CHOSEN, True),
    (Act.LEAVE_INCIDENT, True),
    (Act.CHANGE_MEMBERS, False),
    (Act.LIST_INCIDENTS, False),
    (Act.LIST_PLAYBOOKS, False),
    (Act.CREATE_PLAYBOOK, False),
    (Act.START_BLANK_INCIDENT, False),
]


@pytest.mark.parametrize(("act", "allowed"), GUEST_ROWS, ids=str)
async def test_a_guest_in_the_channel_does_what_members_do_there_and_no_more(
    room: Room, act: Act, allowed: bool
) -> None:
    scene = replace(await _scene(room, Standing.INCIDENT_ONLOOKER), who=room.gus)
    await room.join(room.gus, scene.incident)

    async with room.desk() as desk:
        if allowed:
            await DEEDS[act](desk, scene)
        else:
            with pytest.raises(_REFUSED):
                await DEEDS[act](desk, scene)
