"""Beginning a rehearsal, of an incident that is over or of one drawn for a playbook; and looking at one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from commandpost.incidents import wording
from commandpost.incidents.actions import access, start
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.actions.samples import drawing
from commandpost.incidents.actions.samples.drawing import Order
from commandpost.incidents.actions.samples.past_life import PastLife
from commandpost.incidents.actions.samples.script import Script as DrawnLife
from commandpost.incidents.actions.start import NewIncident
from commandpost.incidents.events import IncidentUpdated, RehearsalSet
from commandpost.incidents.model.ids import IncidentId, StageId, TaskId
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.naming import NAME_LIMIT
from commandpost.incidents.model.playbook import Playbook
from commandpost.incidents.model.rehearsal.score import Figures, figures_of
from commandpost.incidents.model.rehearsal.script import (
    Rehearsal,
    Script,
    checked_seed,
    checked_speed,
    script_of,
)
from commandpost.incidents.model.stage import Stage
from commandpost.incidents.model.task import Task
from commandpost.incidents.model.timeline import (
    Entry,
    IncidentStarted,
    PostSeen,
    RehearsalStarted,
    StatusUpdated,
)
from commandpost.incidents.permissions import Act, NotAuthorized
from commandpost.incidents.ports import Actor, Channel, ChannelType, Desk, User
from commandpost.incidents.store import archives, changes, log, rehearsals
from commandpost.kernel.clock import DAY_MS, NEVER, Millis
from commandpost.kernel.errors import Conflict, NotFound
from commandpost.kernel.ids import new_id

_LEADER = User(id="leader", username="alex")
_CREW = tuple(User(id=name, username=name) for name in ("jo", "kim", "lee", "max", "sam"))
"""Who acts in drawn incidents: made up, so that they are the same in every team."""


class StillOngoing(Conflict):
    """Only an incident that has ended can be rehearsed."""

    code = "rehearsal.ongoing"


class IsPractice(Conflict):
    """This is a rehearsal itself; rehearse the incident that it replays."""

    code = "rehearsal.of_practice"


class NotARehearsal(NotFound):
    """This incident is not a rehearsal."""

    code = "rehearsal.none"


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalOf:
    """A rehearsal and its incident, and how it goes in the original's pace."""

    incident: Incident
    rehearsal: Rehearsal
    practice: Figures


async def of_incident(desk: Desk, who: Actor, incident_id: str, *, speed: int) -> RehearsalOf:
    """Replay an incident that is over, for `who` to lead. For those who may read its channel.

    The practice channel is private unless the incident is public. Raises NotAuthorized, IncidentUnknown,
    SpeedInvalid, StillOngoing, IsPractice, TooMuchToReplay, ChannelNotAllowed, NameTaken.
    """
    speed = checked_speed(speed)
    source = await access.opened(desk, who, incident_id, Act.REHEARSE)
    await access.permit_in_team(desk, who, source.team_id, Act.START_BLANK_INCIDENT)
    if not await desk.chat.reads_channel(who.user_id, source.channel_id):
        raise NotAuthorized
    if source.is_practice:
        raise IsPractice
    if source.is_active:
        raise StillOngoing
    entries = await log.whole(desk.work, source.id)
    script = script_of(entries, await _texts(desk, entries), await _names(desk, source, entries))
    wanted = Rehearsal(
        incident_id="", source_id=source.id, speed=speed, start_at=desk.now, script=script, due_at=NEVER
    )
    new = _new(who, source.team_id, source.name, speed)
    made = await start.start_practice(desk, who, new, _stages_at_start(source, entries), template=source)
    return await _begun(desk, who, made, wanted)


async def of_playbook(desk: Desk, who: Actor, playbook_id: str, *, seed: int, speed: int) -> RehearsalOf:
    """Replay an incident drawn for a playbook: the same seed draws the same one.

    Raises NotAuthorized, PlaybookUnknown, PlaybookDeleted, SpeedInvalid, SeedInvalid, ChannelNotAllowed,
    NameTaken.
    """
    speed, seed = checked_speed(speed), checked_seed(seed)
    playbook = await access.opened_playbook(desk, who, playbook_id, Act.START_FROM_PLAYBOOK)
    team_id = playbook.content.team_id
    await access.permit_in_team(desk, who, team_id, Act.START_BLANK_INCIDENT)
    playbook.check_usable_in(team_id)
    name, script = _drawn(playbook, seed)
    wanted = Rehearsal(
        incident_id="",
        playbook_id=playbook.id,
        seed=seed,
        speed=speed,
        start_at=desk.now,
        script=script,
        due_at=NEVER,
    )
    new = _new(who, team_id, name, speed)
    made = await start.start_practice(desk, who, new, _unassigned(playbook, desk.now))
    return await _begun(desk, who, made, wanted)


async def view(desk: Desk, who: Actor, incident_id: str) -> RehearsalOf:
    """How a rehearsal goes. Raises NotAuthorized, IncidentUnknown, NotARehearsal."""
    incident = await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT)
    rehearsal = await rehearsals.found(desk.work, incident.id)
    if rehearsal is None:
        raise NotARehearsal
    return RehearsalOf(
        incident=incident, rehearsal=rehearsal, practice=await practised(desk, incident, rehearsal)
    )


async def practised(desk: Desk, incident: Incident, rehearsal: Rehearsal) -> Figures:
    """What the practice took so far, in the original's pace."""
    return figures_of(await log.whole_so_far(desk.work, incident.id), speed=rehearsal.speed)


def _new(who: Actor, team_id: str, name: str, speed: int) -> NewIncident:
    return NewIncident(
        name=wording.practice_name(name)[:NAME_LIMIT].rstrip(),
        description=wording.practice_description(speed),
        team_id=team_id,
        commander_id=who.user_id,
    )


async def _begun(desk: Desk, who: Actor, made: Incident, wanted: Rehearsal) -> RehearsalOf:
    rehearsal = replace(wanted, incident_id=made.id)
    first = rehearsal.next_step
    rehearsal = replace(rehearsal, due_at=rehearsal.due(first) if first else NEVER)
    await rehearsals.insert(desk.work, rehearsal)
    entry = RehearsalStarted(
        source_id=wanted.source_id,
        playbook_id=wanted.playbook_id,
        seed=wanted.seed,
        speed=wanted.speed,
        steps=len(wanted.script.steps),
    )
    saved = await changes.save(
        desk.work, made, made, actor_id=who.user_id, at=made.create_at, payloads=[entry]
    )
    await desk.chat.post_as_bot(made.channel_id, wording.rehearsal_begins(rehearsal.lasts_ms, wanted.speed))
    desk.tell(IncidentUpdated(incident=saved))
    desk.tell(RehearsalSet(incident_id=made.id, due_at=rehearsal.due_at))
    return RehearsalOf(incident=saved, rehearsal=rehearsal, practice=await practised(desk, saved, rehearsal))


async def _texts(desk: Desk, entries: Sequence[Entry]) -> Mapping[str, str]:
    ids = [entry.payload.post_id for entry in entries if isinstance(entry.payload, PostSeen | StatusUpdated)]
    return await desk.chat.texts(ids)


async def _names(desk: Desk, source: Incident, entries: Sequence[Entry]) -> dict[str, str]:
    ids = {entry.actor_id for entry in entries} | {
        entry.payload.author_id for entry in entries if isinstance(entry.payload, PostSeen)
    }
    ids |= {getattr(entry.payload, "to_id", "") for entry in entries}
    names = dict(await usernames(desk, *(ids - {""})))
    return names | {one.user_id: one.username for one in await archives.strangers(desk.work, source.id)}


def _stages_at_start(source: Incident, entries: Sequence[Entry]) -> tuple[Stage, ...]:
    """The stages as the incident began; descriptions and commands are those the tasks have now."""
    started = entries[0].payload
    assert isinstance(started, IncidentStarted)
    now = {task.id: task for stage in source.stages for task in stage.tasks}
    return tuple(
        Stage(
            id=StageId(new_id()),
            title=stage.title,
            tasks=tuple(
                Task(
                    id=TaskId(new_id()),
                    title=task.title,
                    description=now[TaskId(task.id)].description if task.id in now else "",
                    command=now[TaskId(task.id)].command if task.id in now else "",
                    state=task.state,
                )
                for task in stage.tasks
            ),
        )
        for stage in started.stages
    )


def _unassigned(playbook: Playbook, at: Millis) -> tuple[Stage, ...]:
    """The playbook's stages; whom it assigns tasks is not drawn into practice by that."""
    return tuple(
        replace(
            stage,
            tasks=tuple(replace(task, assignee_id="", assignee_modified=NEVER) for task in stage.tasks),
        )
        for stage in start.stages_of(playbook, at=at)
    )


def _drawn(playbook: Playbook, seed: int) -> tuple[str, Script]:
    """The name of the incident that a seed draws for a playbook, and its script."""
    order = Order(ongoing=0, ended=1, begin=Millis(0), end=Millis(30 * DAY_MS), seed=seed)
    (plan,) = drawing.drawn(order, [playbook])
    plan = replace(plan, create_at=Millis(0))
    numbers = iter(range(1_000_000))
    incident = Incident(
        id=IncidentId("drawn"),
        team_id=playbook.content.team_id,
        channel_id="drawn",
        name=plan.name,
        commander_id=_LEADER.id,
        reporter_id=_LEADER.id,
        create_at=plan.create_at,
        stages=_unassigned(playbook, plan.create_at),
    )
    channel = Channel(
        id="drawn", team_id=incident.team_id, type=ChannelType.PUBLIC, name="drawn", display_name=plan.name
    )
    life = PastLife(incident, channel, _LEADER, lambda: str(next(numbers)))
    past, said = DrawnLife(plan, _LEADER, _CREW).played(life)
    names = {one.id: one.username for one in (_LEADER, *_CREW)}
    return plan.name, script_of(past.entries, {post.id: post.message for post in said.posts}, names)
