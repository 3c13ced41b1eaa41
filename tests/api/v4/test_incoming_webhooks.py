"""Incoming webhooks: kept over REST v4, used without a session at an address that is the secret."""

from typing import Any

import httpx

from commandpost.db import Sql
from commandpost.kernel.ids import is_id
from tests.support.channels import a_channel
from tests.support.people import SITE, Person
from tests.support.talk import Talk
from tests.support.wire import FORBIDDEN, error_of

UNKNOWN = (404, "app.webhooks.get_incoming.app_error")
DEAD = (400, "web.incoming_webhook.invalid.app_error")
UNREADABLE = (400, "web.incoming_webhook.parse.app_error")
NO_TEXT = (400, "web.incoming_webhook.text.app_error")
OFF = (501, "api.incoming_webhook.disabled.app_error")


async def made(admin: Person, talk: Talk, **more: Any) -> dict[str, Any]:
    wanted = {"channel_id": talk.channel_id, "display_name": "Builds", **more}
    answer = await admin.post("/hooks/incoming", wanted)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def send(talk: Talk, hook: dict[str, Any], body: Any = None, **more: Any) -> httpx.Response:
    talk.room.clock.turn(seconds=1)
    return await talk.room.stranger().v4.post(f"{SITE}/hooks/{hook['id']}", json=body, **more)


async def newest(talk: Talk, who: Person, channel_id: str = "") -> dict[str, Any]:
    page = (await who.get(f"/channels/{channel_id or talk.channel_id}/posts")).json()
    return page["posts"][page["order"][0]]


async def test_a_webhook_is_made_seen_changed_and_deleted(talk: Talk, admin: Person) -> None:
    hook = await made(
        admin, talk, description="CI", username="ci", icon_url="http://x/i", channel_locked=True
    )

    assert is_id(hook["id"])
    assert hook == {
        "id": hook["id"],
        "create_at": hook["create_at"],
        "update_at": hook["create_at"],
        "delete_at": 0,
        "user_id": admin.id,
        "channel_id": talk.channel_id,
        "team_id": talk.team.id,
        "display_name": "Builds",
        "description": "CI",
        "username": "ci",
        "icon_url": "http://x/i",
        "channel_locked": True,
    }
    assert (await admin.get(f"/hooks/incoming/{hook['id']}")).json() == hook
    for query in (f"?team_id={talk.team.id}", "", f"?team_id={talk.team.id}&page=0&per_page=1"):
        assert (await admin.get(f"/hooks/incoming{query}")).json() == [hook]
    assert (await admin.get(f"/hooks/incoming?team_id={talk.team.id}&page=1")).json() == []

    changed = await admin.put(f"/hooks/incoming/{hook['id']}", {**hook, "display_name": "CI"})
    assert (changed.status_code, changed.json()["display_name"]) == (200, "CI")
    assert changed.json()["update_at"] > hook["update_at"]

    assert (await admin.delete(f"/hooks/incoming/{hook['id']}")).json() == {"status": "OK"}
    assert error_of(await admin.get(f"/hooks/incoming/{hook['id']}")) == UNKNOWN
    assert error_of(await send(talk, hook, {"text": "x"})) == DEAD


async def test_its_address_is_not_in_the_database_in_clear(talk: Talk, admin: Person) -> None:
    hook = await made(admin, talk)

    async with talk.room.desks.reading() as desk:
        row = await desk.work.one(Sql("SELECT id_hash, sealed_id FROM incoming_webhooks"))

    assert row is not None
    assert hook["id"] not in f"{row['id_hash']} {row['sealed_id']}"


async def test_webhooks_are_managed_by_the_teams_administrators(
    talk: Talk, admin: Person, ana: Person
) -> None:
    hook = await made(admin, talk)
    path = f"/hooks/incoming/{hook['id']}"

    for refused in (
        await ana.post("/hooks/incoming", {"channel_id": talk.channel_id}),
        await ana.get(f"/hooks/incoming?team_id={talk.team.id}"),
        await ana.get("/hooks/incoming"),
        await ana.get(path),
        await ana.put(path, hook),
        await ana.delete(path),
    ):
        assert error_of(refused) == FORBIDDEN
    await admin.put(f"/teams/{talk.team.id}/members/{ana.id}/roles", {"roles": "team_user team_admin"})
    hidden = await a_channel(admin, talk.team, "hidden", type="P")
    of_hidden = (await admin.post("/hooks/incoming", {"channel_id": hidden["id"]})).json()
    assert (await ana.get(path)).status_code == 200
    assert (await ana.put(path, hook)).status_code == 200
    assert error_of(await ana.get(f"/hooks/incoming/{of_hidden['id']}")) == FORBIDDEN
    assert error_of(await ana.put(path, {**hook, "channel_id": hidden["id"]})) == FORBIDDEN


async def test_what_cannot_be_a_webhook_is_refused(talk: Talk, admin: Person, ana: Person) -> None:
    direct = (await admin.post("/channels/direct", [admin.id, ana.id])).json()
    other = await a_channel(admin, await talk.room.team("other", admin))
    hook = await made(admin, talk)
    wrong: list[tuple[dict[str, Any], tuple[int, str]]] = [
        ({"display_name": "x" * 65}, (400, "model.incoming_hook.display_name.app_error")),
        ({"description": "x" * 501}, (400, "model.incoming_hook.description.app_error")),
        ({"username": "x" * 65}, (400, "model.incoming_hook.username.app_error")),
        ({"icon_url": "x" * 1025}, (400, "model.incoming_hook.icon_url.app_error")),
        ({"channel_id": "x"}, (400, "api.context.invalid_body_param.app_error")),
        ({"channel_id": "a" * 26}, (404, "app.channel.get.existing.app_error")),
        ({"channel_id": direct["id"]}, (404, "app.channel.get.existing.app_error")),
        ({"user_id": "a" * 26}, (404, "app.user.missing_account.const")),
    ]

    for more, error in wrong:
        assert error_of(await admin.post("/hooks/incoming", {"channel_id": talk.channel_id, **more})) == error
    moved = await admin.put(f"/hooks/incoming/{hook['id']}", {**hook, "channel_id": other["id"]})
    assert error_of(moved) == (400, "api.webhook.team_mismatch.app_error")


async def test_a_payload_is_posted_in_the_owners_name(talk: Talk, admin: Person, ana: Person) -> None:
    hook = await made(admin, talk, username="ci", icon_url="http://x/hook.png")
    payload = {
        "text": f"Built: <http://ci/1|#1> <!channel> <@{ana.id}>",
        "icon_emoji": "rocket",
        "props": {"build": 1, "from_bot": "true", "webhook_display_name": "Forged"},
        "attachments": [
            {"text": "See <http://ci/2|two>", "fields": [{"title": "a", "value": True, "short": 1}, None]},
            None,
        ],
    }

    answer = await send(talk, hook, payload)

    assert (answer.status_code, answer.text) == (200, "ok")
    assert answer.headers["content-type"].startswith("text/plain")
    post = await newest(talk, ana)
    assert (post["user_id"], post["type"]) == (admin.id, "slack_attachment")
    assert post["message"] == "Built: [#1](http://ci/1) @channel @ana"
    assert post["props"] == {
        "from_webhook": "true",
        "webhook_display_name": "Builds",
        "override_username": "ci",
        "override_icon_url": "http://x/hook.png",
        "override_icon_emoji": "rocket",
        "build": 1,
        "attachments": [
            {"text": "See [two](http://ci/2)", "fields": [{"title": "a", "value": "true", "short": False}]}
        ],
    }


async def test_a_payload_comes_in_every_form_that_programs_send(
    talk: Talk, admin: Person, ana: Person
) -> None:
    hook = await made(admin, talk)
    raw = {"Content-Type": "application/json"}

    for sent in (
        {"body": {"text": "said"}},
        {"content": b'{"text": "said"}'},
        {"content": b'{"text": "said"}', "headers": {"Content-Type": "text/plain"}},
        {"data": {"payload": '{"text": "said"}'}},
        {"files": {"payload": (None, '{"text": "said"}')}},
        {"files": {"text": (None, "said"), "attachments": (None, '[{"title": "t"}]')}},
    ):
        answer = await send(talk, hook, **sent)
        assert (answer.status_code, answer.text) == (200, "ok"), sent
    assert (await send(talk, hook, content=b'{"text": "two\nlines"}', headers=raw)).status_code == 200

    assert await talk.messages(ana) == ["two\nlines", *["said"] * 6]


async def test_names_and_pictures_follow_the_settings(talk: Talk, admin: Person, ana: Person) -> None:
    hook = await made(admin, talk)
    given = {
        "text": "x",
        "username": "them",
        "icon_url": "http://x/i",
        "props": {"override_username": "boss"},
    }

    await send(talk, hook, {"text": "x"})
    assert (await newest(talk, ana))["props"]["override_username"] == "webhook"
    await send(talk, hook, given)
    props = (await newest(talk, ana))["props"]
    assert (props["override_username"], props["override_icon_url"]) == ("them", "http://x/i")
    talk.room.configure(enable_post_username_override=False, enable_post_icon_override=False)
    await send(talk, hook, given)
    props = (await newest(talk, ana))["props"]
    assert props == {"from_webhook": "true", "webhook_display_name": "Builds"}


async def test_a_payload_may_name_its_channel(talk: Talk, admin: Person, ana: Person) -> None:
    hook = await made(admin, talk)
    other = await a_channel(admin, talk.team, "other", ana)
    elsewhere = await a_channel(admin, await talk.room.team("elsewhere", admin), "elsewhere")

    for name in ("other", "#other", "OTHER", other["id"]):
        assert (await send(talk, hook, {"text": name, "channel": name})).status_code == 200
        assert (await newest(talk, ana, other["id"]))["message"] == name
    assert (await send(talk, hook, {"text": "psst", "channel": "@ana"})).status_code == 200
    direct = (await ana.post("/channels/direct", [admin.id, ana.id])).json()
    assert (await newest(talk, ana, direct["id"]))["message"] == "psst"
    nowhere = (404, "web.incoming_webhook.channel.app_error")
    for name in ("nosuch", "a" * 26, elsewhere["id"]):
        assert error_of(await send(talk, hook, {"text": "x", "channel": name})) == nowhere
    nobody = await send(talk, hook, {"text": "x", "channel": "@nobody"})
    assert error_of(nobody) == (400, "web.incoming_webhook.user.app_error")


async def test_a_locked_webhook_posts_in_its_channel_only(talk: Talk, admin: Person, ana: Person) -> None:
    hook = await made(admin, talk, channel_locked=True)
    locked = (403, "web.incoming_webhook.channel_locked.app_error")

    for name in ("town-square", "@ana"):
        assert error_of(await send(talk, hook, {"text": "x", "channel": name})) == locked
    assert (await send(talk, hook, {"text": "x", "channel": talk.channel.name})).status_code == 200


async def test_a_webhook_posts_where_its_owner_may(talk: Talk, admin: Person, ana: Person) -> None:
    await admin.put(f"/teams/{talk.team.id}/members/{ana.id}/roles", {"roles": "team_user team_admin"})
    hook = (await ana.post("/hooks/incoming", {"channel_id": talk.channel_id})).json()
    await a_channel(admin, talk.team, "hidden", type="P")
    refused = (403, "web.incoming_webhook.permissions.app_error")

    assert error_of(await send(talk, hook, {"text": "x", "channel": "hidden"})) == refused
    await admin.delete(f"/teams/{talk.team.id}/members/{ana.id}")
    assert error_of(await send(talk, hook, {"text": "x"})) == refused
    await admin.delete(f"/users/{ana.id}")
    assert error_of(await send(talk, hook, {"text": "x"})) == DEAD


async def test_a_payload_that_cannot_be_posted_is_refused(talk: Talk, admin: Person, ana: Person) -> None:
    hook = await made(admin, talk)
    as_form = {"Content-Type": "application/x-www-form-urlencoded"}
    as_parts = {"Content-Type": "multipart/form-data; boundary=x"}

    for body in ({}, {"text": ""}, {"text": "", "attachments": []}, None):
        assert (
            error_of(await send(talk, hook, content=b"null" if body is None else None, body=body)) == NO_TEXT
        )
    for content, headers in (
        (b"{", {}),
        (b"[]", {}),
        (b"", {}),
        (b'{"text": 5}', {}),
        (b'{"text": "\\u0000"}', {}),
        (b"\xff", {}),
        (b"[" * 100_000, {}),
        (b"payload=%7B", as_form),
        (b"other=1", as_form),
        (b"\xff", as_form),
        (b"nonsense", as_parts),
    ):
        refused = await send(talk, hook, content=content, headers=headers)
        assert error_of(refused) == UNREADABLE, (content[:20], refused.text)
    system = await send(talk, hook, {"text": "x", "type": "system_header_change"})
    assert error_of(system) == (400, "api.context.invalid_param.app_error")
    assert (await send(talk, hook, content=b"x" * 1_000_001)).status_code == 413
    assert error_of(await send(talk, {"id": "nosuch"}, {"text": "x"})) == DEAD
    await admin.delete(f"/channels/{talk.channel_id}")
    archived = await send(talk, hook, {"text": "x"})
    assert error_of(archived) == (400, "api.post.create_post.can_not_post_to_deleted.error")
    await admin.post(f"/channels/{talk.channel_id}/restore")
    assert await talk.messages(ana) == []


async def test_what_is_too_long_for_one_post_becomes_several(talk: Talk, admin: Person, ana: Person) -> None:
    hook = await made(admin, talk)
    text = "\n".join(f"line {at}" for at in range(4000))

    await send(talk, hook, {"text": text, "attachments": [{"text": "at the end"}]})

    page = (await ana.get(f"/channels/{talk.channel_id}/posts?per_page=200")).json()
    posts = [page["posts"][one] for one in reversed(page["order"])]
    said = [one for one in posts if one["props"].get("from_webhook")]
    assert "".join(one["message"] for one in said) == text
    assert ["attachments" in one["props"] for one in said] == [*[False] * (len(said) - 1), True]


async def test_incoming_webhooks_can_be_switched_off(talk: Talk, admin: Person) -> None:
    hook = await made(admin, talk)
    talk.room.configure(enable_incoming_webhooks=False)

    assert error_of(await send(talk, hook, {"text": "x"})) == (501, "web.incoming_webhook.disabled.app_error")
    assert error_of(await admin.post("/hooks/incoming", {"channel_id": talk.channel_id})) == OFF
    client = (await admin.get("/config/client?format=old")).json()
    assert client["EnableIncomingWebhooks"] == "false"
