"""The review of an incident as a single document for programs."""

from datetime import datetime
from typing import Literal

import msgspec

from commandpost.api.v0.follow_ups import FollowUpShape, follow_up_shape
from commandpost.api.v0.review_documents import DocumentShape, document_shape
from commandpost.api.v0.shapes.incidents import IncidentShape, incident_shape
from commandpost.api.v0.shapes.review import ReviewShape, review_shape
from commandpost.api.v0.shapes.timeline import EntryShape, entry_shape
from commandpost.incidents.actions.review_exports import Whole

VERSION = 1


class TimedEntryShape(EntryShape, kw_only=True):
    """An entry, and its `at` as ISO 8601 in the reader's zone; "" for a time that no calendar has."""

    time: str


class NamedPersonShape(msgspec.Struct, kw_only=True):
    """Whom an id in the document means."""

    user_id: str
    username: str


class ReviewFileShape(msgspec.Struct, kw_only=True):
    """All there is to tell. A higher `version` has a field of another meaning; new fields do not raise it."""

    format: Literal["command-post.review"]
    version: int
    timezone: str
    incident: IncidentShape
    review: ReviewShape
    document: DocumentShape
    follow_ups: list[FollowUpShape]
    people: list[NamedPersonShape]
    events: list[TimedEntryShape]


def review_file_shape(whole: Whole) -> ReviewFileShape:
    """The document as it goes out."""
    told = whole.told
    review = review_shape(told)
    review.entries = []
    events = [
        TimedEntryShape(**msgspec.structs.asdict(entry_shape(entry)), time=_time(entry.at, whole))
        for entry in told.entries
    ]
    return ReviewFileShape(
        format="command-post.review",
        version=VERSION,
        timezone=str(whole.zone),
        incident=incident_shape(told.incident),
        review=review,
        document=document_shape(whole.document),
        follow_ups=[follow_up_shape(one) for one in whole.follow_ups],
        people=[
            NamedPersonShape(user_id=user_id, username=name)
            for user_id, name in sorted(told.usernames.items())
            if user_id
        ],
        events=events,
    )


def review_file(whole: Whole) -> bytes:
    """The document as it is kept in archives."""
    return msgspec.json.format(msgspec.json.encode(review_file_shape(whole))) + b"\n"


def _time(at: int, whole: Whole) -> str:
    try:
        return datetime.fromtimestamp(at / 1000, whole.zone).isoformat(timespec="milliseconds")
    except (OverflowError, OSError, ValueError):
        return ""
