"""The incidents of a playbook that are over, as far as somebody may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from commandpost.db import Sql, Work
from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.playbook import Playbook
from commandpost.incidents.model.timeline import Entry
from commandpost.incidents.store.log import entry_of

_RUNS = """
    SELECT i.id, i.playbook_version, i.create_at, i.end_at FROM incidents i
    WHERE i.team_id = :team_id AND i.playbook_id = :playbook_id AND NOT i.is_active
        AND (CAST(:sees_all AS BOOLEAN) OR i.is_public OR COALESCE(
            (SELECT m.is_present FROM incident_members m
             WHERE m.incident_id = i.id AND m.user_id = :viewer_id), FALSE))
    ORDER BY i.create_at DESC, i.id DESC LIMIT :limit
"""
_DURATIONS = Sql(_RUNS)
_LOGS = Sql(f"""
    SELECT e.incident_id, e.sequence, e.kind, e.actor_id, e.at, e.payload
    FROM ({_RUNS}) runs JOIN incident_events e ON e.incident_id = runs.id
    ORDER BY e.incident_id, e.sequence
""")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks; a system admin sees all."""

    user_id: str
    sees_all: bool


@dataclass(frozen=True, slots=True)
class Took:
    """How long an incident took, by which version of its playbook."""

    version: int
    duration_ms: int


async def logs(work: Work, playbook: Playbook, viewer: Viewer, *, limit: int) -> Sequence[Sequence[Entry]]:
    """The whole logs of the newest of them."""
    rows = await work.scan(_LOGS, **_asked(playbook, viewer, limit))
    by_run = groupby(rows, key=lambda row: row["incident_id"])
    return [[entry_of(IncidentId(run), row) for row in some] for run, some in by_run]


async def durations(work: Work, playbook: Playbook, viewer: Viewer, *, limit: int) -> Sequence[Took]:
    """How long the newest of them took, the newest first."""
    rows = await work.scan(_DURATIONS, **_asked(playbook, viewer, limit))
    return [Took(row["playbook_version"], max(0, row["end_at"] - row["create_at"])) for row in rows]


def _asked(playbook: Playbook, viewer: Viewer, limit: int) -> dict[str, object]:
    return {
        "team_id": playbook.content.team_id,
        "playbook_id": playbook.id,
        "viewer_id": viewer.user_id,
        "sees_all": viewer.sees_all,
        "limit": limit,
    }
