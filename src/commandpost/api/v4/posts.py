"""Routes about single posts: made, changed, deleted, pinned, set to unread."""

from typing import Any, cast

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.paging import flag
from commandpost.api.v4.params import BadBodyParameter, body_id, body_ids, path_id
from commandpost.api.v4.route import delete, get, post, put
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.api.v4.shapes.files import FileShape, file_shape
from commandpost.api.v4.shapes.posts import PostShape, post_shape
from commandpost.workspace.actions import pins, post_details, posts, unread
from commandpost.workspace.actions.post_queue import PostQueue
from commandpost.workspace.actions.posts import PostChanges
from commandpost.workspace.model.post import NewPost


class NewPostBody(msgspec.Struct, kw_only=True):
    """A post asked for. `create_at` counts for administrators only."""

    channel_id: str
    message: str | None = None
    root_id: str | None = None
    parent_id: str | None = None
    type: str | None = None
    props: dict[str, Any] | None = None
    file_ids: list[str] | None = None
    pending_post_id: str | None = None
    create_at: int | None = None


class EphemeralBody(msgspec.Struct, kw_only=True):
    """A post for one user's eyes."""

    user_id: str
    post: NewPostBody


class PostBody(msgspec.Struct, kw_only=True):
    """A post as it is to be."""

    id: str
    message: str | None = None
    props: dict[str, Any] | None = None
    is_pinned: bool | None = None
    file_ids: list[str] | None = None


class PostPatchBody(msgspec.Struct, kw_only=True):
    """What of a post is to be changed; what is left out stays."""

    message: str | None = None
    props: dict[str, Any] | None = None
    is_pinned: bool | None = None
    file_ids: list[str] | None = None


class UnreadShape(msgspec.Struct, kw_only=True):
    """A member's counters after setting a post to unread."""

    team_id: str
    user_id: str
    channel_id: str
    msg_count: int
    msg_count_root: int
    mention_count: int
    mention_count_root: int
    last_viewed_at: int


def new_post(data: NewPostBody, *, sets_online: bool = True) -> NewPost:
    """The post that a body asks for."""
    root_id = data.root_id or data.parent_id or ""
    return NewPost(
        channel_id=body_id(data.channel_id, "channel_id"),
        message=data.message or "",
        root_id=body_id(root_id, "root_id") if root_id else "",
        type=data.type or "",
        props=data.props or {},
        file_ids=tuple(data.file_ids or ()),
        pending_post_id=data.pending_post_id or "",
        create_at=data.create_at or 0,
        sets_online=sets_online,
    )


@post("/posts", status_code=201)
async def create_post(call: Call, data: NewPostBody) -> PostShape:
    """Post in a channel. A message that begins with a slash is posted as it is."""
    query = call.request.query_params
    new = new_post(data, sets_online="set_online" not in query or flag(query, "set_online"))
    made = await cast("PostQueue", call.request.app.state.post_queue).create(call.who, new)
    if post_details.has_none(made):
        return post_shape(made)
    async with call.desks.reading() as desk:
        return post_shape(made, await post_details.of(desk, [made]))


@post("/posts/ephemeral", status_code=201)
async def create_ephemeral_post(call: Call, data: EphemeralBody) -> PostShape:
    """Show one user a post that is not kept."""
    new = new_post(data.post)
    async with call.desks.writing() as desk:
        shown = await posts.show(desk, call.who, body_id(data.user_id, "user_id"), new)
    return post_shape(shown)


@get("/posts/{post_id:str}")
async def get_post(call: Call, post_id: str) -> PostShape:
    """One post."""
    async with call.desks.reading() as desk:
        found = await posts.get(desk, call.who, path_id(post_id, "post_id"))
        details = await post_details.of(desk, [found])
    return post_shape(found, details)


@post("/posts/ids", status_code=200)
async def get_posts_by_ids(call: Call, data: list[str]) -> list[PostShape]:
    """The posts of some ids; those unknown or out of sight are left out."""
    async with call.desks.reading() as desk:
        found = await posts.get_many(desk, call.who, body_ids(data, "post_ids"))
        details = await post_details.of(desk, found)
    return [post_shape(one, details) for one in found]


@put("/posts/{post_id:str}")
async def update_post(call: Call, post_id: str, data: PostBody) -> PostShape:
    """Change a post."""
    if data.id != path_id(post_id, "post_id"):
        raise BadBodyParameter("The id in the body is not the one in the address.")
    return await _edited(call, post_id, _changes(data))


@put("/posts/{post_id:str}/patch")
async def patch_post(call: Call, post_id: str, data: PostPatchBody) -> PostShape:
    """Change parts of a post."""
    return await _edited(call, path_id(post_id, "post_id"), _changes(data))


@delete("/posts/{post_id:str}")
async def delete_post(call: Call, post_id: str) -> Done:
    """Delete a post and the replies to it."""
    async with call.desks.writing() as desk:
        await posts.delete(desk, call.who, path_id(post_id, "post_id"))
    return DONE


@post("/posts/{post_id:str}/pin", status_code=200)
async def pin_post(call: Call, post_id: str) -> Done:
    """Pin a post to its channel."""
    async with call.desks.writing() as desk:
        await pins.pin(desk, call.who, path_id(post_id, "post_id"))
    return DONE


@post("/posts/{post_id:str}/unpin", status_code=200)
async def unpin_post(call: Call, post_id: str) -> Done:
    """Unpin a post."""
    async with call.desks.writing() as desk:
        await pins.unpin(desk, call.who, path_id(post_id, "post_id"))
    return DONE


@get("/posts/{post_id:str}/files/info")
async def get_post_files(call: Call, post_id: str) -> list[FileShape]:
    """The files of a post."""
    async with call.desks.reading() as desk:
        found = await posts.get(desk, call.who, path_id(post_id, "post_id"))
        details = await post_details.of(desk, [found])
    return [file_shape(file) for file in details.files.get(found.id, ())]


@post("/users/{user_id:str}/posts/{post_id:str}/set_unread", status_code=200)
async def set_post_unread(call: Call, user_id: str, post_id: str) -> UnreadShape:
    """Make a post the first unread one of its channel."""
    user_id = path_id(call.me(user_id), "user_id")
    async with call.desks.writing() as desk:
        now = await unread.set_unread(desk, call.who, user_id, path_id(post_id, "post_id"))
    member = now.member
    return UnreadShape(
        team_id=now.team_id,
        user_id=member.user_id,
        channel_id=member.channel_id,
        msg_count=member.msg_count,
        msg_count_root=member.msg_count_root,
        mention_count=member.mention_count,
        mention_count_root=member.mention_count_root,
        last_viewed_at=member.last_viewed_at,
    )


def _changes(data: PostBody | PostPatchBody) -> PostChanges:
    return PostChanges(
        message=data.message,
        props=data.props,
        is_pinned=data.is_pinned,
        file_ids=None if data.file_ids is None else tuple(data.file_ids),
    )


async def _edited(call: Call, post_id: str, changes: PostChanges) -> PostShape:
    async with call.desks.writing() as desk:
        edited = await posts.edit(desk, call.who, post_id, changes)
        details = await post_details.of(desk, [edited])
    return post_shape(edited, details)


ROUTES = (
    create_post,
    create_ephemeral_post,
    get_post,
    get_posts_by_ids,
    update_post,
    patch_post,
    delete_post,
    pin_post,
    unpin_post,
    get_post_files,
    set_post_unread,
)
