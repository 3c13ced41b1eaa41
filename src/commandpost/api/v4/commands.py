"""Routes of slash commands: which there are, how they are completed, and running them."""

from typing import cast

import msgspec

from commandpost.api.call import Call
from commandpost.api.integrations import integrations_of
from commandpost.api.v4.paging import flag
from commandpost.api.v4.params import path_id
from commandpost.api.v4.route import FAILING, get, post
from commandpost.api.v4.shapes.commands import (
    CommandAnswerShape,
    CommandShape,
    SuggestionShape,
    answer_shape,
    command_shape,
    custom_shape,
    suggestion_shape,
)
from commandpost.kernel.errors import Forbidden
from commandpost.workspace.actions import custom_commands
from commandpost.workspace.actions.custom_commands import CommandsSwitchedOff
from commandpost.workspace.commands import execution, finding
from commandpost.workspace.commands.execution import TypedCommand
from commandpost.workspace.commands.finding import Typing
from commandpost.workspace.commands.registry import Registry
from commandpost.workspace.desk import Desk


class CommandBody(msgspec.Struct, kw_only=True):
    """A command as typed, and where."""

    command: str
    channel_id: str
    team_id: str | None = None
    root_id: str | None = None


@post("/commands/execute", status_code=200, responses=FAILING)
async def execute_command(call: Call, data: CommandBody) -> CommandAnswerShape:
    """Run a slash command in a channel."""
    typed = TypedCommand(
        text=data.command,
        channel_id=data.channel_id,
        team_id=data.team_id or "",
        root_id=data.root_id or "",
    )
    return answer_shape(await execution.execute(call.desks, _registry(call), call.who, typed))


@get("/commands")
async def list_commands(call: Call, team_id: str = "", custom_only: str = "") -> list[CommandShape]:
    """The commands of a team; with `custom_only`, those of its own that the caller manages."""
    team_id = path_id(team_id, "team_id")
    async with call.desks.reading() as desk:
        if flag(call.request.query_params, "custom_only"):
            return await _own_commands(call, desk, team_id)
        listed = await finding.listed(desk, _registry(call), call.who, team_id)
        try:
            own = await _own_commands(call, desk, team_id)
        except (Forbidden, CommandsSwitchedOff):
            own = []
    managed = {one.id for one in own}
    return [*own, *(command_shape(one, team_id) for one in listed if one.id not in managed)]


async def _own_commands(call: Call, desk: Desk, team_id: str) -> list[CommandShape]:
    managed = await custom_commands.of_team(desk, call.who, team_id)
    return [custom_shape(one, custom_commands.token_of(desk, one)) for one in managed]


@get("/teams/{team_id:str}/commands/autocomplete")
async def list_autocomplete_commands(call: Call, team_id: str) -> list[CommandShape]:
    """The commands that a message box in a team completes."""
    async with call.desks.reading() as desk:
        listed = await finding.listed(desk, _registry(call), call.who, path_id(team_id, "team_id"))
    return [command_shape(one, team_id) for one in listed]


@get("/teams/{team_id:str}/commands/autocomplete_suggestions")
async def suggest_commands(
    call: Call, team_id: str, user_input: str = "", channel_id: str = "", root_id: str = ""
) -> list[SuggestionShape]:
    """What may follow a command being typed."""
    typing = Typing(
        text=user_input,
        team_id=path_id(team_id, "team_id"),
        channel_id=channel_id,
        root_id=root_id,
    )
    integrations = integrations_of(call)
    found = await finding.suggested(call.desks, _registry(call), integrations, call.who, typing)
    return [suggestion_shape(one) for one in found]


def _registry(call: Call) -> Registry:
    return cast("Registry", call.request.app.state.commands)


ROUTES = (execute_command, list_commands, list_autocomplete_commands, suggest_commands)
