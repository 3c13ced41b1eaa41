"""Reading posts: around the first unread one, what changed, pinned and saved ones. Pages: `post_pages`."""

from collections.abc import Sequence

from commandpost.kernel.errors import Forbidden
from commandpost.workspace.actions import post_details
from commandpost.workspace.actions.posts import readable
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.channel import NotChannelMember
from commandpost.workspace.model.post import Post
from commandpost.workspace.model.post_list import PostList
from commandpost.workspace.model.who import Who
from commandpost.workspace.store import channel_members, post_lists, posts

_MOST_CHANGED = 1000
_MOST_PINNED = 1000


async def since(desk: Desk, who: Who, channel_id: str, at: int) -> PostList:
    """The posts made, changed or deleted after a time, up to 1000; deleted ones are marked so."""
    await readable(desk, who, channel_id)
    return await listed(desk, await post_lists.changed_since(desk.work, channel_id, at, limit=_MOST_CHANGED))


async def around_unread(
    desk: Desk, who: Who, user_id: str, channel_id: str, *, limit_before: int, limit_after: int
) -> PostList:
    """The posts around the first one a member has not read; the newest ones if all are read.

    Raises Forbidden (for others' places, too), NotChannelMember.
    """
    if user_id != who.user_id and not who.is_system_admin:
        raise Forbidden
    await readable(desk, who, channel_id)
    member = await channel_members.member(desk.work, channel_id, user_id)
    if member is None:
        raise NotChannelMember
    newer = await post_lists.later_than(desk.work, channel_id, member.last_viewed_at, limit=limit_after + 1)
    older = await post_lists.until(desk.work, channel_id, member.last_viewed_at, limit=limit_before + 1)
    return await listed(
        desk,
        [*newer[:limit_after][::-1], *older[:limit_before]],
        next_post_id=newer[limit_after].id if len(newer) > limit_after else "",
        prev_post_id=older[limit_before].id if len(older) > limit_before else "",
    )


async def pinned(desk: Desk, who: Who, channel_id: str) -> PostList:
    """A channel's pinned posts. Raises Forbidden."""
    await readable(desk, who, channel_id)
    return await listed(desk, await post_lists.pinned(desk.work, channel_id, limit=_MOST_PINNED))


async def saved(
    desk: Desk, who: Who, user_id: str, *, team_id: str, channel_id: str, number: int, size: int
) -> PostList:
    """The posts a user saved for later; "" for all teams or channels. Raises Forbidden for others'."""
    if user_id != who.user_id and not who.is_system_admin:
        raise Forbidden
    found = await post_lists.saved(
        desk.work, user_id, team_id=team_id, channel_id=channel_id, limit=size, offset=number * size
    )
    return await listed(desk, found)


async def listed(
    desk: Desk, found: Sequence[Post], *, next_post_id: str = "", prev_post_id: str = ""
) -> PostList:
    """Posts in their order, with the first posts of their threads and all that belongs to them."""
    known = {post.id for post in found}
    missing = {post.root_id for post in found if post.root_id and post.root_id not in known}
    everything = list(found)
    if missing:
        everything += (await posts.by_ids(desk.work, sorted(missing))).values()
    return PostList(
        order=tuple([post.id for post in found]),
        posts=tuple(everything),
        details=await post_details.of(desk, everything),
        next_post_id=next_post_id,
        prev_post_id=prev_post_id,
    )
