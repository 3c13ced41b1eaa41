"""What is measured of archives is what the product says of them once they are imported."""

from typing import Any

from bench.causes import CAUSES, judged
from tests.archive.files import lines, zipped
from tests.lived.causes import Cause
from tests.lived.incidents import told
from tests.support.incidents import Ops
from tests.support.people import Person

STAGES = [
    {"id": "s", "title": "Triage", "tasks": [{"id": "t", "title": "Look"}, {"id": "u", "title": "Mend"}]}
]


def event(sequence: int, at: int, kind: str, actor_id: str, **payload: Any) -> dict[str, Any]:
    return {"sequence": sequence, "kind": kind, "at": at, "actor_id": actor_id, "payload": payload}


def seen(post: dict[str, Any]) -> dict[str, Any]:
    return {"post_id": post["id"], "author_id": post["author_id"]}


async def test_an_imported_incident_is_explained_as_the_measure_has_it(ops: Ops, admin: Person) -> None:
    incidents = list(told(5, playbooks=1, runs=8))
    expected = {(one.gap.since, one.gap.until, one.top) for one in judged(incidents).answers}

    found: set[tuple[int, int, Cause | None]] = set()
    for one in incidents:
        content = one.archived.packed()
        brought = await admin.v0.post("/archives", params={"team_id": ops.team.id}, content=content)
        assert brought.status_code == 201, brought.text
        review = (await admin.v0.get(f"/incidents/{brought.json()['id']}/review")).json()
        for gap in review["gaps"]:
            top = CAUSES[gap["causes"][0]["cause"]] if gap["causes"] else Cause.NONE
            found.add((gap["from_at"], gap["to_at"], top))

    assert found == expected


async def test_who_has_no_account_here_is_called_by_their_name_and_understood(
    ops: Ops, admin: Person
) -> None:
    start, minute = 1_764_320_400_000, 60_000
    posts: list[dict[str, Any]] = [
        {"id": "q", "author_id": "xia", "create_at": start + minute, "message": "@yan which of them?"},
        {"id": "o", "author_id": "zoe", "create_at": start + 3 * minute, "message": "Lunch is there."},
        {"id": "a", "author_id": "yan", "create_at": start + 38 * minute, "message": "The first."},
    ]
    told_of = [
        event(1, start, "incident_started", "xia", name="Down", commander_id="xia", stages=STAGES),
        *(
            event(number, one["create_at"], "post_seen", one["author_id"], **seen(one))
            for number, one in enumerate(posts, start=2)
        ),
        event(5, start + 40 * minute, "task_ticked", "xia", stage_id="s", task_id="t", title="Look"),
        event(6, start + 42 * minute, "task_ticked", "xia", stage_id="s", task_id="u", title="Mend"),
        event(7, start + 44 * minute, "incident_ended", "xia", duration_ms=44 * minute),
    ]
    people = [{"id": name, "username": name} for name in ("xia", "yan", "zoe")]
    content = zipped(
        {"events.jsonl": lines(told_of), "posts.jsonl": lines(posts), "people.jsonl": lines(people)}
    )

    brought = await admin.v0.post("/archives", params={"team_id": ops.team.id}, content=content)
    [gap] = (await admin.v0.get(f"/incidents/{brought.json()['id']}/review")).json()["gaps"]

    assert gap["causes"][0]["cause"] == "awaiting_answer"
    assert "@xia asked in the channel, and waited 37 minutes" in gap["sentence"]
