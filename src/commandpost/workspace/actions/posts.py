"""Making, changing, deleting and looking up single posts. How they are stored is in `actions.posting`."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import Forbidden, Refusal
from commandpost.kernel.ids import new_id
from commandpost.workspace.actions import action_cookies, channel_links, drafts, post_details, posting
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import EphemeralSent, PostDeleted, PostEdited
from commandpost.workspace.model.channel import Channel, UnknownChannel
from commandpost.workspace.model.draft import Draft
from commandpost.workspace.model.post import (
    CHANNEL_LINKS,
    EPHEMERAL_TYPE,
    ArchivedForPosts,
    NewPost,
    Post,
    SystemPost,
    UnknownPost,
    check_size,
    hashtags_of,
    props_from_integration,
    props_from_person,
    with_action_ids,
)
from commandpost.workspace.model.user import User
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit
from commandpost.workspace.store import channels, files, posts, standing
from commandpost.workspace.store.standing import Standing


class PostChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a post; None leaves a thing as it is."""

    message: str | None = None
    props: dict[str, Any] | None = None
    is_pinned: bool | None = None
    file_ids: tuple[str, ...] | None = None


async def create(desk: Desk, who: Who, new: NewPost) -> Post:
    """Post in a channel. The same pending id twice gives the first post.

    Raises Forbidden, ArchivedForPosts, UnknownRoot, FilesNotAttachable, and the refusals of `model.post`.
    """
    answer = (await create_together(desk, [(who, new)]))[0]
    if isinstance(answer, Refusal):
        raise answer
    return answer


async def create_together(desk: Desk, asked: Sequence[tuple[Who, NewPost]]) -> list[Post | Refusal]:
    """Post what several people ask for, in this order; gives for each the post, or why there is none.

    Raises FilesNotAttachable if one of the posts asks for files that it cannot have: none is made then.
    """
    places = await posting.places(desk, [new for _, new in asked])
    people = {who.user_id for who, _ in asked}
    there = await standing.of_users(desk.work, list(places.channels.values()), sorted(people))
    roots = await posts.by_ids(desk.work, sorted({new.root_id for _, new in asked if new.root_id}))
    answers: list[Draft | Refusal] = []
    for who, new in asked:
        held = there.get((who.user_id, new.channel_id))
        try:
            answers.append(drafts.of_client(who, new, held, roots.get(new.root_id), desk.now))
        except Refusal as refusal:
            answers.append(refusal)
    made = iter(await posting.save(desk, [one for one in answers if isinstance(one, Draft)], places))
    return [next(made) if isinstance(one, Draft) else one for one in answers]


async def put(desk: Desk, author: User, channel: Channel, new: NewPost) -> Post:
    """Post on the server's own account: as any author, in any channel, of any type.

    Raises UnknownRoot, FilesNotAttachable, MessageTooLong and PropsTooLong.
    """
    root = await posts.by_id(desk.work, new.root_id) if new.root_id else None
    draft = drafts.of_server(author, channel, new, root)
    return (await posting.save(desk, [draft], await posting.places(desk, [new])))[0]


async def put_in(desk: Desk, author: User, channel_id: str, new: NewPost) -> Post:
    """As `put`, in the channel with this id. Raises UnknownChannel, and what `put` raises."""
    places = await posting.places(desk, [new])
    if channel_id not in places.channels:
        raise UnknownChannel
    draft = drafts.of_server(author, places.channels[channel_id], new, None)
    return (await posting.save(desk, [draft], places))[0]


async def ephemeral(
    desk: Desk,
    *,
    user_id: str,
    channel_id: str,
    message: str,
    author_id: str = "",
    root_id: str = "",
    props: dict[str, Any] | None = None,
    post_id: str = "",
) -> Post:
    """Show one user a post that nobody stores; by nobody in particular unless an author is given.

    With the id of an earlier one, it takes that one's place.
    """
    check_size(message, props or {}, ())
    post = Post(
        id=post_id or new_id(),
        create_at=desk.now,
        update_at=desk.now,
        user_id=author_id,
        channel_id=channel_id,
        root_id=root_id,
        message=message,
        type=EPHEMERAL_TYPE,
        props=with_action_ids(props or {}),
    )
    shown = action_cookies.with_cookies(desk, post, user_id)
    desk.tell(EphemeralSent(user_id=user_id, post=shown))
    return shown


async def show(desk: Desk, who: Who, user_id: str, new: NewPost) -> Post:
    """Show one user a post that nobody stores, as those may who have `create_post_ephemeral`.

    Raises Forbidden, MessageTooLong, PropsTooLong.
    """
    permit(who, Permission.CREATE_POST_EPHEMERAL)
    return await ephemeral(
        desk,
        user_id=user_id,
        channel_id=new.channel_id,
        message=new.message,
        author_id=who.user_id,
        root_id=new.root_id,
        props=props_from_integration(new.props),
    )


async def get(desk: Desk, who: Who, post_id: str) -> Post:
    """A post in a channel the caller reads. Raises UnknownPost (deleted ones too), Forbidden."""
    post = await posts.by_id(desk.work, post_id)
    if post is None or post.delete_at:
        raise UnknownPost
    await readable(desk, who, post.channel_id)
    return post


async def get_many(desk: Desk, who: Who, post_ids: Sequence[str]) -> list[Post]:
    """Those of the posts that are there and that the caller may read, in the order asked for."""
    found = await posts.by_ids(desk.work, post_ids)
    channel_ids = {post.channel_id for post in found.values() if not post.delete_at}
    allowed = {channel_id for channel_id in channel_ids if await may_read(desk, who, channel_id)}
    return [
        post
        for post_id in dict.fromkeys(post_ids)
        if (post := found.get(post_id)) is not None and not post.delete_at and post.channel_id in allowed
    ]


async def edit(desk: Desk, who: Who, post_id: str, changes: PostChanges) -> Post:
    """Change a post; a changed message is marked as edited.

    Raises UnknownPost, Forbidden, SystemPost, and the refusals of `model.post`.
    """
    await _hold_all_before(desk, post_id)
    post, there = await changeable(desk, who, post_id)
    there.permit(who, Permission.EDIT_POST)
    if post.user_id != who.user_id:
        there.permit(who, Permission.EDIT_OTHERS_POSTS)
    if post.is_system:
        raise SystemPost
    edited = await _saved(desk, post, _cleaned(who, post, changes))
    if post.user_id != who.user_id:
        old, new = _recorded(post), _recorded(edited)
        await desk.record(Deed.POST_CHANGED, post.id, by=who.user_id, before=old, after=new)
    if edited.message != post.message:
        for observer in desk.observers:
            await observer.post_edited(desk.work, desk.now, edited, who.user_id)
    return edited


async def change(desk: Desk, post: Post, changes: PostChanges) -> Post:
    """Change a post on the server's own account (an integration's update of its own post)."""
    return await _saved(desk, post, changes)


async def delete(desk: Desk, who: Who, post_id: str) -> None:
    """Delete a post, its replies and their files. Raises UnknownPost, Forbidden."""
    await _hold_all_before(desk, post_id)
    post, there = await changeable(desk, who, post_id)
    if post.user_id == who.user_id:
        there.permit(who, Permission.DELETE_POST)
    else:
        there.permit(who, Permission.DELETE_OTHERS_POSTS)
        await desk.record(Deed.POST_DELETED, post.id, by=who.user_id, before=_recorded(post))
    await remove(desk, post, by=who.user_id)
    for observer in desk.observers:
        await observer.post_deleted(desk.work, desk.now, post, who.user_id)


async def remove(desk: Desk, post: Post, *, by: str) -> None:
    """Delete a post on the server's own account; nothing happens if it is deleted already."""
    gone = await posts.delete(desk.work, post, max(desk.now, post.update_at + 1))
    if not gone:
        return
    with_files = [one.id for one in gone if one.file_ids]
    if with_files:
        await files.delete_of_posts(desk.work, with_files, desk.now)
    desk.tell(PostDeleted(post=post, deleted_by=by))


async def readable(desk: Desk, who: Who, channel_id: str) -> Standing:
    """The caller's standing in a channel whose posts they may read. Raises Forbidden if unknown too."""
    there = await standing.in_channel(desk.work, who.user_id, channel_id)
    if there is None:
        raise Forbidden
    there.permit(who, Permission.READ_CHANNEL)
    return there


async def may_read(desk: Desk, who: Who, channel_id: str) -> bool:
    """Whether the caller may read a channel's posts."""
    there = await standing.in_channel(desk.work, who.user_id, channel_id)
    return there is not None and there.may(who, Permission.READ_CHANNEL)


async def changeable(desk: Desk, who: Who, post_id: str) -> tuple[Post, Standing]:
    """A post that nobody else changes meanwhile, and the caller's standing in its channel.

    Raises UnknownPost, Forbidden, ArchivedForPosts.
    """
    post = await posts.locked(desk.work, post_id)
    if post is None or post.delete_at:
        raise UnknownPost
    there = await readable(desk, who, post.channel_id)
    if there.channel.delete_at:
        raise ArchivedForPosts
    return post, there


def _recorded(post: Post) -> dict[str, Any]:
    """What the audit log keeps of a post that another than its author changes or deletes."""
    return {"user_id": post.user_id, "channel_id": post.channel_id, "message": post.message}


async def _hold_all_before(desk: Desk, post_id: str) -> None:
    """Lock what whoever posts or deletes locks before a post: the observers' rows, then the thread's root."""
    post = await posts.by_id(desk.work, post_id)
    if post is not None:
        await desk.about_to_change(post.channel_id)
        if post.root_id:
            await posts.locked(desk.work, post.root_id)


async def _saved(desk: Desk, post: Post, changes: PostChanges) -> Post:
    message = post.message if changes.message is None else changes.message
    props = await _relinked(desk, post, message, changes)
    file_ids = post.file_ids if changes.file_ids is None else changes.file_ids
    check_size(message, props, file_ids)
    at = max(desk.now, post.update_at + 1)
    edited = replace(
        post,
        update_at=at,
        edit_at=at if message != post.message else post.edit_at,
        message=message,
        hashtags=hashtags_of(message),
        props=props,
        file_ids=file_ids,
        is_pinned=post.is_pinned if changes.is_pinned is None else changes.is_pinned,
    )
    await posts.save(desk.work, edited)
    desk.tell(PostEdited(post=edited, details=await post_details.of(desk, [edited])))
    return edited


async def _relinked(desk: Desk, post: Post, message: str, changes: PostChanges) -> dict[str, Any]:
    props = post.props if changes.props is None else with_action_ids(changes.props)
    props = {name: value for name, value in props.items() if name != CHANNEL_LINKS}
    channel = await channels.by_id(desk.work, post.channel_id) if "~" in message else None
    return {**props, **await channel_links.props_for(desk, channel, message)} if channel else props


def _cleaned(who: Who, post: Post, changes: PostChanges) -> PostChanges:
    """The changes a client may make: props of integrations stay as they were, files can only go."""
    props = changes.props
    if props is not None and not (who.is_bot or who.is_system_admin):
        kept = {
            name: value for name, value in post.props.items() if name not in props_from_person(post.props)
        }
        props = {**props_from_person(props), **kept}
    elif props is not None:
        props = props_from_integration(props)
    file_ids = changes.file_ids
    if file_ids is not None:
        file_ids = tuple(one for one in post.file_ids if one in file_ids)
    return replace(changes, props=props, file_ids=file_ids)
