"""What a team's incidents say together, as far as somebody may see them; practice is none of it.

Groups are counted by the databases: of the event logs of ten thousand incidents, only sums come here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.incidents.model.dashboard.load import Deeds, Period
from commandpost.incidents.model.dashboard.times import Run
from commandpost.incidents.model.dashboard.to_do import OpenFollowUp, ToDo
from commandpost.incidents.model.follow_up import FollowUp, Wanted
from commandpost.incidents.store.archives import Stranger
from commandpost.kernel.clock import Millis

_SHOWN = """i.team_id = :team_id AND NOT i.is_practice
    AND i.create_at >= :started_from AND i.create_at < :started_before
    AND (:playbook_id = '' OR i.playbook_id = :playbook_id)
    AND (CAST(:sees_all AS BOOLEAN) OR i.is_public OR COALESCE(
        (SELECT m.is_present FROM incident_members m
         WHERE m.incident_id = i.id AND m.user_id = :viewer_id), FALSE))"""

_RUNS = Sql(f"""
    SELECT i.id, i.playbook_id, i.create_at, CASE WHEN i.is_active THEN 0 ELSE i.end_at END AS end_at,
        COALESCE((SELECT min(s.create_at) FROM status_posts s WHERE s.incident_id = i.id), 0)
            AS first_update_at
    FROM incidents i WHERE {_SHOWN} ORDER BY i.id
""")
_STAGES = Sql(
    f"""
    SELECT e.incident_id, json_extract(e.payload, '$.to_title') AS title, min(e.at) AS at
    FROM incidents i JOIN incident_events e ON e.incident_id = i.id AND e.kind = 'stage_changed'
    WHERE {_SHOWN} GROUP BY 1, 2 ORDER BY 1, 2
    """,
    postgresql=f"""
    SELECT e.incident_id, e.payload::jsonb ->> 'to_title' AS title, min(e.at) AS at
    FROM incidents i JOIN incident_events e ON e.incident_id = i.id AND e.kind = 'stage_changed'
    WHERE {_SHOWN} GROUP BY 1, 2 ORDER BY 1, 2
    """,
)
_COUNTED = f"""
    SELECT e.actor_id AS user_id, (e.at + p.ahead_ms) / 3600000 % 24 AS hour, count(*) AS deeds
    FROM incidents i CROSS JOIN incident_events e CROSS JOIN periods p
    WHERE {_SHOWN} AND e.incident_id = i.id AND e.actor_id <> '' AND e.kind IN (:kinds...)
        AND p.since <= e.at AND e.at < p.until
    GROUP BY 1, 2
"""
"""CROSS JOIN has SQLite keep this order: otherwise it reads all events once for each period."""
_DEEDS = Sql(
    f"""
    WITH periods AS MATERIALIZED (
        SELECT json_extract(value, '$.since') AS since, json_extract(value, '$.until') AS until,
            json_extract(value, '$.ahead_ms') AS ahead_ms FROM json_each(:periods))
    {_COUNTED}
    """,
    postgresql=f"""
    WITH periods AS MATERIALIZED (
        SELECT (value ->> 'since')::bigint AS since, (value ->> 'until')::bigint AS until,
            (value ->> 'ahead_ms')::bigint AS ahead_ms FROM jsonb_array_elements(:periods::jsonb))
    {_COUNTED}
    """,
)
_FIRST_START = Sql(f"SELECT min(i.create_at) FROM incidents i WHERE {_SHOWN}")
_TO_DO = Sql(f"""
    SELECT f.id, f.incident_id, f.title, f.assignee_id, f.due_at, f.version, f.created_by, f.create_at,
        f.update_at, i.name, i.playbook_id
    FROM incidents i JOIN follow_ups f ON f.incident_id = i.id
    WHERE {_SHOWN} AND f.done_at = 0
    ORDER BY CASE WHEN f.due_at = 0 THEN 1 ELSE 0 END, f.due_at, f.create_at, f.id LIMIT :limit
""")
_TO_DO_COUNTS = Sql(f"""
    SELECT i.playbook_id, count(*) AS open,
        count(CASE WHEN f.due_at > 0 AND f.due_at <= :now THEN 1 END) AS overdue
    FROM incidents i JOIN follow_ups f ON f.incident_id = i.id
    WHERE {_SHOWN} AND f.done_at = 0 GROUP BY i.playbook_id
""")
_PLAYBOOKS = Sql("""
    SELECT p.id, p.title FROM playbooks p WHERE p.id IN (:ids...) AND (CAST(:sees_all AS BOOLEAN)
        OR EXISTS (SELECT 1 FROM playbook_members m WHERE m.playbook_id = p.id AND m.user_id = :viewer_id))
""")
_STRANGERS = Sql("SELECT user_id, username, is_bot FROM imported_people WHERE user_id IN (:ids...)")

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which incidents of a team, and who asks; a system admin sees all. A playbook of "" is any."""

    team_id: str
    playbook_id: str
    started_from: Millis
    started_before: Millis
    viewer_id: str
    sees_all: bool

    @property
    def params(self) -> dict[str, object]:
        return {
            "team_id": self.team_id,
            "playbook_id": self.playbook_id,
            "started_from": self.started_from,
            "started_before": self.started_before,
            "viewer_id": self.viewer_id,
            "sees_all": self.sees_all,
        }


async def runs(work: Work, asked: Asked) -> Sequence[Run]:
    """What happened when in each incident."""
    rows = await work.scan(_RUNS, **asked.params)
    entered = await work.scan(_STAGES, **asked.params)
    stages = {
        incident_id: [(row["title"], Millis(row["at"])) for row in some]
        for incident_id, some in groupby(entered, key=lambda row: row["incident_id"])
    }
    return [
        Run(
            playbook_id=row["playbook_id"],
            start_at=Millis(row["create_at"]),
            first_update_at=Millis(row["first_update_at"]),
            end_at=Millis(row["end_at"]),
            stages=stages.get(row["id"], ()),
        )
        for row in rows
    ]


async def first_start(work: Work, asked: Asked) -> Millis | None:
    """When the first of them began."""
    (row,) = await work.scan(_FIRST_START, **asked.params)
    return row[0]


async def deeds(
    work: Work, asked: Asked, *, kinds: Sequence[str], periods: Sequence[Period]
) -> Sequence[Deeds]:
    """How many things each person did in each hour of the day."""
    rows = await work.scan(_DEEDS, **asked.params, kinds=kinds, periods=_encode(periods).decode())
    return [Deeds(user_id=row["user_id"], hour=int(row["hour"]), count=row["deeds"]) for row in rows]


async def to_do(work: Work, asked: Asked, *, limit: int) -> Sequence[OpenFollowUp]:
    """Open follow-ups, those due first ahead, those without a date at the end."""
    return [_open(row) for row in await work.scan(_TO_DO, **asked.params, limit=limit)]


async def to_do_counts(work: Work, asked: Asked, *, now: Millis) -> Sequence[ToDo]:
    """How many are open, by playbook."""
    rows = await work.scan(_TO_DO_COUNTS, **asked.params, now=now)
    return [ToDo(playbook_id=row["playbook_id"], open=row["open"], overdue=row["overdue"]) for row in rows]


async def playbook_titles(work: Work, asked: Asked, ids: Collection[str]) -> Mapping[str, str]:
    """What playbooks are called, of which one may know it."""
    rows = await work.all(_PLAYBOOKS, ids=list(ids), viewer_id=asked.viewer_id, sees_all=asked.sees_all)
    return {row["id"]: row["title"] for row in rows}


async def strangers(work: Work, ids: Collection[str]) -> Mapping[str, Stranger]:
    """Those of these people who are in imported incidents and have no account here, by id."""
    rows = await work.all(_STRANGERS, ids=list(ids))
    return {
        row["user_id"]: Stranger(user_id=row["user_id"], username=row["username"], is_bot=bool(row["is_bot"]))
        for row in rows
    }


def _open(row: Row) -> OpenFollowUp:
    return OpenFollowUp(
        follow_up=FollowUp(
            id=row["id"],
            incident_id=row["incident_id"],
            wanted=Wanted(title=row["title"], assignee_id=row["assignee_id"], due_at=Millis(row["due_at"])),
            version=row["version"],
            created_by=row["created_by"],
            create_at=Millis(row["create_at"]),
            update_at=Millis(row["update_at"]),
        ),
        incident_name=row["name"],
        playbook_id=row["playbook_id"],
    )
