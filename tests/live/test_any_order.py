"""Whatever the order of joins, leaves, frames, breaks and returns: everyone gets exactly what is theirs."""

import json
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from commandpost.live.event import Audience, Frame
from commandpost.live.hub import Hub, ResumePoint
from commandpost.live.message import JoinedChannel, JoinedTeam, LeftChannel, LeftTeam, Message
from tests.live.listening import Client, listener

USERS = st.sampled_from(["ana", "ben", "eva"])
PLACES = st.sampled_from(["p", "q"])
AUDIENCES = st.builds(
    Audience,
    user_id=st.sampled_from(["", "", "", "ana"]),
    channel_id=st.sampled_from(["", "p", "q"]),
    team_id=st.sampled_from(["", "p", "q"]),
    omit_users=st.frozensets(USERS, max_size=1),
)
STEPS = st.one_of(
    st.builds(JoinedChannel, USERS, PLACES),
    st.builds(LeftChannel, USERS, PLACES),
    st.builds(JoinedTeam, USERS, PLACES),
    st.builds(LeftTeam, USERS, PLACES),
    AUDIENCES,
    st.tuples(st.sampled_from(["connect", "break", "return"]), USERS),
)


@dataclass
class Expected:
    """A plain model: the truth about memberships, and what one client must have been sent."""

    channels: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    teams: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    def apply(self, change: Message) -> None:
        match change:
            case JoinedChannel(user, place):
                self.channels.add((user, place))
            case LeftChannel(user, place):
                self.channels.discard((user, place))
            case JoinedTeam(user, place):
                self.teams.add((user, place))
            case LeftTeam(user, place):
                self.teams.discard((user, place))
            case _:
                raise AssertionError(change)

    def names(self, audience: Audience, user: str) -> bool:
        if user in audience.omit_users:
            return False
        if audience.user_id:
            return user == audience.user_id
        if audience.channel_id:
            return (user, audience.channel_id) in self.channels
        return not audience.team_id or (user, audience.team_id) in self.teams

    def of(self, places: set[tuple[str, str]], user: str) -> tuple[str, ...]:
        return tuple(place for who, place in places if who == user)


@dataclass
class Known:
    """One client, with the events it should have got since it first connected."""

    user: str
    client: Client
    due: list[str] = field(default_factory=list[str])
    got: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    is_away: bool = False


@settings(max_examples=300, deadline=None)
@given(st.lists(STEPS, max_size=60))
def test_each_connection_gets_exactly_the_frames_of_its_membership_at_that_time(
    steps: list[Any],
) -> None:
    hub, truth, clients = Hub(), Expected(), list[Known]()

    def connected(user: str, resume: ResumePoint | None = None) -> Client:
        return listener(
            hub,
            user,
            channels=truth.of(truth.channels, user),
            teams=truth.of(truth.teams, user),
            resume=resume,
        )

    for number, step in enumerate(steps):
        match step:
            case Audience():
                hub.deliver(Frame.of(f"event {number}", {}, step))
                for known in clients:
                    if truth.names(step, known.user):
                        known.due.append(f"event {number}")
            case ("connect", user):
                clients.append(Known(user, connected(user)))
            case ("break", user):
                for known in clients:
                    if known.user == user and not known.is_away:
                        known.got += known.client.read()
                        known.client.break_off()
                        known.is_away = True
            case ("return", user):
                for known in clients:
                    if known.user == user and known.is_away:
                        point = ResumePoint(known.client.connection.id, len(known.got))
                        known.client, known.is_away = connected(user, point), False
            case change:
                truth.apply(change)
                hub.deliver(change)

    for known in clients:
        if not known.is_away:
            known.got += known.client.read()
            assert [frame["event"] for frame in known.got] == known.due
        assert [frame["seq"] for frame in known.got] == list(range(len(known.got))), json.dumps(known.got)
