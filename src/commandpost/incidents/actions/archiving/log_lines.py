"""Entries of the event log as lines of an archive."""

import msgspec

from commandpost.archive.shapes import ArchivedEvent
from commandpost.incidents.model.timeline import Entry


def event_of(entry: Entry) -> ArchivedEvent:
    """An entry as an archive has it."""
    return ArchivedEvent(
        sequence=entry.sequence,
        kind=entry.payload.kind,
        version=entry.payload.version,
        actor_id=entry.actor_id,
        at=entry.at,
        payload=msgspec.to_builtins(entry.payload),
    )
