"""What members do with tasks."""

import pytest

from commandpost.incidents.actions import end, tasks
from commandpost.incidents.actions.tasks import AssigneeNotMember
from commandpost.incidents.events import IncidentUpdated
from commandpost.incidents.model.incident import Incident, Place, StageUnknown
from commandpost.incidents.model.stage import MoveOutOfRange, TaskUnknown
from commandpost.incidents.model.task import NewTask, TaskState, TaskTitleMissing
from commandpost.incidents.model.text import TextTooLong, TextUnstorable
from commandpost.incidents.model.timeline import (
    TaskAdded,
    TaskAssigned,
    TaskEdited,
    TaskInProgress,
    TaskMoved,
    TaskRemoved,
    TaskTicked,
    TaskUnticked,
)
from commandpost.kernel.errors import Refusal
from tests.actions.room import Room, actor, stage

FIRST = Place(stage=0, task=0)
NOWHERE = [
    (Place(stage=0, task=9), TaskUnknown),
    (Place(stage=0, task=-1), TaskUnknown),
    (Place(stage=7, task=0), StageUnknown),
    (Place(stage=-1, task=0), StageUnknown),
]


async def put(room: Room, incident: Incident, place: Place, state: TaskState) -> Incident:
    async with room.desk() as desk:
        return await tasks.put(desk, actor(room.ana), incident.id, place, state)


async def assign(room: Room, incident: Incident, assignee_id: str) -> Incident:
    async with room.desk() as desk:
        return await tasks.assign(desk, actor(room.ana), incident.id, FIRST, assignee_id)


def titles(incident: Incident) -> list[str]:
    return [task.title for task in incident.stages[0].tasks]


async def test_ticking_a_task_is_posted_and_logged(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "Call the **on-call**", "other"))
    room.clock.turn(seconds=5)

    await put(room, incident, FIRST, TaskState.CLOSED)

    ticked, other = (await room.seen(incident)).stages[0].tasks
    assert (ticked.state, ticked.state_modified) == (TaskState.CLOSED, room.clock.now())
    assert room.chat.said[ticked.state_modified_post_id].message == (
        "ana checked off checklist item **Call the on-call**"
    )
    assert other.state is TaskState.OPEN
    assert (await room.log(incident))[-1] == TaskTicked(
        stage_id=incident.stages[0].id,
        task_id=ticked.id,
        title="Call the **on-call**",
        from_state=TaskState.OPEN,
        post_id=ticked.state_modified_post_id,
    )


async def test_a_state_goes_back_and_forth(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "call"))

    for state in (TaskState.IN_PROGRESS, TaskState.CLOSED, TaskState.OPEN):
        await put(room, incident, FIRST, state)

    assert [type(entry) for entry in (await room.log(incident))[-3:]] == [
        TaskInProgress,
        TaskTicked,
        TaskUnticked,
    ]
    assert room.said(incident)[1:] == [
        "ana checked off checklist item **call**",
        "ana checked off checklist item **call**",
        "ana unchecked checklist item **call**",
    ]


async def test_the_same_state_again_changes_nothing(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "call"))
    ticked = await put(room, incident, FIRST, TaskState.CLOSED)
    room.facts.clear()
    room.clock.turn(seconds=5)

    again = await put(room, incident, FIRST, TaskState.CLOSED)

    assert again == ticked == await room.seen(incident)
    assert room.facts == [] and len(room.said(incident)) == 2


@pytest.mark.parametrize(("place", "refusal"), NOWHERE)
async def test_a_task_that_is_not_there_changes_nothing(
    room: Room, place: Place, refusal: type[Refusal]
) -> None:
    incident = await room.ongoing(stage("Triage", "call"))
    ana = actor(room.ana)

    async with room.desk() as desk:
        with pytest.raises(refusal):
            await tasks.put(desk, ana, incident.id, place, TaskState.CLOSED)
        with pytest.raises(refusal):
            await tasks.assign(desk, ana, incident.id, place, "")
        with pytest.raises(refusal):
            await tasks.edit(desk, ana, incident.id, place, title="t", command="")
        with pytest.raises(refusal):
            await tasks.remove(desk, ana, incident.id, place)

    assert await room.seen(incident) == incident


async def test_a_task_is_handed_on_and_given_up(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "call"), members=[room.ben])

    for assignee_id in (room.ben.id, room.ana.id, ""):
        await assign(room, incident, assignee_id)

    assert room.said(incident)[1:] == [
        "ana changed assignee of checklist item **call** from **No Assignee** to **@ben**",
        "ana changed assignee of checklist item **call** from **ben** to **@ana**",
        "ana changed assignee of checklist item **call** from **ana** to **No Assignee**",
    ]
    handovers = [entry for entry in await room.log(incident) if isinstance(entry, TaskAssigned)]
    assert [(entry.from_id, entry.to_id) for entry in handovers] == [
        ("", room.ben.id),
        (room.ben.id, room.ana.id),
        (room.ana.id, ""),
    ]


async def test_only_members_of_the_channel_are_assigned(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "call"), members=[room.ben])
    await room.leave(room.ben, incident)

    for user_id in (room.ben.id, room.cy.id, room.sys.id, "nosuch"):
        with pytest.raises(AssigneeNotMember):
            await assign(room, incident, user_id)


async def test_the_same_assignee_again_changes_nothing(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "call"))

    assert await assign(room, incident, "") == incident


async def test_a_task_is_added_at_the_end_with_what_was_sent(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "call"))
    new = NewTask(title="  New ", description="D", command="/echo hi", state=TaskState.CLOSED)

    async with room.desk() as desk:
        await tasks.add(desk, actor(room.ana), incident.id, 0, new)

    added = (await room.seen(incident)).stages[0].tasks[1]
    assert (added.title, added.description, added.command, added.state) == (
        "New",
        "D",
        "/echo hi",
        TaskState.CLOSED,
    )
    entry = (await room.log(incident))[-1]
    assert isinstance(entry, TaskAdded) and (entry.position, entry.title) == (1, "New")
    assert len(room.said(incident)) == 1


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (NewTask(title="  "), TaskTitleMissing),
        (NewTask(title="t" * 1025), TextTooLong),
        (NewTask(title="\0"), TextUnstorable),
        (NewTask(title="t", command="\ud800"), TextUnstorable),
        (NewTask(title="t", assignee_id="nosuch"), AssigneeNotMember),
    ],
)
async def test_a_task_that_cannot_be_kept_is_not_added(
    room: Room, new: NewTask, refusal: type[Refusal]
) -> None:
    incident = await room.ongoing(stage("Triage", "call"))

    with pytest.raises(refusal):
        async with room.desk() as desk:
            await tasks.add(desk, actor(room.ana), incident.id, 0, new)

    assert await room.seen(incident) == incident


async def test_title_and_command_are_edited_together(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "call"))

    async with room.desk() as desk:
        await tasks.edit(desk, actor(room.ana), incident.id, FIRST, title="Renamed", command="/echo bye")

    edited = (await room.seen(incident)).task(FIRST)
    assert (edited.title, edited.command) == ("Renamed", "/echo bye")
    entry = (await room.log(incident))[-1]
    assert isinstance(entry, TaskEdited) and (entry.from_title, entry.to_command) == ("call", "/echo bye")


@pytest.mark.parametrize(
    ("task", "destination", "expected"),
    [(0, 2, ["b", "c", "a", "d"]), (3, 0, ["d", "a", "b", "c"]), (1, 1, ["a", "b", "c", "d"])],
)
async def test_a_task_moves_within_its_stage(
    room: Room, task: int, destination: int, expected: list[str]
) -> None:
    incident = await room.ongoing(stage("Triage", "a", "b", "c", "d"))

    async with room.desk() as desk:
        await tasks.move(desk, actor(room.ana), incident.id, Place(stage=0, task=task), destination)

    assert titles(await room.seen(incident)) == expected
    moves = [entry for entry in await room.log(incident) if isinstance(entry, TaskMoved)]
    assert [(move.from_position, move.to_position) for move in moves] == (
        [] if task == destination else [(task, destination)]
    )


async def test_a_task_does_not_move_out_of_its_stage(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "a", "b"))

    for task, destination in ((0, 2), (2, 0), (0, -1)):
        with pytest.raises(MoveOutOfRange):
            async with room.desk() as desk:
                await tasks.move(desk, actor(room.ana), incident.id, Place(stage=0, task=task), destination)


async def test_deleting_a_task_closes_the_gap(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "a", "b", "c"), stage("Close", "x"))

    async with room.desk() as desk:
        await tasks.remove(desk, actor(room.ana), incident.id, Place(stage=0, task=1))
    await put(room, incident, Place(stage=0, task=1), TaskState.CLOSED)

    now = await room.seen(incident)
    assert titles(now) == ["a", "c"]
    assert now.stages[0].tasks[1].state is TaskState.CLOSED
    assert now.stages[1] == incident.stages[1]
    removed = [entry for entry in await room.log(incident) if isinstance(entry, TaskRemoved)]
    assert [entry.title for entry in removed] == ["b"]


async def test_tasks_are_worked_on_after_the_end_too(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "call"))
    async with room.desk() as desk:
        await end.end(desk, actor(room.ana), incident.id)

    ticked = await put(room, incident, FIRST, TaskState.CLOSED)

    assert ticked.task(FIRST).state is TaskState.CLOSED and not ticked.is_active


async def test_a_change_is_told_with_the_whole_incident(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "call"))
    room.facts.clear()

    ticked = await put(room, incident, FIRST, TaskState.CLOSED)

    assert room.facts == [IncidentUpdated(incident=ticked)]
    assert ticked == await room.seen(incident)
