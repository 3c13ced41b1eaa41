"""`/incident test …` and `/incident nuke-db`."""

import hashlib
import json
import re
from collections import Counter
from typing import Any

import pytest

from commandpost.incidents.commands.wording import HELP, NUKE_WARNING, SELF_TEST_WARNING
from tests.commands.conftest import Box
from tests.support.incidents import Ops
from tests.support.people import Person

JANUARY_2020 = (1_577_836_800_000, 1_580_515_200_000)
BULK = "/incident test bulk-data"
NOT_DATE = (
    "The provided value for the {} possible date, 'x', is not a valid date."
    " It needs to be in the format 2020-01-31."
)
SEED_42 = "c623949fa627f8133f0b87593ac670686a61c7f4dd8a67d33eb5118e6b74ad4b"
"""The fingerprint of what seed 42 gives: a change of it changes everybody's test data."""


@pytest.fixture
async def testing(box: Box) -> Box:
    box.ops.room.configure(enable_testing=True)
    return box


async def test_the_gates_come_first(box: Box, admin: Person) -> None:
    ops = box.ops
    no_testing = "Setting `EnableTesting` must be set to `true` to run the test command."
    assert await box.told("/incident test", by=admin) == [no_testing]
    assert await box.told("/incident nuke-db CONFIRM NUKE", by=admin) == [HELP]
    ops.room.configure(enable_testing=True)
    for typed in ("", " create-incident", " bulk-data 1 1 2020-01-01 2020-02-01", " self"):
        told = await box.told(f"/incident test{typed}")
        assert told == ["Running the test command is restricted to system administrators."]
    told = await box.told("/incident nuke-db CONFIRM NUKE")
    assert told == ["Nuking the database is restricted to system administrators."]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("test", "The `/incident test` command needs at least one command."),
        ("test NoSuch", "Command 'NoSuch' unknown."),
        ("test self CONFIRM", SELF_TEST_WARNING),
        ("nuke-db CONFIRM", NUKE_WARNING),
        (
            "test create-incident",
            "The command expects three parameters: <playbook_id> <timestamp> <incident name>",
        ),
        ("test create-incident x 2020-01-31 name", "The first parameter, <playbook_id>, must be a valid ID."),
        (
            f"test create-incident {'a' * 26} 2020-01-31 name",
            f"The playbook with ID '{'a' * 26}' does not exist.",
        ),
        (
            "test bulk-data 1 1 1",
            "`/incident test bulk-data` expects at least 4 arguments: [ongoing] [ended] [begin] [end]."
            " Optionally, a fifth argument can be added: [seed].",
        ),
        (
            "test bulk-data x 1 2020-01-01 x",
            "The provided value for ongoing incidents, 'x', is not an integer.",
        ),
        (
            "test bulk-data 1 x 2020-01-01 x",
            "The provided value for ended incidents, 'x', is not an integer.",
        ),
        ("test bulk-data 1 1 x 2020-02-01", NOT_DATE.format("first")),
        ("test bulk-data 1 1 2020-01-01 x", NOT_DATE.format("last")),
        (
            "test bulk-data 1 1 2020-01-01 2020-02-01 x",
            "The provided value for the random seed, 'x', is not an integer.",
        ),
        ("test bulk-data 0 0 2020-02-01 2020-01-01", "Zero incidents created."),
        ("test bulk-data 1 1 2020-02-01 2020-01-01", "`end` must be a later date than `begin`"),
        ("test bulk-data 1 1 2020-02-01 2020-02-01", "`end` must be a later date than `begin`"),
        (
            "test BULK-DATA 1 1 2020-01-01 2020-02-01",
            "You are not a member of any playbook."
            " Create at least one playbook before generating the test data.",
        ),
    ],
)
async def test_what_is_wrong_is_said(testing: Box, admin: Person, typed: str, answer: str) -> None:
    assert await testing.told(f"/incident {typed}", by=admin) == [answer]


async def test_negative_counts_make_nothing(testing: Box, admin: Person) -> None:
    told = await testing.told(f"{BULK} -1 1 2020-01-01 2020-02-01", by=admin)

    assert told == ["The provided value for ongoing incidents, '-1', must not be negative."]


async def test_an_incident_can_begin_in_the_past(testing: Box, ops: Ops, admin: Person) -> None:
    playbook_id = await ops.playbook(create_public_incident=False, broadcast_channel_id=testing.lobby)
    command = f"/incident test create-incident {playbook_id}"
    assert (await testing.told(f"{command} 31.01.2020 name", by=admin))[0].startswith(
        "Timestamp '31.01.2020' could not be parsed as a date. If you want"
    )

    told = await testing.told(f"{command} 2020-01-31 An   old one", by=admin)

    assert told == ["Incident successfully created: ~an-old-one."]
    listed = (await admin.v0.get("/incidents", params={"team_id": ops.team.id})).json()
    [incident] = listed["items"]
    assert incident["name"] == "An old one"
    assert incident["create_at"] == 1_580_428_800_000
    assert incident["commander_user_id"] == admin.id
    assert (incident["is_active"], incident["broadcast_channel_id"]) == (True, "")
    assert [stage["title"] for stage in incident["checklists"]] == ["Triage", "Mitigate", "Close"]


async def dump(ops: Ops, admin: Person) -> str:
    """The team's incidents as REST shows them, with timelines and posts; ids are named as they appear."""
    query = {"team_id": ops.team.id, "per_page": 1000, "sort": "create_at"}
    listed = (await admin.v0.get("/incidents", params=query)).json()
    told: list[Any] = []
    for incident in listed["items"]:
        page = (await admin.get(f"/channels/{incident['channel_id']}/posts", params={"per_page": 200})).json()
        channel = (await admin.get(f"/channels/{incident['channel_id']}")).json()
        timeline = await admin.v0.get(f"/incidents/{incident['id']}/timeline", params={"per_page": 1000})
        posts = [page["posts"][one] for one in reversed(page["order"])]
        said = [{key: post[key] for key in ("id", "user_id", "create_at", "message")} for post in posts]
        told.append([incident, channel["name"], said, timeline.json()])
    bot = (await admin.get("/users/username/incident")).json()
    known = {admin.id: "admin", ops.ana.id: "ana", ops.ben.id: "ben", ops.team.id: "team", bot["id"]: "bot"}

    def name(found: re.Match[str]) -> str:
        return '"' + known.setdefault(found[1], f"id-{len(known)}") + '"'

    return re.sub(r'"([ybndrfg8ejkmcpqxot1uwisza345h769]{26})"', name, json.dumps(told, sort_keys=True))


async def make(testing: Box, admin: Person, counts: str = "3 9", seed: int = 42) -> list[str]:
    return await testing.told(f"{BULK} {counts} 2020-01-01 2020-02-01 {seed}", by=admin)


async def test_the_same_seed_gives_the_same_incidents_on_every_database(
    testing: Box, ops: Ops, admin: Person
) -> None:
    for title in ("Outage", "Breach"):
        await ops.playbook(by=admin, title=title, member_ids=[admin.id])
        ops.room.clock.turn(seconds=1)

    [told] = await make(testing, admin)

    assert told.startswith(
        "The test data was successfully generated:\n\n| Incident name | Created at | Status |\n"
    )
    assert (told.count("|Ended|\n"), told.count("|Ongoing|\n")) == (9, 3)
    assert told.rindex("|Ended|") < told.index("|Ongoing|")
    fingerprint = hashlib.sha256((await dump(ops, admin)).encode()).hexdigest()
    assert fingerprint == SEED_42


async def test_ended_incidents_look_lived_through(testing: Box, ops: Ops, admin: Person) -> None:
    await ops.playbook(by=admin, member_ids=[admin.id])

    await make(testing, admin, "2 40", 7)

    listed = (await admin.v0.get("/incidents", params={"team_id": ops.team.id, "per_page": 100})).json()
    assert (listed["total_count"], len(listed["items"])) == (42, 42)
    ended = [one for one in listed["items"] if not one["is_active"]]
    assert len(ended) == 40
    kinds: Counter[str] = Counter()
    for one in ended:
        assert JANUARY_2020[0] <= one["create_at"] <= one["end_at"] < JANUARY_2020[1]
        path = f"/incidents/{one['id']}/timeline"
        timeline = (await admin.v0.get(path, params={"per_page": 1000})).json()["items"]
        assert [entry["sequence"] for entry in timeline] == list(range(1, len(timeline) + 1))
        times = [entry["at"] for entry in timeline]
        assert times == sorted(times)
        assert times[-1] == one["end_at"]
        kinds.update(entry["kind"] for entry in timeline)
    for kind in (
        "incident_started",
        "incident_ended",
        "task_ticked",
        "task_assigned",
        "stage_changed",
        "status_updated",
        "commander_changed",
        "member_joined",
        "post_seen",
    ):
        assert kinds[kind] > 5, kind
    states = [item["state"] for one in ended for stage in one["checklists"] for item in stage["items"]]
    assert 0 < states.count("") < states.count("closed")


async def test_generated_incidents_go_on_like_any_other(testing: Box, ops: Ops, admin: Person) -> None:
    await ops.playbook(by=admin, member_ids=[admin.id])
    await make(testing, admin, "1 0")
    [incident] = (await admin.v0.get("/incidents", params={"team_id": ops.team.id})).json()["items"]

    assert await testing.told("/incident restart", by=admin, channel_id=incident["channel_id"]) == [
        "This incident is already active."
    ]
    ended = await admin.v0.put(f"/incidents/{incident['id']}/end")
    assert ended.status_code == 200
    said = await admin.post("/posts", {"channel_id": incident["channel_id"], "message": "over"})
    assert said.status_code == 201
    unread = (await admin.get(f"/users/me/channels/{incident['channel_id']}/unread")).json()
    assert unread["msg_count"] in (0, 1)


async def test_progress_is_shown(testing: Box, ops: Ops, admin: Person) -> None:
    await ops.playbook(by=admin, member_ids=[admin.id])

    told = await make(testing, admin, "60 60")

    assert told[:2] == [
        "Generating test data: 50 of 120 incidents.",
        "Generating test data: 100 of 120 incidents.",
    ]
    assert sum(text.count("|~") for text in told) == 120


async def test_a_second_run_finds_other_channel_names(testing: Box, ops: Ops, admin: Person) -> None:
    await ops.playbook(by=admin, member_ids=[admin.id])

    first, second = [await make(testing, admin) for _ in range(2)]

    names = [
        {line.split("|")[1] for line in told[0].splitlines() if "|~" in line} for told in (first, second)
    ]
    assert len(names[0]) == len(names[1]) == 12
    assert not names[0] & names[1]


async def test_everything_is_removed(testing: Box, ops: Ops, admin: Person) -> None:
    await ops.incident()

    assert await testing.told("/incident nuke-db CONFIRM NUKE", by=admin) == ["DB has been reset."]

    for path in ("/incidents", "/playbooks"):
        left = (await admin.v0.get(path, params={"team_id": ops.team.id})).json()
        assert (left["total_count"], left["items"]) == (0, [])


async def test_the_product_tries_itself(testing: Box, ops: Ops, admin: Person) -> None:
    told = await testing.told("/incident test self CONFIRM TEST SELF", by=admin)

    assert told == ["Self test success."]
    [incident] = (await admin.v0.get("/incidents", params={"team_id": ops.team.id})).json()["items"]
    assert incident["name"] == "Cloud Incident 4739"
