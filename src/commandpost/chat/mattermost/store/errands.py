"""Queries about errands. A claim moves `due_at` on, so it is a lease."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.kernel.clock import NEVER, Millis

_NAMES = "number, id, channel_id, kind, user_id, post_id, content, create_at, attempts, tried_at"
_ADD = Sql(
    "INSERT INTO mattermost_errands (id, channel_id, kind, user_id, post_id, content, create_at, due_at)"
    " VALUES (:id, :channel_id, :kind, :user_id, :post_id, :content, :create_at, :create_at)"
)
_FIRST = (
    f"SELECT {_NAMES} FROM mattermost_errands d WHERE due_at <= :now AND channel_id NOT IN (:busy...)"
    " AND NOT EXISTS (SELECT 1 FROM mattermost_errands e WHERE e.channel_id = d.channel_id"
    " AND e.number < d.number)"
)
_DUE = Sql(f"{_FIRST} ORDER BY number LIMIT :limit")
_CLAIM = Sql(
    "UPDATE mattermost_errands SET due_at = :until, attempts = attempts + 1, is_waiting = FALSE,"
    " tried_at = CASE WHEN tried_at = 0 THEN :now ELSE tried_at END"
    " WHERE id = :id AND attempts = :attempts AND due_at <= :now"
)
_AGAIN = Sql(
    "UPDATE mattermost_errands SET due_at = :at, is_waiting = TRUE WHERE id = :id AND attempts = :attempts"
)
_DONE = Sql("DELETE FROM mattermost_errands WHERE id = :id AND attempts = :attempts")
_NEXT = Sql("SELECT MIN(due_at) FROM mattermost_errands WHERE channel_id NOT IN (:busy...)")
_BY_IDS = Sql(f"SELECT {_NAMES} FROM mattermost_errands WHERE id IN (:ids...)")
_WAITING = Sql("SELECT COUNT(*) AS waiting, MIN(create_at) AS oldest FROM mattermost_errands")
_NAME = Sql(
    "UPDATE mattermost_errands SET content = replace(content, :placeholder, :post_id),"
    " post_id = replace(post_id, :placeholder, :post_id)"
    " WHERE post_id = :placeholder OR content LIKE '%' || :placeholder || '%'"
)
_JOINING = Sql("SELECT channel_id FROM mattermost_errands WHERE kind = 'join' AND user_id = :user_id")
_JOINING_IN = Sql("SELECT user_id FROM mattermost_errands WHERE kind = 'join' AND channel_id = :channel_id")
_HURRY = Sql(
    "UPDATE mattermost_errands SET due_at = :now"
    " WHERE due_at > :now AND is_waiting AND (channel_id = :channel_id OR :channel_id = '')"
)

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Kind(StrEnum):
    """What is to be done."""

    POST = "post"
    DELETE = "delete"
    JOIN = "join"


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Something to be done in a channel over there.

    `user_id` is the author of a post ("": the bot) or who joins, `post_id` what is deleted. `content` is what
    is posted. `attempts` counts the present one.
    """

    id: str
    channel_id: str
    kind: Kind
    create_at: Millis
    user_id: str = ""
    post_id: str = ""
    content: dict[str, Any]
    number: int = 0
    attempts: int = 0
    tried_at: Millis = NEVER


async def add(work: Work, errand: Errand) -> None:
    """Keep an errand, due at once."""
    await work.run(
        _ADD,
        id=errand.id,
        channel_id=errand.channel_id,
        kind=errand.kind.value,
        user_id=errand.user_id,
        post_id=errand.post_id,
        content=_encode(errand.content).decode(),
        create_at=errand.create_at,
    )


async def due(work: Work, *, now: Millis, busy: Collection[str], limit: int) -> list[Errand]:
    """The first errand of each channel in which none is under way, if it is due."""
    return [_errand(row) for row in await work.all(_DUE, now=now, busy=list(busy), limit=limit)]


async def next_due_at(work: Work, *, busy: Collection[str]) -> Millis | None:
    return await work.value(_NEXT, busy=list(busy))


async def claim(work: Work, errand: Errand, *, now: Millis, until: Millis) -> bool:
    """Take a due errand for a time; False if somebody else has."""
    changed = await work.run(_CLAIM, id=errand.id, attempts=errand.attempts, now=now, until=until)
    return changed > 0


async def again(work: Work, errand: Errand, *, at: Millis) -> None:
    """Let a claimed errand be due once more."""
    await work.run(_AGAIN, id=errand.id, attempts=errand.attempts, at=at)


async def done(work: Work, errand: Errand) -> bool:
    """Forget a claimed errand; False if its lease ran out and somebody else has it now."""
    return await work.run(_DONE, id=errand.id, attempts=errand.attempts) > 0


async def hurry(work: Work, channel_id: str, *, now: Millis) -> None:
    """Let what waits for another attempt be due now, in one channel or ("") in all."""
    await work.run(_HURRY, channel_id=channel_id, now=now)


async def by_ids(work: Work, ids: Collection[str]) -> Sequence[Errand]:
    """Those of these errands that are not done yet."""
    return [_errand(row) for row in await work.all(_BY_IDS, ids=list(ids))]


async def name(work: Work, placeholder: str, post_id: str) -> None:
    """Put the id of a post that is there now in the place of what stood for it."""
    await work.run(_NAME, placeholder=placeholder, post_id=post_id)


async def joining(work: Work, user_id: str) -> Sequence[str]:
    """The channels that a user is yet to be added to."""
    return [row["channel_id"] for row in await work.all(_JOINING, user_id=user_id)]


async def joining_in(work: Work, channel_id: str) -> Sequence[str]:
    """Who is yet to be added to a channel."""
    return [row["user_id"] for row in await work.all(_JOINING_IN, channel_id=channel_id)]


async def waiting(work: Work) -> tuple[int, Millis]:
    """How many errands there are, and since when the oldest; NEVER if there are none."""
    row = await work.one(_WAITING)
    assert row is not None
    return row["waiting"], Millis(row["oldest"] or NEVER)


def _errand(row: Row) -> Errand:
    return Errand(
        number=row["number"],
        id=row["id"],
        channel_id=row["channel_id"],
        kind=Kind(row["kind"]),
        user_id=row["user_id"],
        post_id=row["post_id"],
        content=_decode(row["content"]),
        create_at=Millis(row["create_at"]),
        attempts=row["attempts"],
        tried_at=Millis(row["tried_at"]),
    )
