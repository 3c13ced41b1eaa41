"""Channels made with a history that nobody lived: for test data and imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from commandpost.workspace.desk import Desk
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.post import Post
from commandpost.workspace.store import channel_joins, channels, posts
from commandpost.workspace.store.channel_joins import PastMembership


@dataclass(frozen=True, slots=True, kw_only=True)
class PastChannel:
    """A channel, since when its members are in it, and their posts, oldest first and without replies."""

    channel: Channel
    joined: Mapping[str, int]
    posts: tuple[Post, ...]

    @property
    def counted(self) -> Channel:
        """The channel with what its posts add up to."""
        total = len(self.posts)
        last_at = max((post.create_at for post in self.posts), default=0)
        return replace(
            self.channel,
            last_post_at=last_at,
            last_root_post_at=last_at,
            total_msg_count=total,
            total_msg_count_root=total,
        )


async def put(desk: Desk, pasts: Sequence[PastChannel]) -> None:
    """Store them. Nobody is told, no permission is asked, and to their members nothing is unread."""
    counted = [(past.counted, past) for past in pasts]
    await channels.insert_many(desk.work, [channel for channel, _ in counted])
    await channel_joins.add_past(
        desk.work,
        [
            PastMembership(channel=channel, user_id=user_id, join_at=at)
            for channel, past in counted
            for user_id, at in past.joined.items()
        ],
    )
    await posts.add(desk.work, [post for past in pasts for post in past.posts])
