"""Routes about channels: made, fetched, changed, archived. Lists of them are in `channel_lists`."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.paging import flag
from commandpost.api.v4.params import BadBodyParameter, body_id, body_ids, path_id
from commandpost.api.v4.route import delete, get, post, put
from commandpost.api.v4.shapes.channels import (
    ChannelShape,
    ChannelStatsShape,
    channel_shape,
    channel_stats_shape,
)
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import channel_changes, channel_lists, channels, direct_channels
from commandpost.workspace.actions.channel_changes import ChannelChange
from commandpost.workspace.model.channel import ChannelType, NewChannel

_MOST_IN_GROUP = 100


class NewChannelBody(msgspec.Struct, kw_only=True):
    """A channel asked for: type O is public, P is private."""

    team_id: str
    name: str
    display_name: str
    type: str
    purpose: str | None = None
    header: str | None = None


class ChannelChangeBody(msgspec.Struct, kw_only=True):
    """What of a channel is to be changed; what is left out stays."""

    id: str | None = None
    name: str | None = None
    display_name: str | None = None
    header: str | None = None
    purpose: str | None = None


class PrivacyBody(msgspec.Struct, kw_only=True):
    """What a channel is to be: O public, P private."""

    privacy: str


@post("/channels", status_code=201)
async def create_channel(call: Call, data: NewChannelBody) -> ChannelShape:
    """Make a public or private channel; the caller is its administrator."""
    new = NewChannel(
        team_id=body_id(data.team_id, "team_id"),
        name=data.name,
        display_name=data.display_name,
        type=_type(data.type, "type"),
        purpose=data.purpose or "",
        header=data.header or "",
    )
    async with call.desks.writing() as desk:
        return channel_shape(await channels.create(desk, call.who, new))


@post("/channels/direct", status_code=201)
async def create_direct_channel(call: Call, data: list[str]) -> ChannelShape:
    """The direct channel of two users, made if need be; an id twice is a channel with oneself."""
    if len(data) != 2:
        raise BadBodyParameter("A direct channel is between two user ids.")
    pair = (body_id(data[0], "user_id"), body_id(data[1], "user_id"))
    async with call.desks.writing() as desk:
        return channel_shape(await direct_channels.direct(desk, call.who, pair))


@post("/channels/group", status_code=201)
async def create_group_channel(call: Call, data: list[str]) -> ChannelShape:
    """The group channel of some users and the caller, made if need be."""
    user_ids = body_ids(data, "user_ids", most=_MOST_IN_GROUP)
    async with call.desks.writing() as desk:
        return channel_shape(await direct_channels.group(desk, call.who, user_ids))


@get("/channels/{channel_id:str}")
async def get_channel(call: Call, channel_id: str) -> ChannelShape:
    """One channel: public in a team of one's own, or one's own."""
    async with call.desks.reading() as desk:
        return channel_shape(await channel_lists.get(desk, call.who, path_id(channel_id, "channel_id")))


@get("/teams/{team_id:str}/channels/name/{channel_name:str}")
async def get_channel_by_name(call: Call, team_id: str, channel_name: str) -> ChannelShape:
    """A team's channel of a name."""
    with_archived = flag(call.request.query_params, "include_deleted")
    async with call.desks.reading() as desk:
        found = await channel_lists.by_name(
            desk, call.who, path_id(team_id, "team_id"), channel_name, with_archived=with_archived
        )
    return channel_shape(found)


@get("/teams/name/{name:str}/channels/name/{channel_name:str}")
async def get_channel_by_team_name(call: Call, name: str, channel_name: str) -> ChannelShape:
    """A channel by its name and its team's."""
    with_archived = flag(call.request.query_params, "include_deleted")
    async with call.desks.reading() as desk:
        found = await channel_lists.by_team_name(
            desk, call.who, name, channel_name, with_archived=with_archived
        )
    return channel_shape(found)


@put("/channels/{channel_id:str}")
async def update_channel(call: Call, channel_id: str, data: ChannelChangeBody) -> ChannelShape:
    """Change a channel's names, header and purpose; an empty name stays as it is."""
    if data.id not in (None, channel_id):
        raise BadBodyParameter("Invalid or missing channel_id in request body.")
    return await _changed(
        call,
        channel_id,
        ChannelChange(
            name=data.name or None,
            display_name=data.display_name or None,
            header=data.header,
            purpose=data.purpose,
        ),
    )


@put("/channels/{channel_id:str}/patch")
async def patch_channel(call: Call, channel_id: str, data: ChannelChangeBody) -> ChannelShape:
    """Change some fields of a channel."""
    return await _changed(
        call,
        channel_id,
        ChannelChange(
            name=data.name, display_name=data.display_name, header=data.header, purpose=data.purpose
        ),
    )


@put("/channels/{channel_id:str}/privacy")
async def convert_channel(call: Call, channel_id: str, data: PrivacyBody) -> ChannelShape:
    """Make a public channel private, or a private one public."""
    kind = _type(data.privacy, "privacy")
    async with call.desks.writing() as desk:
        converted = await channel_changes.convert(desk, call.who, path_id(channel_id, "channel_id"), kind)
    return channel_shape(converted)


@delete("/channels/{channel_id:str}")
async def archive_channel(call: Call, channel_id: str) -> Done:
    """Make a channel read-only; nothing in it is lost."""
    async with call.desks.writing() as desk:
        await channel_changes.archive(desk, call.who, path_id(channel_id, "channel_id"))
    return DONE


@post("/channels/{channel_id:str}/restore", status_code=200)
async def restore_channel(call: Call, channel_id: str) -> ChannelShape:
    """Bring an archived channel back."""
    async with call.desks.writing() as desk:
        restored = await channel_changes.restore(desk, call.who, path_id(channel_id, "channel_id"))
    return channel_shape(restored)


@get("/channels/{channel_id:str}/stats")
async def get_channel_stats(call: Call, channel_id: str) -> ChannelStatsShape:
    """How many members, guests, pinned posts and files a channel has."""
    async with call.desks.reading() as desk:
        stats = await channel_lists.stats(desk, call.who, path_id(channel_id, "channel_id"))
    return channel_stats_shape(channel_id, stats)


async def _changed(call: Call, channel_id: str, wanted: ChannelChange) -> ChannelShape:
    async with call.desks.writing() as desk:
        changed = await channel_changes.change(desk, call.who, path_id(channel_id, "channel_id"), wanted)
    return channel_shape(changed)


def _type(text: str, field: str) -> ChannelType:
    if text not in (ChannelType.PUBLIC, ChannelType.PRIVATE):
        raise BadBodyParameter(f"Invalid or missing {field} in request body.")
    return ChannelType(text)


ROUTES = (
    create_channel,
    create_direct_channel,
    create_group_channel,
    get_channel,
    get_channel_by_name,
    get_channel_by_team_name,
    update_channel,
    patch_channel,
    convert_channel,
    archive_channel,
    restore_channel,
    get_channel_stats,
)
