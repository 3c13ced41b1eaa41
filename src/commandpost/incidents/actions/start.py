"""Starting an incident: its channel, members and first posts, all or nothing."""

from dataclasses import dataclass, replace

from commandpost.audit.entry import Deed
from commandpost.incidents import dialogs, wording
from commandpost.incidents.actions import access
from commandpost.incidents.actions.people import joined_entry
from commandpost.incidents.events import IncidentCreated, IncidentUpdated
from commandpost.incidents.model.ids import NO_PLAYBOOK, IncidentId, StageId, TaskId
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.listing import Direction, Page, PlaybookSort
from commandpost.incidents.model.naming import (
    SUFFIX_LENGTH,
    NameInvalid,
    NameTaken,
    channel_name,
    channel_name_with,
    display_name,
)
from commandpost.incidents.model.playbook import Playbook, PlaybookStage
from commandpost.incidents.model.stage import Stage
from commandpost.incidents.model.task import Task
from commandpost.incidents.model.text import checked
from commandpost.incidents.model.timeline import (
    IncidentStarted,
    Payload,
    StageAtStart,
    TaskAssigned,
    TaskAtStart,
)
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import (
    Actor,
    Channel,
    ChannelNameInvalid,
    ChannelNameTaken,
    ChannelType,
    Desk,
    NewChannel,
    Post,
    User,
)
from commandpost.incidents.store import changes, playbooks
from commandpost.incidents.store.members import Newcomer
from commandpost.kernel.clock import NEVER, Millis
from commandpost.kernel.errors import Forbidden, Invalid
from commandpost.kernel.ids import new_id

_BLANK = (PlaybookStage(title="Checklist"),)


class CommanderOutsideTeam(Forbidden):
    """commander user does not have permissions for the team: permissions error"""

    code = "start.commander_outside_team"


class ChannelNotAllowed(Forbidden):
    """You are not able to create the channel: permissions error"""

    code = "start.channel_not_allowed"


class PostUnreadable(Forbidden):
    """The post to start from does not exist, or you may not read it."""

    code = "start.post_unreadable"


class BroadcastNotAllowed(Forbidden):
    """Not authorized"""

    code = "start.broadcast_not_allowed"


class TeamMissing(Invalid):
    """unable to create incident"""

    code = "start.team_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIncident:
    """An incident to be started. "" means none, also for the playbook: then it is blank and public.

    `client_id` names the browser tab that asked, `told_in` the channel in which the commander is told
    privately; both are of the dialog. `broadcast_channel_id` counts for blank incidents only.
    """

    name: str
    description: str = ""
    team_id: str
    commander_id: str
    playbook_id: str = ""
    post_id: str = ""
    active_stage: int = 0
    broadcast_channel_id: str = ""
    client_id: str = ""
    told_in: str = ""


async def start(desk: Desk, who: Actor, new: NewIncident) -> Incident:
    """Start an incident. Its commander, `who`, and whose tasks are by the playbook are in its channel.

    Raises TeamMissing, CommanderOutsideTeam, NotAuthorized, PlaybookUnknown, PlaybookDeleted,
    PlaybookOfOtherTeam, BroadcastNotAllowed, ChannelNotAllowed, PostUnreadable, NameInvalid, NameTaken,
    TextTooLong, TextUnstorable, StageOutOfRange.
    """
    await _check_people(desk, who, new)
    playbook = await _playbook(desk, who, new)
    type_ = ChannelType.PUBLIC
    if playbook and not playbook.content.create_public_incident:
        type_ = ChannelType.PRIVATE
    await _check_channel(desk, who, new.team_id, type_)
    if new.broadcast_channel_id and not playbook:
        await _check_broadcast(desk, who, new.broadcast_channel_id)
    origin = await _origin(desk, who, new)
    incident = _incident(desk, who, new, playbook, type_)
    return await _begin(desk, who, new, incident, origin)


async def start_by_bot(desk: Desk, new: NewIncident, playbook: Playbook) -> Incident:
    """Start an incident that no person starts; its commander is in it, and whose tasks are by the playbook.

    That it may be started is decided before.
    Raises PlaybookDeleted, PlaybookOfOtherTeam, NameInvalid, NameTaken, TextTooLong, TextUnstorable.
    """
    playbook.check_usable_in(new.team_id)
    type_ = ChannelType.PUBLIC if playbook.content.create_public_incident else ChannelType.PRIVATE
    who = Actor(user_id=desk.chat.bot.id)
    return await _begin(desk, who, new, _incident(desk, who, new, playbook, type_), None)


async def start_at(desk: Desk, who: Actor, new: NewIncident, playbook: Playbook, at: Millis) -> Incident:
    """Start an incident as of an earlier time, for test data. Who may do that is decided before.

    Raises NameInvalid, NameTaken, TextTooLong, TextUnstorable.
    """
    type_ = ChannelType.PUBLIC if playbook.content.create_public_incident else ChannelType.PRIVATE
    incident = replace(_incident(desk, who, new, playbook, type_), create_at=at)
    return await _begin(desk, who, new, incident, None)


async def start_practice(
    desk: Desk, who: Actor, new: NewIncident, stages: tuple[Stage, ...], *, template: Incident | None = None
) -> Incident:
    """Start a practice incident of these stages, as public as `template` is; without one, it is private.

    It has no playbook, so that no history counts it, and nowhere to broadcast to. Who may do that is decided
    before. Raises ChannelNotAllowed, NameInvalid, NameTaken, TextTooLong, TextUnstorable.
    """
    type_ = ChannelType.PUBLIC if template and template.is_public else ChannelType.PRIVATE
    await _check_channel(desk, who, new.team_id, type_)
    blank = _incident(desk, who, new, None, type_)
    incident = replace(blank, stages=stages, is_practice=True)
    if template:
        incident = replace(incident, reminder_message_template=template.reminder_message_template)
    return await _begin(desk, who, new, incident, None)


async def _check_channel(desk: Desk, who: Actor, team_id: str, type_: ChannelType) -> None:
    if not await desk.chat.may_create_channel(who.user_id, team_id, type_):
        kind = "public" if type_ is ChannelType.PUBLIC else "private"
        raise ChannelNotAllowed(wording.may_not_create_channel(kind))


async def _begin(
    desk: Desk, who: Actor, new: NewIncident, incident: Incident, origin: Post | None
) -> Incident:
    type_ = ChannelType.PUBLIC if incident.is_public else ChannelType.PRIVATE
    incident = await _with_assignees_there(desk, incident)
    channel = await _channel(desk, incident, type_)
    ids = (incident.commander_id, who.user_id, *_assignees(incident))
    users = await desk.chat.users(set(ids))
    starter = desk.chat.bot if who.user_id == desk.chat.bot.id else users[incident.commander_id]
    people = [users[id_] for id_ in dict.fromkeys(ids) if id_ != desk.chat.bot.id]
    for person in people:
        await desk.chat.add_member(channel.id, person.id)
    begun = replace(incident, channel_id=channel.id)
    desk.tell(IncidentUpdated(incident=begun))
    first = await desk.chat.post_as_bot(channel.id, wording.started(starter.username))
    if origin:
        quote = wording.started_from(dialogs.post_link(desk.site_url, origin.id), origin.message)
        await desk.chat.post_as_bot(channel.id, quote)
    made = await changes.insert(
        desk.work,
        begun,
        newcomers=[Newcomer(user_id=person.id, is_bot=person.is_bot) for person in people],
        actor_id=who.user_id,
        payloads=_entries(incident, channel, people, first),
    )
    after: dict[str, object] = {
        "name": made.name,
        "playbook_id": made.playbook_id,
        "commander_id": made.commander_id,
    }
    if made.is_practice:
        after["is_practice"] = True
    await desk.record(Deed.INCIDENT_STARTED, made.id, by=who, after=after)
    desk.tell(IncidentCreated(incident=made, by=who.user_id, client_id=new.client_id))
    if new.told_in:
        told = wording.started_in(made.name, channel.name)
        await desk.chat.post_ephemeral(made.commander_id, new.told_in, told)
    return made


async def _with_assignees_there(desk: Desk, incident: Incident) -> Incident:
    """The incident in which tasks are theirs who can come; what the playbook gives to others is nobody's."""
    there = {
        user_id for user_id in _assignees(incident) if await desk.chat.sees_team(user_id, incident.team_id)
    }
    stages = tuple(
        replace(
            stage,
            tasks=tuple(
                task if task.assignee_id in there else replace(task, assignee_id="", assignee_modified=NEVER)
                for task in stage.tasks
            ),
        )
        for stage in incident.stages
    )
    return replace(incident, stages=stages)


def _assignees(incident: Incident) -> tuple[str, ...]:
    ids = (task.assignee_id for stage in incident.stages for task in stage.tasks)
    return tuple(dict.fromkeys(id_ for id_ in ids if id_))


async def open_dialog(
    desk: Desk, who: Actor, *, team_id: str, trigger_id: str, client_id: str = "", post_id: str = ""
) -> None:
    """Show the dialog in which an incident is described, with the caller's playbooks of the team.

    Raises NotAuthorized, Invalid.
    """
    await access.permit_in_team(desk, who, team_id, Act.START_BLANK_INCIDENT)
    own = await playbooks.of_member(
        desk.work,
        team_id,
        who.user_id,
        sort=PlaybookSort.TITLE,
        direction=Direction.ASC,
        page=Page(),
    )
    commander = await desk.chat.user(who.user_id)
    team = await desk.chat.team(team_id)
    assert commander is not None and team is not None
    with_link = desk.site_url and not who.is_mobile
    dialog = dialogs.start_incident(
        commander=commander,
        playbooks=tuple(own.items),
        playbooks_url=dialogs.new_playbook_url(desk.site_url, team) if with_link else "",
        post_id=post_id,
        post_url=dialogs.post_link(desk.site_url, post_id),
        client_id=client_id,
    )
    await desk.chat.open_dialog(who.user_id, trigger_id, dialog)


async def _check_people(desk: Desk, who: Actor, new: NewIncident) -> None:
    if not new.team_id or not new.commander_id:
        raise TeamMissing
    if not await desk.chat.sees_team(new.commander_id, new.team_id):
        raise CommanderOutsideTeam
    if who.user_id != new.commander_id:
        await access.permit_in_team(desk, who, new.team_id, Act.START_BLANK_INCIDENT)


async def _playbook(desk: Desk, who: Actor, new: NewIncident) -> Playbook | None:
    if not new.playbook_id:
        return None
    playbook = await access.opened_playbook(desk, who, new.playbook_id, Act.START_FROM_PLAYBOOK)
    playbook.check_usable_in(new.team_id)
    return playbook


async def _check_broadcast(desk: Desk, who: Actor, channel_id: str) -> None:
    if not await desk.chat.may_post(who.user_id, channel_id):
        raise BroadcastNotAllowed


async def _origin(desk: Desk, who: Actor, new: NewIncident) -> Post | None:
    if not new.post_id:
        return None
    post = await desk.chat.post(new.post_id)
    if post is None or post.delete_at or not await desk.chat.reads_channel(who.user_id, post.channel_id):
        raise PostUnreadable
    return post


def _incident(
    desk: Desk, who: Actor, new: NewIncident, playbook: Playbook | None, type_: ChannelType
) -> Incident:
    content = playbook.content if playbook else None
    incident = Incident(
        id=IncidentId(new_id()),
        team_id=new.team_id,
        channel_id="",
        name=checked(display_name(new.name), limit=len(new.name), what="name of the incident"),
        description=checked(new.description, limit=dialogs.DESCRIPTION_LIMIT, what="description"),
        is_public=type_ is ChannelType.PUBLIC,
        commander_id=new.commander_id,
        reporter_id=who.user_id,
        playbook_id=playbook.id if playbook else NO_PLAYBOOK,
        playbook_version=playbook.version if playbook else 0,
        post_id=new.post_id,
        create_at=desk.now,
        stages=stages_of(playbook, at=desk.now),
        previous_reminder_s=content.reminder_timer_default_s if content else 0,
        broadcast_channel_id=content.broadcast_channel_id if content else new.broadcast_channel_id,
        reminder_message_template=content.reminder_message_template if content else "",
    )
    return incident.staged(new.active_stage) if new.active_stage else incident


def stages_of(playbook: Playbook | None, *, at: Millis) -> tuple[Stage, ...]:
    """The stages an incident begins with: those of its playbook, with ids of their own."""
    return tuple(_stage(stage, at) for stage in (playbook.content.stages if playbook else _BLANK))


def _stage(stage: PlaybookStage, at: Millis) -> Stage:
    return Stage(
        id=StageId(new_id()),
        title=stage.title,
        tasks=tuple(
            Task(
                id=TaskId(new_id()),
                title=task.title,
                description=task.description,
                command=task.command,
                state=task.state,
                assignee_id=task.assignee_id,
                assignee_modified=at if task.assignee_id else NEVER,
            )
            for task in stage.tasks
        ),
    )


async def _channel(desk: Desk, incident: Incident, type_: ChannelType) -> Channel:
    """The channel of the incident; a name that is taken gets random letters, once."""
    wanted = NewChannel(
        team_id=incident.team_id,
        type=type_,
        name=channel_name(incident.name),
        display_name=incident.name,
        header=incident.description or wording.NO_DESCRIPTION,
    )
    try:
        return await desk.chat.create_channel(wanted)
    except ChannelNameTaken:
        suffixed = channel_name_with(new_id()[:SUFFIX_LENGTH], wanted.name)
    except ChannelNameInvalid as cause:
        raise NameInvalid from cause
    try:
        return await desk.chat.create_channel(replace(wanted, name=suffixed))
    except ChannelNameTaken as cause:
        raise NameTaken from cause


def _entries(incident: Incident, channel: Channel, people: list[User], first: Post) -> list[Payload]:
    started = IncidentStarted(
        name=incident.name,
        description=incident.description,
        commander_id=incident.commander_id,
        channel_id=channel.id,
        is_public=incident.is_public,
        playbook_id=incident.playbook_id,
        playbook_version=incident.playbook_version,
        origin_post_id=incident.post_id,
        active_stage=incident.active_stage,
        stages=tuple(
            StageAtStart(
                id=stage.id,
                title=stage.title,
                tasks=tuple(
                    TaskAtStart(id=task.id, title=task.title, state=task.state) for task in stage.tasks
                ),
            )
            for stage in incident.stages
        ),
        reminder_default_s=incident.previous_reminder_s,
        broadcast_channel_id=incident.broadcast_channel_id,
        post_id=first.id,
    )
    given = (
        TaskAssigned(
            stage_id=stage.id,
            task_id=task.id,
            title=task.title,
            from_id="",
            to_id=task.assignee_id,
            post_id="",
        )
        for stage in incident.stages
        for task in stage.tasks
        if task.assignee_id
    )
    return [started, *(joined_entry(person) for person in people), *given]
