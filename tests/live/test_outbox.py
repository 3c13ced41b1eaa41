"""Readers who do not read."""

from commandpost.live.hub import Hub
from commandpost.live.outbox import Closing
from tests.live.listening import Wire, listener, to_channel


def test_a_reader_who_falls_too_far_behind_is_dropped_and_nobody_else() -> None:
    hub = Hub()
    room_for_three = 3 * len(to_channel("c1").numbered(0))
    slow = listener(hub, "ana", channels=("c1",), wire=Wire(room_for_three))
    quick = listener(hub, "ben", channels=("c1",), wire=Wire(room_for_three))

    for _ in range(5):
        hub.deliver(to_channel("c1"))
        quick.read()

    assert slow.wire.ended == [Closing.SLOW]
    assert len(slow.wire.unread) == 4
    assert [f["seq"] for f in quick.received] == [0, 1, 2, 3, 4]


def test_a_closed_outbox_sends_nothing_and_keeps_its_first_reason() -> None:
    wire = Wire()

    wire.outbox.close(Closing.SESSION_ENDED)
    wire.outbox.put(b"too late")
    wire.outbox.close(Closing.STOPPING)

    assert wire.unread == []
    assert wire.ended == [Closing.SESSION_ENDED]
