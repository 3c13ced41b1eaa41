"""Clients of a hub for tests: what each has been sent, without a socket."""

import json
from typing import Any

from commandpost.live.connection import Connection
from commandpost.live.event import Audience, Frame
from commandpost.live.hub import Hub, Newcomer, ResumePoint
from commandpost.live.outbox import MAX_BACKLOG_BYTES, Closing, Outbox


class HandTurnedTime:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Wire:
    """A socket's other side, read when told to."""

    def __init__(self, max_backlog_bytes: int = MAX_BACKLOG_BYTES) -> None:
        self.unread: list[bytes] = []
        self.ended: list[Closing] = []
        self.outbox = Outbox(self._write, self.ended.append, max_backlog_bytes=max_backlog_bytes)

    def _write(self, text: bytes) -> int:
        self.unread.append(text)
        return sum(map(len, self.unread))

    def read(self) -> list[bytes]:
        texts = list(self.unread)
        self.unread.clear()
        return texts


class Client:
    """A client with a socket at a hub."""

    def __init__(self, hub: Hub, connection: Connection, wire: Wire) -> None:
        self.hub = hub
        self.connection = connection
        self.wire = wire
        self.outbox = wire.outbox
        self.received: list[dict[str, Any]] = []

    @property
    def next_seq(self) -> int:
        """The number that this client expects next."""
        return self.received[-1]["seq"] + 1 if self.received else 0

    def read(self) -> list[dict[str, Any]]:
        """Everything that waits for this client now."""
        fresh = [json.loads(text) for text in self.wire.read()]
        self.received += fresh
        return fresh

    def events(self) -> list[str]:
        """The names of the events that wait for this client now."""
        return [frame["event"] for frame in self.read()]

    def break_off(self) -> None:
        """Lose the socket."""
        self.hub.disconnect(self.connection, self.outbox)


def listener(
    hub: Hub,
    user_id: str,
    *,
    channels: tuple[str, ...] = (),
    teams: tuple[str, ...] = (),
    session_id: str = "s1",
    is_admin: bool = False,
    resume: ResumePoint | None = None,
    wire: Wire | None = None,
) -> Client:
    """A client of this user, connected."""
    wire = wire or Wire()
    newcomer = Newcomer(
        user_id=user_id, session_id=session_id, channels=channels, teams=teams, is_admin=is_admin
    )
    with hub.arrival() as arrival:
        connection = hub.connect(arrival, newcomer, wire.outbox, resume)
    assert connection is not None
    return Client(hub, connection, wire)


def to_channel(channel_id: str, event: str = "posted") -> Frame:
    """A frame for a channel's members."""
    return Frame.of(event, {}, Audience(channel_id=channel_id))
