"""Tasks in their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandpost.incidents.model.ids import StageId, TaskId
from commandpost.incidents.model.stage import MAX_TASKS, MoveOutOfRange, Stage, StageFull, TaskUnknown
from commandpost.incidents.model.task import Task, TaskState


def stage_of(count: int, *, closed: int = 0) -> Stage:
    """A stage of tasks named by their position, the first ones closed."""
    return Stage(
        id=StageId("stage"),
        title="Triage",
        tasks=tuple(
            Task(
                id=TaskId(str(at)),
                title=str(at),
                state=TaskState.CLOSED if at < closed else TaskState.OPEN,
            )
            for at in range(count)
        ),
    )


@given(st.data())
def test_moving_a_task_keeps_the_order_of_the_others(data: st.DataObject) -> None:
    stage = stage_of(data.draw(st.integers(1, 8)))
    positions = st.integers(0, len(stage.tasks) - 1)
    position, destination = data.draw(positions), data.draw(positions)

    moved = stage.reordered(position=position, destination=destination)

    assert moved.tasks[destination] == stage.tasks[position]
    others = [task for task in stage.tasks if task is not stage.tasks[position]]
    assert [task for task in moved.tasks if task is not stage.tasks[position]] == others
    assert moved.reordered(position=destination, destination=position) == stage


@pytest.mark.parametrize(("position", "destination"), [(3, 0), (0, 3), (-1, 0), (0, -1)])
def test_a_task_moves_within_its_stage_only(position: int, destination: int) -> None:
    with pytest.raises(MoveOutOfRange):
        stage_of(3).reordered(position=position, destination=destination)


@pytest.mark.parametrize("position", [-1, 3, 10**30])
def test_there_is_no_task_outside_the_stage(position: int) -> None:
    stage = stage_of(3)

    with pytest.raises(TaskUnknown):
        stage.task(position)
    with pytest.raises(TaskUnknown):
        stage.without(position)


def test_a_stage_is_complete_when_nothing_is_open() -> None:
    assert stage_of(0).is_complete
    assert stage_of(2, closed=2).is_complete
    assert not stage_of(2, closed=1).is_complete


def test_a_stage_holds_so_many_tasks_and_no_more() -> None:
    with pytest.raises(StageFull):
        stage_of(MAX_TASKS).extended(Task(id=TaskId("one more"), title="one more"))
