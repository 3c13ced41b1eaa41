"""`/incident`, its dialogs and its buttons, as Mattermost sends them."""

from typing import Any

import pytest

from commandpost.chat.mattermost.reception import ANSWER_WITHIN_S
from commandpost.chat.mattermost.store import facts
from commandpost.kernel.ids import token_hash
from tests.attached.hooks import TOKEN, Hooks
from tests.support.attached import Attached, Colleague


@pytest.fixture
async def hooks(attached: Attached) -> Hooks:
    """The hooks, with a command whose token is known."""
    async with attached.app.state.mattermost.database.write() as work:
        await facts.put(work, facts.of_command(token_hash(TOKEN)), "{}")
    return Hooks(attached)


def test_hooks_are_answered_before_mattermost_gives_up() -> None:
    assert ANSWER_WITHIN_S < 3


async def test_a_command_without_its_token_is_refused(attached: Attached, hooks: Hooks) -> None:
    ana = attached.person("ana")

    for token in ("", "other"):
        assert (await hooks.command(ana, "list", token=token)).status_code == 401


async def test_a_command_is_answered_for_the_eyes_of_its_caller(attached: Attached, hooks: Hooks) -> None:
    ana, ben = attached.person("ana"), attached.person("ben")
    incident = await attached.incident(ana)

    listed = (await hooks.command(ana, "list")).json()
    info = (await hooks.command(ana, "info", channel_id=incident["channel_id"])).json()
    stranger = (await hooks.command(ben, "list")).json()

    assert listed["response_type"] == "ephemeral"
    assert "~database-is-down" in listed["attachments"][0]["pretext"]
    assert info["attachments"][0]["fields"][0]["value"] == "**Database is down**"
    assert stranger["text"].startswith("There are no ongoing incidents")


async def test_a_command_may_mention_many(attached: Attached, hooks: Hooks) -> None:
    ana = attached.person("ana")
    mentions = [f"person{number}" for number in range(200)]

    told = await hooks.command(ana, "list", mentions=mentions)
    too_many = await hooks.command(ana, "list", mentions=mentions * 50)

    assert (told.status_code, too_many.status_code) == (200, 400), too_many.text


async def test_a_command_acts_with_the_rights_of_who_typed_it(attached: Attached, hooks: Hooks) -> None:
    ana, eve = attached.person("ana"), attached.person("eve")
    incident = await attached.incident(ana, playbook_id=await attached.playbook(ana))

    refused = (await hooks.command(eve, "check 0 0", channel_id=incident["channel_id"])).json()
    done = (await hooks.command(ana, "check 0 0", channel_id=incident["channel_id"])).json()
    await attached.delivered()

    assert "could not be completed" in refused["text"] and not done.get("text")
    assert "checked off" in attached.posts(incident["channel_id"])[-1]["message"]


async def test_announcing_in_several_channels_posts_once_in_each(attached: Attached, hooks: Hooks) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)
    targets = [
        attached.town.call(
            "POST",
            "/channels",
            token=ana.token,
            json={"team_id": attached.team_id, "type": "O", "name": name, "display_name": name},
        )
        for name in ("news", "board")
    ]
    for target in targets:
        members = f"/channels/{target['id']}/members"
        attached.town.call("POST", members, token=ana.token, json={"user_id": attached.town.bot_id})

    told = await hooks.command(ana, "announce ~news ~board ~none", channel_id=incident["channel_id"])
    assert told.json()["text"] == "Channel not found: ~none"
    await attached.delivered()
    attached.clock.turn(seconds=20)
    await attached.delivered()

    for target in targets:
        assert [p["message"] for p in attached.posts(target["id"])] == [
            f"@{ana.username} started an incident in ~database-is-down"
        ]


async def test_a_dialog_comes_back_with_its_state_and_only_from_whom_it_was_shown(
    attached: Attached, hooks: Hooks
) -> None:
    ana, eve = attached.person("ana"), attached.person("eve")
    incident = await attached.incident(ana)
    state = _state_of(attached, ana, incident, "update-status-dialog")
    body = {
        "user_id": ana.id,
        "channel_id": incident["channel_id"],
        "team_id": attached.team_id,
        "state": state,
        "submission": {"message": "All quiet.", "reminder": "0"},
    }

    stolen = await hooks.post("/dialog", {**body, "user_id": eve.id})
    forged = await hooks.post("/dialog", {**body, "state": state.replace("update", "other")})
    sent = await hooks.post("/dialog", body)
    await attached.delivered()

    assert (stolen.status_code, forged.status_code) == (401, 401)
    assert (sent.status_code, sent.json()) == (200, {})
    newest = attached.posts(incident["channel_id"])[-1]
    assert newest["user_id"] == attached.town.bot_id
    assert newest["message"] == f"@{ana.username}:\n\nAll quiet."


async def test_a_status_update_by_dialog_is_its_authors_where_their_session_comes_along(
    attached: Attached, hooks: Hooks
) -> None:
    ana, eve = attached.person("ana"), attached.person("eve")
    incident = await attached.incident(ana)

    async def told(message: str, session: str) -> tuple[str, str]:
        body = {
            "user_id": ana.id,
            "channel_id": incident["channel_id"],
            "team_id": attached.team_id,
            "state": _state_of(attached, ana, incident, "update-status-dialog"),
            "submission": {"message": message, "reminder": "0"},
        }
        answer = await hooks.post("/dialog", body, session=session)
        assert (answer.status_code, answer.json()) == (200, {})
        await attached.delivered()
        newest = attached.posts(incident["channel_id"])[-1]
        return newest["user_id"], newest["message"]

    bot_id, by_bot = attached.town.bot_id, f"@{ana.username}:\n\n"
    assert await told("By me.", ana.token) == (ana.id, "By me.")
    assert await told("By Eve?", eve.token) == (bot_id, f"{by_bot}By Eve?")
    assert await told("By nobody?", "nonsense") == (bot_id, f"{by_bot}By nobody?")


async def test_what_is_wrong_in_a_dialog_is_said_in_it(attached: Attached, hooks: Hooks) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)
    await ana.v0.put(f"/incidents/{incident['id']}/end")
    body = {
        "user_id": ana.id,
        "channel_id": incident["channel_id"],
        "state": _state_of(attached, ana, incident, "update-status-dialog"),
        "submission": {"message": "Too late.", "reminder": "0"},
    }

    answer = await hooks.post("/dialog", body)

    assert answer.status_code == 200 and answer.json()["error"]


async def test_a_button_is_pressed_by_whoever_may(attached: Attached, hooks: Hooks) -> None:
    ana, eve = attached.person("ana"), attached.person("eve")
    incident = await attached.incident(ana)
    await ana.v0.post(f"/incidents/{incident['id']}/status", json={"message": "Wait.", "reminder": 60})
    attached.clock.turn(seconds=61)
    await attached.app.state.reminders.fire_due()
    await attached.delivered()
    path = f"/plugins/com.mattermost.plugin-incident-management/api/v0/incidents/{incident['id']}"
    path += "/reminder/button-dismiss"
    context = {"path": path, "seal": attached.app.state.mattermost.sealed("button", path)}
    body = {"user_id": ana.id, "channel_id": incident["channel_id"], "context": context}

    forged = await hooks.post("/button", {**body, "context": {**context, "seal": "0"}})
    refused = await hooks.post("/button", {**body, "user_id": eve.id})
    pressed = await hooks.post("/button", body)
    await attached.delivered()

    assert forged.status_code == 401
    assert refused.json()["ephemeral_text"]
    assert pressed.json() == {}
    assert (await attached.seen(incident, ana))["reminder_post_id"] == ""
    shown = [one for one in attached.posts(incident["channel_id"]) if not one["message"].startswith("####")]
    assert all("attachments" not in post["props"] for post in shown)


def _state_of(attached: Attached, who: Colleague, incident: dict[str, Any], route: str) -> str:
    """The state of a dialog as this user was shown it."""
    path = f"/plugins/com.mattermost.plugin-incident-management/api/v0/incidents/{incident['id']}/{route}"
    seal = attached.app.state.mattermost.sealed("dialog", path, "", who.id)
    return f"{seal}\n{path}\n"
