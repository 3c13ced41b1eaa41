"""Where a request is received: who it is from, and the conversation in which it is answered."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from commandpost.chat.mattermost.begun import Begun
from commandpost.chat.mattermost.client import Refused
from commandpost.chat.mattermost.conversation import Conversation, in_conversation
from commandpost.chat.mattermost.delivery import Delivery
from commandpost.chat.mattermost.questions import UserQuestion
from commandpost.chat.mattermost.rolls import Rolls
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.sessions import Sessions
from commandpost.chat.mattermost.values import timezone_of
from commandpost.chat.mattermost.wire import UserWire
from commandpost.kernel.clock import Millis

_WAIT_S = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Who makes a request. `token` is their session, "" if it came by a hook."""

    user_id: str
    username: str
    roles: frozenset[str]
    is_bot: bool
    timezone: str
    token: str = ""
    confirmed_at: Millis | None = None


class Reception:
    """What the doors need of an attached Mattermost."""

    def __init__(
        self, server: Mattermost, sessions: Sessions, rolls: Rolls, delivery: Delivery, begun: Begun
    ) -> None:
        self._server = server
        self._sessions = sessions
        self._rolls = rolls
        self._delivery = delivery
        self._begun = begun

    async def by_session(self, token: str) -> Guest | None:
        """Who holds this session; None if it is none. Raises Unreachable."""
        user = await self._sessions.identify(token)
        if user is None:
            return None
        since = await self._rolls.confirm(user, token)
        return _guest(user, token=token, confirmed_at=since)

    async def by_hook(self, user_id: str, channel_id: str) -> Guest | None:
        """Who Mattermost says has done something in a channel. Raises Unreachable."""
        question = UserQuestion(user_id)
        known = self._server.memory.fresh(question)
        if known is None:
            try:
                user = await question.put(self._server.client, "")
            except Refused:
                return None
            self._server.memory.keep(question, user)
        else:
            user = known.answer
        if user is None or user.delete_at:
            return None
        if channel_id:
            await self._rolls.confirm_in(user, channel_id)
        return _guest(user)

    @contextmanager
    def conversation(self, guest: Guest, *, is_command: bool = False) -> Generator[Conversation]:
        """The conversation in which a request is answered."""
        talk = Conversation(
            server=self._server,
            user_id=guest.user_id,
            token=guest.token,
            confirmed_at=guest.confirmed_at,
            is_command=is_command,
        )
        with in_conversation(talk):
            yield talk

    async def see_done(self, talk: Conversation) -> None:
        """Give what the request wants done over there a moment, so that who asked finds it done."""
        if talk.errands and not self._server.client.is_down:
            await self._delivery.wait_for(talk.errands, _WAIT_S)

    async def end(self, talk: Conversation) -> None:
        """Put away what came to nothing."""
        if await talk.over():
            self._begun.wake()


def _guest(user: UserWire, *, token: str = "", confirmed_at: Millis | None = None) -> Guest:
    return Guest(
        user_id=user.id,
        username=user.username,
        roles=frozenset(user.roles.split()),
        is_bot=user.is_bot,
        timezone=timezone_of(user),
        token=token,
        confirmed_at=confirmed_at,
    )
