"""What earlier runs of a playbook took."""

from collections.abc import Sequence
from itertools import groupby

from commandpost.db import Sql, Work
from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.timeline import (
    Entry,
    IncidentEnded,
    IncidentRestarted,
    IncidentStarted,
    TaskTicked,
)
from commandpost.incidents.store.log import entry_of

_KINDS = [kind.kind for kind in (IncidentStarted, IncidentEnded, IncidentRestarted, TaskTicked)]

_COMPLETIONS = Sql("""
    SELECT e.incident_id, e.sequence, e.kind, e.actor_id, e.at, e.payload
    FROM (
        SELECT i.id FROM incidents i
        WHERE i.team_id = :team_id AND i.playbook_id = :playbook_id AND NOT i.is_active
            AND i.create_at < :before AND (CAST(:sees_all AS BOOLEAN) OR i.is_public OR COALESCE(
                (SELECT m.is_present FROM incident_members m
                 WHERE m.incident_id = i.id AND m.user_id = :viewer_id), FALSE))
        ORDER BY i.create_at DESC, i.id DESC LIMIT :limit
    ) runs JOIN incident_events e ON e.incident_id = runs.id
    WHERE e.kind IN (:kinds...) ORDER BY e.incident_id, e.sequence
""")


async def completions(
    work: Work, incident: Incident, *, viewer_id: str, sees_all: bool, limit: int
) -> Sequence[Sequence[Entry]]:
    """The beginnings, completions and ends of the newest runs that began before an incident and are over.

    Only of runs that the viewer may see, one sequence for each run.
    """
    if not incident.playbook_id:
        return []
    rows = await work.scan(
        _COMPLETIONS,
        team_id=incident.team_id,
        playbook_id=incident.playbook_id,
        before=incident.create_at,
        viewer_id=viewer_id,
        sees_all=sees_all,
        limit=limit,
        kinds=_KINDS,
    )
    by_run = groupby(rows, key=lambda row: row["incident_id"])
    return [[entry_of(IncidentId(run), row) for row in some] for run, some in by_run]
