"""What a review says of gaps."""

import pytest

from commandpost.incidents import review_wording
from commandpost.incidents.model.review.evidence import Cause
from commandpost.incidents.model.timeline import RunOutcome
from tests.model.review.telling import ending, lively

NAMES = {"ana": "ana", "ben": "ben", "cy": "cy"}


def test_a_gap_without_a_cause_is_said_to_be_unexplained() -> None:
    story = lively()
    story.assign(15, "e", "ben")

    assert review_wording.gap(ending(story).gap(), NAMES) == "Unexplained: nothing on record says why."


def test_each_cause_is_a_sentence_the_likeliest_first() -> None:
    story = lively()
    story.assign(15, "e", "ben")
    story.run(20, "e", RunOutcome.FAILED)
    story.command(39, "cy")
    story.write(40, "cy", "let me catch up first")

    said = review_wording.gap(ending(story).gap(), NAMES)

    assert said == "A task's command failed (1). The commander changed: @cy took over."


def test_who_is_not_known_any_more_is_not_named() -> None:
    story = lively()
    story.assign(50, "e", "ben")

    assert review_wording.gap(ending(story).gap(), {}) == (
        'Nobody was assigned to "e" for 34 minutes; then @unknown was.'
    )


def test_every_cause_has_words() -> None:
    assert {cause for cause, _ in review_wording.SENTENCES} == set(Cause)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(59, "less than a minute"), (60, "1 minute"), (7_320, "2 hours 2 minutes"), (172_801, "2 days")],
)
def test_lengths_of_time_are_in_their_two_largest_units(seconds: int, text: str) -> None:
    assert review_wording.duration(seconds * 1000) == text
