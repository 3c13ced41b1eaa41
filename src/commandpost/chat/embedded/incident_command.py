"""`/incident` among the workspace's commands."""

from commandpost.chat.embedded.desks import IncidentDesks
from commandpost.chat.embedded.incident_tree import DESCRIPTION, DESCRIPTION_FOR_TESTING
from commandpost.db import Work
from commandpost.incidents.commands import run
from commandpost.incidents.commands.call import Answer, Call
from commandpost.incidents.ports import Actor
from commandpost.incidents.store.summaries import COMMANDER_OF_CHANNEL
from commandpost.workspace.commands.registry import CommandAnswer, CommandCall, Looking
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model.command import Description
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.who import Who
from commandpost.workspace.store import users

_COMMANDER = users.named_by(COMMANDER_OF_CHANNEL)


class IncidentCommand(Looking):
    """`workspace.commands.registry.Command`; gone while the product is switched off."""

    opens_dialogs = True
    calls_outside = False

    def __init__(self, desks: IncidentDesks) -> None:
        self._desks = desks

    def description(self, config: Config) -> Description | None:
        if not config.incidents_enabled:
            return None
        return DESCRIPTION_FOR_TESTING if config.enable_testing else DESCRIPTION

    def foresee(self, work: Work, who: Who, channel_id: str, text: str) -> bool:
        if not run.foresee(work, channel_id, text.split(), viewer_id=who.user_id):
            return False
        work.foresee(_COMMANDER, channel_id=channel_id)
        return True

    async def look(self, desk: Desk, call: CommandCall) -> CommandAnswer:
        commander = await desk.work.one(_COMMANDER, channel_id=call.channel.id)
        names = {commander["id"]: commander["username"]} if commander else {}
        core = self._desks.for_caller(call.who).at(desk, names)
        return _answer(await run.look(core, _typed(call)))

    async def run(self, desks: Desks, call: CommandCall) -> CommandAnswer:
        return _answer(await run.run(self._desks.for_caller(call.who), _typed(call)))


def _typed(call: CommandCall) -> Call:
    return Call(
        who=Actor(user_id=call.who.user_id, is_mobile=call.who.is_mobile),
        channel_id=call.channel.id,
        team_id=call.team_id,
        trigger_id=call.trigger,
        words=tuple(call.text.split()),
    )


def _answer(answer: Answer) -> CommandAnswer:
    return CommandAnswer(told=answer.text, failed=answer.failed)
