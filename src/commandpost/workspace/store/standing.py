"""What somebody is in a channel: the one question behind every permission there."""

from collections.abc import Sequence

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.channel import Channel, UnknownChannel
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, may, permit
from commandpost.workspace.store.channels import COLUMNS, channel_of

_STANDING = (
    f"SELECT {COLUMNS}, m.roles AS channel_roles, t.roles AS team_roles FROM channels c"
    " LEFT JOIN channel_members m ON m.channel_id = c.id AND m.user_id = :user_id"
    " LEFT JOIN team_members t ON t.team_id = c.team_id AND t.user_id = :user_id AND t.delete_at = 0"
)
_IN_CHANNEL = Sql(f"{_STANDING} WHERE c.id = :channel_id")
_IN_CHANNEL_NAMED = Sql(
    f"{_STANDING} WHERE c.team_id IN (:team_id, '') AND c.name = :name ORDER BY c.team_id DESC"
)
_IN_TEAM = Sql(
    "SELECT roles FROM team_members WHERE team_id = :team_id AND user_id = :user_id AND delete_at = 0"
)
_ROLES = Sql(
    "SELECT channel_id AS place_id, user_id, roles FROM channel_members"
    " WHERE channel_id IN (:channel_ids...) AND user_id IN (:user_ids...)"
    " UNION ALL SELECT team_id, user_id, roles FROM team_members"
    " WHERE team_id IN (:team_ids...) AND user_id IN (:user_ids...) AND delete_at = 0"
)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A channel with a user's roles in it and in its team, space separated; "" where they are no member."""

    channel: Channel
    channel_roles: str
    team_roles: str

    @property
    def is_member(self) -> bool:
        return self.channel_roles != ""

    def may(self, who: Who, permission: Permission) -> bool:
        """Whether the user, whose standing this is, has a permission here."""
        return may(who, permission, self.team_roles, self.channel_roles)

    def permit(self, who: Who, permission: Permission) -> None:
        """Refuse with Forbidden unless `may`."""
        permit(who, permission, self.team_roles, self.channel_roles)


async def in_channel(work: Work, who_id: str, channel_id: str) -> Standing | None:
    """A user's standing in a channel (archived ones included); None if there is no such channel."""
    row = await work.one(_IN_CHANNEL, user_id=who_id, channel_id=channel_id)
    return _standing_of(row) if row else None


async def in_channel_named(work: Work, who_id: str, team_id: str, name: str) -> Standing | None:
    """As `in_channel`, by the channel's name: in the team, or that of a direct or group channel."""
    row = await work.one(_IN_CHANNEL_NAMED, user_id=who_id, team_id=team_id, name=name)
    return _standing_of(row) if row else None


async def in_known_channel(work: Work, who_id: str, channel_id: str) -> Standing:
    """A user's standing in a channel. Raises UnknownChannel."""
    standing = await in_channel(work, who_id, channel_id)
    if standing is None:
        raise UnknownChannel
    return standing


async def of_users(
    work: Work, channels: Sequence[Channel], user_ids: Sequence[str]
) -> dict[tuple[str, str], Standing]:
    """The standing of each user in each of some channels, by user and channel id."""
    rows = await work.all(
        _ROLES,
        channel_ids=[channel.id for channel in channels],
        team_ids=sorted({channel.team_id for channel in channels}),
        user_ids=list(user_ids),
    )
    roles = {(row["user_id"], row["place_id"]): row["roles"] for row in rows}
    return {
        (user_id, channel.id): Standing(
            channel=channel,
            channel_roles=roles.get((user_id, channel.id), ""),
            team_roles=roles.get((user_id, channel.team_id), ""),
        )
        for user_id in user_ids
        for channel in channels
    }


async def in_team(work: Work, who_id: str, team_id: str) -> str:
    """A user's roles in a team, space separated; "" if they are not in it."""
    return await work.value(_IN_TEAM, team_id=team_id, user_id=who_id) or ""


def _standing_of(row: Row) -> Standing:
    return Standing(
        channel=channel_of(row),
        channel_roles=row["channel_roles"] or "",
        team_roles=row["team_roles"] or "",
    )
