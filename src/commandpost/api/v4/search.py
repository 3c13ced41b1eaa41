"""Routes that search posts."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.paging import DEFAULT_SIZE, LARGEST_SIZE
from commandpost.api.v4.params import path_id
from commandpost.api.v4.route import post
from commandpost.api.v4.shapes.posts import PostListShape, post_list_shape
from commandpost.workspace.actions import search
from commandpost.workspace.actions.search import PostSearch

_LAST_PAGE = 10_000
_DAY_S = 86_400


class SearchBody(msgspec.Struct, kw_only=True):
    """What to look for. `time_zone_offset` is in seconds: where days begin for the one who asks."""

    terms: str
    is_or_search: bool | None = None
    time_zone_offset: int | None = None
    include_deleted_channels: bool | None = None
    page: int | None = None
    per_page: int | None = None


@post("/teams/{team_id:str}/posts/search", status_code=200)
async def search_team_posts(call: Call, team_id: str, data: SearchBody) -> PostListShape:
    """Search the posts of one's channels in a team, and of one's direct channels."""
    return await _found(call, data, path_id(team_id, "team_id"))


@post("/posts/search", status_code=200)
async def search_posts(call: Call, data: SearchBody) -> PostListShape:
    """Search the posts of all of one's channels."""
    return await _found(call, data, None)


async def _found(call: Call, data: SearchBody, team_id: str | None) -> PostListShape:
    size = data.per_page or DEFAULT_SIZE
    asked = PostSearch(
        terms=data.terms,
        team_id=team_id,
        any_word=bool(data.is_or_search),
        archived_too=bool(data.include_deleted_channels),
        utc_offset_s=max(-_DAY_S, min(data.time_zone_offset or 0, _DAY_S)),
        page=max(0, min(data.page or 0, _LAST_PAGE)),
        size=min(size, LARGEST_SIZE) if size > 0 else DEFAULT_SIZE,
    )
    async with call.desks.reading() as desk:
        return post_list_shape(await search.posts(desk, call.who, asked))


ROUTES = (search_team_posts, search_posts)
