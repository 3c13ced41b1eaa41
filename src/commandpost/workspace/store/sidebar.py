"""Queries about users' sidebar categories, and the channels placed in them."""

from collections.abc import Sequence

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.channel import ChannelType
from commandpost.workspace.model.sidebar import CategoryType, SidebarCategory, SidebarChannel, Sorting

_COLUMNS = "id, user_id, team_id, type, display_name, sorting, muted, collapsed, sort_order"

_OF_USER = "FROM sidebar_categories WHERE user_id = :user_id AND team_id = :team_id"
_CATEGORIES = Sql(f"SELECT {_COLUMNS} {_OF_USER} ORDER BY sort_order, id")
# The built-in ones, which are always there: who waits for rows does not see those that came meanwhile, and
# two who lock different rows may each wait for the other's.
_BUILT_IN = f"{_OF_USER} AND type <> 'custom'"
_LOCK = Sql(f"SELECT id {_BUILT_IN}", postgresql=f"SELECT id {_BUILT_IN} ORDER BY id FOR UPDATE")
_SAVE = Sql(
    f"INSERT INTO sidebar_categories ({_COLUMNS}) VALUES (:id, :user_id, :team_id, :type, :display_name,"
    " :sorting, :muted, :collapsed, :sort_order) ON CONFLICT (id) DO UPDATE SET"
    " display_name = excluded.display_name, sorting = excluded.sorting, muted = excluded.muted,"
    " collapsed = excluded.collapsed, sort_order = excluded.sort_order"
)
_ADD = Sql(
    f"INSERT INTO sidebar_categories ({_COLUMNS}) VALUES (:id, :user_id, :team_id, :type, :display_name,"
    " :sorting, :muted, :collapsed, :sort_order) ON CONFLICT DO NOTHING"
)
_DELETE = Sql("DELETE FROM sidebar_categories WHERE id = :id")
_CHANNELS = Sql(
    "SELECT c.id, c.type, s.category_id FROM channel_members m JOIN channels c ON c.id = m.channel_id"
    " LEFT JOIN sidebar_channels s"
    " ON s.user_id = m.user_id AND s.team_id = :team_id AND s.channel_id = c.id"
    " WHERE m.user_id = :user_id AND c.team_id IN (:team_ids...) AND c.delete_at = 0"
    " ORDER BY CASE WHEN s.category_id IS NULL THEN 1 ELSE 0 END, s.sort_order, c.search_text, c.id"
)
_EMPTY = Sql("DELETE FROM sidebar_channels WHERE category_id = :category_id")
_PLACE = Sql(
    "INSERT INTO sidebar_channels (user_id, team_id, channel_id, category_id, sort_order)"
    " VALUES (:user_id, :team_id, :channel_id, :category_id, :sort_order)"
    " ON CONFLICT (user_id, team_id, channel_id)"
    " DO UPDATE SET category_id = excluded.category_id, sort_order = excluded.sort_order"
)


async def categories(work: Work, user_id: str, team_id: str) -> list[SidebarCategory]:
    """A user's categories for a team, in their order, without their channels; [] before the first change."""
    return [_category_of(row) for row in await work.all(_CATEGORIES, user_id=user_id, team_id=team_id)]


async def lock(work: Work, user_id: str, team_id: str) -> None:
    """Keep a user's categories for a team from everybody else until this work ends."""
    await work.all(_LOCK, user_id=user_id, team_id=team_id)


async def channels(work: Work, user_id: str, team_id: str) -> list[SidebarChannel]:
    """The user's channels for a team: placed ones in their order, then the others by name."""
    rows = await work.all(_CHANNELS, user_id=user_id, team_id=team_id, team_ids=[team_id, ""])
    return [
        SidebarChannel(
            id=row["id"],
            is_direct=row["type"] in (ChannelType.DIRECT, ChannelType.GROUP),
            category_id=row["category_id"] or "",
        )
        for row in rows
    ]


async def add(work: Work, new: Sequence[SidebarCategory]) -> None:
    """Store categories that are not stored yet; those that are stay as they are."""
    await work.run_many(_ADD, [_stored(category) for category in new])


async def save(work: Work, changed: Sequence[SidebarCategory]) -> None:
    """Store categories, without their channels."""
    await work.run_many(_SAVE, [_stored(category) for category in changed])


async def delete(work: Work, category_id: str) -> None:
    """Delete a category; the channels in it are placed nowhere."""
    await work.run(_EMPTY, category_id=category_id)
    await work.run(_DELETE, id=category_id)


async def place(work: Work, category: SidebarCategory) -> None:
    """Place a category's channels in it, in their order, and no others; they leave where they were."""
    await work.run(_EMPTY, category_id=category.id)
    await work.run_many(
        _PLACE,
        [
            {
                "user_id": category.user_id,
                "team_id": category.team_id,
                "channel_id": channel_id,
                "category_id": category.id,
                "sort_order": at,
            }
            for at, channel_id in enumerate(category.channel_ids)
        ],
    )


def _category_of(row: Row) -> SidebarCategory:
    return SidebarCategory(
        id=row["id"],
        user_id=row["user_id"],
        team_id=row["team_id"],
        type=CategoryType(row["type"]),
        display_name=row["display_name"],
        sorting=Sorting(row["sorting"]),
        muted=bool(row["muted"]),
        collapsed=bool(row["collapsed"]),
        sort_order=row["sort_order"],
    )


def _stored(category: SidebarCategory) -> dict[str, object]:
    return {
        "id": category.id,
        "user_id": category.user_id,
        "team_id": category.team_id,
        "type": category.type.value,
        "display_name": category.display_name,
        "sorting": category.sorting.value,
        "muted": category.muted,
        "collapsed": category.collapsed,
        "sort_order": category.sort_order,
    }
