"""The settings that can change while the server runs: read at the start, changed by an administrator."""

from collections.abc import Mapping

import msgspec

from commandpost.audit.entry import Deed
from commandpost.kernel.ids import new_id
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import ConfigChanged
from commandpost.workspace.model.config import Config, Value, adjusted
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit
from commandpost.workspace.store import config_values

_DIAGNOSTIC_ID = "diagnostic_id"


async def load(desk: Desk) -> Config:
    """The settings in force, at a server's start; an installation without an id of its own is given one."""
    await config_values.put_if_absent(
        desk.work, _DIAGNOSTIC_ID, msgspec.json.encode(new_id()).decode(), desk.now
    )
    return await in_force(desk)


async def in_force(desk: Desk) -> Config:
    """The starting values (the desk's), overlaid by what was changed over the API since."""
    kept = await config_values.all_of(desk.work)
    return adjusted(desk.config, {name: msgspec.json.decode(value) for name, value in kept.items()})


async def change(desk: Desk, who: Who, changes: Mapping[str, Value]) -> Config:
    """Change settings, by their names in `Config`; what is not named stays.

    Raises Forbidden for anybody but system administrators, BadSetting for values that cannot be used.
    """
    permit(who, Permission.MANAGE_SYSTEM)
    config = adjusted(desk.config, changes)
    if config == desk.config:
        return config
    changed = {
        name: msgspec.json.encode(getattr(config, name)).decode()
        for name in changes
        if getattr(config, name) != getattr(desk.config, name)
    }
    await config_values.put(desk.work, changed, desk.now)
    before = {name: getattr(desk.config, name) for name in changed}
    after = {name: getattr(config, name) for name in changed}
    await desk.record(Deed.CONFIG_CHANGED, "", by=who.user_id, before=before, after=after)
    desk.tell(ConfigChanged(config=config, before=desk.config))
    return config
