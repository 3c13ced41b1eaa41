"""Channels made, changed, joined, left and read."""

from collections.abc import Sequence

import msgspec

from commandpost.api.live import Translators
from commandpost.api.v4.shapes.channels import channel_member_shape, channel_shape
from commandpost.live.event import Audience, Frame
from commandpost.live.message import JoinedChannel, LeftChannel, Message
from commandpost.workspace.events import (
    ChannelArchived,
    ChannelConverted,
    ChannelCreated,
    ChannelJoined,
    ChannelLeft,
    ChannelMemberUpdated,
    ChannelRestored,
    ChannelUpdated,
    ChannelViewed,
    DirectChannelOpened,
)
from commandpost.workspace.model.channel import Channel, ChannelType

_encode = msgspec.json.encode


def channel_created(fact: ChannelCreated) -> Sequence[Message]:
    """`channel_created`, to the creator."""
    channel = fact.channel
    wire = {"channel_id": channel.id, "team_id": channel.team_id}
    return [Frame.of("channel_created", wire, Audience(user_id=channel.creator_id))]


def channel_updated(fact: ChannelUpdated) -> Sequence[Message]:
    """`channel_updated`, to the members."""
    wire = {"channel": _encode(channel_shape(fact.channel)).decode()}
    return [Frame.of("channel_updated", wire, Audience(channel_id=fact.channel.id))]


def channel_archived(fact: ChannelArchived) -> Sequence[Message]:
    """`channel_deleted`, to those who may know of the channel."""
    wire = {"channel_id": fact.channel.id, "delete_at": fact.channel.delete_at}
    return [Frame.of("channel_deleted", wire, _those_who_may_know(fact.channel))]


def channel_restored(fact: ChannelRestored) -> Sequence[Message]:
    """`channel_restored`, to those who may know of the channel."""
    wire = {"channel_id": fact.channel.id}
    return [Frame.of("channel_restored", wire, _those_who_may_know(fact.channel))]


def channel_converted(fact: ChannelConverted) -> Sequence[Message]:
    """`channel_converted`, to the team: who is no member sees it come or go."""
    wire = {"channel_id": fact.channel.id}
    return [Frame.of("channel_converted", wire, Audience(team_id=fact.channel.team_id))]


def channel_joined(fact: ChannelJoined) -> Sequence[Message]:
    """`user_added`, to the members, the new one among them."""
    wire = {"user_id": fact.user_id, "team_id": fact.channel.team_id}
    return [
        JoinedChannel(fact.user_id, fact.channel.id),
        Frame.of("user_added", wire, Audience(channel_id=fact.channel.id)),
    ]


def channel_left(fact: ChannelLeft) -> Sequence[Message]:
    """`user_removed`: to the members left, whom; to the one who left, from where."""
    whom = {"user_id": fact.user_id, "remover_id": fact.by}
    where = {"channel_id": fact.channel.id, "remover_id": fact.by}
    return [
        LeftChannel(fact.user_id, fact.channel.id),
        Frame.of("user_removed", whom, Audience(channel_id=fact.channel.id)),
        Frame.of("user_removed", where, Audience(user_id=fact.user_id)),
    ]


def direct_channel_opened(fact: DirectChannelOpened) -> Sequence[Message]:
    """`direct_added` or `group_added`, to the members."""
    joined: list[Message] = [JoinedChannel(user_id, fact.channel.id) for user_id in set(fact.user_ids)]
    audience = Audience(channel_id=fact.channel.id)
    if fact.channel.type == ChannelType.GROUP:
        return [*joined, Frame.of("group_added", {"teammate_ids": _encode(fact.user_ids).decode()}, audience)]
    others = [user_id for user_id in fact.user_ids if user_id != fact.creator_id]
    wire = {"teammate_id": others[0] if others else fact.creator_id, "creator_id": fact.creator_id}
    return [*joined, Frame.of("direct_added", wire, audience)]


def channel_viewed(fact: ChannelViewed) -> Sequence[Message]:
    """`channel_viewed` for each channel and `multiple_channels_viewed` for all, to the reader."""
    audience = Audience(user_id=fact.user_id)
    return [
        *(Frame.of("channel_viewed", {"channel_id": channel_id}, audience) for channel_id in fact.times),
        Frame.of("multiple_channels_viewed", {"channel_times": fact.times}, audience),
    ]


def channel_member_updated(fact: ChannelMemberUpdated) -> Sequence[Message]:
    """`channel_member_updated`, to the member."""
    wire = {"channelMember": _encode(channel_member_shape(fact.member)).decode()}
    return [Frame.of("channel_member_updated", wire, Audience(user_id=fact.member.user_id))]


def _those_who_may_know(channel: Channel) -> Audience:
    if channel.type == ChannelType.PUBLIC:
        return Audience(team_id=channel.team_id)
    return Audience(channel_id=channel.id)


TRANSLATORS: Translators = {
    ChannelCreated: channel_created,
    ChannelUpdated: channel_updated,
    ChannelArchived: channel_archived,
    ChannelRestored: channel_restored,
    ChannelConverted: channel_converted,
    ChannelJoined: channel_joined,
    ChannelLeft: channel_left,
    DirectChannelOpened: direct_channel_opened,
    ChannelViewed: channel_viewed,
    ChannelMemberUpdated: channel_member_updated,
}
