"""A command that is one deed at one desk: what it answers is for the caller alone."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from commandpost.kernel.errors import Refusal
from commandpost.workspace.commands.registry import CommandAnswer, CommandCall
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model.command import Description
from commandpost.workspace.model.config import Config

Deed: TypeAlias = Callable[[Desk, CommandCall], Awaitable[CommandAnswer]]
"""What a command does, within one work."""


@dataclass(frozen=True, slots=True, kw_only=False)
class PlainCommand:
    """The command. What its deed refuses undoes all of it, and is told to the caller."""

    described_as: Description
    deed: Deed

    @property
    def opens_dialogs(self) -> bool:
        return False

    @property
    def calls_outside(self) -> bool:
        return False

    def description(self, config: Config) -> Description | None:
        return self.described_as

    async def run(self, desks: Desks, call: CommandCall) -> CommandAnswer:
        try:
            async with desks.writing() as desk:
                return await self.deed(desk, call)
        except Refusal as refusal:
            return no(refusal.message)


def described(trigger: str, hint: str, help_text: str) -> Description:
    """What a command without a tree says of itself."""
    return Description(
        trigger=trigger, display_name=trigger, description=help_text, hint=hint, help_text=help_text
    )


def yes(text: str) -> CommandAnswer:
    """The answer of a command that did what it was asked to."""
    return CommandAnswer(text=text)


def no(text: str) -> CommandAnswer:
    """The answer of a command that did not."""
    return CommandAnswer(text=text, failed=True)
