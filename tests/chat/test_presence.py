"""The embedded chat reports to the core when members of ongoing incidents come and go."""

from commandpost.db import Sql
from tests.support.incidents import Ops

_PRESENCE = Sql("SELECT user_id, status, at FROM presence_changes ORDER BY at, user_id")


async def test_presence_is_kept_of_members_while_their_incident_is_ongoing(ops: Ops) -> None:
    incident = await ops.incident()

    async def everybody_is(status: str) -> None:
        ops.room.clock.turn(seconds=1)
        for person in (ops.ana, ops.ben):
            await person.put(f"/users/{person.id}/status", {"user_id": person.id, "status": status})

    await everybody_is("away")
    await everybody_is("away")
    await everybody_is("dnd")
    await ops.do(ops.ana, "PUT", incident, "/end")
    await everybody_is("online")

    now = ops.room.clock.now()
    async with ops.room.desks.reading() as desk:
        rows = [(row["user_id"], row["status"], row["at"]) for row in await desk.work.all(_PRESENCE)]
    assert rows == [(ops.ana.id, "away", now - 3000), (ops.ana.id, "dnd", now - 1000)]
