"""What is replayed in practice incidents, and how far it has come."""

from collections.abc import Sequence

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.incidents.model.rehearsal.script import Rehearsal, Script
from commandpost.kernel.clock import NEVER, Millis

_COLUMNS = "incident_id, source_id, playbook_id, seed, speed, start_at, script, position, due_at"
_INSERT = Sql(f"""
    INSERT INTO rehearsals ({_COLUMNS})
    VALUES (:incident_id, :source_id, :playbook_id, :seed, :speed, :start_at, :script, :position, :due_at)
""")
_FOUND = Sql(f"SELECT {_COLUMNS} FROM rehearsals WHERE incident_id = :incident_id")
_SPEED = Sql("SELECT speed FROM rehearsals WHERE incident_id = :incident_id")
_MOVE = Sql("""
    UPDATE rehearsals SET position = :position, due_at = :due_at WHERE incident_id = :incident_id
""")
_STOP = Sql("UPDATE rehearsals SET due_at = 0 WHERE incident_id = :incident_id")
_DUE = Sql("""
    SELECT incident_id FROM rehearsals WHERE due_at > 0 AND due_at <= :now
    ORDER BY due_at, incident_id LIMIT :limit
""")
_NEXT = Sql("SELECT min(due_at) FROM rehearsals WHERE due_at > 0")
_IS_PRACTICE = Sql("SELECT 1 FROM incidents WHERE channel_id = :channel_id AND is_practice")

_encode = msgspec.json.Encoder().encode
_script = msgspec.json.Decoder(Script)


async def insert(work: Work, rehearsal: Rehearsal) -> None:
    """Keep a new rehearsal."""
    await work.put(
        _INSERT,
        incident_id=rehearsal.incident_id,
        source_id=rehearsal.source_id,
        playbook_id=rehearsal.playbook_id,
        seed=rehearsal.seed,
        speed=rehearsal.speed,
        start_at=rehearsal.start_at,
        script=_encode(rehearsal.script).decode(),
        position=rehearsal.position,
        due_at=rehearsal.due_at,
    )


async def found(work: Work, incident_id: str) -> Rehearsal | None:
    """The rehearsal that an incident is, or None."""
    row = await work.one(_FOUND, incident_id=incident_id)
    return _rehearsal(row) if row else None


async def speed(work: Work, incident_id: str) -> int:
    """How many times as fast as the original time passes in an incident."""
    return await work.value(_SPEED, incident_id=incident_id) or 1


async def move(work: Work, rehearsal: Rehearsal, *, due_at: Millis) -> None:
    """Save how far the rehearsal of a locked incident has come, and when its next step is due."""
    await work.put(_MOVE, incident_id=rehearsal.incident_id, position=rehearsal.position, due_at=due_at)


async def stop(work: Work, incident_id: str) -> None:
    """Replay nothing more in a locked incident."""
    await work.put(_STOP, incident_id=incident_id)


async def due(work: Work, *, now: Millis, limit: int) -> Sequence[str]:
    """The incidents in which a step is due, the longest waiting first."""
    return [row["incident_id"] for row in await work.all(_DUE, now=now, limit=limit)]


async def next_due_at(work: Work) -> Millis | None:
    """When the next step will be due, or was; None if none is pending."""
    return await work.value(_NEXT)


async def is_practice_channel(work: Work, channel_id: str) -> bool:
    """Whether a channel is that of a practice incident."""
    return await work.value(_IS_PRACTICE, channel_id=channel_id) is not None


def _rehearsal(row: Row) -> Rehearsal:
    return Rehearsal(
        incident_id=row["incident_id"],
        source_id=row["source_id"],
        playbook_id=row["playbook_id"],
        seed=row["seed"],
        speed=row["speed"],
        start_at=Millis(row["start_at"]),
        script=_script.decode(row["script"]),
        position=row["position"],
        due_at=Millis(row["due_at"]) if row["due_at"] else NEVER,
    )
