"""What an archive says, brought into the form of this server: entries, the incident, its channel's posts."""

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, cast, get_origin

import msgspec

from commandpost.archive import shapes
from commandpost.archive.reading import ArchiveTooLarge, Reader
from commandpost.archive.shapes import (
    ArchivedEvent,
    ArchivedFile,
    ArchivedIncident,
    ArchivedPerson,
    ArchivedPost,
    ArchivedReaction,
)
from commandpost.incidents.actions.archiving import learned
from commandpost.incidents.actions.archiving.learned import Learned
from commandpost.incidents.actions.archiving.people import own_id, renamed
from commandpost.incidents.model import replay
from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.naming import NAME_LIMIT
from commandpost.incidents.model.timeline import (
    KINDS,
    Entry,
    IncidentEnded,
    Payload,
    PostSeen,
    RehearsalStarted,
    StageChanged,
)
from commandpost.kernel.clock import LATEST, Millis
from commandpost.kernel.errors import Invalid
from commandpost.kernel.text import holds_nul, is_storable

MOST_EVENTS = 200_000
MOST_POSTS = 200_000
MOST_TASKS = 10_000
_LARGEST = 2**53
_EMPTY: Mapping[str, object] = {str(kind): kind() for kind in (int, bool)}


class EventsUnreadable(Invalid):
    """The archive's events are not those of an incident."""

    code = "archive.events"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """What stands in an archive, as it was written there."""

    incident_id: IncidentId
    events: Sequence[ArchivedEvent]
    incident: ArchivedIncident | None
    people: Mapping[str, ArchivedPerson]
    posts: Sequence[ArchivedPost]
    reactions: Sequence[ArchivedReaction]
    files: Mapping[str, ArchivedFile]
    learned: Learned


def read(reader: Reader) -> Arriving:
    """Everything but contents of files. Raises ArchiveDamaged, ArchiveTooLarge, EventsUnreadable."""
    events = _few(reader, shapes.EVENTS, ArchivedEvent, MOST_EVENTS)
    if [event.sequence for event in events] != [*range(1, len(events) + 1)]:
        raise EventsUnreadable("The events must be numbered 1, 2, 3 and so on.")
    incident = reader.value(shapes.INCIDENT, ArchivedIncident) if shapes.INCIDENT in reader else None
    given = reader.manifest.incident_id or (incident.id if incident else "")
    fallback = hashlib.sha256(msgspec.json.encode(events)).hexdigest()
    people = _few(reader, shapes.PEOPLE, ArchivedPerson, MOST_EVENTS)
    files = _few(reader, shapes.FILES, ArchivedFile, MOST_POSTS)
    return Arriving(
        incident_id=IncidentId(own_id("incident", given or fallback)),
        events=events,
        incident=incident,
        people={person.id: person for person in people},
        posts=_few(reader, shapes.POSTS, ArchivedPost, MOST_POSTS),
        reactions=_few(reader, shapes.REACTIONS, ArchivedReaction, MOST_POSTS),
        files={file.id: file for file in files},
        learned=learned.read(reader),
    )


def _few(reader: Reader, name: str, kind: type[Any], most: int) -> list[Any]:
    found: list[Any] = []
    for one in reader.lines(name, kind):
        found.append(one)
        if len(found) > most:
            raise ArchiveTooLarge(f"{name} has more than {most} lines.")
    return found


def entries_of(arriving: Arriving, people: Mapping[str, str]) -> list[Entry]:
    """The events as entries of our log. `people` are ids here by those in the archive.

    Raises EventsUnreadable.
    """
    events = arriving.events
    stages = _stages_in(events)
    begin = events[0].at if events else 0
    return [_entry(arriving.incident_id, _completed(event, stages, begin), people) for event in events]


def _entry(incident_id: IncidentId, event: ArchivedEvent, people: Mapping[str, str]) -> Entry:
    kind = KINDS.get(event.kind)
    if kind is None or event.version != kind.version:
        raise EventsUnreadable(f"Event {event.sequence} is of a kind or version that is not known here.")
    if not 0 <= event.at <= LATEST:
        raise EventsUnreadable(f"Event {event.sequence} is at no time.")
    payload = renamed({**_defaults(kind), **event.payload}, people=people, scope=incident_id)
    try:
        decoded = msgspec.convert(payload, kind)
    except msgspec.MsgspecError as cause:
        raise EventsUnreadable(f"Event {event.sequence} cannot be read: {cause}.") from cause
    if not _numbers_fit(msgspec.to_builtins(decoded)):
        raise EventsUnreadable(f"Event {event.sequence} holds a number that is too large.")
    if holds_nul(msgspec.json.encode(decoded)):
        raise EventsUnreadable(f"Event {event.sequence} holds a NUL character, which cannot be kept.")
    return Entry(
        incident_id=incident_id,
        sequence=event.sequence,
        actor_id=people.get(event.actor_id, event.actor_id),
        at=Millis(event.at),
        payload=decoded,
    )


def _stages_in(events: Sequence[ArchivedEvent]) -> Sequence[Mapping[str, Any]]:
    """The stages that the incident began with, as far as they can be read."""
    given: object = events[0].payload.get("stages") if events else None
    some = cast("list[object]", given) if isinstance(given, list) else []
    return [cast("Mapping[str, Any]", one) for one in some if isinstance(one, dict)]


def _completed(event: ArchivedEvent, stages: Sequence[Mapping[str, Any]], begin: int) -> ArchivedEvent:
    """An event with what it leaves out though it follows from the others."""
    match event.kind:
        case StageChanged.kind:
            payload = _stage_change_completed(event.payload, stages)
        case IncidentEnded.kind:
            payload = {"duration_ms": max(event.at - begin, 0), **event.payload}
        case PostSeen.kind:
            author = event.payload.get("author_id") or event.actor_id
            payload = {**event.payload, "author_id": author}
            event = msgspec.structs.replace(event, actor_id=event.actor_id or str(author))
        case _:
            return event
    return msgspec.structs.replace(event, payload=payload)


def _stage_change_completed(
    payload: Mapping[str, Any], stages: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """What names a stage by its id or by its position alone, with both: reviews go by either."""
    told = dict(payload)
    for side in ("from", "to"):
        position, stage_id = told.get(f"{side}_position"), told.get(f"{side}_stage_id")
        if side == "from" and position is None and not stage_id:
            continue
        for at, stage in enumerate(stages):
            is_by_id = position is None and stage_id
            if stage.get("id") == stage_id if is_by_id else at == (position or 0):
                told.setdefault(f"{side}_position", at)
                told.setdefault(f"{side}_stage_id", stage.get("id"))
                told.setdefault(f"{side}_title", stage.get("title"))
    return told


def _is_dated(incident: ArchivedIncident | None) -> bool:
    times = (incident.create_at, incident.end_at) if incident else ()
    return all(0 <= at <= LATEST for at in times)


def _numbers_fit(value: object) -> bool:
    """Whether every number within can be kept, and is one that JSON is read the same everywhere with."""
    match value:
        case dict():
            return all(_numbers_fit(one) for one in cast("dict[str, object]", value).values())
        case list() | tuple():
            return all(_numbers_fit(one) for one in cast("Sequence[object]", value))
        case int():
            return abs(value) <= _LARGEST
        case _:
            return True


def _defaults(kind: type[Payload]) -> dict[str, object]:
    """What a hand-written payload may leave out: texts, numbers, flags, and stages."""
    return {
        field.name: () if get_origin(field.type) is tuple else _EMPTY.get(str(field.type), "")
        for field in dataclasses.fields(kind)
    }


def incident_of(
    arriving: Arriving, entries: Sequence[Entry], people: Mapping[str, str], team_id: str
) -> Incident:
    """The incident as it stands, never ongoing: what has not ended, ended with its last entry.

    Raises EventsUnreadable, ArchiveTooLarge, LogWithoutStart.
    """
    incident = replay.replayed(entries, team_id=team_id)
    if arriving.incident is not None:
        incident = _as_it_stood(arriving, incident, people)
    if sum(len(stage.tasks) for stage in incident.stages) + len(incident.stages) > MOST_TASKS:
        raise ArchiveTooLarge(f"The incident has more than {MOST_TASKS} tasks.")
    ids: list[str] = [stage.id for stage in incident.stages]
    ids += [task.id for stage in incident.stages for task in stage.tasks]
    if "" in ids or len(set(ids)) != len(ids):
        raise EventsUnreadable("Two stages or tasks have the same id, or one has none.")
    if not incident.name.strip() or not is_storable(repr(incident)):
        raise EventsUnreadable("The incident has no name, or one that cannot be kept.")
    end_at = incident.end_at or max(entry.at for entry in entries)
    channel_id = incident.channel_id or own_id(arriving.incident_id, "channel")
    is_practice = incident.is_practice or any(isinstance(one.payload, RehearsalStarted) for one in entries)
    return replace(
        incident,
        channel_id=channel_id,
        name=" ".join(incident.name.split())[:NAME_LIMIT].rstrip(),
        is_active=False,
        end_at=Millis(end_at),
        reminder_post_id="",
        broadcast_channel_id="",
        is_practice=is_practice,
        is_imported=True,
        playbook_id="" if is_practice else incident.playbook_id,
    )


def _as_it_stood(arriving: Arriving, told: Incident, people: Mapping[str, str]) -> Incident:
    """The incident by its own member, which says more than the log: descriptions, last changes."""
    name = partial(own_id, arriving.incident_id)
    if not _numbers_fit(msgspec.to_builtins(arriving.incident)) or not _is_dated(arriving.incident):
        raise EventsUnreadable("The incident holds a number or time that is too large.")
    plain = renamed(msgspec.to_builtins(arriving.incident), people=people, scope=arriving.incident_id)
    posts = {name(one["id"]): one for one in plain["status_posts"]}
    plain["status_posts"] = [{**one, "id": post_id} for post_id, one in posts.items()]
    plain["reporter_id"] = people.get(plain["reporter_id"], plain["reporter_id"])
    known = {field.name for field in dataclasses.fields(Incident)}
    try:
        stood = msgspec.convert(
            {**{key: value for key, value in plain.items() if key in known}, "team_id": told.team_id},
            Incident,
        )
    except msgspec.MsgspecError as cause:
        raise EventsUnreadable(f"The incident cannot be read: {cause}.") from cause
    if stood.stages and not 0 <= stood.active_stage < len(stood.stages):
        raise EventsUnreadable("The incident has no such stage as the active one.")
    return replace(
        stood, id=told.id, channel_id=told.channel_id or stood.channel_id, last_event=told.last_event
    )
