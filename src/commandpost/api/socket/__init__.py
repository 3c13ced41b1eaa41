"""The WebSocket of API v4: handshake, requests and replies; live frames go out through the hub.

Specified by Mattermost's WebSocket API (https://developers.mattermost.com/api-documentation/, release 5.31,
with the resuming of newer releases).
"""

from commandpost.api.socket.door import public_websocket

ROUTES = (public_websocket,)
