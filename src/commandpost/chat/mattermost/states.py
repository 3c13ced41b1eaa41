"""How incidents' channels stand over there, compared with how they stood: what changed is said in the log."""

from collections.abc import Sequence
from urllib.parse import quote

import structlog

from commandpost.chat.mattermost.client import Client, Refused
from commandpost.chat.mattermost.questions import ChannelQuestion
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.store import heard
from commandpost.chat.mattermost.store.heard import ChannelState
from commandpost.chat.mattermost.values import state_seen
from commandpost.chat.mattermost.wire import ChannelWire, MemberWire
from commandpost.db import Work
from commandpost.incidents.actions import membership, witness
from commandpost.incidents.model.timeline import ChannelChange
from commandpost.incidents.ports import ChannelType
from commandpost.kernel.clock import NEVER

_log = structlog.get_logger(__name__)


class States:
    """The channels, looked at one by one."""

    def __init__(self, server: Mattermost) -> None:
        self._server = server

    async def look(self, channel_id: str) -> Sequence[ChannelChange]:
        """See how the channel of an incident stands now, and say what changed. Raises Unreachable."""
        self._server.memory.doubt(channel_id)
        seen = await self._seen(channel_id)
        async with self._server.database.write() as work:
            await witness.hold(work, [channel_id])
            before = await heard.state(work, channel_id)
            now = seen or _out_of_sight(channel_id, before)
            await heard.put_state(work, now)
            changes = _changes(before, now) if before else ()
            for change in changes:
                await witness.channel_changed(
                    work,
                    channel_id=channel_id,
                    change=change,
                    name=now.display_name,
                    at=self._server.clock.now(),
                )
            if before and before.type != now.type:
                await self._turned(work, now)
        for change in changes:
            _log.info("mattermost_channel_changed", channel_id=channel_id, change=change.value)
        return changes

    async def _seen(self, channel_id: str) -> ChannelState | None:
        """None if the bot may not even see it."""
        client, path = self._server.client, f"/channels/{quote(channel_id, safe='')}"
        try:
            channel = await client.get(path, ChannelWire)
        except Refused:
            return None
        self._server.memory.keep(ChannelQuestion(channel_id), channel)
        return state_seen(channel, has_bot=await self._is_in(client, path))

    async def _is_in(self, client: Client, path: str) -> bool:
        try:
            await client.get(f"{path}/members/{self._server.bot.id}", MemberWire)
        except Refused:
            return False
        return True

    async def _turned(self, work: Work, now: ChannelState) -> None:
        is_public = now.type == ChannelType.PUBLIC
        turned = membership.turned_public if is_public else membership.turned_private
        await turned(work, channel_id=now.channel_id)


def _out_of_sight(channel_id: str, before: ChannelState | None) -> ChannelState:
    """All that is known of it is that the bot is not in it."""
    return ChannelState(
        channel_id=channel_id,
        display_name=before.display_name if before else "",
        type=before.type if before else "",
        delete_at=before.delete_at if before else NEVER,
        has_bot=False,
    )


def _changes(before: ChannelState, now: ChannelState) -> Sequence[ChannelChange]:
    changes: list[ChannelChange] = []
    if before.display_name != now.display_name:
        changes.append(ChannelChange.RENAMED)
    if bool(before.delete_at) != bool(now.delete_at):
        changes.append(ChannelChange.ARCHIVED if now.delete_at else ChannelChange.RESTORED)
    if before.has_bot != now.has_bot:
        changes.append(ChannelChange.BOT_RETURNED if now.has_bot else ChannelChange.BOT_REMOVED)
    return changes
