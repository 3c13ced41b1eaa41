"""What any user may do in a team or a channel, whether they are asking themselves or not: one query each."""

from dataclasses import dataclass

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, may
from commandpost.workspace.store.channels import COLUMNS, channel_of

_IN_TEAM = Sql(
    "SELECT u.id AS user_id, u.username, u.roles AS system_roles, u.is_bot, m.roles AS team_roles,"
    " t.id AS team_id FROM users u LEFT JOIN teams t ON t.id = :team_id"
    " LEFT JOIN team_members m ON m.team_id = t.id AND m.user_id = u.id AND m.delete_at = 0"
    " WHERE u.id = :user_id AND u.delete_at = 0"
)
_IN_CHANNEL = Sql(
    f"SELECT {COLUMNS}, u.id AS user_id, u.username, u.roles AS system_roles, u.is_bot,"
    " m.roles AS channel_roles, t.roles AS team_roles"
    " FROM users u JOIN channels c ON c.id = :channel_id"
    " LEFT JOIN channel_members m ON m.channel_id = c.id AND m.user_id = u.id"
    " LEFT JOIN team_members t ON t.team_id = c.team_id AND t.user_id = u.id AND t.delete_at = 0"
    " WHERE u.id = :user_id AND u.delete_at = 0"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRights:
    """A user with their roles in a team that exists."""

    user: Who
    team_roles: str

    def include(self, permission: Permission) -> bool:
        """Whether they have a permission there."""
        return may(self.user, permission, self.team_roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRights:
    """A user with their roles in a channel and its team."""

    user: Who
    channel: Channel
    channel_roles: str
    team_roles: str

    def include(self, permission: Permission) -> bool:
        """Whether they have a permission there."""
        return may(self.user, permission, self.team_roles, self.channel_roles)


async def in_team(work: Work, user_id: str, team_id: str) -> TeamRights | None:
    """A user's rights in a team; None if there is no such team, or no such active user."""
    row = await work.one(_IN_TEAM, user_id=user_id, team_id=team_id)
    if row is None or row["team_id"] is None:
        return None
    return TeamRights(user=_who(row), team_roles=row["team_roles"] or "")


async def in_channel(work: Work, user_id: str, channel_id: str) -> ChannelRights | None:
    """A user's rights in a channel; None if there is no such channel, or no such active user."""
    row = await work.one(_IN_CHANNEL, user_id=user_id, channel_id=channel_id)
    if row is None:
        return None
    return ChannelRights(
        user=_who(row),
        channel=channel_of(row),
        channel_roles=row["channel_roles"] or "",
        team_roles=row["team_roles"] or "",
    )


def _who(row: Row) -> Who:
    return Who(
        user_id=row["user_id"],
        username=row["username"],
        roles=frozenset(row["system_roles"].split()),
        is_bot=bool(row["is_bot"]),
    )
