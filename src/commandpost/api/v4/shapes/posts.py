"""Posts, lists of them, and reactions, as v4 sends them."""

from collections.abc import Iterable
from typing import Any

import msgspec

from commandpost.api.v4.shapes.files import FileShape, file_shape
from commandpost.workspace.model.post import Post, Reaction, without_integrations
from commandpost.workspace.model.post_list import NO_DETAILS, PostDetails, PostList


class ReactionShape(msgspec.Struct, kw_only=True):
    """One user's emoji under one post."""

    user_id: str
    post_id: str
    emoji_name: str
    create_at: int


class EmbedShape(msgspec.Struct, kw_only=True):
    """Something that is shown under a post: its attachments."""

    type: str


class MetadataShape(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What clients need to show a post and would otherwise have to ask for."""

    embeds: tuple[EmbedShape, ...] = ()
    files: tuple[FileShape, ...] = ()
    reactions: tuple[ReactionShape, ...] = ()


class PostShape(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A post. Of a deleted one only the frame is left."""

    id: str
    create_at: int
    update_at: int
    edit_at: int
    delete_at: int
    is_pinned: bool
    user_id: str
    channel_id: str
    root_id: str
    parent_id: str
    original_id: str
    message: str
    type: str
    props: dict[str, Any]
    hashtags: str
    file_ids: tuple[str, ...] = ()
    pending_post_id: str
    has_reactions: bool = False
    reply_count: int
    last_reply_at: int
    participants: list[str] | None
    metadata: MetadataShape


class PostListShape(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Posts in `order`, newest first; `posts` also holds the first posts of their threads."""

    order: tuple[str, ...]
    posts: dict[str, PostShape]
    next_post_id: str
    prev_post_id: str
    has_next: bool | None = None
    matches: dict[str, tuple[str, ...]] | None = None


_NO_METADATA = MetadataShape()
_ATTACHMENTS = (EmbedShape(type="message_attachment"),)


def reaction_shape(reaction: Reaction) -> ReactionShape:
    """A reaction."""
    return ReactionShape(
        user_id=reaction.user_id,
        post_id=reaction.post_id,
        emoji_name=reaction.emoji_name,
        create_at=reaction.create_at,
    )


def reaction_shapes(reactions: Iterable[Reaction]) -> list[ReactionShape]:
    """Several reactions."""
    return [reaction_shape(reaction) for reaction in reactions]


def post_shape(post: Post, details: PostDetails = NO_DETAILS) -> PostShape:
    """A post, without what only integrations may see of it."""
    is_there = not post.delete_at
    props = post.props if is_there else {}
    return PostShape(
        id=post.id,
        create_at=post.create_at,
        update_at=post.update_at,
        edit_at=post.edit_at,
        delete_at=post.delete_at,
        is_pinned=post.is_pinned,
        user_id=post.user_id,
        channel_id=post.channel_id,
        root_id=post.root_id,
        parent_id=post.root_id,
        original_id="",
        message=post.message if is_there else "",
        type=post.type,
        props=without_integrations(props) if "attachments" in props else props,
        hashtags=post.hashtags if is_there else "",
        file_ids=post.file_ids if is_there else (),
        pending_post_id=post.pending_post_id,
        has_reactions=post.has_reactions,
        reply_count=details.reply_counts.get(post.root_id, 0) if post.root_id else post.reply_count,
        last_reply_at=post.last_reply_at,
        participants=None,
        metadata=_metadata(post, details) if is_there else _NO_METADATA,
    )


def post_list_shape(listed: PostList) -> PostListShape:
    """A list of posts."""
    details = listed.details
    return PostListShape(
        order=listed.order,
        posts={post.id: post_shape(post, details) for post in listed.posts},
        next_post_id=listed.next_post_id,
        prev_post_id=listed.prev_post_id,
        has_next=listed.has_next,
        matches=None if listed.matches is None else dict(listed.matches),
    )


def _metadata(post: Post, details: PostDetails) -> MetadataShape:
    has_attachments = bool(post.props.get("attachments"))
    if not (has_attachments or post.file_ids or post.has_reactions):
        return _NO_METADATA
    return MetadataShape(
        embeds=_ATTACHMENTS if has_attachments else (),
        files=tuple(file_shape(file) for file in details.files.get(post.id, ())),
        reactions=tuple(reaction_shape(one) for one in details.reactions.get(post.id, ())),
    )
