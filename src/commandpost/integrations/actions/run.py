"""Running a command of an integration: one of those that answer it, and are set up, does it."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import structlog

from commandpost.integrations.failures import Failed, Outcome
from commandpost.integrations.interface import Answer, Call, Command, Integration, SubCommand, first_word
from commandpost.integrations.toolbox import Toolbox

_log = structlog.get_logger()

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed after the command's name, taken apart, and who is to do it."""

    integration: Integration
    sub_command: SubCommand
    text: str


async def understood(box: Toolbox, trigger: str, text: str) -> Typed:
    """Who does what was typed. Raises Failed: nobody can, or the words make no sense."""
    answering = box.commands[trigger]
    async with box.reading() as desk:
        set_up = {one.integration.name for one in await box.all(desk.work) if one.is_set_up}
    able = [(integration, command) for integration, command in answering if integration.name in set_up]
    if not able:
        raise Failed(Outcome.NOT_CONFIGURED, not_set_up([integration for integration, _ in answering]))
    integration, command = able[0]
    name, rest = first_word(text)
    sub_command = command.find(name)
    if sub_command is None:
        raise Failed(Outcome.REFUSED, usage(command))
    return Typed(integration=integration, sub_command=sub_command, text=rest.strip())


async def run(box: Toolbox, typed: Typed, call: Call) -> Answer:
    """Do it. Raises Failed, and nothing else."""
    name = typed.integration.name
    async with box.reading() as desk:
        present = await box.one(desk.work, name)
    if not present.is_set_up:
        raise Failed(Outcome.NOT_CONFIGURED, not_set_up([typed.integration]))
    return await guarded(typed.integration, typed.sub_command.run(box.tools(present), call))


async def guarded(integration: Integration, deed: Awaitable[T]) -> T:
    """What an integration makes of something. Raises Failed, and nothing else."""
    try:
        return await deed
    except Failed as cause:
        _log.info("a tool did not do it", integration=integration.name, outcome=cause.outcome.value)
        raise
    except Exception as cause:
        _log.exception("an integration has a fault", integration=integration.name)
        raise Failed(
            Outcome.BROKEN,
            f"The integration {integration.title} has a fault; the server's log tells which.",
        ) from cause


def usage(command: Command) -> str:
    """How a command is written."""
    lines = [
        f"- `/{command.trigger} {one.name}{' ' if one.hint else ''}{one.hint}` {one.help}"
        for one in command.sub_commands
    ]
    return "\n".join([f"{command.help}:", *lines])


def not_set_up(answering: Sequence[Integration]) -> str:
    """What to do about a command for which nothing is set up."""
    titles = " or ".join(integration.title for integration in answering)
    variables = " or ".join(f"`COMMANDPOST_{integration.name.upper()}_…`" for integration in answering)
    return (
        f"{titles} is not set up on this server. A system administrator can do that among the integrations of"
        f" the administration, or with settings {variables}."
    )
