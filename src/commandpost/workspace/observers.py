"""Who takes part in what happens in channels, and in who is there, inside the same unit of work.

Facts (`events`) leave after the commit and may be lost; an observer's writes are committed together with
what it observed. Handed to every desk by the wiring.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeAlias

from commandpost.db import Work
from commandpost.kernel.clock import Millis
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.post import Post

Quiet: TypeAlias = Callable[[Work, str], Awaitable[bool]]
"""Whether a product wants nothing outside to be called from the channel of that id."""


class ChannelObserver(Protocol):
    """Called for every channel, so it must be cheap for those that do not concern it."""

    async def about_to_change(self, work: Work, channel_ids: Sequence[str]) -> None:
        """Members or posts of these channels will change in this work, which has locked nothing yet.

        The moment to lock what is one's own: whoever locks both takes the observer's rows before the chat's.
        """

    async def channel_joined(self, work: Work, now: Millis, channel: Channel, user_id: str, by: str) -> None:
        """A user became a member; `by` is the user's own id, or that of who added them."""

    async def channel_left(self, work: Work, now: Millis, channel: Channel, user_id: str, by: str) -> None:
        """A user is no longer a member; `by` is the user's own id, or that of who removed them."""

    async def post_made(self, work: Work, now: Millis, channel: Channel, post: Post) -> None:
        """A post is in its channel; system posts too."""

    async def post_edited(self, work: Work, now: Millis, post: Post, by: str) -> None:
        """A post has another message."""

    async def post_deleted(self, work: Work, now: Millis, post: Post, by: str) -> None:
        """A post is gone."""

    async def channel_converted(self, work: Work, now: Millis, channel: Channel) -> None:
        """A public channel is private now, or a private one public."""

    async def channel_archived(self, work: Work, now: Millis, channel: Channel, by: str) -> None:
        """A channel is archived now, or, if it `is_archived` no more, restored."""

    async def presence_changed(self, work: Work, now: Millis, user_id: str, status: str) -> None:
        """A user is online, away, offline or not to be disturbed now."""
