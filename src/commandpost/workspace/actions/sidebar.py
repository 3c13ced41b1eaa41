"""A user's sidebar for one team: categories made, changed, ordered, deleted.

The built-in categories are stored by the first change; before it they are shown without being stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from commandpost.kernel.ids import new_id
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import (
    ChannelMemberUpdated,
    SidebarCategoriesUpdated,
    SidebarCategoryCreated,
    SidebarCategoryDeleted,
    SidebarOrderChanged,
)
from commandpost.workspace.model.sidebar import (
    MAX_CATEGORIES,
    BadCategoryOrder,
    BuiltInCategory,
    CategoryChange,
    CategoryType,
    SidebarCategory,
    SidebarChannel,
    TooManyCategories,
    UnknownCategory,
    arranged,
    built_in,
    checked_category_name,
    ordered,
)
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit, permit_self_or_admin
from commandpost.workspace.store import channel_members, sidebar, standing

Categories = tuple[SidebarCategory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sidebar:
    """A user's sidebar for one team: the categories with their channels, and the channels themselves."""

    categories: Categories
    channels: Mapping[str, SidebarChannel]

    def category(self, category_id: str) -> SidebarCategory:
        """Raises UnknownCategory."""
        for category in self.categories:
            if category.id == category_id:
                return category
        raise UnknownCategory


async def categories(desk: Desk, who: Who, user_id: str, team_id: str) -> Categories:
    """A user's categories for a team, in their order. Raises Forbidden."""
    await _permit(desk, who, user_id, team_id)
    stored = await sidebar.categories(desk.work, user_id, team_id)
    channels = await sidebar.channels(desk.work, user_id, team_id)
    return arranged(stored or built_in(user_id, team_id), channels)


async def category(desk: Desk, who: Who, user_id: str, team_id: str, category_id: str) -> SidebarCategory:
    """One category. Raises Forbidden, UnknownCategory."""
    found = await categories(desk, who, user_id, team_id)
    return _Sidebar(categories=found, channels={}).category(category_id)


async def create(desk: Desk, who: Who, user_id: str, team_id: str, wanted: CategoryChange) -> SidebarCategory:
    """Make a custom category, placed after the favorites; its channels leave where they were.

    Raises Forbidden, BadCategoryName, TooManyCategories.
    """
    before = await _locked(desk, who, user_id, team_id)
    if len(before.categories) >= MAX_CATEGORIES:
        raise TooManyCategories
    new = SidebarCategory(
        id=new_id(),
        user_id=user_id,
        team_id=team_id,
        type=CategoryType.CUSTOM,
        display_name=checked_category_name(wanted.display_name or ""),
    )
    changed = _changed(new, replace(wanted, id=new.id), before.channels)
    at = 1 + [category.type for category in before.categories].index(CategoryType.FAVORITES)
    await sidebar.save(desk.work, ordered((*before.categories[:at], changed, *before.categories[at:])))
    await sidebar.place(desk.work, changed)
    after = await _after(desk, before, user_id, team_id)
    desk.tell(SidebarCategoryCreated(user_id=user_id, team_id=team_id, category_id=new.id))
    return after.category(new.id)


async def change(
    desk: Desk, who: Who, user_id: str, team_id: str, wanted: Sequence[CategoryChange]
) -> list[SidebarCategory]:
    """Change categories; of a channel named in several, the last one keeps it.

    Channels one is not a member of are passed over, as are those that a built-in category does not take.
    Raises Forbidden, UnknownCategory, BadCategoryName.
    """
    before = await _locked(desk, who, user_id, team_id)
    changes = [(one, _changed(before.category(one.id), one, before.channels)) for one in wanted]
    await sidebar.save(desk.work, [changed for _, changed in changes])
    for one, changed in changes:
        if one.channel_ids is not None:
            await sidebar.place(desk.work, changed)
    after = await _after(desk, before, user_id, team_id)
    updated = [after.category(one.id) for one in wanted]
    desk.tell(SidebarCategoriesUpdated(user_id=user_id, team_id=team_id, categories=tuple(updated)))
    return updated


async def reorder(desk: Desk, who: Who, user_id: str, team_id: str, category_ids: Sequence[str]) -> list[str]:
    """Put all the categories into this order. Raises Forbidden, BadCategoryOrder."""
    before = await _locked(desk, who, user_id, team_id)
    if sorted(category_ids) != sorted(category.id for category in before.categories):
        raise BadCategoryOrder
    await sidebar.save(desk.work, ordered(before.category(category_id) for category_id in category_ids))
    desk.tell(SidebarOrderChanged(user_id=user_id, team_id=team_id, order=tuple(category_ids)))
    return list(category_ids)


async def delete(desk: Desk, who: Who, user_id: str, team_id: str, category_id: str) -> None:
    """Delete a custom category; its channels fall back to where they belong by kind.

    Raises Forbidden, UnknownCategory, BuiltInCategory.
    """
    before = await _locked(desk, who, user_id, team_id)
    if before.category(category_id).type != CategoryType.CUSTOM:
        raise BuiltInCategory
    await sidebar.delete(desk.work, category_id)
    await _after(desk, before, user_id, team_id)
    desk.tell(SidebarCategoryDeleted(user_id=user_id, team_id=team_id, category_id=category_id))


async def _permit(desk: Desk, who: Who, user_id: str, team_id: str) -> None:
    permit_self_or_admin(who, user_id)
    permit(who, Permission.VIEW_TEAM, await standing.in_team(desk.work, who.user_id, team_id))


async def _locked(desk: Desk, who: Who, user_id: str, team_id: str) -> _Sidebar:
    """The sidebar, stored by now, and not changed by anybody else until this work is committed."""
    await _permit(desk, who, user_id, team_id)
    await sidebar.add(desk.work, built_in(user_id, team_id))
    await sidebar.lock(desk.work, user_id, team_id)
    stored = await sidebar.categories(desk.work, user_id, team_id)
    return await _with_channels(desk, stored, user_id, team_id)


async def _after(desk: Desk, before: _Sidebar, user_id: str, team_id: str) -> _Sidebar:
    """The sidebar as it is now; channels that have come under a muted category, or out of one, follow it."""
    stored = await sidebar.categories(desk.work, user_id, team_id)
    after = await _with_channels(desk, stored, user_id, team_id)
    were, are = _muted(before.categories), _muted(after.categories)
    members = await channel_members.of_user_in(desk.work, user_id, sorted(were ^ are))
    changed = [
        replace(
            member,
            notify_props={
                **member.notify_props,
                "mark_unread": "mention" if member.channel_id in are else "all",
            },
            last_update_at=desk.now,
        )
        for member in members
    ]
    await channel_members.set_notify_props(desk.work, changed)
    for member in changed:
        desk.tell(ChannelMemberUpdated(member=member))
    return after


async def _with_channels(
    desk: Desk, stored: Sequence[SidebarCategory], user_id: str, team_id: str
) -> _Sidebar:
    channels = await sidebar.channels(desk.work, user_id, team_id)
    return _Sidebar(
        categories=arranged(stored, channels), channels={channel.id: channel for channel in channels}
    )


def _changed(
    category: SidebarCategory, wanted: CategoryChange, channels: Mapping[str, SidebarChannel]
) -> SidebarCategory:
    """The category as wanted. Built-in ones keep their names. Raises BadCategoryName."""
    name = category.display_name
    if category.type == CategoryType.CUSTOM and wanted.display_name is not None:
        name = checked_category_name(wanted.display_name)
    placed = category.channel_ids if wanted.channel_ids is None else wanted.channel_ids
    return replace(
        category,
        display_name=name,
        sorting=category.sorting if wanted.sorting is None else wanted.sorting,
        muted=category.muted if wanted.muted is None else wanted.muted,
        collapsed=category.collapsed if wanted.collapsed is None else wanted.collapsed,
        channel_ids=tuple(
            channel_id
            for channel_id in dict.fromkeys(placed)
            if channel_id in channels and category.takes(channels[channel_id])
        ),
    )


def _muted(found: Categories) -> set[str]:
    return {channel_id for category in found if category.muted for channel_id in category.channel_ids}
