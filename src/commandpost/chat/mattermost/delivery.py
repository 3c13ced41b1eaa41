"""Doing the errands: in order within a channel, several channels at once, once each.

What Mattermost refuses waits as long as the reason may pass; what it refuses for good is told in the log.
"""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import NoReturn

import structlog

from commandpost.chat.mattermost import values
from commandpost.chat.mattermost.chat import ErrandWaiting, Whisper
from commandpost.chat.mattermost.client import Refused, Unreachable, read
from commandpost.chat.mattermost.posting import Posting
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.store import errands
from commandpost.chat.mattermost.store.errands import Errand, Kind
from commandpost.chat.mattermost.whispering import whisper
from commandpost.chat.mattermost.wire import ChannelWire, PostWire
from commandpost.db import Work
from commandpost.incidents.actions import posted, witness
from commandpost.kernel.clock import MINUTE_MS, SECOND_MS, Millis

_LEASE_MS = 30 * SECOND_MS
_LONGEST_SLEEP_S = 15.0
_AFTER_FAILURE_S = 2.0
_MOST_AT_ONCE = 8
_PAUSES_MS = tuple(seconds * SECOND_MS for seconds in (1, 2, 4, 8, 15, 30, 60))
_MOST_REFUSALS = 20
_MOST_REFUSED_JOINS = 3
_KEPT_MS = 7 * 24 * 60 * MINUTE_MS

_log = structlog.get_logger(__name__)


class Delivery:
    """Does what is due. `done` counts since the start, `lost` what Mattermost refuses for good."""

    def __init__(self, server: Mattermost) -> None:
        self._server = server
        self._posting = Posting(server)
        self._woken = asyncio.Event()
        self._beginning = asyncio.Lock()
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
        """Wait until these are done or have to wait, but no longer than that."""
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
        async with self._beginning:
            return await self._begin_due()

    async def _begin_due(self) -> float:
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
            if self._under_way.get(errand.channel_id) is asyncio.current_task():
                del self._under_way[errand.channel_id]
            self._woken.set()

    async def _attempt(self, errand: Errand) -> None:
        try:
            match errand.kind:
                case Kind.POST:
                    made = await self._posting.post(errand)
                case Kind.DELETE:
                    made = None
                    await self._delete(errand)
                case Kind.JOIN:
                    made = None
                    await self._join(errand)
        except Unreachable:
            await self._later(errand)
        except Refused as refusal:
            with suppress(Unreachable):
                await self._refused(errand, refusal)
                return
            await self._later(errand)
        else:
            await self._finish(errand, made)

    async def _finish(self, errand: Errand, made: PostWire | None, *, refused: str = "") -> None:
        """Forget it. What could not be posted is told in the log, so that nobody believes it was read."""
        channels = [errand.channel_id, *errand.content.get("channels", ())]
        async with self._server.database.write() as work:
            if await errands.done(work, errand):
                if made is not None:
                    await errands.name(work, errand.id, made.id)
                    await posted.named(work, channels, errand.id, made.id, create_at=Millis(made.create_at))
                elif errand.kind is Kind.POST:
                    await self._tell_refused(work, errand, channels, refused)
        self.done += 1
        self._server.loans.give_back(errand.id)
        self._await_no_more(errand)

    async def _later(self, errand: Errand) -> None:
        pause_ms = _PAUSES_MS[min(errand.attempts, len(_PAUSES_MS)) - 1]
        async with self._server.database.write() as work:
            await errands.again(work, errand, at=Millis(self._server.clock.now() + pause_ms))
        self._await_no_more(errand)

    def _await_no_more(self, errand: Errand) -> None:
        if event := self._awaited.get(errand.id):
            event.set()

    async def _refused(self, errand: Errand, refusal: Refused) -> None:
        """A token may be replaced, a channel restored, the bot let in again; the rest is given up."""
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
        elif await self._may_pass(errand, refusal):
            await self._come_back(errand.channel_id)
            await self._later(errand)
        else:
            self.lost += 1
            await self._finish(errand, None, refused=refusal.message)

    async def _may_pass(self, errand: Errand, refusal: Refused) -> bool:
        """Whether what stands in the way may go: an archived channel, or one that the bot is not in."""
        if errand.kind is Kind.JOIN:
            return refusal.status == 403 and errand.attempts < _MOST_REFUSED_JOINS
        if self._server.clock.now() - errand.create_at >= _KEPT_MS:
            return False
        async with self._server.database.read() as work:
            is_followed = await witness.is_followed(work, errand.channel_id)
        if refusal.status == 403:
            return is_followed or errand.attempts < _MOST_REFUSALS
        return is_followed and await self._is_archived(errand.channel_id)

    async def _is_archived(self, channel_id: str) -> bool:
        try:
            answer = await self._server.client.call("GET", f"/channels/{channel_id}", probing=True)
        except Refused:
            return False
        return read(answer, ChannelWire).delete_at > 0

    async def _tell_refused(self, work: Work, errand: Errand, channels: list[str], why: str) -> None:
        await witness.hold(work, channels)
        for channel_id in channels:
            await witness.post_refused(
                work,
                channel_id=channel_id,
                message=errand.content["message"],
                reason=why,
                by=errand.user_id,
                at=self._server.clock.now(),
            )

    async def _come_back(self, channel_id: str) -> None:
        """The bot may have been removed from the channel; where it may, it comes back."""
        body = {"user_id": self._server.bot.id}
        with suppress(Refused, Unreachable):
            await self._server.client.call("POST", f"/channels/{channel_id}/members", body=body, probing=True)

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

    async def _whisper(self, told: Whisper) -> None:
        """Sent once, if it can be: it matters at the moment or not at all."""
        attachments = values.attachments_wanted(self._server, told.attachments)
        try:
            await whisper(self._server, told.user_id, told.channel_id, told.message, attachments)
        except (Refused, Unreachable) as cause:
            _log.warning("whisper_not_sent", why=cause.message)
