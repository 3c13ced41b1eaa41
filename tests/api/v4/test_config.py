"""Settings over REST v4."""

from typing import Any

import pytest

from commandpost.workspace.actions import config
from tests.support.people import Person, Room

PLUGIN = "com.mattermost.plugin-incident-management"


async def test_an_administrator_sees_and_changes_settings_and_they_hold_at_once(
    admin: Person, ana: Person
) -> None:
    before = (await admin.get("/config")).json()
    before["ServiceSettings"]["EnableTesting"] = True
    before["TeamSettings"]["SiteName"] = "Ops"

    answer = await admin.put("/config", before)

    assert answer.status_code == 200
    assert answer.json() == before == (await admin.get("/config")).json()
    assert (await ana.get("/config/client?format=old")).json()["EnableTesting"] == "true"


async def test_a_patch_leaves_the_rest_as_it_is(admin: Person) -> None:
    before = (await admin.get("/config")).json()

    patch = {"FileSettings": {"MaxFileSize": 1234}, "Unknown": {"a": 1}, "TeamSettings": None}
    after = (await admin.put("/config/patch", patch)).json()

    assert after == {**before, "FileSettings": {**before["FileSettings"], "MaxFileSize": 1234}}


async def test_the_product_is_switched_by_its_plugin_state(room: Room, admin: Person) -> None:
    states = {"PluginSettings": {"PluginStates": {PLUGIN: {"Enable": False}}}}

    await admin.put("/config/patch", states)

    assert room.desks.config.incidents_enabled is False
    assert (await admin.get("/config")).json()["PluginSettings"]["PluginStates"] == {
        PLUGIN: {"Enable": False}
    }


async def test_changed_settings_are_kept_for_the_next_start(room: Room, admin: Person) -> None:
    await admin.put("/config/patch", {"TeamSettings": {"MaxUsersPerTeam": 7}})
    room.configure(max_users_per_team=5000)

    async with room.desks.writing() as desk:
        loaded = await config.load(desk)

    assert loaded.max_users_per_team == 7
    assert loaded.diagnostic_id == room.desks.config.diagnostic_id != ""


async def test_nobody_else_sees_or_changes_them(ana: Person) -> None:
    assert (await ana.get("/config")).status_code == 403
    assert (await ana.put("/config", {})).status_code == 403
    assert (await ana.put("/config/patch", {"TeamSettings": {"SiteName": "x"}})).status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        {"ServiceSettings": {"SiteURL": "ftp://example.com"}},
        {"ServiceSettings": {"SiteURL": "javascript:alert(1)"}},
        {"FileSettings": {"MaxFileSize": 0}},
        {"FileSettings": {"MaxFileSize": 2**80}},
        {"FileSettings": {"MaxFileSize": "1"}},
        {"PasswordSettings": {"MinimumLength": 1}},
        {"TeamSettings": {"SiteName": "x" * 3000}},
    ],
)
async def test_values_that_cannot_be_used_are_refused_and_change_nothing(
    admin: Person, change: dict[str, Any]
) -> None:
    before = (await admin.get("/config")).json()

    answer = await admin.put("/config/patch", change)

    assert answer.status_code == 400
    assert (await admin.get("/config")).json() == before


async def test_clients_get_texts_only_and_less_without_a_session(room: Room, ana: Person) -> None:
    whole = (await ana.get("/config/client?format=old")).json()
    short = (await room.stranger().get("/config/client?format=old")).json()

    assert all(isinstance(value, str) for value in whole.values())
    assert set(short) < set(whole)
    assert short["NoAccounts"] == "false"
    assert whole["MaxPostSize"] == "16383"
    assert whole["PlaybookCreators"] == "members"
    assert "PlaybookCreators" not in short
    assert (await room.stranger().get("/license/client?format=old")).json() == {"IsLicensed": "false"}


async def test_a_client_hears_that_the_first_account_is_to_be_made(room: Room) -> None:
    assert (await room.stranger().get("/config/client?format=old")).json()["NoAccounts"] == "true"


async def test_what_newer_clients_ask_at_their_start_is_empty(ana: Person) -> None:
    assert (await ana.get("/limits/server")).json()["maxUsersLimit"] == 0
    assert (await ana.get("/custom_profile_attributes/fields")).json() == []
    assert (await ana.get(f"/users/me/teams/{ana.id}/drafts")).json() == []
    assert (await ana.get(f"/system/notices/{ana.id}")).json() == []


async def test_a_client_may_log_what_went_wrong(room: Room) -> None:
    answer = await room.stranger().post("/logs", {"level": "ERROR", "message": "m" * 1000})

    assert answer.json() == {"status": "OK", "message": "m" * 400}
