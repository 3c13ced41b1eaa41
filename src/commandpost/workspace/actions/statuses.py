"""Who is there: noticed from what people do, or chosen by them."""

from collections.abc import Sequence

from commandpost.kernel.errors import Forbidden
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import StatusChanged, Typing
from commandpost.workspace.model.status import Presence, Status, presence_of
from commandpost.workspace.model.user import UnknownUser
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import permit_self_or_admin
from commandpost.workspace.store import standing, statuses, users

_MOST_PRESENT = 5000


async def get(desk: Desk, who: Who, user_id: str) -> Status:
    """A user's status; offline for one who never came. Raises UnknownUser."""
    if await users.by_id(desk.work, user_id) is None:
        raise UnknownUser
    found = await by_ids(desk, who, [user_id])
    return found[0]


async def by_ids(desk: Desk, _who: Who, user_ids: Sequence[str]) -> list[Status]:
    """A status for each id, offline for those who never came or do not exist."""
    found = await statuses.of_users(desk.work, user_ids)
    return [found.get(user_id, Status(user_id=user_id)).at(desk.now) for user_id in user_ids]


async def present(desk: Desk) -> list[Status]:
    """Everybody who is not offline."""
    now_present = [status.at(desk.now) for status in await statuses.present(desk.work, limit=_MOST_PRESENT)]
    return [status for status in now_present if status.status is not Presence.OFFLINE]


async def choose(desk: Desk, who: Who, user_id: str, name: str, *, dnd_end_at: int = 0) -> Status:
    """Set a status by hand: one's own, or anybody's for an administrator. Raises Forbidden, BadStatus."""
    permit_self_or_admin(who, user_id)
    before = await statuses.locked(desk.work, user_id)
    chosen = before.chosen(presence_of(name), now=desk.now, dnd_end_at=dnd_end_at)
    await _put(desk, before, chosen)
    return chosen


async def notice(desk: Desk, user_id: str, presence: Presence) -> None:
    """Set the status that follows from what a user does; one chosen by hand stays."""
    before = await statuses.locked(desk.work, user_id)
    await _put(desk, before, before.noticed(presence, now=desk.now))


async def type_in(desk: Desk, who: Who, user_id: str, channel_id: str, parent_id: str) -> None:
    """Tell the members of a channel that a user is typing there. Raises Forbidden."""
    permit_self_or_admin(who, user_id)
    there = await standing.in_channel(desk.work, user_id, channel_id)
    if there is None or not there.is_member:
        raise Forbidden
    desk.tell(Typing(user_id=user_id, channel_id=channel_id, parent_id=parent_id))


async def forget_presence(desk: Desk) -> None:
    """At the start of the server nobody is connected yet."""
    await statuses.nobody_present(desk.work)


async def _put(desk: Desk, before: Status, after: Status) -> None:
    if after == before:
        return
    await statuses.put(desk.work, after)
    if after.status is not before.status:
        for observer in desk.observers:
            await observer.presence_changed(desk.work, desk.now, after.user_id, after.status)
        desk.tell(StatusChanged(user_id=after.user_id, status=after.status))
