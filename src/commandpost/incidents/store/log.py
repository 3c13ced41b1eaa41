"""The event log: append-only entries of an incident, numbered from 1 without gaps."""

from collections.abc import Sequence

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.incidents.events import LogGrown
from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.listing import Direction, Listed, Page
from commandpost.incidents.model.timeline import KINDS, Entry, Payload
from commandpost.kernel.clock import Millis

_APPEND = Sql("""
    INSERT INTO incident_events (incident_id, sequence, kind, version, actor_id, at, payload)
    VALUES (:incident_id, :sequence, :kind, :version, :actor_id, :at, :payload)
""")
_APPEND_MANY = Sql(
    """
    INSERT INTO incident_events (incident_id, sequence, kind, version, actor_id, at, payload)
    SELECT :incident_id, json_extract(value, '$[0]'), json_extract(value, '$[1]'),
        json_extract(value, '$[2]'), :actor_id, :at, json_extract(value, '$[3]')
    FROM json_each(:entries)
    """,
    postgresql="""
    INSERT INTO incident_events (incident_id, sequence, kind, version, actor_id, at, payload)
    SELECT :incident_id, (value ->> 0)::bigint, value ->> 1, (value ->> 2)::bigint, :actor_id, :at,
        value ->> 3
    FROM jsonb_array_elements(:entries::jsonb)
    """,
)
_GROWN = "RETURNING id, last_event, team_id, channel_id, is_public"
_NEXT = Sql(f"UPDATE incidents SET last_event = last_event + 1 WHERE id = :incident_id {_GROWN}")
_NEXT_IN_CHANNEL = Sql(f"""
    UPDATE incidents SET last_event = last_event + 1 WHERE channel_id = :channel_id {_GROWN}
""")

_CHOSEN = "incident_id = :incident_id AND (CAST(:all_kinds AS BOOLEAN) OR kind IN (:kinds...))"
_WHOLE = Sql("""
    SELECT sequence, kind, actor_id, at, payload FROM incident_events
    WHERE incident_id = :incident_id ORDER BY sequence
""")
_NEWEST_AT = Sql(
    "SELECT at FROM incident_events WHERE incident_id = :incident_id ORDER BY sequence DESC LIMIT 1"
)
_COUNT = Sql(f"SELECT count(*) FROM incident_events WHERE {_CHOSEN}")
_PAGES = {
    direction: Sql(f"""
        SELECT sequence, kind, actor_id, at, payload FROM incident_events
        WHERE {_CHOSEN} ORDER BY sequence {direction} LIMIT :limit OFFSET :offset
    """)
    for direction in Direction
}

_encode = msgspec.json.Encoder().encode
_decoders = {kind: msgspec.json.Decoder(payload) for kind, payload in KINDS.items()}


async def append(
    work: Work, incident_id: str, *, after: int, actor_id: str, at: Millis, payloads: Sequence[Payload]
) -> None:
    """Add entries, numbered from `after` + 1. The incident must be locked, or be new."""
    if len(payloads) == 1:
        await _append_one(work, incident_id, after + 1, actor_id=actor_id, at=at, payload=payloads[0])
    elif payloads:
        entries = [
            (number, payload.kind, payload.version, _encode(payload).decode())
            for number, payload in enumerate(payloads, start=after + 1)
        ]
        await work.put(
            _APPEND_MANY,
            incident_id=incident_id,
            actor_id=actor_id,
            at=at,
            entries=_encode(entries).decode(),
        )


async def append_many(work: Work, entries: Sequence[Entry]) -> None:
    """Add entries to new incidents; their numbers are given."""
    await work.run_many(
        _APPEND,
        [
            {
                "incident_id": entry.incident_id,
                "sequence": entry.sequence,
                "kind": entry.payload.kind,
                "version": entry.payload.version,
                "actor_id": entry.actor_id,
                "at": entry.at,
                "payload": _encode(entry.payload).decode(),
            }
            for entry in entries
        ],
    )


async def append_alone(
    work: Work, incident_id: str, *, actor_id: str, at: Millis, payload: Payload
) -> LogGrown | None:
    """Add an entry to an incident of which nothing else changes; locks its row. Gives what is to be told."""
    row = await work.one(_NEXT, incident_id=incident_id)
    return await _append_next(work, row, actor_id=actor_id, at=at, payload=payload)


async def append_in_channel(
    work: Work, channel_id: str, *, actor_id: str, at: Millis, payload: Payload
) -> LogGrown | None:
    """The same for the incident of that channel, if there is one."""
    row = await work.one(_NEXT_IN_CHANNEL, channel_id=channel_id)
    return await _append_next(work, row, actor_id=actor_id, at=at, payload=payload)


async def whole(work: Work, incident_id: IncidentId) -> Sequence[Entry]:
    """The whole log."""
    rows = await work.scan(_WHOLE, incident_id=incident_id)
    return [entry_of(incident_id, row) for row in rows]


async def whole_so_far(work: Work, incident_id: IncidentId) -> Sequence[Entry]:
    """The whole log, with what this work has added to it."""
    rows = await work.all(_WHOLE, incident_id=incident_id)
    return [entry_of(incident_id, row) for row in rows]


async def newest_at(work: Work, incident_id: str) -> Millis:
    """The time of the newest entry; 0 if there is none."""
    return Millis(await work.value(_NEWEST_AT, incident_id=incident_id) or 0)


async def page(
    work: Work, incident_id: IncidentId, *, kinds: Sequence[str], direction: Direction, page: Page
) -> Listed[Entry]:
    """A page of the log, of these kinds or, if none is named, of all."""
    chosen = {"incident_id": incident_id, "all_kinds": not kinds, "kinds": list(kinds)}
    total = await work.value(_COUNT, **chosen)
    rows = await work.all(_PAGES[direction], **chosen, limit=page.size, offset=page.offset)
    return Listed(items=[entry_of(incident_id, row) for row in rows], total=total, page=page)


async def _append_next(
    work: Work, row: Row | None, *, actor_id: str, at: Millis, payload: Payload
) -> LogGrown | None:
    if row is None:
        return None
    await _append_one(work, row["id"], row["last_event"], actor_id=actor_id, at=at, payload=payload)
    return LogGrown(
        incident_id=row["id"],
        team_id=row["team_id"],
        channel_id=row["channel_id"],
        is_public=bool(row["is_public"]),
    )


async def _append_one(
    work: Work, incident_id: str, number: int, *, actor_id: str, at: Millis, payload: Payload
) -> None:
    await work.put(
        _APPEND,
        incident_id=incident_id,
        sequence=number,
        kind=payload.kind,
        version=payload.version,
        actor_id=actor_id,
        at=at,
        payload=_encode(payload).decode(),
    )


def entry_of(incident_id: IncidentId, row: Row) -> Entry:
    """The entry in a row with these columns: sequence, kind, actor_id, at, payload."""
    return Entry(
        incident_id=incident_id,
        sequence=row["sequence"],
        actor_id=row["actor_id"],
        at=Millis(row["at"]),
        payload=_decoders[row["kind"]].decode(row["payload"]),
    )
