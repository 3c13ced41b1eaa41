"""Preferences: kept for a user's clients, told to the user's other devices."""

from collections.abc import Sequence

from commandpost.kernel.errors import Forbidden, NotFound
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import PreferencesChanged, PreferencesDeleted
from commandpost.workspace.model.preference import Preference
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import permit_self_or_admin
from commandpost.workspace.store import preferences


class NoPreference(NotFound):
    """Unable to find that preference."""

    code = "preference.unknown"


async def of_user(desk: Desk, who: Who, user_id: str) -> list[Preference]:
    """All of a user's preferences. Raises Forbidden."""
    permit_self_or_admin(who, user_id)
    return await preferences.of_user(desk.work, user_id)


async def of_category(desk: Desk, who: Who, user_id: str, category: str) -> list[Preference]:
    """A user's preferences in a category. Raises Forbidden, NoPreference when there is none."""
    permit_self_or_admin(who, user_id)
    found = await preferences.of_category(desk.work, user_id, category)
    if not found:
        raise NoPreference
    return found


async def get(desk: Desk, who: Who, user_id: str, category: str, name: str) -> Preference:
    """One preference. Raises Forbidden, NoPreference."""
    for preference in await of_category(desk, who, user_id, category):
        if preference.name == name:
            return preference
    raise NoPreference


async def put(desk: Desk, who: Who, user_id: str, wanted: Sequence[Preference]) -> None:
    """Keep preferences of a user. Raises Forbidden, also when one names another user; BadPreference."""
    _permit_all(who, user_id, wanted)
    await preferences.put(desk.work, [preference.checked() for preference in wanted])
    desk.tell(PreferencesChanged(user_id=user_id, preferences=_told(wanted)))


async def delete(desk: Desk, who: Who, user_id: str, unwanted: Sequence[Preference]) -> None:
    """Forget preferences of a user. Raises Forbidden, also when one names another user."""
    _permit_all(who, user_id, unwanted)
    await preferences.delete(desk.work, unwanted)
    desk.tell(PreferencesDeleted(user_id=user_id, preferences=_told(unwanted)))


def _permit_all(who: Who, user_id: str, named: Sequence[Preference]) -> None:
    permit_self_or_admin(who, user_id)
    if any(preference.user_id != user_id for preference in named):
        raise Forbidden


def _told(named: Sequence[Preference]) -> tuple[tuple[str, str, str], ...]:
    return tuple((preference.category, preference.name, preference.value) for preference in named)
