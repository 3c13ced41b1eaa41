"""What archives hold beside the log, and what becomes of it on another server."""

import json
import struct
import zipfile
from typing import Any

import pytest

from commandpost.archive import shapes
from scripts.make_archive_examples import WHOLE
from tests.api.v0.test_archives import archive_of, bring, lines_of
from tests.archive.files import EVENTS, lines, zipped
from tests.support.incidents import Ops
from tests.support.people import Person

PRACTICE: dict[str, Any] = {
    "kind": "rehearsal_started",
    "actor_id": "ana",
    "payload": {"steps": 1, "speed": 1},
}


async def test_what_became_of_posts_is_told_but_not_what_deleted_ones_said(ops: Ops) -> None:
    incident = await ops.incident(ops.ben)
    said = {"channel_id": incident["channel_id"], "message": "Secret, sorry"}
    deleted, kept = [(await ops.ben.post("/posts", said)).json()["id"] for _ in range(2)]
    await ops.ben.delete(f"/posts/{deleted}")
    await ops.ben.v4.put(f"/posts/{kept}/patch", json={"message": "Better"})
    reaction = {"user_id": ops.ana.id, "post_id": kept, "emoji_name": "eyes"}
    await ops.ana.post("/reactions", reaction)

    archive = await archive_of(ops, incident["id"])

    posts = {one["id"]: one for one in lines_of(archive, "posts.jsonl")}
    assert (posts[deleted]["message"], posts[deleted]["delete_at"] > 0) == ("", True)
    assert (posts[kept]["message"], posts[kept]["edit_at"] > 0) == ("Better", True)
    (given,) = lines_of(archive, "reactions.jsonl")
    assert {name: given[name] for name in reaction} == reaction
    assert not any(b"Secret" in archive.read(name) for name in archive.namelist())


async def test_the_example_comes_out_of_another_server_as_it_went_in(ops: Ops, admin: Person) -> None:
    for name in ("marco", "lena"):
        await ops.room.person(name)
    before = zipfile.ZipFile(WHOLE)

    made = await bring(ops, WHOLE.read_bytes(), by=admin)
    assert made.status_code == 201, made.text
    after = await archive_of(ops, made.json()["id"], by=admin)

    for name in (shapes.EVENTS, shapes.REACTIONS, shapes.REVIEW_VERSIONS, shapes.PRESENCE):
        assert told(after, name) == told(before, name)
    assert after.read(shapes.EARLIER_RUNS) == before.read(shapes.EARLIER_RUNS)
    assert [(one["message"], one["delete_at"]) for one in lines_of(after, shapes.POSTS)] == [
        (one["message"], one["delete_at"]) for one in lines_of(before, shapes.POSTS)
    ]
    for name in ("review.md", "review.html"):
        assert after.read(f"documents/{name}") == before.read(f"documents/{name}")
    assert after.read("documents/review.pdf").startswith(b"%PDF")
    was, now = (json.loads(one.read("documents/review.json"))["review"] for one in (before, after))
    assert [gap["sentence"] for gap in now["gaps"]] == [gap["sentence"] for gap in was["gaps"]] != []


def told(archive: zipfile.ZipFile, name: str) -> str:
    """A member with people called by their names instead of by ids."""
    text = archive.read(name).decode()
    for person in lines_of(archive, shapes.PEOPLE):
        text = text.replace(person["id"], f"@{person['username']}")
    return text


@pytest.mark.parametrize("counted", [{"runs": 6}, {}])
async def test_gaps_are_judged_by_the_earlier_runs_in_the_archive(
    ops: Ops, admin: Person, counted: dict[str, int]
) -> None:
    """An hour would be a gap by the incident itself, but the task took nearly so long six times before."""
    late = [EVENTS[0], {**EVENTS[1], "at": EVENTS[0]["at"] + 3_600_000}]
    late.append({**EVENTS[2], "at": late[1]["at"] + 1000})
    runs = {**counted, "lengths": {"look": [3_500_000] * 6}}
    known = {"events.jsonl": lines(late), "earlier_runs.json": json.dumps(runs)}

    made = (await bring(ops, zipped(known), by=admin)).json()

    review = (await ops.ana.v0.get(f"/incidents/{made['id']}/review")).json()
    assert (review["past_runs"], review["gaps"]) == (6, [])


async def test_runs_written_by_hand_are_compared_if_they_name_the_same_playbook(
    ops: Ops, admin: Person
) -> None:
    made: dict[str, Any] = {}
    for number in range(2):
        start = EVENTS[0]["at"] + number * 86_400_000
        payload = {**EVENTS[0]["payload"], "playbook_id": "outage"}
        events = [{**one, "at": one["at"] - EVENTS[0]["at"] + start} for one in EVENTS]
        made = (
            await bring(
                ops,
                zipped({"events.jsonl": lines([{**events[0], "payload": payload}, *events[1:]])}),
                by=admin,
            )
        ).json()

    review = (await ops.ana.v0.get(f"/incidents/{made['id']}/review")).json()

    assert review["past_runs"] == 1


async def test_a_rehearsal_stays_one_and_is_nobodys_earlier_run(ops: Ops, admin: Person) -> None:
    start = {**EVENTS[0], "payload": {**EVENTS[0]["payload"], "playbook_id": "outage"}}
    practice = {**PRACTICE, "sequence": 2, "at": EVENTS[0]["at"]}
    rest = [{**one, "sequence": one["sequence"] + 1} for one in EVENTS[1:]]

    made = (await bring(ops, zipped({"events.jsonl": lines([start, practice, *rest])}), by=admin)).json()

    incident = (await ops.ana.v0.get(f"/incidents/{made['id']}")).json()
    assert (incident["is_practice"], incident["playbook_id"]) == (True, "")
    state = json.loads((await archive_of(ops, made["id"], by=admin)).read(shapes.INCIDENT))
    assert state["is_practice"] is True
    assert (await ops.do(admin, "POST", incident, "/rehearsals", {"speed": 1})).status_code == 409


def declared(size: int) -> bytes:
    """An archive whose only member says that it is so large, unpacked."""
    content = bytearray(zipped({shapes.EVENTS: lines(EVENTS)}))
    place = content.index(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", size)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (zipped({shapes.EVENTS: lines(EVENTS), "../../etc/cron.d/x": "x"}), 400),
        (zipped({shapes.EVENTS: lines(EVENTS), "/etc/passwd": "x"}), 400),
        (declared(2**32 - 2), 400),
        (zipped({shapes.EVENTS: lines(EVENTS), shapes.INCIDENT: " " * (33 * 2**20)}), 413),
    ],
    ids=["out of the folder", "from the root", "another size than told", "more at once than allowed"],
)
async def test_hostile_archives_are_refused_whole(
    ops: Ops, admin: Person, content: bytes, status: int
) -> None:
    answer = await bring(ops, content, by=admin)

    assert answer.status_code == status, answer.text
    assert (await ops.ana.v0.get("/incidents", params={"team_id": ops.team.id})).json()["total_count"] == 0


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("reactions.jsonl", {"post_id": "p", "user_id": "ana", "emoji_name": "no such"}),
        ("posts.jsonl", {"id": "p", "author_id": "ana", "create_at": -1, "message": ""}),
        ("presence.jsonl", {"user_id": "ana", "at": 1, "status": "asleep"}),
        ("earlier_runs.json", {"runs": 1, "lengths": {"look": [-1]}}),
        ("review_versions.jsonl", {"version": 1, "text": "of no review"}),
    ],
)
async def test_what_cannot_be_is_refused(ops: Ops, admin: Person, member: str, value: Any) -> None:
    members = {"events.jsonl": lines(EVENTS), "earlier_runs.json": "{}", member: lines([value])}

    answer = await bring(ops, zipped(members), by=admin)

    assert answer.status_code == 400, answer.text
