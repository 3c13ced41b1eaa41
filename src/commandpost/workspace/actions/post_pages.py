"""Reading a channel page by page: by number from its end, or from one of its posts."""

from collections.abc import Callable, Collection, Sequence

from commandpost.kernel.errors import Forbidden
from commandpost.workspace.actions import post_details
from commandpost.workspace.actions.posts import readable
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.post_list import PostPage, PostVersion
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, may
from commandpost.workspace.store import post_pages, posts
from commandpost.workspace.store.post_pages import Direction, Listed, Place, Span

__all__ = ["Direction", "Place", "page"]


async def page(
    desk: Desk,
    who: Who,
    channel_id: str,
    place: Place,
    *,
    number: int,
    size: int,
    is_known: Callable[[str], bool],
    missing: Callable[[Collection[PostVersion]], Sequence[str]],
) -> PostPage | None:
    """A page of a channel's posts, newest first; empty from a post that is not in the channel.

    `is_known` is told the page in one text: it may know the page by that, and gets none then. `missing` is
    told which versions are on it and says which of the posts it wants. Raises Forbidden.
    """
    offset = number * size
    has_neighbour = offset > 0
    span = Span(place=place, limit=size + 1 + has_neighbour, offset=offset - has_neighbour)
    listing = await _listing(desk, who, channel_id, span)
    if is_known(listing):
        return None
    found = post_pages.listed(listing)
    near = place.post_id
    if has_neighbour:
        near = found[0].id if found else ""
        found = found[1:]
    far = found[size].id if len(found) > size else ""
    listed = found[:size]
    if place.direction is Direction.AFTER:
        listed.reverse()
        near, far = far, near
    versions = _versions(listed)
    wanted = await posts.by_ids(desk.work, missing(versions.values()))
    fresh = tuple(wanted.values())
    return PostPage(
        order=tuple([one.id for one in listed]),
        versions=versions,
        posts=fresh,
        details=await post_details.of(desk, fresh),
        next_post_id=near,
        prev_post_id=far,
    )


async def _listing(desk: Desk, who: Who, channel_id: str, span: Span) -> str:
    """What is in the span, in one text; members, who are nearly all that ask, cost one question."""
    if (as_member := await post_pages.of_member(desk.work, channel_id, who.user_id, span)) is not None:
        roles, listing = as_member
        if not may(who, Permission.READ_CHANNEL, roles):
            raise Forbidden
        return listing
    await readable(desk, who, channel_id)
    return await post_pages.of_channel(desk.work, channel_id, span)


def _versions(listed: Sequence[Listed]) -> dict[str, PostVersion]:
    versions = {one.id: PostVersion(one.id, one.update_at, one.reply_count) for one in listed}
    for one in listed:
        if one.root_id and one.root_id not in versions:
            versions[one.root_id] = PostVersion(one.root_id, one.root_update_at, one.reply_count)
    return versions
