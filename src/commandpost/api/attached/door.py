"""The door of an attached Command Post: who comes in, and in which conversation they are answered."""

from typing import cast

from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from commandpost.api.attached import hooks
from commandpost.api.attached.identity import presented_token, who_is
from commandpost.api.attached.ports import Reception
from commandpost.api.attached.repeating import repeated
from commandpost.api.call import IDENTITY, ApiRequest
from commandpost.api.errors import answer
from commandpost.audit.origin import ORIGIN, Origin
from commandpost.kernel.errors import Refusal


class Door:
    """ASGI layer before the routes. Calls within the process have their caller and conversation already.

    What comes by hooks proves itself otherwise: the token that Mattermost sends along is a command's.
    """

    def __init__(self, app: ASGIApp, reception: Reception) -> None:
        self._app = app
        self._reception = reception

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or IDENTITY in scope:
            await self._app(scope, receive, send)
            return
        try:
            await self._received(scope, receive, send)
        except Refusal as refusal:
            request = ApiRequest(scope, receive, send)
            response = answer(request, refusal)
            await response.to_asgi_response(app=None, request=request)(scope, receive, send)

    async def _received(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        token = "" if scope["path"].startswith(hooks.PREFIX) else presented_token(scope)
        guest = await self._reception.by_session(token) if token else None
        told = cast("dict[str, object]", scope)
        told[IDENTITY] = who_is(guest) if guest else None
        if client := scope["client"]:
            ORIGIN.set(Origin(client[0], ""))
        if guest is None:
            await self._app(scope, receive, send)
            return
        with self._reception.conversation(guest) as talk:
            try:
                await repeated(self._app, scope, receive, send, reception=self._reception, talk=talk)
            finally:
                await self._reception.end(talk)
