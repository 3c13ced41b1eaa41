"""Whether a change helped, or that it cannot be told."""

from hypothesis import given
from hypothesis import strategies as st

from commandpost.incidents.model.proposals.effect import Verdict, compared

durations = st.lists(st.integers(0, 10**9), min_size=5, max_size=20)


def test_with_too_few_runs_on_either_side_it_cannot_be_told() -> None:
    few = compared([10, 20, 30, 40], [1, 2, 3, 4, 5, 6])

    assert (few.verdict, few.saved_ms, few.before, few.after) == (Verdict.TOO_FEW, None, 4, 6)


def test_a_clear_difference_is_told_either_way_and_none_is_not() -> None:
    long, short = [100, 110, 120, 105, 115], [50, 60, 55, 65, 45]

    assert compared(long, short).verdict is Verdict.SHORTER
    assert compared(short, long).verdict is Verdict.LONGER
    assert compared(long, long).verdict is Verdict.UNCLEAR


def test_the_interval_is_that_of_the_tables_of_students_distribution() -> None:
    """Equal spreads, five runs each: 8 degrees of freedom, for which the tables have 2.306."""
    effect = compared([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])

    assert effect.saved_ms is not None
    assert abs(effect.saved_ms.high - 2.306 * (2.5 / 5 + 2.5 / 5) ** 0.5) < 0.005


@given(durations, durations)
def test_the_other_way_round_it_is_the_opposite(before: list[int], after: list[int]) -> None:
    one, other = compared(before, after).saved_ms, compared(after, before).saved_ms

    assert one is not None and other is not None
    assert abs(one.low + other.high) <= 1e-6 * (1 + abs(one.low))
    assert one.low <= one.value <= one.high
