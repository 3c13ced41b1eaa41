"""Reading the audit log, for administrators; and letting go of what is old enough."""

from collections.abc import AsyncGenerator, Sequence

from commandpost.audit.entry import Deed, Entry
from commandpost.audit.store import entries
from commandpost.audit.store.entries import Wanted
from commandpost.kernel.clock import DAY_MS
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit, permit_self_or_admin

_AT_ONCE = 1000
_FORGOTTEN_AT_ONCE = 5000


async def page(desk: Desk, who: Who, wanted: Wanted, *, limit: int, offset: int) -> Sequence[Entry]:
    """A page of the entries, newest first. Raises Forbidden for anybody but system administrators."""
    permit(who, Permission.MANAGE_SYSTEM)
    return await entries.page(desk.work, wanted, limit=limit, offset=offset)


async def of_user(desk: Desk, who: Who, user_id: str, *, limit: int, offset: int) -> Sequence[Entry]:
    """What a user has done, for themselves and for administrators, newest first. Raises Forbidden."""
    permit_self_or_admin(who, user_id)
    return await entries.page(desk.work, Wanted(actor_id=user_id), limit=limit, offset=offset)


async def permit_export(desk: Desk, who: Who, wanted: Wanted) -> None:
    """Whether the caller may export the log, which is written into it. Raises Forbidden."""
    permit(who, Permission.MANAGE_SYSTEM)
    chosen = {"actor_id": wanted.actor_id, "subject_id": wanted.subject_id, "deed": wanted.deed}
    after = {name: value for name, value in chosen.items() if value}
    await desk.record(Deed.AUDIT_EXPORTED, "", by=who.user_id, after=after)


async def all_of(desks: Desks, wanted: Wanted) -> AsyncGenerator[Sequence[Entry]]:
    """Every wanted entry, newest first, some at a time."""
    before = 0
    while True:
        async with desks.reading() as desk:
            found = await entries.page(desk.work, wanted, limit=_AT_ONCE, before_number=before)
        if not found:
            return
        yield found
        before = found[-1].number


async def forget_some(desk: Desk) -> int:
    """Let go of entries older than the setting says (0: of none), some at a time; gives how many."""
    if not desk.config.audit_retention_days:
        return 0
    before = desk.now - desk.config.audit_retention_days * DAY_MS
    return await entries.forget(desk.work, before=before, limit=_FORGOTTEN_AT_ONCE)
