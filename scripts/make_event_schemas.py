"""Write the JSON Schema of the event log's entries anew from the classes in `incidents/model/timeline.py`.

Add a kind or a field, run this, commit both, and describe the kind in docs/api/events.md.

    .venv/bin/python scripts/make_event_schemas.py
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from commandpost.incidents.model.timeline import KINDS

SCHEMA = Path(__file__).parent.parent / "docs" / "api" / "events.schema.json"


def schema() -> dict[str, Any]:
    """One schema for any entry; what an entry's payload must be follows from its kind."""
    references, definitions = msgspec.json.schema_components(list(KINDS.values()))
    entries = [
        {
            "properties": {
                "kind": {"const": payload.kind},
                "version": {"const": payload.version},
                "payload": reference,
            }
        }
        for payload, reference in zip(KINDS.values(), references, strict=True)
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An entry of an incident's event log",
        "type": "object",
        "required": ["sequence", "kind", "version", "actor_id", "at", "payload"],
        "properties": {
            "sequence": {"type": "integer", "minimum": 1},
            "kind": {"type": "string"},
            "version": {"type": "integer", "minimum": 1},
            "actor_id": {"type": "string"},
            "at": {"type": "integer"},
            "payload": {"type": "object"},
        },
        "oneOf": entries,
        "$defs": definitions,
    }


def text() -> str:
    """The file as it ought to be."""
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(text())
