"""Telling one person something where nobody else sees it.

Mattermost lets only administrators post for one person's eyes (`create_post_ephemeral`), unless its roles
were changed. Where the bot may not, it sends a direct message instead, which says where it belongs.
"""

from contextlib import suppress
from typing import Any
from urllib.parse import quote

from commandpost.chat.mattermost.client import Refused, read
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.wire import ChannelWire

PERMISSION = "create_post_ephemeral"

_FORBIDDEN = 403


async def whisper(
    server: Mattermost, user_id: str, channel_id: str, message: str, attachments: list[dict[str, Any]]
) -> None:
    """Show it in the channel, for one user alone; otherwise send it. Raises Unreachable, Refused."""
    props = {"props": {"attachments": attachments}} if attachments else {}
    post = {"channel_id": channel_id, "message": message, **props}
    try:
        await server.client.call(
            "POST", "/posts/ephemeral", body={"user_id": user_id, "post": post}, probing=True
        )
    except Refused as refusal:
        if refusal.status != _FORBIDDEN:
            raise
        talk = await server.client.post("/channels/direct", [server.bot.id, user_id], ChannelWire)
        where = await _about(server, channel_id)
        letter = {"channel_id": talk.id, "message": f"{where}{message}", **props}
        await server.client.call("POST", "/posts", body=letter, probing=True)


async def _about(server: Mattermost, channel_id: str) -> str:
    """Where it belongs, if the bot can say that."""
    with suppress(Refused):
        path = f"/channels/{quote(channel_id, safe='')}"
        channel = read(await server.client.call("GET", path, probing=True), ChannelWire)
        return f"~{channel.name}: "
    return ""
