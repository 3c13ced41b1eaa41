"""The review of an incident: put together from its log, its channel, and earlier runs of its playbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commandpost.incidents.actions import access, people
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.review.durations import past_of
from commandpost.incidents.model.review.review import Review, reviewed
from commandpost.incidents.model.review.story import Story, Talk
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
    """A review, the log it was made from, and what those in it are called, by id."""

    incident: Incident
    review: Review
    entries: Sequence[Entry]
    usernames: Mapping[str, str]


async def review(desk: Desk, who: Actor, incident_id: str) -> ReviewOf:
    """The review of an incident; it tells of earlier runs only what `who` may see.

    Raises NotAuthorized, IncidentUnknown.
    """
    incident = await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT)
    entries = await log.whole(desk.work, incident.id)
    usernames = dict(await people.usernames(desk, *_named(entries)))
    # In an imported incident people may have no account here, but their names came with it.
    usernames |= {one.user_id: one.username for one in await archives.strangers(desk.work, incident.id)}
    runs = await past_runs.completions(
        desk.work,
        incident,
        viewer_id=who.user_id,
        sees_all=await desk.chat.is_system_admin(who.user_id),
        limit=_MOST_RUNS,
    )
    since = Millis(incident.create_at - _BEFORE_MS)
    until = entries[-1].at if entries else incident.create_at
    story = Story(
        entries=tuple(entries),
        presence=tuple(await presence.between(desk.work, usernames.keys(), since=since, until=until)),
        talk=await _talk(desk, entries, usernames),
        past=past_of(runs),
    )
    return ReviewOf(incident=incident, review=reviewed(story), entries=entries, usernames=usernames)


async def _talk(desk: Desk, entries: Sequence[Entry], usernames: Mapping[str, str]) -> Mapping[str, Talk]:
    """What posts of people ask; of deleted ones nothing is known."""
    ids = [entry.payload.post_id for entry in entries if isinstance(entry.payload, PostSeen)]
    posts = await desk.chat.posts(ids)
    ids_by_name = {name: user_id for user_id, name in usernames.items() if name}
    return {id_: talk_in(post.message, ids_by_name) for id_, post in posts.items() if not post.delete_at}


def _named(entries: Sequence[Entry]) -> set[str]:
    """Everybody the log tells of."""
    found = {entry.actor_id for entry in entries}
    for entry in entries:
        match entry.payload:
            case MemberJoined(user_id=id_) | PostSeen(author_id=id_) | IncidentStarted(commander_id=id_):
                found.add(id_)
            case CommanderChanged(to_id=id_) | TaskAssigned(to_id=id_) | TaskAdded(assignee_id=id_):
                found.add(id_)
            case _:
                pass
    return found - {""}
