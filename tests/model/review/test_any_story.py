"""What holds of the review of any story, however odd."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from commandpost.incidents.model.review.durations import SHORTEST_GAP_MS
from commandpost.incidents.model.review.review import Review, reviewed
from commandpost.incidents.model.review.story import Story
from commandpost.incidents.model.timeline import RunOutcome
from tests.model.review.telling import STAGE_OF, STAGES, Telling, past

PEOPLE = ("ana", "ben", "cy", "")
people = st.sampled_from(PEOPLE)
tasks = st.sampled_from(sorted(STAGE_OF))
minutes = st.one_of(st.integers(0, 40), st.integers(0, 2000))

deeds = st.one_of(
    st.tuples(st.just("tick"), tasks, people),
    st.tuples(st.just("untick"), tasks),
    st.tuples(st.just("assign"), tasks, people),
    st.tuples(st.just("run"), tasks, st.sampled_from(RunOutcome)),
    st.tuples(st.just("go"), st.sampled_from(sorted(STAGES))),
    st.tuples(st.just("command"), people),
    st.tuples(st.just("say"), people, st.sampled_from((None, False, True))),
    st.tuples(st.just("join"), people),
    st.tuples(st.just("leave"), people),
    st.tuples(st.just("turn"), people, st.sampled_from(("online", "away", "offline", "dnd"))),
    st.tuples(st.just("end")),
    st.tuples(st.just("restart")),
)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    telling = Telling(past=past(*draw(st.lists(st.integers(1, 60), max_size=7))))
    told = draw(st.lists(st.tuples(minutes, deeds), max_size=40))
    for minute, (verb, *rest) in sorted(told, key=lambda one: one[0]):
        match verb, rest:
            case "say", (who, asks):
                telling.say(minute, who, asks=asks, to=("ben",) if asks else ())
            case "join", (who,):
                telling.join(minute, who, hours="9-17" if who != "cy" else "?", zone="Europe/Berlin")
            case _:
                getattr(telling, verb)(minute, *rest)
    return telling.story()


@settings(max_examples=40)
@given(stories(), st.integers())
def test_the_order_in_which_it_is_told_does_not_matter(story: Story, seed: int) -> None:
    entries, presence = list(story.entries), list(story.presence)
    Random(seed).shuffle(entries)
    Random(seed).shuffle(presence)
    told_again = Story(entries=tuple(entries), presence=tuple(presence), talk=story.talk, past=story.past)

    assert reviewed(told_again) == reviewed(story)


@settings(max_examples=40)
@given(stories())
def test_no_gap_is_shorter_than_its_threshold(story: Story) -> None:
    for gap in reviewed(story).gaps:
        assert gap.interval.length_ms > gap.threshold_ms >= SHORTEST_GAP_MS


@settings(max_examples=40)
@given(stories())
def test_every_claim_rests_on_what_is_on_record_before_the_gap_was_over(story: Story) -> None:
    entries = {entry.sequence: entry for entry in story.entries}
    presence = {(change.user_id, change.at, change.status) for change in story.presence}

    for gap in reviewed(story).gaps:
        for claim in gap.causes:
            assert claim.evidence
            assert gap.interval.since <= claim.since <= claim.until <= gap.interval.until
            for one in claim.evidence:
                known = (one.user_id, one.at, one.status) in presence
                assert known if not one.sequence else entries[one.sequence].at == one.at
                assert one.at <= gap.interval.until


@settings(max_examples=40)
@given(stories())
def test_causes_are_ranked_and_each_is_named_once(story: Story) -> None:
    for gap in reviewed(story).gaps:
        scores = [claim.score for claim in gap.causes]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
        assert len({claim.cause for claim in gap.causes}) == len(gap.causes)


@settings(max_examples=40)
@given(stories())
def test_times_of_stages_add_up_to_the_time_it_was_ongoing(story: Story) -> None:
    review: Review = reviewed(story)

    assert sum(stage.active_ms for stage in review.course.stages) == review.ongoing_ms
