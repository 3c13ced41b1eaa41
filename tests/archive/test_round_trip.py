"""Whatever log is brought in: written out again, it is the same, and so is the incident it tells of."""

import tempfile
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from commandpost.archive import reading
from commandpost.archive.shapes import EVENTS as MEMBER
from commandpost.incidents.actions.archiving import arriving
from commandpost.incidents.actions.archiving.log_lines import event_of
from commandpost.incidents.actions.archiving.people import ids_in, own_id
from commandpost.incidents.model import replay
from commandpost.incidents.model.timeline import Entry
from tests.archive.files import EVENTS, by_hand, kept, zipped

_NAMES = st.sampled_from(["zoe", "yan", "xia"])
_KINDS = st.sampled_from(
    ["task_ticked", "task_unticked", "task_in_progress", "task_run", "member_joined", "member_left"]
)


@st.composite
def _logs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Logs of strangers: a start, then what people do, then perhaps the end."""
    events = [{**EVENTS[0], "actor_id": draw(_NAMES)}]
    for number, (kind, name, text) in enumerate(
        draw(st.lists(st.tuples(_KINDS, _NAMES, st.text(max_size=5)), max_size=8)), start=2
    ):
        payload: dict[str, Any] = {"user_id": name}
        if kind.startswith("task_"):
            payload = {"stage_id": "s1", "task_id": "t1", "title": text.replace("\x00", "")}
        if kind == "task_run":
            payload |= {"command": "/echo", "outcome": "ok"}
        at = EVENTS[0]["at"] + draw(st.integers(0, 10**9))
        events.append({"sequence": number, "kind": kind, "at": at, "actor_id": name, "payload": payload})
    return events


def brought_in(content: bytes) -> list[Entry]:
    """The entries that an archive becomes on a server where nobody of it is."""
    with tempfile.TemporaryDirectory() as folder, reading.opened(kept(Path(folder), content)) as reader:
        read = arriving.read(reader)
    people = {one: own_id("person", one) for one in ids_in(read.events) - {""}}
    return arriving.entries_of(read, people)


@given(events=_logs())
def test_exported_again_it_has_the_same_events(events: list[dict[str, Any]]) -> None:
    first = brought_in(by_hand(events))

    written = [msgspec.json.encode(event_of(entry)) for entry in first]
    second = brought_in(zipped({MEMBER: b"\n".join(written)}))

    assert [msgspec.json.encode(event_of(entry)) for entry in second] == written
    assert [(one.payload.kind, one.at) for one in first] == [(one["kind"], one["at"]) for one in events]
    told, again = replay.replayed(first, team_id="t"), replay.replayed(second, team_id="t")
    assert (told.stages, told.commander_id, told.end_at) == (again.stages, again.commander_id, again.end_at)
