"""The event log as v0 sends it."""

from typing import Any

import msgspec

from commandpost.incidents.model.ids import shown_id
from commandpost.incidents.model.listing import Listed
from commandpost.incidents.model.timeline import Entry


class EntryShape(msgspec.Struct, kw_only=True):
    """One entry; what `payload` holds depends on `kind` and `version`. `actor_id` is "" for nobody."""

    sequence: int
    kind: str
    version: int
    actor_id: str
    at: int
    payload: dict[str, Any]


class TimelineShape(msgspec.Struct, kw_only=True):
    """A page of the event log; `total_count` is over all pages."""

    total_count: int
    page_count: int
    has_more: bool
    items: list[EntryShape]


def timeline_shape(listed: Listed[Entry]) -> TimelineShape:
    """A page of the event log as it goes out."""
    return TimelineShape(
        total_count=listed.total,
        page_count=listed.page_count,
        has_more=listed.has_more,
        items=[entry_shape(entry) for entry in listed.items],
    )


def entry_shape(entry: Entry) -> EntryShape:
    """An entry as it goes out."""
    return EntryShape(
        sequence=entry.sequence,
        kind=entry.payload.kind,
        version=entry.payload.version,
        actor_id=entry.actor_id,
        at=entry.at,
        payload={name: _shown(name, told) for name, told in msgspec.to_builtins(entry.payload).items()},
    )


def _shown(name: str, told: Any) -> Any:
    return shown_id(told) if name.endswith("post_id") else told
