"""People of the chat in what the core says and logs."""

from collections.abc import Mapping

from commandpost.incidents.model.timeline import MemberJoined
from commandpost.incidents.ports import Desk, User

_GONE = "unknown"


async def usernames(desk: Desk, *user_ids: str) -> Mapping[str, str]:
    """The username of each of these users, by id; the empty id has the empty name."""
    known = await desk.chat.usernames({user_id for user_id in user_ids if user_id})
    return {user_id: known.get(user_id, _GONE) for user_id in user_ids} | {"": ""}


def joined_entry(user: User) -> MemberJoined:
    """The entry for somebody who entered the channel, as their profile is now."""
    return MemberJoined(
        user_id=user.id, is_bot=user.is_bot, timezone=user.timezone, working_hours=user.working_hours
    )
