"""Who is there: noticed from what people do, or chosen by them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from commandpost.kernel.clock import Millis
from commandpost.kernel.errors import Forbidden
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import StatusChanged, Typing
from commandpost.workspace.model.status import Presence, Status, presence_of
from commandpost.workspace.model.user import UnknownUser
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import permit_self_or_admin
from commandpost.workspace.store import attendances, standing, statuses, users

_MOST_PRESENT = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """The servers on the database. `was_known` is about the one that asks: false if others took it for dead.

    `others` said at these times, each by its own clock, that they are there.
    """

    was_known: bool
    others: Mapping[str, Millis]


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


async def attend(desk: Desk, node_id: str, *, present: Collection[str], absent: Collection[str]) -> None:
    """Note who has a living socket on a server and who has none there any more.

    Who still has one on another server is not offline.
    """
    await attendances.put(desk.work, node_id, present)
    await attendances.remove(desk.work, node_id, absent)
    elsewhere = await attendances.attended(desk.work, absent)
    for user_id in sorted({*present, *absent} - elsewhere):
        await notice(desk, user_id, Presence.ONLINE if user_id in present else Presence.OFFLINE)


async def open_node(desk: Desk, node_id: str, *, is_only: bool) -> None:
    """At the start of a server: it is there. Where it is the only one, nobody is connected yet."""
    if is_only:
        await bury_nodes(desk, await attendances.others(desk.work, but=node_id))
        await statuses.nobody_present(desk.work)
    await keep_node(desk, node_id)


async def keep_node(desk: Desk, node_id: str) -> Roll:
    """A server is still there."""
    was_known = await attendances.seen(desk.work, node_id, at=desk.now)
    return Roll(was_known=was_known, others=await attendances.others(desk.work, but=node_id))


async def bury_nodes(desk: Desk, silent: Mapping[str, Millis]) -> None:
    """Who was connected to servers that died without a word is offline by now.

    Not so if one of them says in this moment that it is there.
    """
    left = await attendances.bury(desk.work, silent)
    for user_id in sorted(left - await attendances.attended(desk.work, left)):
        await notice(desk, user_id, Presence.OFFLINE)


async def close_node(desk: Desk, node_id: str) -> None:
    """A server stops: who was connected to it is not, until they are to another."""
    own = await attendances.others(desk.work, but="")
    await bury_nodes(desk, {node_id: own[node_id]} if node_id in own else {})


async def _put(desk: Desk, before: Status, after: Status) -> None:
    if after == before:
        return
    await statuses.put(desk.work, after)
    if after.status is not before.status:
        for observer in desk.observers:
            await observer.presence_changed(desk.work, desk.now, after.user_id, after.status)
        desk.tell(StatusChanged(user_id=after.user_id, status=after.status))
