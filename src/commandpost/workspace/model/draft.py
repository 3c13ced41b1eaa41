"""A post that may be made: who may post what was decided, storing it is what remains."""

import msgspec

from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.post import Post


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A permitted post. Its `create_at` is 0 for "when it is stored".

    `author_name` is the username; the author's own counters advance if they are a person, not a bot.
    `calls_everyone` tells whether @channel, @all and @here are heard.
    """

    post: Post
    channel: Channel
    author_name: str
    is_by_person: bool
    calls_everyone: bool
    sets_online: bool
