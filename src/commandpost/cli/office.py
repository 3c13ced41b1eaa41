"""What commands work with that act on incidents: the server's database, its files, its key, and its chat."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import quote

from commandpost.attached import ROUTES, Attachment
from commandpost.chat.embedded.contents import ShelvedContents
from commandpost.chat.embedded.desks import IncidentDesks
from commandpost.chat.mattermost.client import Client, Refused
from commandpost.chat.mattermost.desks import AttachedDesks, InForce
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.wire import TeamWire
from commandpost.cli.attachment import attachment_of
from commandpost.db import Database, database_at, migrations
from commandpost.incidents.dialogs import PLUGIN_ID
from commandpost.incidents.ports import Actor, Contents
from commandpost.incidents.ports import Desks as PortDesks
from commandpost.kernel.clock import SystemClock
from commandpost.kernel.errors import NotFound, Unavailable
from commandpost.settings import Settings
from commandpost.vault import Vault
from commandpost.workspace.actions import config as config_actions
from commandpost.workspace.contents import FOLDER, Shelf
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.config import Config, config_from
from commandpost.workspace.model.who import SYSTEM_ADMIN, SYSTEM_USER, Who
from commandpost.workspace.store import teams

_OPERATOR = Who(user_id="", username="", roles=frozenset({SYSTEM_USER, SYSTEM_ADMIN}))
"""Whoever may run commands on the server's machine may do as an administrator."""


class TeamUnknown(NotFound):
    """There is no team of that name."""

    code = "command.team_unknown"


class MattermostNotMet(Unavailable):
    """Mattermost cannot be reached."""

    code = "command.mattermost_not_met"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rooms:
    desks: PortDesks
    team_named: Callable[[str], Awaitable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Desks on the server's database, for whoever runs the command.

    What is done at them goes through `desks.repeated`: a chat outside has to be asked first. `team_id` gives
    the team of a name, and raises TeamUnknown.
    """

    desks: PortDesks
    contents: Contents
    vault: Vault
    actor: Actor
    team_id: Callable[[str], Awaitable[str]]


@asynccontextmanager
async def office_at(settings: Settings) -> AsyncGenerator[Office]:
    """Desks on the server's database, which is made or migrated first where it must be."""
    attachment = attachment_of(settings)
    database = database_at(settings.database)
    await migrations.upgrade(database.url)
    vault = Vault(settings.environment, settings.data_dir)
    shelf = Shelf(settings.data_dir / FOLDER)
    config = config_from(settings.environment)
    await database.open()
    try:
        if attachment is None:
            rooms = _embedded(database, config, shelf=shelf, vault=vault)
        else:
            rooms = _attached(database, config, attachment, vault=vault)
        async with rooms as opened:
            yield Office(
                desks=opened.desks,
                contents=ShelvedContents(shelf),
                vault=vault,
                actor=Actor(user_id=""),
                team_id=opened.team_named,
            )
    finally:
        shelf.close()
        await database.close()


@asynccontextmanager
async def _embedded(
    database: Database, config: Config, *, shelf: Shelf, vault: Vault
) -> AsyncGenerator[_Rooms]:
    chat_desks = Desks(database, SystemClock(), config, shelf=shelf, vault=vault)
    desks = IncidentDesks(chat_desks, PLUGIN_ID)

    async def team_named(name: str) -> str:
        async with chat_desks.reading() as desk:
            found = await teams.by_name(desk.work, name)
        if found is None:
            raise TeamUnknown
        return found.id

    try:
        async with chat_desks.writing() as desk:
            chat_desks.use(await config_actions.load(desk))
        await desks.open()
        yield _Rooms(desks=desks.for_caller(_OPERATOR), team_named=team_named)
    finally:
        chat_desks.passwords.close()


@asynccontextmanager
async def _attached(
    database: Database, config: Config, attachment: Attachment, *, vault: Vault
) -> AsyncGenerator[_Rooms]:
    """Raises MattermostNotMet."""
    client = Client(attachment.url, attachment.token)
    own_url = attachment.own_url or attachment.url + ROUTES
    server = Mattermost(client, database, SystemClock(), vault, own_url=own_url)
    in_force = InForce(site_url=config.site_url or attachment.url)

    async def team_named(name: str) -> str:
        try:
            return (await client.get(f"/teams/name/{quote(name, safe='')}", TeamWire)).id
        except Refused as refusal:
            raise TeamUnknown("There is no team of that name, or the bot is not in it.") from refusal

    try:
        await server.meet()
        if server.trouble or client.is_down:
            raise MattermostNotMet(server.trouble or f"Mattermost cannot be reached at {attachment.url}.")
        yield _Rooms(
            desks=AttachedDesks(server, lambda: in_force, is_for_operator=True), team_named=team_named
        )
    finally:
        await client.close()
