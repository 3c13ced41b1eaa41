"""What one socket is sent: written at once and without waiting, for as long as its reader keeps up."""

from collections.abc import Callable
from enum import Enum

MAX_BACKLOG_BYTES = 2_000_000


class Closing(Enum):
    """Why the server ends a socket."""

    SLOW = "slow"
    SESSION_ENDED = "session_ended"
    TAKEN_OVER = "taken_over"
    EXPIRED = "expired"
    RENEWED = "renewed"
    STOPPING = "stopping"


class Outbox:
    """The way out to one socket.

    `write` sends a text and gives the number of bytes that its reader has not taken yet; `end` ends the
    socket. Neither waits. A reader who is more than `max_backlog_bytes` behind is not waited for either: the
    outbox closes as SLOW.
    """

    __slots__ = ("_end", "_max_backlog_bytes", "_write", "closing")

    def __init__(
        self,
        write: Callable[[bytes], int],
        end: Callable[[Closing], None],
        *,
        max_backlog_bytes: int = MAX_BACKLOG_BYTES,
    ) -> None:
        self._write = write
        self._end = end
        self._max_backlog_bytes = max_backlog_bytes
        self.closing: Closing | None = None

    def put(self, text: bytes) -> None:
        """Send a text; on a closed outbox it is dropped."""
        if self.closing is None and self._write(text) > self._max_backlog_bytes:
            self.close(Closing.SLOW)

    def close(self, why: Closing) -> None:
        """Send nothing more and end the socket. The first reason stays."""
        if self.closing is None:
            self.closing = why
            self._end(why)
