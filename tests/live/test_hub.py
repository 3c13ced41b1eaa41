"""Who gets which frames."""

from commandpost.live.broker import MemoryBroker
from commandpost.live.event import Audience, Frame
from commandpost.live.hub import Hub, Newcomer
from commandpost.live.message import (
    JoinedChannel,
    JoinedTeam,
    LeftChannel,
    LeftTeam,
    SessionEnded,
    SystemRole,
)
from commandpost.live.outbox import Closing
from tests.live.listening import Wire, listener, to_channel


def test_the_audience_decides_by_user_then_channel_then_team_then_everyone() -> None:
    hub = Hub()
    ana = listener(hub, "ana", channels=("c1",), teams=("t1",))
    ben = listener(hub, "ben", teams=("t1",))
    eva = listener(hub, "eva")

    MemoryBroker(hub.deliver).publish(
        [
            Frame.of("to_ana", {}, Audience(user_id="ana", channel_id="c9")),
            Frame.of("to_c1", {}, Audience(channel_id="c1", team_id="t1")),
            Frame.of("to_t1", {}, Audience(team_id="t1")),
            Frame.of("to_all", {}),
            Frame.of("to_all_but_eva", {}, Audience(omit_users=frozenset({"eva"}))),
        ]
    )

    assert ana.events() == ["to_ana", "to_c1", "to_t1", "to_all", "to_all_but_eva"]
    assert ben.events() == ["to_t1", "to_all", "to_all_but_eva"]
    assert eva.events() == ["to_all"]


def test_each_connection_of_a_user_counts_for_itself() -> None:
    hub = Hub()
    desk = listener(hub, "ana", channels=("c1",))
    hub.deliver(to_channel("c1", "first"))
    phone = listener(hub, "ana", channels=("c1",))
    hub.deliver(to_channel("c1", "second"))

    assert [(f["event"], f["seq"]) for f in desk.read()] == [("first", 0), ("second", 1)]
    assert [(f["event"], f["seq"]) for f in phone.read()] == [("second", 0)]


def test_membership_is_judged_at_the_moment_of_sending() -> None:
    hub = Hub()
    ana = listener(hub, "ana")

    MemoryBroker(hub.deliver).publish(
        [
            to_channel("c1", "before"),
            JoinedChannel("ana", "c1"),
            to_channel("c1", "user_added"),
            LeftChannel("ana", "c1"),
            to_channel("c1", "after"),
            JoinedTeam("ana", "t1"),
            Frame.of("team", {}, Audience(team_id="t1")),
            LeftTeam("ana", "t1"),
            Frame.of("team_after", {}, Audience(team_id="t1")),
        ]
    )

    assert ana.events() == ["user_added", "team"]


def test_a_change_while_a_newcomer_is_being_read_is_not_lost() -> None:
    hub = Hub()
    with hub.arrival() as arrival:
        stale = Newcomer(user_id="ana", session_id="s1", channels=["left"], teams=[])
        hub.deliver(LeftChannel("ana", "left"))
        hub.deliver(JoinedChannel("ana", "joined"))
        outbox = Wire().outbox
        connection = hub.connect(arrival, stale, outbox)

    hub.deliver(to_channel("left"))
    assert connection is not None and connection.is_new

    hub.deliver(to_channel("joined"))
    assert not connection.is_new


def test_a_session_that_ends_while_it_is_being_read_gets_no_connection() -> None:
    hub = Hub()
    newcomer = Newcomer(user_id="ana", session_id="s1")
    with hub.arrival() as arrival:
        hub.deliver(SessionEnded("ana", "s1"))

        assert hub.connect(arrival, newcomer, Wire().outbox) is None

    assert not hub.is_connected("ana")


def test_a_frame_for_administrators_follows_who_is_one() -> None:
    hub = Hub()
    ana = listener(hub, "ana", channels=("c",), is_admin=True)
    ben = listener(hub, "ben", channels=("c",))

    def tell(event: str) -> None:
        hub.deliver(Frame.of(f"{event} to admins", {}, Audience(channel_id="c", system_admins=True)))
        hub.deliver(Frame.of(f"{event} to others", {}, Audience(channel_id="c", system_admins=False)))

    tell("first")
    hub.deliver(SystemRole("ana", is_admin=False))
    hub.deliver(SystemRole("ben", is_admin=True))
    tell("then")

    assert ana.events() == ["first to admins", "then to others"]
    assert ben.events() == ["first to others", "then to admins"]


def test_a_teams_onlookers_are_outside_the_channel_and_watch_the_team() -> None:
    hub = Hub()
    watchers = [
        listener(hub, "ana", teams=("t",)),
        listener(hub, "mia", teams=("t",), channels=("c",)),
        listener(hub, "root", is_admin=True),
        listener(hub, "eva"),
        listener(hub, "gus", teams=("t",)),
    ]
    blind = listener(hub, "ben", teams=("t",))
    for one in watchers:
        with hub.arrival() as arrival:
            assert hub.watch(arrival, one.connection, "t")

    def tell(event: str, *, admins: bool | None = None) -> None:
        audience = Audience(team_id="t", outside_channel_id="c", system_admins=admins)
        hub.deliver(Frame.of(event, {}, audience))

    tell("of public")
    tell("of private", admins=True)
    hub.deliver(LeftTeam("ana", "t"))
    hub.deliver(SystemRole("gus", is_admin=False))
    hub.deliver(JoinedChannel("root", "c"))
    tell("then")

    heard = [one.events() for one in watchers]
    assert heard == [["of public"], [], ["of public", "of private"], [], ["of public"]]
    assert blind.events() == []


def test_who_loses_a_role_while_it_is_read_does_not_watch() -> None:
    hub = Hub()
    ana = listener(hub, "ana", teams=("t",))

    with hub.arrival() as arrival:
        hub.deliver(SystemRole("ana", is_admin=False))
        assert not hub.watch(arrival, ana.connection, "t")
    hub.deliver(Frame.of("changed", {}, Audience(team_id="t", outside_channel_id="c")))

    assert ana.events() == []


def test_an_ended_session_closes_its_sockets_and_no_others() -> None:
    hub = Hub()
    ended = listener(hub, "ana", session_id="s1")
    other = listener(hub, "ana", session_id="s2")

    hub.deliver(SessionEnded("ana", "s1"))
    hub.deliver(Frame.of("news", {}))

    assert ended.outbox.closing is Closing.SESSION_ENDED
    assert other.events() == ["news"]


def test_a_user_locked_out_loses_every_socket() -> None:
    hub = Hub()
    sockets = [listener(hub, "ana", session_id=s) for s in ("s1", "s2")]

    hub.deliver(SessionEnded("ana"))

    assert [client.outbox.closing for client in sockets] == [Closing.SESSION_ENDED] * 2
    assert hub.connection_count() == 0


def test_who_is_connected_follows_the_living_sockets() -> None:
    hub = Hub()
    first, second = listener(hub, "ana"), listener(hub, "ana")
    listener(hub, "ben")

    assert (hub.connected_users(), hub.connection_count()) == ({"ana", "ben"}, 3)
    first.break_off()
    assert hub.is_connected("ana")
    second.break_off()
    assert not hub.is_connected("ana")
    assert (hub.connected_users(), hub.connection_count()) == ({"ben"}, 1)


def test_a_hub_that_closes_closes_every_socket() -> None:
    hub = Hub()
    ana = listener(hub, "ana")

    hub.close()

    assert ana.outbox.closing is Closing.STOPPING
