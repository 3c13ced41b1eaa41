"""Posts that are waiting to be stored: whoever comes while a commit is under way shares the next one.

All posts of a channel advance the same counters, so one at a time they would wait for each other's commits;
together they need one. A post is acknowledged only when its own commit is through.
"""

import asyncio
from collections.abc import Sequence
from typing import TypeAlias

from commandpost.kernel.errors import Refusal, Unavailable, Undone
from commandpost.workspace.actions import posts
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.post import NewPost, Post
from commandpost.workspace.model.who import Who

_MOST_TOGETHER = 64

_Waiting: TypeAlias = tuple[Who, NewPost, "asyncio.Future[Post]"]


class PostQueue:
    """Makes posts in the order in which they are asked for, many in one work. For one event loop."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._waiting: list[_Waiting] = []
        self._storing: asyncio.Task[None] | None = None

    async def create(self, who: Who, new: NewPost) -> Post:
        """Like `posts.create`, and committed on return. Never call it inside a writing desk."""
        made: asyncio.Future[Post] = asyncio.get_running_loop().create_future()
        self._waiting.append((who, new, made))
        if self._storing is None:
            self._storing = asyncio.create_task(self._store_all())
        return await made

    async def _store_all(self) -> None:
        try:
            while self._waiting:
                together, self._waiting = self._waiting[:_MOST_TOGETHER], self._waiting[_MOST_TOGETHER:]
                await self._store(together)
        finally:
            self._storing = None

    async def _store(self, together: Sequence[_Waiting]) -> None:
        """Make posts in one work; if that fails each in a work of its own, so that faults stay apart."""
        asked = [(who, new) for who, new, _ in together]
        answers: Sequence[Post | Exception]
        try:
            answers = await self._create(asked)
        except Exception as fault:  # noqa: BLE001 -- each request that waits gets it, and answers for it
            if len(together) > 1 and not isinstance(fault, Unavailable):
                for one in together:
                    await self._store([one])
                return
            answers = [fault for _ in together]
        for (_, _, made), answer in zip(together, answers, strict=True):
            if made.done():
                continue
            if isinstance(answer, Exception):
                made.set_exception(answer)
            else:
                made.set_result(answer)

    async def _create(self, asked: Sequence[tuple[Who, NewPost]]) -> Sequence[Post | Refusal]:
        """Make posts in one work, and once more if it was undone for another's sake."""
        try:
            async with self._desks.writing() as desk:
                return await posts.create_together(desk, asked)
        except Undone:
            async with self._desks.writing() as desk:
                return await posts.create_together(desk, asked)
