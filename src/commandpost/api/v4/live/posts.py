"""Posts and reactions as they happen."""

from collections.abc import Sequence

import msgspec

from commandpost.api.live import Translators
from commandpost.api.v4.shapes.posts import post_shape, reaction_shape
from commandpost.live.event import Audience, Frame
from commandpost.live.message import Message
from commandpost.workspace.events import (
    EphemeralEdited,
    EphemeralRemoved,
    EphemeralSent,
    PostDeleted,
    PostEdited,
    PostMade,
    PostUnread,
    ReactionAdded,
    ReactionRemoved,
)
from commandpost.workspace.model.post import Post, Reaction
from commandpost.workspace.model.post_list import PostDetails

_encode = msgspec.json.Encoder().encode


class PostedData(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What `posted` says; values that clients parse a second time are JSON in a string."""

    channel_display_name: str
    channel_name: str
    channel_type: str
    post: str
    sender_name: str
    team_id: str
    set_online: bool
    mentions: str = ""
    image: str = ""
    other_file: str = msgspec.field(default="", name="otherFile")


def post_made(fact: PostMade) -> Sequence[Message]:
    """`posted`, to the channel."""
    post, channel, files = fact.post, fact.channel, fact.files
    data = PostedData(
        channel_display_name=channel.display_name,
        channel_name=channel.name,
        channel_type=channel.type.value,
        post=_text(post_shape(post, PostDetails(files={post.id: files}))),
        sender_name=fact.sender_name,
        team_id=channel.team_id,
        set_online=fact.sets_online,
        mentions=_text(fact.mentions) if fact.mentions else "",
        image="true" if any(file.is_image for file in files) else "",
        other_file="true" if files else "",
    )
    return [Frame.of("posted", data, Audience(channel_id=channel.id))]


def post_edited(fact: PostEdited) -> Sequence[Message]:
    """`post_edited`, to the channel."""
    wire = {"post": _text(post_shape(fact.post, fact.details))}
    return [Frame.of("post_edited", wire, Audience(channel_id=fact.post.channel_id))]


def post_deleted(fact: PostDeleted) -> Sequence[Message]:
    """`post_deleted`, to the channel: the post as it was; administrators are told who deleted it."""
    wire = {"post": _text(post_shape(fact.post))}
    channel_id = fact.post.channel_id
    return [
        Frame.of("post_deleted", wire, Audience(channel_id=channel_id, system_admins=False)),
        Frame.of(
            "post_deleted",
            wire | {"delete_by": fact.deleted_by},
            Audience(channel_id=channel_id, system_admins=True),
        ),
    ]


def ephemeral_sent(fact: EphemeralSent) -> Sequence[Message]:
    """`ephemeral_message`, to the one user."""
    return [
        Frame.of(
            "ephemeral_message", {"post": _text(post_shape(fact.post))}, _of_one(fact.user_id, fact.post)
        )
    ]


def ephemeral_edited(fact: EphemeralEdited) -> Sequence[Message]:
    """`post_edited`, to the one user who saw it."""
    return [Frame.of("post_edited", {"post": _text(post_shape(fact.post))}, _of_one(fact.user_id, fact.post))]


def ephemeral_removed(fact: EphemeralRemoved) -> Sequence[Message]:
    """`post_deleted`, to the one user who saw it."""
    return [
        Frame.of("post_deleted", {"post": _text(post_shape(fact.post))}, _of_one(fact.user_id, fact.post))
    ]


def post_unread(fact: PostUnread) -> Sequence[Message]:
    """`post_unread`, to all clients of the member."""
    member = fact.member
    wire = {
        "msg_count": member.msg_count,
        "msg_count_root": member.msg_count_root,
        "mention_count": member.mention_count,
        "mention_count_root": member.mention_count_root,
        "last_viewed_at": member.last_viewed_at,
        "post_id": fact.post_id,
    }
    audience = Audience(user_id=member.user_id, channel_id=member.channel_id, team_id=fact.team_id)
    return [Frame.of("post_unread", wire, audience)]


def reaction_added(fact: ReactionAdded) -> Sequence[Message]:
    """`reaction_added`, to the channel."""
    return [_reaction_frame("reaction_added", fact.reaction, fact.channel_id)]


def reaction_removed(fact: ReactionRemoved) -> Sequence[Message]:
    """`reaction_removed`, to the channel."""
    return [_reaction_frame("reaction_removed", fact.reaction, fact.channel_id)]


def _reaction_frame(event: str, reaction: Reaction, channel_id: str) -> Frame:
    wire = {"reaction": _text(reaction_shape(reaction))}
    return Frame.of(event, wire, Audience(channel_id=channel_id))


def _of_one(user_id: str, post: Post) -> Audience:
    return Audience(user_id=user_id, channel_id=post.channel_id)


def _text(value: object) -> str:
    return _encode(value).decode()


TRANSLATORS: Translators = {
    PostMade: post_made,
    PostEdited: post_edited,
    PostDeleted: post_deleted,
    EphemeralSent: ephemeral_sent,
    EphemeralEdited: ephemeral_edited,
    EphemeralRemoved: ephemeral_removed,
    PostUnread: post_unread,
    ReactionAdded: reaction_added,
    ReactionRemoved: reaction_removed,
}
