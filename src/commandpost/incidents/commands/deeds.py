"""Sub-commands that do something to the incident of the channel they are typed in."""

import re
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from commandpost.incidents.actions import announce, commander, end, start, status, tasks
from commandpost.incidents.actions.access import IncidentUnknown
from commandpost.incidents.actions.announce import AnnouncingForbidden, ChannelUnknown
from commandpost.incidents.actions.commander import CommanderNotMember
from commandpost.incidents.commands import wording
from commandpost.incidents.commands.call import DONE, Answer, Call, incident_here, refused, say
from commandpost.incidents.model.incident import AlreadyEnded, AlreadyOngoing, Incident, Place
from commandpost.incidents.permissions import Act, NotAuthorized
from commandpost.incidents.ports import Desk, Desks, Unanswered
from commandpost.kernel.errors import Refusal

_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")


async def start_incident(desks: Desks, call: Call) -> Answer:
    """Show the dialog. The words are of web clients: the tab's id, and perhaps a post to start from."""
    client_id = call.words[0] if call.words else ""
    post_id = call.words[1] if len(call.words) == 2 else ""
    async with desks.reading() as desk:
        try:
            await start.open_dialog(
                desk,
                call.who,
                team_id=call.team_id,
                trigger_id=call.trigger_id,
                client_id=client_id,
                post_id=post_id,
            )
        except NotAuthorized:
            return refused(wording.NOT_IN_TEAM)
    return DONE


async def end_incident(desks: Desks, call: Call) -> Answer:
    """Ask for confirmation."""
    return await _here(
        desks.reading(),
        call,
        "end an incident",
        lambda desk, incident: end.open_dialog(desk, call.who, incident.id, call.trigger_id),
    )


async def update_status(desks: Desks, call: Call) -> Answer:
    """Show the dialog."""
    return await _here(
        desks.reading(),
        call,
        "update an incident",
        lambda desk, incident: status.open_dialog(desk, call.who, incident.id, call.trigger_id),
    )


async def restart_incident(desks: Desks, call: Call) -> Answer:
    """Restart at once."""
    return await _here(
        desks.writing(),
        call,
        "restart an incident",
        lambda desk, incident: end.restart(desk, call.who, incident.id),
    )


async def _here(
    at_desk: AbstractAsyncContextManager[Desk],
    call: Call,
    purpose: str,
    deed: Callable[[Desk, Incident], Awaitable[object]],
) -> Answer:
    """Do something to the incident of this channel, and say why if it cannot be done."""
    try:
        async with at_desk as desk:
            await deed(desk, await incident_here(desk, call))
    except IncidentUnknown:
        return refused(wording.only_in_its_channel(purpose))
    except NotAuthorized:
        return refused(wording.not_admin_or_member(call.who.user_id))
    except (AlreadyEnded, AlreadyOngoing) as cause:
        return refused(cause.message)
    return DONE


async def check_task(desks: Desks, call: Call) -> Answer:
    """Tick a task, or take its tick away, by its place counted from 0."""
    if len(call.words) != 2:
        return refused(wording.HELP)
    for typed, place in zip(call.words, ("first", "second"), strict=True):
        if not _WHOLE_NUMBER.fullmatch(typed):
            return refused(wording.not_a_number(place))
    stage_at, task_at = map(int, call.words)
    try:
        async with desks.writing() as desk:
            incident = await incident_here(desk, call)
            await tasks.toggle(desk, call.who, incident.id, Place(stage=stage_at, task=task_at))
    except IncidentUnknown:
        return refused(wording.only_in_its_channel("check/uncheck an item"))
    return DONE


async def show_or_change_commander(desks: Desks, call: Call) -> Answer:
    """Say who leads, or make somebody else lead."""
    if len(call.words) > 1:
        return refused(wording.COMMANDER_ARGUMENTS)
    if not call.words:
        return await _show_commander(desks, call)
    name = call.words[0].lstrip("@")
    try:
        async with desks.writing() as desk:
            incident = await incident_here(desk, call)
            user = await desk.chat.user_named(name)
            if user is None:
                return refused(wording.no_user(name))
            if user.id == incident.commander_id:
                return refused(wording.commander_already(name))
            await commander.change(desk, call.who, incident.id, user.id)
    except IncidentUnknown:
        return refused(wording.only_in_its_channel("change the commander"))
    except CommanderNotMember:
        return refused(wording.commander_outside(name))
    return DONE


async def _show_commander(desks: Desks, call: Call) -> Answer:
    async with desks.reading() as desk:
        try:
            incident = await incident_here(desk, call, Act.VIEW_INCIDENT)
        except IncidentUnknown:
            return refused(wording.only_in_its_channel("see the commander"))
        user = await desk.chat.user(incident.commander_id)
    return Answer(text=wording.commander_is(user.username if user else "unknown"))


async def announce_incident(desks: Desks, call: Call) -> Answer:
    """Announce in each of the channels; what is wrong with one does not stop the rest."""
    if not call.words:
        return refused(wording.HELP)
    async with desks.reading() as desk:
        try:
            incident = await incident_here(desk, call)
        except IncidentUnknown:
            return refused(wording.only_in_its_channel("announce"))
        await announce.look_up(
            desk, call.who, call.team_id, [typed.removeprefix("~") for typed in call.words]
        )
    wrong: list[str] = []
    for typed in dict.fromkeys(call.words):
        try:
            async with desks.writing() as desk:
                await announce.announce(desk, call.who, incident.id, call.team_id, typed.removeprefix("~"))
        except ChannelUnknown:
            wrong.append(wording.channel_not_found(typed))
        except AnnouncingForbidden:
            wrong.append(wording.cannot_post_to(typed))
        except Unanswered:
            raise
        except Refusal:
            wrong.append(wording.announcing_failed(typed))
    if not wrong:
        return DONE
    async with desks.reading() as desk:
        for text in wrong[:-1]:
            await say(desk, call, text)
    return refused(wrong[-1])
