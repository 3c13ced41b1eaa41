"""The posts by which a channel tells what happened to it."""

from commandpost.workspace.actions import posts
from commandpost.workspace.actions.posts import NewPost
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.user import User
from commandpost.workspace.wording import SystemMessage


async def say(desk: Desk, author: User, channel: Channel, what: SystemMessage) -> None:
    """Post a system message in the name of who did what it says, member or not."""
    new = NewPost(channel_id=channel.id, message=what.message, type=what.type, props=dict(what.props))
    await posts.put(desk, author, channel, new)
