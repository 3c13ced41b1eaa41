"""Keeping in step with who is in incidents' channels over there.

Whoever asks something has their own memberships confirmed first, at most every few seconds; for what comes
without a session, the channel that it comes from. While Mattermost cannot be reached, what was confirmed last
counts for a quarter of an hour.
"""

from collections import OrderedDict
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from urllib.parse import quote

import structlog

from commandpost.chat.mattermost.client import Refused, Unreachable
from commandpost.chat.mattermost.memory import HELD_MS
from commandpost.chat.mattermost.questions import ChannelMemberQuestion, TeamMemberQuestion
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.store import errands, kept
from commandpost.chat.mattermost.values import user_seen
from commandpost.chat.mattermost.wire import MemberWire, UserWire
from commandpost.db import Work
from commandpost.incidents.actions import membership, witness
from commandpost.incidents.store import rolls
from commandpost.kernel.clock import SECOND_MS, Millis
from commandpost.live.message import JoinedChannel, LeftChannel

_FRESH_MS = 10 * SECOND_MS
_MOST = 20_000
_PAGE = 200

_log = structlog.get_logger(__name__)


class Rolls:
    """Who is in which incident's channel, compared and put right."""

    def __init__(self, server: Mattermost) -> None:
        self._server = server
        self._confirmed: OrderedDict[str, Millis] = OrderedDict()

    def doubt(self, user_id: str) -> None:
        """Confirm this user's memberships again before they are relied on."""
        if (last := self._confirmed.get(user_id)) is not None:
            self._confirmed[user_id] = min(last, Millis(self._server.clock.now() - _FRESH_MS))

    async def confirm(self, user: UserWire, token: str) -> Millis | None:
        """See to it that what we know of this user's memberships is true.

        Gives since when it is known if it cannot be confirmed now, else None. Raises Unreachable if that is
        too long ago.
        """
        now = self._server.clock.now()
        last = self._confirmed.get(user.id)
        if last is not None and now - last < _FRESH_MS:
            return None
        try:
            await self._compare(user, token)
        except Unreachable:
            if last is None or now - last >= HELD_MS:
                raise
            return last
        except Refused as refusal:
            _log.warning("memberships_not_told", status=refusal.status)
            raise Unreachable from refusal
        self._confirmed[user.id] = now
        self._confirmed.move_to_end(user.id)
        if len(self._confirmed) > _MOST:
            self._confirmed.popitem(last=False)
        return None

    async def confirm_in(self, user: UserWire, channel_id: str) -> None:
        """The same for one channel, asked by the bot. Raises Unreachable only if nothing is known."""
        async with self._server.database.read() as work:
            is_ours = await rolls.of_incidents(work, [channel_id])
            waiting = await errands.joining(work, user.id)
            past = await kept.channels(work, [channel_id])
        if not is_ours or past or channel_id in waiting:
            return
        path = f"/channels/{quote(channel_id, safe='')}/members/{quote(user.id, safe='')}"
        try:
            await self._server.client.get(path, MemberWire)
            here = {channel_id}
        except Refused:
            here = set[str]()
        async with self._server.database.write() as work:
            before = set(await rolls.channels_of(work, user.id)) & {channel_id}
            await self._apply(work, user, before=before, here=here)

    async def compare_channel(self, channel_id: str) -> None:
        """Put right who is in one channel. Raises Unreachable, Refused."""
        async with self._server.database.read() as work:
            before = set(await rolls.present_in(work, channel_id))
            waiting = await errands.joining_in(work, channel_id)
        members: list[str] = []
        for page in range(1000):
            path = f"/channels/{quote(channel_id, safe='')}/members"
            query = {"page": page, "per_page": _PAGE}
            found = await self._server.client.get(path, list[MemberWire], query=query)
            members += [one.user_id for one in found]
            if len(found) < _PAGE:
                break
        here = set(members) - {self._server.bot.id}
        changed = sorted((here ^ before) - set(waiting))
        if not changed:
            return
        users = await self._server.client.post("/users/ids", changed, list[UserWire])
        async with self._server.database.write() as work:
            for user in users:
                is_here = {channel_id} if user.id in here else set[str]()
                was_here = {channel_id} if user.id in before else set[str]()
                await self._apply(work, user, before=was_here, here=is_here)

    async def _compare(self, user: UserWire, token: str) -> None:
        async with self._server.database.read() as work:
            teams = set(await rolls.teams(work))
            before = set(await rolls.channels_of(work, user.id))
            waiting = await errands.joining(work, user.id)
            belonging = await kept.belonging(work, user.id)
            past = {one.id: one.team_id for one in await kept.channels(work, {*before, *belonging})}
        told, own_teams = await self._places(user.id, token, teams)
        async with self._server.database.write() as work:
            await witness.hold(work, sorted(past))
            belonging = await kept.belonging(work, user.id)
            here = {*told, *(one for one in belonging if past.get(one) in own_teams)}
            ours = set(await rolls.of_incidents(work, sorted(here - before)))
            await self._apply(work, user, before=before - set(waiting), here=(here & before) | ours)
        for channel_id in ((here & before) | ours) - past.keys():
            self._server.memory.keep(ChannelMemberQuestion(channel_id, user.id), told[channel_id])

    async def _places(
        self, user_id: str, token: str, teams: Collection[str]
    ) -> tuple[dict[str, MemberWire], AbstractSet[str]]:
        """Their memberships of channels in some teams, and the teams that they are in.

        Memberships of teams are remembered: they hold while nobody is asked.
        """
        if not teams:
            return {}, frozenset()
        memory, client = self._server.memory, self._server.client
        own = await client.get(f"/users/{user_id}/teams/members", list[MemberWire], token=token)
        found: dict[str, MemberWire] = {}
        for team in own:
            memory.keep(TeamMemberQuestion(team.team_id, user_id), team)
            if team.team_id in teams and not team.delete_at:
                path = f"/users/{user_id}/teams/{team.team_id}/channels/members"
                members = await client.get(path, list[MemberWire], token=token)
                found |= {one.channel_id: one for one in members}
        return found, {team.team_id for team in own if not team.delete_at}

    async def _apply(
        self, work: Work, user: UserWire, *, before: Collection[str], here: Collection[str]
    ) -> None:
        at = self._server.clock.now()
        for channel_id in sorted(set(here) - set(before)):
            await membership.joined(work, channel_id=channel_id, user=user_seen(user), by="", at=at)
            work.tell(JoinedChannel(user_id=user.id, channel_id=channel_id))
        for channel_id in sorted(set(before) - set(here)):
            await membership.left(work, channel_id=channel_id, user_id=user.id, by="", at=at)
            work.tell(LeftChannel(user_id=user.id, channel_id=channel_id))
