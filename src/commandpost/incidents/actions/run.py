"""Running a task's slash command.

A command may take long and may itself change the incident, so it runs between two units of work: one finds
the task, the other writes down how it went.
"""

from commandpost.incidents import wording
from commandpost.incidents.actions import access
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.events import IncidentUpdated
from commandpost.incidents.model import variables
from commandpost.incidents.model.incident import Incident, Place
from commandpost.incidents.model.task import Task
from commandpost.incidents.model.timeline import RunOutcome, TaskRun
from commandpost.incidents.ports import (
    Actor,
    CommandAnswer,
    CommandFailed,
    CommandNotFound,
    Commands,
    Desk,
    Desks,
)
from commandpost.incidents.store import changes, incidents, playbooks
from commandpost.kernel.clock import Millis

_ANSWER_LIMIT = 200


async def run(desks: Desks, commands: Commands, who: Actor, incident_id: str, place: Place) -> CommandAnswer:
    """Run the command of a task as `who`, in the incident's channel; as often as wanted.

    Raises NotAuthorized, IncidentUnknown, StageUnknown, TaskUnknown, TaskGone, TaskWithoutCommand, and
    CommandNotFound or CommandFailed, of which the user is told in the channel too. The others learn of a
    failure from the log, and from the event that there is news in it.
    """
    async with desks.reading() as desk:
        incident = await access.opened(desk, who, incident_id)
        place = incident.placed(place)
        task = incident.task(place)
        stage_id = incident.stage(place.stage).id
        command = await _command(desk, incident, task)
        started_at = desk.now
    if incident.is_practice:
        return await _only_said(desks, who, incident, task, stage_id, command)
    refusal: CommandNotFound | CommandFailed | None = None
    answer = CommandAnswer()
    outcome = RunOutcome.OK
    try:
        answer = await commands.execute(who.user_id, incident.channel_id, incident.team_id, command)
    except CommandNotFound as cause:
        outcome, refusal = RunOutcome.NOT_FOUND, cause
    except CommandFailed as cause:
        outcome, refusal = RunOutcome.FAILED, cause
    said = refusal.message if refusal else answer.text
    async with desks.writing() as desk:
        found = await incidents.locked(desk.work, incident.id, viewer_id=who.user_id)
        assert found is not None
        entry = TaskRun(
            stage_id=stage_id,
            task_id=task.id,
            title=task.title,
            command=command,
            outcome=outcome,
            duration_ms=desk.now - started_at,
            answer=said.strip().split("\n", 1)[0][:_ANSWER_LIMIT],
        )
        before = found.incident
        after = _after(before, task, at=desk.now) if refusal is None else before
        saved = await changes.save(
            desk.work, before, after, actor_id=who.user_id, at=desk.now, payloads=[entry]
        )
        desk.tell(IncidentUpdated(incident=saved))
        if refusal is not None:
            failure = wording.command_failed(command)
            await desk.chat.post_ephemeral(who.user_id, incident.channel_id, failure)
    if refusal is not None:
        raise refusal
    return answer


async def _only_said(
    desks: Desks, who: Actor, incident: Incident, task: Task, stage_id: str, command: str
) -> CommandAnswer:
    """In practice a command is not run, as it may call others: it is said, and logged as if it had worked."""
    async with desks.writing() as desk:
        found = await incidents.locked(desk.work, incident.id, viewer_id=who.user_id)
        assert found is not None
        said = wording.practice_command(command)
        await desk.chat.post_as_bot(incident.channel_id, said)
        entry = TaskRun(
            stage_id=stage_id,
            task_id=task.id,
            title=task.title,
            command=command,
            outcome=RunOutcome.OK,
            duration_ms=0,
            answer=said[:_ANSWER_LIMIT],
        )
        after = _after(found.incident, task, at=desk.now)
        saved = await changes.save(
            desk.work, found.incident, after, actor_id=who.user_id, at=desk.now, payloads=[entry]
        )
        desk.tell(IncidentUpdated(incident=saved))
    return CommandAnswer(text=said)


async def _command(desk: Desk, incident: Incident, task: Task) -> str:
    """The task's command with its variables put in."""
    command = task.runnable_command()
    wanted = variables.variables_in(command)
    if not wanted:
        return command
    values = {
        "INCIDENT_NAME": incident.name,
        "INCIDENT_ID": incident.id,
        "STAGE": incident.active_stage_title,
        "COMMANDER": "",
        "CHANNEL": "",
        "PLAYBOOK": "",
    }
    if "COMMANDER" in wanted:
        names = await usernames(desk, incident.commander_id)
        values["COMMANDER"] = f"@{names[incident.commander_id]}"
    if "CHANNEL" in wanted:
        channel = await desk.chat.channel(incident.channel_id)
        values["CHANNEL"] = f"~{channel.name}" if channel else ""
    if "PLAYBOOK" in wanted and incident.playbook_id:
        playbook = await playbooks.found(desk.work, incident.playbook_id)
        values["PLAYBOOK"] = playbook.content.title if playbook else ""
    return variables.substituted(command, values)


def _after(incident: Incident, task: Task, *, at: Millis) -> Incident:
    place = incident.place_of(task.id)
    return incident if place is None else incident.with_task(place, incident.task(place).run(at=at))
