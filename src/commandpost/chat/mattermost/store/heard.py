"""Queries about what was heard: how incidents' channels stood, and which posts were taken in."""

from dataclasses import dataclass

from commandpost.db import Sql, Work
from commandpost.kernel.clock import NEVER, Millis

_STATE = Sql("""
    SELECT channel_id, display_name, type, delete_at, has_bot FROM mattermost_channels
    WHERE channel_id = :channel_id
""")
_PUT_STATE = Sql("""
    INSERT INTO mattermost_channels (channel_id, display_name, type, delete_at, has_bot)
    VALUES (:channel_id, :display_name, :type, :delete_at, :has_bot)
    ON CONFLICT (channel_id) DO UPDATE SET display_name = excluded.display_name, type = excluded.type,
        delete_at = excluded.delete_at, has_bot = excluded.has_bot
""")
_TAKE_IN = Sql("INSERT INTO mattermost_heard (name, at) VALUES (:name, :at) ON CONFLICT (name) DO NOTHING")
_FORGET = Sql("DELETE FROM mattermost_heard WHERE at < :before")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """An incident's channel over there, and whether the bot is in it."""

    channel_id: str
    display_name: str
    type: str
    delete_at: Millis = NEVER
    has_bot: bool = True


async def state(work: Work, channel_id: str) -> ChannelState | None:
    """How a channel stood when last looked at."""
    row = await work.one(_STATE, channel_id=channel_id)
    if row is None:
        return None
    return ChannelState(
        channel_id=row["channel_id"],
        display_name=row["display_name"],
        type=row["type"],
        delete_at=Millis(row["delete_at"]),
        has_bot=bool(row["has_bot"]),
    )


async def put_state(work: Work, now: ChannelState) -> None:
    await work.run(
        _PUT_STATE,
        channel_id=now.channel_id,
        display_name=now.display_name,
        type=now.type,
        delete_at=now.delete_at,
        has_bot=now.has_bot,
    )


async def take_in(work: Work, name: str, *, at: Millis) -> bool:
    """Note that this was heard of; False if it was before."""
    return await work.run(_TAKE_IN, name=name, at=at) > 0


async def forget(work: Work, *, before: Millis) -> None:
    """Forget what was heard of before a time from which nobody will hear again."""
    await work.run(_FORGET, before=before)
