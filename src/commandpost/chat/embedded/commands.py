"""The workspace's slash commands, run for the core."""

from commandpost.incidents import ports
from commandpost.kernel.errors import Refusal
from commandpost.workspace.commands import execution
from commandpost.workspace.commands.execution import TypedCommand
from commandpost.workspace.commands.registry import Registry
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.command import UnknownCommand
from commandpost.workspace.model.who import Who


class EmbeddedCommands:
    """`incidents.ports.Commands`, for the caller."""

    def __init__(self, desks: Desks, registry: Registry, who: Who) -> None:
        self._desks = desks
        self._registry = registry
        self._who = who

    async def execute(self, user_id: str, channel_id: str, team_id: str, command: str) -> ports.CommandAnswer:
        assert user_id == self._who.user_id, "a command runs as the caller"
        typed = TypedCommand(text=command, channel_id=channel_id, team_id=team_id)
        try:
            answer = await execution.execute(self._desks, self._registry, self._who, typed)
        except UnknownCommand as cause:
            raise ports.CommandNotFound(cause.message) from cause
        except Refusal as cause:
            raise ports.CommandFailed(cause.message) from cause
        said = answer.text or answer.told
        if answer.failed:
            raise ports.CommandFailed(said)
        return ports.CommandAnswer(trigger_id=answer.trigger_id, text=said)
