"""Routes that list channels: a user's own, those of a team, those that match a term."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.paging import flag, page_of, whole_number
from commandpost.api.v4.params import body_ids, path_id
from commandpost.api.v4.route import get, post
from commandpost.api.v4.shapes.channels import (
    ChannelInTeamShape,
    ChannelShape,
    FoundChannelsShape,
    channel_in_team_shape,
    channel_shape,
)
from commandpost.workspace.actions import channel_lists
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.naming import DEFAULT_CHANNELS
from commandpost.workspace.store.channel_lists import Search
from commandpost.workspace.store.channels import NEVER

_MOST_FOUND = 100
_LARGEST_PAGE = 1_000_000


class TermBody(msgspec.Struct, kw_only=True):
    """What names are to contain."""

    term: str


class SearchBody(msgspec.Struct, kw_only=True):
    """What an administrator looks for: of all channels unless `public` or `private` is said."""

    term: str
    team_ids: list[str] | None = None
    public: bool | None = None
    private: bool | None = None
    deleted: bool | None = None
    include_deleted: bool | None = None
    exclude_default_channels: bool | None = None
    page: int | None = None
    per_page: int | None = None


@get("/users/{user_id:str}/teams/{team_id:str}/channels")
async def list_channels_of_user_in_team(call: Call, user_id: str, team_id: str) -> list[ChannelShape]:
    """The channels of a team that a user is in, with all their direct and group channels."""
    async with call.desks.reading() as desk:
        found = await channel_lists.of_user_in_team(
            desk,
            call.who,
            path_id(call.me(user_id), "user_id"),
            path_id(team_id, "team_id"),
            deleted_since=_deleted_since(call),
        )
    return _shapes(found)


@get("/users/{user_id:str}/channels")
async def list_channels_of_user(call: Call, user_id: str) -> list[ChannelShape]:
    """All channels that a user is in."""
    async with call.desks.reading() as desk:
        found = await channel_lists.of_user(
            desk, call.who, path_id(call.me(user_id), "user_id"), deleted_since=_deleted_since(call)
        )
    return _shapes(found)


@get("/teams/{team_id:str}/channels")
async def list_public_channels(call: Call, team_id: str) -> list[ChannelShape]:
    """The public channels of a team."""
    page = page_of(call.request)
    async with call.desks.reading() as desk:
        found = await channel_lists.public_page(
            desk, call.who, path_id(team_id, "team_id"), limit=page.size, offset=page.offset
        )
    return _shapes(found)


@get("/teams/{team_id:str}/channels/private")
async def list_private_channels(call: Call, team_id: str) -> list[ChannelShape]:
    """The private channels of a team, for administrators."""
    page = page_of(call.request)
    async with call.desks.reading() as desk:
        found = await channel_lists.private_page(
            desk, call.who, path_id(team_id, "team_id"), limit=page.size, offset=page.offset
        )
    return _shapes(found)


@get("/teams/{team_id:str}/channels/deleted")
async def list_archived_channels(call: Call, team_id: str) -> list[ChannelShape]:
    """The archived channels of a team that the caller may see."""
    page = page_of(call.request)
    async with call.desks.reading() as desk:
        found = await channel_lists.archived_page(
            desk, call.who, path_id(team_id, "team_id"), limit=page.size, offset=page.offset
        )
    return _shapes(found)


@post("/teams/{team_id:str}/channels/ids", status_code=200)
async def get_public_channels_by_ids(call: Call, team_id: str, data: list[str]) -> list[ChannelShape]:
    """Those of the ids that are public channels of a team."""
    channel_ids = body_ids(data, "channel_ids")
    async with call.desks.reading() as desk:
        found = await channel_lists.public_by_ids(desk, call.who, path_id(team_id, "team_id"), channel_ids)
    return _shapes(found)


@get("/teams/{team_id:str}/channels/autocomplete")
async def autocomplete_channels(call: Call, team_id: str, name: str = "") -> list[ChannelShape]:
    """Public channels and one's own whose name or display name contains a term."""
    async with call.desks.reading() as desk:
        found = await channel_lists.autocomplete(desk, call.who, path_id(team_id, "team_id"), name)
    return _shapes(found)


@get("/teams/{team_id:str}/channels/search_autocomplete")
async def autocomplete_own_channels(call: Call, team_id: str, name: str = "") -> list[ChannelShape]:
    """One's own channels whose name or display name contains a term."""
    async with call.desks.reading() as desk:
        found = await channel_lists.autocomplete_own(desk, call.who, path_id(team_id, "team_id"), name)
    return _shapes(found)


@post("/teams/{team_id:str}/channels/search", status_code=200)
async def search_channels(call: Call, team_id: str, data: TermBody) -> list[ChannelShape]:
    """The public channels of a team whose name or display name contains a term."""
    async with call.desks.reading() as desk:
        found = await channel_lists.search(desk, call.who, path_id(team_id, "team_id"), data.term.strip())
    return _shapes(found)


@post("/channels/search", status_code=200)
async def search_all_channels(call: Call, data: SearchBody) -> list[ChannelInTeamShape] | FoundChannelsShape:
    """Channels of all teams, for administrators; with their number if a page is asked for."""
    is_paged = data.page is not None and data.per_page is not None
    size = min(max(data.per_page or _MOST_FOUND, 1), _MOST_FOUND)
    offset = min(max(data.page or 0, 0), _LARGEST_PAGE) * size
    async with call.desks.reading() as desk:
        found, total = await channel_lists.search_everywhere(
            desk, call.who, _search(data), limit=size, offset=offset
        )
    shapes = [channel_in_team_shape(channel) for channel in found]
    return FoundChannelsShape(channels=shapes, total_count=total) if is_paged else shapes


def _search(body: SearchBody) -> Search:
    either = not body.public and not body.private
    return Search(
        term=body.term.strip(),
        types=tuple(kind for kind, wanted in (("O", body.public), ("P", body.private)) if wanted or either),
        team_ids=tuple(body_ids(body.team_ids, "team_ids")) if body.team_ids else (),
        living=not body.deleted,
        archived=bool(body.deleted or body.include_deleted),
        left_out=tuple(DEFAULT_CHANNELS) if body.exclude_default_channels else (),
    )


def _deleted_since(call: Call) -> int:
    query = call.request.query_params
    return whole_number(query, "last_delete_at", 0) if flag(query, "include_deleted") else NEVER


def _shapes(found: list[Channel]) -> list[ChannelShape]:
    return [channel_shape(channel) for channel in found]


ROUTES = (
    list_channels_of_user_in_team,
    list_channels_of_user,
    list_public_channels,
    list_private_channels,
    list_archived_channels,
    get_public_channels_by_ids,
    autocomplete_channels,
    autocomplete_own_channels,
    search_channels,
    search_all_channels,
)
