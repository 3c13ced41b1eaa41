"""Channels from which nothing outside is called."""

from commandpost.db import Work
from commandpost.incidents.store import rehearsals


async def is_practice_channel(work: Work, channel_id: str) -> bool:
    """Whether a channel is that of a practice incident: commands and webhooks leave what is in it alone."""
    return await rehearsals.is_practice_channel(work, channel_id)
