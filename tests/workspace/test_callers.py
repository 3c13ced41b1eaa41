"""Who is behind a token is remembered for a moment, but never longer than the session lives."""

from commandpost.db import Sql
from commandpost.workspace.callers import REMEMBERED_MS
from tests.support.people import Room

_DELETE_SESSIONS = Sql("DELETE FROM sessions WHERE user_id = :user_id")


async def test_a_session_that_ends_is_dead_at_once(room: Room) -> None:
    await room.person("ana")
    ben = await room.person("ben")
    assert (await ben.get("/users/me")).status_code == 200

    await ben.post("/users/logout")

    assert (await ben.get("/users/me")).status_code == 401


async def test_a_deactivated_user_is_locked_out_at_once(room: Room) -> None:
    ana = await room.person("ana")
    ben = await room.person("ben")
    assert (await ben.get("/users/me")).status_code == 200

    await ana.put(f"/users/{ben.id}/active", {"active": False})

    assert (await ben.get("/users/me")).status_code == 401


async def test_a_role_that_is_taken_away_counts_no_longer(room: Room) -> None:
    ana = await room.person("ana")
    ben = await room.person("ben", roles="system_user system_admin")
    assert (await ben.get("/config")).status_code == 200

    await ana.put(f"/users/{ben.id}/roles", {"roles": "system_user"})

    assert (await ben.get("/config")).status_code == 403


async def test_what_another_process_ends_counts_within_a_second(room: Room) -> None:
    await room.person("ana")
    ben = await room.person("ben")
    assert (await ben.get("/users/me")).status_code == 200
    async with room.desks.writing() as desk:
        await desk.work.run(_DELETE_SESSIONS, user_id=ben.id)

    room.clock.turn(millis=REMEMBERED_MS)

    assert (await ben.get("/users/me")).status_code == 401
