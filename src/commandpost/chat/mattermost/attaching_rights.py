"""What is switched off over there, or not permitted, that Command Post needs; and what goes without it."""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from commandpost.chat.mattermost.client import Client
from commandpost.chat.mattermost.step import Step
from commandpost.chat.mattermost.whispering import PERMISSION as WHISPERING
from commandpost.chat.mattermost.wire import RoleWire, UserWire

_INTEGRATIONS = "System Console > Integrations > Integration Management"
_SETTINGS = {
    "EnableBotAccountCreation": "System Console > Integrations > Bot Accounts: Enable Bot Account Creation",
    "EnableCommands": f"{_INTEGRATIONS}: Enable Custom Slash Commands",
}
_NAMES = "EnablePostUsernameOverride"
_REACHED = "AllowedUntrustedInternalConnections"
_WHERE_REACHED = "System Console > Environment > Developer, or config.json"

_ROLES = ("team_user", "channel_user", "channel_admin")
"""What a member of a team is, and who has made a channel; schemes of single teams are not looked at."""

_NEEDED = {
    "create_public_channel": "incidents cannot be started in public channels",
    "create_private_channel": "incidents cannot be started in private channels",
    "manage_public_channel_members": "people cannot be added to incidents' public channels",
    "manage_private_channel_members": "people cannot be added to incidents' private channels",
    "create_post": "nothing can be posted",
}
_HELPFUL = {
    WHISPERING: "what concerns one person comes as a direct message (answers to /incident do not)",
    "edit_post": "the control post is replaced by another with each change",
    "delete_post": "reminders stay after they are dealt with",
    "delete_public_channel": "the empty public channel of a start that failed stays",
    "delete_private_channel": "the empty private channel of a start that failed stays",
}


async def settings_missing(settings: dict[str, Any], *, own_url: str, url: str) -> AsyncGenerator[Step]:
    """What is off in the section ServiceSettings, and whether Mattermost would call us at that address.

    `url` is where Mattermost is.
    """
    for name, where in _SETTINGS.items():
        if settings.get(name) is False:
            yield Step(said=f"{name} is off. Switch it on: {where}.", is_trouble=True)
    if settings.get(_NAMES) is False:
        where = f"{_INTEGRATIONS}: Enable integrations to override usernames"
        yield Step(said=f"{_NAMES} is off, so answers to /incident bear the name of who typed it: {where}.")
    host = urlsplit(own_url).hostname or ""
    allowed = settings.get(_REACHED)
    for address in await _addresses(host):
        if _is_named(host, address, allowed if isinstance(allowed, str) else ""):
            continue
        if not address.is_global:
            yield Step(
                said=f"{host} has the address {address} inside your network, which Mattermost calls only if"
                f" {_REACHED} names {host}: {_WHERE_REACHED}. Until then /incident, its dialogs and buttons"
                " fail.",
                is_trouble=True,
            )
        elif host == urlsplit(url).hostname:
            yield Step(
                said=f"If {address} is an address of the very machine that Mattermost runs on, as with a"
                f" reverse proxy beside it, Mattermost calls {host} only if {_REACHED} names it:"
                f" {_WHERE_REACHED}. Should /incident fail, do that."
            )


async def rights_missing(client: Client, bot_id: str) -> AsyncGenerator[Step]:
    """What the bot may not do. Raises Unreachable, Refused."""
    bot = await client.get(f"/users/{bot_id}", UserWire)
    names = sorted({*bot.roles.split(), *_ROLES})
    roles = await client.post("/roles/names", names, list[RoleWire])
    granted = {permission for role in roles for permission in role.permissions or ()}
    for permission, lost in {**_NEEDED, **_HELPFUL}.items():
        if permission not in granted:
            yield Step(
                said=f"The bot lacks the permission {permission}: {lost} (System Console > Permissions).",
                is_trouble=permission in _NEEDED,
            )


async def _addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """What a name stands for, as far as this machine knows."""
    with suppress(ValueError):
        return [ipaddress.ip_address(host)]
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return sorted({ipaddress.ip_address(one[4][0]) for one in found}, key=str)


def _is_named(host: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address, allowed: str) -> bool:
    """Whether a list has that host as it stands, or a network in which the address is.

    An address alone names nothing but a host that is written so.
    """
    for one in allowed.replace(",", " ").split():
        if one == host:
            return True
        if "/" not in one:
            continue
        try:
            if address in ipaddress.ip_network(one, strict=False):
                return True
        except ValueError:
            continue
    return False
