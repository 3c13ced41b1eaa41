"""Catching up over REST with what was missed while nobody listened: channels, their members, their posts.

How far everything is known stands in the database, by Mattermost's own clock, so it holds across restarts and
for every node. What is taken in twice counts once.
"""

from collections.abc import Collection, Container, Mapping
from urllib.parse import quote

import structlog

from commandpost.chat.mattermost import posts_heard
from commandpost.chat.mattermost.client import Refused
from commandpost.chat.mattermost.control import Controls
from commandpost.chat.mattermost.questions import RoleQuestion
from commandpost.chat.mattermost.rolls import Rolls
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.states import States
from commandpost.chat.mattermost.store import facts, heard, kept
from commandpost.chat.mattermost.wire import PostsWire, PostWire, RoleWire
from commandpost.incidents.actions import witness
from commandpost.incidents.model.ids import is_pending
from commandpost.incidents.store import rolls
from commandpost.kernel.clock import MINUTE_MS, SECOND_MS, Millis

_KNOWN_UNTIL = "heard until"
_OVERLAP_MS = 10 * SECOND_MS
_FORGOTTEN_AFTER_MS = 60 * MINUTE_MS
_STILL_FOLLOWED_MS = 7 * 24 * 60 * MINUTE_MS
_MOST_CHANNELS = 500
_MOST_TOLD = 1000
"""So many posts, the newest written, Mattermost tells at most of those changed since a time."""
_NOT_FOUND = 404
_PAGE = 200
_MOST_PAGES = 100
_ROLES = tuple(
    f"{place}_{who}" for place in ("system", "team", "channel") for who in ("user", "admin", "guest")
)

_log = structlog.get_logger(__name__)


class CatchingUp:
    """`done` counts how often it came to its end."""

    def __init__(self, server: Mattermost, rolls: Rolls, states: States, controls: Controls) -> None:
        self._server = server
        self._controls = controls
        self._rolls = rolls
        self._states = states
        self.done = 0

    async def everything(self) -> None:
        """Take in what happened since all was known. Raises Unreachable, Refused: then it is not yet."""
        await self._roles()
        began = Millis((self._server.client.time_there or self._server.clock.now()) - _OVERLAP_MS)
        async with self._server.database.read() as work:
            told = await facts.get(work, _KNOWN_UNTIL)
            since = Millis(int(told)) if told else began
            followed_since = Millis(self._server.clock.now() - _STILL_FOLLOWED_MS)
            followed = await rolls.followed(work, since=followed_since, limit=_MOST_CHANNELS)
            past = {one.id for one in await kept.channels(work, followed)}
            channel_ids = [one for one in followed if one not in past]
        for channel_id in channel_ids:
            await self.channel(channel_id, since=since)
        async with self._server.database.write() as work:
            await facts.put(work, _KNOWN_UNTIL, str(began))
            await heard.forget(work, before=Millis(since - _FORGOTTEN_AFTER_MS))
        self.done += 1

    async def _roles(self) -> None:
        """Learn what the usual roles permit, so that it is known also while nobody can be asked."""
        for role in await self._server.client.post("/roles/names", list(_ROLES), list[RoleWire]):
            self._server.memory.keep(RoleQuestion(role.name), role)

    async def channel(self, channel_id: str, *, since: Millis) -> None:
        """Take in what happened in one channel since then. Raises Unreachable."""
        try:
            await self._states.look(channel_id)
            await self._rolls.compare_channel(channel_id)
            await self._posts(channel_id, since)
        except Refused as refusal:
            _log.warning("mattermost_channel_not_told", channel_id=channel_id, status=refusal.status)

    async def _posts(self, channel_id: str, since: Millis) -> None:
        posts = sorted(await self._changed(channel_id, since), key=lambda one: (one.create_at, one.id))
        changed = [one for one in posts if one.channel_id == channel_id]
        self._server.memory.doubt(*(one.id for one in changed))
        async with self._server.database.write() as work:
            for post in changed:
                await posts_heard.take_in(work, post, bot_id=self._server.bot.id, since=since)
        for post in changed:
            if post.delete_at:
                await self._controls.deleted(channel_id, post.id)

    async def _changed(self, channel_id: str, since: Millis) -> Collection[PostWire]:
        """What was changed since then; where that is more than is told at once, what was written as well."""
        path = f"/channels/{quote(channel_id, safe='')}/posts"
        listed = await self._server.client.get(path, PostsWire, query={"since": since})
        found = {**(listed.posts or {})}
        if len(listed.newest) < _MOST_TOLD:
            return found.values()
        found |= await self._status_updates(channel_id, since, told=found)
        for _ in range(_MOST_PAGES):
            given = [found[one] for one in listed.newest if one in found]
            if not given:
                break
            oldest = min(given, key=lambda one: one.create_at)
            if oldest.create_at < since:
                return found.values()
            query: Mapping[str, str | int] = {"before": oldest.id, "per_page": _PAGE}
            listed = await self._server.client.get(path, PostsWire, query=query)
            found |= listed.posts or {}
            if not listed.newest:
                return found.values()
        _log.warning("mattermost_posts_not_all_told", channel_id=channel_id, taken_in=len(found))
        return found.values()

    async def _status_updates(
        self, channel_id: str, since: Millis, *, told: Container[str]
    ) -> dict[str, PostWire]:
        """The incident's status updates that were edited or deleted since then, however old they are.

        No other edit or deletion changes an incident, and pages hold neither.
        """
        async with self._server.database.read() as work:
            post_ids = await witness.status_updates(work, channel_id)
        found: dict[str, PostWire] = {}
        for post_id in post_ids:
            if post_id in told or is_pending(post_id):
                continue
            try:
                post = await self._server.client.get(f"/posts/{quote(post_id, safe='')}", PostWire)
            except Refused as refusal:
                if refusal.status != _NOT_FOUND:
                    raise
                now = self._server.client.time_there or self._server.clock.now()
                post = PostWire(id=post_id, channel_id=channel_id, create_at=since, delete_at=now)
            if post.delete_at or post.edit_at >= since:
                found[post_id] = post
        return found
