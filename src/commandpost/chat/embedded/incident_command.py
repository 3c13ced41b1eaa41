"""`/incident` among the workspace's commands."""

from commandpost.chat.embedded.desks import IncidentDesks
from commandpost.chat.embedded.incident_tree import DESCRIPTION, DESCRIPTION_FOR_TESTING
from commandpost.incidents.commands import run
from commandpost.incidents.commands.call import Call
from commandpost.incidents.ports import Actor
from commandpost.workspace.commands.registry import CommandAnswer, CommandCall
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.command import Description
from commandpost.workspace.model.config import Config


class IncidentCommand:
    """`workspace.commands.registry.Command`; gone while the product is switched off."""

    opens_dialogs = True

    def __init__(self, desks: IncidentDesks) -> None:
        self._desks = desks

    def description(self, config: Config) -> Description | None:
        if not config.incidents_enabled:
            return None
        return DESCRIPTION_FOR_TESTING if config.enable_testing else DESCRIPTION

    async def run(self, desks: Desks, call: CommandCall) -> CommandAnswer:
        typed = Call(
            who=Actor(user_id=call.who.user_id, is_mobile=call.who.is_mobile),
            channel_id=call.channel.id,
            team_id=call.team_id,
            trigger_id=call.trigger,
            words=tuple(call.text.split()),
        )
        answer = await run.run(self._desks.for_caller(call.who), typed)
        return CommandAnswer(told=answer.text, failed=answer.failed)
