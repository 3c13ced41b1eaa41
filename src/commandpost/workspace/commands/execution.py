"""Running a slash command for somebody."""

import msgspec
from msgspec.structs import replace

from commandpost.kernel.errors import Conflict, Forbidden
from commandpost.kernel.ids import is_id, new_id
from commandpost.workspace.actions import posts
from commandpost.workspace.actions.custom_commands import CommandsSwitchedOff
from commandpost.workspace.commands.custom import Custom
from commandpost.workspace.commands.registry import Command, CommandAnswer, CommandCall, Looking, Registry
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model.command import CommandMissing, UnknownCommand
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit
from commandpost.workspace.store import custom_commands, standing, team_lists


class QuietChannel(Conflict):
    """This is a rehearsal: commands that call tools outside are not run from here."""

    code = "command.quiet_channel"


class TypedCommand(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody typed, and where: `/word rest`."""

    text: str
    channel_id: str
    team_id: str
    root_id: str = ""


async def execute(desks: Desks, registry: Registry, who: Who, typed: TypedCommand) -> CommandAnswer:
    """Run a command as a user. What it says goes to that user alone, and is given back too.

    Raises CommandMissing, UnknownCommand, Forbidden, CommandsSwitchedOff, QuietChannel, and what
    the command refuses.
    """
    if len(typed.text) < 2 or not typed.text.startswith("/") or not is_id(typed.channel_id):
        raise CommandMissing
    words = typed.text[1:].split(maxsplit=1)
    name = words[0] if words and not typed.text[1].isspace() else ""
    text = words[1] if len(words) > 1 else ""
    async with desks.reading() as desk:
        of_product = registry.of_product(name, desk.config)
        if isinstance(of_product, Looking) and of_product.foresee(desk.work, who, typed.channel_id, text):
            call = await _call(desk, who, typed, text, trigger="")
            return replace(await of_product.look(desk, call), trigger_id=new_id())
        trigger = desk.triggers.issue(who.user_id, now=desk.now)
        call = await _call(desk, who, typed, text, trigger.proof)
        command = of_product or await _command(desk, registry, name, call.team_id)
        if command.calls_outside and await registry.is_quiet(desk.work, call.channel.id):
            raise QuietChannel
    answer = await command.run(desks, call)
    if answer.text:
        async with desks.reading() as desk:
            await _tell(desk, call, answer.text)
    return replace(answer, trigger_id=trigger.id) if command.opens_dialogs else answer


async def _command(desk: Desk, registry: Registry, name: str, team_id: str) -> Command:
    """The command of that name in a team that is of no product: of the team itself, or of the chat."""
    if not desk.config.enable_commands:
        raise CommandsSwitchedOff
    of_team = await custom_commands.by_trigger(desk.work, team_id, name.lower()) if team_id and name else None
    if of_team is not None:
        return Custom(command=of_team)
    of_chat = registry.of_chat(name, desk.config)
    if of_chat is None:
        raise UnknownCommand(name)
    return of_chat


async def _call(desk: Desk, who: Who, typed: TypedCommand, text: str, trigger: str) -> CommandCall:
    there = await standing.in_channel(desk.work, who.user_id, typed.channel_id)
    if there is None:
        raise Forbidden
    there.permit(who, Permission.USE_SLASH_COMMANDS)
    team_id = there.channel.team_id
    if there.channel.is_direct:
        team_id = typed.team_id or await _first_team(desk, who)
    if there.channel.is_direct and team_id:
        permit(who, Permission.VIEW_TEAM, await standing.in_team(desk.work, who.user_id, team_id))
    return CommandCall(
        who=who,
        text=text,
        channel=there.channel,
        team_id=team_id,
        root_id=typed.root_id,
        trigger=trigger,
    )


async def _first_team(desk: Desk, who: Who) -> str:
    """Where somebody is who does not say so, as scripts do not: in their first team; "" without any."""
    own = await team_lists.of_user(desk.work, who.user_id)
    return own[0][0].id if own else ""


async def _tell(desk: Desk, call: CommandCall, text: str) -> None:
    await posts.ephemeral(
        desk,
        user_id=call.who.user_id,
        channel_id=call.channel.id,
        message=text,
        author_id=call.who.user_id,
        root_id=call.root_id,
    )
