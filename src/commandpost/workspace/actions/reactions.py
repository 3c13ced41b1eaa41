"""Reactions: adding one's own, taking them back, seeing those of others."""

import re
from collections.abc import Sequence

from commandpost.kernel.errors import Forbidden, Invalid
from commandpost.workspace.actions import posts
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import ReactionAdded, ReactionRemoved
from commandpost.workspace.model.post import Reaction
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission
from commandpost.workspace.store import reactions

_EMOJI_NAME = re.compile(r"[a-zA-Z0-9_+\-]{1,64}")


class BadEmojiName(Invalid):
    """The name of the emoji is not valid."""

    code = "reaction.emoji_name"


async def add(desk: Desk, who: Who, *, user_id: str, post_id: str, emoji_name: str) -> Reaction:
    """React to a post; a second time changes nothing.

    Raises Forbidden (for others, too), BadEmojiName, UnknownPost, ArchivedForPosts.
    """
    if user_id != who.user_id:
        raise Forbidden
    if not _EMOJI_NAME.fullmatch(emoji_name):
        raise BadEmojiName
    post, there = await posts.changeable(desk, who, post_id)
    there.permit(who, Permission.ADD_REACTION)
    reaction = Reaction(user_id=user_id, post_id=post_id, emoji_name=emoji_name, create_at=desk.now)
    earlier = await reactions.add(desk.work, reaction, desk.now)
    if earlier is not None:
        return earlier
    desk.tell(ReactionAdded(reaction=reaction, channel_id=post.channel_id))
    return reaction


async def remove(desk: Desk, who: Who, *, user_id: str, post_id: str, emoji_name: str) -> None:
    """Take a reaction back; nothing happens if there is none.

    Raises Forbidden, UnknownPost, ArchivedForPosts.
    """
    post, there = await posts.changeable(desk, who, post_id)
    there.permit(who, Permission.REMOVE_REACTION)
    if user_id != who.user_id:
        there.permit(who, Permission.REMOVE_OTHERS_REACTIONS)
    if await reactions.remove(
        desk.work, post_id=post_id, user_id=user_id, emoji_name=emoji_name, at=desk.now
    ):
        reaction = Reaction(user_id=user_id, post_id=post_id, emoji_name=emoji_name, create_at=desk.now)
        desk.tell(ReactionRemoved(reaction=reaction, channel_id=post.channel_id))


async def of_post(desk: Desk, who: Who, post_id: str) -> tuple[Reaction, ...]:
    """The reactions to a post. Raises UnknownPost, Forbidden."""
    await posts.get(desk, who, post_id)
    return (await reactions.of_posts(desk.work, [post_id])).get(post_id, ())


async def of_posts(desk: Desk, who: Who, post_ids: Sequence[str]) -> dict[str, tuple[Reaction, ...]]:
    """The reactions to those of the posts that the caller may read; an empty tuple where there are none."""
    readable = await posts.get_many(desk, who, post_ids)
    found = await reactions.of_posts(desk.work, [post.id for post in readable])
    return {post.id: found.get(post.id, ()) for post in readable}
