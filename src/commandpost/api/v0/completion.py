"""Routes that the message box asks while a command of the product is typed."""

import msgspec

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import forbidden_as
from commandpost.api.v0.route import get
from commandpost.incidents.actions import details, playbooks


class ChoiceShape(
    msgspec.Struct, kw_only=True, rename={"item": "Item", "hint": "Hint", "help_text": "HelpText"}
):
    """One of the values that may be typed. The keys are capitalised: so clients expect them."""

    item: str
    hint: str
    help_text: str


@get("/incidents/checklist-autocomplete")
async def complete_tasks(call: IncidentCall, channel_id: str = "") -> list[ChoiceShape]:
    """The tasks of a channel's incident, by their positions."""
    async with call.desks.reading() as desk:
        with forbidden_as("user does not have permissions"):
            choices = await details.task_choices(desk, call.actor, channel_id)
    return [
        ChoiceShape(item=one.places, hint=one.hint, help_text="Check/uncheck this item") for one in choices
    ]


@get("/incidents/commander-autocomplete")
async def complete_commander(call: IncidentCall, channel_id: str = "") -> list[ChoiceShape]:
    """The people in a channel's incident."""
    async with call.desks.reading() as desk:
        with forbidden_as("user does not have permissions"):
            people = await details.commander_choices(desk, call.actor, channel_id)
    return [
        ChoiceShape(item=f"@{one.username}", hint="", help_text=f"{one.first_name} {one.last_name}".strip())
        for one in people
    ]


@get("/incidents/channel-autocomplete")
async def complete_channel(call: IncidentCall, team_id: str = "") -> list[ChoiceShape]:
    """The channels of the team in which the caller is."""
    async with call.desks.reading() as desk:
        channels = await details.announcing_choices(desk, call.actor, team_id)
    return [ChoiceShape(item=f"~{one.name}", hint="", help_text=one.display_name) for one in channels]


@get("/playbooks/autocomplete")
async def complete_playbooks(call: IncidentCall, team_id: str = "") -> list[ChoiceShape]:
    """The team's playbooks of which the caller is a member."""
    async with call.desks.reading() as desk:
        with forbidden_as("user does not have permissions to view team"):
            own = await playbooks.own(desk, call.actor, team_id)
    return [ChoiceShape(item=one.id, hint="", help_text=one.title) for one in own.items]


ROUTES = (complete_tasks, complete_commander, complete_channel, complete_playbooks)
