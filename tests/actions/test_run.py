"""Running the slash command of a task."""

from dataclasses import replace

import pytest

from commandpost.incidents.actions import run, tasks
from commandpost.incidents.model.incident import Incident, Place
from commandpost.incidents.model.playbook import PlaybookTask
from commandpost.incidents.model.task import TaskWithoutCommand
from commandpost.incidents.model.timeline import RunOutcome, TaskRun
from commandpost.incidents.permissions import NotAuthorized
from commandpost.incidents.ports import CommandAnswer, CommandFailed, CommandNotFound, User
from commandpost.kernel.errors import Refusal
from tests.actions.room import Room, actor, stage

FIRST = Place(stage=0, task=0)
HELLO = PlaybookTask(title="Say hello", command="/echo hello")


async def press(room: Room, incident: Incident, *, by: User | None = None) -> CommandAnswer:
    return await run.run(room.desks, room.commands, actor(by or room.ana), incident.id, FIRST)


async def receipts(room: Room, incident: Incident) -> list[TaskRun]:
    return [entry for entry in await room.log(incident) if isinstance(entry, TaskRun)]


async def test_a_command_runs_as_who_presses_in_the_incidents_channel(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", HELLO), members=[room.ben])
    room.commands.answer = CommandAnswer(trigger_id="t", text="hello\nand more")
    room.clock.turn(seconds=5)

    answer = await press(room, incident, by=room.ben)

    assert answer.trigger_id == "t"
    assert room.commands.ran == [(room.ben.id, incident.channel_id, "/echo hello")]
    task = (await room.seen(incident)).task(FIRST)
    assert (task.command_last_run, task.state) == (room.clock.now(), incident.task(FIRST).state)
    (receipt,) = await receipts(room, incident)
    assert (receipt.outcome, receipt.command, receipt.answer) == (RunOutcome.OK, "/echo hello", "hello")


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [(CommandNotFound(), RunOutcome.NOT_FOUND), (CommandFailed(), RunOutcome.FAILED)],
)
async def test_a_failed_run_cannot_look_like_success(
    room: Room, failure: Refusal, outcome: RunOutcome
) -> None:
    incident = await room.ongoing(stage("Triage", HELLO))
    room.commands.answer = failure

    with pytest.raises(type(failure)):
        await press(room, incident)

    assert room.chat.whispers == [
        (room.ana.id, incident.channel_id, "Failed to execute slash command **/echo hello**")
    ]
    assert (await room.seen(incident)).task(FIRST).command_last_run == 0
    assert [receipt.outcome for receipt in await receipts(room, incident)] == [outcome]


async def test_commands_may_be_run_as_often_as_wanted(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", HELLO))

    for _ in range(3):
        await press(room, incident)

    assert len(await receipts(room, incident)) == 3


@pytest.mark.parametrize("command", ["", "  "])
async def test_a_task_without_a_command_does_not_run(room: Room, command: str) -> None:
    incident = await room.ongoing(stage("Triage", replace(HELLO, command=command)))

    with pytest.raises(TaskWithoutCommand):
        await press(room, incident)

    assert room.commands.ran == []


async def test_who_may_not_edit_the_incident_runs_nothing(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", HELLO))

    with pytest.raises(NotAuthorized):
        await press(room, incident, by=room.cy)

    assert room.commands.ran == []


async def test_a_task_moved_away_meanwhile_is_still_the_one_that_ran(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", HELLO, "other"))

    class Moving(type(room.commands)):
        async def execute(self, user_id: str, channel_id: str, team_id: str, command: str) -> CommandAnswer:
            async with room.desk() as desk:
                await tasks.move(desk, actor(room.ana), incident.id, FIRST, 1)
            return CommandAnswer()

    await run.run(room.desks, Moving(), actor(room.ana), incident.id, FIRST)

    other, hello = (await room.seen(incident)).stages[0].tasks
    assert hello.command_last_run and not other.command_last_run


async def test_variables_of_the_incident_are_put_in(room: Room) -> None:
    command = "/echo $INCIDENT_NAME | $INCIDENT_ID | $COMMANDER | $CHANNEL | $STAGE | $PLAYBOOK"
    incident = await room.ongoing(stage("Triage", replace(HELLO, command=command)))

    await press(room, incident)

    [(_, _, ran)] = room.commands.ran
    channel = room.chat.channels[incident.channel_id]
    begins = f"/echo {incident.name} | {incident.id} | @ana | ~{channel.name} | Triage | "
    assert ran.startswith(begins)
    (receipt,) = await receipts(room, incident)
    assert receipt.command == ran
