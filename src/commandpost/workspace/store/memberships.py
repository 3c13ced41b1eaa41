"""Queries about all the channels and teams of one user."""

from commandpost.db import Sql, Work

_CHANNELS = Sql("SELECT channel_id FROM channel_members WHERE user_id = :user_id")
_TEAMS = Sql("SELECT team_id FROM team_members WHERE user_id = :user_id AND delete_at = 0")


async def channel_ids(work: Work, user_id: str) -> tuple[str, ...]:
    """The channels a user is a member of, in no order."""
    return tuple([row["channel_id"] for row in await work.all(_CHANNELS, user_id=user_id)])


async def team_ids(work: Work, user_id: str) -> tuple[str, ...]:
    """The teams a user is a member of, in no order."""
    return tuple([row["team_id"] for row in await work.all(_TEAMS, user_id=user_id)])
