"""Between whoever has committed something and the hubs of all nodes."""

from collections.abc import Sequence

from commandpost.live.hub import Hub
from commandpost.live.message import Message


class MemoryBroker:
    """The broker of a single node: what is published reaches the one hub at once, in order."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def publish(self, messages: Sequence[Message]) -> None:
        """Bring the messages of one commit to the listeners; called right after it, never waits."""
        for message in messages:
            self._hub.deliver(message)
