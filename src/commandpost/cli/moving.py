"""`commandpost import`: what there is of playbooks and incidents elsewhere, brought into this server."""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from commandpost.archive import reading
from commandpost.cli.bringing import bring_in
from commandpost.cli.office import Office, office_at
from commandpost.cli.options import refusals_told, settings_with, where_the_data_is
from commandpost.incidents.actions.archiving.bringing import AlreadyHere
from commandpost.incidents.actions.playbooks import PlaybookAlreadyHere
from commandpost.incidents.ports import User
from commandpost.kernel.errors import NotFound, Refusal
from commandpost.moving import packing, playbooks
from commandpost.moving.original import Original, original_at
from commandpost.moving.shapes import OriginalIncident, OriginalPlaybook
from commandpost.settings import Settings

_TEAM = click.option("--team", required=True, help="The name of the team to bring it into.")
_MEMBERS = click.option(
    "--member",
    "members",
    multiple=True,
    help="Username of somebody here who shares the playbooks; can be repeated.",
)


class MemberUnknown(NotFound):
    """There is no user of that name."""

    code = "command.user_unknown"


@click.group("import")
def import_group() -> None:
    """Bring in playbooks and incidents from the original plugin, or playbooks from Playbooks."""


@import_group.command("playbooks")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@_TEAM
@_MEMBERS
@where_the_data_is
def playbooks_command(
    files: tuple[Path, ...],
    *,
    team: str,
    members: tuple[str, ...],
    data_dir: Path | None,
    database_url: str | None,
) -> None:
    """Make playbooks of FILES, as Playbooks exports them (JSON): all of them, or none.

    Stages, tasks, commands, reminders and the template of reviews come along; the rest is named.

    \b
    Examples:
        commandpost import playbooks outage.json breach.json --team parcels --member ana
    """
    with refusals_told():
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        read = [(file, playbooks.read(file)) for file in files]
        asyncio.run(_playbooks(settings, [one for _, one in read], team, members))
    for file, playbook in read:
        click.echo(f"{playbook.title}: made.")
        if left := playbooks.left_behind(file):
            click.echo(f"  Left behind: {', '.join(left)}.")


@import_group.command("server")
@click.argument("url")
@click.option(
    "--token-file",
    required=True,
    type=click.File("r"),
    help="A file with the token of a system administrator there, - for standard input.",
)
@click.option("--from-team", required=True, help="The name of the team there, as in its address.")
@_TEAM
@_MEMBERS
@where_the_data_is
def server_command(
    url: str,
    *,
    token_file: TextIO,
    from_team: str,
    team: str,
    members: tuple[str, ...],
    data_dir: Path | None,
    database_url: str | None,
) -> None:
    """Bring in a team's playbooks and ended incidents from the Mattermost server at URL.

    They are read through the REST API of its Incident Management plugin; nothing is changed there. Ids are
    kept, so that it can be run again: what is here already is passed over. Ends with 1 if something could
    not be brought in.

    \b
    Examples:
        commandpost import server https://chat.example.com --token-file token --from-team dev --team parcels
    """
    token = token_file.read().strip()
    with refusals_told():
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        failures = asyncio.run(_server(settings, (url, token), from_team, team, members))
    if failures:
        click.echo(f"{failures} could not be brought in.", err=True)
        sys.exit(1)


async def _playbooks(
    settings: Settings, read: Sequence[OriginalPlaybook], team: str, members: Sequence[str]
) -> None:
    async with office_at(settings) as office:
        team_id = await office.team_id(team)
        member_ids = await _member_ids(office, members)
        await _made(office, read, team_id=team_id, member_ids=member_ids)


async def _made(
    office: Office, read: Sequence[OriginalPlaybook], *, team_id: str, member_ids: Sequence[str]
) -> None:
    """Make all of these playbooks, or none."""

    async def made() -> None:
        async with office.desks.writing() as desk:
            for playbook in read:
                await playbooks.bring_in(desk, office.actor, playbook, team_id=team_id, member_ids=member_ids)

    await office.desks.repeated(made)


async def _server(
    settings: Settings, where: tuple[str, str], from_team: str, team: str, members: Sequence[str]
) -> int:
    """How many could not be brought in."""
    failures = 0
    async with office_at(settings) as office, original_at(*where) as original:
        team_id = await office.team_id(team)
        member_ids = await _member_ids(office, members)
        theirs = await original.team(from_team)
        is_at_home = theirs.id == team_id
        async for playbook in original.playbooks(theirs.id):
            shared = [*member_ids, *await _known_here(office, original, playbook.member_ids or ())]
            try:
                await _made(office, [playbook], team_id=team_id, member_ids=shared)
                click.echo(f"Playbook {playbook.title}: made.")
            except PlaybookAlreadyHere:
                click.echo(f"Playbook {playbook.title}: here already.")
            except Refusal as refusal:
                failures += 1
                click.echo(f"Playbook {playbook.title}: {refusal.message}", err=True)
        async for incident in original.incidents(theirs.id):
            try:
                told = await _brought(office, original, incident, team_id, is_at_home=is_at_home)
                click.echo(f"Incident {incident.name}: {told}")
            except Refusal as refusal:
                failures += 1
                click.echo(f"Incident {incident.name}: {refusal.message}", err=True)
    return failures


async def _brought(
    office: Office, original: Original, incident: OriginalIncident, team_id: str, *, is_at_home: bool
) -> str:
    """What became of an incident, for whoever reads along.

    One that `is_at_home` is from the Mattermost that this is attached to: it keeps its channel.
    """
    if incident.is_active:
        return "still ongoing there, left out; run this again when it has ended."
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "incident.zip"
        packed = await packing.pack(original, incident, file, takes_files=not is_at_home)
        report = await asyncio.to_thread(reading.verified, file, known=frozenset())
        try:
            await bring_in(office, team_id, file, report, has_channel=is_at_home)
        except AlreadyHere:
            return "here already."
    told = f"made; events: {packed.events}, posts: {packed.posts}, files: {packed.files}."
    if is_at_home:
        told = f"made, in the channel that is there; events: {packed.events}."
    if packed.unplaced:
        told += f" {packed.unplaced} posts of the bot are about tasks or stages that are no longer there."
    return told


async def _known_as(office: Office, usernames: Sequence[str], emails: Sequence[str]) -> Sequence[User]:
    async def asked() -> Sequence[User]:
        async with office.desks.reading() as desk:
            return await desk.chat.users_known_as(usernames, emails)

    return await office.desks.repeated(asked)


async def _member_ids(office: Office, usernames: Sequence[str]) -> list[str]:
    found = {user.username: user.id for user in await _known_as(office, usernames, ())}
    for name in usernames:
        if name not in found:
            raise MemberUnknown(f"There is no user {name} here.")
    return [found[name] for name in usernames]


async def _known_here(office: Office, original: Original, ids: Sequence[str]) -> list[str]:
    """Those of the other server's users who have accounts here: by address, else by username."""
    users = (await original.users(ids)).values()
    found = await _known_as(
        office, [user.username for user in users], [user.email for user in users if user.email]
    )
    by_email = {user.email: user.id for user in found if user.email}
    by_name = {user.username: user.id for user in found}
    here = [by_email.get(user.email.lower()) or by_name.get(user.username) for user in users]
    return [one for one in here if one]
