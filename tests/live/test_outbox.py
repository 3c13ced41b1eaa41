"""What waits for one socket, and readers who do not read."""

import asyncio

from commandpost.live.hub import Hub
from commandpost.live.outbox import Closing, Outbox
from tests.live.listening import listener, to_channel


async def test_a_waiting_writer_gets_texts_in_order() -> None:
    outbox = Outbox()
    writer = asyncio.create_task(outbox.next())
    await asyncio.sleep(0)

    outbox.put("one")
    outbox.put("two")

    assert [await writer, await outbox.next()] == ["one", "two"]


async def test_a_reader_who_lets_too_many_frames_pile_up_is_dropped_and_nobody_else() -> None:
    hub = Hub()
    slow = listener(hub, "ana", channels=("c1",), outbox=Outbox(max_texts=3))
    quick = listener(hub, "ben", channels=("c1",), outbox=Outbox(max_texts=3))

    for _ in range(4):
        hub.deliver(to_channel("c1"))
        await quick.read()

    assert slow.outbox.closing is Closing.SLOW
    assert await slow.outbox.next() is None
    assert [f["seq"] for f in quick.received] == [0, 1, 2, 3]


async def test_a_reader_who_lets_too_much_text_pile_up_is_dropped() -> None:
    outbox = Outbox(max_characters=10)

    outbox.put("123456")
    assert outbox.closing is None
    outbox.put("789012")

    assert outbox.closing is Closing.SLOW


async def test_a_closed_outbox_lets_its_waiting_writer_go() -> None:
    outbox = Outbox()
    writer = asyncio.create_task(outbox.next())
    await asyncio.sleep(0)

    outbox.close(Closing.SESSION_ENDED)
    outbox.put("too late")

    assert await writer is None
    assert outbox.closing is Closing.SESSION_ENDED
