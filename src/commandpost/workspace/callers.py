"""Who is behind the tokens in use, remembered for a moment, so that not every request asks the database.

What ends or changes a session in this process is heard of at once, as a fact, what another node does as soon
as the broker brings it. What the command line does counts after `REMEMBERED_MS` at the latest.
"""

from collections import defaultdict

from commandpost.kernel.ids import token_hash
from commandpost.workspace.actions import sessions
from commandpost.workspace.desk import Desks
from commandpost.workspace.events import ConfigChanged, SessionsEnded, UserRolesChanged, UserUpdated
from commandpost.workspace.model.who import Who

REMEMBERED_MS = 1000
_MOST = 20_000


class Callers:
    """The callers of late, by the hash of their token."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._known: dict[str, tuple[Who, int]] = {}
        self._of_user: defaultdict[str, set[str]] = defaultdict(set)
        self._forgotten = 0

    async def identify(self, token: str) -> Who | None:
        """The user behind a session or personal access token; None if it is dead or unknown."""
        hashed = token_hash(token)
        now = self._desks.clock.now()
        known = self._known.get(hashed)
        if known is not None and 0 <= now - known[1] < REMEMBERED_MS:
            return known[0]
        forgotten = self._forgotten
        async with self._desks.reading() as desk:
            who = await sessions.identify(desk, token)
        if who is None:
            return None
        if who.is_due_for_renewal:
            async with self._desks.writing() as desk:
                await sessions.renew(desk, who)
        if forgotten == self._forgotten:  # Else the answer may be older than what was heard meanwhile.
            self._remember(hashed, who, now)
        return who

    def forget(self, user_id: str) -> None:
        """Ask again who this user is."""
        self._forgotten += 1
        for hashed in self._of_user.pop(user_id, ()):
            self._known.pop(hashed, None)

    def forget_all(self) -> None:
        """Ask again who everybody is."""
        self._forgotten += 1
        self._known.clear()
        self._of_user.clear()

    def hear(self, fact: object) -> None:
        """Forget whom a committed fact is about."""
        match fact:
            case SessionsEnded(user_id=user_id) | UserRolesChanged(user_id=user_id):
                self.forget(user_id)
            case UserUpdated(user=user):
                self.forget(user.id)
            case ConfigChanged():
                self.forget_all()
            case _:
                pass

    def _remember(self, hashed: str, who: Who, now: int) -> None:
        if len(self._known) >= _MOST:
            self.forget_all()
        self._known[hashed] = (who, now)
        self._of_user[who.user_id].add(hashed)
