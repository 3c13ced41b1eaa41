"""Looking at incidents: one, a list of them, what is around them."""

from collections.abc import Sequence
from dataclasses import dataclass

from commandpost.incidents import wording
from commandpost.incidents.actions import access
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.listing import (
    Direction,
    FilterInvalid,
    IncidentFilter,
    IncidentSort,
    Listed,
    Page,
    Status,
)
from commandpost.incidents.model.timeline import KINDS, Entry
from commandpost.incidents.permissions import Act, NotAuthorized, Standing, permit
from commandpost.incidents.ports import Actor, Channel, Desk, User
from commandpost.incidents.store import listing, log, members


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What surrounds an incident: its channel and team, people ever in it, messages ever sent.

    The channel has no name if nobody can enter it; `is_member` is whether who asks is in it.
    """

    channel_name: str
    channel_display_name: str
    team_name: str
    num_members: int
    total_posts: int
    is_member: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskChoice:
    """A task as the autocomplete offers it: its positions, and its title in quotes."""

    places: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A list somebody asks for."""

    wanted: IncidentFilter
    sort: IncidentSort = IncidentSort.CREATE_AT
    direction: Direction = Direction.ASC
    page: Page


async def view(desk: Desk, who: Actor, incident_id: str) -> Incident:
    """An incident. Raises NotAuthorized, IncidentUnknown."""
    return await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT)


async def view_by_channel(desk: Desk, who: Actor, channel_id: str) -> Incident:
    """The incident of a channel; one that may not be seen is as unknown. Raises IncidentUnknown."""
    try:
        return await access.opened_in_channel(desk, who, channel_id, Act.VIEW_INCIDENT)
    except NotAuthorized as cause:
        raise access.IncidentUnknown from cause


async def metadata(desk: Desk, who: Actor, incident_id: str) -> Metadata:
    """Raises NotAuthorized, IncidentUnknown."""
    incident = await view(desk, who, incident_id)
    channel = await desk.chat.channel(incident.channel_id)
    team = await desk.chat.team(incident.team_id)
    if channel is None or team is None:
        raise access.IncidentUnknown
    return Metadata(
        channel_name="" if channel.is_kept else channel.name,
        channel_display_name=channel.display_name,
        team_name=team.name,
        num_members=await members.count_ever(desk.work, incident.id),
        total_posts=await desk.chat.message_count(incident.channel_id),
        is_member=await members.is_present(desk.work, incident.id, who.user_id),
    )


async def listed(desk: Desk, who: Actor, asked: Asked) -> Listed[Incident]:
    """A page of a team's incidents that `who` may see. Raises NotAuthorized."""
    return await listing.page(desk.work, await _question(desk, who, asked))


async def own_ongoing(desk: Desk, who: Actor, team_id: str) -> Sequence[Incident]:
    """All ongoing incidents of a team in whose channels `who` is, newest first; none for strangers."""
    wanted = IncidentFilter(team_id=team_id, member_id=who.user_id, status=Status.ACTIVE)
    own = listing.Question(
        wanted=wanted,
        viewer_id=who.user_id,
        sees_all=False,
        direction=Direction.DESC,
        page=Page(),
    )
    return (await listing.page(desk.work, own)).items


async def channel_ids(desk: Desk, who: Actor, asked: Asked) -> Sequence[str]:
    """The channels of a page of a team's incidents. Raises NotAuthorized."""
    return (await listing.channel_ids(desk.work, await _question(desk, who, asked))).items


async def commanders(desk: Desk, who: Actor, team_id: str) -> Sequence[User]:
    """The commanders of the team's incidents that `who` may see, by username. Raises NotAuthorized."""
    sees_all = await _sees_all(desk, who, team_id)
    ids = await listing.commander_ids(desk.work, team_id, viewer_id=who.user_id, sees_all=sees_all)
    users = await desk.chat.users(ids)
    return sorted(users.values(), key=lambda user: user.username)


async def task_choices(desk: Desk, who: Actor, channel_id: str) -> Sequence[TaskChoice]:
    """Every task of a channel's incident. Raises NotAuthorized, IncidentUnknown for system admins."""
    incident = await access.opened_if_any(desk, who, channel_id, Act.VIEW_INCIDENT)
    return [
        TaskChoice(places=f"{stage_at} {task_at}", hint=wording.quoted_title(task.title))
        for stage_at, stage in enumerate(incident.stages)
        for task_at, task in enumerate(stage.tasks)
    ]


async def commander_choices(desk: Desk, who: Actor, channel_id: str) -> Sequence[User]:
    """The people in a channel's incident, by username. Raises NotAuthorized, IncidentUnknown."""
    incident = await access.opened_if_any(desk, who, channel_id, Act.VIEW_INCIDENT)
    users = await desk.chat.users(await members.present(desk.work, incident.id))
    return sorted((one for one in users.values() if not one.is_bot), key=lambda user: user.username)


async def announcing_choices(desk: Desk, who: Actor, team_id: str) -> Sequence[Channel]:
    """The team's channels that `who` is in, by display name."""
    return await desk.chat.own_channels(who.user_id, team_id)


async def timeline(
    desk: Desk,
    who: Actor,
    incident_id: str,
    *,
    kinds: Sequence[str] = (),
    direction: Direction = Direction.ASC,
    page: Page,
) -> Listed[Entry]:
    """A page of the event log, of these kinds or of all.

    Raises NotAuthorized, IncidentUnknown, FilterInvalid.
    """
    if not KINDS.keys() >= set(kinds):
        raise FilterInvalid("The timeline has no such kind of entry.")
    incident = await view(desk, who, incident_id)
    return await log.page(desk.work, incident.id, kinds=kinds, direction=direction, page=page)


async def _question(desk: Desk, who: Actor, asked: Asked) -> listing.Question:
    return listing.Question(
        wanted=asked.wanted,
        viewer_id=who.user_id,
        sees_all=await _sees_all(desk, who, asked.wanted.team_id),
        sort=asked.sort,
        direction=asked.direction,
        page=asked.page,
    )


async def _sees_all(desk: Desk, who: Actor, team_id: str) -> bool:
    standing = await access.team_standing(desk, who, team_id)
    permit(Act.LIST_INCIDENTS, standing)
    return standing is Standing.TEAM_ADMIN
