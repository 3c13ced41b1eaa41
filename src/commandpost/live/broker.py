"""Between whoever has committed something and the hubs of all nodes."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from commandpost.live.message import Message

Deliver: TypeAlias = Callable[[Message], None]
"""What takes a message in on this node; never waits."""


class Broker(Protocol):
    """Brings what is published on any node to every node, in one order for all."""

    def publish(self, messages: Sequence[Message]) -> None:
        """Bring the messages of one commit to the listeners; called right after it, never waits."""
        ...

    async def run(self) -> None:
        """Carry messages between the nodes until cancelled."""
        ...

    async def leave(self) -> None:
        """Bring out what is still on its way; called once, before `run` is cancelled."""
        ...


class MemoryBroker:
    """The broker of a single node: what is published reaches the one hub at once, in order."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver

    def publish(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self._deliver(message)

    async def run(self) -> None:
        """There is nobody to carry anything to."""

    async def leave(self) -> None:
        """Nothing is ever on its way."""
