"""The desk an action of the chat works at, and the place that hands desks out to the doors."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import msgspec

from commandpost.audit.entry import Deed
from commandpost.audit.record import record
from commandpost.db import Database, Opening, Work
from commandpost.kernel.clock import Clock, Millis
from commandpost.vault import Vault
from commandpost.workspace.contents import Shelf
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.sign_up import PasswordHash, checked_password
from commandpost.workspace.observers import ChannelObserver
from commandpost.workspace.outbound import AllowedAddresses, Outbound
from commandpost.workspace.passwords import Passwords
from commandpost.workspace.quota import ChannelQuota
from commandpost.workspace.triggers import Triggers


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """One unit of work with the moment it happens at and the settings in force."""

    work: Work
    now: Millis
    config: Config
    triggers: Triggers
    vault: Vault
    observers: tuple[ChannelObserver, ...] = ()
    held: dict[str, Channel] = msgspec.field(default_factory=dict[str, Channel])
    """The channels that this work alone may post in until it is over, as its posts have left them."""
    quota: ChannelQuota = msgspec.field(default_factory=ChannelQuota)

    def tell(self, fact: object) -> None:
        """Announce a fact (see `events`) once the work is committed."""
        self.work.tell(fact)

    async def record(
        self,
        deed: Deed,
        subject_id: str,
        *,
        by: str,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        session_id: str = "",
        address: str = "",
    ) -> None:
        """Write into the audit log what `by` (a user's id) has done; see `audit.record`."""
        await record(
            self.work,
            deed,
            subject_id,
            by=by,
            at=self.now,
            session_id=session_id,
            address=address,
            before=before,
            after=after,
        )

    async def about_to_change(self, *channel_ids: str) -> None:
        """Say, before locking anything, that members or posts of these channels will change."""
        for observer in self.observers:
            await observer.about_to_change(self.work, channel_ids)


class Desks:
    """Hands out desks. `use` replaces the settings when an administrator has changed one.

    `outbound` is the one way to servers outside.
    `observers` take part in every work that changes who is in a channel or what is posted there.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        config: Config,
        observers: tuple[ChannelObserver, ...] = (),
        passwords: Passwords | None = None,
        shelf: Shelf | None = None,
        vault: Vault | None = None,
    ) -> None:
        self.database = database
        self.clock = clock
        self.config = config
        self.observers = observers
        self.passwords = passwords or Passwords()
        self.vault = vault or Vault({}, Path("data"))
        self.triggers = Triggers(lambda: self.vault.derived("triggers"))
        self.quota = ChannelQuota()
        self.shelf = shelf or Shelf(Path("data/files"))
        self.outbound = Outbound(AllowedAddresses(config.allowed_untrusted_internal_connections))

    def use(self, config: Config) -> None:
        """Work with these settings from now on."""
        allowed = config.allowed_untrusted_internal_connections
        if allowed != self.config.allowed_untrusted_internal_connections:
            self.outbound.allow(AllowedAddresses(allowed))
        self.config = config

    async def hashed_password(self, password: str) -> PasswordHash:
        """What is stored of a new password. Raises BadPassword, PasswordTooLong, HashingBusy."""
        return await self.passwords.hashed(
            checked_password(password, minimum=self.config.minimum_password_length)
        )

    def _desk(self, work: Work) -> Desk:
        return Desk(
            work=work,
            now=self.clock.now(),
            config=self.config,
            observers=self.observers,
            triggers=self.triggers,
            vault=self.vault,
            quota=self.quota,
        )

    def reading(self) -> AbstractAsyncContextManager[Desk]:
        """A desk for looking things up."""
        return Opening(self.database.read(), self._desk)

    def writing(self) -> AbstractAsyncContextManager[Desk]:
        """A desk for a change: committed on leaving, undone by an error."""
        return Opening(self.database.write(), self._desk)
