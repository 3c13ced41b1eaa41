"""Proposals are what people do, and the interval of what a change saved holds the truth."""

from bench import proposals, versions
from tests.lived.habits import practised
from tests.lived.versions import changed


def test_planted_habits_are_proposed_and_little_else() -> None:
    result = proposals.judged(practised(11))

    assert result.incidents >= 200
    assert result.precision >= 0.8
    assert result.recall >= 0.8


def test_what_a_change_saved_is_within_the_interval() -> None:
    assert versions.judged(changed(11, changes=40)).coverage >= 0.9
