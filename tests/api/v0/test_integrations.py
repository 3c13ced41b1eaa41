"""Setting integrations up over the API."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from commandpost.app import create_app
from commandpost.integrations.store import settings as store
from commandpost.integrations.tools.zoom import Zoom
from commandpost.integrations.values import MASK, BadValue
from commandpost.workspace.model.config import Config
from tests.support.clock import TestClock
from tests.support.people import Person, Room
from tests.support.stand_in import Said, StandIn

TOKEN = "ATATT-very-secret"
JIRA = {"url": "https://acme.example/", "email": "bot@acme.example", "token": TOKEN, "project": "OPS"}


def values(integration: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {one["name"]: (one["value"], one["source"]) for one in integration["settings"]}


async def put(who: Person, name: str, settings: dict[str, str]) -> httpx.Response:
    return await who.v0.put(f"/integrations/{name}", json={"settings": settings})


async def test_every_integration_is_listed_with_its_settings_and_is_off(admin: Person) -> None:
    listed = (await admin.v0.get("/integrations")).json()

    assert [one["name"] for one in listed] == ["jira", "opsgenie", "pagerduty", "zoom"]
    jira = listed[0]
    assert (jira["is_set_up"], jira["missing"]) == (False, ["url", "token", "project"])
    deployment = jira["settings"][0]
    assert (deployment["kind"], deployment["choices"]) == ("choice", ["cloud", "data_center"])
    assert deployment["variable"] == "COMMANDPOST_JIRA_DEPLOYMENT"
    assert [one["name"] for one in jira["commands"][0]["sub_commands"]] == [
        "create",
        "view",
        "comment",
        "transition",
    ]


async def test_a_secret_is_never_shown_again(room: Room, admin: Person) -> None:
    changed = await put(admin, "jira", JIRA)

    assert changed.status_code == 200
    listed = await admin.v0.get("/integrations")
    one = await admin.v0.get("/integrations/jira")
    assert one.json() == changed.json() == listed.json()[0]
    assert one.json()["is_set_up"]
    assert values(one.json())["token"] == (MASK, "administrator")
    assert values(one.json())["url"] == ("https://acme.example", "administrator")
    assert values(one.json())["issue_type"] == ("Task", "default")
    assert one.json()["updated_by"] == admin.id
    assert all(TOKEN not in answer.text for answer in (changed, listed, one))


async def test_what_lies_in_the_database_cannot_be_read(room: Room, admin: Person, tmp_path: Path) -> None:
    await put(admin, "jira", JIRA)

    async with room.desks.reading() as desk:
        [kept] = (await store.kept(desk.work)).values()
    assert TOKEN not in kept.sealed and "acme" not in kept.sealed
    key = tmp_path / "data" / "secret.key"
    assert key.stat().st_mode & 0o777 == 0o600


async def test_a_masked_secret_stays_but_not_for_another_address(admin: Person) -> None:
    await put(admin, "jira", JIRA)

    stays = await put(admin, "jira", {**JIRA, "token": MASK, "project": "WEB"})
    moves = await put(admin, "jira", {**JIRA, "token": MASK, "url": "https://evil.example"})
    lost = await put(admin, "jira", {"url": "https://evil.example", "project": "OPS"})

    assert stays.json()["is_set_up"] and values(stays.json())["project"] == ("WEB", "administrator")
    assert (moves.status_code, moves.json()["error"]) == (400, "Address changes: give Token again.")
    assert lost.status_code == 400
    assert values((await admin.v0.get("/integrations/jira")).json())["url"][0] == "https://acme.example"


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"nonsense": "1"}, "Jira has no setting 'nonsense'."),
        (
            {"url": "ftp://acme.example"},
            "Address must begin with https:// or http:// and name a host, no more.",
        ),
        ({"url": "https://u:p@acme.example"}, "Address must begin"),
        ({"deployment": "server"}, "Kind of Jira must be one of: cloud, data_center."),
        ({"token": "two\nlines"}, "Token is too long, or holds characters that cannot be used."),
        ({"project": "x" * 5000}, "Project is too long"),
        ({"token": MASK}, "Token is not known any more; give it again."),
    ],
)
async def test_values_that_cannot_be_used_change_nothing(
    admin: Person, settings: dict[str, str], complaint: str
) -> None:
    refused = await put(admin, "jira", settings)

    assert refused.status_code == 400
    assert refused.json()["error"].startswith(complaint)
    assert (await admin.v0.get("/integrations/jira")).json()["update_at"] == 0


async def test_what_was_set_is_taken_back(admin: Person) -> None:
    await put(admin, "jira", JIRA)

    gone = await admin.v0.delete("/integrations/jira")

    assert gone.status_code == 200
    assert not gone.json()["is_set_up"]
    assert values(gone.json())["token"] == ("", "default")


async def test_only_system_administrators_set_up(ana: Person) -> None:
    answers = [
        await ana.v0.get("/integrations"),
        await ana.v0.get("/integrations/jira"),
        await put(ana, "jira", JIRA),
        await ana.v0.delete("/integrations/jira"),
        await ana.v0.post("/integrations/jira/test"),
    ]

    assert {answer.status_code for answer in answers} == {403}


async def test_what_is_unknown_is_not_found(admin: Person) -> None:
    answers = [
        await admin.v0.get("/integrations/trello"),
        await put(admin, "trello", {}),
        await admin.v0.delete("/integrations/trello"),
        await admin.v0.post("/integrations/trello/test"),
    ]

    assert {answer.status_code for answer in answers} == {404}


async def test_a_trial_tells_how_it_went(room: Room, admin: Person, stand_in: StandIn) -> None:
    room.configure(allowed_untrusted_internal_connections="127.0.0.0/8")
    none = (await admin.v0.post("/integrations/jira/test")).json()
    await put(admin, "jira", {**JIRA, "url": stand_in.url})
    stand_in.tell("GET", "/rest/api/3/myself", Said(status=401), Said(body={"displayName": "Build Bot"}))
    stand_in.tell(
        "GET", "/rest/api/3/project/OPS", Said(body={"name": "Operations", "issueTypes": [{"name": "Task"}]})
    )
    refused = (await admin.v0.post("/integrations/jira/test")).json()
    fine = (await admin.v0.post("/integrations/jira/test")).json()

    assert (none["outcome"], none["message"]) == (
        "not_configured",
        "Not set up yet. Still needed: Address, Token, Project.",
    )
    assert refused["outcome"] == "unauthorized"
    assert (fine["outcome"], fine["message"]) == (
        "ok",
        "Signed in as Build Bot. New issues go to Operations as Task.",
    )


async def test_the_environment_gives_values_too(
    sqlite_database: Any, clock: TestClock, tmp_path: Path
) -> None:
    environment = {
        "COMMANDPOST_ZOOM_ACCOUNT_ID": "acc",
        "COMMANDPOST_ZOOM_CLIENT_ID": "id",
        "COMMANDPOST_ZOOM_CLIENT_SECRET": "hush",
    }
    app = create_app(
        sqlite_database,
        clock=clock,
        config=Config(),
        data_dir=tmp_path,
        environment=environment,
        integrations=[Zoom()],
    )

    async with app.state.toolbox.reading() as desk:
        [zoom] = await app.state.toolbox.all(desk.work)

    assert zoom.is_set_up and app.state.toolbox.ready == {"zoom"}
    assert zoom.values.sources["client_secret"] == "environment"
    with pytest.raises(BadValue):
        create_app(
            sqlite_database,
            clock=clock,
            config=Config(),
            environment={"COMMANDPOST_ZOOM_API_URL": "zoom"},
            integrations=[Zoom()],
        )


async def test_with_another_key_secrets_must_be_given_again(
    room: Room, admin: Person, tmp_path: Path
) -> None:
    await put(admin, "jira", JIRA)
    (tmp_path / "data" / "secret.key").unlink()

    jira = (await admin.v0.get("/integrations/jira")).json()
    masked = await put(admin, "jira", {**JIRA, "token": MASK})
    again = await put(admin, "jira", JIRA)

    assert (jira["is_set_up"], jira["is_readable"]) == (False, False)
    assert masked.status_code == 400
    assert again.json()["is_set_up"]
