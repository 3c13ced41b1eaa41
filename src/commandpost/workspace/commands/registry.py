"""The commands there are. A product hands its own in through the wiring; the chat's stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from commandpost.workspace.desk import Desks
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.command import Description
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.who import Who


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandCall:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandAnswer:
    """What a command gave: `text` is for the caller alone; by `trigger_id` their client knows its dialog.

    `told` is what the command has told the caller itself. `failed`: it did not do what it was asked to.
    """

    text: str = ""
    trigger_id: str = ""
    told: str = ""
    failed: bool = False


class Command(Protocol):
    """A slash command."""

    @property
    def opens_dialogs(self) -> bool:
        """Whether the caller's client should await a dialog."""
        ...

    def description(self, config: Config) -> Description | None:
        """What the command says of itself; None while it is switched off."""
        ...

    async def run(self, desks: Desks, call: CommandCall) -> CommandAnswer:
        """Do it. Refusals reach the caller as the answer of the request."""
        ...


class Registry:
    """The commands of a server. Of two with one name, the one named first is found."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self._commands = tuple(commands)

    def find(self, trigger: str, config: Config) -> Command | None:
        """The command of that name, in any case; None if there is none, or it is switched off."""
        for command in self._commands:
            description = command.description(config)
            if description is not None and description.trigger == trigger.lower():
                return command
        return None

    def descriptions(self, config: Config) -> list[Description]:
        """What is there for people to find, by name."""
        found: dict[str, Description] = {}
        for command in self._commands:
            if (description := command.description(config)) is not None:
                found.setdefault(description.trigger, description)
        return [found[trigger] for trigger in sorted(found)]
