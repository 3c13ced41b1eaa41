"""Running the command of a team: its server is told, and what it answers is posted or shown."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit

import structlog

from commandpost.kernel.errors import Refusal, Upstream
from commandpost.kernel.ids import new_id, token_hash
from commandpost.workspace import answers
from commandpost.workspace.actions import command_answers
from commandpost.workspace.actions.command_answers import Place
from commandpost.workspace.answers import NotUnderstood
from commandpost.workspace.commands.registry import CommandAnswer, CommandCall
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model.channel import ChannelType
from commandpost.workspace.model.command import Description
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.custom_command import CustomCommand, Method
from commandpost.workspace.model.mentions import calls_in
from commandpost.workspace.model.said import Said
from commandpost.workspace.outbound import Answer
from commandpost.workspace.store import channels, custom_commands, teams
from commandpost.workspace.store.custom_commands import ResponseAddress

_CHANNEL_NAME = re.compile(r"(?<![\w~])~([a-z0-9][a-z0-9_\-]*)", re.IGNORECASE)
_MOST_MENTIONS = 100

_log = structlog.get_logger(__name__)


class CommandFailed(Upstream):
    """The command's server did not do what it should."""

    code = "custom_command.failed"


class CommandRefused(Upstream):
    """The command's server answered with a status that is no success."""

    code = "custom_command.failed_response"


class CommandSaidNothing(Upstream):
    """The command's server answered with nothing."""

    code = "custom_command.failed_empty"


class AnswerNotPosted(Upstream):
    """What the command's server answered could not be posted."""

    code = "custom_command.not_posted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Custom:
    """`registry.Command`, for a command that a team has made."""

    command: CustomCommand

    @property
    def opens_dialogs(self) -> bool:
        return True

    @property
    def calls_outside(self) -> bool:
        return True

    def description(self, config: Config) -> Description | None:
        return self.command.described

    async def run(self, desks: Desks, call: CommandCall) -> CommandAnswer:
        """Raises CommandFailed, CommandRefused, CommandSaidNothing, AnswerNotPosted."""
        command = self.command
        async with desks.writing() as desk:
            fields = await _fields(desk, command, call)
        try:
            said = _understood(command, await _asked(desks, command, fields))
        except Upstream as cause:
            why = str(cause.__cause__ or cause)
            _log.warning("a custom command failed", trigger=command.trigger, command_id=command.id, why=why)
            raise
        try:
            async with desks.writing() as desk:
                place = Place(channel_id=call.channel.id, root_id=call.root_id)
                await command_answers.carry_out(desk, call.who, command, place, said)
        except Refusal as cause:
            raise AnswerNotPosted(
                f"Command with a trigger of '{command.trigger}' answered, but its answer could not be posted:"
                f" {cause.message}"
            ) from cause
        return CommandAnswer(said=said, told=said.first_words)


async def _fields(desk: Desk, command: CustomCommand, call: CommandCall) -> list[tuple[str, str]]:
    """What the server is told; an address for later answers is opened with it."""
    team = await teams.by_id(desk.work, call.team_id)
    address_id = new_id()
    address = ResponseAddress(
        create_at=desk.now,
        command_id=command.id,
        user_id=call.who.user_id,
        channel_id=call.channel.id,
        root_id=call.root_id,
    )
    await custom_commands.open_address(desk.work, token_hash(address_id), address)
    return [
        ("token", desk.vault.opened(command.sealed_token)),
        ("team_id", call.team_id),
        ("team_domain", team.name if team else ""),
        ("channel_id", call.channel.id),
        ("channel_name", call.channel.name),
        ("user_id", call.who.user_id),
        ("user_name", call.who.username),
        ("command", f"/{command.trigger}"),
        ("text", call.text),
        ("trigger_id", call.trigger),
        ("response_url", f"{desk.config.site_url.rstrip('/')}/hooks/commands/{address_id}"),
        *await _mentions(desk, call),
    ]


async def _mentions(desk: Desk, call: CommandCall) -> list[tuple[str, str]]:
    """The members and the public channels of the team that the text names."""
    people = sorted(calls_in(call.text, {}).names)[:_MOST_MENTIONS]
    places = sorted({name.lower() for name in _CHANNEL_NAME.findall(call.text)})[:_MOST_MENTIONS]
    found: list[tuple[str, str]] = []
    if people:
        for username, user_id in await custom_commands.members_named(desk.work, call.team_id, people):
            found += [("user_mentions", username), ("user_mentions_ids", user_id)]
    if places:
        for channel in await channels.by_names(desk.work, call.team_id, places):
            if channel.type == ChannelType.PUBLIC and not channel.is_archived:
                found += [("channel_mentions", channel.name), ("channel_mentions_ids", channel.id)]
    return found


async def _asked(desks: Desks, command: CustomCommand, fields: list[tuple[str, str]]) -> Answer:
    form = urlencode(fields, errors="replace")
    headers = {
        "Accept": "application/json",
        "Authorization": f"Token {dict(fields)['token']}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    timeout_s = float(desks.config.outgoing_integration_requests_timeout)
    try:
        if command.method == Method.GET:
            url = _with_query(command.url, form)
            return await desks.outbound.send("GET", url, headers=headers, timeout_s=timeout_s)
        return await desks.outbound.send(
            "POST", command.url, headers=headers, content=form.encode(), timeout_s=timeout_s
        )
    except Upstream as cause:
        raise CommandFailed(
            f"Command with a trigger of '{command.trigger}' failed. {cause.message}"
        ) from cause


def _with_query(url: str, query: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, query)))))


def _understood(command: CustomCommand, answer: Answer) -> Said:
    if answer.status != 200:
        raise CommandRefused(
            f"Command with a trigger of '{command.trigger}' returned response {answer.status}."
        )
    try:
        said = answers.response(answer.headers.get("content-type", ""), answer.body)
    except NotUnderstood as cause:
        raise CommandFailed(
            f"Command with a trigger of '{command.trigger}' failed. Its answer cannot be understood."
            f" {cause.message}"
        ) from cause
    if said is None:
        raise CommandSaidNothing(f"Command with a trigger of '{command.trigger}' returned an empty response.")
    return said
