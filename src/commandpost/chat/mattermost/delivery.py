"""Doing the errands: in order within a channel, several channels at once, once each.

A call whose answer is lost may have arrived. So a post bears the id of its errand, and before it is made once
more it is looked for. Who posts over there is decided when it is done: an author with the session that their
request brought, as long as that is fresh, otherwise the bot, which names them. Sessions stay in memory.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NoReturn

import msgspec
import structlog

from commandpost.chat.mattermost import values
from commandpost.chat.mattermost.chat import ErrandWaiting, Whisper
from commandpost.chat.mattermost.client import Refused, Unreachable
from commandpost.chat.mattermost.posts_heard import MARK
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.store import errands
from commandpost.chat.mattermost.store.errands import Errand, Kind
from commandpost.chat.mattermost.wire import PostsWire, PostWire
from commandpost.incidents.actions import posted
from commandpost.kernel.clock import MINUTE_MS, SECOND_MS, Millis

DELAYED_MS = MINUTE_MS
"""What is posted so long after it happened says so."""

_LEASE_MS = 30 * SECOND_MS
_LONGEST_SLEEP_S = 15.0
_AFTER_FAILURE_S = 2.0
_MOST_AT_ONCE = 8
_PAUSES_MS = (SECOND_MS, 2 * SECOND_MS, 4 * SECOND_MS, 8 * SECOND_MS, 15 * SECOND_MS)
_MOST_REFUSALS = 20
_LOOKED_BACK_MS = 10 * MINUTE_MS
_MOST_PAGES = 10
_PAGE = 200

_log = structlog.get_logger(__name__)


class Delivery:
    """Does what is due. `done` counts since the start, `lost` what Mattermost refuses for good."""

    def __init__(self, server: Mattermost) -> None:
        self._server = server
        self._woken = asyncio.Event()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._whispers: set[asyncio.Task[None]] = set()
        self._awaited: dict[str, asyncio.Event] = {}
        self.done = 0
        self.lost = 0

    def hear(self, fact: object) -> None:
        """Take note of a committed fact: there may be something to do."""
        if isinstance(fact, ErrandWaiting):
            self._woken.set()
        elif isinstance(fact, Whisper):
            task = asyncio.create_task(self._whisper(fact))
            self._whispers.add(task)
            task.add_done_callback(self._whispers.discard)

    async def wait_for(self, errand_ids: list[str], within_s: float) -> None:
        """Wait until these are done, but no longer than that."""
        events = {one: self._awaited.setdefault(one, asyncio.Event()) for one in errand_ids}
        async with self._server.database.read() as work:
            waiting = [one.id for one in await errands.by_ids(work, errand_ids)]
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                for one in waiting:
                    await events[one].wait()
        for one in errand_ids:
            self._awaited.pop(one, None)

    async def hurry(self, channel_id: str = "") -> None:
        """What waits for another attempt is tried now, in one channel or all: it may succeed again."""
        async with self._server.database.write() as work:
            await errands.hurry(work, channel_id, now=self._server.clock.now())
        self._woken.set()

    async def run(self) -> NoReturn:
        """Do errands until cancelled; what is under way then is looked for after its lease."""
        try:
            while True:
                self._woken.clear()
                try:
                    pause_s = await self.begin_due()
                except Exception:  # noqa: BLE001 the edge of the job: a database that is away comes back
                    _log.exception("errands_not_read")
                    pause_s = _AFTER_FAILURE_S
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), pause_s)
        finally:
            tasks = [*self._under_way.values(), *self._whispers]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def rest(self) -> None:
        """Wait until nothing is under way."""
        await asyncio.gather(*self._under_way.values())

    async def begin_due(self) -> float:
        """Begin what is due and there is room for; gives the seconds until there may be more to do."""
        room = _MOST_AT_ONCE - len(self._under_way)
        if room <= 0:
            return _LONGEST_SLEEP_S
        now = self._server.clock.now()
        busy = tuple(self._under_way)
        async with self._server.database.read() as work:
            due = await errands.due(work, now=now, busy=busy, limit=room)
        for errand in due:
            async with self._server.database.write() as work:
                until = Millis(now + _LEASE_MS)
                is_ours = await errands.claim(work, errand, now=now, until=until)
            if is_ours:
                claimed = replace(errand, attempts=errand.attempts + 1, tried_at=errand.tried_at or now)
                self._under_way[errand.channel_id] = asyncio.create_task(self._run(claimed))
        if due:
            return 0.0
        async with self._server.database.read() as work:
            next_at = await errands.next_due_at(work, busy=busy)
        if next_at is None:
            return _LONGEST_SLEEP_S
        return min(max((next_at - now) / SECOND_MS, 0.0), _LONGEST_SLEEP_S)

    async def _run(self, errand: Errand) -> None:
        try:
            await self._attempt(errand)
        except Exception:  # noqa: BLE001 the edge of the job: it is tried again when its lease runs out
            _log.exception("errand_not_done", kind=errand.kind.value)
        finally:
            del self._under_way[errand.channel_id]
            self._woken.set()

    async def _attempt(self, errand: Errand) -> None:
        try:
            match errand.kind:
                case Kind.POST:
                    made = await self._post(errand)
                case Kind.DELETE:
                    made = None
                    await self._delete(errand)
                case Kind.JOIN:
                    made = None
                    await self._join(errand)
        except Unreachable:
            await self._later(errand)
        except Refused as refusal:
            await self._refused(errand, refusal)
        else:
            await self._finish(errand, made)

    async def _finish(self, errand: Errand, made: PostWire | None) -> None:
        async with self._server.database.write() as work:
            if await errands.done(work, errand) and made is not None:
                await errands.name(work, errand.id, made.id)
                channels = [errand.channel_id, *errand.content.get("channels", ())]
                await posted.named(work, channels, errand.id, made.id, create_at=Millis(made.create_at))
        self.done += 1
        self._server.loans.give_back(errand.id)
        if event := self._awaited.get(errand.id):
            event.set()

    async def _later(self, errand: Errand) -> None:
        pause_ms = _PAUSES_MS[min(errand.attempts, len(_PAUSES_MS)) - 1]
        async with self._server.database.write() as work:
            await errands.again(work, errand, at=Millis(self._server.clock.now() + pause_ms))

    async def _refused(self, errand: Errand, refusal: Refused) -> None:
        """A token that is not taken any more may be replaced; what else is refused is given up in the end."""
        _log.warning(
            "errand_refused",
            kind=errand.kind.value,
            status=refusal.status,
            rule=refusal.rule,
            channel_id=errand.channel_id,
        )
        if refusal.status == 401:
            self._server.trouble = (
                "Mattermost does not take the bot's token any more; run `commandpost attach`."
            )
            await self._later(errand)
            return
        if refusal.status == 403 and errand.attempts < _MOST_REFUSALS:
            await self._come_back(errand.channel_id)
            await self._later(errand)
            return
        self.lost += 1
        await self._finish(errand, None)

    async def _come_back(self, channel_id: str) -> None:
        """The bot may have been removed from the channel; where it may, it comes back."""
        body = {"user_id": self._server.bot.id}
        with suppress(Refused, Unreachable):
            await self._server.client.call("POST", f"/channels/{channel_id}/members", body=body, probing=True)

    async def _post(self, errand: Errand) -> PostWire:
        if errand.attempts > 1 and (found := await self._found(errand)) is not None:
            return found
        token = self._server.loans.token(errand.id)
        is_late = self._server.clock.now() - errand.create_at >= DELAYED_MS
        if token and not is_late:
            with suppress(Refused):
                return await self._made(errand, errand.content["message"], token)
        return await self._made(errand, self._told_by_bot(errand, is_late=is_late), "")

    async def _made(self, errand: Errand, message: str, token: str) -> PostWire:
        props: dict[str, Any] = {MARK: errand.id}
        if attachments := errand.content.get("attachments"):
            props["attachments"] = attachments
        author_id = errand.user_id if token else self._server.bot.id
        body = {
            "channel_id": errand.channel_id,
            "message": message,
            "props": props,
            "pending_post_id": f"{author_id}:{errand.id}",
        }
        answer = await self._server.client.call("POST", "/posts", token=token, body=body, probing=True)
        return msgspec.json.decode(answer, type=PostWire)

    def _told_by_bot(self, errand: Errand, *, is_late: bool) -> str:
        message: str = errand.content["message"]
        if author := errand.content.get("author"):
            message = f"@{author}:\n\n{message}"
        if is_late:
            at = datetime.fromtimestamp(errand.create_at / SECOND_MS, UTC)
            message = f"{message}\n\n_Delayed: this is of {at:%Y-%m-%d %H:%M} UTC._"
        return message

    async def _found(self, errand: Errand) -> PostWire | None:
        """The post, if an attempt before this one made it after all."""
        earliest = errand.tried_at - _LOOKED_BACK_MS
        for page in range(_MOST_PAGES):
            query: Mapping[str, str | int] = {"page": page, "per_page": _PAGE}
            answer = await self._server.client.call(
                "GET", f"/channels/{errand.channel_id}/posts", query=query, probing=True
            )
            listed = msgspec.json.decode(answer, type=PostsWire)
            posts = listed.posts or {}
            for post in posts.values():
                if (post.props or {}).get(MARK) == errand.id:
                    return post
            if not listed.order or min(one.create_at for one in posts.values()) < earliest:
                return None
        return None

    async def _delete(self, errand: Errand) -> None:
        try:
            await self._server.client.call("DELETE", f"/posts/{errand.post_id}", probing=True)
        except Refused as refusal:
            if refusal.status != 404:
                raise

    async def _join(self, errand: Errand) -> None:
        body = {"user_id": errand.user_id}
        await self._server.client.call(
            "POST", f"/channels/{errand.channel_id}/members", body=body, probing=True
        )

    async def _whisper(self, whisper: Whisper) -> None:
        """Sent once, if it can be: it matters at the moment or not at all."""
        post = {
            "channel_id": whisper.channel_id,
            "message": whisper.message,
            "props": {"attachments": values.attachments_wanted(self._server, whisper.attachments)},
        }
        body = {"user_id": whisper.user_id, "post": post}
        try:
            await self._server.client.call("POST", "/posts/ephemeral", body=body)
        except (Refused, Unreachable) as cause:
            _log.warning("whisper_not_sent", why=cause.message)
