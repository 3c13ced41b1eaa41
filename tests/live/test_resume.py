"""Coming back after a broken socket."""

from commandpost.live.connection import RECENT_FRAMES
from commandpost.live.hub import RESUMABLE_FOR_S, RESUMABLE_PER_USER, Hub, ResumePoint
from commandpost.live.message import SessionEnded
from commandpost.live.outbox import Closing
from tests.live.listening import Client, HandTurnedTime, listener, to_channel


def returning(client: Client, *, user_id: str = "ana", seq: int | None = None) -> Client:
    point = ResumePoint(client.connection.id, client.next_seq if seq is None else seq)
    return listener(client.hub, user_id, channels=("c1",), session_id="s2", resume=point)


def test_a_client_that_returns_gets_what_it_missed_and_the_next_numbers() -> None:
    hub = Hub()
    client = listener(hub, "ana", channels=("c1",))
    hub.deliver(to_channel("c1", "seen"))
    client.read()
    hub.deliver(to_channel("c1", "lost on the way"))
    client.break_off()
    hub.deliver(to_channel("c1", "while away"))

    back = returning(client)
    hub.deliver(to_channel("c1", "after"))

    assert back.connection is client.connection
    assert [(f["event"], f["seq"]) for f in back.read()] == [
        ("lost on the way", 1),
        ("while away", 2),
        ("after", 3),
    ]


def test_a_client_that_returns_before_its_loss_is_noticed_takes_the_connection_over() -> None:
    hub = Hub()
    client = listener(hub, "ana", channels=("c1",))
    hub.deliver(to_channel("c1"))

    back = returning(client, seq=0)
    client.break_off()

    assert client.outbox.closing is Closing.TAKEN_OVER
    assert hub.is_connected("ana")
    assert [f["seq"] for f in back.read()] == [0]


def test_a_client_that_remembers_only_its_number_gets_a_new_connection_that_counts_on() -> None:
    hub = Hub()
    client = listener(hub, "ana", channels=("c1",), resume=ResumePoint("", 7))
    assert client.connection.is_new

    hub.deliver(to_channel("c1"))

    assert [f["seq"] for f in client.read()] == [7]
    assert not client.connection.can_resume_at(6)


def test_after_a_minute_the_connection_is_a_new_one() -> None:
    time = HandTurnedTime()
    hub = Hub(time)
    client = listener(hub, "ana")
    client.break_off()
    time.seconds += RESUMABLE_FOR_S

    back = returning(client)

    assert back.connection.id != client.connection.id
    assert back.connection.is_new


def test_coming_back_in_time_stops_the_clock() -> None:
    time = HandTurnedTime()
    hub = Hub(time)
    client = listener(hub, "ana")
    client.break_off()
    time.seconds += RESUMABLE_FOR_S - 1
    back = returning(client)
    time.seconds += RESUMABLE_FOR_S
    hub.deliver(to_channel("c1"))

    assert [f["seq"] for f in back.read()] == [0]


def test_frames_no_longer_held_cannot_be_resumed() -> None:
    hub = Hub()
    client = listener(hub, "ana", channels=("c1",))
    client.break_off()
    for _ in range(RECENT_FRAMES + 1):
        hub.deliver(to_channel("c1"))

    assert returning(client, seq=0).connection is not client.connection
    assert returning(client, seq=1).connection is client.connection


def test_a_number_from_the_future_or_another_users_connection_is_not_resumed() -> None:
    hub = Hub()
    client = listener(hub, "ana", channels=("c1",))
    client.break_off()

    assert returning(client, seq=5).connection is not client.connection
    assert returning(client, user_id="eve").connection is not client.connection


def test_an_ended_session_cannot_be_resumed() -> None:
    hub = Hub()
    client = listener(hub, "ana")
    client.break_off()
    hub.deliver(SessionEnded("ana", "s1"))

    assert returning(client).connection is not client.connection


def test_a_client_that_keeps_breaking_off_leaves_only_a_few_connections_behind() -> None:
    hub = Hub()
    clients = [listener(hub, "ana") for _ in range(RESUMABLE_PER_USER + 1)]
    for client in clients:
        client.break_off()

    assert returning(clients[0]).connection is not clients[0].connection
    assert returning(clients[-1]).connection is clients[-1].connection
