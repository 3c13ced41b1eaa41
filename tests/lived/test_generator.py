"""The generator keeps its promises: its incidents are valid, in order, and the same from the same seed."""

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from commandpost.archive.reading import Verdict, verified
from tests.lived.causes import Cause
from tests.lived.gaps import stretches
from tests.lived.habits import Kind, practised
from tests.lived.incidents import Told, told
from tests.lived.log import Archived
from tests.lived.versions import changed

_FORMATS = Path("docs/api")
_SEEDS = some.integers(min_value=0, max_value=2**31)


def schema(name: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(json.loads((_FORMATS / name).read_text()))


def a_few(seed: int) -> Iterator[Archived]:
    yield from (one.archived for one in told(seed, playbooks=2, runs=4))
    yield from (one for playbook in practised(seed, playbooks=2, runs=2) for one in playbook.incidents)
    yield from (one for change in changed(seed, changes=1, runs=2) for one in change.after)


@settings(max_examples=8, deadline=None)
@given(_SEEDS)
def test_every_event_is_as_the_format_has_it(seed: int) -> None:
    valid = schema("events.schema.json")
    for archived in a_few(seed):
        assert [error.message for event in archived.events for error in valid.iter_errors(event)] == []


@settings(max_examples=8, deadline=None)
@given(_SEEDS)
def test_a_log_runs_forward_from_its_start_and_ends_with_its_end(seed: int) -> None:
    for archived in a_few(seed):
        times = [event["at"] for event in archived.events]
        assert times == sorted(times)
        assert [event["sequence"] for event in archived.events] == list(range(1, len(times) + 1))
        assert archived.events[0]["kind"] == "incident_started"
        assert archived.events[-1]["kind"] == "incident_ended"


@settings(max_examples=8, deadline=None)
@given(_SEEDS)
def test_nobody_acts_after_they_left(seed: int) -> None:
    for archived in a_few(seed):
        left: set[str] = set()
        for event in archived.events:
            assert event["actor_id"] not in left
            if event["kind"] == "member_left":
                left.add(event["payload"]["user_id"])


def test_an_archive_verifies_as_unsigned(tmp_path: Path) -> None:
    for archived in a_few(7):
        path = tmp_path / f"{archived.incident_id}.zip"
        path.write_bytes(archived.packed())
        assert verified(path, known=()).verdict is Verdict.UNSIGNED


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    first, again, other = ([one.packed() for one in a_few(seed)] for seed in (7, 7, 8))

    assert first == again
    assert not set(first) & set(other)


@pytest.fixture(scope="module")
def year() -> list[Told]:
    return list(told(1))


def test_every_cause_is_planted_often_and_gaps_without_one_too(year: list[Told]) -> None:
    found = [gap.main for one in year for gap in one.gaps]

    assert len(year) >= 200
    assert {cause: found.count(cause) for cause in Cause if found.count(cause) < 15} == {}


def test_the_truth_stands_beside_an_archive_and_never_in_it(year: list[Told]) -> None:
    for one in year:
        places = {(stretch.since, stretch.until, stretch.task) for stretch in stretches(one.archived.events)}
        assert {(gap.since, gap.until, gap.task) for gap in one.gaps} <= places
        written = json.dumps([one.archived.events, one.archived.posts])
        assert not any(cause in written for cause in Cause)


def test_every_kind_of_habit_is_planted() -> None:
    playbooks = list(practised(1, playbooks=24, runs=1))

    assert {habit.kind for one in playbooks for habit in one.habits if habit.is_habit} == set(Kind)
    assert all(habit.share < 0.5 or habit.share > 0.75 for one in playbooks for habit in one.habits)


def test_versions_differ_by_what_they_say_they_save() -> None:
    for change in changed(3, changes=3, runs=150):
        before, after = (
            sum(one.events[-1]["payload"]["duration_ms"] for one in runs) / len(runs)
            for runs in (change.before, change.after)
        )
        assert abs(before - after - change.saved_ms) < 0.2 * before
