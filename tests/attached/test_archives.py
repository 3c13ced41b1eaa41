"""An incident led beside a Mattermost, told on another server: the same events, timeline and causes."""

import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from commandpost.app import Doors, create_app
from commandpost.db import database_at
from commandpost.workspace.model.config import Config
from tests.support.attached import Attached, alone
from tests.support.people import SITE, Room, running


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
    attached.clock.turn(seconds=45 * 60)
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


def _causes(review: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (gap["sentence"], *(told[name] for told in gap["causes"] for name in ("cause", "detail", "sentence")))
        for gap in review["gaps"]
    ]
