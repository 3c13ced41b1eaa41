"""Commands of integrations among the workspace's: here chat, incidents and integrations come together."""

import re
from collections.abc import Sequence
from dataclasses import replace

from commandpost.chat.embedded.desks import IncidentDesks
from commandpost.incidents.actions import links
from commandpost.incidents.actions.access import IncidentUnknown
from commandpost.incidents.actions.links import NewLink
from commandpost.incidents.model.timeline import LinkAdded
from commandpost.incidents.ports import Actor
from commandpost.integrations.actions import run
from commandpost.integrations.actions.run import Typed
from commandpost.integrations.failures import Failed
from commandpost.integrations.interface import (
    Answer,
    Argument,
    Call,
    Command,
    Incident,
    Integration,
    Link,
    Person,
)
from commandpost.integrations.toolbox import Toolbox
from commandpost.kernel.errors import Forbidden
from commandpost.workspace.commands.registry import CommandAnswer, CommandCall
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model.command import Argument as CompletedArgument
from commandpost.workspace.model.command import Description, ListItem, Node, StaticList, TextArgument
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.user import User
from commandpost.workspace.permissions import Permission
from commandpost.workspace.store import standing, users

_MENTION = re.compile(r"@([a-z0-9][a-z0-9._-]*)")
_MOST_MENTIONS = 20


class NotForGuests(Forbidden):
    """Only members of the team who may post in this channel can use this command."""

    code = "integrations.not_for_guests"


class IntegrationCommand:
    """`workspace.commands.registry.Command` of one or more integrations; gone while none is set up."""

    opens_dialogs = False
    calls_outside = True

    def __init__(self, box: Toolbox, incidents: IncidentDesks, trigger: str) -> None:
        self._box = box
        self._incidents = incidents
        self._trigger = trigger
        self._answering = box.commands[trigger]

    def description(self, config: Config) -> Description | None:
        ready = [command for integration, command in self._answering if integration.name in self._box.ready]
        return _described(ready[0]) if ready else None

    async def run(self, desks: Desks, call: CommandCall) -> CommandAnswer:
        try:
            typed = await run.understood(self._box, self._trigger, call.text)
            answer = await run.run(self._box, typed, await self._call(desks, call, typed))
        except Failed as cause:
            return CommandAnswer(text=cause.message, failed=True)
        await self._keep(call, typed.integration, answer)
        return CommandAnswer(text=answer.told)

    async def _call(self, desks: Desks, call: CommandCall, typed: Typed) -> Call:
        """What the integration is told. Raises NotForGuests before anything is done outside."""
        async with desks.reading() as desk:
            await _permit(desk, call)
            by = await users.by_id(desk.work, call.who.user_id)
            people = await _mentioned(desk, typed.text)
        assert by is not None
        incident, kept = await self._incident(call)
        return Call(
            by=_person(by),
            text=typed.text,
            people={one.username: _person(one) for one in people},
            incident=incident,
            links=tuple(_link(one) for one in kept if one.integration == typed.integration.name),
        )

    async def _incident(self, call: CommandCall) -> tuple[Incident | None, Sequence[LinkAdded]]:
        """The incident of the channel, with all its links. Raises NotAuthorized."""
        async with self._incidents.for_caller(call.who).reading() as desk:
            try:
                incident, kept = await links.in_channel(desk, _actor(call), call.channel.id)
            except IncidentUnknown:
                return None, ()
            team = await desk.chat.team(incident.team_id)
            site_url = desk.site_url
        url = f"{site_url}/{team.name}/channels/{call.channel.name}" if site_url and team else ""
        return Incident(name=incident.name, url=url), kept

    async def _keep(self, call: CommandCall, integration: Integration, answer: Answer) -> None:
        if not answer.posted and not answer.links:
            return
        async with self._incidents.for_caller(call.who).writing() as desk:
            await links.add(
                desk,
                _actor(call),
                call.channel.id,
                integration=integration.name,
                links=[
                    NewLink(title=one.title, url=one.url, reference=one.reference) for one in answer.links
                ],
                message=answer.posted,
            )


class UnsetIntegrationCommand:
    """The same command while none of its integrations is set up: it says so, and is not offered.

    It comes after all others, so that a team may have a command of that name.
    """

    opens_dialogs = False
    calls_outside = True

    def __init__(self, box: Toolbox, incidents: IncidentDesks, trigger: str) -> None:
        self._set_up = IntegrationCommand(box, incidents, trigger)
        self._command = box.commands[trigger][0][1]

    def description(self, config: Config) -> Description | None:
        if self._set_up.description(config) is not None:
            return None
        return replace(_described(self._command), is_offered=False)

    async def run(self, desks: Desks, call: CommandCall) -> CommandAnswer:
        """Another server may have set it up meanwhile: then it is done."""
        return await self._set_up.run(desks, call)


async def _permit(desk: Desk, call: CommandCall) -> None:
    """Who may post in a channel, and is no guest, may have integrations do things from there."""
    there = await standing.in_channel(desk.work, call.who.user_id, call.channel.id)
    if there is None or there.channel.is_archived or call.who.is_guest:
        raise NotForGuests
    if not there.may(call.who, Permission.CREATE_POST):
        raise NotForGuests


async def _mentioned(desk: Desk, text: str) -> list[User]:
    names = dict.fromkeys(name.rstrip(".-_") for name in _MENTION.findall(text.lower()))
    found = [await users.by_username(desk.work, name) for name in list(names)[:_MOST_MENTIONS]]
    return [user for user in found if user is not None and user.is_active]


def _actor(call: CommandCall) -> Actor:
    return Actor(user_id=call.who.user_id, is_mobile=call.who.is_mobile)


def _person(user: User) -> Person:
    return Person(
        username=user.username, name=f"{user.first_name} {user.last_name}".strip(), email=user.email
    )


def _link(kept: LinkAdded) -> Link:
    return Link(title=kept.title, url=kept.url, reference=kept.reference)


def _described(command: Command) -> Description:
    sub_commands = tuple(
        Node(
            trigger=one.name,
            hint=one.hint,
            help_text=one.help,
            arguments=tuple(_completed(argument) for argument in one.arguments),
        )
        for one in command.sub_commands
    )
    return Description(
        trigger=command.trigger,
        display_name=command.trigger,
        description=command.help,
        hint="[command]",
        help_text=command.help,
        tree=Node(
            trigger=command.trigger, hint="[command]", help_text=command.help, sub_commands=sub_commands
        ),
    )


def _completed(argument: Argument) -> CompletedArgument:
    if argument.choices:
        items = tuple(ListItem(item=choice) for choice in argument.choices)
        return StaticList(items=items, help_text=argument.help, is_required=argument.is_required)
    return TextArgument(hint=argument.hint, help_text=argument.help, is_required=argument.is_required)
