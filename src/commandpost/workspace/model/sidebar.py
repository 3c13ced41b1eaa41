"""How a user arranges their channels of one team: categories in an order, channels in an order within."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from commandpost.kernel.errors import Invalid, NotFound
from commandpost.kernel.text import is_storable

MAX_DISPLAY_NAME = 64
MAX_CATEGORIES = 200


class CategoryType(StrEnum):
    """As on the wire. Every user has one of each, and custom ones as they like."""

    FAVORITES = "favorites"
    CUSTOM = "custom"
    CHANNELS = "channels"
    DIRECT_MESSAGES = "direct_messages"


class Sorting(StrEnum):
    """How clients sort the channels within a category, as on the wire."""

    DEFAULT = ""
    MANUAL = "manual"
    RECENT = "recent"
    ALPHA = "alpha"


class UnknownCategory(NotFound):
    """Unable to find the sidebar category."""

    code = "sidebar.unknown_category"


class BadCategoryName(Invalid):
    """A sidebar category's name must have 1 to 64 characters."""

    code = "sidebar.bad_name"


class BadCategoryOrder(Invalid):
    """The order must name each sidebar category of the team once."""

    code = "sidebar.bad_order"


class BuiltInCategory(Invalid):
    """Only custom sidebar categories can be deleted."""

    code = "sidebar.built_in"


class TooManyCategories(Invalid):
    """There are as many sidebar categories as there may be; delete some first."""

    code = "sidebar.too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class SidebarCategory:
    """A category. `channel_ids` are those in it that the user is a member of, in their order."""

    id: str
    user_id: str
    team_id: str
    type: CategoryType
    display_name: str
    sorting: Sorting = Sorting.DEFAULT
    muted: bool = False
    collapsed: bool = False
    sort_order: int = 0
    channel_ids: tuple[str, ...] = ()

    def takes(self, channel: "SidebarChannel") -> bool:
        """Whether a channel may be placed here."""
        if self.type == CategoryType.CHANNELS:
            return not channel.is_direct
        if self.type == CategoryType.DIRECT_MESSAGES:
            return channel.is_direct
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class SidebarChannel:
    """A channel of the user's; `category_id` is "" for one that has not been placed."""

    id: str
    is_direct: bool
    category_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryChange:
    """What of a category is to be changed; None leaves it as it is."""

    id: str
    display_name: str | None = None
    sorting: Sorting | None = None
    muted: bool | None = None
    collapsed: bool | None = None
    channel_ids: tuple[str, ...] | None = None


def built_in(user_id: str, team_id: str) -> tuple[SidebarCategory, ...]:
    """The categories that everybody has, in their first order."""
    named = (
        (CategoryType.FAVORITES, "Favorites", Sorting.DEFAULT),
        (CategoryType.CHANNELS, "Channels", Sorting.DEFAULT),
        (CategoryType.DIRECT_MESSAGES, "Direct Messages", Sorting.RECENT),
    )
    return ordered(
        SidebarCategory(
            id=f"{kind}_{user_id}_{team_id}",
            user_id=user_id,
            team_id=team_id,
            type=kind,
            display_name=name,
            sorting=sorting,
        )
        for kind, name, sorting in named
    )


def ordered(categories: Iterable[SidebarCategory]) -> tuple[SidebarCategory, ...]:
    """The categories with their places written into them."""
    return tuple(replace(category, sort_order=10 * at) for at, category in enumerate(categories))


def checked_category_name(name: str) -> str:
    """A custom category's name, trimmed. Raises BadCategoryName."""
    trimmed = name.strip()
    if not 1 <= len(trimmed) <= MAX_DISPLAY_NAME or not is_storable(trimmed):
        raise BadCategoryName
    return trimmed


def arranged(
    categories: Iterable[SidebarCategory], channels: Iterable[SidebarChannel]
) -> tuple[SidebarCategory, ...]:
    """The categories with their channels: placed ones where they are placed, the others by their kind."""
    listed = tuple(categories)
    ids = {category.id for category in listed}
    by_type = {category.type: category.id for category in listed}
    inside: dict[str, list[str]] = {category.id: [] for category in listed}
    for channel in channels:
        fallback = CategoryType.DIRECT_MESSAGES if channel.is_direct else CategoryType.CHANNELS
        home = channel.category_id if channel.category_id in ids else by_type[fallback]
        inside[home].append(channel.id)
    return tuple(replace(category, channel_ids=tuple(inside[category.id])) for category in listed)
