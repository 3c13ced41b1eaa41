"""`/echo text [delay]`: says it to the channel as the caller, after so many seconds if a number ends it."""

import asyncio
import re
from dataclasses import dataclass

import structlog

from commandpost.kernel.errors import Refusal
from commandpost.workspace.actions import posts
from commandpost.workspace.commands.registry import CommandAnswer, CommandCall
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.command import Description
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.post import NewPost

_MAX_DELAY_S = 10_000
_MAX_WAITING = 100

_QUOTED = re.compile(r'"(?P<message>.+)"\s*(?P<delay>\d{1,9})?', re.DOTALL)
_ENDS_IN_NUMBER = re.compile(r"(?P<message>.+)\s(?P<delay>\d{1,9})", re.DOTALL)

_log = structlog.get_logger()

_DESCRIPTION = Description(
    trigger="echo",
    display_name="echo",
    description="Echo back text from your account",
    hint="'message' [delay in seconds]",
    help_text="Echo back text from your account",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    message: str
    delay_s: int


class Echo:
    """The command. An echo that waits is lost when the server stops."""

    opens_dialogs = False
    calls_outside = False

    def __init__(self) -> None:
        self._waiting: set[asyncio.Task[None]] = set()

    def description(self, config: Config) -> Description | None:
        return _DESCRIPTION

    async def run(self, desks: Desks, call: CommandCall) -> CommandAnswer:
        wish = _wish(call.text)
        if not wish.message:
            return CommandAnswer(text="A message must be provided with the /echo command.", failed=True)
        if wish.delay_s > _MAX_DELAY_S:
            return CommandAnswer(text="Delays must be under 10000 seconds.", failed=True)
        if not wish.delay_s:
            await _say(desks, call, wish.message)
        elif len(self._waiting) >= _MAX_WAITING:
            return CommandAnswer(text="High volume of echo request, cannot process request.", failed=True)
        else:
            task = asyncio.create_task(_say_later(desks, call, wish))
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)
        return CommandAnswer()

    async def close(self) -> None:
        """Give up what still waits."""
        for task in self._waiting:
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)


def _wish(text: str) -> _Wish:
    stripped = text.strip()
    found = _QUOTED.fullmatch(stripped) or _ENDS_IN_NUMBER.fullmatch(stripped)
    if found is None:
        return _Wish(message=stripped, delay_s=0)
    return _Wish(message=found["message"], delay_s=int(found["delay"] or 0))


async def _say(desks: Desks, call: CommandCall, message: str) -> None:
    async with desks.writing() as desk:
        new = NewPost(channel_id=call.channel.id, message=message, root_id=call.root_id)
        await posts.create(desk, call.who, new)


async def _say_later(desks: Desks, call: CommandCall, wish: _Wish) -> None:
    await asyncio.sleep(wish.delay_s)
    try:
        await _say(desks, call, wish.message)
    except Refusal as refusal:
        _log.info("an echo was not said", why=refusal.message)
