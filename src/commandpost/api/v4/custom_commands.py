"""Routes about the slash commands that teams make for themselves."""

from typing import cast

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.params import BadBodyParameter, body_id, path_id
from commandpost.api.v4.route import delete, get, post, put
from commandpost.api.v4.shapes.commands import CommandShape, custom_shape
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import custom_commands
from commandpost.workspace.actions.custom_commands import CommandForm
from commandpost.workspace.commands.registry import Registry


class NewCommandBody(msgspec.Struct, kw_only=True):
    """A command as it is to be; `method` is P (POST) or G (GET)."""

    team_id: str
    trigger: str
    url: str
    method: str
    username: str | None = None
    icon_url: str | None = None
    auto_complete: bool | None = None
    auto_complete_desc: str | None = None
    auto_complete_hint: str | None = None
    display_name: str | None = None
    description: str | None = None

    def form(self) -> CommandForm:
        """The command that is asked for."""
        return CommandForm(
            team_id=body_id(self.team_id, "team_id"),
            trigger=self.trigger,
            url=self.url,
            method=self.method,
            username=self.username or "",
            icon_url=self.icon_url or "",
            auto_complete=self.auto_complete or False,
            auto_complete_desc=self.auto_complete_desc or "",
            auto_complete_hint=self.auto_complete_hint or "",
            display_name=self.display_name or "",
            description=self.description or "",
        )


class ChangedCommandBody(NewCommandBody, kw_only=True):
    """A command that there is, as it is to be."""

    id: str


class TeamBody(msgspec.Struct, kw_only=True):
    """The team that a command is for from now on."""

    team_id: str


class TokenShape(msgspec.Struct, kw_only=True):
    """A fresh token."""

    token: str


@post("/commands", status_code=201)
async def create_command(call: Call, data: NewCommandBody) -> CommandShape:
    """Make a slash command for a team, answered by a server outside."""
    async with call.desks.writing() as desk:
        made = await custom_commands.create(desk, call.who, data.form(), reserved=_reserved(call))
        return custom_shape(made, custom_commands.token_of(desk, made))


@get("/commands/{command_id:str}")
async def get_command(call: Call, command_id: str) -> CommandShape:
    """One command, for those who manage it."""
    async with call.desks.reading() as desk:
        found = await custom_commands.get(desk, call.who, path_id(command_id, "command_id"))
        return custom_shape(found, custom_commands.token_of(desk, found))


@put("/commands/{command_id:str}")
async def update_command(call: Call, command_id: str, data: ChangedCommandBody) -> CommandShape:
    """Change a command."""
    if data.id != path_id(command_id, "command_id"):
        raise BadBodyParameter("The id in the body is not the one in the address.")
    async with call.desks.writing() as desk:
        changed = await custom_commands.update(
            desk, call.who, command_id, data.form(), reserved=_reserved(call)
        )
        return custom_shape(changed, custom_commands.token_of(desk, changed))


@put("/commands/{command_id:str}/move")
async def move_command(call: Call, command_id: str, data: TeamBody) -> Done:
    """Give a command to another team."""
    team_id = body_id(data.team_id, "team_id")
    async with call.desks.writing() as desk:
        command_id = path_id(command_id, "command_id")
        await custom_commands.move(desk, call.who, command_id, team_id, reserved=_reserved(call))
    return DONE


@put("/commands/{command_id:str}/regen_token")
async def regenerate_command_token(call: Call, command_id: str) -> TokenShape:
    """Give a command another token."""
    async with call.desks.writing() as desk:
        token = await custom_commands.regenerate_token(desk, call.who, path_id(command_id, "command_id"))
    return TokenShape(token=token)


@delete("/commands/{command_id:str}")
async def delete_command(call: Call, command_id: str) -> Done:
    """Delete a command."""
    async with call.desks.writing() as desk:
        await custom_commands.delete(desk, call.who, path_id(command_id, "command_id"))
    return DONE


def _reserved(call: Call) -> frozenset[str]:
    registry = cast("Registry", call.request.app.state.commands)
    return registry.triggers(call.desks.config)


ROUTES = (
    create_command,
    get_command,
    update_command,
    move_command,
    regenerate_command_token,
    delete_command,
)
