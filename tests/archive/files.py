"""Archives for tests: written by hand, and by the product's writer."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from commandpost.archive import shapes, signature
from commandpost.archive.shapes import ArchivedEvent, Manifest, Signer
from commandpost.archive.writing import Writer

KEY = "11" * 32
PUBLIC = signature.public_key_of(KEY)

EVENTS: list[dict[str, Any]] = [
    {
        "sequence": 1,
        "kind": "incident_started",
        "at": 1_700_000_000_000,
        "actor_id": "ana",
        "payload": {
            "name": "Cart is empty",
            "commander_id": "ana",
            "is_public": True,
            "stages": [{"id": "s1", "title": "Triage", "tasks": [{"id": "t1", "title": "Look"}]}],
        },
    },
    {
        "sequence": 2,
        "kind": "task_ticked",
        "at": 1_700_000_060_000,
        "actor_id": "zoe",
        "payload": {"stage_id": "s1", "task_id": "t1", "title": "Look"},
    },
    {"sequence": 3, "kind": "incident_ended", "at": 1_700_000_120_000, "actor_id": "ana", "payload": {}},
]
"""A log as somebody might write it: what is empty is left out, ids are words."""


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A plain zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def lines(values: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


def by_hand(events: list[dict[str, Any]] = EVENTS) -> bytes:
    """An archive of events alone."""
    return zipped({shapes.EVENTS: lines(events)})


def signed(*, key: str = KEY, named: str | None = None) -> bytes:
    """A small signed archive; `named` is the key that it says it was signed with."""
    content = io.BytesIO()
    manifest = Manifest(signer=Signer(public_key=named or signature.public_key_of(key)))
    writer = Writer(content, manifest)
    with writer.member(shapes.EVENTS) as member:
        member.line(ArchivedEvent(sequence=1, kind="incident_started", at=1))
    with writer.member("files/abc", is_packed=False) as member:
        member.write(b"hello")
    writer.finish(key)
    return content.getvalue()


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "archive.zip"
    path.write_bytes(content)
    return path
