"""Queries of the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from commandpost.audit.entry import Entry
from commandpost.db import Row, Sql, Work

_INSERT = Sql(
    "INSERT INTO audit_entries (at, deed, subject_id, actor_id, session_id, address, before, after)"
    " VALUES (:at, :deed, :subject_id, :actor_id, :session_id, :address, :before, :after)"
)
_PAGE = Sql(
    "SELECT number, at, deed, subject_id, actor_id, session_id, address, before, after FROM audit_entries"
    " WHERE (:number = 0 OR number < :number) AND at >= :since AND at < :until"
    " AND (:actor_id = '' OR actor_id = :actor_id) AND (:subject_id = '' OR subject_id = :subject_id)"
    " AND (:deed = '' OR deed = :deed OR deed LIKE :deed || '.%')"
    " ORDER BY number DESC LIMIT :limit OFFSET :offset",
    postgresql="SELECT number, at, deed, subject_id, actor_id, session_id, address, before, after"
    " FROM audit_entries"
    " WHERE (:number::bigint = 0 OR number < :number) AND at >= :since AND at < :until"
    " AND (:actor_id = '' OR actor_id = :actor_id) AND (:subject_id = '' OR subject_id = :subject_id)"
    " AND (:deed = '' OR deed = :deed OR deed LIKE :deed || '.%')"
    " ORDER BY number DESC LIMIT :limit OFFSET :offset",
)
_LATEST = Sql("SELECT at FROM audit_entries WHERE deed = :deed ORDER BY number DESC LIMIT 1")
_RELEASE = Sql(
    "INSERT INTO audit_retention (id, until) VALUES (1, :until)"
    " ON CONFLICT (id) DO UPDATE SET until = excluded.until"
)
_FORGET = Sql(
    "DELETE FROM audit_entries WHERE number IN"
    " (SELECT number FROM audit_entries WHERE at < :before ORDER BY number LIMIT :limit)"
)

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries: those that fit all that is given. `deed` may be the word before the dot alone."""

    actor_id: str = ""
    subject_id: str = ""
    deed: str = ""
    since: int = 0
    until: int = 2**62


async def insert(work: Work, entry: Entry) -> None:
    """Write an entry down, at the latest with the work's end."""
    await work.put(
        _INSERT,
        at=entry.at,
        deed=entry.deed,
        subject_id=entry.subject_id,
        actor_id=entry.actor_id,
        session_id=entry.session_id,
        address=entry.address,
        before=_encode(entry.before).decode(),
        after=_encode(entry.after).decode(),
    )


async def page(
    work: Work, wanted: Wanted, *, limit: int, offset: int = 0, before_number: int = 0
) -> Sequence[Entry]:
    """The wanted entries, newest first; with a number, those before it."""
    rows = await work.scan(
        _PAGE,
        number=before_number,
        since=wanted.since,
        until=wanted.until,
        actor_id=wanted.actor_id,
        subject_id=wanted.subject_id,
        deed=wanted.deed,
        limit=limit,
        offset=offset,
    )
    return [_entry_of(row) for row in rows]


async def latest_at(work: Work, deed: str) -> int | None:
    """When something was last done; None for never, as far back as the log goes."""
    return await work.value(_LATEST, deed=deed)


async def release(work: Work, *, until: int = 2**62) -> None:
    """Have the database let entries from before a time go from now on; it keeps all others."""
    await work.run(_RELEASE, until=until)


async def forget(work: Work, *, before: int, limit: int) -> int:
    """Let go of the oldest entries from before a time; gives how many."""
    await release(work, until=before)
    return await work.run(_FORGET, before=before, limit=limit)


def _entry_of(row: Row) -> Entry:
    return Entry(
        number=row["number"],
        at=row["at"],
        deed=row["deed"],
        subject_id=row["subject_id"],
        actor_id=row["actor_id"],
        session_id=row["session_id"],
        address=row["address"],
        before=_decode(row["before"]),
        after=_decode(row["after"]),
    )
