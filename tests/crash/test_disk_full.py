"""The disk is full, over HTTP: writes are refused, reads go on, and all is well when there is room again."""

import pytest

from commandpost.db import Sql
from tests.support.people import Person, Room
from tests.support.talk import Talk

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PAGES = Sql("PRAGMA page_count")
ROOM_AGAIN = Sql("PRAGMA max_page_count = 1000000")
ENOUGH_TO_FILL_IT = 200


@ON_SQLITE
async def test_a_full_disk_refuses_writes_and_loses_nothing_that_was_acknowledged(
    room: Room, ana: Person, talk: Talk
) -> None:
    async with room.desks.writing() as desk:
        await desk.work.value(Sql(f"PRAGMA max_page_count = {await desk.work.value(PAGES) + 20}"))
    acknowledged: set[str] = set()
    refused = None

    for number in range(ENOUGH_TO_FILL_IT):
        message = f"{number} {'x' * 10_000}"
        answer = await ana.post("/posts", {"channel_id": talk.channel_id, "message": message})
        if answer.status_code != 201:
            refused = answer
            break
        acknowledged.add(answer.json()["id"])
    read = await ana.get(f"/channels/{talk.channel_id}/posts?per_page=200")
    async with room.desks.writing() as desk:
        await desk.work.value(ROOM_AGAIN)
    after = await ana.post("/posts", {"channel_id": talk.channel_id, "message": "room again"})

    assert acknowledged
    assert refused is not None
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert refused.json()["id"] == "api.context.unavailable.app_error"
    posts = {post["id"] for post in read.json()["posts"].values() if not post["type"]}
    assert posts == acknowledged
    assert after.status_code == 201
