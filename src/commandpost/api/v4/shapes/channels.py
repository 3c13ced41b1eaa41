"""Channels, their members and what is unread in them, as v4 sends them."""

import msgspec

from commandpost.workspace.actions.views import Unread
from commandpost.workspace.model.channel import (
    CHANNEL_ADMIN,
    CHANNEL_GUEST,
    CHANNEL_USER,
    Channel,
    ChannelMember,
)
from commandpost.workspace.store.channel_lists import ChannelInTeam, ChannelStats


class ChannelShape(msgspec.Struct, kw_only=True):
    """A channel."""

    id: str
    create_at: int
    update_at: int
    delete_at: int
    team_id: str
    type: str
    display_name: str
    name: str
    header: str
    purpose: str
    last_post_at: int
    total_msg_count: int
    extra_update_at: int = 0
    creator_id: str
    scheme_id: str | None = None
    props: dict[str, str] | None = None
    group_constrained: bool | None = None
    last_root_post_at: int
    total_msg_count_root: int


class ChannelInTeamShape(ChannelShape, kw_only=True):
    """A channel, with what its team is called."""

    team_name: str
    team_display_name: str
    team_update_at: int = 0


class FoundChannelsShape(msgspec.Struct, kw_only=True):
    """A page of channels, and how many there are in all."""

    channels: list[ChannelInTeamShape]
    total_count: int


class ChannelMemberShape(msgspec.Struct, kw_only=True):
    """Membership of a channel."""

    channel_id: str
    user_id: str
    roles: str
    last_viewed_at: int
    msg_count: int
    mention_count: int
    notify_props: dict[str, str]
    last_update_at: int
    scheme_guest: bool
    scheme_user: bool
    scheme_admin: bool
    explicit_roles: str = ""
    msg_count_root: int
    mention_count_root: int
    urgent_mention_count: int = 0


class ChannelStatsShape(msgspec.Struct, kw_only=True):
    """How much there is in a channel."""

    channel_id: str
    member_count: int
    guest_count: int
    pinnedpost_count: int
    files_count: int


class ChannelUnreadShape(msgspec.Struct, kw_only=True):
    """What a member has not read of a channel."""

    team_id: str
    channel_id: str
    msg_count: int
    mention_count: int
    mention_count_root: int
    msg_count_root: int
    urgent_mention_count: int = 0


class ViewedShape(msgspec.Struct, kw_only=True):
    """That channels were viewed, and for each up to when the user has read."""

    status: str = "OK"
    last_viewed_at_times: dict[str, int]


def channel_shape(channel: Channel) -> ChannelShape:
    """A channel."""
    return ChannelShape(
        id=channel.id,
        create_at=channel.create_at,
        update_at=channel.update_at,
        delete_at=channel.delete_at,
        team_id=channel.team_id,
        type=channel.type.value,
        display_name=channel.display_name,
        name=channel.name,
        header=channel.header,
        purpose=channel.purpose,
        last_post_at=channel.last_post_at,
        total_msg_count=channel.total_msg_count,
        creator_id=channel.creator_id,
        last_root_post_at=channel.last_root_post_at,
        total_msg_count_root=channel.total_msg_count_root,
    )


def channel_in_team_shape(found: ChannelInTeam) -> ChannelInTeamShape:
    """A channel, with what its team is called."""
    return ChannelInTeamShape(
        **msgspec.structs.asdict(channel_shape(found.channel)),
        team_name=found.team_name,
        team_display_name=found.team_display_name,
    )


def channel_member_shape(member: ChannelMember) -> ChannelMemberShape:
    """A membership, its roles also as the flags that clients read."""
    roles = member.roles.split()
    return ChannelMemberShape(
        channel_id=member.channel_id,
        user_id=member.user_id,
        roles=member.roles,
        last_viewed_at=member.last_viewed_at,
        msg_count=member.msg_count,
        mention_count=member.mention_count,
        notify_props=member.notify_props,
        last_update_at=member.last_update_at,
        scheme_guest=CHANNEL_GUEST in roles,
        scheme_user=CHANNEL_USER in roles,
        scheme_admin=CHANNEL_ADMIN in roles,
        msg_count_root=member.msg_count_root,
        mention_count_root=member.mention_count_root,
    )


def channel_stats_shape(channel_id: str, stats: ChannelStats) -> ChannelStatsShape:
    """How much there is in a channel."""
    return ChannelStatsShape(
        channel_id=channel_id,
        member_count=stats.members,
        guest_count=stats.guests,
        pinnedpost_count=stats.pinned_posts,
        files_count=stats.files,
    )


def channel_unread_shape(unread: Unread) -> ChannelUnreadShape:
    """What a member has not read of a channel."""
    return ChannelUnreadShape(
        team_id=unread.channel.team_id,
        channel_id=unread.channel.id,
        msg_count=unread.msg_count,
        mention_count=unread.member.mention_count,
        mention_count_root=unread.member.mention_count_root,
        msg_count_root=unread.msg_count_root,
    )
