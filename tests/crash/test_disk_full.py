"""The disk is full, over HTTP: writes are refused, reads go on, and all is well when there is room again."""

import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from commandpost.db import Sql
from tests.support.disk import TOO_LARGE, files_end_at, on_a_disk_of_its_own
from tests.support.patience import PATIENCE_S
from tests.support.people import Person, Room
from tests.support.served import NO_TLS, Served, signed_up, start
from tests.support.talk import Talk

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PAGES = Sql("PRAGMA page_count")
ROOM_AGAIN = Sql("PRAGMA max_page_count = 1000000")
ENOUGH_TO_FILL_IT = 200
FILE = bytes(1_000_000)


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


@pytest.fixture
def on_a_small_disk(tmp_path: Path) -> Iterator[Served]:
    """A server whose data folder is a disk of 12 MB, which nobody else sees."""
    disk, log_path = tmp_path / "disk", tmp_path / "log"
    disk.mkdir()
    inside = on_a_disk_of_its_own(disk, "size=12m")
    command = [sys.executable, "-m", "commandpost", "serve", "--port", "0", "--data-dir", str(disk)]
    environment = {**os.environ, "PYTHONPATH": "src"}
    with (
        log_path.open("wb") as log,
        subprocess.Popen([*inside, *command], stdout=log, stderr=subprocess.PIPE, env=environment) as process,
    ):
        assert process.stderr is not None
        for line in process.stderr:
            log.write(line)
            if ready := re.search(rb"ready at http://127\.0\.0\.1:(\d+)", line):
                yield Served(port=int(ready[1]), process=process, log_path=log_path)
                break
        process.kill()


def test_a_disk_that_is_really_full_refuses_files_and_posts_and_loses_none_that_it_took(
    on_a_small_disk: Served,
) -> None:
    ana = signed_up(on_a_small_disk, "ana")
    headers = {"Authorization": f"Bearer {ana.token}"}
    v4 = f"{on_a_small_disk.url}/api/v4"
    kept: list[str] = []
    posted: set[str] = set()

    with httpx.Client(base_url=v4, headers=headers, verify=NO_TLS, timeout=PATIENCE_S) as http:
        team = http.post("/teams", json={"name": "ops", "display_name": "Ops", "type": "O"}).json()["id"]
        town = http.get(f"/teams/{team}/channels/name/town-square").json()["id"]
        query = {"channel_id": town, "filename": "a.bin"}
        while (file := http.post("/files", params=query, content=FILE)).status_code == 201:
            kept.append(file.json()["file_infos"][0]["id"])
        for length in (10_000, 1):
            new = {"channel_id": town, "message": "x" * length}
            while (post := http.post("/posts", json=new)).status_code == 201:
                posted.add(post.json()["id"])
        files = [http.get(f"/files/{file_id}").content for file_id in kept]
        found = http.get(f"/channels/{town}/posts", params={"per_page": 200}).json()["posts"]

    for refused in (file, post):
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
        assert refused.json()["id"] == "api.context.unavailable.app_error"
    assert kept and files == [FILE] * len(kept)
    assert {post_id for post_id, told in found.items() if not told["type"]} == posted
    assert on_a_small_disk.stop() == 0


def test_without_room_for_temporary_files_a_form_is_refused_and_can_be_sent_again(tmp_path: Path) -> None:
    with files_end_at():
        server = start(tmp_path, anew=True)
    try:
        ana = signed_up(server, "ana")
        headers = {"Authorization": f"Bearer {ana.token}"}
        v4 = f"{server.url}/api/v4"
        with httpx.Client(base_url=v4, headers=headers, verify=NO_TLS, timeout=PATIENCE_S) as http:
            team = http.post("/teams", json={"name": "ops", "display_name": "Ops", "type": "O"}).json()["id"]
            town = http.get(f"/teams/{team}/channels/name/town-square").json()["id"]

            def sent() -> httpx.Response:
                return http.post("/files", data={"channel_id": town}, files={"files": ("a.bin", TOO_LARGE)})

            refused = sent()
            resource.prlimit(
                server.process.pid, resource.RLIMIT_FSIZE, resource.getrlimit(resource.RLIMIT_FSIZE)
            )
            again = sent()
    finally:
        server.stop()

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1"), refused.text
    assert refused.json()["id"] == "app.temporary.no_room.app_error"
    assert again.status_code == 201, again.text
    assert "Traceback" not in server.log
