"""What nobody will ask for again is thrown away: once, late enough, and nothing else."""

from pathlib import Path
from typing import Any

import pytest

from commandpost.jobs.housekeeping import Housekeeping
from commandpost.kernel.clock import DAY_MS, HOUR_MS
from tests.support.people import Person, Room
from tests.support.talk import Talk

A_DAY_S = DAY_MS / 1000 + 1
AN_HOUR_S = HOUR_MS / 1000 + 1


@pytest.fixture
def housekeeping(room: Room) -> Housekeeping:
    return room.app.state.housekeeping


async def uploaded(person: Person, talk: Talk) -> str:
    query = {"channel_id": talk.channel_id, "filename": "note.txt"}
    answer = await person.v4.post("/files", params=query, content=b"hello")
    assert answer.status_code == 201, answer.text
    return answer.json()["file_infos"][0]["id"]


def contents(folder: Path) -> set[str]:
    return {path.name for path in (folder / "data" / "files").glob("*/*")}


async def test_files_that_nobody_posted_are_thrown_away_and_posted_ones_stay(
    room: Room, ana: Person, talk: Talk, housekeeping: Housekeeping, tmp_path: Path
) -> None:
    unposted, posted = await uploaded(ana, talk), await uploaded(ana, talk)
    await talk.say(ana, "see", file_ids=[posted])
    room.clock.turn(seconds=A_DAY_S)
    young = await uploaded(ana, talk)

    await housekeeping.tidy()
    too_late: Any = await ana.post(
        "/posts", {"channel_id": talk.channel_id, "message": "see", "file_ids": [unposted]}
    )
    room.clock.turn(seconds=A_DAY_S)
    await talk.say(ana, "see", file_ids=[young])
    await housekeeping.tidy()

    assert too_late.status_code == 400
    assert contents(tmp_path) == {posted, young}
    assert (await ana.get(f"/files/{unposted}")).status_code == 404
    assert (await ana.get(f"/files/{posted}")).status_code == 200


async def test_files_of_a_deleted_post_are_thrown_away(
    room: Room, ana: Person, talk: Talk, housekeeping: Housekeeping, tmp_path: Path
) -> None:
    post = await talk.say(ana, "see", file_ids=[await uploaded(ana, talk)])
    await ana.delete(f"/posts/{post['id']}")
    room.clock.turn(seconds=A_DAY_S)

    await housekeeping.tidy()

    assert contents(tmp_path) == set()


async def test_of_several_servers_one_tidies_up_within_the_hour(
    room: Room, ana: Person, talk: Talk, tmp_path: Path
) -> None:
    first, second = Housekeeping(room.desks), Housekeeping(room.desks)
    post = await talk.say(ana, "see", file_ids=[await uploaded(ana, talk)])
    await ana.delete(f"/posts/{post['id']}")
    room.clock.turn(seconds=A_DAY_S - AN_HOUR_S)
    await first.tidy()

    room.clock.turn(seconds=AN_HOUR_S - 2)
    await second.tidy()
    within_the_hour = contents(tmp_path)
    room.clock.turn(seconds=2)
    await second.tidy()

    assert len(within_the_hour) == 1
    assert contents(tmp_path) == set()
