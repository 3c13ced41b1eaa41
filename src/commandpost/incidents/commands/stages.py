"""`/incident stage next|prev`."""

from commandpost.incidents.actions import stages
from commandpost.incidents.actions.access import IncidentUnknown
from commandpost.incidents.commands import wording
from commandpost.incidents.commands.call import DONE, Answer, Call, incident_here, refused
from commandpost.incidents.ports import Desks


async def move(desks: Desks, call: Call) -> Answer:
    """To the next stage, with a question first if tasks of the active one are open, or to the previous."""
    if len(call.words) != 1:
        return refused(wording.STAGE_ARGUMENTS)
    step = {"next": 1, "prev": -1}.get(call.words[0].lower())
    if step is None:
        return refused(wording.STAGE_ARGUMENT)
    async with desks.writing() as desk:
        try:
            incident = await incident_here(desk, call)
        except IncidentUnknown:
            return refused(wording.only_in_its_channel("change an incident stage"))
        if not incident.stages:
            return refused(wording.NO_STAGES)
        active = incident.stage(incident.active_stage)
        position = incident.active_stage + step
        if position < 0:
            return refused(wording.FIRST_STAGE)
        if position >= len(incident.stages):
            return refused(wording.LAST_STAGE)
        if step > 0 and not active.is_complete:
            await stages.open_dialog(desk, call.who, incident.id, position, call.trigger_id)
        else:
            await stages.change(desk, call.who, incident.id, position)
    return DONE
