"""What commands work with that act on incidents: the server's database, its files and its key."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from commandpost.chat.embedded.contents import ShelvedContents
from commandpost.chat.embedded.desks import IncidentDesks
from commandpost.db import database_at, migrations
from commandpost.incidents.dialogs import PLUGIN_ID
from commandpost.incidents.ports import Actor, Contents
from commandpost.incidents.ports import Desks as PortDesks
from commandpost.kernel.clock import SystemClock
from commandpost.kernel.errors import NotFound
from commandpost.settings import Settings
from commandpost.vault import Vault
from commandpost.workspace.actions import config as config_actions
from commandpost.workspace.contents import FOLDER, Shelf
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.config import config_from
from commandpost.workspace.model.who import SYSTEM_ADMIN, SYSTEM_USER, Who
from commandpost.workspace.store import teams

_OPERATOR = Who(user_id="", username="", roles=frozenset({SYSTEM_USER, SYSTEM_ADMIN}))
"""Whoever may run commands on the server's machine may do as an administrator."""


class TeamUnknown(NotFound):
    """There is no team of that name."""

    code = "command.team_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Desks on the server's database, for whoever runs the command."""

    chat_desks: Desks
    desks: PortDesks
    contents: Contents
    vault: Vault
    actor: Actor

    async def team_id(self, name: str) -> str:
        """The team of that name. Raises TeamUnknown."""
        async with self.chat_desks.reading() as desk:
            found = await teams.by_name(desk.work, name)
        if found is None:
            raise TeamUnknown
        return found.id


@asynccontextmanager
async def office_at(settings: Settings) -> AsyncGenerator[Office]:
    """Desks on the server's database, which is made or migrated first where it must be."""
    database = database_at(settings.database)
    await migrations.upgrade(database.url)
    vault = Vault(settings.environment, settings.data_dir)
    shelf = Shelf(settings.data_dir / FOLDER)
    await database.open()
    try:
        chat_desks = Desks(
            database, SystemClock(), config_from(settings.environment), shelf=shelf, vault=vault
        )
        async with chat_desks.writing() as desk:
            chat_desks.use(await config_actions.load(desk))
        desks = IncidentDesks(chat_desks, PLUGIN_ID)
        await desks.open()
        yield Office(
            chat_desks=chat_desks,
            desks=desks.for_caller(_OPERATOR),
            contents=ShelvedContents(shelf),
            vault=vault,
            actor=Actor(user_id=""),
        )
        chat_desks.passwords.close()
    finally:
        shelf.close()
        await database.close()
