"""Posts of incidents' channels as they come, by event or by asking: each is taken in once."""

from commandpost.chat.mattermost.store import heard
from commandpost.chat.mattermost.wire import PostWire
from commandpost.db import Work
from commandpost.incidents.actions import witness
from commandpost.kernel.clock import Millis

MARK = "commandpost_errand"
"""The prop by which a post of ours is known again."""

_SYSTEM = "system_"


async def take_in(work: Work, post: PostWire, *, bot_id: str, since: int = 0, deleted_by: str = "") -> None:
    """Tell the incident what became of a post: written since that time, edited, deleted.

    What we posted ourselves the log tells already.
    """
    if post.type.startswith(_SYSTEM):
        return
    await witness.hold(work, [post.channel_id])
    if post.delete_at:
        await witness.post_deleted(work, post_id=post.id, by=deleted_by, at=Millis(post.delete_at))
        return
    at, edited_at = Millis(post.create_at), Millis(post.edit_at)
    is_ours = post.user_id == bot_id or MARK in (post.props or {})
    if at >= since and not is_ours and await heard.take_in(work, post.id, at=at):
        await witness.post_seen(
            work,
            channel_id=post.channel_id,
            post_id=post.id,
            author_id=post.user_id,
            root_id=post.root_id,
            at=at,
        )
    if edited_at and await heard.take_in(work, f"{post.id} {edited_at}", at=edited_at):
        await witness.post_edited(work, post_id=post.id, by=post.user_id, at=edited_at)
