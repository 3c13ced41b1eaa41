"""Sidebar categories as v4 sends them."""

from collections.abc import Iterable

import msgspec

from commandpost.workspace.model.sidebar import SidebarCategory


class CategoryShape(msgspec.Struct, kw_only=True):
    """A sidebar category with the channels in it."""

    id: str
    user_id: str
    team_id: str
    sort_order: int
    sorting: str
    type: str
    display_name: str
    muted: bool
    collapsed: bool
    channel_ids: list[str]


class CategoriesShape(msgspec.Struct, kw_only=True):
    """All categories of a user for a team, and the order of their ids."""

    categories: list[CategoryShape]
    order: list[str]


def category_shape(category: SidebarCategory) -> CategoryShape:
    """A category."""
    return CategoryShape(
        id=category.id,
        user_id=category.user_id,
        team_id=category.team_id,
        sort_order=category.sort_order,
        sorting=category.sorting.value,
        type=category.type.value,
        display_name=category.display_name,
        muted=category.muted,
        collapsed=category.collapsed,
        channel_ids=list(category.channel_ids),
    )


def categories_shape(categories: Iterable[SidebarCategory]) -> CategoriesShape:
    """Categories in their order."""
    shapes = [category_shape(category) for category in categories]
    return CategoriesShape(categories=shapes, order=[shape.id for shape in shapes])
