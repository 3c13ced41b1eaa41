"""The hub of one node: its connections, and delivery to them in the order of the messages."""

import time
from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from commandpost.live.connection import Connection
from commandpost.live.event import Frame
from commandpost.live.membership import Membership
from commandpost.live.message import MembershipChange, Message, SessionEnded, Stale, SystemRole
from commandpost.live.outbox import Closing, Outbox

RESUMABLE_FOR_S = 60.0
RESUMABLE_PER_USER = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Whose socket it is, and the channels, teams and system role of that user as just read."""

    user_id: str
    session_id: str
    channels: Collection[str] = ()
    teams: Collection[str] = ()
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """What a returning client remembers: its connection, and the number of the frame that it expects next.

    Mattermost's JavaScript client remembers its connection only if somebody listens for missed messages, but
    insists on its number all the same, and would hang up on any other: a client without a `connection_id`
    gets a new connection that counts on from there.
    """

    connection_id: str
    seq: int


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """The time between a client's knock and its place in the hub, while its session and memberships are read.

    What changes meanwhile is kept here and applied to what was read, so that nothing is lost between the two.
    """

    changes: list[MembershipChange] = field(default_factory=list[MembershipChange])
    ended: list[SessionEnded] = field(default_factory=list[SessionEnded])


class Hub:
    """Delivers messages, in the order given, to the connections of this node.

    Works on the event loop's thread and never waits. `monotonic` gives seconds. `frames_sent` counts
    deliveries since the start.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._connections: dict[str, Connection] = {}
        self._by_user: dict[str, dict[str, Connection]] = {}
        self._membership = Membership()
        self._arrivals: list[Arrival] = []
        self._watchers: dict[str, set[Connection]] = {}
        self._detached: dict[str, Connection] = {}
        self.frames_sent = 0

    def is_connected(self, user_id: str) -> bool:
        """Whether the user has a living socket here."""
        return any(c.is_attached for c in self._by_user.get(user_id, {}).values())

    def connected_users(self) -> frozenset[str]:
        """The users who have a living socket here."""
        return frozenset(c.user_id for c in self._connections.values() if c.is_attached)

    def connection_count(self) -> int:
        """How many living sockets there are here."""
        return sum(c.is_attached for c in self._connections.values())

    def sessions(self) -> dict[str, str]:
        """The sessions that have connections here, each with its user."""
        return {c.session_id: c.user_id for c in self._connections.values()}

    def is_in_channel(self, user_id: str, channel_id: str) -> bool:
        """Whether a user with connections here is a member of a channel."""
        return self._membership.is_in_channel(user_id, channel_id)

    def deliver(self, message: Message) -> None:
        """Apply one message to this node's connections."""
        match message:
            case Frame():
                self._send(message)
            case SessionEnded():
                for arrival in self._arrivals:
                    arrival.ended.append(message)
                for connection in list(self._by_user.get(message.user_id, {}).values()):
                    if message.covers(connection.user_id, connection.session_id):
                        self._drop(connection, Closing.SESSION_ENDED)
            case Stale():
                pass
            case _:
                for arrival in self._arrivals:
                    arrival.changes.append(message)
                self._membership.change(message)
                if isinstance(message, SystemRole):
                    for connection in self._by_user.get(message.user_id, {}).values():
                        self._watch(connection, "")

    @contextmanager
    def arrival(self) -> Generator[Arrival]:
        """Open before a newcomer's session and memberships are read; connect before leaving it."""
        arrival = Arrival()
        self._arrivals.append(arrival)
        try:
            yield arrival
        finally:
            self._arrivals.remove(arrival)

    def connect(
        self, arrival: Arrival, newcomer: Newcomer, outbox: Outbox, resume: ResumePoint | None = None
    ) -> Connection | None:
        """The newcomer's connection: the old one carried on where possible, otherwise a new one.

        None if the newcomer's session has ended meanwhile.
        """
        if any(ended.covers(newcomer.user_id, newcomer.session_id) for ended in arrival.ended):
            return None
        self._forget_expired()
        self._membership.place(
            newcomer.user_id, newcomer.channels, newcomer.teams, is_admin=newcomer.is_admin
        )
        for change in arrival.changes:
            if change.user_id == newcomer.user_id:
                self._membership.change(change)
        known = None if resume is None else self._resumable(resume, newcomer.user_id)
        if known is not None and resume is not None:
            self._detached.pop(known.id, None)
            known.resume(resume.seq, newcomer.session_id, outbox)
            return known
        first_seq = resume.seq if resume is not None and not resume.connection_id else 0
        connection = Connection(newcomer.user_id, newcomer.session_id, outbox, first_seq=first_seq)
        self._connections[connection.id] = connection
        self._by_user.setdefault(newcomer.user_id, {})[connection.id] = connection
        return connection

    def watch(self, arrival: Arrival, connection: Connection, team_id: str) -> bool:
        """Let a connection, as long as its user's roles stay, be an onlooker of this team alone; "" of none.

        Whether the user may was read within the arrival: false, and nothing is watched, if their roles have
        changed meanwhile.
        """
        user_id = connection.user_id
        is_outdated = any(isinstance(one, SystemRole) and one.user_id == user_id for one in arrival.changes)
        self._watch(connection, "" if is_outdated or connection.id not in self._connections else team_id)
        return not is_outdated

    def disconnect(self, connection: Connection, outbox: Outbox) -> None:
        """The socket of `outbox` is gone; its connection can be resumed for a minute."""
        if not connection.is_carried_by(outbox):
            return
        self._forget_expired()
        connection.detach(self._monotonic() + RESUMABLE_FOR_S)
        self._detached[connection.id] = connection
        waiting = [c for c in self._by_user[connection.user_id].values() if not c.is_attached]
        if len(waiting) > RESUMABLE_PER_USER:
            self._drop(min(waiting, key=lambda c: c.resumable_until), Closing.EXPIRED)

    def renew(self) -> None:
        """Close every socket, none to be resumed: clients come again and ask for what they show."""
        for connection in list(self._connections.values()):
            self._drop(connection, Closing.RENEWED)

    def close(self) -> None:
        """Close every socket: the node is stopping."""
        for connection in list(self._connections.values()):
            self._drop(connection, Closing.STOPPING)

    def _send(self, frame: Frame) -> None:
        self._forget_expired()
        if frame.audience.outside_channel_id:
            for connection in self._watchers.get(frame.audience.team_id, ()):
                if self._membership.is_onlooker(connection.user_id, frame.audience):
                    connection.send(frame)
                    self.frames_sent += 1
            return
        omitted = frame.audience.omit_users
        for user_id in self._membership.readers(frame.audience):
            if user_id not in omitted:
                for connection in self._by_user[user_id].values():
                    connection.send(frame)
                    self.frames_sent += 1

    def _resumable(self, point: ResumePoint, user_id: str) -> Connection | None:
        connection = self._connections.get(point.connection_id)
        if connection is None or connection.user_id != user_id or not connection.can_resume_at(point.seq):
            return None
        return connection

    def _watch(self, connection: Connection, team_id: str) -> None:
        before = self._watchers.get(connection.watched_team_id)
        if before is not None:
            before.discard(connection)
            if not before:
                del self._watchers[connection.watched_team_id]
        connection.watched_team_id = team_id
        if team_id:
            self._watchers.setdefault(team_id, set()).add(connection)

    def _drop(self, connection: Connection, why: Closing) -> None:
        connection.close(why)
        self._watch(connection, "")
        del self._connections[connection.id]
        self._detached.pop(connection.id, None)
        siblings = self._by_user[connection.user_id]
        del siblings[connection.id]
        if not siblings:
            del self._by_user[connection.user_id]
            self._membership.forget(connection.user_id)

    def _forget_expired(self) -> None:
        while self._detached:
            oldest = next(iter(self._detached.values()))
            if oldest.resumable_until > self._monotonic():
                return
            self._drop(oldest, Closing.EXPIRED)
