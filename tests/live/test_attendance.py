"""That people came and went, as noted from their sockets."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from commandpost.api.socket.attendance import Attendance
from commandpost.db import Database
from commandpost.kernel.clock import HOUR_MS
from commandpost.live.hub import Hub
from commandpost.workspace.actions import statuses
from commandpost.workspace.desk import Desks
from commandpost.workspace.events import StatusChanged
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.who import Who
from tests.live.listening import HandTurnedTime, listener
from tests.support.clock import START, TestClock
from tests.support.patience import PATIENCE_S


class Noted:
    """The teller of a database, who hands over the statuses it hears of."""

    def __init__(self) -> None:
        self.changes: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    def __call__(self, facts: Sequence[object]) -> None:
        for fact in facts:
            assert isinstance(fact, StatusChanged)
            self.changes.put_nowait((fact.user_id, fact.status))


@asynccontextmanager
async def kept(attendance: Attendance) -> AsyncGenerator[None]:
    keeping = asyncio.create_task(attendance.keep())
    yield
    keeping.cancel()


async def test_a_user_is_there_from_the_first_socket_to_the_last(
    database: Database, clock: TestClock
) -> None:
    hub, desks = Hub(), Desks(database, clock, Config())
    database.teller = noted = Noted()
    attendance = Attendance(desks, hub, "a", return_within_s=0)
    async with kept(attendance):
        desk, phone = listener(hub, "ana"), listener(hub, "ana")
        attendance.came("ana")
        assert await noted.changes.get() == ("ana", "online")

        desk.break_off()
        attendance.went("ana")
        phone.break_off()
        attendance.went("ana")
        assert await noted.changes.get() == ("ana", "offline")

    async with desks.reading() as reading:
        assert await statuses.present(reading) == []


async def test_a_user_who_is_back_in_a_moment_was_never_away(database: Database, clock: TestClock) -> None:
    hub, desks = Hub(), Desks(database, clock, Config())
    database.teller = noted = Noted()
    attendance = Attendance(desks, hub, "a", return_within_s=0)
    async with kept(attendance):
        first = listener(hub, "ana")
        attendance.came("ana")
        await noted.changes.get()

        first.break_off()
        attendance.went("ana")
        listener(hub, "ana")
        attendance.came("ana")
        listener(hub, "ben")
        attendance.came("ben")

        assert await noted.changes.get() == ("ben", "online")


async def test_who_is_on_another_server_too_is_still_there(database: Database, clock: TestClock) -> None:
    one, two, desks = Hub(), Hub(), Desks(database, clock, Config())
    database.teller = noted = Noted()
    here = Attendance(desks, one, "one", return_within_s=0)
    there = Attendance(desks, two, "two", return_within_s=0)
    async with kept(here), kept(there):
        phone = listener(one, "ana")
        here.came("ana")
        assert await noted.changes.get() == ("ana", "online")
        listener(two, "ana")
        there.came("ana")
        listener(two, "ben")
        there.came("ben")
        assert await noted.changes.get() == ("ben", "online")

        phone.break_off()
        here.went("ana")
        listener(one, "cleo")
        here.came("cleo")

        assert await noted.changes.get() == ("cleo", "online")


async def test_who_was_on_a_server_that_died_is_there_no_more(database: Database, clock: TestClock) -> None:
    one, two, desks, time = Hub(), Hub(), Desks(database, clock, Config()), HandTurnedTime()
    database.teller = noted = Noted()
    here, there = Attendance(desks, one, "one", monotonic=time), Attendance(desks, two, "two")
    await here.open(is_only=False)
    await there.open(is_only=False)
    async with kept(there):
        listener(two, "ana")
        there.came("ana")
        assert await noted.changes.get() == ("ana", "online")

    for _ in range(4):
        await here.call_the_roll()
        time.seconds += 10

    assert await noted.changes.get() == ("ana", "offline")


async def test_a_server_that_was_taken_for_dead_notes_again_who_is_there(
    database: Database, clock: TestClock
) -> None:
    one, two, desks, time = Hub(), Hub(), Desks(database, clock, Config()), HandTurnedTime()
    database.teller = noted = Noted()
    here, there = Attendance(desks, one, "one", monotonic=time), Attendance(desks, two, "two")
    await here.open(is_only=False)
    await there.open(is_only=False)
    async with kept(there):
        listener(two, "ana")
        there.came("ana")
        assert await noted.changes.get() == ("ana", "online")
        for _ in range(4):
            await here.call_the_roll()
            time.seconds += 10
        assert await noted.changes.get() == ("ana", "offline")

        await there.call_the_roll()

        assert await noted.changes.get() == ("ana", "online")


async def test_clocks_that_differ_or_jump_take_nobody_away(database: Database) -> None:
    early, late = TestClock(), TestClock(START + HOUR_MS)
    one, two, time = Hub(), Hub(), HandTurnedTime()
    database.teller = noted = Noted()
    here = Attendance(Desks(database, early, Config()), one, "one", monotonic=time)
    there = Attendance(Desks(database, late, Config()), two, "two", monotonic=time)
    await here.open(is_only=False)
    await there.open(is_only=False)
    async with kept(here):
        listener(one, "ana")
        here.came("ana")
        assert await noted.changes.get() == ("ana", "online")

    for jump in (10, 3600, 10, -7200, 10, 10):
        early.turn(seconds=jump)
        late.turn(seconds=10)
        time.seconds += 10
        await here.call_the_roll()
        await there.call_the_roll()

    assert noted.changes.empty()


async def test_a_server_that_stood_still_takes_nobody_for_dead(database: Database, clock: TestClock) -> None:
    one, two, desks, time = Hub(), Hub(), Desks(database, clock, Config()), HandTurnedTime()
    database.teller = noted = Noted()
    here, there = Attendance(desks, one, "one", monotonic=time), Attendance(desks, two, "two")
    await here.open(is_only=False)
    await there.open(is_only=False)
    async with kept(there):
        listener(two, "ana")
        there.came("ana")
        assert await noted.changes.get() == ("ana", "online")
    await here.call_the_roll()

    time.seconds += 3600
    await here.call_the_roll()

    assert noted.changes.empty()


async def test_a_server_that_stops_takes_its_people_along(database: Database, clock: TestClock) -> None:
    hub, desks = Hub(), Desks(database, clock, Config())
    database.teller = noted = Noted()
    attendance = Attendance(desks, hub, "one", go_within_s=PATIENCE_S)
    await attendance.open(is_only=False)
    async with kept(attendance):
        listener(hub, "ana")
        attendance.came("ana")
        assert await noted.changes.get() == ("ana", "online")

    await attendance.close()

    assert await noted.changes.get() == ("ana", "offline")


async def test_what_somebody_chooses_while_they_come_for_the_first_time_stays(
    database: Database, clock: TestClock
) -> None:
    desks = Desks(database, clock, Config())
    people = [f"user{number}" for number in range(20)]

    async def choose(user_id: str) -> None:
        async with desks.writing() as desk:
            await statuses.choose(
                desk, Who(user_id=user_id, username=user_id, roles=frozenset()), user_id, "dnd"
            )

    async def come(user_id: str) -> None:
        async with desks.writing() as desk:
            await statuses.attend(desk, "a", present={user_id}, absent=())

    await asyncio.gather(*(deed(user_id) for user_id in people for deed in (come, choose)))

    async with desks.reading() as reading:
        assert {one.user_id: one.status for one in await statuses.present(reading)} == dict.fromkeys(
            people, "dnd"
        )
