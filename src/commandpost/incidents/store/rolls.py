"""Questions for comparing who is in incidents' channels with what the chat says."""

from collections.abc import Sequence

from commandpost.db import Sql, Work
from commandpost.kernel.clock import Millis

_TEAMS = Sql("SELECT DISTINCT team_id FROM incidents ORDER BY team_id")
_CHANNELS_OF = Sql("""
    SELECT i.channel_id FROM incident_members m JOIN incidents i ON i.id = m.incident_id
    WHERE m.user_id = :user_id AND m.is_present
""")
_OF_INCIDENTS = Sql("SELECT channel_id FROM incidents WHERE channel_id IN (:channel_ids...)")
_PRESENT_IN = Sql("""
    SELECT m.user_id FROM incident_members m JOIN incidents i ON i.id = m.incident_id
    WHERE i.channel_id = :channel_id AND m.is_present
""")
_FOLLOWED = Sql("""
    SELECT channel_id FROM incidents WHERE is_active OR end_at >= :since ORDER BY create_at DESC LIMIT :limit
""")


async def teams(work: Work) -> Sequence[str]:
    """The teams that have, or had, an incident."""
    return [row["team_id"] for row in await work.all(_TEAMS)]


async def channels_of(work: Work, user_id: str) -> Sequence[str]:
    """The incidents' channels in which a user is."""
    return [row["channel_id"] for row in await work.all(_CHANNELS_OF, user_id=user_id)]


async def of_incidents(work: Work, channel_ids: Sequence[str]) -> Sequence[str]:
    """Those of the channels that are of incidents."""
    rows = await work.all(_OF_INCIDENTS, channel_ids=list(channel_ids))
    return [row["channel_id"] for row in rows]


async def present_in(work: Work, channel_id: str) -> Sequence[str]:
    """Who is in the channel of an incident."""
    return [row["user_id"] for row in await work.all(_PRESENT_IN, channel_id=channel_id)]


async def followed(work: Work, *, since: Millis, limit: int) -> Sequence[str]:
    """The channels of incidents that are ongoing or were so until then, newest first."""
    return [row["channel_id"] for row in await work.all(_FOLLOWED, since=since, limit=limit)]
