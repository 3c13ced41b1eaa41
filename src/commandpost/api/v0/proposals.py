"""Routes of proposals for a playbook."""

import msgspec

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import undecodable_as
from commandpost.api.v0.route import get, post
from commandpost.api.v0.shapes.proposals import (
    DecisionShape,
    ProposalsShape,
    decision_shape,
    proposals_shape,
)
from commandpost.incidents.actions import proposals

_UNREADABLE = undecodable_as("unable to decode decision")


class AcceptanceBody(msgspec.Struct, kw_only=True):
    """The version of the playbook that was looked at."""

    version: int


class RefusalBody(msgspec.Struct, kw_only=True):
    """Why it is declined."""

    reason: str


@get("/playbooks/{playbook_id:str}/proposals")
async def list_proposals(call: IncidentCall, playbook_id: str) -> ProposalsShape:
    """What the caller may see of what past incidents say should change, and what was decided about it."""
    async with call.desks.reading() as desk:
        return proposals_shape(await proposals.listed(desk, call.actor, playbook_id))


@post(
    "/playbooks/{playbook_id:str}/proposals/{proposal_id:str}/accept",
    status_code=201,
    exception_handlers=_UNREADABLE,
)
async def accept_proposal(
    call: IncidentCall, playbook_id: str, proposal_id: str, data: AcceptanceBody
) -> DecisionShape:
    """Make the next version of the playbook as proposed; 412 if it is no longer the version named."""
    async with call.desks.writing() as desk:
        decision = await proposals.accept(
            desk, call.actor, playbook_id, proposal_id, seen_version=data.version
        )
    return decision_shape(decision, {})


@post(
    "/playbooks/{playbook_id:str}/proposals/{proposal_id:str}/decline",
    status_code=201,
    exception_handlers=_UNREADABLE,
)
async def decline_proposal(
    call: IncidentCall, playbook_id: str, proposal_id: str, data: RefusalBody
) -> DecisionShape:
    """Decline a proposal with a reason; it is shown again only if later incidents do it all the same."""
    async with call.desks.writing() as desk:
        decision = await proposals.decline(desk, call.actor, playbook_id, proposal_id, reason=data.reason)
    return decision_shape(decision, {})


@post("/playbooks/{playbook_id:str}/decisions/{decision_id:str}/undo", status_code=201)
async def undo_decision(call: IncidentCall, playbook_id: str, decision_id: str) -> DecisionShape:
    """Take a decision back; 409 where others have changed the same of the playbook since."""
    async with call.desks.writing() as desk:
        decision = await proposals.undo(desk, call.actor, playbook_id, decision_id)
    return decision_shape(decision, {})


ROUTES = (list_proposals, accept_proposal, decline_proposal, undo_decision)
