"""Trying the product on itself; all of its data is removed before."""

from commandpost.incidents.actions import playbooks, sample_data, start, tasks
from commandpost.incidents.actions.start import NewIncident
from commandpost.incidents.model.incident import Place
from commandpost.incidents.model.playbook import PlaybookContent, PlaybookStage, PlaybookTask
from commandpost.incidents.model.task import NewTask, TaskState
from commandpost.incidents.ports import Actor, Desk

_NAME = "Cloud Incident 4739"


async def run(desk: Desk, who: Actor, team_id: str) -> str:
    """What went wrong first, or "". Who may do that is decided before. Raises whatever is refused."""
    await sample_data.clear(desk)
    content = PlaybookContent(
        team_id=team_id,
        title="Cloud PlaybookIncident",
        create_public_incident=True,
        stages=(PlaybookStage(title="My list", tasks=(PlaybookTask(title="Do this now"),)),),
        member_ids=(who.user_id,),
    )
    first = await playbooks.create(desk, who, content)
    second = await playbooks.create(desk, who, content)
    await playbooks.edit(desk, who, first.id, content)
    if (await playbooks.view(desk, who, first.id)).version != first.version + 1:
        return "the playbook was not updated"
    await playbooks.delete(desk, who, second.id)
    if not (await playbooks.view(desk, who, second.id)).delete_at:
        return "the playbook was not deleted"
    return await _with_incident(
        desk,
        who,
        NewIncident(name=_NAME, team_id=team_id, commander_id=who.user_id, playbook_id=first.id),
    )


async def _with_incident(desk: Desk, who: Actor, new: NewIncident) -> str:
    incident = await start.start(desk, who, new)
    here = Place(stage=0, task=1)
    added = await tasks.add(desk, who, incident.id, 0, NewTask(title="I should be checked"))
    if len(added.stage(0).tasks) != 2:
        return "the task was not added"
    if (await tasks.put(desk, who, incident.id, here, TaskState.CLOSED)).task(here).is_open:
        return "the task was not checked"
    if not (await tasks.put(desk, who, incident.id, here, TaskState.OPEN)).task(here).is_open:
        return "the task was not unchecked"
    renamed = await tasks.edit(desk, who, incident.id, here, title="I am renamed", command="")
    if renamed.task(here).title != "I am renamed":
        return "the task was not renamed"
    moved = await tasks.move(desk, who, incident.id, here, 0)
    if moved.stage(0).task(0).title != "I am renamed":
        return "the task was not moved"
    removed = await tasks.remove(desk, who, incident.id, Place(stage=0, task=0))
    return "" if len(removed.stage(0).tasks) == 1 else "the task was not removed"
