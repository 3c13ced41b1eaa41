"""Mattermost is away, slow, or answers nonsense: incidents go on, and nothing is lost or doubled."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from commandpost.chat.mattermost.client import Client, Unreachable
from commandpost.chat.mattermost.store import facts
from commandpost.chat.mattermost.wire import UserWire
from commandpost.kernel.ids import token_hash
from tests.attached.hooks import TOKEN, Hooks
from tests.support.attached import Attached
from tests.support.faults import Between, Call, Fault, said


@pytest.fixture
def mattermost_url(between: Between) -> str:
    """We know the server by what lies between."""
    return between.url


async def test_an_outage_in_the_middle_of_an_incident_delays_what_is_posted(
    attached: Attached, between: Between
) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana, playbook_id=await attached.playbook(ana))
    path = f"/incidents/{incident['id']}"
    await ana.v0.get(path)
    before = len(attached.posts(incident["channel_id"]))

    between.break_down()
    attached.clock.turn(seconds=300)
    tick = f"{path}/checklists/0/item/0/state"
    ticked = await ana.v0.put(tick, json={"new_state": "closed"})
    told = await ana.v0.post(f"{path}/status", json={"message": "All quiet."})
    await between.called(lambda call: b"checked off" in call.body)
    attached.clock.turn(seconds=300)
    between.heal()
    await attached.delivered()

    assert (ticked.status_code, told.status_code) == (200, 200), ticked.text + told.text
    assert "X-Permissions-Confirmed-At" in ticked.headers
    late = attached.posts(incident["channel_id"])[before:]
    assert [one["user_id"] for one in late] == [attached.town.bot_id] * 2
    assert "Call" in late[0]["message"]
    assert late[1]["message"].startswith(f"@{ana.username}:\n\nAll quiet.")
    assert [one["message"] for one in late if "_Delayed: this is of " not in one["message"]] == []
    assert (await attached.seen(incident, ana))["status_post_ids"] == [late[1]["id"]]


async def test_permissions_hold_no_longer_than_a_quarter_of_an_hour(
    attached: Attached, between: Between
) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)
    path = f"/incidents/{incident['id']}"
    await ana.v0.get(path)
    between.break_down()

    attached.clock.turn(seconds=15 * 60 + 1)

    assert (await ana.v0.get(path)).status_code == 503


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.BROKEN])
async def test_a_start_that_half_succeeded_is_undone(
    attached: Attached, between: Between, fault: Fault
) -> None:
    ana = attached.person("ana")
    between.fault = lambda call: fault if call.path == "/api/v4/channels" else Fault.NONE
    body = {"name": "Lost mail", "team_id": attached.team_id, "commander_user_id": ana.id}

    refused = await ana.v0.post("/incidents", json=body)
    between.heal()
    attached.clock.turn(seconds=121)
    await attached.app.state.begun.undo_due()

    assert refused.status_code == 503
    listed = attached.town.call("GET", f"/teams/{attached.team_id}/channels")
    assert "lost-mail" not in [channel["name"] for channel in listed]
    assert (await ana.v0.get("/incidents", params={"team_id": attached.team_id})).json()["items"] == []


async def test_no_call_is_made_before_mattermost_takes_more(attached: Attached, between: Between) -> None:
    ana = attached.person("ana")
    judged = iter([Fault.TOO_MANY])
    between.fault = lambda _: next(judged, Fault.NONE)

    assert (await ana.v0.get("/incidents", params={"team_id": attached.team_id})).status_code == 200


async def test_fields_and_events_of_a_later_version_are_passed_over(
    attached: Attached, between: Between
) -> None:
    def tamper(event: dict[str, Any]) -> Sequence[dict[str, Any]]:
        return [{"event": "hologram_sent", "data": {"post": 7}, "seq": event["seq"]}, event]

    ana = attached.person("ana")
    between.fault = lambda _: Fault.ODD
    between.tamper = tamper
    between.hang_up()
    between.has_line = True

    incident = await attached.incident(ana)
    await attached.listening()
    offered = await ana.v0.get("/incidents/channel-autocomplete", params={"team_id": attached.team_id})
    attached.town.call("DELETE", f"/channels/{incident['channel_id']}")

    named = attached.town.call("GET", f"/channels/{incident['channel_id']}")["name"]
    assert f"~{named}" in [one["Item"] for one in offered.json()], offered.text
    changed = await attached.logged(incident, ana, "channel_changed")
    assert changed[0]["payload"]["change"] == "archived"


async def test_what_was_missed_while_nobody_listened_is_asked_for(
    attached: Attached, between: Between
) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)
    await attached.listening()
    await ana.v0.post(f"/incidents/{incident['id']}/status", json={"message": "All quiet."})
    update = (await attached.seen(incident, ana))["status_post_ids"][0]

    between.hang_up()
    attached.town.call("PUT", f"/posts/{update}/patch", token=ana.token, json={"message": "Not so quiet."})
    attached.town.call(
        "POST", "/posts", token=ana.token, json={"channel_id": incident["channel_id"], "message": "Look."}
    )
    attached.town.call("PUT", f"/channels/{incident['channel_id']}/patch", json={"display_name": "Trouble"})
    between.heal()

    kinds = ("status_edited", "post_seen", "channel_changed")
    heard = await attached.logged(incident, ana, *kinds, times=3)
    assert {one["kind"] for one in heard} == set(kinds)
    await attached.app.state.catching_up.everything()
    assert await attached.log(incident, ana, *kinds) == heard


async def test_more_than_mattermost_tells_at_once_is_asked_for_page_by_page(
    attached: Attached, between: Between
) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)
    channel_id = incident["channel_id"]
    await attached.listening()

    between.hang_up()
    missed: list[dict[str, Any]] = [
        attached.town.call(
            "POST", "/posts", token=ana.token, json={"channel_id": channel_id, "message": word}
        )
        for word in ("First.", "Second.", "Third.")
    ]
    between.heal()
    between.instead = lambda call: _a_thousand(call, missed[-1])

    heard = await attached.logged(incident, ana, "post_seen", times=3)
    assert [one["payload"]["post_id"] for one in heard] == [one["id"] for one in missed]


async def test_an_old_status_update_is_known_to_be_changed_though_much_else_was_missed(
    attached: Attached, between: Between
) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)
    channel_id = incident["channel_id"]
    for message in ("It is down.", "It is up."):
        await ana.v0.post(f"/incidents/{incident['id']}/status", json={"message": message})
    first, second = (await attached.seen(incident, ana))["status_post_ids"]
    await attached.listening()

    between.hang_up()
    attached.town.call("PUT", f"/posts/{first}/patch", token=ana.token, json={"message": "It was down."})
    attached.town.call("DELETE", f"/posts/{second}", token=ana.token)
    written = {"channel_id": channel_id, "message": "Look."}
    last = attached.town.call("POST", "/posts", token=ana.token, json=written)
    between.heal()
    between.instead = lambda call: _a_thousand(call, last)

    kinds = ("status_edited", "status_deleted")
    heard = await attached.logged(incident, ana, *kinds, times=2)
    await attached.app.state.catching_up.everything()
    assert {one["kind"]: one["payload"]["post_id"] for one in heard} == {
        "status_edited": first,
        "status_deleted": second,
    }
    assert await attached.log(incident, ana, *kinds) == heard


def _a_thousand(call: Call, oldest: dict[str, Any]) -> bytes | None:
    """What a Mattermost tells of a thousand changes or more: the newest, down to this one."""
    if not call.path.startswith(f"/api/v4/channels/{oldest['channel_id']}/posts?since="):
        return None
    later = {"type": "system_join_channel", "create_at": oldest["create_at"] + 1}
    posts = {f"later{number}": {**oldest, **later, "id": f"later{number}"} for number in range(999)}
    return said(200, {"order": [*posts, oldest["id"]], "posts": {**posts, oldest["id"]: oldest}})


async def test_a_list_that_names_only_posts_it_does_not_hold_ends_the_catching_up(
    attached: Attached, between: Between
) -> None:
    await attached.incident(attached.person("ana"))
    await attached.listening()
    empty = said(200, {"order": [f"later{number}" for number in range(1000)], "posts": {}})
    between.instead = lambda call: empty if "/posts?since=" in call.path else None
    done = attached.app.state.catching_up.done
    await attached.app.state.catching_up.everything()
    assert attached.app.state.catching_up.done > done


async def test_a_gap_in_the_events_is_noticed(attached: Attached, between: Between) -> None:
    def tamper(event: dict[str, Any]) -> Sequence[dict[str, Any]]:
        return [] if event["event"] == "post_edited" else [event]

    ana = attached.person("ana")
    incident = await attached.incident(ana)
    await attached.listening()
    await ana.v0.post(f"/incidents/{incident['id']}/status", json={"message": "All quiet."})
    update = (await attached.seen(incident, ana))["status_post_ids"][0]
    between.tamper = tamper

    attached.town.call("PUT", f"/posts/{update}/patch", token=ana.token, json={"message": "Not so quiet."})
    attached.town.call(
        "POST", "/posts", token=ana.token, json={"channel_id": incident["channel_id"], "message": "Look."}
    )

    assert await attached.logged(incident, ana, "status_edited")
    assert attached.app.state.listening.gaps


async def test_posts_wait_while_the_channel_is_archived(attached: Attached, between: Between) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana, playbook_id=await attached.playbook(ana))
    await attached.listening()
    channel = f"/channels/{incident['channel_id']}"
    await ana.v0.get(f"/incidents/{incident['id']}")
    between.break_down()
    tick = f"/incidents/{incident['id']}/checklists/0/item/0/state"
    ticked = await ana.v0.put(tick, json={"new_state": "closed"})
    attached.town.call("DELETE", channel)
    between.heal()
    await attached.logged(incident, ana, "channel_changed")
    await attached.app.state.delivery.begin_due()
    await attached.app.state.delivery.rest()
    attached.town.call("POST", f"{channel}/restore")
    await attached.logged(incident, ana, "channel_changed", times=2)
    await attached.delivered()

    assert ticked.status_code == 200
    assert await attached.log(incident, ana, "post_refused") == []
    assert "Call" in attached.posts(incident["channel_id"])[-1]["message"]


async def test_a_control_post_whose_answer_was_lost_is_not_made_again(
    attached: Attached, between: Between
) -> None:
    ana = attached.person("ana")
    between.fault = lambda call: Fault.LOST if b"commandpost_control" in call.body else Fault.NONE
    incident = await attached.incident(ana)
    await attached.app.state.controls.show_changed()

    between.heal()
    attached.clock.turn(seconds=31)
    await ana.v0.put(f"/incidents/{incident['id']}/end")
    await attached.delivered()
    await attached.app.state.controls.show_changed()

    posts = attached.all_posts(incident["channel_id"])
    [control] = [one for one in posts if one["message"].startswith("####")]
    actions = control["props"]["attachments"][0]["actions"]
    assert [one["name"] for one in actions] == ["Restart incident"]


async def test_a_revoked_token_is_said_and_posts_wait_for_another(
    attached: Attached, between: Between
) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana, playbook_id=await attached.playbook(ana))
    between.fault = lambda call: Fault.REVOKED if call.path == "/api/v4/posts" else Fault.NONE

    tick = f"/incidents/{incident['id']}/checklists/0/item/0/state"
    assert (await ana.v0.put(tick, json={"new_state": "closed"})).status_code == 200
    ready = await attached.door("").get("http://chat.test/readyz")
    between.heal()
    await attached.app.state.delivery.hurry()
    await attached.delivered()

    assert "does not take the bot's token" in ready.json()["reason"]
    assert "Call" in attached.posts(incident["channel_id"])[-1]["message"]


async def test_a_slow_mattermost_delays_no_answer_to_it(attached: Attached, between: Between) -> None:
    ana = attached.person("ana")
    incident = await attached.incident(ana)
    async with attached.app.state.mattermost.database.write() as work:
        await facts.put(work, facts.of_command(token_hash(TOKEN)), "{}")
    attached.clock.turn(seconds=61)
    between.fault = lambda call: Fault.SLOW if "/hooks/" not in call.path else Fault.NONE
    attached.app.state.reception.answer_within_s = 0.2

    hooks = Hooks(attached)
    asking = await hooks.command(
        ana,
        "info",
        channel_id=incident["channel_id"],
        response_url="https://chat.example/hooks/commands/abc123",
    )
    between.heal()

    assert asking.json()["text"].startswith("Mattermost takes long to answer")
    later = await between.called(lambda call: call.path == "/hooks/commands/abc123")
    assert later.json["response_type"] == "ephemeral"
    assert "Database is down" in json.dumps(later.json)


async def test_an_answer_that_comes_too_late_is_one_that_never_comes(
    attached: Attached, between: Between
) -> None:
    client: Client = attached.app.state.mattermost.client
    between.fault = lambda _: Fault.SLOW

    with pytest.raises(Unreachable):
        await client.get("/users/me", UserWire, within_s=0.01)

    assert client.is_down
    between.heal()
    await client.call("GET", "/users/me", probing=True)
    assert not client.is_down
