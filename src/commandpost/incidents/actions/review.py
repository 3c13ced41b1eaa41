"""The review of an incident: put together from its log, its channel, and earlier runs of its playbook."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from commandpost.incidents.actions import access, people
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.review.durations import past_of
from commandpost.incidents.model.review.review import Review, reviewed
from commandpost.incidents.model.review.story import Grounds, Story, Talk
from commandpost.incidents.model.review.talk import talk_in
from commandpost.incidents.model.timeline import (
    CommanderChanged,
    Entry,
    IncidentStarted,
    MemberJoined,
    PostSeen,
    TaskAdded,
    TaskAssigned,
)
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import archives, log, past_runs, presence
from commandpost.kernel.clock import DAY_MS, Millis

_MOST_RUNS = 50
"""So many earlier runs are compared with, the newest ones."""

_BEFORE_MS = DAY_MS
"""Who went away that long before the start and did not come back was away when it started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOf:
    """A review, what it was made from, and what those in it are called, by id."""

    incident: Incident
    review: Review
    entries: Sequence[Entry]
    grounds: Grounds
    usernames: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOf:
    """An incident's log, and what those in it are called, by id."""

    incident: Incident
    entries: Sequence[Entry]
    usernames: Mapping[str, str]


async def logged(desk: Desk, who: Actor, incident_id: str) -> LogOf:
    """What a review is made from, without it. Raises NotAuthorized, IncidentUnknown."""
    incident = await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT)
    entries = await log.whole(desk.work, incident.id)
    usernames = dict(await people.usernames(desk, *_named(entries)))
    # In an imported incident people may have no account here, but their names came with it.
    usernames |= {one.user_id: one.username for one in await archives.strangers(desk.work, incident.id)}
    return LogOf(incident=incident, entries=entries, usernames=usernames)


async def review(desk: Desk, who: Actor, incident_id: str) -> ReviewOf:
    """The review of an incident; it tells of earlier runs only what `who` may see.

    Raises NotAuthorized, IncidentUnknown.
    """
    told = await logged(desk, who, incident_id)
    incident, entries, usernames = told.incident, told.entries, told.usernames
    grounds = await _grounds(desk, who, incident, entries, usernames.keys())
    story = Story(
        entries=tuple(entries),
        presence=grounds.presence,
        talk=await _talk(desk, entries, usernames),
        past=grounds.past,
    )
    # A log of many thousand entries takes seconds, in which others are not to wait.
    made = await asyncio.to_thread(reviewed, story)
    return ReviewOf(incident=incident, review=made, entries=entries, grounds=grounds, usernames=usernames)


async def _grounds(
    desk: Desk, who: Actor, incident: Incident, entries: Sequence[Entry], user_ids: Collection[str]
) -> Grounds:
    """What to compare with: what came in the archive of an imported incident, so that it is told alike there.

    Who was here while others had an incident elsewhere says nothing about it. An archive without the past
    is compared with the runs of its playbook that are here.
    """
    brought = None
    if await archives.origin(desk.work, incident.id) is not None:
        brought = await archives.grounds(desk.work, incident.id)
        if brought.past is not None:
            return Grounds(presence=brought.presence, past=brought.past)
    runs = await past_runs.completions(
        desk.work,
        incident,
        viewer_id=who.user_id,
        sees_all=await desk.chat.is_system_admin(who.user_id),
        limit=_MOST_RUNS,
    )
    if brought is not None:
        return Grounds(presence=brought.presence, past=past_of(runs))
    since = Millis(incident.create_at - _BEFORE_MS)
    until = entries[-1].at if entries else incident.create_at
    changes = await presence.between(desk.work, user_ids, since=since, until=until)
    return Grounds(presence=tuple(changes), past=past_of(runs))


async def _talk(desk: Desk, entries: Sequence[Entry], usernames: Mapping[str, str]) -> Mapping[str, Talk]:
    """What posts of people ask; of deleted ones nothing is known."""
    ids = [entry.payload.post_id for entry in entries if isinstance(entry.payload, PostSeen)]
    texts = await desk.chat.texts(ids)
    ids_by_name = {name: user_id for user_id, name in usernames.items() if name}
    return {id_: talk_in(text, ids_by_name) for id_, text in texts.items()}


def _named(entries: Sequence[Entry]) -> set[str]:
    """Everybody the log tells of."""
    found = {entry.actor_id for entry in entries}
    for entry in entries:
        match entry.payload:
            case PostSeen(author_id=id_) | MemberJoined(user_id=id_) | IncidentStarted(commander_id=id_):
                found.add(id_)
            case CommanderChanged(to_id=id_) | TaskAssigned(to_id=id_) | TaskAdded(assignee_id=id_):
                found.add(id_)
            case _:
                pass
    return found - {""}
