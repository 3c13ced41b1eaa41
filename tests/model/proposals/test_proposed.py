"""What people keep doing is proposed, with what it rests on; what they do now and then is not."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from msgspec import structs

from commandpost.incidents.model.playbook import PlaybookContent, PlaybookTask
from commandpost.incidents.model.proposals.change import Change, Kind
from commandpost.incidents.model.proposals.proposal import Proposal, proposed
from commandpost.incidents.model.proposals.run import runs_of
from commandpost.incidents.model.timeline import Entry, IncidentStarted, StageAtStart, TaskAssigned
from commandpost.kernel.clock import MINUTE_MS
from tests.model.proposals.habitual import ALL, CONTENT, PEOPLE, usual

Log = list[Entry]


def plain() -> Log:
    telling = usual()
    telling.update(61, 3600)
    return telling.end()


def with_task_added() -> Log:
    telling = usual()
    title = "Call vendor" if telling.number % 3 == 0 else "call the vendor."
    telling.add(64, title)
    telling.tick(70, title)
    return telling.end()


def with_half_added() -> Log:
    telling = usual()
    telling.add(64, "e, second half")
    telling.tick(70, "e, second half")
    return telling.end()


def with_task_renamed() -> Log:
    """One task becomes two; what was added when it was renamed, but said nothing of it, is not its half."""
    telling = usual()
    telling.rename(11, "e", "check doors and windows", "check doors")
    telling.add(14, "call the vendor")
    telling.tick(66, "call the vendor")
    telling.add(68, "check windows")
    telling.tick(70, "check windows")
    return telling.end()


def with_task_done_twice() -> Log:
    telling = usual()
    telling.untick(65, "e")
    telling.tick(70, "e")
    return telling.end()


def without_task() -> Log:
    return usual(skip="c").end()


def with_task_removed() -> Log:
    telling = usual(skip="c")
    telling.remove(65, "c")
    return telling.end()


def with_task_first() -> Log:
    return usual(order=("a", "d", "b", "c", "e", "f")).end()


def with_task_last() -> Log:
    return usual(order=("b", "c", "a", "d", "e", "f")).end()


def with_task_given(*, late: float = 0) -> Log:
    telling = usual()
    telling.entries.pop()
    telling.assign(55 + late, "f", "cy")
    telling.tick(60, "f", "cy")
    return telling.end()


def with_command() -> Log:
    telling = usual()
    telling.entries.pop()
    telling.run(55, "f", "/deploy status")
    telling.tick(60, "f", PEOPLE[telling.number % len(PEOPLE)])
    return telling.end()


def with_reminder() -> Log:
    telling = usual()
    telling.update(61, 900)
    telling.update(62, 900)
    return telling.end()


def made(deed: Callable[[], Log], *, times: int, of: int = 20) -> list[Log]:
    return [deed() if number < times else plain() for number in range(of)]


def found(logs: Sequence[Log], content: PlaybookContent = CONTENT) -> tuple[Proposal, ...]:
    return proposed(content, runs_of(logs))


HABITS = [
    (with_task_added, Change(kind=Kind.ADD, stage="Mend", task="Call the vendor")),
    (with_half_added, Change(kind=Kind.SPLIT, stage="Mend", task="e", part="E, second half")),
    (with_task_done_twice, Change(kind=Kind.SPLIT, stage="Mend", task="e", part="e (2)")),
    (without_task, Change(kind=Kind.DROP, stage="Look", task="c")),
    (with_task_removed, Change(kind=Kind.DROP, stage="Look", task="c")),
    (with_task_first, Change(kind=Kind.REORDER, from_stage="Mend", stage="Look", task="d", before="b")),
    (with_task_last, Change(kind=Kind.REORDER, from_stage="Look", stage="Look", task="a", before="")),
    (with_task_given, Change(kind=Kind.ASSIGN, stage="Mend", task="f", assignee_id="cy")),
    (with_command, Change(kind=Kind.COMMAND, stage="Mend", task="f", command="/deploy status")),
    (with_reminder, Change(kind=Kind.REMIND, remind_after_s=900)),
]


def test_what_a_renamed_task_no_longer_says_is_its_second_half_whenever_it_is_added() -> None:
    changes = {proposal.change for proposal in found(made(with_task_renamed, times=17))}

    assert changes == {
        Change(kind=Kind.SPLIT, stage="Mend", task="e", part="Check windows"),
        Change(kind=Kind.ADD, stage="Mend", task="Call the vendor"),
    }


@pytest.mark.parametrize(("deed", "change"), HABITS)
def test_what_most_runs_do_is_proposed_with_the_runs_that_do_it(
    deed: Callable[[], Log], change: Change
) -> None:
    logs = made(deed, times=17)

    (proposal,) = found(logs)

    assert proposal.change == change
    assert proposal.seen == len(proposal.cases)
    assert {case.incident_id for case in proposal.cases} >= {log[0].incident_id for log in logs[:17]}
    assert all(case.shown for case in proposal.cases)
    assert proposal.saved_ms.low <= proposal.saved_ms.value <= proposal.saved_ms.high


@pytest.mark.parametrize("title", ["Draft and send the notice", "Draft it, and then send the notice"])
def test_a_task_of_two_things_that_is_passed_on_half_way_is_two(title: str) -> None:

    def titled(stage: StageAtStart) -> StageAtStart:
        tasks = (replace(one, title=title) if one.id == "f" else one for one in stage.tasks)
        return replace(stage, tasks=tuple(tasks))

    def named(entry: Entry) -> Entry:
        if not isinstance(entry.payload, IncidentStarted):
            return entry
        stages = tuple(map(titled, entry.payload.stages))
        return structs.replace(entry, payload=replace(entry.payload, stages=stages))

    def passed_on() -> Log:
        telling = usual()
        telling.entries.pop()
        telling.assign(51, "f", "ana")
        telling.assign(55, "f", PEOPLE[1 + telling.number % 2], old="ana")
        telling.tick(60, "f", PEOPLE[1 + telling.number % 2])
        return telling.end()

    logs = [[named(entry) for entry in log] for log in made(passed_on, times=17)]
    mend = CONTENT.stages[1]
    tasks = (*mend.tasks[:2], PlaybookTask(title=title))
    content = replace(CONTENT, stages=(CONTENT.stages[0], replace(mend, tasks=tasks)))

    (proposal,) = found(logs, content)

    assert proposal.change == Change(kind=Kind.SPLIT, stage="Mend", task=title, part="Send the notice")
    assert found(logs, proposal.change.applied(content)) == ()
    assert found(made(passed_on, times=17)) == ()


def test_what_is_expected_to_be_saved_is_the_same_where_people_have_other_ids() -> None:
    def elsewhere(entry: Entry) -> Entry:
        if isinstance(entry.payload, TaskAssigned) and entry.payload.to_id == "cy":
            return structs.replace(entry, payload=replace(entry.payload, to_id="zoe"))
        return entry

    logs = [with_task_given(late=number % 4) for number in range(20)]

    (here,) = found(logs)
    (there,) = found([[elsewhere(entry) for entry in log] for log in logs])

    assert (here.change.assignee_id, there.change.assignee_id) == ("cy", "zoe")
    assert here.saved_ms == there.saved_ms


@pytest.mark.parametrize(("deed", "change"), HABITS)
def test_what_is_done_now_and_then_is_not_proposed(deed: Callable[[], Log], change: Change) -> None:
    assert found(made(deed, times=9)) == ()


@pytest.mark.parametrize(("deed", "change"), HABITS)
def test_a_playbook_that_says_so_already_gets_no_such_proposal(
    deed: Callable[[], Log], change: Change
) -> None:
    assert found(made(deed, times=17), change.applied(CONTENT)) == ()


@pytest.mark.parametrize(("deed", "change"), HABITS)
def test_a_change_is_undone_and_what_others_changed_since_stays(
    deed: Callable[[], Log], change: Change
) -> None:
    edited = replace(change.applied(CONTENT), title="Big outage")

    assert change.undone(edited, was=CONTENT) == replace(CONTENT, title="Big outage")


def test_few_runs_propose_nothing_and_five_that_all_do_it_do() -> None:
    assert found(made(with_task_added, times=4, of=4)) == ()
    assert len(found(made(with_task_added, times=5, of=5))) == 1


def test_habits_beside_one_another_are_each_found() -> None:
    def both() -> Log:
        telling = usual(skip="c")
        telling.add(64, "Call the vendor")
        telling.tick(70, "Call the vendor")
        telling.update(75, 900)
        return telling.end()

    kinds = {proposal.change.kind for proposal in found(made(both, times=16))}

    assert kinds == {Kind.ADD, Kind.DROP, Kind.REMIND}


def test_an_incident_that_was_broken_off_says_nothing_about_the_tasks_left_out() -> None:
    assert found([usual(order=("a", "b")).end() for _ in range(20)]) == ()


def test_of_two_people_it_is_not_said_who_does_what() -> None:
    def by_two() -> Log:
        telling = usual(order=())
        for at, task in enumerate(ALL, start=1):
            telling.tick(10 * at, task, "ben" if task == "f" else "ana")
        return telling.end()

    assert found(made(by_two, times=20)) == ()


def test_minutes_saved_are_those_that_went_by_before_it_was_done_by_hand() -> None:
    (given,) = found(made(with_task_given, times=20))
    (dropped,) = found(made(without_task, times=15))

    assert given.saved_ms.value == 5 * MINUTE_MS
    assert dropped.saved_ms.value == 10 * MINUTE_MS * 5 / 20
    assert dropped.saved_ms.low < dropped.saved_ms.value < dropped.saved_ms.high
