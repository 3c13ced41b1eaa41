"""Archives as somebody would write them by hand, events alone: one for each cause that the review names."""

from collections.abc import Sequence
from typing import Any

from tests.archive.files import lines, zipped
from tests.support.incidents import Ops
from tests.support.people import Person

MINUTE = 60_000
BEGIN = 1_764_579_600_000 + 7 * 60 * MINUTE  # Monday, 1 December 2025, 16:00 UTC
CREW = ("xia", "yan", "zoe", "kim")
STAGES = [
    {
        "id": stage,
        "title": stage.title(),
        "tasks": [{"id": f"{stage}{at}", "title": f"{stage} {at}"} for at in (1, 2, 3)],
    }
    for stage in ("look", "mend")
]
TASKS: list[dict[str, str]] = [
    {"stage_id": str(stage["id"]), "task_id": f"{stage['id']}{at}", "title": f"{stage['id']} {at}"}
    for stage in STAGES
    for at in (1, 2, 3)
]
HELD_UP = TASKS[2]
FIRST, LATER = 12, 52
"""The minutes between which the third task was held up."""

Event = tuple[float, str, str, dict[str, Any]]


def run(
    *told: Event,
    day: int = 0,
    book: str = "",
    owner: str = "yan",
    quiet: Sequence[str] = (),
    last: int = LATER,
    away: str = "",
) -> bytes:
    """Everybody does their tasks in some minutes each and talks; between two of them, what is told happened.

    `quiet` are those who say nothing meanwhile, `owner` whose the third task is, "" for nobody's; `away` who
    is away by their status, which then comes with the events.
    """
    onward = {"from_stage_id": "look", "to_stage_id": "mend", "to_position": 1}
    start = {
        "name": f"Outage {day} {told[:1]} {owner} {quiet} {last}",
        "commander_id": "xia",
        "stages": STAGES,
        "playbook_id": book,
    }
    events: list[Event] = [(0, "incident_started", "xia", start)]
    hours = {"timezone": "UTC", "working_hours": "Mon-Fri 9-17"}
    events += [(0, "member_joined", "xia", {"user_id": one, **hours}) for one in CREW]
    ends = [4, FIRST, last, last + 4, last + 7, last + 10]
    for task, end, who in zip(TASKS, ends, ["xia", "zoe", owner or "yan", "kim", "xia", "zoe"], strict=True):
        if task is not HELD_UP or owner:
            begin = max((one for one in ends if one < end), default=0)
            events.append((begin + 0.5, "task_assigned", "xia", {**task, "to_id": who}))
        events.append((end, "task_ticked", who, dict(task)))
    events += [(last + 1, "stage_changed", "xia", onward), (last + 12, "incident_ended", "xia", {}), *told]
    events += _talk(0, FIRST, ()) + _talk(FIRST, last, quiet) + _talk(last, last + 10, ())
    events.sort(key=lambda one: one[0])
    log = lines(
        [
            {
                "sequence": number,
                "kind": kind,
                "at": BEGIN + day * 1440 * MINUTE + round(minute * MINUTE),
                "actor_id": who,
                "payload": payload,
            }
            for number, (minute, kind, who, payload) in enumerate(events, start=1)
        ]
    )
    turns = [(0, "online"), (FIRST + 1, "away"), (last - 3, "online")]
    presence = [
        {"user_id": away, "at": BEGIN + day * 1440 * MINUTE + minute * MINUTE, "status": status}
        for minute, status in turns
    ]
    members: dict[str, str | bytes] = {"events.jsonl": log}
    if away:
        members["presence.jsonl"] = lines(presence)
    return zipped(members)


def _talk(since: float, until: float, quiet: Sequence[str]) -> list[Event]:
    """One after another says something, each minute and a half."""
    times = [since + 1 + 1.5 * number for number in range(int((until - since - 1) / 1.5))]
    return [
        (at, "post_seen", who, {"post_id": f"p{at}", "author_id": who})
        for number, at in enumerate(times)
        if (who := CREW[number % len(CREW)]) not in quiet
    ]


ASKED = {"post_id": "q", "author_id": "yan"}
ANSWERED = {"post_id": "a", "author_id": "kim", "root_id": "q"}
RAN = {**HELD_UP, "command": "/restore"}
BACK = {"from_stage_id": "mend", "to_stage_id": "look", "from_position": 1}
LEFT = {"from_stage_id": "look", "to_stage_id": "mend", "to_position": 1}
CAUSES: dict[str, bytes] = {
    "unassigned": run((50, "task_assigned", "xia", {**HELD_UP, "to_id": "yan"}), owner=""),
    "assignee_away": run(quiet=["yan"]),
    "commander_changed": run((20, "commander_changed", "xia", {"from_id": "xia", "to_id": "kim"})),
    "command_failed": run(
        (15, "task_run", "yan", {**RAN, "outcome": "failed"}),
        (48, "task_run", "yan", {**RAN, "outcome": "ok"}),
    ),
    "stage_returned": run((14, "stage_changed", "xia", LEFT), (45, "stage_changed", "xia", BACK)),
    "awaiting_answer": run((13.2, "post_seen", "yan", ASKED), (49.7, "post_seen", "kim", ANSWERED)),
    "no_activity": run(quiet=CREW),
    "outside_hours": run(quiet=CREW, last=17 * 60 + 15),
    "": run(),
}
"""By the cause that is to be named, an incident held up by it; by "" one in which everybody was at work."""


async def named(ops: Ops, admin: Person, content: bytes) -> str:
    """What the review of an imported incident names first for the gap of the third task."""
    made = await admin.v0.post("/archives", params={"team_id": ops.team.id}, content=content)
    assert made.status_code == 201, made.text
    review = (await admin.v0.get(f"/incidents/{made.json()['id']}/review")).json()
    (gap,) = [one for one in review["gaps"] if one["title"] == HELD_UP["title"]]
    return gap["causes"][0]["cause"] if gap["causes"] else ""


async def test_each_cause_is_named_and_without_one_it_is_said_that_there_is_none(
    ops: Ops, admin: Person
) -> None:
    for expected, content in CAUSES.items():
        assert await named(ops, admin, content) == expected


async def test_an_archive_of_events_may_tell_who_was_away(ops: Ops, admin: Person) -> None:
    """Without any earlier runs beside; whoever was away said something once they were back."""
    back = (50.0, "post_seen", "yan", {"post_id": "back", "author_id": "yan"})
    content = run(back, quiet=["yan"], away="yan")
    made = await admin.v0.post("/archives", params={"team_id": ops.team.id}, content=content)

    review = (await admin.v0.get(f"/incidents/{made.json()['id']}/review")).json()

    (cause,) = [gap["causes"][0] for gap in review["gaps"] if gap["title"] == HELD_UP["title"]]
    assert (cause["cause"], cause["detail"]) == ("assignee_away", "away")


async def test_work_that_takes_so_long_in_every_run_is_called_usual(ops: Ops, admin: Person) -> None:
    tops = [await named(ops, admin, run(day=day, book="outage")) for day in range(5)]

    assert tops == ["", "", "usual_length", "usual_length", "usual_length"]
