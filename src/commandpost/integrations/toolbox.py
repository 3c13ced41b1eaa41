"""The integrations there are, with all they need; and the desk at which their settings are changed."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import msgspec

from commandpost.db import Database, Work
from commandpost.integrations import values
from commandpost.integrations.interface import Command, Integration, Tools
from commandpost.integrations.ports import WayOut
from commandpost.integrations.store import settings as store
from commandpost.integrations.store.settings import Kept
from commandpost.integrations.values import Values
from commandpost.integrations.web import Web
from commandpost.kernel.clock import NEVER, Clock, Millis
from commandpost.kernel.errors import NotFound
from commandpost.vault import Unreadable, Vault

_decode = msgspec.json.Decoder(dict[str, str]).decode


class UnknownIntegration(NotFound):
    """There is no integration of that name."""

    code = "integrations.unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged:
    """The settings of an integration were changed: a fact for whoever remembers which are set up."""

    name: str
    is_set_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """An integration with its settings in force. `is_readable`: what was kept could be decrypted."""

    integration: Integration
    values: Values
    kept: Mapping[str, str]
    is_readable: bool = True
    update_at: Millis = NEVER
    updated_by: str = ""

    @property
    def is_set_up(self) -> bool:
        return self.is_readable and self.values.are_complete


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One unit of work with the moment it happens at."""

    work: Work
    now: Millis
    box: "Toolbox"


class Toolbox:
    """Every integration by name. `ready` are those known to be set up, for lists that cannot wait."""

    def __init__(
        self,
        integrations: Sequence[Integration],
        *,
        database: Database,
        clock: Clock,
        vault: Vault,
        environment: Mapping[str, str],
        way_out: WayOut,
    ) -> None:
        """Raises BadValue for values in the environment that cannot be used."""
        self._integrations = {one.name: one for one in integrations}
        self._database = database
        self._clock = clock
        self._environment = environment
        self._way_out = way_out
        self.vault = vault
        self.ready = {one.name for one in integrations if self._present(one, None).is_set_up}

    @property
    def integrations(self) -> tuple[Integration, ...]:
        return tuple(self._integrations.values())

    @property
    def commands(self) -> dict[str, list[tuple[Integration, Command]]]:
        """By its trigger, each slash command with those who answer it."""
        found: dict[str, list[tuple[Integration, Command]]] = {}
        for integration in self._integrations.values():
            for command in integration.commands:
                found.setdefault(command.trigger, []).append((integration, command))
        return found

    async def open(self) -> None:
        """Find out which integrations are set up."""
        async with self.reading() as desk:
            await self.all(desk.work)

    def hear(self, fact: object) -> None:
        """Take note of a committed fact."""
        if isinstance(fact, SettingsChanged):
            self._note(fact.name, is_set_up=fact.is_set_up)

    async def all(self, work: Work) -> list[Present]:
        """Every integration as it is now."""
        kept = await store.kept(work)
        found = [self._present(one, kept.get(one.name)) for one in self._integrations.values()]
        for one in found:
            self._note(one.integration.name, is_set_up=one.is_set_up)
        return found

    async def one(self, work: Work, name: str) -> Present:
        """An integration as it is now. Raises UnknownIntegration."""
        for found in await self.all(work):
            if found.integration.name == name:
                return found
        raise UnknownIntegration

    def tools(self, present: Present) -> Tools:
        """What an integration works with at this moment."""
        integration = present.integration
        return Tools(
            settings=present.values.by_name,
            web=Web(self._way_out, integration.title, integration.complaint),
            now=self._clock.now(),
        )

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[Desk]:
        async with self._database.read() as work:
            yield Desk(work=work, now=self._clock.now(), box=self)

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[Desk]:
        async with self._database.write() as work:
            yield Desk(work=work, now=self._clock.now(), box=self)

    def present(self, integration: Integration, kept: Mapping[str, str]) -> Present:
        """An integration as it is when an administrator has set these values."""
        in_force = values.in_force(integration, self._environment, kept)
        return Present(integration=integration, values=in_force, kept=kept)

    def _present(self, integration: Integration, kept: Kept | None) -> Present:
        if kept is None:
            return self.present(integration, {})
        is_readable = True
        set_by_hand: Mapping[str, str] = {}
        try:
            set_by_hand = _decode(self.vault.opened(kept.sealed))
        except Unreadable:
            is_readable = False
        known = {setting.name for setting in integration.settings}
        set_by_hand = {name: value for name, value in set_by_hand.items() if name in known}
        return Present(
            integration=integration,
            values=values.in_force(integration, self._environment, set_by_hand),
            kept=set_by_hand,
            is_readable=is_readable,
            update_at=kept.update_at,
            updated_by=kept.updated_by,
        )

    def _note(self, name: str, *, is_set_up: bool) -> None:
        if is_set_up:
            self.ready.add(name)
        else:
            self.ready.discard(name)
