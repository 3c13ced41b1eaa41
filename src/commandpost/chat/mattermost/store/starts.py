"""Queries about channels that were begun for incidents."""

from collections.abc import Sequence
from dataclasses import dataclass

from commandpost.db import Sql, Work
from commandpost.kernel.clock import Millis

_ADD = Sql(
    "INSERT INTO mattermost_starts (id, team_id, name, create_at, due_at)"
    " VALUES (:id, :team_id, :name, :create_at, :due_at)"
)
_MADE = Sql("UPDATE mattermost_starts SET channel_id = :channel_id WHERE id = :id")
_FORGET = Sql("DELETE FROM mattermost_starts WHERE id = :id")
_DUE = Sql(
    "SELECT id, team_id, name, channel_id, create_at FROM mattermost_starts WHERE due_at <= :now"
    " ORDER BY create_at, id LIMIT 20"
)
_NEXT = Sql("SELECT MIN(due_at) FROM mattermost_starts")
_AGAIN = Sql("UPDATE mattermost_starts SET due_at = :at WHERE id = :id AND due_at <= :at")
_AT_ONCE = Sql("UPDATE mattermost_starts SET due_at = :at WHERE id = :id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A channel begun; `channel_id` is "" if nobody knows whether it came to be."""

    id: str
    team_id: str
    name: str
    channel_id: str
    create_at: Millis


async def add(work: Work, start: Start, *, due_at: Millis) -> None:
    await work.run(
        _ADD,
        id=start.id,
        team_id=start.team_id,
        name=start.name,
        create_at=start.create_at,
        due_at=due_at,
    )


async def made(work: Work, start_id: str, channel_id: str) -> None:
    await work.run(_MADE, id=start_id, channel_id=channel_id)


async def forget(work: Work, start_id: str) -> bool:
    """Whether it was still there: another may be undoing it by now."""
    return await work.run(_FORGET, id=start_id) > 0


async def due(work: Work, *, now: Millis) -> Sequence[Start]:
    """What is to be undone now."""
    return [
        Start(
            id=row["id"],
            team_id=row["team_id"],
            name=row["name"],
            channel_id=row["channel_id"],
            create_at=Millis(row["create_at"]),
        )
        for row in await work.all(_DUE, now=now)
    ]


async def next_due_at(work: Work) -> Millis | None:
    return await work.value(_NEXT)


async def again(work: Work, start_id: str, *, at: Millis) -> None:
    """Undo it later; one who takes it up moves it on, so that nobody else does."""
    await work.run(_AGAIN, id=start_id, at=at)


async def at_once(work: Work, start_id: str, *, at: Millis) -> None:
    """Undo it now."""
    await work.run(_AT_ONCE, id=start_id, at=at)
