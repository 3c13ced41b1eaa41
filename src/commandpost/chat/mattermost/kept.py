"""Channels of the past within one unit of work: an incident brought in has its conversation here alone.

Who belongs to one is who was in the incident at its end by the archive, and who was added here; they are in
it while they are in its team over there.
"""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet

from commandpost.chat.mattermost.rights import Rights
from commandpost.chat.mattermost.store import kept
from commandpost.db import Work
from commandpost.incidents.ports import Channel
from commandpost.incidents.store import rolls


class KeptChannels:
    """What is known of them is remembered for the unit of work."""

    def __init__(self, work: Work, rights: Rights) -> None:
        self._work = work
        self._rights = rights
        self._known: dict[str, Channel | None] = {}

    async def channels(self, channel_ids: Collection[str]) -> Mapping[str, Channel]:
        """Those of these channels that are kept here, by id."""
        unknown = {one for one in channel_ids if one} - self._known.keys()
        if unknown:
            self._known |= dict.fromkeys(unknown)
            self._known |= {one.id: one for one in await kept.channels(self._work, unknown)}
        found = {one: self._known.get(one) for one in channel_ids}
        return {channel_id: channel for channel_id, channel in found.items() if channel}

    async def channel(self, channel_id: str) -> Channel | None:
        """The channel, if it is kept here."""
        return (await self.channels([channel_id])).get(channel_id)

    async def has_member(self, channel: Channel, user_id: str) -> bool:
        """Whether somebody belongs to it. Raises Unanswered."""
        if user_id not in await rolls.present_in(self._work, channel.id):
            return False
        return self._rights.in_team(user_id, channel.team_id) is not None

    def forget(self, channel_ids: AbstractSet[str]) -> None:
        """Look these up anew."""
        for channel_id in channel_ids:
            self._known.pop(channel_id, None)
