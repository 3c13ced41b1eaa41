"""Outgoing webhooks: kept over REST v4, telling a real server of posts, whatever happens on the way."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from commandpost.db import Sql
from commandpost.jobs.deliveries import Deliveries
from commandpost.kernel.clock import MINUTE_MS
from commandpost.kernel.ids import is_id
from commandpost.workspace.model.outgoing_webhook import OutgoingWebhook, TriggerWhen
from tests.support.channels import a_channel
from tests.support.outside import Outside, hang, http
from tests.support.patience import PATIENCE_S
from tests.support.people import Person
from tests.support.talk import Talk
from tests.support.wire import FORBIDDEN, error_of

UNKNOWN = (404, "app.webhooks.get_outgoing.app_error")
_LEFT = Sql("SELECT COUNT(*) FROM webhook_deliveries")


async def made(admin: Person, talk: Talk, outside: Outside | None = None, **more: Any) -> dict[str, Any]:
    url = f"{outside.url}/told" if outside else "http://told.example/"
    wanted = {"team_id": talk.team.id, "channel_id": talk.channel_id, "callback_urls": [url], **more}
    answer = await admin.post("/hooks/outgoing", wanted)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def left(talk: Talk) -> int:
    async with talk.room.desks.reading() as desk:
        return await desk.work.value(_LEFT)


async def nothing_left(talk: Talk) -> None:
    """Wait until there is nothing to deliver any more."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if not await left(talk):
                return
            await asyncio.sleep(0)


async def said(talk: Talk, who: Person, times: int) -> list[dict[str, Any]]:
    """The posts of webhooks, oldest first, once there are so many."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            page = await talk.page(who)
            posts = [page["posts"][one] for one in reversed(page["order"])]
            found = [one for one in posts if one["props"].get("from_webhook") == "true"]
            if len(found) >= times:
                return found
            await asyncio.sleep(0)


async def test_a_webhook_is_made_seen_changed_and_deleted(talk: Talk, admin: Person) -> None:
    hook = await made(admin, talk, trigger_words=["deploy"], content_type="application/json")
    path = f"/hooks/outgoing/{hook['id']}"

    assert is_id(hook["token"])
    assert (hook["creator_id"], hook["delete_at"], hook["trigger_when"]) == (admin.id, 0, 0)
    assert (await admin.get(path)).json() == hook
    for query in (f"?team_id={talk.team.id}", f"?channel_id={talk.channel_id}", ""):
        assert (await admin.get(f"/hooks/outgoing{query}")).json() == [hook]
    assert (await admin.get(f"/hooks/outgoing?team_id={talk.team.id}&page=1")).json() == []

    changed = (await admin.put(path, {**hook, "trigger_words": ["ship"], "trigger_when": 1})).json()
    assert (changed["trigger_words"], changed["trigger_when"]) == (["ship"], 1)
    assert changed["token"] == hook["token"]

    fresh = (await admin.post(f"{path}/regen_token")).json()
    assert fresh["token"] != hook["token"] and is_id(fresh["token"])

    assert (await admin.delete(path)).json() == {"status": "OK"}
    assert error_of(await admin.get(path)) == UNKNOWN


async def test_webhooks_are_managed_by_the_teams_administrators(
    talk: Talk, admin: Person, ana: Person
) -> None:
    hook = await made(admin, talk)
    path = f"/hooks/outgoing/{hook['id']}"
    wanted = {"team_id": talk.team.id, "channel_id": talk.channel_id, "callback_urls": ["http://a.example/"]}

    for refused in (
        await ana.post("/hooks/outgoing", wanted),
        await ana.get(f"/hooks/outgoing?team_id={talk.team.id}"),
        await ana.get("/hooks/outgoing"),
        await ana.get(path),
        await ana.put(path, hook),
        await ana.post(f"{path}/regen_token"),
        await ana.delete(path),
    ):
        assert error_of(refused) == FORBIDDEN
    await admin.put(f"/teams/{talk.team.id}/members/{ana.id}/roles", {"roles": "team_user team_admin"})
    assert (await ana.get(path)).status_code == 200


async def test_what_cannot_be_a_webhook_is_refused(talk: Talk, admin: Person) -> None:
    secret = await a_channel(admin, talk.team, "secret", type="P")
    elsewhere = await a_channel(admin, await talk.room.team("elsewhere", admin), "elsewhere")
    hook = await made(admin, talk, trigger_words=["a", "b"])
    of_words = "model.outgoing_hook.is_valid.trigger_words.app_error"
    of_urls = "model.outgoing_hook.is_valid.callback.app_error"
    wrong: list[tuple[dict[str, Any], tuple[int, str]]] = [
        ({"trigger_words": [""]}, (400, of_words)),
        ({"trigger_words": ["x" * 1025]}, (400, of_words)),
        ({"callback_urls": []}, (400, of_urls)),
        ({"callback_urls": ["ftp://x"]}, (400, of_urls)),
        ({"trigger_when": 2}, (400, "model.outgoing_hook.is_valid.content_type.app_error")),
        ({"display_name": "x" * 65}, (400, "model.outgoing_hook.is_valid.content_type.app_error")),
        ({"channel_id": None}, (400, "api.webhook.create_outgoing.triggers.app_error")),
        ({"channel_id": secret["id"]}, (403, "api.webhook.create_outgoing.not_open.app_error")),
        ({"channel_id": elsewhere["id"]}, (403, "api.webhook.create_outgoing.permissions.app_error")),
        ({"channel_id": "a" * 26}, (404, "app.channel.get.existing.app_error")),
        ({"trigger_words": ["b", "c"]}, (400, "api.webhook.create_outgoing.intersect.app_error")),
    ]

    for more, error in wrong:
        wanted = {"team_id": talk.team.id, "channel_id": talk.channel_id}
        wanted |= {"callback_urls": hook["callback_urls"], **more}
        assert error_of(await admin.post("/hooks/outgoing", wanted)) == error, more
    moved = await admin.put(f"/hooks/outgoing/{hook['id']}", {**hook, "team_id": elsewhere["team_id"]})
    assert error_of(moved) == (400, "api.webhook.team_mismatch.app_error")


@pytest.mark.parametrize(
    ("words", "when", "message", "trigger"),
    [
        (("deploy",), TriggerWhen.IS_WORD, "deploy it", "deploy"),
        (("deploy",), TriggerWhen.IS_WORD, "deployed", None),
        (("deploy",), TriggerWhen.IS_WORD, "please deploy", None),
        (("deploy",), TriggerWhen.IS_WORD, "", None),
        (("#", "!"), TriggerWhen.STARTS_WITH, "!deploy it", "!"),
        (("!",), TriggerWhen.STARTS_WITH, "do! it", None),
        ((), TriggerWhen.IS_WORD, "anything", ""),
    ],
)
def test_the_first_word_triggers(
    words: tuple[str, ...], when: TriggerWhen, message: str, trigger: str | None
) -> None:
    ids = {"id": "h", "team_id": "t", "creator_id": "u", "channel_id": "c"}
    hook = OutgoingWebhook(
        **ids, create_at=0, update_at=0, sealed_token="", trigger_words=words, trigger_when=when
    )

    assert hook.triggered_by("c", message) == trigger
    assert hook.triggered_by("d", message) is None


async def test_a_server_is_told_of_a_post_as_a_form(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    hook = await made(admin, talk, outside, trigger_words=["deploy"])

    await talk.say(ana, "nothing to see")
    post = await talk.say(ana, "deploy & <tell> ü")
    await outside.times_asked(1)
    await nothing_left(talk)

    [asked] = outside.asked
    assert (asked.method, asked.path) == ("POST", "/told")
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.form == {
        "token": hook["token"],
        "team_id": talk.team.id,
        "team_domain": talk.team.name,
        "channel_id": talk.channel_id,
        "channel_name": talk.channel.name,
        "timestamp": str(post["create_at"] // 1000),
        "user_id": ana.id,
        "user_name": "ana",
        "post_id": post["id"],
        "text": "deploy & <tell> ü",
        "trigger_word": "deploy",
        "file_ids": "",
    }


async def test_a_server_is_told_of_a_post_as_json_and_answers(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    more = {"content_type": "application/json", "username": "robot", "display_name": "Robot"}
    await made(admin, talk, outside, channel_id=None, trigger_words=["!"], trigger_when=1, **more)
    outside.says({"text": "On it: <http://x|log>", "response_type": "comment", "icon_url": "http://x/i"})

    post = await talk.say(ana, "!deploy")
    [answer] = await said(talk, ana, 1)

    assert outside.asked[0].json["timestamp"] == post["create_at"]
    assert outside.asked[0].json["trigger_word"] == "!"
    assert (answer["message"], answer["root_id"]) == ("On it: [log](http://x)", post["id"])
    assert answer["user_id"] == admin.id
    assert answer["props"] == {
        "from_webhook": "true",
        "webhook_display_name": "Robot",
        "override_username": "robot",
        "override_icon_url": "http://x/i",
    }
    assert len(outside.asked) == 1


async def test_only_what_people_say_in_public_is_told(
    talk: Talk, outside: Outside, admin: Person, ana: Person, ben: Person
) -> None:
    await made(admin, talk, outside, channel_id=None, trigger_words=["x"])
    secret = await a_channel(ana, talk.team, "secret", type="P")
    incoming = (await admin.post("/hooks/incoming", {"channel_id": talk.channel_id})).json()

    await ana.post("/posts", {"channel_id": secret["id"], "message": "x in private"})
    await talk.room.stranger().v4.post(f"http://commandpost.test/hooks/{incoming['id']}", json={"text": "x"})
    talk.room.configure(enable_outgoing_webhooks=False)
    await talk.say(ana, "x while it is off")
    talk.room.configure(enable_outgoing_webhooks=True)
    await talk.say(ana, "x said")
    await outside.times_asked(1)
    await nothing_left(talk)

    assert [asked.form["text"] for asked in outside.asked] == ["x said"]


async def test_a_server_that_fails_is_told_again_and_in_the_end_given_up(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    await made(admin, talk, outside)
    outside.sends(http(503))
    deliveries: Deliveries = talk.room.app.state.deliveries

    await talk.say(ana, "hello")
    for attempt, pause_s in enumerate((10, 30, 120, 600, 0), start=1):
        await outside.times_asked(attempt)
        await deliveries.rest()
        talk.room.clock.turn(seconds=pause_s)
        deliveries.wake()

    await nothing_left(talk)
    assert len(outside.asked) == 5
    assert {asked.form["text"] for asked in outside.asked} == {"hello"}


async def test_what_cannot_succeed_is_not_tried_again(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    await made(admin, talk, outside)
    useless = (
        http(404),
        http(200, b"<html>"),
        http(200, b'{"text": "x", "type": "system_x"}'),
        http(302, b"", "Location: http://127.0.0.2:1/"),
        http(200, b"x" * 1_000_001),
    )

    for at, raw in enumerate(useless, start=1):
        outside.sends(raw)
        await talk.say(ana, "hello")
        await outside.times_asked(at)
        await nothing_left(talk)

    assert await said(talk, ana, 0) == []


@asynccontextmanager
async def another_node(talk: Talk) -> AsyncGenerator[Deliveries]:
    """The deliveries of another process on the same database."""
    node = Deliveries(talk.room.desks, talk.room.clock)
    job = asyncio.create_task(node.run())
    try:
        yield node
    finally:
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)


async def test_what_a_node_was_telling_when_it_died_another_tells_once_the_lease_is_over(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    await made(admin, talk, outside)
    outside.sends(hang, http(200, b'{"text": "at last"}'))
    deliveries: Deliveries = talk.room.app.state.deliveries
    await talk.say(ana, "hello")
    await outside.times_asked(1)

    await deliveries.abandon()
    async with another_node(talk) as other:
        assert await left(talk) == 1
        talk.room.clock.turn(millis=2 * MINUTE_MS)
        other.wake()
        answers = await said(talk, ana, 1)

    assert [one["message"] for one in answers] == ["at last"]
    assert len(outside.asked) == 2


async def test_a_deleted_webhook_tells_nothing_more(
    talk: Talk, outside: Outside, admin: Person, ana: Person
) -> None:
    hook = await made(admin, talk, outside)
    outside.sends(http(503))
    deliveries: Deliveries = talk.room.app.state.deliveries
    await talk.say(ana, "hello")
    await outside.times_asked(1)
    await deliveries.rest()

    await admin.delete(f"/hooks/outgoing/{hook['id']}")
    talk.room.clock.turn(millis=MINUTE_MS)
    deliveries.wake()

    await nothing_left(talk)
    assert len(outside.asked) == 1


async def test_outgoing_webhooks_can_be_switched_off(talk: Talk, admin: Person) -> None:
    hook = await made(admin, talk)
    talk.room.configure(enable_outgoing_webhooks=False)
    off = (501, "api.outgoing_webhook.disabled.app_error")

    for refused in (
        await admin.post(
            "/hooks/outgoing", {"team_id": talk.team.id, "callback_urls": ["http://x.example/"]}
        ),
        await admin.get("/hooks/outgoing"),
        await admin.get(f"/hooks/outgoing/{hook['id']}"),
        await admin.put(f"/hooks/outgoing/{hook['id']}", hook),
        await admin.delete(f"/hooks/outgoing/{hook['id']}"),
    ):
        assert error_of(refused) == off
