"""The commands there are. A product hands its own in through the wiring; the chat's stand beside it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol

import msgspec

from commandpost.db import Work
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.command import Description
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.said import Said
from commandpost.workspace.model.who import Who
from commandpost.workspace.observers import Quiet


class CommandCall(msgspec.Struct, frozen=True, kw_only=True):
    """A command being run: by whom, where, with what text after its name.

    `team_id` is the channel's team, or in direct and group channels the one the caller was in. With
    `trigger` the command can open a dialog.
    """

    who: Who
    text: str
    channel: Channel
    team_id: str
    root_id: str
    trigger: str


class CommandAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a command gave: `text` is for the caller alone; by `trigger_id` their client knows its dialog.

    `told` is what the command has told the caller itself, `said` what it answered in full, if it is one of
    a server outside. `failed`: it did not do what it was asked to.
    """

    text: str = ""
    trigger_id: str = ""
    told: str = ""
    said: Said | None = None
    failed: bool = False


class Command(Protocol):
    """A slash command."""

    @property
    def opens_dialogs(self) -> bool:
        """Whether the caller's client should await a dialog."""
        ...

    @property
    def calls_outside(self) -> bool:
        """Whether it calls servers outside."""
        ...

    def description(self, config: Config) -> Description | None:
        """What the command says of itself; None while it is switched off."""
        ...

    async def run(self, desks: Desks, call: CommandCall) -> CommandAnswer:
        """Do it. Refusals reach the caller as the answer of the request."""
        ...


class Looking(ABC):
    """A command that, with some words, only looks something up.

    Then it answers at the desk where its caller's rights are read, so that both can be one question. What it
    says it tells itself, and it opens no dialog.
    """

    @abstractmethod
    def foresee(self, work: Work, who: Who, channel_id: str, text: str) -> bool:
        """Whether it only looks with that text after its name. If so, says what it will ask."""

    @abstractmethod
    async def look(self, desk: Desk, call: CommandCall) -> CommandAnswer:
        """As `run`."""


class Registry:
    """The commands that all teams have. Of two with one name, the one named first is found.

    Those of products come before the commands that a team has made, those of the chat itself after them.
    Where it is quiet, commands that call servers outside are not run.
    """

    def __init__(self, products: Sequence[Command], chat: Sequence[Command], *, is_quiet: Quiet) -> None:
        self._products = tuple(products)
        self._chat = tuple(chat)
        self.is_quiet = is_quiet

    def of_product(self, trigger: str, config: Config) -> Command | None:
        """A product's command of that name, in any case; None if there is none, or it is switched off."""
        return _found(self._products, trigger, config)

    def of_chat(self, trigger: str, config: Config) -> Command | None:
        """A command of the chat of that name, in any case; None if there is none."""
        return _found(self._chat, trigger, config)

    def descriptions(self, config: Config) -> list[Description]:
        """What is there for people to find, by name."""
        found: dict[str, Description] = {}
        for command in (*self._products, *self._chat):
            description = command.description(config)
            if description is not None and description.is_offered:
                found.setdefault(description.trigger, description)
        return [found[trigger] for trigger in sorted(found)]

    def triggers(self, config: Config) -> frozenset[str]:
        """The names that no team can give to a command of its own."""
        return frozenset(one.trigger for one in self.descriptions(config))


def _found(commands: Sequence[Command], trigger: str, config: Config) -> Command | None:
    for command in commands:
        description = command.description(config)
        if description is not None and description.trigger == trigger.lower():
            return command
    return None
