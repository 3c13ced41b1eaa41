"""Write the JSON Schema of an archive's members anew from the classes in `archive/shapes.py`.

Add a field or a member, run this, commit both, and describe it in docs/api/archive.md.

    .venv/bin/python scripts/make_archive_schema.py
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from commandpost.archive import shapes

SCHEMA = Path(__file__).parent.parent / "docs" / "api" / "archive.schema.json"

MEMBERS = {
    shapes.MANIFEST: shapes.Manifest,
    shapes.INCIDENT: shapes.ArchivedIncident,
    shapes.EVENTS: shapes.ArchivedEvent,
    shapes.PEOPLE: shapes.ArchivedPerson,
    shapes.POSTS: shapes.ArchivedPost,
    shapes.REACTIONS: shapes.ArchivedReaction,
    shapes.FILES: shapes.ArchivedFile,
    shapes.PLAYBOOK: shapes.ArchivedPlaybook,
    shapes.REVIEW: shapes.ArchivedReview,
    shapes.REVIEW_VERSIONS: shapes.ArchivedReviewVersion,
    shapes.FOLLOW_UPS: shapes.ArchivedFollowUp,
    shapes.EARLIER_RUNS: shapes.ArchivedEarlierRuns,
    shapes.PRESENCE: shapes.ArchivedPresence,
}
"""What a member is, or each of its lines."""


def schema() -> dict[str, Any]:
    """One schema for all members: a property for each; of JSON lines, for each line."""
    references, definitions = msgspec.json.schema_components(list(MEMBERS.values()))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"The members of an archive of an incident, version {shapes.VERSION}",
        "description": "A property for each member; of a member of JSON lines, what each line is.",
        "type": "object",
        "properties": dict(zip(MEMBERS, references, strict=True)),
        "$defs": definitions,
    }


def text() -> str:
    """The file as it ought to be."""
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(text())
