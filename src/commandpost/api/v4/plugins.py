"""Routes about plugins. There is one: the product that manages incidents, which can be switched off.

Its screens are part of our web app, so it has no bundle of its own to load.
"""

import msgspec

from commandpost.api.call import Call, PublicCall
from commandpost.api.v4.route import get, post
from commandpost.api.v4.shapes.config import INCIDENTS_PLUGIN
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.api.v4.shapes.plugins import MANIFEST, ManifestShape
from commandpost.kernel.errors import NotFound
from commandpost.workspace.actions import config
from commandpost.workspace.permissions import Permission, permit

_RUNNING = 2
_NOT_RUNNING = 0


class UnknownPlugin(NotFound):
    """The plugin is not installed."""

    code = "plugin.unknown"


class PluginsShape(msgspec.Struct, kw_only=True):
    """The plugins that are on, and those that are off."""

    active: list[ManifestShape]
    inactive: list[ManifestShape]


class PluginStatusShape(msgspec.Struct, kw_only=True):
    """How a plugin is; `state` 2 is running, 0 is not running."""

    plugin_id: str
    cluster_id: str = ""
    plugin_path: str = ""
    state: int
    name: str
    description: str
    version: str


@get("/plugins/webapp")
async def public_list_webapp_plugins(public: PublicCall) -> list[ManifestShape]:
    """The plugins that have screens; one that is off has none."""
    return [MANIFEST] if public.desks.config.incidents_enabled else []


@get("/plugins/statuses")
async def list_plugin_statuses(call: Call) -> list[PluginStatusShape]:
    """How the plugins are, for system administrators."""
    permit(call.who, Permission.MANAGE_SYSTEM)
    status = PluginStatusShape(
        plugin_id=MANIFEST.id,
        state=_RUNNING if call.desks.config.incidents_enabled else _NOT_RUNNING,
        name=MANIFEST.name,
        description=MANIFEST.description,
        version=MANIFEST.version,
    )
    return [status]


@get("/plugins")
async def list_plugins(call: Call) -> PluginsShape:
    """The plugins, for system administrators."""
    permit(call.who, Permission.MANAGE_SYSTEM)
    if call.desks.config.incidents_enabled:
        return PluginsShape(active=[MANIFEST], inactive=[])
    return PluginsShape(active=[], inactive=[MANIFEST])


@post("/plugins/{plugin_id:str}/enable", status_code=200)
async def enable_plugin(call: Call, plugin_id: str) -> Done:
    """Switch a plugin on."""
    return await _switched(call, plugin_id, on=True)


@post("/plugins/{plugin_id:str}/disable", status_code=200)
async def disable_plugin(call: Call, plugin_id: str) -> Done:
    """Switch a plugin off: its routes, command and screens are gone, its reminders wait, nothing is lost."""
    return await _switched(call, plugin_id, on=False)


async def _switched(call: Call, plugin_id: str, *, on: bool) -> Done:
    permit(call.who, Permission.MANAGE_SYSTEM)
    if plugin_id != INCIDENTS_PLUGIN:
        raise UnknownPlugin
    async with call.desks.writing() as desk:
        await config.change(desk, call.who, {"incidents_enabled": on})
    return DONE


ROUTES = (
    public_list_webapp_plugins,
    list_plugin_statuses,
    list_plugins,
    enable_plugin,
    disable_plugin,
)
