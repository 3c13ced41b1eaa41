"""Writing a deed into the audit log, in the work that does it: both are committed, or neither."""

from collections.abc import Mapping
from typing import Any

from commandpost.audit.entry import Deed, Entry
from commandpost.audit.origin import ORIGIN
from commandpost.audit.store import entries
from commandpost.db import Work


async def record(
    work: Work,
    deed: Deed,
    subject_id: str,
    *,
    by: str,
    at: int,
    session_id: str = "",
    address: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write down what `by` has done, with the origin of the request under way, or the one given.

    Of `before` and `after` what is the same in both is left out.
    """
    origin = ORIGIN.get()
    old, new = _different(before or {}, after or {})
    entry = Entry(
        deed=deed,
        subject_id=subject_id,
        actor_id=by,
        session_id=session_id or origin.session_id,
        address=address or origin.address,
        at=at,
        before=old,
        after=new,
    )
    await entries.insert(work, entry)


def _different(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    same = {name for name in before if name in after and before[name] == after[name]}
    return (
        {name: value for name, value in before.items() if name not in same},
        {name: value for name, value in after.items() if name not in same},
    )
