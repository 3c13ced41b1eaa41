"""Ids in an archive: where they stand in events, whose they are here, and those that are none of ours."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from commandpost.archive.shapes import ArchivedEvent
from commandpost.kernel.ids import ALPHABET, LENGTH, is_id

_OF_PEOPLE = frozenset({"commander_id", "from_id", "to_id", "user_id", "author_id", "assignee_id"})
"""Fields of payloads that name somebody."""
_OF_STAGES = frozenset({"stage_id", "from_stage_id", "to_stage_id"})
"""Fields of payloads that name a stage: a task may be called the same."""
_LISTS = ("stages", "tasks")


def ids_in(events: Iterable[ArchivedEvent]) -> set[str]:
    """Everybody whom events name, "" perhaps among them."""
    found: set[str] = set()
    for event in events:
        found.add(event.actor_id)
        found.update(value for key, value in event.payload.items() if key in _OF_PEOPLE and _is_text(value))
    return found


def own_id(scope: str, text: str) -> str:
    """The text itself if it has the form of our ids or is empty; else an id made of it.

    Hand-written archives call things what they like. The same text in the same scope gives the same id.
    """
    if not text or (is_id(text) and text == text.lower()):
        return text
    digest = int.from_bytes(hashlib.sha256(f"{scope}\n{text}".encode("utf-8", "surrogatepass")).digest()[:17])
    return "".join(ALPHABET[(digest >> shift) & 31] for shift in range(0, 5 * LENGTH, 5))


def renamed(
    payload: Mapping[str, Any], *, people: Mapping[str, str], scope: str, of: str = ""
) -> dict[str, Any]:
    """A payload in which people have their ids here, and all other ids the form of ours.

    Ids are told apart within `scope`, but a playbook is the same in all incidents: earlier runs go by it.
    `of` is the list that this one stands in, "" for none.
    """
    changed: dict[str, Any] = {}
    for key, value in payload.items():
        if key in _LISTS and isinstance(value, list | tuple):
            changed[key] = [
                renamed(cast("dict[str, Any]", one), people=people, scope=scope, of=key)
                if isinstance(one, dict)
                else one
                for one in cast("Sequence[Any]", value)
            ]
        elif not isinstance(value, str):
            changed[key] = value
        elif key in _OF_PEOPLE:
            changed[key] = people.get(value, value)
        elif key == "playbook_id":
            changed[key] = own_id("playbook", value)
        elif key in _OF_STAGES or (key == "id" and of == "stages"):
            changed[key] = own_id(f"{scope} stage", value)
        elif (key == "id" or key.endswith("_id")) and key != "source_id":
            changed[key] = own_id(scope, value)
        else:
            changed[key] = value
    return changed


def _is_text(value: object) -> bool:
    return isinstance(value, str)
