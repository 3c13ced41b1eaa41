"""Facts of the chat as the WebSocket events of v4."""
