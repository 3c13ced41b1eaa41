"""Posts over REST v4: made, read, changed, deleted, and who may."""

import asyncio
from typing import Any

import pytest

from commandpost.workspace.model.channel import ChannelType
from commandpost.workspace.model.post import MAX_MESSAGE_LENGTH
from tests.support.people import Person, Room
from tests.support.talk import Talk
from tests.support.wire import FORBIDDEN, error_of


async def test_a_post_is_given_back_whole_and_can_be_read(ana: Person, ben: Person, talk: Talk) -> None:
    made = await talk.say(ana, "hello #world")

    assert made["message"] == "hello #world"
    assert made["user_id"] == ana.id
    assert made["hashtags"] == "#world"
    assert made["create_at"] == made["update_at"] == talk.room.clock.now()
    assert made["metadata"] == {}
    assert await talk.read(ben, made["id"]) == made


async def test_a_pending_id_is_echoed_and_posts_only_once(ana: Person, talk: Talk) -> None:
    first = await talk.say(ana, "once", pending_post_id=f"{ana.id}:1")
    second = await talk.say(ana, "once", pending_post_id=f"{ana.id}:1")

    assert first["pending_post_id"] == f"{ana.id}:1"
    assert second == first
    assert await talk.messages(ana) == ["once"]
    assert (await talk.counters(ana))["unread"] == 0


async def test_the_same_pending_id_at_once_posts_once(ana: Person, talk: Talk) -> None:
    body = {"channel_id": talk.channel_id, "message": "once", "pending_post_id": "x:1"}

    answers = await asyncio.gather(*(ana.post("/posts", body) for _ in range(8)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await talk.messages(ana) == ["once"]


async def test_two_people_may_use_the_same_pending_id(ana: Person, ben: Person, talk: Talk) -> None:
    await talk.say(ana, "mine", pending_post_id="same")
    await talk.say(ben, "also mine", pending_post_id="same")

    assert await talk.messages(ana) == ["also mine", "mine"]


async def test_public_channels_that_a_message_names_are_told_with_it(ana: Person, talk: Talk) -> None:
    for name, type_ in (("open", "O"), ("secret", "P"), ("gone", "O")):
        wanted = {"team_id": talk.team.id, "name": name, "display_name": name.title(), "type": type_}
        channel_id = (await ana.post("/channels", wanted)).json()["id"]
    await ana.v4.delete(f"/channels/{channel_id}")
    link = {"display_name": "Open", "team_name": talk.team.name}

    made = await talk.say(ana, "~Open, ~secret, ~gone, ~no-such, x~open", props={"channel_mentions": 1})
    plain = (await ana.put(f"/posts/{made['id']}/patch", {"message": "see nothing"})).json()
    again = (await ana.put(f"/posts/{made['id']}/patch", {"message": "~open"})).json()

    assert made["props"] == again["props"] == {"channel_mentions": {"open": link}}
    assert plain["props"] == {}


async def test_a_slash_is_only_text_here(ana: Person, talk: Talk) -> None:
    assert (await talk.say(ana, "/echo hi"))["message"] == "/echo hi"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"message": "x" * (MAX_MESSAGE_LENGTH + 1)}, (400, "model.post.is_valid.msg.app_error")),
        ({"message": "x", "type": "system_join_channel"}, (400, "api.context.invalid_param.app_error")),
        ({"message": "x", "type": "unheard_of"}, (400, "api.context.invalid_param.app_error")),
        ({"message": "x", "root_id": "a" * 26}, (400, "api.post.create_post.root_id.app_error")),
        ({"message": "x", "root_id": "short"}, (400, "api.context.invalid_body_param.app_error")),
        ({"message": "x", "file_ids": ["a" * 26]}, (400, "model.post.is_valid.file_ids.app_error")),
        ({"message": "x", "file_ids": ["a" * 26] * 2}, (400, "model.post.is_valid.file_ids.app_error")),
        ({"message": "x", "props": {"big": "y" * 800_001}}, (400, "model.post.is_valid.props.app_error")),
        ({"message": 7}, (400, "api.context.invalid_body_param.app_error")),
        ({"message": "nul \x00"}, (400, "api.context.invalid_body_param.app_error")),
        ({"message": "x", "channel_id": "nowhere"}, (400, "api.context.invalid_body_param.app_error")),
        ({"message": "x", "channel_id": "a" * 26}, FORBIDDEN),
    ],
)
async def test_what_cannot_be_posted_is_refused_and_nothing_is_kept(
    ana: Person, talk: Talk, body: dict[str, Any], expected: tuple[int, str]
) -> None:
    answer = await ana.post("/posts", {"channel_id": talk.channel_id, **body})

    assert error_of(answer) == expected
    assert await talk.messages(ana) == []


async def test_the_longest_message_fits(ana: Person, talk: Talk) -> None:
    assert len((await talk.say(ana, "é" * MAX_MESSAGE_LENGTH))["message"]) == MAX_MESSAGE_LENGTH


async def test_a_lone_surrogate_is_refused(ana: Person, talk: Talk) -> None:
    body = f'{{"channel_id": "{talk.channel_id}", "message": "\\ud800"}}'

    answer = await ana.v4.post("/posts", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 400


async def test_only_members_post(room: Room, admin: Person, talk: Talk) -> None:
    outsider = await room.person("cy")
    body = {"channel_id": talk.channel_id, "message": "hi"}

    assert error_of(await outsider.post("/posts", body)) == FORBIDDEN
    assert error_of(await room.stranger().post("/posts", body))[0] == 401
    assert (await admin.post("/posts", body)).status_code == 201


async def test_nobody_posts_in_an_archived_channel(ana: Person, talk: Talk) -> None:
    await talk.archive(ana)

    answer = await ana.post("/posts", {"channel_id": talk.channel_id, "message": "too late"})

    assert error_of(answer) == (400, "api.post.create_post.can_not_post_to_deleted.error")


async def test_only_administrators_say_when_they_posted(ana: Person, admin: Person, talk: Talk) -> None:
    by_ana = await talk.say(ana, "then", create_at=1000)
    by_admin = await talk.say(admin, "then", create_at=1000)

    assert by_ana["create_at"] == talk.room.clock.now() - 1000
    assert by_admin["create_at"] == 1000


async def test_posts_of_one_moment_keep_their_order(ana: Person, talk: Talk) -> None:
    for number in range(5):
        await ana.post("/posts", {"channel_id": talk.channel_id, "message": f"{number}"})

    assert await talk.messages(ana) == ["4", "3", "2", "1", "0"]


async def test_people_cannot_pass_for_integrations(ana: Person, admin: Person, talk: Talk) -> None:
    props = {"from_webhook": "true", "override_username": "boss", "from_bot": "true", "mine": 1}

    assert (await talk.say(ana, "hi", props=props))["props"] == {"mine": 1}
    assert (await talk.say(admin, "hi", props=props))["props"] == props


async def test_actions_get_ids_and_what_they_call_stays_secret(ana: Person, ben: Person, talk: Talk) -> None:
    actions = [
        {"name": "Yes", "integration": {"url": "http://x", "context": {"secret": 1}}},
        {"id": "no", "name": "No", "integration": {"url": "http://x"}},
    ]

    made = await talk.say(ana, "", props={"attachments": [{"text": "Sure?", "actions": actions}]})

    for seen in (made, await talk.read(ben, made["id"])):
        yes, no = seen["props"]["attachments"][0]["actions"]
        assert len(yes.pop("id")) == 26
        assert (yes, no) == ({"name": "Yes"}, {"id": "no", "name": "No"})
        assert seen["metadata"]["embeds"] == [{"type": "message_attachment"}]


async def test_strange_attachments_do_no_harm(ana: Person, talk: Talk) -> None:
    for attachments in ("text", {"a": 1}, [1, "two", {"actions": "none"}, {"actions": [3, {"id": 5}]}], None):
        await talk.say(ana, "strange", props={"attachments": attachments})

    assert len(await talk.messages(ana)) == 4


async def test_editing_marks_a_post_only_when_its_message_changes(ana: Person, talk: Talk) -> None:
    made = await talk.say(ana, "helo")
    talk.room.clock.turn(seconds=5)

    same = (await ana.put(f"/posts/{made['id']}/patch", {"message": "helo", "props": {"a": 1}})).json()
    other = (await ana.put(f"/posts/{made['id']}/patch", {"message": "hello #x2y"})).json()

    assert same["edit_at"] == 0
    assert same["props"] == {"a": 1}
    assert same["update_at"] > made["update_at"]
    assert other["edit_at"] == other["update_at"] > same["update_at"]
    assert other["hashtags"] == "#x2y"
    assert other["props"] == {"a": 1}
    assert await talk.read(ana, made["id"]) == other


async def test_a_post_is_updated_whole_under_its_own_id(ana: Person, talk: Talk) -> None:
    made = await talk.say(ana, "helo")

    answer = await ana.put(f"/posts/{made['id']}", {"id": made["id"], "message": "hello"})
    mismatch = await ana.put(f"/posts/{made['id']}", {"id": "a" * 26, "message": "hello"})

    assert answer.json()["message"] == "hello"
    assert error_of(mismatch) == (400, "api.context.invalid_body_param.app_error")


async def test_only_its_author_or_an_administrator_edits_a_post(
    ana: Person, ben: Person, admin: Person, talk: Talk
) -> None:
    made = await talk.say(ana, "mine")

    assert error_of(await ben.put(f"/posts/{made['id']}/patch", {"message": "no"})) == FORBIDDEN
    assert (await admin.put(f"/posts/{made['id']}/patch", {"message": "tidied"})).status_code == 200
    assert (await talk.read(ana, made["id"]))["user_id"] == ana.id


async def test_posts_of_the_system_cannot_be_edited(ana: Person, admin: Person, talk: Talk) -> None:
    page = await talk.page(ana)
    joined = page["order"][0]
    assert page["posts"][joined]["type"].startswith("system_")

    answer = await admin.put(f"/posts/{joined}/patch", {"message": "no"})

    assert error_of(answer) == (400, "api.post.update_post.system_message.app_error")


async def test_deleting_a_post_takes_its_replies_along_and_leaves_tombstones(ana: Person, talk: Talk) -> None:
    root = await talk.say(ana, "root")
    reply = await talk.say(ana, "reply", root_id=root["id"])
    await talk.say(ana, "other")
    before = talk.room.clock.now()
    talk.room.clock.turn(seconds=1)

    answer = await ana.delete(f"/posts/{root['id']}")

    assert answer.json() == {"status": "OK"}
    assert error_of(await ana.get(f"/posts/{root['id']}")) == (404, "app.post.get.app_error")
    assert error_of(await ana.get(f"/posts/{reply['id']}")) == (404, "app.post.get.app_error")
    assert error_of(await ana.delete(f"/posts/{root['id']}")) == (404, "app.post.get.app_error")
    assert await talk.messages(ana) == ["other"]
    changed = await talk.page(ana, since=before)
    assert {post["delete_at"] > 0 for post in changed["posts"].values()} == {True}
    assert {post["message"] for post in changed["posts"].values()} == {""}
    assert set(changed["order"]) == {root["id"], reply["id"]}


async def test_deleting_a_reply_shortens_the_thread(ana: Person, talk: Talk) -> None:
    root = await talk.say(ana, "root")
    reply = await talk.say(ana, "reply", root_id=root["id"])
    assert (await talk.read(ana, root["id"]))["reply_count"] == 1

    await ana.delete(f"/posts/{reply['id']}")

    assert (await talk.read(ana, root["id"]))["reply_count"] == 0


async def test_only_its_author_or_a_team_administrator_deletes_a_post(
    ana: Person, ben: Person, admin: Person, talk: Talk
) -> None:
    made = await talk.say(ana, "mine")

    assert error_of(await ben.delete(f"/posts/{made['id']}")) == FORBIDDEN
    assert (await admin.delete(f"/posts/{made['id']}")).status_code == 200


async def test_posts_are_for_the_members_of_their_channel(
    room: Room, ana: Person, admin: Person, talk: Talk
) -> None:
    outsider = await room.person("cy")
    private = await talk.another("secret", ana, type=ChannelType.PRIVATE)
    for one in (talk, private):
        made = await one.say(ana, "for us")

        assert error_of(await outsider.get(f"/posts/{made['id']}")) == FORBIDDEN
        assert error_of(await outsider.get(f"/channels/{one.channel_id}/posts")) == FORBIDDEN
        assert error_of(await outsider.get(f"/posts/{made['id']}/thread")) == FORBIDDEN
        assert (await outsider.post("/posts/ids", [made["id"]])).json() == []
        assert (await admin.get(f"/posts/{made['id']}")).status_code == 200
    assert error_of(await outsider.get(f"/channels/{'a' * 26}/posts")) == FORBIDDEN


async def test_team_members_do_not_read_a_public_channel_they_are_not_in(
    ana: Person, ben: Person, talk: Talk
) -> None:
    other = await talk.another("other", ana)

    assert error_of(await ben.get(f"/channels/{other.channel_id}/posts")) == FORBIDDEN


async def test_posts_are_found_by_ids_in_the_order_asked_for(ana: Person, talk: Talk) -> None:
    one, two, three = [await talk.say(ana, word) for word in ("one", "two", "three")]
    await ana.delete(f"/posts/{two['id']}")

    answer = await ana.post("/posts/ids", [three["id"], two["id"], "a" * 26, one["id"]])

    assert [post["message"] for post in answer.json()] == ["three", "one"]


async def test_bad_ids_in_paths_are_refused(ana: Person, talk: Talk) -> None:
    for path in ("/posts/short", "/posts/short/thread", "/posts/short/reactions", "/channels/short/posts"):
        assert error_of(await ana.get(path)) == (400, "api.context.invalid_url_param.app_error")


async def test_only_those_who_may_show_ephemeral_posts(
    ana: Person, ben: Person, admin: Person, talk: Talk
) -> None:
    body = {"user_id": ben.id, "post": {"channel_id": talk.channel_id, "message": "psst"}}

    shown = await admin.post("/posts/ephemeral", body)

    assert error_of(await ana.post("/posts/ephemeral", body)) == FORBIDDEN
    assert shown.status_code == 201
    assert shown.json()["type"] == "system_ephemeral"
    assert await talk.messages(ben) == []


async def test_pinned_posts_are_listed_until_unpinned(ana: Person, ben: Person, talk: Talk) -> None:
    one, two = await talk.say(ana, "one"), await talk.say(ana, "two")
    await talk.say(ana, "three")

    for post in (one, two, two):
        assert (await ben.post(f"/posts/{post['id']}/pin")).json() == {"status": "OK"}
    pinned = (await ana.get(f"/channels/{talk.channel_id}/pinned")).json()
    await ben.post(f"/posts/{one['id']}/unpin")

    assert pinned["order"] == [two["id"], one["id"]]
    assert pinned["posts"][two["id"]]["is_pinned"] is True
    assert (await ana.get(f"/channels/{talk.channel_id}/pinned")).json()["order"] == [two["id"]]


async def test_a_refused_post_takes_no_others_down_with_it(room: Room, ana: Person, talk: Talk) -> None:
    outsider = await room.person("cy")
    good = {"channel_id": talk.channel_id, "message": "good"}

    answers = await asyncio.gather(
        ana.post("/posts", good),
        ana.post("/posts", good | {"file_ids": ["a" * 26]}),
        outsider.post("/posts", good),
        ana.post("/posts", good | {"root_id": "a" * 26}),
        ana.post("/posts", good),
    )

    assert [answer.status_code for answer in answers] == [201, 400, 403, 400, 201]
    assert await talk.messages(ana) == ["good", "good"]
    assert (await talk.counters(ana))["unread"] == 0
