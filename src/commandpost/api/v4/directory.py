"""Routes for lists of users: paged, searched, offered while typing."""

import msgspec

from commandpost.api.call import ApiRequest, Call
from commandpost.api.v4.paging import flag, page_of, whole_number
from commandpost.api.v4.params import BadBodyParameter, BadPathParameter, body_ids, path_id
from commandpost.api.v4.route import get, post
from commandpost.api.v4.shapes.users import UserShape, users_for
from commandpost.kernel.ids import is_id
from commandpost.workspace.actions import directory
from commandpost.workspace.store.directory import Order, Wanted

_USUAL_FIND = 100
_LARGEST_FIND = 1000
_MOST_CHANNELS = 200
_NARROWED = frozenset({Order.CREATE_AT, Order.LAST_ACTIVITY_AT})
_OF_CHANNEL = frozenset({Order.STATUS, Order.ADMIN})


class SearchBody(msgspec.Struct, kw_only=True):
    """Which users to look for, and where."""

    term: str
    team_id: str | None = None
    not_in_team_id: str | None = None
    in_channel_id: str | None = None
    not_in_channel_id: str | None = None
    role: str | None = None
    without_team: bool | None = None
    allow_inactive: bool | None = None
    limit: int | None = None


class OfferedShape(msgspec.Struct, kw_only=True):
    """Users offered for a beginning of a name; with a channel, its members and the others."""

    users: list[UserShape]
    out_of_channel: list[UserShape]


class UserCount(msgspec.Struct, kw_only=True):
    """How many active accounts there are, bots among them, as in the list of all users."""

    total_users_count: int


@get("/users")
async def list_users(call: Call) -> list[UserShape]:
    """Users, by where they are or are not."""
    query, page = call.request.query_params, page_of(call.request)
    in_channel = _id(call.request, "in_channel")
    wanted = Wanted(
        in_team="" if in_channel else _id(call.request, "in_team"),
        not_in_team=_id(call.request, "not_in_team"),
        in_channel=in_channel,
        not_in_channel=_id(call.request, "not_in_channel"),
        role=query.get("role", ""),
        without_team=flag(query, "without_team"),
        only_active=flag(query, "active"),
        only_inactive=flag(query, "inactive"),
    )
    if wanted.not_in_channel and not wanted.in_team:
        raise BadPathParameter("Invalid or missing in_team parameter in request URL.")
    async with call.desks.reading() as desk:
        found = await directory.page(
            desk, call.who, wanted, _order(query.get("sort", ""), wanted), limit=page.size, offset=page.offset
        )
    return users_for(call.who, found, call.desks.config)


@post("/users/search", status_code=200)
async def search_users(call: Call, data: SearchBody) -> list[UserShape]:
    """Users whose username, first name, last name or nickname begins so."""
    if not data.term.strip():
        raise BadBodyParameter("Invalid or missing term in request body.")
    limit = _USUAL_FIND if data.limit is None else data.limit
    if not 1 <= limit <= _LARGEST_FIND:
        raise BadBodyParameter("Invalid or missing limit in request body.")
    wanted = Wanted(
        in_team="" if data.in_channel_id else _body_id(data.team_id, "team_id"),
        not_in_team=_body_id(data.not_in_team_id, "not_in_team_id"),
        in_channel=_body_id(data.in_channel_id, "in_channel_id"),
        not_in_channel=_body_id(data.not_in_channel_id, "not_in_channel_id"),
        role=data.role or "",
        without_team=bool(data.without_team),
        only_active=not data.allow_inactive,
    )
    if wanted.not_in_channel and not data.team_id:
        raise BadBodyParameter("Invalid or missing team_id in request body.")
    async with call.desks.reading() as desk:
        found = await directory.search(desk, call.who, wanted, data.term, limit=limit)
    return users_for(call.who, found, call.desks.config)


@get("/users/autocomplete")
async def offer_users(call: Call) -> OfferedShape:
    """Active users whose names begin so, in a team or a channel."""
    query = call.request.query_params
    async with call.desks.reading() as desk:
        offered = await directory.offer(
            desk,
            call.who,
            query.get("name", ""),
            team_id=_id(call.request, "in_team"),
            channel_id=_id(call.request, "in_channel"),
            limit=min(whole_number(query, "limit", _USUAL_FIND) or _USUAL_FIND, _LARGEST_FIND),
        )
    config = call.desks.config
    return OfferedShape(
        users=users_for(call.who, offered.users, config),
        out_of_channel=users_for(call.who, offered.out_of_channel, config),
    )


@get("/users/known")
async def list_known_users(call: Call) -> list[str]:
    """The ids of users who share a channel with the caller."""
    async with call.desks.reading() as desk:
        return await directory.known(desk, call.who)


@get("/users/stats")
async def count_users(call: Call) -> UserCount:
    """How many active accounts there are, bots among them."""
    async with call.desks.reading() as desk:
        return UserCount(total_users_count=await directory.count(desk, call.who))


@post("/users/group_channels", status_code=200)
async def list_users_of_group_channels(call: Call, data: list[str]) -> dict[str, list[UserShape]]:
    """The other members of each of the caller's group channels."""
    channel_ids = body_ids(data, "group_channel_ids", most=_MOST_CHANNELS)
    async with call.desks.reading() as desk:
        found = await directory.in_group_channels(desk, call.who, channel_ids)
    return {channel_id: users_for(call.who, users, call.desks.config) for channel_id, users in found.items()}


def _id(request: ApiRequest, name: str) -> str:
    value = request.query_params.get(name, "")
    return path_id(value, name) if value else ""


def _body_id(value: str | None, name: str) -> str:
    if value and not is_id(value):
        raise BadBodyParameter(f"Invalid or missing {name} in request body.")
    return value or ""


def _order(name: str, wanted: Wanted) -> Order:
    """The order asked for. Raises BadPathParameter for one that is unknown or does not go with the list."""
    bad = BadPathParameter("Invalid or missing sort parameter in request URL.")
    try:
        order = Order(name)
    except ValueError as cause:
        raise bad from cause
    if (order in _NARROWED and not wanted.in_team) or (order in _OF_CHANNEL and not wanted.in_channel):
        raise bad
    return order


ROUTES = (
    list_users,
    search_users,
    offer_users,
    list_known_users,
    count_users,
    list_users_of_group_channels,
)
