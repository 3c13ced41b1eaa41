"""Pinning posts to their channel."""

from msgspec.structs import replace

from commandpost.workspace.actions import post_details
from commandpost.workspace.actions.posts import changeable
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import PostEdited
from commandpost.workspace.model.who import Who
from commandpost.workspace.store import posts


async def pin(desk: Desk, who: Who, post_id: str) -> None:
    """Pin a post; nothing happens if it is pinned. Raises UnknownPost, Forbidden, ArchivedForPosts."""
    post, _ = await changeable(desk, who, post_id)
    if not post.is_pinned:
        pinned = replace(post, is_pinned=True, update_at=max(desk.now, post.update_at + 1))
        await posts.save(desk.work, pinned)
        desk.tell(PostEdited(post=pinned, details=await post_details.of(desk, [pinned])))


async def unpin(desk: Desk, who: Who, post_id: str) -> None:
    """Unpin a post; nothing happens if it is not pinned. Raises UnknownPost, Forbidden, ArchivedForPosts."""
    post, _ = await changeable(desk, who, post_id)
    if post.is_pinned:
        unpinned = replace(post, is_pinned=False, update_at=max(desk.now, post.update_at + 1))
        await posts.save(desk.work, unpinned)
        desk.tell(PostEdited(post=unpinned, details=await post_details.of(desk, [unpinned])))
