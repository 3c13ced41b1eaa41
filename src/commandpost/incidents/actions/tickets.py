"""Making a ticket of a follow-up in a tool outside, never two of one.

The tool may take long, and its answer may be lost, so it is asked between two units of work: one notes that a
ticket is being made, which refuses everybody else meanwhile, the other what came of it. Where nobody knows,
or the server stopped between, the next try looks for the ticket first.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from commandpost.audit.entry import Deed
from commandpost.incidents import dialogs
from commandpost.incidents.actions import access
from commandpost.incidents.actions.review_documents import zone_of
from commandpost.incidents.actions.review_log import note
from commandpost.incidents.model.follow_up import FollowUp, FollowUpUnknown, PracticeTicket
from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.timeline import FollowUpTicketed
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import (
    Actor,
    Desk,
    Desks,
    MadeTicket,
    TicketRefused,
    Tickets,
    TicketUnsure,
    TicketWish,
)
from commandpost.incidents.store import follow_ups, incidents
from commandpost.kernel.clock import SECOND_MS

_PATIENCE_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticketed:
    """A follow-up with its ticket, and what the tool has to say of it; mostly ""."""

    follow_up: FollowUp
    remark: str = ""


async def make(
    desks: Desks, tickets: Tickets, who: Actor, incident_id: str, follow_up_id: str, *, zone: str
) -> Ticketed:
    """Make a ticket with title, assignee and due date; a follow-up that has one stays as it is.

    `zone` says which day it is due on: the reader's, "" for that of their profile. Raises NotAuthorized,
    IncidentUnknown, FollowUpUnknown, PracticeTicket, TicketBeingMade, ZoneUnknown, TicketRefused,
    TicketUnsure.
    """
    async with desks.writing() as desk:
        incident, before = await _opened(desk, who, incident_id, follow_up_id)
        if before.ticket is not None:
            return Ticketed(follow_up=before)
        begun = before.ticket_begun(at=desk.now)
        wish = await _wish(desk, who, incident, before, zone)
        await follow_ups.save(desk.work, begun)
    try:
        async with asyncio.timeout(_PATIENCE_S):
            made = await tickets.make(wish, may_be_there=before.ticket_may_be_there)
    except TicketRefused:
        await _put_back(desks, begun, begun.not_ticketed(before))
        raise
    except (TicketUnsure, TimeoutError) as cause:
        await _put_back(desks, begun, begun.perhaps_ticketed())
        raise TicketUnsure(str(cause) or None) from cause
    async with desks.writing() as desk:
        return await _kept(desk, who, begun, made)


async def _opened(desk: Desk, who: Actor, incident_id: str, follow_up_id: str) -> tuple[Incident, FollowUp]:
    incident = await access.locked(desk, who, incident_id, Act.MAKE_TICKET)
    await access.permit_in_team(desk, who, incident.team_id, Act.START_BLANK_INCIDENT)
    one = await follow_ups.found(desk.work, incident.id, follow_up_id)
    if one is None:
        raise FollowUpUnknown
    if incident.is_practice:
        raise PracticeTicket
    return incident, one


async def _wish(desk: Desk, who: Actor, incident: Incident, one: FollowUp, zone: str) -> TicketWish:
    in_zone = await zone_of(desk, who, zone)
    wanted = one.wanted
    people = await desk.chat.users({who.user_id, wanted.assignee_id} - {""})
    return TicketWish(
        title=wanted.title,
        mark=one.id,
        due_on=f"{datetime.fromtimestamp(wanted.due_at / SECOND_MS, in_zone):%Y-%m-%d}"
        if wanted.due_at
        else "",
        by=people[who.user_id],
        assignee=people.get(wanted.assignee_id),
        incident_name=incident.name,
        incident_url=await _address(desk, incident),
    )


async def _address(desk: Desk, incident: Incident) -> str:
    """Of the incident's channel, or of its page if nobody can enter that; "" if ours is not known."""
    team = await desk.chat.team(incident.team_id)
    channel = await desk.chat.channel(incident.channel_id)
    if not desk.site_url or team is None or channel is None:
        return ""
    if channel.is_kept:
        return dialogs.incident_page_url(desk.site_url, team, incident.id)
    return f"{desk.site_url.rstrip('/')}/{team.name}/channels/{channel.name}"


async def _put_back(desks: Desks, begun: FollowUp, ended: FollowUp) -> None:
    """No ticket is being made any more, as `ended` says; what others changed meanwhile stays."""
    async with desks.writing() as desk:
        await incidents.locked(desk.work, IncidentId(begun.incident_id), viewer_id="")
        one = await follow_ups.found(desk.work, begun.incident_id, begun.id)
        if one is not None and one.ticket_begun_at == begun.ticket_begun_at:
            again = replace(
                one,
                ticket_begun_at=ended.ticket_begun_at,
                ticket_may_be_there=ended.ticket_may_be_there,
            )
            await follow_ups.save(desk.work, again)


async def _kept(desk: Desk, who: Actor, begun: FollowUp, made: MadeTicket) -> Ticketed:
    """The follow-up with its ticket; who made it may have lost the right to meanwhile."""
    found = await incidents.locked(desk.work, IncidentId(begun.incident_id), viewer_id=who.user_id)
    one = await follow_ups.found(desk.work, begun.incident_id, begun.id)
    if found is None or one is None:
        raise FollowUpUnknown
    if one.ticket is not None:
        return Ticketed(follow_up=one)
    ticketed = one.ticketed(made.ticket)
    await follow_ups.save(desk.work, ticketed)
    entry = FollowUpTicketed(
        follow_up_id=one.id,
        title=one.wanted.title,
        integration=made.ticket.tool,
        url=made.ticket.url,
        reference=made.ticket.reference,
    )
    await note(desk, who, found.incident, entry)
    kept = {"follow_up_id": one.id, "tool": made.ticket.tool, "reference": made.ticket.reference}
    await desk.record(Deed.FOLLOW_UP_TICKETED, begun.incident_id, by=who, after=kept)
    return Ticketed(follow_up=ticketed, remark=made.remark)
