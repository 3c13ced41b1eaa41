"""What the events of Mattermost's WebSocket mean here.

An event is a hint, not the truth: events come late, twice, or in another order than things happened. So what
an answer rested on is forgotten at once, and how a channel stands and who is in it is asked again. Reactions,
typing and whatever is not named here change nothing of an incident.
"""

from typing import Any, TypeVar

import msgspec
import structlog

from commandpost.chat.mattermost import posts_heard
from commandpost.chat.mattermost.client import Refused
from commandpost.chat.mattermost.control import Controls
from commandpost.chat.mattermost.delivery import Delivery
from commandpost.chat.mattermost.questions import UserQuestion
from commandpost.chat.mattermost.rolls import Rolls
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.sessions import Sessions
from commandpost.chat.mattermost.states import States
from commandpost.chat.mattermost.wire import BroadcastWire, EventWire, PostWire, RoleWire, TeamWire, UserWire
from commandpost.incidents.actions import witness

_POSTS = frozenset({"posted", "post_edited", "post_deleted"})
_CHANNELS = frozenset({"channel_updated", "channel_deleted", "channel_restored", "channel_converted"})
_REMOVED = "user_removed"
_COMING_AND_GOING = frozenset({"user_added", _REMOVED})
_PLACES = frozenset(
    {
        "added_to_team",
        "leave_team",
        "memberrole_updated",
        "channel_member_updated",
        "user_role_updated",
    }
)
_TEAMS = frozenset({"update_team", "delete_team", "restore_team"})

Read = TypeVar("Read")

_log = structlog.get_logger(__name__)


class Hearing:
    """Takes in one event after the other."""

    def __init__(
        self,
        server: Mattermost,
        *,
        sessions: Sessions,
        rolls: Rolls,
        states: States,
        delivery: Delivery,
        controls: Controls,
    ) -> None:
        self._server = server
        self._sessions = sessions
        self._rolls = rolls
        self._states = states
        self._delivery = delivery
        self._controls = controls

    async def hear(self, event: EventWire) -> None:
        """Do what an event asks for. Raises Unreachable; what cannot be read is passed over."""
        data, to = event.data or {}, event.broadcast or BroadcastWire()
        try:
            await self._heard(event.event, data, to)
        except (msgspec.MsgspecError, Refused) as cause:
            _log.warning("mattermost_event_not_understood", event_name=event.event, why=str(cause))

    async def _heard(self, name: str, data: dict[str, Any], to: BroadcastWire) -> None:
        if name in _POSTS:
            await self._post(name, data)
        elif name in _CHANNELS:
            await self._channel(_text(data, "channel_id") or to.channel_id)
        elif name in _COMING_AND_GOING:
            user_id = _text(data, "user_id") or to.user_id
            if name == _REMOVED:
                self._server.memory.forget(user_id)
            await self._member(user_id, _text(data, "channel_id") or to.channel_id)
        elif name in _PLACES:
            self._rights_changed(_text(data, "user_id") or to.user_id)
        elif name == "user_updated":
            self._user(msgspec.convert(data.get("user"), UserWire))
        elif name in _TEAMS:
            self._server.memory.forget(_inner(data, "team", TeamWire).id)
        elif name == "role_updated":
            self._server.memory.forget(_inner(data, "role", RoleWire).name)

    async def _post(self, name: str, data: dict[str, Any]) -> None:
        post = _inner(data, "post", PostWire)
        self._server.memory.doubt(post.id)
        if name == "post_deleted" and not post.delete_at:
            post.delete_at = self._server.clock.now()
        if not await self._is_followed(post.channel_id):
            return
        async with self._server.database.write() as work:
            await posts_heard.take_in(
                work, post, bot_id=self._server.bot.id, deleted_by=_text(data, "delete_by")
            )
        if post.delete_at:
            await self._controls.deleted(post.channel_id, post.id)

    async def _channel(self, channel_id: str) -> None:
        self._server.memory.doubt(channel_id)
        if await self._is_followed(channel_id) and await self._states.look(channel_id):
            await self._delivery.hurry(channel_id)

    async def _member(self, user_id: str, channel_id: str) -> None:
        self._server.memory.doubt(user_id)
        self._rolls.doubt(user_id)
        if not await self._is_followed(channel_id):
            return
        if user_id == self._server.bot.id:
            await self._channel(channel_id)
            return
        user = await UserQuestion(user_id).put(self._server.client, "")
        await self._rolls.confirm_in(user, channel_id)

    def _user(self, user: UserWire) -> None:
        """Somebody has another name, other rights or was deactivated."""
        memory = self._server.memory
        known = memory.held(UserQuestion(user.id))
        before: UserWire | None = known.answer if known else None
        names = {user.username, before.username} if before else {user.username}
        memory.doubt(user.id, *names)
        self._sessions.doubt(user.id)
        if user.delete_at or before is None or before.roles != user.roles:
            self._rights_changed(user.id)
        if user.delete_at:
            self._sessions.forget(user.id)
            _log.info("mattermost_user_deactivated", user_id=user.id)

    def _rights_changed(self, user_id: str) -> None:
        self._server.memory.forget(user_id)
        self._rolls.doubt(user_id)

    async def _is_followed(self, channel_id: str) -> bool:
        async with self._server.database.read() as work:
            return await witness.is_followed(work, channel_id)


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""


def _inner(data: dict[str, Any], name: str, kind: type[Read]) -> Read:
    """What is told as JSON within JSON, or as it is."""
    value = data.get(name)
    if isinstance(value, str):
        return msgspec.json.decode(value, type=kind)
    return msgspec.convert(value, kind)
