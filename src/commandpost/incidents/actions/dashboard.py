"""What a team's incidents say together: how long they took, what is left to do, and who has how much of it.

All of it is of incidents that `who` may see. Rehearsals are none of them.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from commandpost.incidents.actions import access
from commandpost.incidents.actions.review_documents import zone_of
from commandpost.incidents.model.dashboard.load import DEEDS, Deeds, Load, load_of, periods
from commandpost.incidents.model.dashboard.times import Run, Summary, summed_up
from commandpost.incidents.model.dashboard.to_do import OpenFollowUp, ToDo
from commandpost.incidents.model.listing import IncidentFilter
from commandpost.incidents.permissions import Act, Standing, permit
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import dashboard
from commandpost.incidents.store.dashboard import Asked

MOST_FOLLOW_UPS = 10_000
"""So many are listed; whoever has more open ones narrows the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """How it goes. `titles` are those of playbooks, `usernames` those of everybody named, both by id."""

    zone: tzinfo
    ongoing: int
    summary: Summary
    follow_ups: Sequence[OpenFollowUp]
    to_do: Sequence[ToDo]
    load: Load
    titles: Mapping[str, str]
    usernames: Mapping[str, str]


async def view(
    desk: Desk, who: Actor, wanted: IncidentFilter, *, zone: str, most_follow_ups: int
) -> Dashboard:
    """Of a team's incidents, or those of a playbook or a time: nothing else of the filter counts.

    `zone` is the reader's, an IANA name, "" for the one of their profile. Raises NotAuthorized, ZoneUnknown.
    """
    asked = await _asked(desk, who, wanted)
    in_zone = await zone_of(desk, who, zone)
    runs = await dashboard.runs(desk.work, asked)
    summary = await asyncio.to_thread(summed_up, runs, in_zone)
    follow_ups = await dashboard.to_do(desk.work, asked, limit=most_follow_ups)
    to_do = await dashboard.to_do_counts(desk.work, asked, now=desk.now)
    deeds = await _deeds(desk, asked, in_zone, runs)
    people = {one.user_id for one in deeds} | {one.follow_up.wanted.assignee_id for one in follow_ups}
    names, bots = await _people(desk, people - {""})
    playbook_ids = {one.playbook_id for one in summary.playbooks} - {""}
    return Dashboard(
        zone=in_zone,
        ongoing=sum(1 for run in runs if not run.end_at),
        summary=summary,
        follow_ups=follow_ups,
        to_do=to_do,
        load=load_of(deeds, bots=bots),
        titles=await dashboard.playbook_titles(desk.work, asked, playbook_ids),
        usernames=names,
    )


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


async def _deeds(desk: Desk, asked: Asked, zone: tzinfo, runs: Sequence[Run]) -> Sequence[Deeds]:
    if not runs:
        return ()
    since = min(run.start_at for run in runs)
    spans = periods(zone, since=since, until=max(since, desk.now))
    return await dashboard.deeds(desk.work, asked, kinds=DEEDS, periods=spans)


async def _people(desk: Desk, ids: Collection[str]) -> tuple[Mapping[str, str], Collection[str]]:
    """What people are called, in imported incidents too; and who of them is none, but a bot."""
    strangers = await dashboard.strangers(desk.work, ids)
    names = {id_: one.username for id_, one in strangers.items()}
    bots = {id_ for id_, one in strangers.items() if one.is_bot}
    users = await desk.chat.users(ids)
    names |= {id_: user.username for id_, user in users.items()}
    return names, bots | {id_ for id_, user in users.items() if user.is_bot}
