"""Running `/incident` as typed."""

from collections.abc import Awaitable, Callable, Sequence

import structlog
from msgspec.structs import replace

from commandpost.db import Work
from commandpost.incidents.commands import deeds, showing, stages, testing, wording
from commandpost.incidents.commands.call import Answer, Call, refused, say
from commandpost.incidents.ports import Desk, Desks, Unanswered
from commandpost.incidents.store import summaries
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
    "test": testing.test,
    "nuke-db": testing.nuke,
}

_LOOKS: dict[str, Callable[[Desk, Call], Awaitable[Answer]]] = {
    "list": showing.ongoing,
    "info": showing.summary,
}
"""Sub-commands that only look: one desk is enough for them and for what they say."""


def foresee(work: Work, channel_id: str, words: Sequence[str], *, viewer_id: str) -> bool:
    """Whether these words only look. If so, says what they will ask."""
    if not words or words[0] not in _LOOKS:
        return False
    if words[0] == "info":
        summaries.foresee_of_channel(work, channel_id, viewer_id=viewer_id)
    return True


async def look(desk: Desk, call: Call) -> Answer:
    """As `run`, for words that only look."""
    name = call.words[0]
    answer = await _completed(name, _LOOKS[name](desk, call))
    await _say(desk, call, answer)
    return answer


async def run(desks: Desks, call: Call) -> Answer:
    """Do what the words say and tell the caller. Their first is the sub-command, in lower case.

    A refusal that the sub-command has no answer for is logged; the caller hears that it failed.
    """
    name, *rest = call.words or ("",)
    sub_command = _SUB_COMMANDS.get(name)
    if sub_command is None:
        answer = refused(wording.HELP)
    else:
        answer = await _completed(name, sub_command(desks, replace(call, words=tuple(rest))))
    async with desks.reading() as desk:
        await _say(desk, call, answer)
    return answer


async def _completed(name: str, running: Awaitable[Answer]) -> Answer:
    try:
        return await running
    except Unanswered:
        raise
    except Refusal as cause:
        _log.warning("a command could not be completed", command=name, why=cause.message, code=cause.code)
        return refused(wording.GENERIC)


async def _say(desk: Desk, call: Call, answer: Answer) -> None:
    if answer.text or answer.attachments:
        await say(desk, call, answer.text, answer.attachments)
