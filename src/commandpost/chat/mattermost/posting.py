"""Posting what an errand says: once, by whom, and how late.

A call whose answer is lost may have arrived. So a post bears the id of its errand, and before it is made once
more it is looked for. Who posts over there is decided when it is done: an author with the session that their
request brought, as long as that is fresh, otherwise the bot, which names them. Sessions stay in memory.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from commandpost.chat.mattermost.client import Client, Refused, read
from commandpost.chat.mattermost.posts_heard import MARK
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.store.errands import Errand
from commandpost.chat.mattermost.wire import PostsWire, PostWire
from commandpost.kernel.clock import MINUTE_MS, SECOND_MS

DELAYED_MS = MINUTE_MS
"""What is posted so long after it happened says so."""

_LOOKED_BACK_MS = 10 * MINUTE_MS
_MOST_PAGES = 10
_PAGE = 200
_LONGEST_MESSAGE = 16_383


class Posting:
    """Makes posts."""

    def __init__(self, server: Mattermost) -> None:
        self._server = server

    async def post(self, errand: Errand) -> PostWire:
        """Post it once, however often this is tried. Raises Unreachable, Refused."""
        if errand.attempts > 1:
            made = await found(self._server.client, errand.channel_id, MARK, errand.id, since=errand.tried_at)
            if made is not None:
                return made
        token = self._server.loans.token(errand.id)
        is_late = self._server.clock.now() - errand.create_at >= DELAYED_MS
        if token and not is_late:
            with suppress(Refused):
                return await self._made(errand, errand.content["message"], token)
        return await self._made(errand, self._told_by_bot(errand, is_late=is_late), "")

    async def _made(self, errand: Errand, message: str, token: str) -> PostWire:
        """Post it. Whoever posts, the pending id is the same, so that Mattermost takes it once."""
        props: dict[str, Any] = {MARK: errand.id}
        attachments: list[Any] = [*(errand.content.get("attachments") or ())]
        if len(message) > _LONGEST_MESSAGE:
            attachments.append({"text": message[_LONGEST_MESSAGE:]})
        if attachments:
            props["attachments"] = attachments
        body = {
            "channel_id": errand.channel_id,
            "message": message[:_LONGEST_MESSAGE],
            "props": props,
            "pending_post_id": f"{errand.user_id or self._server.bot.id}:{errand.id}",
        }
        answer = await self._server.client.call("POST", "/posts", token=token, body=body, probing=True)
        return read(answer, PostWire)

    def _told_by_bot(self, errand: Errand, *, is_late: bool) -> str:
        message: str = errand.content["message"]
        if author := errand.content.get("author"):
            message = f"@{author}:\n\n{message}"
        if is_late:
            at = datetime.fromtimestamp(errand.create_at / SECOND_MS, UTC)
            message = f"{message}\n\n_Delayed: this is of {at:%Y-%m-%d %H:%M} UTC._"
        return message


async def found(client: Client, channel_id: str, prop: str, value: str, *, since: int) -> PostWire | None:
    """The post of a channel with this prop, if an attempt since then made it after all.

    Raises Unreachable, Refused.
    """
    for page in range(_MOST_PAGES):
        query: Mapping[str, str | int] = {"page": page, "per_page": _PAGE}
        answer = await client.call("GET", f"/channels/{channel_id}/posts", query=query, probing=True)
        listed = read(answer, PostsWire)
        posts = listed.posts or {}
        for post in posts.values():
            if (post.props or {}).get(prop) == value and not post.delete_at:
                return post
        if not listed.newest or min(one.create_at for one in posts.values()) < since - _LOOKED_BACK_MS:
            return None
    return None
