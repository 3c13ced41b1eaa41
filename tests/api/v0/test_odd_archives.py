"""Archives that are odd but valid, as other people's programs and hands write them."""

import json
from typing import Any

import pytest

from commandpost.archive import shapes
from tests.api.v0.test_archives import bring
from tests.archive.files import EVENTS, lines, zipped
from tests.support.incidents import Ops
from tests.support.people import Person

START, TICKED, ENDED = EVENTS
STAGES = [
    {"id": "1", "title": "Triage", "tasks": [{"id": "1", "title": "Look"}]},
    {"id": "2", "title": "Mend", "tasks": [{"id": "2", "title": "Turn back", "state": "closed"}]},
]
POST = {"id": "p", "author_id": "ana", "create_at": START["at"], "message": "Look"}
PAGES = ("", "/review", "/review/export/csv", "/review/export/markdown", "/archive")


def started(**more: Any) -> dict[str, Any]:
    return {**START, "payload": {**START["payload"], "stages": STAGES, **more}}


def log(*events: dict[str, Any]) -> list[dict[str, Any]]:
    """These events, numbered anew."""
    return [{**event, "sequence": number} for number, event in enumerate(events, start=1)]


def stood(number: int, **more: Any) -> dict[str, str | bytes]:
    """Events with the incident as it stands beside them."""
    named = {"id": f"outage {number}", "channel_id": f"channel {number}", "name": "Cart is empty"}
    incident = {**named, "create_at": START["at"], "stages": STAGES, **more}
    return {shapes.EVENTS: lines(log(started())), shapes.INCIDENT: json.dumps(incident)}


async def review_of(ops: Ops, incident_id: str) -> dict[str, Any]:
    return (await ops.ana.v0.get(f"/incidents/{incident_id}/review")).json()


async def test_stages_and_tasks_of_any_names_are_told_apart_also_from_those_of_other_incidents(
    ops: Ops, admin: Person
) -> None:
    for number in range(2):
        made = await bring(ops, zipped(stood(number)), by=admin)
        assert made.status_code == 201, made.text


async def test_tasks_of_the_state_in_an_archive_are_those_of_people_here(ops: Ops, admin: Person) -> None:
    task = {"id": "1", "title": "Look", "assignee_id": "ben"}
    members = stood(1, stages=[{"id": "1", "title": "Triage", "tasks": [task]}])

    made = (await bring(ops, zipped(members), by=admin)).json()

    incident = (await ops.ana.v0.get(f"/incidents/{made['id']}")).json()
    assert incident["checklists"][0]["items"][0]["assignee_id"] == ops.ben.id


async def test_tasks_that_were_closed_at_the_start_are(ops: Ops, admin: Person) -> None:
    made = (await bring(ops, zipped({shapes.EVENTS: lines(log(started()))}), by=admin)).json()

    incident = (await ops.ana.v0.get(f"/incidents/{made['id']}")).json()
    assert [stage["items"][0]["state"] for stage in incident["checklists"]] == ["", "closed"]


@pytest.mark.parametrize(
    "change", [{"to_stage_id": "2"}, {"to_position": 1}, {"from_stage_id": "1", "to_stage_id": "2"}]
)
async def test_a_stage_is_entered_by_its_id_or_its_position(
    ops: Ops, admin: Person, change: dict[str, Any]
) -> None:
    moved = {**TICKED, "kind": "stage_changed", "payload": change}
    made = (await bring(ops, zipped({shapes.EVENTS: lines(log(started(), moved, ENDED))}), by=admin)).json()

    incident = (await ops.ana.v0.get(f"/incidents/{made['id']}")).json()
    assert incident["active_stage_title"] == "Mend"
    assert [stage["active_ms"] for stage in (await review_of(ops, made["id"]))["stages"]] == [60_000, 60_000]


@pytest.mark.parametrize(
    "events",
    [
        log(started(active_stage=-1), ENDED),
        log(started(active_stage=7), ENDED),
        log(started(), {**TICKED, "kind": "stage_changed", "payload": {"to_position": 2**52}}, TICKED, ENDED),
    ],
    ids=["begun in no stage", "begun behind the last", "gone on behind the last"],
)
async def test_stages_that_there_are_not_are_none(
    ops: Ops, admin: Person, events: list[dict[str, Any]]
) -> None:
    made = await bring(ops, zipped({shapes.EVENTS: lines(events)}), by=admin)
    assert made.status_code == 201, made.text

    for page in PAGES:
        answer = await admin.v0.get(f"/incidents/{made.json()['id']}{page}")
        assert answer.status_code == 200, f"{page}: {answer.text}"


@pytest.mark.parametrize(
    "members",
    [
        {shapes.EVENTS: lines(log(started(playbook_version=10**400)))},
        {shapes.EVENTS: lines(log(started(), {**ENDED, "payload": {"duration_ms": -(2**63)}}))},
        {shapes.EVENTS: lines(log(started(), {**ENDED, "at": 253_402_300_800_000}))},
        stood(1, create_at=2**63),
        stood(1, end_at=-1),
        stood(1, status_posts=[{"id": "p", "create_at": 2**80}]),
        {shapes.EVENTS: lines(EVENTS), shapes.PRESENCE: lines([{"user_id": "", "at": 1, "status": "away"}])},
        {shapes.EVENTS: lines(EVENTS), shapes.POSTS: lines([POST, POST])},
        {shapes.EVENTS: lines(EVENTS), shapes.POSTS: lines([{**POST, "id": ""}])},
    ],
    ids=[
        "version",
        "duration",
        "year 10000",
        "start",
        "end",
        "status update",
        "nobody's presence",
        "same post",
        "no post",
    ],
)
async def test_numbers_that_are_too_large_and_what_is_nobodys_or_there_twice_are_refused(
    ops: Ops, admin: Person, members: dict[str, str | bytes]
) -> None:
    answer = await bring(ops, zipped(members), by=admin)

    assert answer.status_code == 400, answer.text


async def test_what_is_named_twice_is_there_once(ops: Ops, admin: Person) -> None:
    posts = [{**POST, "id": post_id, "file_ids": ["f", "f"]} for post_id in "pq"]
    members = stood(1, status_posts=[{"id": "p", "create_at": 1}] * 2)
    members |= {shapes.POSTS: lines(posts), "files/f": "Graphs"}
    members[shapes.FILES] = lines([{"id": "f", "post_id": "p", "name": "graphs.txt"}])

    made = await bring(ops, zipped(members), by=admin)

    assert made.status_code == 201, made.text
    kept = (await admin.get(f"/channels/{made.json()['channel_id']}/posts")).json()["posts"].values()
    assert sorted(len(post.get("file_ids") or []) for post in kept) == [0, 1]


async def test_folders_and_a_mark_of_byte_order_are_as_nothing(ops: Ops, admin: Person) -> None:
    members: dict[str, str | bytes] = {
        "files/": "",
        "documents/more/": "",
        "events.jsonl": "\ufeff" + lines(EVENTS),
    }

    made = await bring(ops, zipped(members), by=admin)

    assert made.status_code == 201, made.text


async def test_the_hour_that_a_clock_shows_twice_is_told_apart(ops: Ops, admin: Person) -> None:
    """In Berlin it was half past two twice on 25 October 2026."""
    at = 1_792_888_200_000
    events = [{**one, "at": at + number * 3_600_000} for number, one in enumerate(EVENTS)]
    made = (await bring(ops, zipped({shapes.EVENTS: lines(events)}), by=admin)).json()

    document = await ops.ana.v0.get(f"/incidents/{made['id']}/review/document?timezone=Europe/Berlin")

    text = document.json()["text"]
    for time in ("02:30 +0200", "02:30 +0100", "03:30 |"):
        assert f"| 2026-10-25 {time}" in text


async def test_who_wrote_a_post_is_said_once(ops: Ops, admin: Person) -> None:
    said = {**TICKED, "kind": "post_seen"}
    by_actor = {**said, "actor_id": "zoe", "payload": {"post_id": "p"}}
    by_author = {**said, "actor_id": "", "payload": {"post_id": "q", "author_id": "zoe"}}
    events = log(started(), by_actor, by_author, ENDED)

    made = (await bring(ops, zipped({shapes.EVENTS: lines(events)}), by=admin)).json()

    timeline = (await ops.ana.v0.get(f"/incidents/{made['id']}/timeline")).json()["items"]
    authors = {one["payload"]["author_id"] for one in timeline if one["kind"] == "post_seen"}
    assert authors == {one["actor_id"] for one in timeline if one["kind"] == "post_seen"}
    assert len(authors - {""}) == 1


async def test_how_long_it_took_need_not_be_said_and_a_name_is_one_line(ops: Ops, admin: Person) -> None:
    events = log(started(name=" Cart\n is  empty "), TICKED, ENDED)

    made = (await bring(ops, zipped({shapes.EVENTS: lines(events)}), by=admin)).json()

    path = f"/incidents/{made['id']}"
    assert (await ops.ana.v0.get(path)).json()["name"] == "Cart is empty"
    timeline = (await ops.ana.v0.get(f"{path}/timeline")).json()["items"]
    assert timeline[-1]["payload"]["duration_ms"] == 120_000
