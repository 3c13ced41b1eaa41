"""Many people at once: nobody loses a change."""

import asyncio
from collections.abc import Awaitable, Callable

from commandpost.incidents.actions import details, end, status, tasks
from commandpost.incidents.actions.details import Asked
from commandpost.incidents.model.incident import AlreadyEnded, Place
from commandpost.incidents.model.listing import IncidentFilter, Page
from commandpost.incidents.model.status_update import StatusUpdate
from commandpost.incidents.model.task import NewTask, TaskState
from commandpost.incidents.model.timeline import IncidentEnded, TaskAdded, TaskTicked
from commandpost.jobs.reminders import Reminders
from tests.actions.room import Room, actor, stage

WORKERS = 16
TASKS = 40


async def at_once(deeds: list[Callable[[], Awaitable[object]]]) -> list[object]:
    """Do all deeds, so many at a time; gives what came of each."""
    results: list[object] = []
    waiting = iter(deeds)

    async def worker() -> None:
        for deed in waiting:
            try:
                results.append(await deed())
            except AlreadyEnded as refusal:
                results.append(refusal)

    await asyncio.gather(*(worker() for _ in range(WORKERS)))
    return results


async def test_forty_ticked_and_forty_added_at_once_are_all_there(room: Room) -> None:
    incident = await room.ongoing(
        stage("Triage", *(f"task {number}" for number in range(TASKS))), members=[room.ben]
    )
    people = (actor(room.ana), actor(room.ben))

    def tick(number: int) -> Callable[[], Awaitable[object]]:
        async def deed() -> object:
            async with room.desk() as desk:
                place = Place(stage=0, task=number)
                return await tasks.put(desk, people[number % 2], incident.id, place, TaskState.CLOSED)

        return deed

    def add(number: int) -> Callable[[], Awaitable[object]]:
        async def deed() -> object:
            async with room.desk() as desk:
                new = NewTask(title=f"added {number}")
                return await tasks.add(desk, people[number % 2], incident.id, 0, new)

        return deed

    deeds = [deed for number in range(TASKS) for deed in (tick(number), add(number))]

    await at_once(deeds)

    found = (await room.seen(incident)).stages[0].tasks
    assert [task.state for task in found[:TASKS]] == [TaskState.CLOSED] * TASKS
    assert sorted(task.title for task in found[TASKS:]) == sorted(
        f"added {number}" for number in range(TASKS)
    )
    log = await room.log(incident)
    assert sum(isinstance(entry, TaskTicked) for entry in log) == TASKS
    assert sorted(entry.position for entry in log if isinstance(entry, TaskAdded)) == list(
        range(TASKS, 2 * TASKS)
    )


async def test_of_many_who_end_an_incident_at_once_one_does(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))

    async def finish() -> object:
        async with room.desk() as desk:
            return await end.end(desk, actor(room.ana), incident.id)

    results = await at_once([finish] * WORKERS)

    assert sum(isinstance(result, AlreadyEnded) for result in results) == WORKERS - 1
    assert sum(isinstance(entry, IncidentEnded) for entry in await room.log(incident)) == 1


async def test_starts_of_one_name_at_once_all_succeed_and_are_counted(room: Room) -> None:
    async def begin() -> object:
        return await room.start()

    await at_once([begin] * WORKERS)

    names = [channel.name for channel in room.chat.channels.values()]
    assert len(set(names)) == WORKERS
    async with room.desks.reading() as desk:
        asked = Asked(wanted=IncidentFilter(team_id=room.team.id), page=Page(size=1))
        assert (await details.listed(desk, actor(room.ana), asked)).total == WORKERS


async def test_a_reminder_that_many_nodes_see_due_is_shown_once(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    async with room.desk() as desk:
        update = StatusUpdate(message="looking", remind_after_s=900)
        await status.update(desk, actor(room.ana), incident.id, update)
    room.clock.turn(seconds=900)
    nodes = [Reminders(room.desks, room.clock, lambda: True) for _ in range(4)]

    await asyncio.gather(*(node.fire_due() for node in nodes))

    shown = [text for text in room.said(incident) if text.startswith("@ana, please")]
    assert len(shown) == 1
    assert sum(node.fired for node in nodes) == 1


async def test_the_job_wakes_for_a_reminder_that_was_just_set(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    job = Reminders(room.desks, room.clock, lambda: True)
    running = asyncio.create_task(job.run())
    await asyncio.sleep(0)

    async with room.desk() as desk:
        update = StatusUpdate(message="looking", remind_after_s=1)
        await status.update(desk, actor(room.ana), incident.id, update)
    room.clock.turn(seconds=1)
    room.chat.spoken.clear()
    for fact in room.facts:
        job.hear(fact)
    await asyncio.wait_for(room.chat.spoken.wait(), 30)
    running.cancel()

    assert "@ana, please provide an update on this incident's progress." in room.said(incident)
