"""Reading posts: a channel page by page, around the first unread one, what changed, pinned and saved ones."""

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


async def page(desk: Desk, who: Who, channel_id: str, *, number: int, size: int) -> PostList:
    """A page of a channel's posts, from 0, newest first. Raises Forbidden."""
    await readable(desk, who, channel_id)
    offset = number * size
    found = await post_lists.newest(
        desk.work, channel_id, limit=size + 1 + (offset > 0), offset=max(offset - 1, 0)
    )
    return await _between(desk, found, size, has_newer=offset > 0)


async def before(desk: Desk, who: Who, channel_id: str, post_id: str, *, number: int, size: int) -> PostList:
    """A page of the posts older than one, counted from it; empty if it is not in the channel."""
    await readable(desk, who, channel_id)
    offset = number * size
    found = await post_lists.before(
        desk.work, channel_id, post_id, limit=size + 1 + (offset > 0), offset=max(offset - 1, 0)
    )
    return await _between(desk, found, size, has_newer=offset > 0, newer_id=post_id)


async def after(desk: Desk, who: Who, channel_id: str, post_id: str, *, number: int, size: int) -> PostList:
    """A page of the posts newer than one, counted from it; empty if it is not in the channel."""
    await readable(desk, who, channel_id)
    offset = number * size
    found = await post_lists.after(
        desk.work, channel_id, post_id, limit=size + 1 + (offset > 0), offset=max(offset - 1, 0)
    )
    older_id = post_id
    if offset > 0:
        older_id = found[0].id if found else ""
        found = found[1:]
    next_id = found[size].id if len(found) > size else ""
    return await listed(desk, found[:size][::-1], next_post_id=next_id, prev_post_id=older_id)


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


async def _between(
    desk: Desk, found: list[Post], size: int, *, has_newer: bool, newer_id: str = ""
) -> PostList:
    """A page, newest first, out of it and its neighbours."""
    if has_newer:
        newer_id = found[0].id if found else ""
        found = found[1:]
    older_id = found[size].id if len(found) > size else ""
    return await listed(desk, found[:size], next_post_id=newer_id, prev_post_id=older_id)
