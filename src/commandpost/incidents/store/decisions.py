"""What was decided about proposals: a row each. To change one, lock its playbook first."""

from collections.abc import Sequence

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.incidents.model.proposals.change import Change
from commandpost.incidents.model.proposals.decision import Choice, Decision
from commandpost.kernel.clock import Millis

_COLUMNS = (
    "playbook_id",
    "choice",
    "change",
    "reason",
    "from_version",
    "to_version",
    "decided_by",
    "decided_at",
    "undone_by",
    "undone_at",
    "undone_version",
)
_OF_PLAYBOOK = Sql(f"""
    SELECT id, {", ".join(_COLUMNS)} FROM playbook_decisions
    WHERE playbook_id = :playbook_id ORDER BY decided_at DESC, id DESC
""")
_FOUND = Sql(f"""
    SELECT id, {", ".join(_COLUMNS)} FROM playbook_decisions WHERE playbook_id = :playbook_id AND id = :id
""")
_SAVE = Sql(f"""
    INSERT INTO playbook_decisions (id, {", ".join(_COLUMNS)})
    VALUES (:id, {", ".join(f":{name}" for name in _COLUMNS)})
    ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
""")

_encode = msgspec.json.Encoder().encode
_change = msgspec.json.Decoder(Change)


async def of_playbook(work: Work, playbook_id: str) -> Sequence[Decision]:
    """All decisions about a playbook, the newest first."""
    return [_decision(row) for row in await work.all(_OF_PLAYBOOK, playbook_id=playbook_id)]


async def found(work: Work, playbook_id: str, decision_id: str) -> Decision | None:
    """A decision about a playbook, or None."""
    row = await work.one(_FOUND, playbook_id=playbook_id, id=decision_id)
    return _decision(row) if row else None


async def save(work: Work, one: Decision) -> None:
    """Save a new or a changed decision."""
    await work.put(
        _SAVE,
        id=one.id,
        playbook_id=one.playbook_id,
        choice=one.choice.value,
        change=_encode(one.change).decode(),
        reason=one.reason,
        from_version=one.from_version,
        to_version=one.to_version,
        decided_by=one.decided_by,
        decided_at=one.decided_at,
        undone_by=one.undone_by,
        undone_at=one.undone_at,
        undone_version=one.undone_version,
    )


def _decision(row: Row) -> Decision:
    return Decision(
        id=row["id"],
        playbook_id=row["playbook_id"],
        choice=Choice(row["choice"]),
        change=_change.decode(row["change"]),
        reason=row["reason"],
        from_version=row["from_version"],
        to_version=row["to_version"],
        decided_by=row["decided_by"],
        decided_at=Millis(row["decided_at"]),
        undone_by=row["undone_by"],
        undone_at=Millis(row["undone_at"]),
        undone_version=row["undone_version"],
    )
