"""One client's stream of numbered frames; it outlives a broken socket and can be resumed for a while."""

from collections import deque

from commandpost.kernel.ids import new_id
from commandpost.live.event import Frame
from commandpost.live.outbox import Closing, Outbox

RECENT_FRAMES = 128
RECENT_BYTES = 250_000


class Connection:
    """A stream of frames numbered without gaps, whether or not a socket is attached just now.

    Keeps the last frames (they are shared with all their readers) to repeat to a client that comes back.
    """

    __slots__ = (
        "_first_seq",
        "_next_seq",
        "_outbox",
        "_recent",
        "_recent_bytes",
        "id",
        "resumable_until",
        "session_id",
        "user_id",
        "watched_team_id",
    )

    def __init__(self, user_id: str, session_id: str, outbox: Outbox, *, first_seq: int = 0) -> None:
        self.id = new_id()
        self.user_id = user_id
        self.session_id = session_id
        self.resumable_until = float("inf")
        self.watched_team_id = ""
        self._outbox: Outbox | None = outbox
        self._first_seq = self._next_seq = first_seq
        self._recent: deque[Frame] = deque()
        self._recent_bytes = 0

    @property
    def is_attached(self) -> bool:
        """Whether a socket carries the stream now."""
        return self._outbox is not None

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever sent on it: it still owes its client the `hello`."""
        return self._next_seq == self._first_seq

    def is_carried_by(self, outbox: Outbox) -> bool:
        """Whether it is this socket that carries the stream."""
        return self._outbox is outbox

    def send(self, frame: Frame) -> None:
        """Give the frame the next number and write it; never waits."""
        seq = self._next_seq
        self._next_seq = seq + 1
        recent = self._recent
        recent.append(frame)
        self._recent_bytes += len(frame.head)
        while len(recent) > RECENT_FRAMES or self._recent_bytes > RECENT_BYTES:
            self._recent_bytes -= len(recent.popleft().head)
        if self._outbox is not None:
            self._outbox.put(frame.numbered(seq))

    def can_resume_at(self, seq: int) -> bool:
        """Whether every frame from number `seq` on is still held."""
        return self._next_seq - len(self._recent) <= seq <= self._next_seq

    def resume(self, seq: int, session_id: str, outbox: Outbox) -> None:
        """Carry on over another socket, repeating the frames from number `seq` on."""
        self.close(Closing.TAKEN_OVER)
        self.session_id = session_id
        self._outbox = outbox
        oldest = self._next_seq - len(self._recent)
        for held, frame in enumerate(self._recent, oldest):
            if held >= seq:
                outbox.put(frame.numbered(held))

    def detach(self, resumable_until: float) -> None:
        """The socket is gone: number and hold the frames from here on, and write none."""
        self._outbox = None
        self.resumable_until = resumable_until

    def close(self, why: Closing) -> None:
        """End the socket, if there is one."""
        outbox, self._outbox = self._outbox, None
        if outbox is not None:
            outbox.close(why)
