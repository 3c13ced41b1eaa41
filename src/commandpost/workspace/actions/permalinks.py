"""Links to posts that do not say in which team the post is."""

from commandpost.kernel.errors import Forbidden
from commandpost.workspace.actions import posts
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.post import UnknownPost
from commandpost.workspace.model.team import Team
from commandpost.workspace.model.who import Who
from commandpost.workspace.store import posts as post_store
from commandpost.workspace.store import team_lists, teams


async def team_of(desk: Desk, who: Who, post_id: str) -> Team:
    """The team in which the caller can read a post; of posts in direct channels, one of the caller's.

    Raises UnknownPost, also for posts that the caller may not read.
    """
    post = await post_store.by_id(desk.work, post_id)
    if post is None or post.delete_at:
        raise UnknownPost
    try:
        there = await posts.readable(desk, who, post.channel_id)
    except Forbidden as cause:
        raise UnknownPost from cause
    if there.channel.team_id:
        team = await teams.by_id(desk.work, there.channel.team_id)
    else:
        own = await team_lists.of_user(desk.work, who.user_id)
        team = own[0][0] if own else None
    if team is None:
        raise UnknownPost
    return team
