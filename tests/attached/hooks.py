"""What Mattermost would send to our hooks."""

from collections.abc import Sequence
from typing import Any, cast

import httpx

from commandpost.api.attached.hooks import PREFIX
from tests.support.attached import Attached, Colleague

TOKEN = "token-of-the-command"


class Hooks:
    """What Mattermost would send us."""

    def __init__(self, attached: Attached) -> None:
        self._attached = attached
        transport = httpx.ASGITransport(app=cast("Any", attached.app), raise_app_exceptions=False)
        self._client = httpx.AsyncClient(base_url=f"http://chat.test{PREFIX}", transport=transport)

    async def command(
        self,
        by: Colleague,
        text: str,
        *,
        channel_id: str = "",
        token: str = TOKEN,
        trigger_id: str = "",
        response_url: str = "",
        mentions: Sequence[str] = (),
    ) -> httpx.Response:
        """Sent with the ids of those who are mentioned in it, as Mattermost does."""
        form: dict[str, str | Sequence[str]] = {
            "token": token,
            "user_id": by.id,
            "channel_id": channel_id,
            "team_id": self._attached.team_id,
            "text": text,
            "trigger_id": trigger_id,
            "command": "/incident",
            "response_url": response_url,
            "user_mentions": mentions,
            "user_mentions_ids": mentions,
        }
        return await self._client.post("/command", data=form)

    async def post(self, path: str, body: dict[str, Any], *, session: str = "") -> httpx.Response:
        """Sent with somebody's session, as Mattermost does where we are below its own address."""
        headers = {"Authorization": f"Bearer {session}"} if session else {}
        return await self._client.post(path, json=body, headers=headers)
