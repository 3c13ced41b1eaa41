"""`/incident list` and `/incident info`: how it stands."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from commandpost.incidents.actions import details
from commandpost.incidents.actions.access import IncidentUnknown
from commandpost.incidents.commands import wording
from commandpost.incidents.commands.call import Answer, Call, incident_here, refused, say
from commandpost.incidents.model.duration import incident_duration_text
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.task import Task, TaskState
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Attachment, AttachmentField, Desks, User
from commandpost.kernel.clock import SECOND_MS, Millis

_LISTED_AT_ONCE = 50
"""Attachments of one post; a longer list goes on in the next."""


async def ongoing(desks: Desks, call: Call) -> Answer:
    """The caller's ongoing incidents of the team, newest first."""
    async with desks.reading() as desk:
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


async def summary(desks: Desks, call: Call) -> Answer:
    """What the channel's incident is about and how far it is."""
    async with desks.reading() as desk:
        try:
            incident = await incident_here(desk, call, Act.VIEW_INCIDENT)
        except IncidentUnknown:
            return refused(wording.only_in_its_channel("see the details of an incident"))
        users = await desk.chat.users({incident.commander_id, call.who.user_id})
        fields = _fields(incident, users.get(incident.commander_id), users.get(call.who.user_id), desk.now)
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


def _fields(
    incident: Incident, commander: User | None, reader: User | None, now: Millis
) -> tuple[AttachmentField, ...]:
    fields = (
        AttachmentField(title="Incident Name:", value=f"**{incident.name.strip()}**"),
        AttachmentField(title="Duration:", value=_duration(incident, now)),
        AttachmentField(title="Commander:", value=f"@{commander.username if commander else 'unknown'}"),
    )
    if incident.active_stage >= len(incident.stages):
        return fields
    stage = incident.stage(incident.active_stage)
    zone = _zone(reader)
    return (
        *fields,
        AttachmentField(title="Stage:", value=stage.title),
        AttachmentField(title="Tasks:", value="\n".join(_task_line(task, zone) for task in stage.tasks)),
    )


def _task_line(task: Task, zone: tzinfo) -> str:
    if task.state is not TaskState.CLOSED:
        return f":white_large_square: {task.title}"
    at = datetime.fromtimestamp(task.state_modified / SECOND_MS, zone)
    return f":white_check_mark: {task.title} ({at:%I:%M %p})"


def _zone(user: User | None) -> tzinfo:
    """The reader's time zone; UTC where the profile names none that is known."""
    if user is None or not user.timezone:
        return UTC
    try:
        return ZoneInfo(user.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _duration(incident: Incident, now: Millis) -> str:
    return incident_duration_text(
        create_at=incident.create_at, end_at=incident.end_at, is_active=incident.is_active, now=now
    )
