"""Answers that are due by a moment: what is not done by then goes on by itself, and is told afterwards."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from commandpost.kernel.errors import Refusal, Unauthenticated, Unavailable

AWAY = "Mattermost cannot be asked just now, so nothing was done. Try again shortly."

_T = TypeVar("_T")

_log = structlog.get_logger(__name__)

_going_on: set[asyncio.Task[None]] = set()
"""What was not done in time, and goes on."""


class Deadline:
    """When an answer must be on its way, counted from the beginning of a request."""

    def __init__(self, within_s: float) -> None:
        self._at = asyncio.get_running_loop().time() + within_s

    @property
    def left_s(self) -> float:
        return max(self._at - asyncio.get_running_loop().time(), 0.0)


async def within(
    doing: Awaitable[_T], deadline: Deadline, tell: Callable[[_T | str], Awaitable[None]]
) -> _T | str | None:
    """The outcome, the text of a refusal, or None if it takes too long: then it goes on, and is told.

    Raises Unauthenticated.
    """
    task = asyncio.ensure_future(_settled(doing))
    done, _ = await asyncio.wait({task}, timeout=deadline.left_s)
    if done:
        return task.result()
    going_on = asyncio.create_task(_told_later(task, tell))
    _going_on.add(going_on)
    going_on.add_done_callback(_going_on.discard)
    return None


async def _settled(doing: Awaitable[_T]) -> _T | str:
    try:
        return await doing
    except Unauthenticated:
        raise
    except Unavailable:
        return AWAY
    except Refusal as refusal:
        return refusal.message


async def _told_later(task: asyncio.Task[_T | str], tell: Callable[[_T | str], Awaitable[None]]) -> None:
    try:
        await tell(await task)
    except Exception as cause:  # noqa: BLE001 the edge of what goes on by itself: nobody waits for it
        _log.warning("a hook failed after its answer", why=str(cause))
