"""Running `/incident` as typed."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from commandpost.incidents.commands import deeds, showing, stages, testing, wording
from commandpost.incidents.commands.call import Answer, Call, refused, say
from commandpost.incidents.ports import Desks
from commandpost.kernel.errors import Refusal

_log = structlog.get_logger()

_SUB_COMMANDS: dict[str, Callable[[Desks, Call], Awaitable[Answer]]] = {
    "start": deeds.start_incident,
    "end": deeds.end_incident,
    "update": deeds.update_status,
    "restart": deeds.restart_incident,
    "stage": stages.move,
    "check": deeds.check_task,
    "commander": deeds.show_or_change_commander,
    "announce": deeds.announce_incident,
    "list": showing.ongoing,
    "info": showing.summary,
    "test": testing.test,
    "nuke-db": testing.nuke,
}


async def run(desks: Desks, call: Call) -> Answer:
    """Do what the words say and tell the caller. Their first is the sub-command, in lower case.

    A refusal that the sub-command has no answer for is logged; the caller hears that it failed.
    """
    name, *rest = call.words or ("",)
    sub_command = _SUB_COMMANDS.get(name)
    if sub_command is None:
        answer = refused(wording.HELP)
    else:
        try:
            answer = await sub_command(desks, replace(call, words=tuple(rest)))
        except Refusal as cause:
            _log.warning("a command could not be completed", command=name, why=cause.message, code=cause.code)
            answer = refused(wording.GENERIC)
    if answer.text or answer.attachments:
        async with desks.reading() as desk:
            await say(desk, call, answer.text, answer.attachments)
    return answer
