"""What holds of the proposals from any runs, however odd."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from commandpost.incidents.model.proposals.change import ChangeDoesNotFit
from commandpost.incidents.model.proposals.proposal import proposed
from commandpost.incidents.model.proposals.run import runs_of
from commandpost.incidents.model.timeline import Entry
from tests.model.proposals.habitual import ALL, CONTENT, PEOPLE, Telling

tasks = st.sampled_from(ALL)
deeds = st.one_of(
    st.tuples(st.just("tick"), tasks, st.sampled_from(PEOPLE)),
    st.tuples(st.just("untick"), tasks),
    st.tuples(st.just("remove"), tasks),
    st.tuples(st.just("add"), st.sampled_from(("x", "a, again", "b"))),
    st.tuples(st.just("assign"), tasks, st.sampled_from((*PEOPLE, ""))),
    st.tuples(st.just("run"), tasks, st.sampled_from(("/fix", "/look"))),
    st.tuples(st.just("update"), st.sampled_from((0, 900, 3600))),
)
courses = st.lists(st.tuples(st.integers(0, 90), deeds), max_size=12)


def told(number: int, course: list[tuple[int, tuple[object, ...]]]) -> list[Entry]:
    telling = Telling(number=number)
    for minute, (verb, *rest) in sorted(course, key=lambda one: one[0]):
        getattr(telling, str(verb))(minute, *rest)
    return telling.end()


@settings(max_examples=40)
@given(st.lists(courses, min_size=1, max_size=2), st.integers())
def test_each_can_be_made_and_undone_and_the_order_of_telling_does_not_matter(
    some: list[list[tuple[int, tuple[object, ...]]]], seed: int
) -> None:
    """The same few courses again and again are habits of all kinds."""
    logs = [told(number, some[0 if number < 9 else -1]) for number in range(1, 11)]
    shuffled = [list(log) for log in logs]
    for log in (*shuffled, shuffled):
        Random(seed).shuffle(log)

    found = proposed(CONTENT, runs_of(logs))

    assert found == proposed(CONTENT, runs_of(shuffled))
    assert len({one.change.key for one in found}) == len(found)
    for one in found:
        changed = one.change.applied(CONTENT).checked()
        assert one.change.undone(changed, was=CONTENT) == CONTENT
        assert one.runs >= 5 and one.seen == len(one.cases) > one.runs / 2
        assert one.share.low <= one.share.value <= one.share.high
        assert one.saved_ms.low <= one.saved_ms.value <= one.saved_ms.high


@settings(max_examples=40)
@given(st.integers(), st.integers(5, 20))
def test_what_was_changed_by_others_is_not_undone_over_them(seed: int, runs: int) -> None:
    random = Random(seed)
    orders = [random.sample(ALL, len(ALL)) for _ in range(2)]
    logs = [
        told(number, [(at, ("tick", task, "ana")) for at, task in enumerate(orders[number % 7 == 0])])
        for number in range(1, runs + 1)
    ]

    for one in proposed(CONTENT, runs_of(logs)):
        changed = one.change.applied(CONTENT)
        emptied = CONTENT.__class__(team_id="team", title="Other")
        try:
            assert one.change.undone(emptied, was=CONTENT) != changed
        except ChangeDoesNotFit:
            continue
