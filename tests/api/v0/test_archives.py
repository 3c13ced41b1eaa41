"""Incidents written into archives and brought in from them, through the doors."""

import asyncio
import io
import json
import zipfile
from typing import Any

import httpx
import pytest

from commandpost.api.archive_key import ADDRESS
from commandpost.archive import signature
from tests.archive.files import EVENTS, by_hand, lines, zipped
from tests.live.listening import Client
from tests.support.disk import TOO_LARGE, files_end_at
from tests.support.incidents import Ops
from tests.support.listeners import listening
from tests.support.people import SITE, Person


async def bring(ops: Ops, content: bytes, *, by: Person) -> httpx.Response:
    return await by.v0.post("/archives", params={"team_id": ops.team.id}, content=content)


async def archive_of(ops: Ops, incident_id: str, *, by: Person | None = None) -> zipfile.ZipFile:
    answer = await (by or ops.ana).v0.get(f"/incidents/{incident_id}/archive")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def lines_of(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archive.read(name).splitlines()]


async def test_an_archive_holds_all_of_an_incident(ops: Ops) -> None:
    incident = await ops.incident(ops.ben)
    files = {"files": ("plan.txt", b"fill the cart")}
    upload = await ops.ana.v4.post("/files", params={"channel_id": incident["channel_id"]}, files=files)
    file_id = upload.json()["file_infos"][0]["id"]
    said = {"channel_id": incident["channel_id"], "message": "It is the cart", "file_ids": [file_id]}
    post = (await ops.ana.post("/posts", said)).json()
    await ops.ben.post("/posts", {"channel_id": post["channel_id"], "message": "Yes", "root_id": post["id"]})
    await ops.do(ops.ana, "PUT", incident, "/checklists/0/item/0/state", {"new_state": "closed"})
    timeline = (await ops.ana.v0.get(f"/incidents/{incident['id']}/timeline")).json()["items"]

    archive = await archive_of(ops, incident["id"])

    assert lines_of(archive, "events.jsonl") == timeline
    posts = {one["message"]: one for one in lines_of(archive, "posts.jsonl")}
    assert posts["It is the cart"]["file_ids"] == [file_id]
    assert posts["Yes"]["root_id"] == post["id"]
    assert archive.read(f"files/{file_id}") == b"fill the cart"
    assert lines_of(archive, "files.jsonl")[0]["name"] == "plan.txt"
    people = {one["username"]: one for one in lines_of(archive, "people.jsonl")}
    assert people.keys() >= {"ana", "ben", "incident"}
    assert people["ana"]["email"] == ""
    state = json.loads(archive.read("incident.json"))
    assert state["stages"][0]["tasks"][0]["state"] == "closed"
    assert json.loads(archive.read("playbook.json"))["title"] == "Outage"
    assert b"# Database is down" in archive.read("documents/incident.md")
    page = archive.read("documents/incident.html").decode()
    assert "<h1>Database is down</h1>" in page
    assert "<script" not in page
    assert archive.read("documents/events.csv").startswith(b"sequence,time,kind")
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["members"].keys() == {*archive.namelist()} - {"manifest.json"}


async def test_it_is_signed_with_the_key_at_the_documented_address(ops: Ops) -> None:
    incident = await ops.incident()

    key = (await ops.room.stranger().v4.get(f"{SITE}{ADDRESS}")).json()
    archive = await archive_of(ops, incident["id"])

    assert key["algorithm"] == "ed25519"
    assert json.loads(archive.read("manifest.json"))["signer"]["public_key"] == key["public_key"]
    assert archive.comment.startswith(signature.LABEL)


async def test_addresses_are_for_administrators(ops: Ops, admin: Person) -> None:
    incident = await ops.incident()

    archive = await archive_of(ops, incident["id"], by=admin)

    assert {one["email"] for one in lines_of(archive, "people.jsonl")} >= {"ana@example.com"}


async def test_only_readers_of_the_channel_export(ops: Ops) -> None:
    incident = await ops.incident()
    outsider = await ops.room.person("outsider")

    for person in (ops.ben, outsider):
        assert (await person.v0.get(f"/incidents/{incident['id']}/archive")).status_code == 403


async def test_only_system_administrators_import(ops: Ops) -> None:
    answer = await bring(ops, by_hand(), by=ops.ana)

    assert answer.status_code == 403
    assert (await ops.ana.v0.get("/incidents", params={"team_id": ops.team.id})).json()["total_count"] == 0


async def test_events_alone_make_an_incident(ops: Ops, admin: Person) -> None:
    answer = await bring(ops, by_hand(), by=admin)

    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["standing"] == "unsigned"
    incident = (await ops.ana.v0.get(f"/incidents/{made['id']}")).json()
    listed = (await ops.ana.v0.get("/incidents", params={"team_id": ops.team.id})).json()["items"]
    assert [(one["id"], one["is_imported"]) for one in listed] == [(made["id"], True)]
    assert incident["name"] == "Cart is empty"
    assert incident["commander_user_id"] == ops.ana.id
    assert incident["is_active"] is False
    assert incident["end_at"] == EVENTS[-1]["at"]
    assert incident["checklists"][0]["items"][0]["state"] == "closed"
    timeline = (await ops.ana.v0.get(f"/incidents/{made['id']}/timeline")).json()["items"]
    assert [(one["kind"], one["at"]) for one in timeline] == [(one["kind"], one["at"]) for one in EVENTS]
    assert timeline[0]["actor_id"] == ops.ana.id


async def test_people_who_are_nobody_here_keep_their_names_and_get_no_account(
    ops: Ops, admin: Person
) -> None:
    made = (await bring(ops, by_hand(), by=admin)).json()

    origin = (await ops.ana.v0.get(f"/incidents/{made['id']}/origin")).json()
    assert [one["username"] for one in origin["people"]] == ["zoe"]
    assert origin["standing"] == "unsigned"
    assert origin["imported_by"] == admin.id
    assert (await admin.get("/users/username/zoe")).status_code == 404


async def test_an_incident_of_this_server_has_no_origin(ops: Ops) -> None:
    incident = await ops.incident()

    origin = (await ops.ana.v0.get(f"/incidents/{incident['id']}/origin")).json()

    assert (origin["standing"], origin["people"]) == ("", [])


async def test_the_same_archive_is_imported_once(ops: Ops, admin: Person) -> None:
    assert (await bring(ops, by_hand(), by=admin)).status_code == 201

    again = await bring(ops, by_hand(), by=admin)

    assert again.status_code == 409


async def test_of_imports_at_the_same_time_one_is_made(ops: Ops, admin: Person) -> None:
    answers = await asyncio.gather(*(bring(ops, by_hand(), by=admin) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert "is here already" in refused.json()["error"]
    assert (await ops.ana.v0.get("/incidents", params={"team_id": ops.team.id})).json()["total_count"] == 1


async def test_an_incident_of_this_server_cannot_be_overwritten(ops: Ops, admin: Person) -> None:
    incident = await ops.incident()
    archive = await ops.ana.v0.get(f"/incidents/{incident['id']}/archive")

    answer = await bring(ops, archive.content, by=admin)

    assert answer.status_code == 409
    assert await ops.seen(incident) == incident


async def test_ids_of_something_else_here_are_refused(ops: Ops, admin: Person) -> None:
    incident = await ops.incident()
    post = (await ops.ana.post("/posts", {"channel_id": incident["channel_id"], "message": "Mine"})).json()
    posts = [{"id": post["id"], "author_id": "zoe", "create_at": 1, "message": "Theirs"}]
    content = zipped({"events.jsonl": lines(EVENTS), "posts.jsonl": lines(posts)})

    answer = await bring(ops, content, by=admin)

    assert answer.status_code == 409
    assert (await ops.ana.get(f"/posts/{post['id']}")).json()["message"] == "Mine"


async def test_without_room_for_temporary_files_it_can_be_tried_again(ops: Ops, admin: Person) -> None:
    incident = await ops.incident()
    query = {"channel_id": incident["channel_id"], "filename": "dump.bin"}
    upload = await ops.ana.v4.post("/files", params=query, content=TOO_LARGE)
    file_ids = [upload.json()["file_infos"][0]["id"]]
    said = {"channel_id": incident["channel_id"], "message": "All of it", "file_ids": file_ids}
    await ops.ana.post("/posts", said)

    with files_end_at():
        exported = await ops.ana.v0.get(f"/incidents/{incident['id']}/archive")
        imported = await bring(ops, TOO_LARGE, by=admin)
    audit_before = [one["action"] for one in (await admin.get("/audits")).json()]
    again = await ops.ana.v0.get(f"/incidents/{incident['id']}/archive")
    audit = [one["action"] for one in (await admin.get("/audits")).json()]

    assert (exported.status_code, imported.status_code, again.status_code) == (503, 503, 200)
    assert exported.headers["Retry-After"]
    assert "no room" in imported.json()["error"]
    assert "incident.exported" not in audit_before
    assert audit.count("incident.exported") == 1


async def test_altered_archives_are_refused_whole(ops: Ops, admin: Person) -> None:
    incident = await ops.incident()
    content = bytearray((await ops.ana.v0.get(f"/incidents/{incident['id']}/archive")).content)
    content[len(content) // 2] ^= 1

    for broken in (bytes(content), b"no archive", b""):
        assert (await bring(ops, broken, by=admin)).status_code == 400
    assert (await ops.ana.v0.get("/incidents", params={"team_id": ops.team.id})).json()["total_count"] == 1


@pytest.mark.parametrize(
    "events",
    [
        [],
        EVENTS[1:],
        [EVENTS[0], {**EVENTS[1], "sequence": 3}],
        [EVENTS[0], {**EVENTS[0], "sequence": 2}],
        [{**EVENTS[0], "kind": "incident_dreamt"}],
        [{**EVENTS[0], "version": 2}],
        [{**EVENTS[0], "at": -1}],
        [{**EVENTS[0], "payload": {**EVENTS[0]["payload"], "stages": [{"id": "a", "title": 1}]}}],
        [{**EVENTS[0], "payload": {**EVENTS[0]["payload"], "name": " "}}],
        [{**EVENTS[0], "payload": {**EVENTS[0]["payload"], "name": "a\x00b"}}],
    ],
)
async def test_logs_that_no_incident_has_are_refused(ops: Ops, admin: Person, events: Any) -> None:
    assert (await bring(ops, by_hand(events), by=admin)).status_code == 400


async def test_importing_tells_nobody(ops: Ops, admin: Person) -> None:
    joins = {"sequence": 2, "kind": "member_joined", "at": 1_700_000_000_001, "payload": {"user_id": "ben"}}
    events = [EVENTS[0], joins]
    posts = [{"id": "p", "author_id": "zoe", "create_at": 1_700_000_000_002, "message": "@ben @all help"}]
    ben = listening(ops.room, ops.ben)

    made = await bring(ops, zipped({"events.jsonl": lines(events), "posts.jsonl": lines(posts)}), by=admin)

    assert made.status_code == 201, made.text
    assert heard(ben) == []
    unread = (await ops.ben.get(f"/users/me/channels/{made.json()['channel_id']}/unread")).json()
    assert (unread["msg_count"], unread["mention_count"]) == (0, 0)
    channel_id = made.json()["channel_id"]
    page = (await ops.ben.get(f"/channels/{channel_id}/posts")).json()
    assert [post["props"]["override_username"] for post in page["posts"].values()] == ["zoe"]
    header = (await ops.ben.get(f"/channels/{channel_id}")).json()["header"]
    assert "unsigned" in header


async def test_review_document_and_follow_ups_are_kept(ops: Ops, admin: Person) -> None:
    incident = await ops.incident(ops.ben)
    path = f"/incidents/{incident['id']}"
    await ops.ana.v0.put(f"{path}/review/document", json={"text": "# It was the cart", "version": 0})
    wanted = {"title": "Fill it", "assignee_id": ops.ben.id, "due_at": 1_800_000_000_000}
    await ops.ana.v0.post(f"{path}/follow_ups", json=wanted)

    archive = await archive_of(ops, incident["id"])

    document = archive.read("documents/review.md").decode()
    assert document.startswith("# It was the cart\n\n## Follow-ups\n")
    assert "| Fill it | ben | 2027-01-15 |" in document
    (kept,) = lines_of(archive, "follow_ups.jsonl")
    review = archive.read("review.json")
    again = {"events.jsonl": lines(EVENTS), "review.json": review, "follow_ups.jsonl": lines([kept])}
    made = await bring(ops, zipped(again | {"people.jsonl": archive.read("people.jsonl")}), by=admin)
    assert made.status_code == 201, made.text
    there = f"/incidents/{made.json()['id']}"
    found = (await ops.ana.v0.get(f"{there}/review/document")).json()
    assert (found["text"], found["version"], found["editor_id"]) == (
        "# It was the cart",
        1,
        ops.ana.id,
    )
    assert len((await ops.ana.v0.get(f"{there}/review/document/versions")).json()["items"]) == 1
    (found,) = (await ops.ana.v0.get(f"{there}/follow_ups")).json()["items"]
    assert {name: found[name] for name in wanted} == wanted
    assert found["id"] != kept["id"]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("review.json", {"text": " "}),
        ("review.json", {"text": "a", "status": "burnt"}),
        ("review.json", {"text": "a", "version": 0}),
        ("review.json", {"text": "a\x00"}),
        ("follow_ups.jsonl", {"title": ""}),
        ("follow_ups.jsonl", {"title": "a", "due_at": -1}),
        ("follow_ups.jsonl", {"title": "a", "done_at": -1}),
    ],
)
async def test_reviews_that_cannot_be_are_refused(ops: Ops, admin: Person, member: str, value: Any) -> None:
    answer = await bring(ops, zipped({"events.jsonl": lines(EVENTS), member: lines([value])}), by=admin)

    assert answer.status_code == 400
    assert (await ops.ana.v0.get("/incidents", params={"team_id": ops.team.id})).json()["total_count"] == 0


def heard(client: Client) -> list[str]:
    return [frame["event"] for frame in client.read() if frame["event"] != "hello"]
