"""The commands that teams make for themselves: made, changed, moved, deleted, by those who manage them."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import SwitchedOff, TooMany
from commandpost.kernel.ids import new_id
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.custom_command import (
    CustomCommand,
    DuplicateTrigger,
    OtherTeam,
    UnknownCustomCommand,
    check,
    method_of,
)
from commandpost.workspace.model.team import UnknownTeam
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, may, permit
from commandpost.workspace.store import custom_commands, standing, teams

_MOST_PER_TEAM = 1000


class CommandsSwitchedOff(SwitchedOff):
    """Commands have been disabled by the system admin."""

    code = "command.switched_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandForm:
    """A command as it is to be. `method` is as on the wire."""

    team_id: str
    trigger: str
    url: str
    method: str
    username: str = ""
    icon_url: str = ""
    auto_complete: bool = False
    auto_complete_desc: str = ""
    auto_complete_hint: str = ""
    display_name: str = ""
    description: str = ""


async def create(desk: Desk, who: Who, form: CommandForm, *, reserved: Collection[str]) -> CustomCommand:
    """Make a command of the caller's; `reserved` are the triggers of the commands that all teams have.

    Raises Forbidden, CommandsSwitchedOff, DuplicateTrigger, and the refusals of `model.custom_command`.
    """
    _must_be_on(desk)
    await _permit_in(desk, who, form.team_id)
    command = _filled(
        CustomCommand(
            id=new_id(),
            create_at=desk.now,
            update_at=desk.now,
            team_id=form.team_id,
            creator_id=who.user_id,
            trigger="",
            url="",
            method=method_of(form.method),
            sealed_token=desk.vault.sealed(new_id()),
        ),
        form,
    )
    await _check_place(desk, command, reserved)
    if await custom_commands.count(desk.work, form.team_id) >= _MOST_PER_TEAM:
        raise TooMany("The team has as many commands as it may have.")
    await custom_commands.insert(desk.work, command)
    await desk.record(Deed.COMMAND_CREATED, command.id, by=who.user_id, after=_recorded(command))
    return command


async def update(
    desk: Desk, who: Who, command_id: str, form: CommandForm, *, reserved: Collection[str]
) -> CustomCommand:
    """Change a command. Raises UnknownCustomCommand, OtherTeam, and what `create` raises."""
    _must_be_on(desk)
    before = await _manageable(desk, who, command_id)
    if form.team_id != before.team_id:
        raise OtherTeam
    return await _changed(desk, who, before, _filled(before, form), reserved)


async def move(
    desk: Desk, who: Who, command_id: str, team_id: str, *, reserved: Collection[str]
) -> CustomCommand:
    """Give a command to another team. Raises UnknownTeam, and what `update` raises."""
    _must_be_on(desk)
    before = await _manageable(desk, who, command_id)
    if await teams.by_id(desk.work, team_id) is None:
        raise UnknownTeam
    await _permit_in(desk, who, team_id)
    return await _changed(desk, who, before, replace(before, team_id=team_id), reserved)


async def regenerate_token(desk: Desk, who: Who, command_id: str) -> str:
    """Give a command another token; the old one is no longer sent. Raises as `update`."""
    _must_be_on(desk)
    before = await _manageable(desk, who, command_id)
    token = new_id()
    after = replace(before, sealed_token=desk.vault.sealed(token), update_at=_later(desk, before))
    await custom_commands.update(desk.work, after)
    await desk.record(Deed.COMMAND_CHANGED, command_id, by=who.user_id, after={"token": "renewed"})
    return token


async def delete(desk: Desk, who: Who, command_id: str) -> None:
    """Delete a command. Raises as `update`."""
    _must_be_on(desk)
    before = await _manageable(desk, who, command_id)
    await custom_commands.delete(desk.work, command_id)
    await desk.record(Deed.COMMAND_DELETED, command_id, by=who.user_id, before=_recorded(before))


async def get(desk: Desk, who: Who, command_id: str) -> CustomCommand:
    """A command, for those who manage it. Raises UnknownCustomCommand, Forbidden."""
    command = await custom_commands.by_id(desk.work, command_id)
    return await _managed(desk, who, command)


async def of_team(desk: Desk, who: Who, team_id: str) -> list[CustomCommand]:
    """The commands of a team that the caller manages, by trigger. Raises Forbidden, CommandsSwitchedOff."""
    _must_be_on(desk)
    roles = await _permit_in(desk, who, team_id)
    others = may(who, Permission.MANAGE_OTHERS_SLASH_COMMANDS, roles)
    found = await custom_commands.of_team(desk.work, team_id)
    return [one for one in found if others or one.creator_id == who.user_id]


def token_of(desk: Desk, command: CustomCommand) -> str:
    """The token that a command shows to its server. Raises vault.Unreadable."""
    return desk.vault.opened(command.sealed_token)


def _must_be_on(desk: Desk) -> None:
    if not desk.config.enable_commands:
        raise CommandsSwitchedOff


async def _permit_in(desk: Desk, who: Who, team_id: str) -> str:
    roles = await standing.in_team(desk.work, who.user_id, team_id)
    permit(who, Permission.MANAGE_SLASH_COMMANDS, roles)
    return roles


async def _manageable(desk: Desk, who: Who, command_id: str) -> CustomCommand:
    return await _managed(desk, who, await custom_commands.locked(desk.work, command_id))


async def _managed(desk: Desk, who: Who, command: CustomCommand | None) -> CustomCommand:
    """The command, for who manages it; to others in the team it is forbidden, elsewhere unknown."""
    if command is None:
        raise UnknownCustomCommand
    roles = await standing.in_team(desk.work, who.user_id, command.team_id)
    if not may(who, Permission.MANAGE_SLASH_COMMANDS, roles):
        raise UnknownCustomCommand
    if command.creator_id != who.user_id:
        permit(who, Permission.MANAGE_OTHERS_SLASH_COMMANDS, roles)
    return command


def _filled(command: CustomCommand, form: CommandForm) -> CustomCommand:
    return replace(
        command,
        trigger=form.trigger.strip().lower(),
        url=form.url.strip(),
        method=method_of(form.method),
        username=form.username,
        icon_url=form.icon_url,
        auto_complete=form.auto_complete,
        auto_complete_desc=form.auto_complete_desc,
        auto_complete_hint=form.auto_complete_hint,
        display_name=form.display_name,
        description=form.description,
    )


def _recorded(command: CustomCommand) -> dict[str, object]:
    """What the audit log keeps of a command: of its address not what may be a secret."""
    return {
        "team_id": command.team_id,
        "trigger": command.trigger,
        "url": command.url.partition("?")[0],
        "username": command.username,
    }


async def _changed(
    desk: Desk, who: Who, before: CustomCommand, command: CustomCommand, reserved: Collection[str]
) -> CustomCommand:
    after = replace(command, update_at=_later(desk, command))
    await _check_place(desk, after, reserved)
    await custom_commands.update(desk.work, after)
    old, new = _recorded(before), _recorded(after)
    await desk.record(Deed.COMMAND_CHANGED, after.id, by=who.user_id, before=old, after=new)
    return after


async def _check_place(desk: Desk, command: CustomCommand, reserved: Collection[str]) -> None:
    """Refuse a trigger that somebody else has; until this work ends nobody else takes it."""
    check(command)
    if command.trigger in reserved:
        raise DuplicateTrigger
    if await teams.locked(desk.work, command.team_id) is None:
        raise UnknownTeam
    present = await custom_commands.by_trigger(desk.work, command.team_id, command.trigger)
    if present is not None and present.id != command.id:
        raise DuplicateTrigger


def _later(desk: Desk, command: CustomCommand) -> int:
    return max(desk.now, command.update_at + 1)
