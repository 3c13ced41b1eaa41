"""Channels made with a history that nobody lived: for test data and imports."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from commandpost.workspace.desk import Desk
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.file import File
from commandpost.workspace.model.post import Post, Reaction
from commandpost.workspace.store import channel_joins, channels, files, posts, reactions
from commandpost.workspace.store.channel_joins import PastMembership


@dataclass(frozen=True, slots=True, kw_only=True)
class PastChannel:
    """A channel, since when its members are in it, posts, oldest first, files and reactions."""

    channel: Channel
    joined: Mapping[str, int]
    posts: tuple[Post, ...]
    files: tuple[File, ...] = ()
    reactions: tuple[Reaction, ...] = ()

    @property
    def counted(self) -> Channel:
        """The channel with what its posts add up to."""
        total = len(self.posts)
        roots = [post.create_at for post in self.posts if not post.root_id]
        last_at = max((post.create_at for post in self.posts), default=0)
        return replace(
            self.channel,
            last_post_at=last_at,
            last_root_post_at=max(roots, default=0),
            total_msg_count=total,
            total_msg_count_root=len(roots),
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
    await posts.add_past(desk.work, [post for past in pasts for post in past.posts])
    await reactions.add_past(desk.work, [one for past in pasts for one in past.reactions])
    for past in pasts:
        for file in past.files:
            await files.add(desk.work, file)


async def are_taken(desk: Desk, *, channel_id: str, post_ids: Collection[str]) -> bool:
    """Whether there is a channel or any post with one of these ids, in whatever team."""
    if await channels.by_id(desk.work, channel_id) is not None:
        return True
    return await posts.any_with_ids(desk.work, post_ids)
