"""Routes of what is to be done after an incident."""

from typing import cast

import msgspec

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import undecodable_as
from commandpost.api.v0.route import REFUSED_OUTSIDE, delete, get, post, put
from commandpost.incidents.actions import follow_ups, tickets
from commandpost.incidents.model.follow_up import FollowUp, Wanted
from commandpost.incidents.ports import Tickets
from commandpost.kernel.clock import NEVER, Millis

_UNREADABLE = undecodable_as("unable to decode follow-up")


class FollowUpShape(msgspec.Struct, kw_only=True):
    """A follow-up. No assignee is "", no due date 0, no ticket "", and `done_at` is 0 while it is open."""

    id: str
    incident_id: str
    title: str
    assignee_id: str
    due_at: int
    done_at: int
    version: int
    created_by: str
    create_at: int
    update_at: int
    ticket_reference: str
    ticket_url: str


class FollowUpsShape(msgspec.Struct, kw_only=True):
    """All follow-ups of an incident, oldest first; `ticket_tool` can make tickets of them, "" if none can."""

    items: list[FollowUpShape]
    ticket_tool: str


class TicketedShape(msgspec.Struct, kw_only=True):
    """A follow-up with its ticket, and what the ticket lacks; mostly ""."""

    follow_up: FollowUpShape
    remark: str


class FollowUpBody(msgspec.Struct, kw_only=True):
    """What is to be done, by whom, until when."""

    title: str
    assignee_id: str = ""
    due_at: int = 0


class ChangedFollowUpBody(FollowUpBody, kw_only=True):
    """The same, and which version was looked at."""

    version: int


class SeenBody(msgspec.Struct, kw_only=True):
    """Which version of it was looked at."""

    version: int


@get("/incidents/{incident_id:str}/follow_ups")
async def list_follow_ups(call: IncidentCall, incident_id: str) -> FollowUpsShape:
    """What is to be done after an incident."""
    async with call.desks.reading() as desk:
        found = await follow_ups.listed(desk, call.actor, incident_id)
    return FollowUpsShape(items=[follow_up_shape(one) for one in found], ticket_tool=_tickets(call).tool)


@post("/incidents/{incident_id:str}/follow_ups", status_code=201, exception_handlers=_UNREADABLE)
async def add_follow_up(call: IncidentCall, incident_id: str, data: FollowUpBody) -> FollowUpShape:
    """Add something to do. An assignee is a member of the incident's channel."""
    async with call.desks.writing() as desk:
        return follow_up_shape(await follow_ups.add(desk, call.actor, incident_id, _wanted(data)))


@put("/incidents/{incident_id:str}/follow_ups/{follow_up_id:str}", exception_handlers=_UNREADABLE)
async def change_follow_up(
    call: IncidentCall, incident_id: str, follow_up_id: str, data: ChangedFollowUpBody
) -> FollowUpShape:
    """Change what is to be done; 409 if somebody changed it since the version named."""
    async with call.desks.writing() as desk:
        changed = await follow_ups.change(
            desk, call.actor, incident_id, follow_up_id, _wanted(data), seen_version=data.version
        )
    return follow_up_shape(changed)


@put("/incidents/{incident_id:str}/follow_ups/{follow_up_id:str}/done", exception_handlers=_UNREADABLE)
async def finish_follow_up(
    call: IncidentCall, incident_id: str, follow_up_id: str, data: SeenBody
) -> FollowUpShape:
    """It is done."""
    async with call.desks.writing() as desk:
        done = await follow_ups.finish(desk, call.actor, incident_id, follow_up_id, seen_version=data.version)
    return follow_up_shape(done)


@put("/incidents/{incident_id:str}/follow_ups/{follow_up_id:str}/open", exception_handlers=_UNREADABLE)
async def reopen_follow_up(
    call: IncidentCall, incident_id: str, follow_up_id: str, data: SeenBody
) -> FollowUpShape:
    """It is not done after all."""
    async with call.desks.writing() as desk:
        reopened = await follow_ups.reopen(
            desk, call.actor, incident_id, follow_up_id, seen_version=data.version
        )
    return follow_up_shape(reopened)


@delete("/incidents/{incident_id:str}/follow_ups/{follow_up_id:str}")
async def remove_follow_up(call: IncidentCall, incident_id: str, follow_up_id: str, version: int = 0) -> None:
    """It need not be done; 409 if somebody changed it since the version named."""
    async with call.desks.writing() as desk:
        await follow_ups.remove(desk, call.actor, incident_id, follow_up_id, seen_version=version)


@post(
    "/incidents/{incident_id:str}/follow_ups/{follow_up_id:str}/ticket",
    status_code=200,
    responses=REFUSED_OUTSIDE,
)
async def make_ticket(
    call: IncidentCall, incident_id: str, follow_up_id: str, timezone: str = ""
) -> TicketedShape:
    """Make a ticket of a follow-up in the tool that is set up; one that has a ticket stays as it is.

    Never two of one: 409 while one is being made, and if an answer was lost the next try looks for it first.
    """
    made = await tickets.make(
        call.desks, _tickets(call), call.actor, incident_id, follow_up_id, zone=timezone
    )
    return TicketedShape(follow_up=follow_up_shape(made.follow_up), remark=made.remark)


def _tickets(call: IncidentCall) -> Tickets:
    return cast("Tickets", call.request.app.state.incident_tickets)


def _wanted(body: FollowUpBody) -> Wanted:
    return Wanted(
        title=body.title, assignee_id=body.assignee_id, due_at=Millis(body.due_at) if body.due_at else NEVER
    )


def follow_up_shape(one: FollowUp) -> FollowUpShape:
    return FollowUpShape(
        id=one.id,
        incident_id=one.incident_id,
        title=one.wanted.title,
        assignee_id=one.wanted.assignee_id,
        due_at=one.wanted.due_at,
        done_at=one.done_at,
        version=one.version,
        created_by=one.created_by,
        create_at=one.create_at,
        update_at=one.update_at,
        ticket_reference=one.ticket.reference if one.ticket else "",
        ticket_url=one.ticket.url if one.ticket else "",
    )


ROUTES = (
    list_follow_ups,
    add_follow_up,
    change_follow_up,
    finish_follow_up,
    reopen_follow_up,
    remove_follow_up,
    make_ticket,
)
