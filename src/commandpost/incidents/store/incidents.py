"""Incidents as whole values: found, locked for a change, and made."""

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.incidents.model.ids import IncidentId, PlaybookId
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.stage import Stage
from commandpost.incidents.model.status_update import StatusPost
from commandpost.kernel.clock import Millis
from commandpost.kernel.text import folded

_TASK_COLUMNS = (
    "id",
    "title",
    "description",
    "command",
    "command_last_run",
    "state",
    "state_modified",
    "state_modified_post_id",
    "assignee_id",
    "assignee_modified",
    "assignee_modified_post_id",
)
_TASK_OBJECT = ", ".join(f"'{column}', t.{column}" for column in _TASK_COLUMNS)

_INCIDENT = """i.id, i.team_id, i.channel_id, i.name, i.description, i.is_public, i.is_active,
        i.commander_user_id, i.reporter_user_id, i.playbook_id, i.playbook_version, i.post_id, i.create_at,
        i.end_at, i.active_stage, i.reminder_post_id, i.previous_reminder_s, i.broadcast_channel_id,
        i.reminder_message_template, i.last_event, i.is_practice,
        i.is_imported"""

_SQLITE_WHOLE = f"""
    SELECT {_INCIDENT},
        (SELECT json_group_array(json_object('id', s.id, 'title', s.title, 'tasks', json(
            (SELECT json_group_array(json_object({_TASK_OBJECT}))
             FROM (SELECT {", ".join(_TASK_COLUMNS)} FROM tasks WHERE stage_id = s.id ORDER BY position) t))))
         FROM (SELECT id, title FROM stages WHERE incident_id = i.id ORDER BY position) s) AS stages,
        (SELECT json_group_array(json_object('id', p.post_id, 'create_at', p.create_at,
            'delete_at', p.delete_at))
         FROM (SELECT post_id, create_at, delete_at FROM status_posts
               WHERE incident_id = i.id ORDER BY create_at, post_id) p
        ) AS status_posts
"""
_POSTGRESQL_WHOLE = f"""
    SELECT {_INCIDENT},
        (SELECT json_agg(json_build_object('id', s.id, 'title', s.title, 'tasks', COALESCE(
            (SELECT json_agg(json_build_object({_TASK_OBJECT}) ORDER BY t.position)
             FROM tasks t WHERE t.stage_id = s.id), '[]')) ORDER BY s.position)
         FROM stages s WHERE s.incident_id = i.id)::text AS stages,
        (SELECT json_agg(json_build_object('id', p.post_id, 'create_at', p.create_at,
            'delete_at', p.delete_at) ORDER BY p.create_at, p.post_id)
         FROM status_posts p WHERE p.incident_id = i.id)::text AS status_posts
"""
SEEN_BY = """,
        EXISTS (SELECT 1 FROM incident_members m
                WHERE m.incident_id = i.id AND m.user_id = :viewer_id AND m.is_present) AS is_member
"""
"""A column of a question about incidents called `i`: whether the viewer is in the channel."""
_SEEN_EVENT = ", (SELECT j.last_event FROM incidents j WHERE j.id = i.id) AS seen_event"


def _whole(condition: str, *, seen_by: str = "", lock: str = "") -> Sql:
    source = f"{seen_by} FROM incidents i WHERE {condition}"
    return Sql(_SQLITE_WHOLE + source, postgresql=_POSTGRESQL_WHOLE + source + lock)


_BY_ID = _whole("i.id = :id", seen_by=SEEN_BY)
_LOCKED = _whole("i.id = :id", seen_by=SEEN_BY + _SEEN_EVENT, lock=" FOR UPDATE OF i")
_BY_CHANNEL = _whole("i.channel_id = :channel_id", seen_by=SEEN_BY)
_BY_IDS = _whole("i.id IN (:ids...)")
_ONGOING = Sql("SELECT id FROM incidents WHERE is_active ORDER BY id")
_ID_OF_CHANNEL = Sql("SELECT id FROM incidents WHERE channel_id = :channel_id")
_HOLD = Sql(
    "SELECT id FROM incidents WHERE channel_id IN (:channel_ids...) ORDER BY id",
    postgresql="SELECT id FROM incidents WHERE channel_id IN (:channel_ids...) ORDER BY id FOR UPDATE",
)
_INSERT = Sql("""
    INSERT INTO incidents (id, team_id, channel_id, name, name_folded, description, is_public, is_active,
        commander_user_id, reporter_user_id, playbook_id, playbook_version, post_id, create_at, end_at,
        active_stage, reminder_post_id, previous_reminder_s, broadcast_channel_id,
        reminder_message_template, last_event, is_practice, is_imported)
    VALUES (:id, :team_id, :channel_id, :name, :name_folded, :description, :is_public, :is_active,
        :commander_id, :reporter_id, :playbook_id, :playbook_version, :post_id, :create_at, :end_at,
        :active_stage, :reminder_post_id, :previous_reminder_s, :broadcast_channel_id,
        :reminder_message_template, :last_event, :is_practice, :is_imported)
""")

_UPDATE = Sql("""
    UPDATE incidents SET is_active = :is_active, end_at = :end_at, commander_user_id = :commander_id,
        active_stage = :active_stage, reminder_post_id = :reminder_post_id,
        previous_reminder_s = :previous_reminder_s, last_event = :last_event
    WHERE id = :id
""")

_SET_PUBLIC = Sql("UPDATE incidents SET is_public = :is_public WHERE id = :id")

_stages = msgspec.json.Decoder(tuple[Stage, ...])
_status_posts = msgspec.json.Decoder(tuple[StatusPost, ...])


class Placed(Protocol):
    """What may be seen by whom: an incident, whole or in short."""

    @property
    def team_id(self) -> str: ...

    @property
    def channel_id(self) -> str: ...

    @property
    def is_public(self) -> bool: ...


Seen = TypeVar("Seen", bound=Placed)


class Found(msgspec.Struct, Generic[Seen], frozen=True, kw_only=True):
    """An incident, and whether the one who looks is a member of its channel."""

    incident: Seen
    viewer_is_member: bool


async def found(work: Work, incident_id: str, *, viewer_id: str) -> Found[Incident] | None:
    """The incident with that id, or None."""
    return _found(await work.one(_BY_ID, id=incident_id, viewer_id=viewer_id))


async def found_by_channel(work: Work, channel_id: str, *, viewer_id: str) -> Found[Incident] | None:
    """The incident of that channel, or None."""
    return _found(await work.one(_BY_CHANNEL, channel_id=channel_id, viewer_id=viewer_id))


async def locked(work: Work, incident_id: str, *, viewer_id: str) -> Found[Incident] | None:
    """The incident with that id, nobody else's to change until the end of this work; or None.

    Where PostgreSQL had to wait for the lock, it gives the newest row, but tasks from before it waited. Then
    the row's number of entries is not the one that could be seen from there, and the question is repeated.
    """
    row = await work.one(_LOCKED, id=incident_id, viewer_id=viewer_id)
    if row is not None and row["last_event"] != row["seen_event"]:
        return await found(work, incident_id, viewer_id=viewer_id)
    return _found(row)


async def hold(work: Work, channel_ids: Sequence[str]) -> None:
    """Lock the incidents of these channels until the work is over, in one order against deadlocks."""
    await work.all(_HOLD, channel_ids=list(channel_ids))


async def id_of_channel(work: Work, channel_id: str) -> IncidentId | None:
    """The id of the incident of that channel, or None."""
    return await work.value(_ID_OF_CHANNEL, channel_id=channel_id)


async def ongoing_ids(work: Work) -> list[str]:
    """The ids of all incidents under way."""
    return [row["id"] for row in await work.all(_ONGOING)]


async def with_ids(work: Work, incident_ids: Sequence[str]) -> Sequence[Incident]:
    """These incidents, in this order."""
    if not incident_ids:
        return []
    by_id = {row["id"]: _incident(row) for row in await work.all(_BY_IDS, ids=list(incident_ids))}
    return [by_id[incident_id] for incident_id in incident_ids if incident_id in by_id]


async def insert(work: Work, incident: Incident) -> None:
    """Make the row of an incident; its stages, members and entries are rows of their own."""
    await work.put(_INSERT, **_new(incident))


async def insert_many(work: Work, incidents: Sequence[Incident]) -> None:
    """Make the rows of several incidents."""
    await work.run_many(_INSERT, [_new(incident) for incident in incidents])


async def update(work: Work, incident: Incident) -> None:
    """Save what can change of an incident's own row."""
    await work.put(_UPDATE, **_changeable(incident))


async def set_public(work: Work, incident: Incident) -> None:
    """Save whether the incident's channel is public."""
    await work.put(_SET_PUBLIC, id=incident.id, is_public=incident.is_public)


def _new(incident: Incident) -> dict[str, Any]:
    return {
        "team_id": incident.team_id,
        "channel_id": incident.channel_id,
        "name": incident.name,
        "name_folded": folded(incident.name),
        "description": incident.description,
        "is_public": incident.is_public,
        "reporter_id": incident.reporter_id,
        "playbook_id": incident.playbook_id,
        "playbook_version": incident.playbook_version,
        "post_id": incident.post_id,
        "create_at": incident.create_at,
        "broadcast_channel_id": incident.broadcast_channel_id,
        "reminder_message_template": incident.reminder_message_template,
        "is_practice": incident.is_practice,
        "is_imported": incident.is_imported,
        **_changeable(incident),
    }


def _changeable(incident: Incident) -> dict[str, Any]:
    return {
        "id": incident.id,
        "is_active": incident.is_active,
        "end_at": incident.end_at,
        "commander_id": incident.commander_id,
        "active_stage": incident.active_stage,
        "reminder_post_id": incident.reminder_post_id,
        "previous_reminder_s": incident.previous_reminder_s,
        "last_event": incident.last_event,
    }


def _found(row: Row | None) -> Found[Incident] | None:
    if row is None:
        return None
    return Found(incident=_incident(row), viewer_is_member=bool(row["is_member"]))


def _incident(row: Row) -> Incident:
    return Incident(
        id=IncidentId(row["id"]),
        team_id=row["team_id"],
        channel_id=row["channel_id"],
        name=row["name"],
        description=row["description"],
        is_public=bool(row["is_public"]),
        is_active=bool(row["is_active"]),
        commander_id=row["commander_user_id"],
        reporter_id=row["reporter_user_id"],
        playbook_id=PlaybookId(row["playbook_id"]),
        playbook_version=row["playbook_version"],
        post_id=row["post_id"],
        create_at=Millis(row["create_at"]),
        end_at=Millis(row["end_at"]),
        active_stage=row["active_stage"],
        stages=_stages.decode(row["stages"] or "[]"),
        status_posts=_status_posts.decode(row["status_posts"] or "[]"),
        reminder_post_id=row["reminder_post_id"],
        previous_reminder_s=row["previous_reminder_s"],
        broadcast_channel_id=row["broadcast_channel_id"],
        reminder_message_template=row["reminder_message_template"],
        last_event=row["last_event"],
        is_practice=bool(row["is_practice"]),
        is_imported=bool(row["is_imported"]),
    )
