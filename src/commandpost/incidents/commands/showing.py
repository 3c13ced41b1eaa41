"""`/incident list` and `/incident info`: how it stands."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from commandpost.incidents.actions import access, details
from commandpost.incidents.actions.access import IncidentUnknown
from commandpost.incidents.commands import wording
from commandpost.incidents.commands.call import Answer, Call, refused, say
from commandpost.incidents.model.duration import incident_duration_text
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.summary import Summary, TaskLine
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.ports import Attachment, AttachmentField, Desk
from commandpost.kernel.clock import SECOND_MS, Millis

_LISTED_AT_ONCE = 50
"""Attachments of one post; a longer list goes on in the next."""


async def ongoing(desk: Desk, call: Call) -> Answer:
    """The caller's ongoing incidents of the team, newest first."""
    team = await desk.chat.team(call.team_id)
    team_name = team.display_name if team else ""
    incidents = await details.own_ongoing(desk, call.who, call.team_id)
    if not incidents:
        return Answer(text=wording.none_ongoing(team_name))
    channels = await desk.chat.channels_with_ids([one.channel_id for one in incidents])
    users = await desk.chat.users({one.commander_id for one in incidents})
    names = {user_id: user.username for user_id, user in users.items()}
    listed = [
        _listed(one, channels[one.channel_id].name, names.get(one.commander_id, "unknown"), desk.now)
        for one in incidents
        if one.channel_id in channels
    ]
    await say(desk, call, wording.ongoing(team_name), listed[:_LISTED_AT_ONCE])
    for first in range(_LISTED_AT_ONCE, len(listed), _LISTED_AT_ONCE):
        await say(desk, call, "", listed[first : first + _LISTED_AT_ONCE])
    return Answer()


async def summary(desk: Desk, call: Call) -> Answer:
    """What the channel's incident is about and how far it is."""
    try:
        incident = await access.summed_up_in_channel(desk, call.who, call.channel_id)
    except IncidentUnknown:
        return refused(wording.only_in_its_channel("see the details of an incident"))
    names = await desk.chat.usernames({incident.commander_id})
    fields = (
        AttachmentField(title="Incident Name:", value=f"**{incident.name.strip()}**"),
        AttachmentField(title="Duration:", value=_duration(incident, desk.now)),
        AttachmentField(title="Commander:", value=f"@{names.get(incident.commander_id, 'unknown')}"),
    )
    if incident.stage_title is not None:
        lines = await _task_lines(desk, call, incident.tasks)
        fields += (
            AttachmentField(title="Stage:", value=incident.stage_title),
            AttachmentField(title="Tasks:", value="\n".join(lines)),
        )
    return Answer(attachments=(Attachment(fields=fields),))


def _listed(incident: Incident, channel_name: str, commander: str, now: Millis) -> Attachment:
    return Attachment(
        pretext=f"### ~{channel_name}",
        fields=(
            AttachmentField(title="Stage:", value=f"**{incident.active_stage_title}**"),
            AttachmentField(title="Duration:", value=_duration(incident, now)),
            AttachmentField(title="Commander:", value=f"@{commander}"),
        ),
    )


async def _task_lines(desk: Desk, call: Call, tasks: Sequence[TaskLine]) -> list[str]:
    """The tasks; closed ones with the time of day at which that was, by the reader's clock."""
    if all(task.state is not TaskState.CLOSED for task in tasks):
        return [_open(task) for task in tasks]
    zone = _zone(await desk.chat.timezone(call.who.user_id))
    return [_closed(task, zone) if task.state is TaskState.CLOSED else _open(task) for task in tasks]


def _open(task: TaskLine) -> str:
    return f":white_large_square: {task.title}"


def _closed(task: TaskLine, zone: tzinfo) -> str:
    at = datetime.fromtimestamp(task.state_modified / SECOND_MS, zone)
    return f":white_check_mark: {task.title} ({at:%I:%M %p})"


def _zone(name: str) -> tzinfo:
    """The time zone of that name; UTC where none is named, or none that is known."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _duration(incident: Incident | Summary, now: Millis) -> str:
    return incident_duration_text(
        create_at=incident.create_at, end_at=incident.end_at, is_active=incident.is_active, now=now
    )
