"""The attached Mattermost server: how to reach it, what it answered of late, and who the bot there is."""

import hashlib
import hmac

import msgspec
import structlog

from commandpost.chat.mattermost.client import Client, Refused, Unreachable
from commandpost.chat.mattermost.loans import Loans
from commandpost.chat.mattermost.memory import Memory
from commandpost.chat.mattermost.store import facts
from commandpost.chat.mattermost.wire import UserWire
from commandpost.db import Database
from commandpost.kernel.clock import Clock
from commandpost.kernel.errors import Unavailable
from commandpost.vault import Unreadable, Vault

_BOT = "bot"
_KEPT = "kept."

_log = structlog.get_logger(__name__)


class BotUnknown(Unavailable):
    """Mattermost could not be asked yet who the bot is; see the log."""

    code = "mattermost.bot_unknown"


class Mattermost:
    """One for the whole process. `own_url` is where Mattermost and browsers find our routes.

    `trouble` is what an administrator has to put right over there; "" while nothing is known of any.
    """

    def __init__(
        self, client: Client, database: Database, clock: Clock, vault: Vault, *, own_url: str
    ) -> None:
        self.client = client
        self.database = database
        self.clock = clock
        self.memory = Memory(clock)
        self.loans = Loans()
        self.own_url = own_url.rstrip("/")
        self.trouble = ""
        self._vault = vault
        self._bot: UserWire | None = None

    @property
    def bot(self) -> UserWire:
        """Raises BotUnknown."""
        if self._bot is None:
            raise BotUnknown
        return self._bot

    async def meet(self) -> None:
        """Find out who the bot is: from Mattermost, and while it cannot be reached as it was known last.

        Raises nothing: what is wrong is logged and stands in `trouble`.
        """
        try:
            self._bot = await self.client.get("/users/me", UserWire)
        except Refused as refusal:
            self.trouble = (
                f"Mattermost does not take the token (status {refusal.status}: {refusal.message})."
                " Give a valid one with --mattermost-token."
            )
            _log.error("mattermost_token_refused", status=refusal.status)
        except Unreachable as cause:
            _log.warning("mattermost_not_met", why=cause.message)
        else:
            self.trouble = ""
            async with self.database.write() as work:
                await facts.put(work, _BOT, msgspec.json.encode(self._bot).decode())
            return
        if self._bot is None:
            async with self.database.read() as work:
                known = await facts.get(work, _BOT)
            self._bot = msgspec.json.decode(known, type=UserWire) if known else None

    def kept_session(self, token: str) -> str:
        """A member's session as their browser keeps it at an address of our own."""
        return _KEPT + self._vault.sealed(token)

    def session_of(self, presented: str) -> str:
        """The session that a request presents: as it is, or kept by us; "" if that cannot be read."""
        if not presented.startswith(_KEPT):
            return presented
        try:
            return self._vault.opened(presented.removeprefix(_KEPT))
        except Unreadable:
            return ""

    def sealed(self, *told: str) -> str:
        """A proof that these words are ours, for what comes back by way of Mattermost."""
        key = self._vault.derived("mattermost hooks")
        return hmac.new(key, "\0".join(told).encode(), hashlib.sha256).hexdigest()

    def is_sealed(self, seal: str, *told: str) -> bool:
        """Whether a proof is the one for these words."""
        return hmac.compare_digest(seal.encode(), self.sealed(*told).encode())
