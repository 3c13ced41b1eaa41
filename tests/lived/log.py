"""An incident's event log and posts as they are written, in the documented shapes."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any

from tests.lived.people import Person, new_id
from tests.lived.playbooks import Book

Line = dict[str, Any]
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Log:
    """What happened, in any order of telling; in order of time when it is asked for."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._events: list[Line] = []
        self._posts: list[Line] = []

    def event(self, at: int, kind: str, actor_id: str, **payload: Any) -> None:
        self._events.append(
            {"kind": kind, "at": int(at), "version": 1, "actor_id": actor_id, "payload": payload}
        )

    def post(self, at: int, author_id: str, text: str, *, root_id: str = "") -> str:
        """A person's post, and the entry that says it was seen."""
        post_id = new_id(self._rng)
        line = {"id": post_id, "author_id": author_id, "create_at": int(at), "message": text}
        self._posts.append({**line, "root_id": root_id, "type": "", "file_ids": []})
        self.event(at, "post_seen", author_id, post_id=post_id, author_id=author_id, root_id=root_id)
        return post_id

    def events(self) -> list[Line]:
        ordered = sorted(self._events, key=lambda event: event["at"])
        return [{"sequence": number, **event} for number, event in enumerate(ordered, start=1)]

    def posts(self) -> list[Line]:
        return sorted(self._posts, key=lambda post: post["create_at"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What goes into an archive; the truth about it never does."""

    incident_id: str
    book: Book
    events: list[Line]
    posts: list[Line]

    def packed(self) -> bytes:
        """An unsigned archive, the same bytes for the same incident."""
        members = {
            "events.jsonl": _lines(self.events),
            "posts.jsonl": _lines(self.posts),
            "people.jsonl": _lines([_person(one) for one in self.book.crew]),
            "playbook.json": _text(_playbook(self.book)),
        }
        manifest = {
            "format": "command-post.archive",
            "version": 1,
            "incident_id": self.incident_id,
            "made_by": "lived",
            "members": {
                name: {"size": len(content), "sha256": sha256(content).hexdigest()}
                for name, content in members.items()
            },
        }
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w") as archive:
            for name, content in {"manifest.json": _text(manifest), **members}.items():
                member = zipfile.ZipInfo(name, date_time=_EPOCH)
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, content)
        return kept.getvalue()


def _text(value: Line) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _lines(values: Sequence[Line]) -> bytes:
    return b"".join(_text(value) + b"\n" for value in values)


def _person(one: Person) -> Line:
    return {"id": one.id, "username": one.name}


def _playbook(book: Book) -> Line:
    stages = [
        {
            "title": part.title,
            "items": [{"title": task.title, "command": task.command} for task in part.tasks],
        }
        for part in book.parts
    ]
    return {
        "id": book.id,
        "version": book.version,
        "title": book.title,
        "checklists": stages,
        "reminder_timer_default_seconds": book.default_reminder_s,
    }
