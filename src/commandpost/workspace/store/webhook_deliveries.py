"""Queries about what outgoing webhooks have yet to tell. A claim moves `due_at` on, so it is a lease."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from commandpost.db import Row, Sql, Work

_NAMES = "id, hook_id, url, post_id, trigger_word, payload, create_at, attempts"
_ADD = Sql(
    f"INSERT INTO webhook_deliveries ({_NAMES}, due_at) VALUES (:id, :hook_id, :url, :post_id,"
    " :trigger_word, :payload, :create_at, :attempts, :create_at)"
)
_DUE = Sql(
    f"SELECT {_NAMES} FROM webhook_deliveries d WHERE due_at <= :now AND hook_id NOT IN (:busy...)"
    " AND NOT EXISTS (SELECT 1 FROM webhook_deliveries e WHERE e.hook_id = d.hook_id AND e.due_at <= :now"
    " AND (e.create_at < d.create_at OR (e.create_at = d.create_at AND e.id < d.id)))"
    " ORDER BY due_at, id LIMIT :limit"
)
_CLAIM = Sql(
    "UPDATE webhook_deliveries SET due_at = :until, attempts = attempts + 1"
    " WHERE id = :id AND attempts = :attempts AND due_at <= :now"
)
_AGAIN = Sql("UPDATE webhook_deliveries SET due_at = :at WHERE id = :id AND attempts = :attempts")
_DONE = Sql("DELETE FROM webhook_deliveries WHERE id = :id AND attempts = :attempts")
_FORGET = Sql("DELETE FROM webhook_deliveries WHERE hook_id = :hook_id AND create_at <= :until")
_NEXT = Sql("SELECT MIN(due_at) FROM webhook_deliveries WHERE hook_id NOT IN (:busy...)")

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A post that an outgoing webhook tells one address of. `attempts` counts the present one."""

    id: str
    hook_id: str
    url: str
    post_id: str
    trigger_word: str
    payload: dict[str, Any]
    create_at: int
    attempts: int = 0


async def add(work: Work, deliveries: Sequence[Delivery]) -> None:
    """Store new deliveries, due at once."""
    rows = [
        {
            "id": one.id,
            "hook_id": one.hook_id,
            "url": one.url,
            "post_id": one.post_id,
            "trigger_word": one.trigger_word,
            "payload": _encode(one.payload).decode(),
            "create_at": one.create_at,
            "attempts": one.attempts,
        }
        for one in deliveries
    ]
    await work.put_many(_ADD, rows)


async def due(work: Work, *, now: int, busy: Collection[str], limit: int) -> list[Delivery]:
    """The oldest due delivery of each webhook, but for those of busy ones."""
    rows = await work.all(_DUE, now=now, busy=list(busy), limit=limit)
    return [_delivery_of(row) for row in rows]


async def next_due_at(work: Work, *, busy: Collection[str]) -> int | None:
    """When the next delivery is due, but for those of busy webhooks."""
    return await work.value(_NEXT, busy=list(busy))


async def claim(work: Work, delivery: Delivery, *, now: int, until: int) -> bool:
    """Take a due delivery for a time; False if somebody else has."""
    return await work.run(_CLAIM, id=delivery.id, attempts=delivery.attempts, now=now, until=until) > 0


async def again(work: Work, delivery: Delivery, *, at: int) -> None:
    """Let a claimed delivery be due once more."""
    await work.run(_AGAIN, id=delivery.id, attempts=delivery.attempts, at=at)


async def done(work: Work, delivery: Delivery) -> bool:
    """Forget a claimed delivery; False if its lease ran out and somebody else has it now."""
    return await work.run(_DONE, id=delivery.id, attempts=delivery.attempts) > 0


async def forget(work: Work, hook_id: str, *, until: int) -> int:
    """Forget what a webhook should have told up to a time; gives how many those were."""
    return await work.run(_FORGET, hook_id=hook_id, until=until)


def _delivery_of(row: Row) -> Delivery:
    return Delivery(
        id=row["id"],
        hook_id=row["hook_id"],
        url=row["url"],
        post_id=row["post_id"],
        trigger_word=row["trigger_word"],
        payload=_decode(row["payload"]),
        create_at=row["create_at"],
        attempts=row["attempts"],
    )
