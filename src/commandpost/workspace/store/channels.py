"""Queries about one channel or a few: found, stored, changed. Lists of them are in `channel_lists`."""

from collections.abc import Sequence

from msgspec.structs import replace

from commandpost.db import Row, Sql, Work
from commandpost.kernel.ids import new_id
from commandpost.kernel.text import folded
from commandpost.workspace.model.channel import Channel, ChannelType

COLUMNS = (
    "c.id, c.create_at, c.update_at, c.delete_at, c.team_id, c.type, c.display_name, c.name, c.header,"
    " c.purpose, c.last_post_at, c.last_root_post_at, c.total_msg_count, c.total_msg_count_root, c.creator_id"
)
"""What `channel_of` reads, of a channels table called `c`."""

NEVER = 2**62
"""As `deleted_since`: no archived channels, whenever they were archived."""

_BY_ID = Sql(f"SELECT {COLUMNS} FROM channels c WHERE c.id = :id")
_LOCKED = Sql(
    f"SELECT {COLUMNS} FROM channels c WHERE c.id = :id",
    postgresql=f"SELECT {COLUMNS} FROM channels c WHERE c.id = :id FOR UPDATE",
)
_BY_IDS = Sql(f"SELECT {COLUMNS} FROM channels c WHERE c.id IN (:ids...)")
_BY_NAME = Sql(f"SELECT {COLUMNS} FROM channels c WHERE c.team_id = :team_id AND c.name = :name")
_BY_NAMES = Sql(
    f"SELECT {COLUMNS} FROM channels c WHERE c.team_id = :team_id AND c.name IN (:names...) ORDER BY c.name"
)
_INSERT = (
    "INSERT INTO channels (id, create_at, update_at, delete_at, team_id, type, display_name, name, header,"
    " purpose, last_post_at, last_root_post_at, total_msg_count, total_msg_count_root, creator_id,"
    " search_text)"
    " SELECT :id, :create_at, :update_at, :delete_at, :team_id, :type, :display_name, :name, :header,"
    " :purpose, :last_post_at, :last_root_post_at, :total_msg_count, :total_msg_count_root, :creator_id,"
    " :search_text"
)
_UPDATE = Sql(
    "UPDATE channels SET update_at = :update_at, delete_at = :delete_at, type = :type,"
    " display_name = :display_name, name = :name, header = :header, purpose = :purpose,"
    " search_text = :search_text WHERE id = :id"
)
_INSERT_FREE = Sql(_INSERT)
_INSERT_DIRECT = Sql(f"{_INSERT} WHERE TRUE ON CONFLICT DO NOTHING")
_INSERT_IN_TEAM = Sql(
    f"{_INSERT} WHERE EXISTS (SELECT 1 FROM teams WHERE id = :team_id AND delete_at = 0)"
    " ON CONFLICT DO NOTHING"
)
_DELETE = Sql("DELETE FROM channels WHERE id = :id")
_COUNT_IN_TEAM = Sql(
    "SELECT count(*) FROM (SELECT 1 FROM channels WHERE team_id = :team_id AND type IN ('O', 'P')"
    " AND delete_at = 0 LIMIT :most) AS counted"
)


def channel_of(row: Row) -> Channel:
    """A row of `COLUMNS` as a value."""
    return Channel(
        id=row["id"],
        create_at=row["create_at"],
        update_at=row["update_at"],
        delete_at=row["delete_at"],
        team_id=row["team_id"],
        type=ChannelType(row["type"]),
        display_name=row["display_name"],
        name=row["name"],
        header=row["header"],
        purpose=row["purpose"],
        last_post_at=row["last_post_at"],
        last_root_post_at=row["last_root_post_at"],
        total_msg_count=row["total_msg_count"],
        total_msg_count_root=row["total_msg_count_root"],
        creator_id=row["creator_id"],
    )


async def by_id(work: Work, channel_id: str) -> Channel | None:
    """A channel, archived ones included."""
    row = await work.one(_BY_ID, id=channel_id)
    return channel_of(row) if row else None


async def locked(work: Work, channel_id: str) -> Channel | None:
    """A channel to be changed by this work: nobody else changes it meanwhile."""
    row = await work.one(_LOCKED, id=channel_id)
    return channel_of(row) if row else None


async def by_ids(work: Work, channel_ids: Sequence[str]) -> list[Channel]:
    """Those of the ids that exist, in no particular order."""
    return [channel_of(row) for row in await work.all(_BY_IDS, ids=list(channel_ids))]


async def by_name(work: Work, team_id: str, name: str) -> Channel | None:
    """A channel by its name in a team, archived ones included; direct and group channels have team ""."""
    row = await work.one(_BY_NAME, team_id=team_id, name=name)
    return channel_of(row) if row else None


async def by_names(work: Work, team_id: str, names: Sequence[str]) -> list[Channel]:
    """Those of the names that a team has, in their order; archived ones included."""
    rows = await work.all(_BY_NAMES, team_id=team_id, names=list(names))
    return [channel_of(row) for row in rows]


async def insert_in_team(work: Work, channel: Channel) -> bool:
    """Store a new channel of a team; False if the team is archived or has, or had, one of that name."""
    return await work.run(_INSERT_IN_TEAM, **_stored(channel)) > 0


async def insert_direct(work: Work, channel: Channel) -> bool:
    """Store a new direct or group channel; False if its users have it already."""
    return await work.run(_INSERT_DIRECT, **_stored(channel)) > 0


async def insert_many(work: Work, channels: Sequence[Channel]) -> None:
    """Store new channels whose names are known to be free."""
    await work.run_many(_INSERT_FREE, [_stored(channel) for channel in channels])


async def count_in_team(work: Work, team_id: str, *, most: int) -> int:
    """How many public and private channels a team has, archived ones not counted; `most` if more."""
    return await work.value(_COUNT_IN_TEAM, team_id=team_id, most=most)


async def reserve_name(work: Work, channel: Channel) -> bool:
    """Keep a channel's name in its team from everybody else until this work ends; False if it is taken.

    A row that comes and goes within this work holds the place in the index: who wants the name meanwhile
    waits, and then finds what this work has made of it.
    """
    holder = replace(channel, id=new_id())
    if await work.run(_INSERT_DIRECT, **_stored(holder)) == 0:
        return False
    await work.run(_DELETE, id=holder.id)
    return True


async def update(work: Work, channel: Channel) -> None:
    """Store a channel's new state; the counts of its posts stay."""
    await work.run(_UPDATE, **_stored(channel))


def _stored(channel: Channel) -> dict[str, object]:
    return {
        "id": channel.id,
        "create_at": channel.create_at,
        "update_at": channel.update_at,
        "delete_at": channel.delete_at,
        "team_id": channel.team_id,
        "type": channel.type.value,
        "display_name": channel.display_name,
        "name": channel.name,
        "header": channel.header,
        "purpose": channel.purpose,
        "last_post_at": channel.last_post_at,
        "last_root_post_at": channel.last_root_post_at,
        "total_msg_count": channel.total_msg_count,
        "total_msg_count_root": channel.total_msg_count_root,
        "creator_id": channel.creator_id,
        "search_text": folded(f"{channel.display_name}\n{channel.name}"),
    }
