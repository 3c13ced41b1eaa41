"""Sessions: who a token belongs to."""

from commandpost.kernel.ids import token_hash
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.who import Who
from commandpost.workspace.store import sessions


async def identify(desk: Desk, token: str) -> Who | None:
    """The user behind a session or personal access token; None if it is dead or unknown."""
    row = await sessions.caller(desk.work, token_hash(token))
    if row is None or row["delete_at"] or 0 < row["expires_at"] <= desk.now:
        return None
    return Who(
        user_id=row["user_id"],
        username=row["username"],
        roles=frozenset(row["roles"].split()),
        session_id=row["session_id"],
        is_bot=bool(row["is_bot"]),
        is_mobile=bool(row["device_id"]),
    )
