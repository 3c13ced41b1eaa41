"""Queries about who is in which team."""

from collections.abc import Sequence
from dataclasses import dataclass

from commandpost.db import Sql, Work
from commandpost.workspace.model.team import TeamMember
from commandpost.workspace.store.teams import member_of

_PUT = Sql(
    "INSERT INTO team_members (team_id, user_id, roles, create_at, delete_at)"
    " VALUES (:team_id, :user_id, :roles, :now, 0)"
    " ON CONFLICT (team_id, user_id) DO UPDATE SET roles = excluded.roles, delete_at = 0,"
    " create_at = excluded.create_at WHERE team_members.delete_at > 0"
)
_SET_ROLES = Sql(
    "UPDATE team_members SET roles = :roles WHERE team_id = :team_id AND user_id = :user_id AND delete_at = 0"
)
_REMOVE = Sql(
    "UPDATE team_members SET delete_at = :now"
    " WHERE team_id = :team_id AND user_id = :user_id AND delete_at = 0"
)
_TEAM_ROLES = Sql("UPDATE team_members SET roles = :roles WHERE user_id = :user_id")
_CHANNEL_ROLES = Sql("UPDATE channel_members SET roles = :roles WHERE user_id = :user_id")
_OF_USER = Sql(
    "SELECT m.team_id, m.user_id, m.roles, m.delete_at FROM team_members m JOIN teams t ON t.id = m.team_id"
    " WHERE m.user_id = :user_id AND m.delete_at = 0 AND t.delete_at = 0 ORDER BY m.team_id"
)
_PAGE = Sql(
    "SELECT m.team_id, m.user_id, m.roles, m.delete_at FROM team_members m JOIN users u ON u.id = m.user_id"
    " WHERE m.team_id = :team_id AND m.delete_at = 0 AND u.delete_at = 0"
    " ORDER BY u.username LIMIT :limit OFFSET :offset"
)
_OF_IDS = Sql(
    "SELECT team_id, user_id, roles, delete_at FROM team_members"
    " WHERE team_id = :team_id AND user_id IN (:user_ids...) AND delete_at = 0 ORDER BY user_id"
)
_COUNTS = Sql(
    "SELECT COUNT(*) AS total, COALESCE(SUM(CASE WHEN u.delete_at = 0 THEN 1 ELSE 0 END), 0) AS active"
    " FROM team_members m JOIN users u ON u.id = m.user_id WHERE m.team_id = :team_id AND m.delete_at = 0"
)
_UNREAD = Sql(
    "SELECT tm.team_id, COALESCE(SUM(CASE WHEN cm.notify_props LIKE :only_mentions THEN 0"
    " WHEN c.total_msg_count > cm.msg_count THEN c.total_msg_count - cm.msg_count ELSE 0 END), 0)"
    " AS msg_count,"
    " COALESCE(SUM(cm.mention_count), 0) AS mention_count"
    " FROM team_members tm JOIN teams t ON t.id = tm.team_id AND t.delete_at = 0"
    " LEFT JOIN channels c ON c.team_id = tm.team_id AND c.delete_at = 0"
    " LEFT JOIN channel_members cm ON cm.channel_id = c.id AND cm.user_id = tm.user_id"
    " WHERE tm.user_id = :user_id AND tm.delete_at = 0 GROUP BY tm.team_id ORDER BY tm.team_id"
)
_ONLY_MENTIONS = '%"mark_unread":"mention"%'


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamUnread:
    """What a member has not read in a team."""

    team_id: str
    msg_count: int
    mention_count: int


async def put(work: Work, member: TeamMember, *, now: int) -> bool:
    """Make somebody a member; False if they are one already."""
    changed = await work.run(
        _PUT, team_id=member.team_id, user_id=member.user_id, roles=member.roles, now=now
    )
    return changed > 0


async def set_roles(work: Work, member: TeamMember) -> bool:
    """Change a member's roles; False if there is no such member."""
    return await work.run(_SET_ROLES, team_id=member.team_id, user_id=member.user_id, roles=member.roles) > 0


async def remove(work: Work, team_id: str, user_id: str, *, now: int) -> bool:
    """End a membership; False if there was none."""
    return await work.run(_REMOVE, team_id=team_id, user_id=user_id, now=now) > 0


async def make_guest(work: Work, user_id: str) -> None:
    """Make a user a guest in all their teams and channels."""
    await work.run(_TEAM_ROLES, user_id=user_id, roles="team_guest")
    await work.run(_CHANNEL_ROLES, user_id=user_id, roles="channel_guest")


async def make_user(work: Work, user_id: str) -> None:
    """Make a guest an ordinary member in all their teams and channels."""
    await work.run(_TEAM_ROLES, user_id=user_id, roles="team_user")
    await work.run(_CHANNEL_ROLES, user_id=user_id, roles="channel_user")


async def of_user(work: Work, user_id: str) -> list[TeamMember]:
    """A user's memberships of living teams."""
    return [member_of(row) for row in await work.all(_OF_USER, user_id=user_id)]


async def page(work: Work, team_id: str, *, limit: int, offset: int) -> list[TeamMember]:
    """A team's active members, by username."""
    rows = await work.all(_PAGE, team_id=team_id, limit=limit, offset=offset)
    return [member_of(row) for row in rows]


async def of_ids(work: Work, team_id: str, user_ids: Sequence[str]) -> list[TeamMember]:
    """The members among some users."""
    rows = await work.all(_OF_IDS, team_id=team_id, user_ids=list(user_ids))
    return [member_of(row) for row in rows]


async def counts(work: Work, team_id: str) -> tuple[int, int]:
    """How many members a team has, and how many of them are active."""
    row = await work.one(_COUNTS, team_id=team_id)
    return (row["total"], row["active"]) if row else (0, 0)


async def unread(work: Work, user_id: str) -> list[TeamUnread]:
    """What a user has not read, team by team; channels set to mentions only count their mentions."""
    rows = await work.all(_UNREAD, user_id=user_id, only_mentions=_ONLY_MENTIONS)
    return [
        TeamUnread(
            team_id=row["team_id"], msg_count=int(row["msg_count"]), mention_count=int(row["mention_count"])
        )
        for row in rows
    ]
