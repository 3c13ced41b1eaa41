"""What a team's incidents say together: how long they took, what is left to do, and who has how much of it.

All of it is of incidents that `who` may see, without rehearsals. Of a filter, team, playbook and time
of the start count. A zone is the reader's, an IANA name, "" for the one of their profile. Every action raises
NotAuthorized and ZoneUnknown.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from commandpost.incidents.actions import access
from commandpost.incidents.actions.review_documents import zone_of
from commandpost.incidents.model.dashboard.load import DEEDS, Load, load_of, periods
from commandpost.incidents.model.dashboard.times import Summary, summed_up
from commandpost.incidents.model.dashboard.to_do import OpenFollowUp, ToDo
from commandpost.incidents.model.listing import IncidentFilter
from commandpost.incidents.permissions import Act, Standing, permit
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import dashboard
from commandpost.incidents.store.dashboard import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesOf:
    """What incidents took, how many are not over, and what those playbooks are called that one may know."""

    zone: tzinfo
    ongoing: int
    summary: Summary
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDoOf:
    """What is left to do; `usernames` are those of the assignees."""

    zone: tzinfo
    counts: Sequence[ToDo]
    follow_ups: Sequence[OpenFollowUp]
    titles: Mapping[str, str]
    usernames: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOf:
    """Who did how much at which hour."""

    zone: tzinfo
    load: Load
    usernames: Mapping[str, str]


async def times(desk: Desk, who: Actor, wanted: IncidentFilter, *, zone: str) -> TimesOf:
    """How long they took to the first update, to each stage and to the end."""
    asked = await _asked(desk, who, wanted)
    in_zone = await zone_of(desk, who, zone)
    runs = await dashboard.runs(desk.work, asked)
    summary = await asyncio.to_thread(summed_up, runs, in_zone)
    return TimesOf(
        zone=in_zone,
        ongoing=sum(1 for run in runs if not run.end_at),
        summary=summary,
        titles=await dashboard.playbook_titles(
            desk.work, asked, [one.playbook_id for one in summary.playbooks]
        ),
    )


async def to_do(desk: Desk, who: Actor, wanted: IncidentFilter, *, zone: str, limit: int) -> ToDoOf:
    """The follow-ups that are not done, those due first ahead."""
    asked = await _asked(desk, who, wanted)
    in_zone = await zone_of(desk, who, zone)
    follow_ups = await dashboard.to_do(desk.work, asked, limit=limit)
    counts = await dashboard.to_do_counts(desk.work, asked, now=desk.now)
    names, _ = await _people(desk, {one.follow_up.wanted.assignee_id for one in follow_ups} - {""})
    return ToDoOf(
        zone=in_zone,
        counts=counts,
        follow_ups=follow_ups,
        titles=await dashboard.playbook_titles(desk.work, asked, [one.playbook_id for one in counts]),
        usernames=names,
    )


async def load(desk: Desk, who: Actor, wanted: IncidentFilter, *, zone: str) -> LoadOf:
    """How much people did in each hour of the day, if enough of them took part."""
    asked = await _asked(desk, who, wanted)
    in_zone = await zone_of(desk, who, zone)
    since = await dashboard.first_start(desk.work, asked)
    if since is None:
        return LoadOf(zone=in_zone, load=Load(people=0), usernames={})
    spans = periods(in_zone, since=since, until=max(since, desk.now))
    deeds = await dashboard.deeds(desk.work, asked, kinds=DEEDS, periods=spans)
    names, bots = await _people(desk, {one.user_id for one in deeds})
    return LoadOf(zone=in_zone, load=load_of(deeds, bots=bots), usernames=names)


async def _asked(desk: Desk, who: Actor, wanted: IncidentFilter) -> Asked:
    standing = await access.team_standing(desk, who, wanted.team_id)
    permit(Act.LIST_INCIDENTS, standing)
    return Asked(
        team_id=wanted.team_id,
        playbook_id=wanted.playbook_id,
        started_from=wanted.started_from,
        started_before=wanted.started_before,
        viewer_id=who.user_id,
        sees_all=standing is Standing.TEAM_ADMIN,
    )


async def _people(desk: Desk, ids: Collection[str]) -> tuple[Mapping[str, str], Collection[str]]:
    """What people are called, in imported incidents too; and who of them is none, but a bot."""
    strangers = await dashboard.strangers(desk.work, ids)
    names = {id_: one.username for id_, one in strangers.items()}
    bots = {id_ for id_, one in strangers.items() if one.is_bot}
    users = await desk.chat.users(ids)
    names |= {id_: user.username for id_, user in users.items()}
    return names, bots | {id_ for id_, user in users.items() if user.is_bot}
