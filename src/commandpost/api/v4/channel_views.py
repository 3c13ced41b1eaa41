"""Routes about what has been read of channels."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.params import body_id, body_ids, path_id
from commandpost.api.v4.route import get, post
from commandpost.api.v4.shapes.channels import ChannelUnreadShape, ViewedShape, channel_unread_shape
from commandpost.workspace.actions import views


class ViewBody(msgspec.Struct, kw_only=True):
    """The channel that is looked at now, and the one before it; "" for none."""

    channel_id: str | None = None
    prev_channel_id: str | None = None


@post("/channels/members/{user_id:str}/view", status_code=200)
async def view_channel(call: Call, user_id: str, data: ViewBody) -> ViewedShape:
    """Note that a user has read all there is in a channel, and in the one before it."""
    channel_ids = [body_id(given, "channel_id") for given in (data.channel_id, data.prev_channel_id) if given]
    return await _viewed(call, user_id, channel_ids)


@post("/channels/members/{user_id:str}/mark_read", status_code=200)
async def mark_channels_read(call: Call, user_id: str, data: list[str]) -> ViewedShape:
    """Note that a user has read all there is in some channels."""
    return await _viewed(call, user_id, body_ids(data, "channel_ids"))


@get("/users/{user_id:str}/channels/{channel_id:str}/unread")
async def get_channel_unread(call: Call, user_id: str, channel_id: str) -> ChannelUnreadShape:
    """What a user has not read of a channel."""
    async with call.desks.reading() as desk:
        unread = await views.unread(
            desk, call.who, path_id(call.me(user_id), "user_id"), path_id(channel_id, "channel_id")
        )
    return channel_unread_shape(unread)


async def _viewed(call: Call, user_id: str, channel_ids: list[str]) -> ViewedShape:
    async with call.desks.writing() as desk:
        times = await views.view(desk, call.who, path_id(call.me(user_id), "user_id"), channel_ids)
    return ViewedShape(last_viewed_at_times=times)


ROUTES = (view_channel, mark_channels_read, get_channel_unread)
