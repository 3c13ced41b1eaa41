"""Routes about a user's sidebar categories."""

import re

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.params import BadBodyParameter, BadPathParameter, path_id
from commandpost.api.v4.route import delete, get, post, put
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.api.v4.shapes.sidebar import (
    CategoriesShape,
    CategoryShape,
    categories_shape,
    category_shape,
)
from commandpost.workspace.actions import sidebar
from commandpost.workspace.model.sidebar import CategoryChange, Sorting

_BASE = "/users/{user_id:str}/teams/{team_id:str}/channels/categories"
_CATEGORY_ID = re.compile(r"[A-Za-z0-9_-]{1,100}\Z")
_MOST_CHANNELS = 10_000


class CategoryBody(msgspec.Struct, kw_only=True):
    """A category as wanted; what is left out stays."""

    id: str | None = None
    display_name: str | None = None
    sorting: str | None = None
    muted: bool | None = None
    collapsed: bool | None = None
    channel_ids: list[str] | None = None


@get(_BASE)
async def list_categories(call: Call, user_id: str, team_id: str) -> CategoriesShape:
    """A user's categories for a team, and their order."""
    async with call.desks.reading() as desk:
        return categories_shape(await sidebar.categories(desk, call.who, *_whose(call, user_id, team_id)))


@post(_BASE, status_code=200)
async def create_category(call: Call, user_id: str, team_id: str, data: CategoryBody) -> CategoryShape:
    """Make a custom category."""
    async with call.desks.writing() as desk:
        made = await sidebar.create(
            desk, call.who, *_whose(call, user_id, team_id), _change(data, category_id="")
        )
    return category_shape(made)


@put(_BASE)
async def update_categories(
    call: Call, user_id: str, team_id: str, data: list[CategoryBody]
) -> list[CategoryShape]:
    """Change several categories at once, as moving a channel from one to another does."""
    wanted = [_change(body, category_id=body.id or "") for body in data]
    if not wanted or len({one.id for one in wanted}) < len(wanted):
        raise BadBodyParameter("Invalid or missing categories in request body.")
    async with call.desks.writing() as desk:
        changed = await sidebar.change(desk, call.who, *_whose(call, user_id, team_id), wanted)
    return [category_shape(category) for category in changed]


@get(f"{_BASE}/order")
async def get_category_order(call: Call, user_id: str, team_id: str) -> list[str]:
    """The ids of a user's categories, in their order."""
    async with call.desks.reading() as desk:
        found = await sidebar.categories(desk, call.who, *_whose(call, user_id, team_id))
    return [category.id for category in found]


@put(f"{_BASE}/order")
async def set_category_order(call: Call, user_id: str, team_id: str, data: list[str]) -> list[str]:
    """Put a user's categories into an order."""
    async with call.desks.writing() as desk:
        return await sidebar.reorder(desk, call.who, *_whose(call, user_id, team_id), data)


@get(f"{_BASE}/{{category_id:str}}")
async def get_category(call: Call, user_id: str, team_id: str, category_id: str) -> CategoryShape:
    """One category."""
    async with call.desks.reading() as desk:
        found = await sidebar.category(
            desk, call.who, *_whose(call, user_id, team_id), _category_id(category_id)
        )
    return category_shape(found)


@put(f"{_BASE}/{{category_id:str}}")
async def update_category(
    call: Call, user_id: str, team_id: str, category_id: str, data: CategoryBody
) -> CategoryShape:
    """Change one category."""
    wanted = _change(data, category_id=_category_id(category_id))
    async with call.desks.writing() as desk:
        changed = await sidebar.change(desk, call.who, *_whose(call, user_id, team_id), [wanted])
    return category_shape(changed[0])


@delete(f"{_BASE}/{{category_id:str}}")
async def delete_category(call: Call, user_id: str, team_id: str, category_id: str) -> Done:
    """Delete a custom category; its channels fall back to where they belong by kind."""
    async with call.desks.writing() as desk:
        await sidebar.delete(desk, call.who, *_whose(call, user_id, team_id), _category_id(category_id))
    return DONE


def _whose(call: Call, user_id: str, team_id: str) -> tuple[str, str]:
    return path_id(call.me(user_id), "user_id"), path_id(team_id, "team_id")


def _category_id(text: str) -> str:
    if not _CATEGORY_ID.match(text):
        raise BadPathParameter("Invalid or missing category_id parameter in request URL.")
    return text


def _change(body: CategoryBody, *, category_id: str) -> CategoryChange:
    if body.sorting not in (None, *Sorting) or len(body.channel_ids or ()) > _MOST_CHANNELS:
        raise BadBodyParameter("Invalid or missing category in request body.")
    return CategoryChange(
        id=category_id,
        display_name=body.display_name,
        sorting=None if body.sorting is None else Sorting(body.sorting),
        muted=body.muted,
        collapsed=body.collapsed,
        channel_ids=None if body.channel_ids is None else tuple(body.channel_ids),
    )


ROUTES = (
    list_categories,
    create_category,
    update_categories,
    get_category_order,
    set_category_order,
    get_category,
    update_category,
    delete_category,
)
