"""How a user has arranged their sidebar, told to all their clients."""

from collections.abc import Sequence

import msgspec

from commandpost.api.live import Translators
from commandpost.api.v4.shapes.sidebar import category_shape
from commandpost.live.event import Audience, Frame
from commandpost.live.message import Message
from commandpost.workspace.events import (
    SidebarCategoriesUpdated,
    SidebarCategoryCreated,
    SidebarCategoryDeleted,
    SidebarOrderChanged,
)


def category_created(fact: SidebarCategoryCreated) -> Sequence[Message]:
    """`sidebar_category_created`."""
    audience = Audience(user_id=fact.user_id, team_id=fact.team_id)
    return [Frame.of("sidebar_category_created", {"category_id": fact.category_id}, audience)]


def categories_updated(fact: SidebarCategoriesUpdated) -> Sequence[Message]:
    """`sidebar_category_updated`, with the categories as they are now."""
    audience = Audience(user_id=fact.user_id, team_id=fact.team_id)
    shapes = [category_shape(category) for category in fact.categories]
    wire = {"updatedCategories": msgspec.json.encode(shapes).decode()}
    return [Frame.of("sidebar_category_updated", wire, audience)]


def category_deleted(fact: SidebarCategoryDeleted) -> Sequence[Message]:
    """`sidebar_category_deleted`."""
    audience = Audience(user_id=fact.user_id, team_id=fact.team_id)
    return [Frame.of("sidebar_category_deleted", {"category_id": fact.category_id}, audience)]


def order_changed(fact: SidebarOrderChanged) -> Sequence[Message]:
    """`sidebar_category_order_updated`."""
    audience = Audience(user_id=fact.user_id, team_id=fact.team_id)
    return [Frame.of("sidebar_category_order_updated", {"order": fact.order}, audience)]


TRANSLATORS: Translators = {
    SidebarCategoryCreated: category_created,
    SidebarCategoriesUpdated: categories_updated,
    SidebarCategoryDeleted: category_deleted,
    SidebarOrderChanged: order_changed,
}
