"""Stages and tasks as rows: made together, changed one by one."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from commandpost.db import Sql, Work
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.stage import Stage
from commandpost.incidents.model.task import Task

_INSERT_STAGES = Sql(
    """
    INSERT INTO stages (id, incident_id, position, title)
    SELECT json_extract(value, '$.id'), :incident_id, key, json_extract(value, '$.title')
    FROM json_each(:stages)
    """,
    postgresql="""
    INSERT INTO stages (id, incident_id, position, title)
    SELECT value ->> 'id', :incident_id, ordinality - 1, value ->> 'title'
    FROM jsonb_array_elements(:stages::jsonb) WITH ORDINALITY AS s(value, ordinality)
    """,
)

_COLUMNS = {
    "id": "text",
    "stage_id": "text",
    "position": "bigint",
    "title": "text",
    "description": "text",
    "command": "text",
    "command_last_run": "bigint",
    "state": "text",
    "state_modified": "bigint",
    "state_modified_post_id": "text",
    "assignee_id": "text",
    "assignee_modified": "bigint",
    "assignee_modified_post_id": "text",
}
_NAMES = ", ".join(_COLUMNS)
_SET = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name not in ("id", "stage_id"))

_PUT = Sql(
    f"""
    INSERT INTO tasks ({_NAMES})
    SELECT {", ".join(f"json_extract(value, '$.{name}')" for name in _COLUMNS)}
    FROM json_each(:tasks) WHERE TRUE
    ON CONFLICT (id) DO UPDATE SET {_SET}
    """,
    postgresql=f"""
    INSERT INTO tasks ({_NAMES})
    SELECT {_NAMES} FROM jsonb_to_recordset(:tasks::jsonb)
        AS t({", ".join(f"{name} {type_}" for name, type_ in _COLUMNS.items())})
    ON CONFLICT (id) DO UPDATE SET {_SET}
    """,
)
_DELETE = Sql("DELETE FROM tasks WHERE id IN (:ids...)")

_encode = msgspec.json.Encoder().encode


async def insert(work: Work, incident: Incident) -> None:
    """Make the stages and tasks of a new incident."""
    if not incident.stages:
        return
    await work.put(_INSERT_STAGES, incident_id=incident.id, stages=_encode(_titles(incident)).decode())
    await _put(
        work,
        [_row(stage, at, task) for stage in incident.stages for at, task in enumerate(stage.tasks)],
    )


async def insert_many(work: Work, incidents: Iterable[Incident]) -> None:
    """Make the stages and tasks of several new incidents."""
    staged = [incident for incident in incidents if incident.stages]
    await work.run_many(
        _INSERT_STAGES,
        [{"incident_id": one.id, "stages": _encode(_titles(one)).decode()} for one in staged],
    )
    await _put(
        work,
        [
            _row(stage, at, task)
            for incident in staged
            for stage in incident.stages
            for at, task in enumerate(stage.tasks)
        ],
    )


async def save_changes(work: Work, before: Incident, after: Incident) -> None:
    """Save the tasks that differ between two states of an incident, and only those."""
    if before.stages is after.stages:
        return
    gone = _ids(before.stages) - _ids(after.stages)
    if gone:
        await work.put(_DELETE, ids=sorted(gone))
    known = {task.id: (at, task) for stage in before.stages for at, task in enumerate(stage.tasks)}
    await _put(
        work,
        [
            _row(stage, at, task)
            for stage in after.stages
            for at, task in enumerate(stage.tasks)
            if known.get(task.id) != (at, task)
        ],
    )


async def _put(work: Work, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await work.put(_PUT, tasks=_encode(rows).decode())


def _titles(incident: Incident) -> list[dict[str, str]]:
    return [{"id": stage.id, "title": stage.title} for stage in incident.stages]


def _ids(stages: Iterable[Stage]) -> set[str]:
    return {task.id for stage in stages for task in stage.tasks}


def _row(stage: Stage, position: int, task: Task) -> dict[str, Any]:
    row = msgspec.to_builtins(task)
    row["stage_id"] = stage.id
    row["position"] = position
    return row
