"""Routes that list posts: of a channel, around the first unread one, of a thread, pinned, saved."""

from collections.abc import Mapping
from typing import cast

from litestar import MediaType, Response

from commandpost.api.call import Call
from commandpost.api.v4.paging import page_of, whole_number
from commandpost.api.v4.params import path_id
from commandpost.api.v4.route import get
from commandpost.api.v4.shapes.posts import PostListShape, post_list_shape
from commandpost.api.v4.shown_posts import ShownPosts
from commandpost.workspace.actions import post_lists, post_pages, threads
from commandpost.workspace.actions.post_pages import Direction, Place
from commandpost.workspace.actions.threads import ThreadDirection, ThreadPlace

_MOST_AROUND = 200
_DEFAULT_AROUND = 60
_LATEST = 2**62


@get("/channels/{channel_id:str}/posts")
async def get_channel_posts(call: Call, channel_id: str) -> Response[PostListShape]:
    """A page of a channel's posts, newest first: by number, from a post on, or what changed since a time."""
    channel_id = path_id(channel_id, "channel_id")
    query = call.request.query_params
    if at := whole_number(query, "since", 0):
        async with call.desks.reading() as desk:
            changed = await post_lists.since(desk, call.who, channel_id, min(at, _LATEST))
        return Response(post_list_shape(changed))
    place = _place(query)
    page = page_of(call.request)
    shown = cast("ShownPosts", call.request.app.state.shown_posts).page(place, page.number, page.size)
    async with call.desks.reading() as desk:
        found = await post_pages.page(
            desk,
            call.who,
            channel_id,
            place,
            number=page.number,
            size=page.size,
            is_known=shown.is_known,
            missing=shown.missing,
        )
    body = shown.whole if found is None else shown.body(found)
    return Response(cast("PostListShape", body), media_type=MediaType.JSON)


@get("/users/{user_id:str}/channels/{channel_id:str}/posts/unread")
async def get_posts_around_unread(call: Call, user_id: str, channel_id: str) -> PostListShape:
    """The posts around the first unread one."""
    user_id = path_id(call.me(user_id), "user_id")
    query = call.request.query_params
    async with call.desks.reading() as desk:
        found = await post_lists.around_unread(
            desk,
            call.who,
            user_id,
            path_id(channel_id, "channel_id"),
            limit_before=min(whole_number(query, "limit_before", _DEFAULT_AROUND), _MOST_AROUND),
            limit_after=min(whole_number(query, "limit_after", _DEFAULT_AROUND) or 1, _MOST_AROUND),
        )
    return post_list_shape(found)


@get("/channels/{channel_id:str}/pinned")
async def get_pinned_posts(call: Call, channel_id: str) -> PostListShape:
    """A channel's pinned posts."""
    async with call.desks.reading() as desk:
        found = await post_lists.pinned(desk, call.who, path_id(channel_id, "channel_id"))
    return post_list_shape(found)


@get("/users/{user_id:str}/posts/flagged")
async def get_saved_posts(call: Call, user_id: str) -> PostListShape:
    """The posts a user saved for later, in all their channels or in some."""
    user_id = path_id(call.me(user_id), "user_id")
    query = call.request.query_params
    page = page_of(call.request)
    async with call.desks.reading() as desk:
        found = await post_lists.saved(
            desk,
            call.who,
            user_id,
            team_id=query.get("team_id", ""),
            channel_id=query.get("channel_id", ""),
            number=page.number,
            size=page.size,
        )
    return post_list_shape(found)


@get("/posts/{post_id:str}/thread")
async def get_thread(call: Call, post_id: str) -> PostListShape:
    """The thread a post is in, whole or in pages from a place in it."""
    query = call.request.query_params
    place = ThreadPlace(
        direction=ThreadDirection.UP if query.get("direction") == "up" else ThreadDirection.DOWN,
        size=min(whole_number(query, "perPage", 0), _MOST_AROUND),
        from_post_id=query.get("fromPost", ""),
        from_create_at=min(whole_number(query, "fromCreateAt", 0), _LATEST),
    )
    async with call.desks.reading() as desk:
        found = await threads.thread(desk, call.who, path_id(post_id, "post_id"), place)
    return post_list_shape(found)


def _place(query: Mapping[str, str]) -> Place:
    if post_id := query.get("after", ""):
        return Place(direction=Direction.AFTER, post_id=path_id(post_id, "after"))
    if post_id := query.get("before", ""):
        return Place(direction=Direction.BEFORE, post_id=path_id(post_id, "before"))
    return Place()


ROUTES = (
    get_channel_posts,
    get_posts_around_unread,
    get_pinned_posts,
    get_saved_posts,
    get_thread,
)
