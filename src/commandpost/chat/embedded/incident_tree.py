"""How `/incident` is described and completed in the message box."""

from dataclasses import replace

from commandpost.incidents.dialogs import ROUTES
from commandpost.workspace.model.command import (
    Description,
    DynamicList,
    ListItem,
    Node,
    StaticList,
    TextArgument,
)

_TASKS = DynamicList(
    fetch_url=f"{ROUTES}/incidents/checklist-autocomplete",
    help_text="List of checklist items is downloading from your Incident Management plugin",
)
_CHANNELS = DynamicList(
    fetch_url=f"{ROUTES}/incidents/channel-autocomplete", help_text="Channel to announce incident in"
)
_COMMANDERS = DynamicList(
    fetch_url=f"{ROUTES}/incidents/commander-autocomplete", help_text="The desired new commander."
)
_PLAYBOOKS = DynamicList(
    fetch_url=f"{ROUTES}/playbooks/autocomplete",
    help_text="List of playbooks is downloading from your Incident Management plugin",
)
_STAGES = StaticList(
    items=(
        ListItem(item="next", help_text="Move to next stage"),
        ListItem(item="prev", help_text="Move to previous stage"),
    )
)
_DATE = "Date in format 2020-01-31"

_SUB_COMMANDS = (
    Node(trigger="start", help_text="Starts a new incident"),
    Node(trigger="end", help_text="Ends the incident associated with the current channel"),
    Node(trigger="update", help_text="Update the current incident's status."),
    Node(
        trigger="stage",
        hint="[next/prev]",
        help_text="Move to the next or previous stage",
        arguments=(_STAGES,),
    ),
    Node(trigger="restart", help_text="Restarts the incident associated with the current channel"),
    Node(
        trigger="check",
        hint="[checklist item]",
        help_text="Checks or unchecks a checklist item.",
        arguments=(_TASKS,),
    ),
    Node(
        trigger="announce",
        hint="~[channels]",
        help_text="Announce the current incident in other channels.",
        arguments=(_CHANNELS,),
    ),
    Node(trigger="list", help_text="Lists all your incidents"),
    Node(
        trigger="commander",
        hint="[@username]",
        help_text="Show or change the current commander",
        arguments=(_COMMANDERS,),
    ),
    Node(trigger="info", help_text="Shows a summary of the current incident"),
)
_TEST = Node(
    trigger="test",
    help_text="Commands for testing and debugging.",
    sub_commands=(
        Node(
            trigger="create-incident",
            hint="[playbook ID] [timestamp] [incident name]",
            help_text="Create an incident with a specific creation date",
            arguments=(
                _PLAYBOOKS,
                TextArgument(hint="Creation timestamp", help_text=_DATE),
                TextArgument(hint="Incident name", help_text="Name of the incident"),
            ),
        ),
        Node(
            trigger="bulk-data",
            hint="[ongoing] [ended] [begin] [end] [seed]",
            help_text="Generate random test data in bulk",
            arguments=(
                TextArgument(hint="Number of ongoing incidents", help_text="A whole number"),
                TextArgument(hint="Number of ended incidents", help_text="A whole number"),
                TextArgument(hint="First possible creation date", help_text=_DATE),
                TextArgument(hint="Last possible creation date", help_text=_DATE),
                TextArgument(hint="Random seed", help_text="Random seed (optional)", is_required=False),
            ),
        ),
        Node(
            trigger="self",
            help_text=(
                "DESTRUCTIVE ACTION - Perform a series of self tests to ensure everything works as expected."
            ),
        ),
    ),
)
_ROOT = Node(
    trigger="incident",
    hint="[command]",
    help_text=(
        "Available commands: start, end, update, restart, check, announce, list, commander, info, stage"
    ),
    sub_commands=_SUB_COMMANDS,
)

DESCRIPTION = Description(
    trigger="incident",
    display_name="Incident",
    description="Incident Management Plugin",
    hint="[command]",
    help_text=(
        "Available commands: start, end, update, stage, restart, check, announce, list, commander, info"
    ),
    tree=_ROOT,
)
DESCRIPTION_FOR_TESTING = replace(DESCRIPTION, tree=replace(_ROOT, sub_commands=(*_SUB_COMMANDS, _TEST)))
"""With the sub-commands that need testing to be switched on."""
