"""Who is, and who ever was, in the channel of an incident."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from commandpost.db import Sql, Work
from commandpost.incidents.model.past import Joined
from commandpost.kernel.clock import Millis

_INSERT = Sql(
    """
    INSERT INTO incident_members (incident_id, user_id, is_bot, is_present, join_at)
    SELECT :incident_id, json_extract(value, '$.user_id'), json_extract(value, '$.is_bot'), TRUE, :at
    FROM json_each(:newcomers)
    """,
    postgresql="""
    INSERT INTO incident_members (incident_id, user_id, is_bot, is_present, join_at)
    SELECT :incident_id, value ->> 'user_id', (value ->> 'is_bot')::boolean, TRUE, :at
    FROM jsonb_array_elements(:newcomers::jsonb)
    """,
)
_JOIN = Sql("""
    INSERT INTO incident_members (incident_id, user_id, is_bot, is_present, join_at)
    VALUES (:incident_id, :user_id, :is_bot, TRUE, :at)
    ON CONFLICT (incident_id, user_id) DO UPDATE SET is_present = TRUE, join_at = excluded.join_at
    WHERE NOT incident_members.is_present
""")
_LEAVE = Sql("""
    UPDATE incident_members SET is_present = FALSE, leave_at = :at
    WHERE incident_id = :incident_id AND user_id = :user_id AND is_present
""")
_IS_PRESENT = Sql("""
    SELECT 1 FROM incident_members WHERE incident_id = :incident_id AND user_id = :user_id AND is_present
""")
_PRESENT = Sql("""
    SELECT user_id FROM incident_members WHERE incident_id = :incident_id AND is_present ORDER BY user_id
""")
_EVER = Sql("SELECT count(*) FROM incident_members WHERE incident_id = :incident_id AND NOT is_bot")

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who enters the channel of an incident."""

    user_id: str
    is_bot: bool


async def insert(work: Work, incident_id: str, newcomers: Sequence[Newcomer], *, at: Millis) -> None:
    """The first members of a new incident."""
    await work.put(_INSERT, incident_id=incident_id, newcomers=_encode(newcomers).decode(), at=at)


async def insert_many(work: Work, joined: Mapping[str, Sequence[Joined]]) -> None:
    """The members of several new incidents, by the incident's id; people, no bots."""
    await work.run_many(
        _JOIN,
        [
            {"incident_id": incident_id, "user_id": one.user_id, "is_bot": False, "at": one.at}
            for incident_id, members in joined.items()
            for one in members
        ],
    )


async def join(work: Work, incident_id: str, newcomer: Newcomer, *, at: Millis) -> bool:
    """Note somebody as present; whether they were not so before."""
    changed = await work.run(
        _JOIN, incident_id=incident_id, user_id=newcomer.user_id, is_bot=newcomer.is_bot, at=at
    )
    return changed > 0


async def leave(work: Work, incident_id: str, user_id: str, *, at: Millis) -> bool:
    """Note somebody as gone; whether they were present before."""
    return await work.run(_LEAVE, incident_id=incident_id, user_id=user_id, at=at) > 0


async def is_present(work: Work, incident_id: str, user_id: str) -> bool:
    return await work.one(_IS_PRESENT, incident_id=incident_id, user_id=user_id) is not None


async def present(work: Work, incident_id: str) -> Sequence[str]:
    """Everybody who is in the channel now, bots included."""
    return [row["user_id"] for row in await work.all(_PRESENT, incident_id=incident_id)]


async def count_ever(work: Work, incident_id: str) -> int:
    """How many people, bots not counted, were ever in the channel."""
    return await work.value(_EVER, incident_id=incident_id)
