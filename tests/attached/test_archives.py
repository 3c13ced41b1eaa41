"""An incident led beside a Mattermost, told on another server, and the other way round."""

import io
import json
import shutil
import zipfile
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from commandpost.app import Doors, create_app
from commandpost.backup.restore import restore
from commandpost.backup.save import save
from commandpost.db import database_at
from commandpost.incidents.actions import tickets
from commandpost.incidents.actions.tickets import Ticketed
from commandpost.incidents.model.follow_up import Ticket
from commandpost.incidents.ports import Actor, Desks, MadeTicket, TicketWish
from commandpost.settings import Settings
from commandpost.workspace.model.config import Config
from tests.archive.files import EVENTS, by_hand, lines, zipped
from tests.support.attached import STAGES, Attached, alone
from tests.support.disk import TOO_LARGE, files_end_at
from tests.support.people import SITE, Room, running


class Tool:
    """A tool for tickets that takes what it is told."""

    tool = "Tool"

    def __init__(self) -> None:
        self.wishes: list[TicketWish] = []

    async def make(self, wish: TicketWish, *, may_be_there: bool) -> MadeTicket:
        self.wishes.append(wish)
        return MadeTicket(ticket=Ticket(tool=self.tool, url="https://tool.example/1", reference="1"))


@pytest.fixture
async def elsewhere(
    attached: Attached, sqlite_template: Path, tmp_path: Path, doors: Doors
) -> AsyncGenerator[Room]:
    """Another server, with a chat of its own."""
    database = tmp_path / "elsewhere.db"
    shutil.copyfile(sqlite_template, database)
    app = create_app(
        database_at(f"sqlite:///{database}"),
        clock=attached.clock,
        config=Config(site_url=SITE),
        data_dir=tmp_path / "elsewhere",
        doors=doors,
        brokers=alone,
    )
    async with running(app):
        yield Room(app, attached.clock)


async def test_its_archive_tells_another_server_the_same_events_and_causes(
    attached: Attached, elsewhere: Room
) -> None:
    ana, ben = attached.person("ana"), attached.person("ben")
    playbook_id = await attached.playbook(ana, ben)
    incident = await attached.incident(ana, playbook_id=playbook_id, commander_user_id=ben.id)
    await attached.listening()
    path = f"/incidents/{incident['id']}"
    done = {"new_state": "closed"}
    for task in (0, 1):
        await ana.v0.put(f"{path}/checklists/0/item/{task}/state", json=done)
    question = {"channel_id": incident["channel_id"], "message": f"@{ben.username} can we roll back?"}
    attached.town.call("POST", "/posts", token=ana.token, json=question)
    await attached.logged(incident, ana, "post_seen")
    # So long that a question that comes seconds late, by the clock over there, takes as good as all of it.
    attached.clock.turn(seconds=24 * 3600)
    await ana.v0.put(f"{path}/checklists/1/item/0/state", json=done)
    attached.clock.turn(seconds=60)
    await ana.v0.put(f"{path}/end")
    await attached.delivered()
    archive = await ana.v0.get(f"{path}/archive")

    admin = await elsewhere.person("admin")
    there = [await elsewhere.person(one.username) for one in (ana, ben)]
    team = await elsewhere.team("parcels", admin, *there)
    brought = await admin.v0.post("/archives", params={"team_id": team.id}, content=archive.content)
    assert brought.status_code == 201, brought.text

    review = (await ana.v0.get(f"{path}/review")).json()
    told = (await there[0].v0.get(f"/incidents/{brought.json()['id']}/review")).json()
    assert _causes(told) == _causes(review)
    assert "awaiting_answer" in {one["cause"] for gap in told["gaps"] for one in gap["causes"]}, told["gaps"]
    log = await attached.log(incident, ana)
    query = {"per_page": 200, "direction": "asc"}
    again = (await there[0].v0.get(f"/incidents/{brought.json()['id']}/timeline", params=query)).json()
    assert [(one["kind"], one["at"]) for one in again["items"]] == [(one["kind"], one["at"]) for one in log]


async def test_an_archive_comes_in_beside_mattermost_and_nothing_is_said_there(
    attached: Attached, elsewhere: Room
) -> None:
    ana, cleo = attached.person("ana"), attached.person("cleo")
    archive, told = await _led_elsewhere(attached, elsewhere, ana.username)
    channels = f"/teams/{attached.team_id}/channels"
    admin = attached.door(attached.town.admin.token)
    before = attached.town.call("GET", channels)
    team = {"team_id": attached.team_id}

    refused = await ana.v0.post("/archives", params=team, content=archive)
    brought = await admin.post("/archives", params=team, content=archive)
    again = await admin.post("/archives", params=team, content=archive)

    assert (refused.status_code, brought.status_code, again.status_code) == (403, 201, 409), brought.text
    await attached.delivered()
    assert attached.town.call("GET", channels) == before
    path = f"/incidents/{brought.json()['id']}"
    assert (await cleo.v0.get(path)).status_code == 403
    seen = (await ana.v0.get(path)).json()
    assert (seen["is_imported"], seen["is_active"]) == (True, False)
    around = (await ana.v0.get(f"{path}/metadata")).json()
    assert (around["channel_name"], around["is_member"]) == ("", True)
    query = {"per_page": 200, "direction": "asc"}
    items = (await ana.v0.get(f"{path}/timeline", params=query)).json()["items"]
    assert [(one["kind"], one["at"]) for one in items] == [(one["kind"], one["at"]) for one in told["items"]]
    review = (await ana.v0.get(f"{path}/review")).json()
    assert _causes(review) == _causes(told["review"])
    once_more = await ana.v0.get(f"{path}/archive")
    assert _said_in(once_more.content) == _said_in(archive)


async def test_who_leaves_the_team_over_there_is_out_of_what_was_brought_in(
    attached: Attached, elsewhere: Room
) -> None:
    ana = attached.person("ana")
    archive, _ = await _led_elsewhere(attached, elsewhere, ana.username)
    admin = attached.door(attached.town.admin.token)
    brought = await admin.post("/archives", params={"team_id": attached.team_id}, content=archive)
    path = f"/incidents/{brought.json()['id']}"
    before = (await ana.v0.get(path)).status_code

    attached.town.call("DELETE", f"/teams/{attached.team_id}/members/{ana.id}")
    attached.clock.turn(seconds=20)

    assert (before, (await ana.v0.get(path)).status_code) == (200, 403)


async def test_what_is_done_in_it_later_is_kept_with_it(attached: Attached, elsewhere: Room) -> None:
    ana = attached.person("ana")
    archive, _ = await _led_elsewhere(attached, elsewhere, ana.username)
    admin = attached.door(attached.town.admin.token)
    brought = await admin.post("/archives", params={"team_id": attached.team_id}, content=archive)
    path = f"/incidents/{brought.json()['id']}"

    restarted = await ana.v0.put(f"{path}/restart")
    update = {"message": "It is back.", "description": "", "reminder": 0}
    updated = await ana.v0.post(f"{path}/status", json=update)
    await attached.listening()
    await attached.delivered()

    assert (restarted.status_code, updated.status_code) == (200, 200), updated.text
    said = [message for *_, message in _said_in((await ana.v0.get(f"{path}/archive")).content)]
    assert said[-1] == "It is back."
    assert ana.username in said[-2]


async def test_who_comes_to_the_team_later_or_comes_back_is_in_what_they_were_in(
    attached: Attached, elsewhere: Room
) -> None:
    ana = attached.person("ana")
    archive, _ = await _led_elsewhere(attached, elsewhere, ana.username)
    attached.town.call("DELETE", f"/teams/{attached.team_id}/members/{ana.id}")
    admin = attached.door(attached.town.admin.token)
    brought = await admin.post("/archives", params={"team_id": attached.team_id}, content=archive)
    path = f"/incidents/{brought.json()['id']}"

    seen = [(await ana.v0.get(path)).status_code]
    for _ in range(2):
        attached.join_team(ana.id)
        attached.clock.turn(seconds=20)
        seen.append((await ana.v0.get(path)).status_code)
        attached.town.call("DELETE", f"/teams/{attached.team_id}/members/{ana.id}")
        attached.clock.turn(seconds=20)
        seen.append((await ana.v0.get(path)).status_code)

    assert seen == [403, 200, 403, 200, 403]


async def test_who_spoke_late_or_only_reacted_is_in_its_archive_again(attached: Attached) -> None:
    eve, cleo = attached.person("eve"), attached.person("cleo")
    at = EVENTS[0]["at"]
    many = [{"id": f"p{n}", "author_id": "zoe", "create_at": at + n, "message": "Hm"} for n in range(1000)]
    late = {"id": "late", "author_id": eve.username, "create_at": at + 1000, "message": "Found it"}
    thumb = {"post_id": "late", "user_id": cleo.username, "emoji_name": "+1", "create_at": at + 1001}
    archive = zipped(
        {
            "events.jsonl": lines(EVENTS),
            "posts.jsonl": lines([*many, late]),
            "reactions.jsonl": lines([thumb]),
        }
    )
    admin = attached.door(attached.town.admin.token)
    brought = await admin.post("/archives", params={"team_id": attached.team_id}, content=archive)
    assert brought.status_code == 201, brought.text
    attached.clock.turn(seconds=20)

    again = await admin.get(f"/incidents/{brought.json()['id']}/archive")

    assert again.status_code == 200, again.text
    with zipfile.ZipFile(io.BytesIO(again.content)) as opened:
        people = {json.loads(one)["username"] for one in opened.read("people.jsonl").splitlines()}
        reactions = [json.loads(one)["user_id"] for one in opened.read("reactions.jsonl").splitlines()]
    assert people >= {eve.username, cleo.username}
    assert reactions == [cleo.id]


async def test_a_channel_counts_as_there_if_the_bot_sees_it_whoever_imports(attached: Attached) -> None:
    wanted = {"team_id": attached.team_id, "name": "secret", "display_name": "Secret", "type": "P"}
    secret = attached.town.call("POST", "/channels", json=wanted)
    started = {**EVENTS[0], "payload": {**EVENTS[0]["payload"], "channel_id": secret["id"]}}
    archive = by_hand([started, *EVENTS[1:]])
    admin = attached.door(attached.town.admin.token)

    brought = await admin.post("/archives", params={"team_id": attached.team_id}, content=archive)
    around = await admin.get(f"/incidents/{brought.json()['id']}/metadata")

    assert (brought.status_code, brought.json()["channel_id"]) == (201, secret["id"])
    assert around.json()["channel_name"] == ""


async def test_a_ticket_of_it_leads_to_its_page(attached: Attached) -> None:
    admin = attached.door(attached.town.admin.token)
    brought = await admin.post("/archives", params={"team_id": attached.team_id}, content=by_hand())
    path = f"/incidents/{brought.json()['id']}"
    made = await admin.post(f"{path}/follow_ups", json={"title": "Add an alert"})
    assert made.status_code == 201, made.text
    desks: Desks = attached.app.state.incident_desks_of_nobody
    tool = Tool()
    who = Actor(user_id=attached.town.admin.id)

    async def ticketed() -> Ticketed:
        return await tickets.make(desks, tool, who, brought.json()["id"], made.json()["id"], zone="UTC")

    await desks.repeated(ticketed)

    (wish,) = tool.wishes
    team = attached.town.call("GET", f"/teams/{attached.team_id}")
    there = f"{attached.town.server.url}/{team['name']}/com.mattermost.plugin-incident-management{path}"
    assert wish.incident_url == there


async def test_without_room_for_an_archive_it_can_be_sent_again(attached: Attached) -> None:
    admin = attached.door(attached.town.admin.token)

    with files_end_at():
        refused = await admin.post("/archives", params={"team_id": attached.team_id}, content=TOO_LARGE)

    assert refused.status_code == 503, refused.text
    assert refused.headers["Retry-After"]


async def test_its_files_are_in_a_backup(attached: Attached, database_url: str, tmp_path: Path) -> None:
    post = {"id": "p1", "author_id": "ana", "create_at": EVENTS[0]["at"], "message": "", "file_ids": ["f1"]}
    archive = zipped(
        {
            "events.jsonl": lines(EVENTS),
            "posts.jsonl": lines([post]),
            "files.jsonl": lines([{"id": "f1", "post_id": "p1", "name": "why.txt"}]),
            "files/f1": "because",
        }
    )
    admin = attached.door(attached.town.admin.token)
    brought = await admin.post("/archives", params={"team_id": attached.team_id}, content=archive)
    assert brought.status_code == 201, brought.text
    here = Settings(data_dir=tmp_path / "data", database_url=database_url, environment={})
    there = Settings(data_dir=tmp_path / "new", environment={})

    await save(here, tmp_path / "backup.zip", attached.clock)
    await restore(there, tmp_path / "backup.zip", force=False)

    contents = [one for one in (there.data_dir / "files").rglob("*") if one.is_file()]
    assert [one.read_bytes() for one in contents] == [b"because"]


async def _led_elsewhere(attached: Attached, elsewhere: Room, name: str) -> tuple[bytes, dict[str, Any]]:
    """The archive of an incident led on another server by somebody of that name, and what is told of it."""
    admin, ana = await elsewhere.person("admin"), await elsewhere.person(name)
    team = await elsewhere.team("parcels", admin, ana)
    playbook = {"title": "Outage", "team_id": team.id, "checklists": STAGES, "member_ids": [ana.id]}
    playbook_id = (await ana.v0.post("/playbooks", json=playbook)).json()["id"]
    wanted = {
        "name": "Database is down",
        "team_id": team.id,
        "commander_user_id": ana.id,
        "playbook_id": playbook_id,
    }
    incident = (await ana.v0.post("/incidents", json=wanted)).json()
    path = f"/incidents/{incident['id']}"
    await ana.v0.put(f"{path}/checklists/0/item/0/state", json={"new_state": "closed"})
    attached.clock.turn(seconds=45 * 60)
    await ana.v0.post(f"{path}/status", json={"message": "We look.", "description": "", "reminder": 0})
    await ana.v0.put(f"{path}/checklists/0/item/1/state", json={"new_state": "closed"})
    attached.clock.turn(seconds=60)
    await ana.v0.put(f"{path}/end")
    query = {"per_page": 200, "direction": "asc"}
    told = {
        "items": (await ana.v0.get(f"{path}/timeline", params=query)).json()["items"],
        "review": (await ana.v0.get(f"{path}/review")).json(),
    }
    return (await ana.v0.get(f"{path}/archive")).content, told


def _said_in(archive: bytes) -> list[tuple[str, int, str]]:
    """What was said in the channel, and when, by an archive."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        posts = [json.loads(line) for line in opened.read("posts.jsonl").splitlines()]
    return [(post["id"], post["create_at"], post["message"]) for post in posts]


def _causes(review: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (gap["sentence"], *(told[name] for told in gap["causes"] for name in ("cause", "detail", "sentence")))
        for gap in review["gaps"]
    ]
