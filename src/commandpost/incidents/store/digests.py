"""Who wants digests and when, and what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from commandpost.db import Row, Sql, Work
from commandpost.incidents.model.digest import Frequency, Wish
from commandpost.kernel.clock import Millis

_WISH = Sql("SELECT frequency, due_at, since FROM digests WHERE user_id = :user_id")
_SET = Sql("""
    INSERT INTO digests (user_id, frequency, due_at, since) VALUES (:user_id, :frequency, :due_at, :since)
    ON CONFLICT (user_id) DO UPDATE SET frequency = excluded.frequency, due_at = excluded.due_at,
        since = excluded.since
""")
_FORGET = Sql("DELETE FROM digests WHERE user_id = :user_id")
_TAKE = Sql("""
    UPDATE digests SET due_at = :next_at, since = :now WHERE user_id = :user_id AND due_at = :due_at
""")
_DUE = Sql("SELECT user_id FROM digests WHERE due_at <= :now ORDER BY due_at, user_id LIMIT :limit")
_NEXT = Sql("SELECT min(due_at) FROM digests")
_OWN = """FROM incident_members m JOIN incidents i ON i.id = m.incident_id
    WHERE m.user_id = :user_id AND m.is_present AND NOT i.is_practice"""
_ONGOING = Sql(f"SELECT i.id {_OWN} AND i.is_active ORDER BY i.create_at DESC, i.id LIMIT :limit")
_ENDED = Sql(f"""
    SELECT i.id {_OWN} AND NOT i.is_active AND i.end_at >= :since ORDER BY i.end_at DESC, i.id LIMIT :limit
""")
_OVERDUE = Sql("""
    SELECT f.title, f.due_at, i.name, i.team_id, i.channel_id
    FROM incident_members m JOIN incidents i ON i.id = m.incident_id
        JOIN follow_ups f ON f.incident_id = i.id AND f.assignee_id = m.user_id
    WHERE m.user_id = :user_id AND m.is_present AND NOT i.is_practice
        AND f.done_at = 0 AND f.due_at > 0 AND f.due_at <= :now
    ORDER BY f.due_at, f.id LIMIT :limit
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueFollowUp:
    """A follow-up whose time is over, and where its incident is."""

    title: str
    due_at: Millis
    incident_name: str
    team_id: str
    channel_id: str


async def of_user(work: Work, user_id: str) -> Wish | None:
    """What somebody wants; None for no digest."""
    row = await work.one(_WISH, user_id=user_id)
    if row is None:
        return None
    often = Frequency(row["frequency"])
    return Wish(frequency=often, due_at=Millis(row["due_at"]), since=Millis(row["since"]))


async def wish(work: Work, user_id: str, wanted: Wish) -> None:
    """Keep what somebody wants, in place of what they wanted before."""
    await work.put(
        _SET, user_id=user_id, frequency=wanted.frequency, due_at=wanted.due_at, since=wanted.since
    )


async def forget(work: Work, user_id: str) -> None:
    """Somebody wants none."""
    await work.put(_FORGET, user_id=user_id)


async def take(work: Work, user_id: str, seen: Wish, *, next_at: Millis, now: Millis) -> bool:
    """Move a digest on to the next time; False if another node was faster."""
    return await work.run(_TAKE, user_id=user_id, due_at=seen.due_at, next_at=next_at, now=now) > 0


async def due(work: Work, *, now: Millis, limit: int) -> Sequence[str]:
    """The users whose digests are due, the longest waiting first."""
    return [row["user_id"] for row in await work.all(_DUE, now=now, limit=limit)]


async def next_due_at(work: Work) -> Millis | None:
    """When the next digest will be due, or was; None if nobody wants one."""
    return await work.value(_NEXT)


async def ongoing_ids(work: Work, user_id: str, *, limit: int) -> Sequence[str]:
    """The ongoing incidents in whose channels somebody is, newest first."""
    return [row["id"] for row in await work.all(_ONGOING, user_id=user_id, limit=limit)]


async def ended_ids(work: Work, user_id: str, *, since: Millis, limit: int) -> Sequence[str]:
    """Those that have ended since a moment, the last first."""
    return [row["id"] for row in await work.all(_ENDED, user_id=user_id, since=since, limit=limit)]


async def overdue(work: Work, user_id: str, *, now: Millis, limit: int) -> Sequence[OverdueFollowUp]:
    """The follow-ups of somebody whose time is over, in incidents they are still in."""
    return [_follow_up(row) for row in await work.all(_OVERDUE, user_id=user_id, now=now, limit=limit)]


def _follow_up(row: Row) -> OverdueFollowUp:
    return OverdueFollowUp(
        title=row["title"],
        due_at=Millis(row["due_at"]),
        incident_name=row["name"],
        team_id=row["team_id"],
        channel_id=row["channel_id"],
    )
