"""Queries about mail yet to be sent. A claim moves `due_at` on, so it is a lease."""

from dataclasses import dataclass

from commandpost.db import Sql, Work

_ADD = Sql("INSERT INTO mails (id, sealed, create_at, due_at, attempts) VALUES (:id, :sealed, :now, :now, 0)")
_DUE = Sql(
    "SELECT id, sealed, create_at, attempts FROM mails WHERE due_at <= :now ORDER BY due_at, id LIMIT 1"
)
_CLAIM = Sql(
    "UPDATE mails SET due_at = :until, attempts = attempts + 1"
    " WHERE id = :id AND attempts = :attempts AND due_at <= :now"
)
_AGAIN = Sql("UPDATE mails SET due_at = :at WHERE id = :id AND attempts = :attempts")
_DONE = Sql("DELETE FROM mails WHERE id = :id AND attempts = :attempts")
_NEXT = Sql("SELECT MIN(due_at) FROM mails")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A mail that waits, encrypted. `attempts` counts the present one."""

    id: str
    sealed: str
    create_at: int
    attempts: int


async def add(work: Work, mail_id: str, sealed: str, *, now: int) -> None:
    """Store a mail, due at once."""
    await work.run(_ADD, id=mail_id, sealed=sealed, now=now)


async def first_due(work: Work, *, now: int) -> Waiting | None:
    """The mail that has been due longest."""
    row = await work.one(_DUE, now=now)
    if row is None:
        return None
    return Waiting(id=row["id"], sealed=row["sealed"], create_at=row["create_at"], attempts=row["attempts"])


async def next_due_at(work: Work) -> int | None:
    """When a mail is due next, or was."""
    return await work.value(_NEXT)


async def claim(work: Work, mail: Waiting, *, now: int, until: int) -> bool:
    """Take a due mail for a time; False if somebody else has."""
    return await work.run(_CLAIM, id=mail.id, attempts=mail.attempts, now=now, until=until) > 0


async def again(work: Work, mail: Waiting, *, at: int) -> None:
    """Let a claimed mail be due once more."""
    await work.run(_AGAIN, id=mail.id, attempts=mail.attempts, at=at)


async def done(work: Work, mail: Waiting) -> None:
    """Forget a claimed mail, unless its lease ran out and somebody else has it now."""
    await work.run(_DONE, id=mail.id, attempts=mail.attempts)
