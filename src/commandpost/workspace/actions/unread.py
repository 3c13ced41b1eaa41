"""Setting a post, and what came after it, to unread."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from commandpost.kernel.errors import Forbidden
from commandpost.workspace.actions.posts import readable
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import PostUnread
from commandpost.workspace.model.channel import Channel, ChannelMember, NotChannelMember
from commandpost.workspace.model.mentions import calls_in, keys_of
from commandpost.workspace.model.post import Post, UnknownPost
from commandpost.workspace.model.user import User
from commandpost.workspace.model.who import Who
from commandpost.workspace.store import channel_members, counters, post_lists, posts, users

_MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What a member's counters are after setting a post to unread."""

    member: ChannelMember
    team_id: str


async def set_unread(desk: Desk, who: Who, user_id: str, post_id: str) -> Unread:
    """Make a post the first unread one of its channel for a member.

    Raises Forbidden (for others, too), UnknownPost, NotChannelMember.
    """
    if user_id != who.user_id and not who.is_system_admin:
        raise Forbidden
    post = await posts.by_id(desk.work, post_id)
    if post is None or post.delete_at:
        raise UnknownPost
    await readable(desk, who, post.channel_id)
    channel = (await counters.locked(desk.work, [post.channel_id]))[post.channel_id]
    member = await channel_members.locked(desk.work, channel.id, user_id)
    user = await users.by_id(desk.work, user_id)
    if member is None or user is None:
        raise NotChannelMember
    unread = await post_lists.later_than(desk.work, channel.id, post.create_at - 1, limit=_MOST_COUNTED)
    counted = [one for one in unread if one.is_counted]
    calling = [one for one in counted if _calls(one, user, channel, member.notify_props)]
    member = replace(
        member,
        last_viewed_at=post.create_at - 1,
        msg_count=max(channel.total_msg_count - len(counted), 0),
        msg_count_root=max(channel.total_msg_count_root - _roots(counted), 0),
        mention_count=len(calling),
        mention_count_root=_roots(calling),
        last_update_at=desk.now,
    )
    await counters.set_member(desk.work, member, desk.now)
    desk.tell(PostUnread(member=member, post_id=post_id, team_id=channel.team_id))
    return Unread(member=member, team_id=channel.team_id)


def _roots(posts: list[Post]) -> int:
    return sum(not post.root_id for post in posts)


def _calls(post: Post, user: User, channel: Channel, notify_props: Mapping[str, str]) -> bool:
    """Whether a post calls a member, as far as the post itself tells."""
    if post.user_id == user.id or post.is_system:
        return False
    if channel.is_direct:
        return True
    calls = calls_in(post.message, post.props)
    hears_everyone = (
        notify_props.get("ignore_channel_mentions") != "on" and user.notify_props.get("channel") != "false"
    )
    return (
        user.username in calls.names
        or not calls.words.isdisjoint(keys_of(user))
        or (bool(calls.everyone) and hears_everyone)
    )
