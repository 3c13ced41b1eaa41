"""The doors: REST v4 (workspace), REST v0 (incidents), WebSocket, pages. A route parses, calls, shapes."""
