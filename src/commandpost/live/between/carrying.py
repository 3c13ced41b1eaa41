"""What the brokers between nodes have in common: what is not yet out, what has not come back, being cut off.

Every parcel takes the way through the shared service, those of this node too: so all nodes see one order. A
node that has heard of no other for a while spares itself the way; every node says now and then that it is
there. While the service is away, people on a node go on seeing what happens on it.

Whatever a node may have missed (the service was away; the others did not know of it yet; it stood still for
so long that they took it for gone; another died before it told what it had acknowledged) is healed in one
way: its sockets are closed, clients connect again and ask for what they show. That it stood still, or was
not heard, a node knows by its own parcels: each is to come back soon after the one before was said. One that
ends of its own accord brings out what waits and takes its leave.
"""

import asyncio
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from typing import Protocol

import structlog

from commandpost.kernel.ids import new_id
from commandpost.live.between.parcel import Parcel, decode, encode
from commandpost.live.broker import Deliver
from commandpost.live.message import Message

_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0
_MOST_WAITING = 100_000
_SAY_EVERY_S = 5.0
_BELIEVED_FOR_S = 16.0
_HEARD_WITHIN_S = 12.0
"""If a word comes back later than this after the last was said, others may have ceased to believe in us."""
_GATHER_S = 0.5
"""How long answers of other nodes are gathered, so that sockets are closed once for all of them."""

_LEAVE = 0
"""The number of the parcel with which a node takes its leave; to older versions it is a word like others."""
_LEAVE_WITHIN_S = 1.0

_log = structlog.get_logger(__name__)


class CutOff(Exception):
    """The shared service is away."""


class Line(Protocol):
    """A living connection to the shared service. Both raise CutOff when it is living no more."""

    async def send(self, parcels: Sequence[bytes]) -> None:
        """Hand parcels to the service, in this order."""
        ...

    def arriving(self) -> AsyncGenerator[bytes]:
        """The parcels of all nodes as they come."""
        ...


class CarryingBroker(ABC):
    """A broker over a shared service.

    `deliver` takes a message in on this node; `renew` is called when messages of other nodes were missed, and
    `renewals` counts how often. `leave_within_s`: how long `leave` may take.
    """

    def __init__(
        self,
        deliver: Deliver,
        renew: Callable[[], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.node_id = new_id()
        self.leave_within_s = _LEAVE_WITHIN_S
        self._monotonic = monotonic
        self._deliver = deliver
        self._renew = renew
        self._sent = 0
        self._caught_up = 0
        self._is_up = False
        self._was_up = False
        self._outgoing: deque[Parcel] = deque()
        self._unconfirmed: deque[Parcel] = deque()
        self._said_at: deque[float] = deque()
        self._last_word_at = 0.0
        self._stirred = asyncio.Event()
        self._peers: dict[str, float] = {}
        self._up_since = 0.0
        self._is_renewing = False
        self._has_left = asyncio.Event()
        self.renewals = 0

    @abstractmethod
    def connected(self) -> AbstractAsyncContextManager[Line]:
        """Connect and listen. Raises CutOff when the service cannot be reached."""

    @property
    def is_up(self) -> bool:
        """Whether messages travel between nodes just now."""
        return self._is_up

    def publish(self, messages: Sequence[Message]) -> None:
        """Bring messages to every node; only to this one while there is no other, or the service is away."""
        if self._is_alone():
            self._miss()
            self._catch_up()
        elif len(self._outgoing) < _MOST_WAITING:
            self._post(messages)
            return
        for message in messages:
            self._deliver(message)

    @property
    def peers(self) -> int:
        """How many other nodes were heard of lately."""
        heard_since = self._monotonic() - _BELIEVED_FOR_S
        return sum(heard >= heard_since for heard in self._peers.values())

    def _is_alone(self) -> bool:
        """Whether nobody else would hear. A node that has just come, or stood still, believes in others."""
        if not self._is_up:
            return True
        now = self._monotonic()
        if now - self._last_word_at > _HEARD_WITHIN_S:
            return False
        return not self.peers and now - self._up_since > _BELIEVED_FOR_S

    def _catch_up(self) -> None:
        """Deliver what is under way, for it comes first: under constant load something always is."""
        if self._caught_up < self._sent:
            for waiting in (self._unconfirmed, self._outgoing):
                for parcel in waiting:
                    self._take(parcel)
            self._caught_up = self._sent

    def _take(self, parcel: Parcel) -> None:
        """Deliver a parcel on this node, but for one of its own that has been caught up with."""
        if parcel.node_id != self.node_id or parcel.number > self._caught_up:
            for message in parcel.messages:
                self._deliver(message)

    def _post(self, messages: Sequence[Message]) -> None:
        self._sent += 1
        self._put_out(Parcel(self.node_id, self._sent, list(messages)))

    def _put_out(self, parcel: Parcel) -> None:
        self._outgoing.append(parcel)
        self._said_at.append(self._monotonic())
        self._stirred.set()

    async def leave(self) -> None:
        """Bring out what waits, and let the others know that this node goes of its own accord."""
        if self._is_up:
            self._put_out(Parcel(self.node_id, _LEAVE, []))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._has_left.wait(), self.leave_within_s)

    async def run(self) -> None:
        """Carry parcels until cancelled; connect again whenever the service was away."""
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                async with self.connected() as line:
                    pause_s = _FIRST_PAUSE_S
                    self._up()
                    await self._carry(line)
            except CutOff as cause:
                _log.warning(
                    "live events reach this node only, until the service between nodes is back",
                    why=str(cause),
                )
            except Exception:  # noqa: BLE001 the edge of the job: the others are looked for again
                _log.exception("live events reach this node only, and are tried again")
            finally:
                self._down()
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    def _up(self) -> None:
        self._is_up = True
        self._up_since = self._last_word_at = self._monotonic()
        self._peers.clear()
        if self._was_up:
            _log.info("live events travel between nodes again")
        self._was_up = True

    def _down(self) -> None:
        self._is_up = False
        for waiting in (self._unconfirmed, self._outgoing):
            while waiting:
                self._take(waiting.popleft())
        self._said_at.clear()

    async def _carry(self, line: Line) -> None:
        why = ""
        try:
            async with asyncio.TaskGroup() as all_three:
                all_three.create_task(self._send(line))
                all_three.create_task(self._receive(line))
                all_three.create_task(self._say())
        except* CutOff as causes:
            why = str(causes.exceptions[0])
        raise CutOff(why)  # Raised above, it would come out in a group: up to Python 3.11.3.

    async def _say(self) -> None:
        """Say now and then that this node is there: a parcel without messages."""
        while True:
            self._post(())
            await asyncio.sleep(_SAY_EVERY_S)

    async def _send(self, line: Line) -> None:
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            while self._outgoing:
                some = list(self._outgoing)
                self._outgoing.clear()
                self._unconfirmed.extend(some)
                await line.send([encode(parcel) for parcel in some])

    async def _receive(self, line: Line) -> None:
        async for arrived in line.arriving():
            parcel = decode(arrived)
            if parcel.number == _LEAVE:
                self._part(parcel.node_id)
            elif parcel.node_id == self.node_id:
                self._confirm(parcel.number)
            else:
                self._meet(parcel.node_id)
            self._take(parcel)
        raise CutOff("the connection ended")

    def _meet(self, node_id: str) -> None:
        """Note that another node is there.

        Until it heard of us it did not tell us everything. The other way round nothing is missed: who has
        just come tells everything from the first moment.
        """
        now = self._monotonic()
        is_new = now - self._peers.get(node_id, float("-inf")) > _BELIEVED_FOR_S
        self._peers[node_id] = now
        if is_new:
            self._post(())
            if now - self._up_since <= _BELIEVED_FOR_S:
                self._renew_soon()

    def _part(self, node_id: str) -> None:
        if node_id == self.node_id:
            self._has_left.set()
        self._peers.pop(node_id, None)

    def _miss(self) -> None:
        """Renew the sockets if another node fell silent without leave: its last events may have been lost."""
        heard_since = self._monotonic() - _BELIEVED_FOR_S
        silent = [node_id for node_id, heard in self._peers.items() if heard < heard_since]
        if silent:
            _log.warning("another node is gone without leave; sockets are renewed", nodes=len(silent))
            self._renew_soon()
        for node_id in silent:
            del self._peers[node_id]

    def _renew_soon(self) -> None:
        if not self._is_renewing:
            self._is_renewing = True
            asyncio.get_running_loop().call_later(_GATHER_S, self._renew_once)

    def _renew_once(self) -> None:
        self._is_renewing = False
        self.renewals += 1
        self._renew()

    def _confirm(self, number: int) -> None:
        while self._unconfirmed and self._unconfirmed[0].number <= number:
            self._unconfirmed.popleft()
            if self._monotonic() - self._last_word_at > _HEARD_WITHIN_S:
                self._return()
            self._last_word_at = self._said_at.popleft()
        self._miss()

    def _return(self) -> None:
        """Go on as if it had just come: it was not heard for so long that others may have told it nothing."""
        _log.warning("this node was not heard of for a while; it renews its sockets if there are others")
        if self._peers:
            self._renew_soon()
        self._up_since = self._monotonic()
        self._peers.clear()
