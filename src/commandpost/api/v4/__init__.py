"""REST v4: the chat, as Mattermost's clients expect it. Wire names live here and nowhere deeper."""

from litestar import Router

from commandpost.api.v4 import system

PREFIX = "/api/v4"

router = Router(PREFIX, route_handlers=[*system.ROUTES])
