"""The general commands of the chat, all of them, to be registered beside those of products."""

from collections.abc import Callable, Sequence

from commandpost.workspace.commands import asking, presence, rooms, speaking
from commandpost.workspace.commands.registry import Command
from commandpost.workspace.model.command import Description
from commandpost.workspace.model.config import Config


def general(descriptions: Callable[[Config], Sequence[Description]]) -> tuple[Command, ...]:
    """The commands; `descriptions` is what `/help` lists."""
    return (
        *speaking.COMMANDS,
        *rooms.COMMANDS,
        *presence.COMMANDS,
        asking.SEARCH,
        asking.help_command(descriptions),
    )
