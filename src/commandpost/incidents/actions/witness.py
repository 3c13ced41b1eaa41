"""What the chat reports besides membership, for the event log: posts, their fate, people's presence.

To be called in the chat's own unit of work, and before that work touches the channel's rows: everybody
locks first the incident, then its channel. What belongs to no incident is passed over.
"""

from collections.abc import Sequence

from commandpost.db import Work
from commandpost.incidents.events import LogGrown
from commandpost.incidents.model.timeline import (
    ChannelChange,
    ChannelChanged,
    PostRefused,
    PostSeen,
    StatusDeleted,
    StatusEdited,
)
from commandpost.incidents.store import counts, incidents, log, presence, status_posts
from commandpost.kernel.clock import Millis

_LONGEST_QUOTED = 200


async def is_followed(work: Work, channel_id: str) -> bool:
    """Whether a channel is that of an incident: it is from its beginning, or never."""
    return await incidents.id_of_channel(work, channel_id) is not None


async def hold(work: Work, channel_ids: Sequence[str]) -> None:
    """Lock the incidents of these channels, before the work locks anything of the channels."""
    await incidents.hold(work, channel_ids)


async def status_updates(work: Work, channel_id: str) -> Sequence[str]:
    """The ids of the posts that are status updates of a channel's incident and are not deleted."""
    return await status_posts.of_channel(work, channel_id)


async def post_seen(
    work: Work, *, channel_id: str, post_id: str, author_id: str, root_id: str, at: Millis
) -> None:
    """Somebody posted in a channel."""
    entry = PostSeen(post_id=post_id, author_id=author_id, root_id=root_id)
    tell_grown(work, await log.append_in_channel(work, channel_id, actor_id=author_id, at=at, payload=entry))


async def post_edited(work: Work, *, post_id: str, by: str, at: Millis) -> None:
    """A post was edited; if it is a status update, its new text is the incident's status."""
    incident_id = await status_posts.incident_of(work, post_id)
    if incident_id:
        entry = StatusEdited(post_id=post_id)
        tell_grown(work, await log.append_alone(work, incident_id, actor_id=by, at=at, payload=entry))


async def post_deleted(work: Work, *, post_id: str, by: str, at: Millis) -> None:
    """A post was deleted; if it was the newest status update, the one before counts again."""
    incident_id = await status_posts.incident_of(work, post_id)
    if incident_id and await status_posts.mark_deleted(work, post_id, at=at):
        entry = StatusDeleted(post_id=post_id)
        tell_grown(work, await log.append_alone(work, incident_id, actor_id=by, at=at, payload=entry))


async def channel_changed(
    work: Work, *, channel_id: str, change: ChannelChange, name: str, at: Millis, by: str = ""
) -> None:
    """The channel is not as it was; `name` is its display name now, `by` is "" where that is not known."""
    entry = ChannelChanged(change=change, name=name)
    tell_grown(work, await log.append_in_channel(work, channel_id, actor_id=by, at=at, payload=entry))


async def post_refused(
    work: Work, *, channel_id: str, message: str, reason: str, by: str, at: Millis
) -> None:
    """The chat refuses for good what was to be posted."""
    entry = PostRefused(message=message[:_LONGEST_QUOTED], reason=reason)
    tell_grown(work, await log.append_in_channel(work, channel_id, actor_id=by, at=at, payload=entry))


async def presence_changed(work: Work, *, user_id: str, status: str, at: Millis) -> None:
    """A user is online, away, offline or not to be disturbed now; kept for members of ongoing incidents."""
    if await counts.has_ongoing(work, user_id):
        await presence.insert(work, user_id, status, at=at)


def tell_grown(work: Work, grown: LogGrown | None) -> None:
    """Tell onlookers of an entry, if one was made."""
    if grown is not None:
        work.tell(grown)
