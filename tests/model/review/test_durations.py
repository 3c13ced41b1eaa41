"""Intervals between completions, and which of them are gaps."""

import pytest

from commandpost.incidents.model.review.durations import Past
from commandpost.kernel.clock import MINUTE_MS
from tests.model.review.telling import Telling, past


def lengths(story: Telling) -> list[int]:
    return [gap.interval.length_ms // 60_000 for gap in story.review().gaps]


def test_a_gap_is_longer_than_five_minutes_and_twice_the_median_of_the_incident() -> None:
    story = Telling()
    for minute, task in ((4, "a"), (8, "b"), (17, "c"), (21, "d"), (29, "e")):
        story.tick(minute, task)
    story.end(33)

    assert lengths(story) == [9]


def test_short_waits_are_no_gaps_however_quick_the_rest_was() -> None:
    story = Telling()
    for minute, task in ((1, "a"), (2, "b"), (7, "c"), (8, "d")):
        story.tick(minute, task)

    assert lengths(story) == []


@pytest.mark.parametrize(("runs", "found"), [((10, 10, 10, 10), [30]), ((10,) * 5, [30]), ((16,) * 5, [])])
def test_five_earlier_runs_say_what_is_long_for_a_task(runs: tuple[int, ...], found: list[int]) -> None:
    story = Telling(past=past(*runs))
    for minute, task in ((4, "a"), (8, "b"), (12, "c"), (42, "e"), (46, "d")):
        story.tick(minute, task)

    assert lengths(story) == found


def test_five_runs_of_the_playbook_do_even_if_a_task_was_not_in_all_of_them() -> None:
    story = Telling(past=Past(5, {"e": (16 * MINUTE_MS, 16 * MINUTE_MS)}))
    for minute, task in ((4, "a"), (8, "b"), (12, "c"), (42, "e"), (46, "d")):
        story.tick(minute, task)

    assert lengths(story) == []


def test_a_task_that_was_done_twice_in_a_run_makes_no_two_runs_of_it() -> None:
    story = Telling(past=Past(4, {"e": (16 * MINUTE_MS,) * 5}))
    for minute, task in ((4, "a"), (8, "b"), (12, "c"), (42, "e"), (46, "d")):
        story.tick(minute, task)

    assert lengths(story) == [30]


def test_the_time_to_the_first_and_from_the_last_completion_counts() -> None:
    story = Telling()
    for minute, task in ((30, "a"), (33, "b"), (36, "c"), (39, "d")):
        story.tick(minute, task)
    story.end(80)

    assert lengths(story) == [30, 41]


def test_the_time_between_an_end_and_a_restart_is_no_gap() -> None:
    story = Telling()
    for minute, task in ((4, "a"), (8, "b"), (12, "c")):
        story.tick(minute, task)
    story.end(15)
    story.tick(100, "d")
    story.restart(300)
    story.tick(304, "e")

    review = story.review()

    assert review.gaps == ()
    assert review.ongoing_ms == 19 * 60_000
    assert not review.is_ended


def test_a_log_that_says_nothing_has_a_review_too() -> None:
    story = Telling()
    story.entries.clear()

    assert story.review().gaps == ()


def test_history_is_by_the_title_of_the_task_in_any_case() -> None:
    known = past(7, 9, task="Page Ana")

    assert isinstance(known, Past)
    assert known.of("page ana") == (420_000, 540_000)
    assert known.runs == 2
