"""The control post of an incident: one, pinned, as the incident is, with buttons that do what they say."""

import asyncio
from typing import Any

import pytest

from tests.attached.hooks import Hooks
from tests.support.attached import Attached, Colleague
from tests.support.faults import Between, Call, said
from tests.support.patience import PATIENCE_S

_V0 = "/plugins/com.mattermost.plugin-incident-management/api/v0"
_CALL, _LOOK = "\N{HEAVY CHECK MARK} Call", "\N{HEAVY CHECK MARK} Look"


@pytest.fixture
def mattermost_url(between: Between) -> str:
    """We know the server by what lies between."""
    return between.url


@pytest.fixture
def hooks(attached: Attached) -> Hooks:
    return Hooks(attached)


async def test_the_control_post_mirrors_the_incident_in_one_pinned_post(
    attached: Attached, hooks: Hooks
) -> None:
    ana, eve = attached.person("ana"), attached.person("eve")
    incident = await attached.incident(ana, playbook_id=await attached.playbook(ana), name="Lost @channel")
    await attached.delivered()
    controls = attached.app.state.controls

    await controls.show_changed()
    first = _control_post(attached, incident)
    refused = await hooks.post("/button", _press(attached, incident, eve, "tick"))
    pressed = await hooks.post("/button", _press(attached, incident, ana, "tick"))
    again = await hooks.post("/button", _press(attached, incident, ana, "tick"))
    await attached.delivered()
    await controls.show_changed()
    ticked = _control_post(attached, incident)
    await ana.v0.put(f"/incidents/{incident['id']}/end")
    await attached.delivered()
    await controls.show_changed()
    ended = _control_post(attached, incident)

    assert first["is_pinned"] and first["user_id"] == attached.town.bot_id
    assert "@channel" not in first["message"]
    assert _fields(first) == {
        "Stage": "Triage (1 of 2)",
        "Commander": ana.username,
        "Open tasks": "3 of 3",
        "Next update due": "None",
    }
    assert _names(first) == [
        "Update Status",
        _CALL,
        _LOOK,
        "Next stage",
        "End incident",
    ]
    assert refused.json()["ephemeral_text"]
    assert (pressed.json(), again.json()) == ({}, {})
    assert ticked["id"] == first["id"] and _fields(ticked)["Open tasks"] == "2 of 3"
    assert ended["id"] == first["id"] and _names(ended) == ["Restart incident"]


async def test_every_button_does_what_it_says(attached: Attached, between: Between, hooks: Hooks) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana, playbook_id=await attached.playbook(ana))
    between.instead = _dialogs_opened

    async def pressed(deed: str) -> dict[str, Any]:
        answer = await hooks.post("/button", _press(attached, incident, ana, deed))
        assert (answer.status_code, answer.json()) == (200, {})
        await attached.delivered()
        return await attached.seen(incident, ana)

    async def opened() -> dict[str, Any]:
        call = await between.called(lambda call: call.path == _DIALOG)
        between.calls.remove(call)
        return call.json

    await pressed("update")
    update = await opened()
    await pressed("stage")
    onwards = await opened()
    for task in range(2):
        await pressed(f"tick/{incident['checklists'][0]['items'][task]['id']}")
    staged = await pressed("stage")
    await pressed("end")
    ending = await opened()
    await hooks.post("/dialog", _sent_in(ana, incident, ending))
    ended = await attached.seen(incident, ana)
    restarted = await pressed("restart")

    titles = [one["dialog"]["title"] for one in (update, onwards, ending)]
    assert titles == [
        "Update Incident Status",
        "Not all tasks in this stage are complete.",
        "Confirm End Incident",
    ]
    assert {one["trigger_id"] for one in (update, onwards, ending)} == {"of-the-press"}
    assert (staged["active_stage"], ended["is_active"], restarted["is_active"]) == (1, False, True)


async def test_a_control_post_that_somebody_deletes_comes_back_by_itself(attached: Attached) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana, playbook_id=await attached.playbook(ana))
    await attached.listening()
    first = await _shown(attached, incident)

    attached.town.call("DELETE", f"/posts/{first['id']}")

    anew = await _shown(attached, incident, but=first["id"])
    assert anew["is_pinned"]
    assert _names(anew) == _names(first)


async def test_one_deleted_while_nobody_listened_comes_back_too(attached: Attached, between: Between) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)
    await attached.listening()
    first = await _shown(attached, incident)

    between.hang_up()
    attached.town.call("DELETE", f"/posts/{first['id']}")
    between.heal()

    await _shown(attached, incident, but=first["id"])


@pytest.mark.parametrize(
    ("status", "rule"),
    [
        (400, "api.post.update_post.permissions_time_limit.app_error"),
        (403, "api.context.permissions.app_error"),
    ],
)
async def test_one_that_may_not_be_edited_is_replaced_and_not_repeated(
    attached: Attached, between: Between, status: int, rule: str
) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana, playbook_id=await attached.playbook(ana))
    first = await _shown(attached, incident)
    refusal = said(status, {"id": rule, "message": "No.", "status_code": status})
    between.instead = lambda call: refusal if call.path.endswith("/patch") else None

    await ana.v0.put(f"/incidents/{incident['id']}/end")

    anew = await _shown(attached, incident, but=first["id"])
    assert _names(anew) == ["Restart incident"]


async def _shown(attached: Attached, incident: dict[str, Any], *, but: str = "") -> dict[str, Any]:
    """The one control post, once there is one with an id other than that, pinned."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            await attached.app.state.controls.show_changed()
            found = await asyncio.to_thread(attached.all_posts, incident["channel_id"])
            shown = [one for one in found if one["message"].startswith("####")]
            if [one["id"] != but and one["is_pinned"] for one in shown] == [True]:
                return shown[0]
            await asyncio.sleep(0.02)


def _control_post(attached: Attached, incident: dict[str, Any]) -> dict[str, Any]:
    """The one post of the channel that is a control post."""
    [post] = [one for one in attached.all_posts(incident["channel_id"]) if one["message"].startswith("####")]
    return post


def _fields(post: dict[str, Any]) -> dict[str, str]:
    return {one["title"]: one["value"] for one in post["props"]["attachments"][0]["fields"]}


def _names(post: dict[str, Any]) -> list[str]:
    return [one["name"] for one in post["props"]["attachments"][0]["actions"]]


_DIALOG = "/api/v4/actions/dialogs/open"


def _dialogs_opened(call: Call) -> bytes | None:
    """The server takes any trigger id."""
    return said(200, {"status": "OK"}) if call.path == _DIALOG else None


def _sent_in(who: Colleague, incident: dict[str, Any], opened: dict[str, Any]) -> dict[str, Any]:
    place = {"user_id": who.id, "channel_id": incident["channel_id"]}
    return {**place, "state": opened["dialog"]["state"], "submission": {}}


def _press(attached: Attached, incident: dict[str, Any], who: Colleague, deed: str) -> dict[str, Any]:
    """What Mattermost sends when somebody presses a button: its context it keeps from everybody else."""
    if deed == "tick":
        deed = f"tick/{incident['checklists'][0]['items'][0]['id']}"
    path = f"{_V0}/incidents/{incident['id']}/control/{deed}"
    context = {"path": path, "seal": attached.app.state.mattermost.sealed("button", path)}
    place = {"user_id": who.id, "channel_id": incident["channel_id"]}
    return {**place, "trigger_id": "of-the-press", "context": context}
