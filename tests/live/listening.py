"""Clients of a hub for tests: what each has been sent, without a socket."""

import json
from typing import Any

from commandpost.live.connection import Connection
from commandpost.live.event import Audience, Frame
from commandpost.live.hub import Hub, Newcomer, ResumePoint
from commandpost.live.outbox import Outbox


class HandTurnedTime:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Client:
    """A client with a socket at a hub."""

    def __init__(self, hub: Hub, connection: Connection, outbox: Outbox) -> None:
        self.hub = hub
        self.connection = connection
        self.outbox = outbox
        self.received: list[dict[str, Any]] = []

    @property
    def next_seq(self) -> int:
        """The number that this client expects next."""
        return self.received[-1]["seq"] + 1 if self.received else 0

    async def read(self) -> list[dict[str, Any]]:
        """Everything that waits for this client now."""
        fresh: list[dict[str, Any]] = []
        while self.outbox.waiting:
            text = await self.outbox.next()
            assert text is not None
            fresh.append(json.loads(text))
        self.received += fresh
        return fresh

    async def events(self) -> list[str]:
        """The names of the events that wait for this client now."""
        return [frame["event"] for frame in await self.read()]

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
    resume: ResumePoint | None = None,
    outbox: Outbox | None = None,
) -> Client:
    """A client of this user, connected."""
    outbox = outbox or Outbox()
    newcomer = Newcomer(user_id=user_id, session_id=session_id, channels=channels, teams=teams)
    with hub.arrival() as arrival:
        connection = hub.connect(arrival, newcomer, outbox, resume)
    assert connection is not None
    return Client(hub, connection, outbox)


def to_channel(channel_id: str, event: str = "posted") -> Frame:
    """A frame for a channel's members."""
    return Frame.of(event, {}, Audience(channel_id=channel_id))
