"""The channels that a message names as ~channel, so that clients can show links to them."""

import re
from typing import Any

from commandpost.workspace.desk import Desk
from commandpost.workspace.model.channel import Channel, ChannelType
from commandpost.workspace.model.post import CHANNEL_LINKS
from commandpost.workspace.store import channels, teams

_NAME = re.compile(r"(?<!\w)~([a-z0-9][a-z0-9_\-]*)", re.IGNORECASE)
_MOST = 50


async def props_for(desk: Desk, channel: Channel, message: str) -> dict[str, Any]:
    """The prop for a message in a channel: the team's public channels among those named, by name; {} if none.

    Private channels are left out, whoever writes: everybody who reads the post would learn of them.
    """
    if "~" not in message or not channel.team_id:
        return {}
    names = sorted({name.lower() for name in _NAME.findall(message)})[:_MOST]
    if not names:
        return {}
    found = [
        one
        for one in await channels.by_names(desk.work, channel.team_id, names)
        if one.type is ChannelType.PUBLIC and not one.is_archived
    ]
    team = await teams.by_id(desk.work, channel.team_id) if found else None
    if team is None:
        return {}
    return {
        CHANNEL_LINKS: {one.name: {"display_name": one.display_name, "team_name": team.name} for one in found}
    }
