"""Where a request is received: who it is from, and the conversation in which it is answered."""

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import structlog

from commandpost.chat.mattermost.begun import Begun
from commandpost.chat.mattermost.client import Refused, Unreachable
from commandpost.chat.mattermost.conversation import CONVERSATION, Conversation, in_conversation
from commandpost.chat.mattermost.delivery import Delivery
from commandpost.chat.mattermost.desks import AttachedDesks
from commandpost.chat.mattermost.questions import UserQuestion
from commandpost.chat.mattermost.rolls import Rolls
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.sessions import Sessions
from commandpost.chat.mattermost.store import facts
from commandpost.chat.mattermost.values import attachments_wanted, dialog_of_state, timezone_of
from commandpost.chat.mattermost.whispering import whisper
from commandpost.chat.mattermost.wire import TeamWire, UserWire
from commandpost.incidents.store import rolls
from commandpost.kernel.clock import Millis
from commandpost.kernel.ids import token_hash

ANSWER_WITHIN_S = 2.5
"""Mattermost waits for 3 seconds."""
_SEE_DONE_WITHIN_S = 1.5
_RESPONSE_HOOK = re.compile(r"/hooks/commands/[a-z0-9]+$")

_log = structlog.get_logger(__name__)


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
    """What the doors need of an attached Mattermost.

    `answer_within_s`: how long a hook of it may take; `see_done_within_s`: how long `see_done` waits at most.
    """

    def __init__(
        self,
        server: Mattermost,
        desks: AttachedDesks,
        sessions: Sessions,
        rolls: Rolls,
        delivery: Delivery,
        begun: Begun,
    ) -> None:
        self.desks = desks
        self.answer_within_s = ANSWER_WITHIN_S
        self.see_done_within_s = _SEE_DONE_WITHIN_S
        self._server = server
        self._sessions = sessions
        self._rolls = rolls
        self._delivery = delivery
        self._begun = begun

    async def by_session(self, token: str) -> Guest | None:
        """Who holds this session; None if it is none. Raises Unreachable."""
        token = self._server.session_of(token)
        user = await self._sessions.identify(token) if token else None
        if user is None:
            return None
        since = await self._rolls.confirm(user, token)
        return _guest(user, token=token, confirmed_at=since)

    async def by_hook(self, user_id: str, channel_id: str, token: str = "") -> Guest | None:
        """Who Mattermost says has done something in a channel. Raises Unreachable.

        The session that it sent along counts if it is theirs.
        """
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
        return _guest(user, token=token if token and await self._is_of(token, user) else "")

    async def _is_of(self, token: str, user: UserWire) -> bool:
        """Whether a session is this user's; also while that cannot be asked, it is not."""
        with suppress(Unreachable):
            holder = await self._sessions.identify(token)
            return holder is not None and holder.id == user.id
        return False

    async def groups(self, user_id: str, token: str) -> tuple[Sequence[str], Sequence[str]]:
        """The incidents' channels a user is in, and their teams. Raises Unreachable."""
        try:
            teams = await self._server.client.get("/users/me/teams", list[TeamWire], token=token)
        except Refused:
            teams = []
        async with self._server.database.read() as work:
            return await rolls.channels_of(work, user_id), [team.id for team in teams]

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

    def under_way(self) -> Conversation | None:
        """The conversation in which the request at hand is answered."""
        return CONVERSATION.get()

    async def see_done(self, talk: Conversation) -> None:
        """Give what the request wants done over there a moment, so that who asked finds it done."""
        if talk.errands and not self._server.client.is_down:
            await self._delivery.wait_for(talk.errands, self.see_done_within_s)

    async def end(self, talk: Conversation) -> None:
        """Put away what came to nothing."""
        if await talk.over():
            self._begun.wake()

    async def is_command_token(self, token: str) -> bool:
        """Whether it is one of a command that `commandpost attach` has made."""
        if not token:
            return False
        async with self._server.database.read() as work:
            return await facts.get(work, facts.of_command(token_hash(token))) is not None

    def dialog_of_state(self, told: str, *, user_id: str) -> tuple[str, str] | None:
        """The path and the state of a dialog that this user was shown; None for any other."""
        return dialog_of_state(self._server, told, user_id=user_id)

    def is_button(self, path: str, seal: str) -> bool:
        """Whether a button with this context is one of ours."""
        return self._server.is_sealed(seal, "button", path)

    def said(self, talk: Conversation) -> dict[str, Any]:
        """What the caller of a command is told, as its answer."""
        attachments = [one for whisper in talk.said for one in whisper.attachments]
        text = "\n".join(whisper.message for whisper in talk.said if whisper.message)
        if not text and not attachments:
            return {}
        return {
            "text": text,
            "username": self._server.bot.username,
            "attachments": attachments_wanted(self._server, attachments),
        }

    async def tell_later(
        self, user_id: str, channel_id: str, said: dict[str, Any], response_url: str
    ) -> None:
        """Tell somebody, and nobody else, what came of what they asked, after its answer.

        `response_url` is where a command's later answers go: of its address only what Mattermost made counts.
        Raises nothing.
        """
        try:
            if hook := _RESPONSE_HOOK.search(response_url):
                answer = {"response_type": "ephemeral", **said}
                await self._server.client.call("POST", hook[0], body=answer, root="", probing=True)
                return
            attachments: list[dict[str, Any]] = said.get("attachments") or []
            await whisper(self._server, user_id, channel_id, said.get("text", ""), attachments)
        except (Refused, Unreachable) as cause:
            _log.warning("mattermost_not_told_later", why=cause.message)

    async def open_dialog(self, talk: Conversation) -> bool:
        """Show the dialog that the request asks for; False if Mattermost does not."""
        if talk.dialog is None:
            return True
        try:
            await self._server.client.call("POST", "/actions/dialogs/open", body=talk.dialog)
        except (Refused, Unreachable) as cause:
            _log.warning("mattermost_dialog_not_opened", why=cause.message)
            return False
        return True


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
