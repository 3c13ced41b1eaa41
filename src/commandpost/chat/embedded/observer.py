"""What happens in the workspace's channels, reported to the core within the same unit of work."""

from collections import OrderedDict
from collections.abc import Sequence

from commandpost.chat.embedded import values
from commandpost.db import Work
from commandpost.incidents.actions import membership, witness
from commandpost.incidents.model.timeline import ChannelChange
from commandpost.kernel.clock import Millis
from commandpost.workspace.model.channel import Channel, ChannelType
from commandpost.workspace.model.post import Post
from commandpost.workspace.store import users

_MOST_REMEMBERED = 50_000


class IncidentObserver:
    """`workspace.observers.ChannelObserver`.

    Remembers which channels are of incidents and which are not: a channel is made for its incident, in the
    same transaction, so what it is it stays.
    """

    def __init__(self) -> None:
        self._followed: OrderedDict[str, bool] = OrderedDict()

    async def about_to_change(self, work: Work, channel_ids: Sequence[str]) -> None:
        followed = [one for one in channel_ids if await self._is_followed(work, one)]
        if followed:
            await witness.hold(work, followed)

    async def channel_joined(self, work: Work, now: Millis, channel: Channel, user_id: str, by: str) -> None:
        if await self._is_followed(work, channel.id):
            user = await users.by_id(work, user_id)
            if user is not None:
                await membership.joined(
                    work, channel_id=channel.id, user=values.user_seen(user), by=by, at=now
                )

    async def channel_left(self, work: Work, now: Millis, channel: Channel, user_id: str, by: str) -> None:
        if await self._is_followed(work, channel.id):
            await membership.left(work, channel_id=channel.id, user_id=user_id, by=by, at=now)

    async def channel_converted(self, work: Work, now: Millis, channel: Channel) -> None:
        if await self._is_followed(work, channel.id):
            turned = (
                membership.turned_public if channel.type == ChannelType.PUBLIC else membership.turned_private
            )
            await turned(work, channel_id=channel.id)

    async def channel_archived(self, work: Work, now: Millis, channel: Channel, by: str) -> None:
        if await self._is_followed(work, channel.id):
            await witness.channel_changed(
                work,
                channel_id=channel.id,
                change=ChannelChange.ARCHIVED if channel.is_archived else ChannelChange.RESTORED,
                name=channel.display_name,
                by=by,
                at=now,
            )

    async def post_made(self, work: Work, now: Millis, channel: Channel, post: Post) -> None:
        if not post.is_system and await self._is_followed(work, channel.id):
            await witness.post_seen(
                work,
                channel_id=channel.id,
                post_id=post.id,
                author_id=post.user_id,
                root_id=post.root_id,
                at=Millis(post.create_at),
            )

    async def post_edited(self, work: Work, now: Millis, post: Post, by: str) -> None:
        if await self._is_followed(work, post.channel_id):
            await witness.post_edited(work, post_id=post.id, by=by, at=now)

    async def post_deleted(self, work: Work, now: Millis, post: Post, by: str) -> None:
        if await self._is_followed(work, post.channel_id):
            await witness.post_deleted(work, post_id=post.id, by=by, at=now)

    async def presence_changed(self, work: Work, now: Millis, user_id: str, status: str) -> None:
        await witness.presence_changed(work, user_id=user_id, status=status, at=now)

    async def _is_followed(self, work: Work, channel_id: str) -> bool:
        known = self._followed.get(channel_id)
        if known is None:
            known = await witness.is_followed(work, channel_id)
            self._followed[channel_id] = known
            if len(self._followed) > _MOST_REMEMBERED:
                self._followed.popitem(last=False)
        return known
