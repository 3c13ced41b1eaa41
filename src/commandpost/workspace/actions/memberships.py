"""Where a user belongs, as live delivery needs it."""

from dataclasses import dataclass

from commandpost.workspace.desk import Desk
from commandpost.workspace.store import memberships


@dataclass(frozen=True, slots=True, kw_only=True)
class Memberships:
    """The ids of all channels and teams that a user is a member of."""

    channel_ids: tuple[str, ...]
    team_ids: tuple[str, ...]


async def of_user(desk: Desk, user_id: str) -> Memberships:
    """Where a user belongs at this moment."""
    return Memberships(
        channel_ids=await memberships.channel_ids(desk.work, user_id),
        team_ids=await memberships.team_ids(desk.work, user_id),
    )
