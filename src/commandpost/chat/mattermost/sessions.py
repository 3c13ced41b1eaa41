"""Whose Mattermost session a request carries: asked of Mattermost, remembered briefly."""

from collections import OrderedDict
from dataclasses import replace

from commandpost.chat.mattermost.client import Refused, Unreachable
from commandpost.chat.mattermost.memory import HELD_MS, Known
from commandpost.chat.mattermost.questions import UserQuestion
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.wire import UserWire
from commandpost.kernel.clock import SECOND_MS
from commandpost.kernel.ids import token_hash

_FRESH_MS = 10 * SECOND_MS
_MOST = 20_000
_PAST = -1


class Sessions:
    """The users behind tokens of late, by the hash of the token."""

    def __init__(self, server: Mattermost) -> None:
        self._server = server
        self._known: OrderedDict[str, Known] = OrderedDict()

    async def identify(self, token: str) -> UserWire | None:
        """The user; None if Mattermost does not take the token.

        While it cannot be asked, what it said last counts for a quarter of an hour. Raises Unreachable.
        """
        hashed = token_hash(token)
        now = self._server.clock.now()
        known = self._known.get(hashed)
        if known is not None and known.round != _PAST and now - known.at < _FRESH_MS:
            return known.answer
        try:
            user = await self._server.client.get("/users/me", UserWire, token=token)
        except Refused:
            self._known.pop(hashed, None)
            return None
        except Unreachable:
            if known is not None and now - known.at < HELD_MS:
                return known.answer
            raise
        self._server.memory.keep(UserQuestion(user.id), user)
        self._known[hashed] = Known(user, now)
        self._known.move_to_end(hashed)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return user

    def doubt(self, user_id: str) -> None:
        """Have this user's sessions confirmed before they count next: something has changed."""
        for hashed, known in self._of(user_id):
            self._known[hashed] = replace(known, round=_PAST)

    def forget(self, user_id: str) -> None:
        """Let this user's sessions count no more, not even while nobody can be asked."""
        for hashed, _ in self._of(user_id):
            del self._known[hashed]

    def _of(self, user_id: str) -> list[tuple[str, Known]]:
        return [(hashed, known) for hashed, known in self._known.items() if known.answer.id == user_id]
