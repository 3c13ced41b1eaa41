"""What has been read: channels viewed, and what is left unread in one."""

from collections.abc import Sequence
from dataclasses import dataclass

from commandpost.workspace.desk import Desk
from commandpost.workspace.events import ChannelViewed
from commandpost.workspace.model.channel import Channel, ChannelMember, NotChannelMember
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit_self_or_admin
from commandpost.workspace.store import channel_members, channel_views, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What a member has not read of a channel. Muted members only count mentions."""

    channel: Channel
    member: ChannelMember

    @property
    def msg_count(self) -> int:
        if self.member.is_muted:
            return 0
        return max(0, self.channel.total_msg_count - self.member.msg_count)

    @property
    def msg_count_root(self) -> int:
        if self.member.is_muted:
            return 0
        return max(0, self.channel.total_msg_count_root - self.member.msg_count_root)


async def view(desk: Desk, who: Who, user_id: str, channel_ids: Sequence[str]) -> dict[str, int]:
    """Note that a user has read all there is in some channels; those they are not in are passed over.

    Gives, by channel, the time up to which they have read. Raises Forbidden for others' channels.
    """
    permit_self_or_admin(who, user_id)
    if not channel_ids:
        return {}
    times = await channel_views.view(desk.work, user_id, sorted(set(channel_ids)), desk.now)
    if times:
        desk.tell(ChannelViewed(user_id=user_id, times=times))
    return times


async def unread(desk: Desk, who: Who, user_id: str, channel_id: str) -> Unread:
    """What a user has not read of a channel. Raises UnknownChannel, Forbidden, NotChannelMember."""
    permit_self_or_admin(who, user_id)
    there = await standing.in_known_channel(desk.work, who.user_id, channel_id)
    there.permit(who, Permission.READ_CHANNEL)
    member = await channel_members.member(desk.work, channel_id, user_id)
    if member is None:
        raise NotChannelMember
    return Unread(channel=there.channel, member=member)
