"""Routes about who is in a channel."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.paging import page_of
from commandpost.api.v4.params import BadBodyParameter, body_id, body_ids, path_id
from commandpost.api.v4.route import delete, get, post, put
from commandpost.api.v4.shapes.channels import ChannelMemberShape, channel_member_shape
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.api.v4.shapes.roles import SchemeRolesBody
from commandpost.workspace.actions import channel_members, channels, leaving

_MOST_AT_ONCE = 256
_ALL = 1_000_000


class NewMemberBody(msgspec.Struct, kw_only=True):
    """Who is to become a member: one user, or several."""

    user_id: str | None = None
    user_ids: list[str] | None = None
    post_root_id: str | None = None


class RolesBody(msgspec.Struct, kw_only=True):
    """Space separated names of roles."""

    roles: str


@post("/channels/{channel_id:str}/members", status_code=201)
async def add_channel_member(
    call: Call, channel_id: str, data: NewMemberBody
) -> ChannelMemberShape | list[ChannelMemberShape]:
    """Join a channel, or add others to it: all of them or none."""
    channel_id = path_id(channel_id, "channel_id")
    if data.user_ids is not None:
        user_ids = body_ids(data.user_ids, "user_ids", most=_MOST_AT_ONCE)
    else:
        user_ids = [body_id(call.me(data.user_id or ""), "user_id")]
    async with call.desks.writing() as desk:
        added = [await channels.add(desk, call.who, channel_id, user_id) for user_id in user_ids]
    shapes = [channel_member_shape(member) for member in added]
    return shapes if data.user_ids is not None else shapes[0]


@get("/channels/{channel_id:str}/members")
async def list_channel_members(call: Call, channel_id: str) -> list[ChannelMemberShape]:
    """A page of a channel's members."""
    page = page_of(call.request)
    async with call.desks.reading() as desk:
        found = await channel_members.page(
            desk, call.who, path_id(channel_id, "channel_id"), limit=page.size, offset=page.offset
        )
    return [channel_member_shape(member) for member in found]


@post("/channels/{channel_id:str}/members/ids", status_code=200)
async def get_channel_members_by_ids(
    call: Call, channel_id: str, data: list[str]
) -> list[ChannelMemberShape]:
    """Those of the users who are members of a channel."""
    user_ids = body_ids(data, "user_ids")
    async with call.desks.reading() as desk:
        found = await channel_members.of_users(desk, call.who, path_id(channel_id, "channel_id"), user_ids)
    return [channel_member_shape(member) for member in found]


@get("/channels/{channel_id:str}/members/{user_id:str}")
async def get_channel_member(call: Call, channel_id: str, user_id: str) -> ChannelMemberShape:
    """One member of a channel."""
    async with call.desks.reading() as desk:
        member = await channel_members.get(
            desk, call.who, path_id(channel_id, "channel_id"), path_id(call.me(user_id), "user_id")
        )
    return channel_member_shape(member)


@delete("/channels/{channel_id:str}/members/{user_id:str}")
async def remove_channel_member(call: Call, channel_id: str, user_id: str) -> Done:
    """Leave a channel, or take somebody out of it."""
    async with call.desks.writing() as desk:
        await leaving.remove_member(
            desk, call.who, path_id(channel_id, "channel_id"), path_id(call.me(user_id), "user_id")
        )
    return DONE


@put("/channels/{channel_id:str}/members/{user_id:str}/roles")
async def set_channel_member_roles(call: Call, channel_id: str, user_id: str, data: RolesBody) -> Done:
    """Give a member roles, by name."""
    return await _set_roles(call, channel_id, user_id, data.roles)


@put("/channels/{channel_id:str}/members/{user_id:str}/schemeRoles")
async def set_channel_member_scheme_roles(
    call: Call, channel_id: str, user_id: str, data: SchemeRolesBody
) -> Done:
    """Give a member roles, as flags."""
    return await _set_roles(call, channel_id, user_id, data.names("channel"))


@put("/channels/{channel_id:str}/members/{user_id:str}/notify_props")
async def set_channel_notify_props(call: Call, channel_id: str, user_id: str, data: dict[str, str]) -> Done:
    """Change what a member wants to be told of."""
    async with call.desks.writing() as desk:
        await channel_members.set_notify_props(
            desk, call.who, path_id(channel_id, "channel_id"), path_id(call.me(user_id), "user_id"), data
        )
    return DONE


@get("/channels/{channel_id:str}/timezones")
async def list_channel_timezones(call: Call, channel_id: str) -> list[str]:
    """The time zones of a channel's members."""
    async with call.desks.reading() as desk:
        return await channel_members.timezones(desk, call.who, path_id(channel_id, "channel_id"))


@get("/users/{user_id:str}/teams/{team_id:str}/channels/members")
async def list_channel_memberships_in_team(
    call: Call, user_id: str, team_id: str
) -> list[ChannelMemberShape]:
    """A user's memberships in a team, with those of all their direct and group channels."""
    async with call.desks.reading() as desk:
        found = await channel_members.of_user_in_team(
            desk, call.who, path_id(call.me(user_id), "user_id"), path_id(team_id, "team_id")
        )
    return [channel_member_shape(member) for member in found]


@get("/users/{user_id:str}/channel_members")
async def list_channel_memberships(call: Call, user_id: str) -> list[ChannelMemberShape]:
    """A user's memberships everywhere; page -1 is all of them."""
    page = page_of(call.request)
    everything = call.request.query_params.get("page") == "-1"
    async with call.desks.reading() as desk:
        found = await channel_members.of_user(
            desk,
            call.who,
            path_id(call.me(user_id), "user_id"),
            limit=_ALL if everything else page.size,
            offset=0 if everything else page.offset,
        )
    return [channel_member_shape(member) for member in found]


async def _set_roles(call: Call, channel_id: str, user_id: str, roles: str) -> Done:
    if not roles:
        raise BadBodyParameter("Invalid or missing roles in request body.")
    async with call.desks.writing() as desk:
        await channel_members.set_roles(
            desk, call.who, path_id(channel_id, "channel_id"), path_id(call.me(user_id), "user_id"), roles
        )
    return DONE


ROUTES = (
    add_channel_member,
    list_channel_members,
    get_channel_members_by_ids,
    get_channel_member,
    remove_channel_member,
    set_channel_member_roles,
    set_channel_member_scheme_roles,
    set_channel_notify_props,
    list_channel_timezones,
    list_channel_memberships_in_team,
    list_channel_memberships,
)
