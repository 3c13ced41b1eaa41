"""The plugin for Mattermost's web app: uploaded and enabled where that is allowed, and taken away again."""

import hashlib
import json
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Any, cast

import msgspec

from commandpost.chat.mattermost.client import Client, Refused, Unreachable, Upload
from commandpost.chat.mattermost.step import Step
from commandpost.chat.mattermost.store import facts
from commandpost.db import Database
from commandpost.incidents.dialogs import PLUGIN_ID as ORIGINAL_ID

PLUGIN_ID = "commandpost"
"""The plugin's id over there.

Our addresses bear the original's, but the plugin cannot: Playbooks removes what has that whenever it starts,
and a Mattermost that brings the original along puts it in the place of what has a lower version.
"""

NAME = "Command Post"
"""What the plugin is called in its manifest."""

_PATIENCE_S = 120.0
_WHERE = "Command Post works without it too: by /incident, dialogs and the post with buttons in each channel."
_SETTINGS = {
    "Enable": (True, "System Console > Plugins > Plugin Management: Enable Plugins"),
    "EnableUploads": (True, '"EnableUploads": true in config.json, or MM_PLUGINSETTINGS_ENABLEUPLOADS'),
    "RequirePluginSignature": (False, "System Console > Plugins: Require Plugin Signature, which ours lacks"),
}
"""What each setting has to be, and where it is."""


class PluginWire(msgspec.Struct, kw_only=True):
    id: str
    name: str = ""
    version: str = ""


class PluginsWire(msgspec.Struct, kw_only=True):
    active: list[PluginWire] | None = None
    inactive: list[PluginWire] | None = None


@dataclass(frozen=True, slots=True)
class _Installed:
    """A plugin that is there, and whether it is on."""

    name: str
    version: str
    is_active: bool


class AttachingPlugin:
    """With an administrator's client. `bundle` gives the file, or raises FileNotFoundError."""

    def __init__(
        self, client: Client, database: Database, *, version: str, bundle: Callable[[], bytes]
    ) -> None:
        self._client = client
        self._database = database
        self._version = version
        self._bundle = bundle

    async def attach(self) -> AsyncGenerator[Step]:
        """Bring the plugin up to date and switch it on, or say what stands in the way."""
        obstacles = await self._obstacles()
        if obstacles:
            for said in obstacles:
                yield Step(said=said, is_trouble=True)
            return
        try:
            async for step in self._brought():
                yield step
        except FileNotFoundError:
            yield Step(said=f"The plugin is not part of this installation. {_WHERE}", is_trouble=True)
        except (Refused, Unreachable) as refusal:
            yield Step(said=f"The plugin could not be uploaded: {refusal.message} {_WHERE}", is_trouble=True)

    async def detach(self) -> AsyncGenerator[Step]:
        """Remove the plugin, if it is there."""
        try:
            if PLUGIN_ID not in await self._installed():
                return
            await self._client.call("DELETE", f"/plugins/{PLUGIN_ID}", within_s=_PATIENCE_S)
        except (Refused, Unreachable) as refusal:
            yield Step(said=f"The plugin could not be removed: {refusal.message}", is_trouble=True)
        else:
            yield Step(said="The plugin is removed.")

    async def _obstacles(self) -> list[str]:
        config = await self._client.get("/config", dict[str, Any])
        settings = config.get("PluginSettings")
        told = cast("dict[str, Any]", settings) if isinstance(settings, dict) else dict[str, Any]()
        return [
            f"PluginSettings.{name} is {str(told[name]).lower()}, so the plugin cannot be uploaded: {where}."
            f" {_WHERE}"
            for name, (wanted, where) in _SETTINGS.items()
            if isinstance(told.get(name), bool) and told[name] is not wanted
        ]

    async def _brought(self) -> AsyncGenerator[Step]:
        installed = await self._installed()
        original, known = installed.get(ORIGINAL_ID), installed.get(PLUGIN_ID)
        if original is not None and original.is_active:
            yield Step(
                said=f"{original.name} {original.version} is on, which has the addresses that are the"
                " plugin's too. Move its incidents over (docs/run/moving.md), disable or remove it, attach"
                f" again. {_WHERE}",
                is_trouble=True,
            )
            return
        content = self._bundle()
        digest = hashlib.sha256(content).hexdigest()
        if known is None or known.version != self._version or await self._uploaded() != digest:
            upload = Upload(
                field="plugin",
                filename=f"{PLUGIN_ID}-{self._version}.tar.gz",
                content=content,
                others={"force": "true"},
            )
            await self._client.call("POST", "/plugins", body=upload, within_s=_PATIENCE_S)
            async with self._database.write() as work:
                await facts.put(work, facts.PLUGIN, json.dumps(digest))
            yield Step(said=f"The plugin {self._version} is uploaded.")
        else:
            yield Step(said=f"The plugin {self._version} is there.")
        if known is not None and known.is_active:
            yield Step(said="The plugin is on.")
            return
        await self._client.call("POST", f"/plugins/{PLUGIN_ID}/enable", within_s=_PATIENCE_S)
        yield Step(said="The plugin is switched on; open windows load it within seconds.")

    async def _uploaded(self) -> str:
        """The digest of what was uploaded last; "" if nothing was, or nobody noted it."""
        async with self._database.read() as work:
            told = await facts.get(work, facts.PLUGIN)
        return json.loads(told) if told else ""

    async def _installed(self) -> dict[str, _Installed]:
        """All plugins, by id."""
        plugins = await self._client.get("/plugins", PluginsWire)
        return {
            one.id: _Installed(one.name, one.version, is_active)
            for is_active, listed in ((True, plugins.active), (False, plugins.inactive))
            for one in listed or ()
        }
