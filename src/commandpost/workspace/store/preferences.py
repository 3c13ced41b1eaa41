"""Queries about preferences."""

from collections.abc import Sequence

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.preference import Preference

_SELECT = "SELECT user_id, category, name, value FROM preferences WHERE user_id = :user_id"
_OF_USER = Sql(f"{_SELECT} ORDER BY category, name")
_OF_CATEGORY = Sql(f"{_SELECT} AND category = :category ORDER BY name")
_PUT = Sql(
    "INSERT INTO preferences (user_id, category, name, value) VALUES (:user_id, :category, :name, :value)"
    " ON CONFLICT (user_id, category, name) DO UPDATE SET value = excluded.value"
)
_DELETE = Sql("DELETE FROM preferences WHERE user_id = :user_id AND category = :category AND name = :name")


async def of_user(work: Work, user_id: str) -> list[Preference]:
    """All of a user's preferences."""
    return [_preference_of(row) for row in await work.all(_OF_USER, user_id=user_id)]


async def of_category(work: Work, user_id: str, category: str) -> list[Preference]:
    """A user's preferences in a category."""
    return [_preference_of(row) for row in await work.all(_OF_CATEGORY, user_id=user_id, category=category)]


async def put(work: Work, preferences: Sequence[Preference]) -> None:
    """Store preferences, over those of the same name."""
    await work.run_many(
        _PUT,
        [
            {"user_id": p.user_id, "category": p.category, "name": p.name, "value": p.value}
            for p in sorted(preferences, key=lambda p: (p.category, p.name))
        ],
    )


async def delete(work: Work, preferences: Sequence[Preference]) -> None:
    """Remove the preferences of these names."""
    await work.run_many(
        _DELETE,
        [
            {"user_id": p.user_id, "category": p.category, "name": p.name}
            for p in sorted(preferences, key=lambda p: (p.category, p.name))
        ],
    )


def _preference_of(row: Row) -> Preference:
    return Preference(user_id=row["user_id"], category=row["category"], name=row["name"], value=row["value"])
