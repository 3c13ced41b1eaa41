"""What our pages ask of the chat: passed on to Mattermost as the member who asks, with their rights alone."""

import msgspec

from commandpost.chat.mattermost.client import Refused
from commandpost.chat.mattermost.conversation import CONVERSATION
from commandpost.chat.mattermost.server import Mattermost
from commandpost.kernel.errors import Unauthenticated

_KINDS = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"{", "application/json"),
    (b"[", "application/json"),
)


class PassingOn:
    """Calls of Mattermost's REST v4 on behalf of whoever makes the request under way."""

    def __init__(self, server: Mattermost) -> None:
        self._server = server

    async def passed_on(
        self, method: str, path: str, query: dict[str, str], body: bytes
    ) -> tuple[int, str, bytes]:
        """Status, type and content of the answer. Raises Unauthenticated, Unreachable."""
        talk = CONVERSATION.get()
        if talk is None or not talk.token:
            raise Unauthenticated
        told = msgspec.Raw(body) if body else None
        try:
            answer = await self._server.client.call(method, path, token=talk.token, query=query, body=told)
        except Refused as refusal:
            shape = {"id": refusal.rule, "message": refusal.message, "status_code": refusal.status}
            return refusal.status, "application/json", msgspec.json.encode(shape)
        kind = next((kind for start, kind in _KINDS if answer.startswith(start)), "application/octet-stream")
        return 200, kind, answer
