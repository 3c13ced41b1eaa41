"""Lists of posts over REST v4: pages and their neighbours, threads, what is unread, pinned or saved."""

from typing import Any

import pytest

from tests.support.people import Person, Room
from tests.support.talk import Talk
from tests.support.wire import FORBIDDEN, error_of


async def say_many(person: Person, talk: Talk, count: int) -> list[str]:
    """Posts "0", "1"…; gives their ids, the oldest first."""
    return [(await talk.say(person, str(number)))["id"] for number in range(count)]


def texts(page: dict[str, Any]) -> list[str]:
    return [page["posts"][post_id]["message"] for post_id in page["order"]]


def neighbours(page: dict[str, Any]) -> tuple[str, str]:
    """The newer and the older one."""
    return page["next_post_id"], page["prev_post_id"]


async def test_pages_are_newest_first_and_name_their_neighbours(ana: Person, talk: Talk) -> None:
    system = (await talk.page(ana))["order"]
    ids = await say_many(ana, talk, 6)

    first = await talk.page(ana, page=0, per_page=4)
    second = await talk.page(ana, page=1, per_page=4)
    beyond = await talk.page(ana, page=9, per_page=4)

    assert texts(first) == ["5", "4", "3", "2"]
    assert neighbours(first) == ("", ids[1])
    assert second["order"] == [ids[1], ids[0], *system]
    assert neighbours(second) == (ids[2], "")
    assert (beyond["order"], beyond["posts"]) == ([], {})


async def test_pages_before_a_post(ana: Person, talk: Talk) -> None:
    ids = await say_many(ana, talk, 6)

    near = await talk.page(ana, before=ids[5], per_page=2)
    far = await talk.page(ana, before=ids[5], per_page=2, page=1)
    last = await talk.page(ana, before=ids[2], per_page=60)

    assert texts(near) == ["4", "3"]
    assert neighbours(near) == (ids[5], ids[2])
    assert texts(far) == ["2", "1"]
    assert neighbours(far) == (ids[3], ids[0])
    assert texts(last)[:2] == ["1", "0"]
    assert neighbours(last) == (ids[2], "")


async def test_pages_after_a_post(ana: Person, talk: Talk) -> None:
    ids = await say_many(ana, talk, 6)

    near = await talk.page(ana, after=ids[0], per_page=2)
    far = await talk.page(ana, after=ids[0], per_page=2, page=1)
    last = await talk.page(ana, after=ids[4], per_page=2)

    assert texts(near) == ["2", "1"]
    assert neighbours(near) == (ids[3], ids[0])
    assert texts(far) == ["4", "3"]
    assert neighbours(far) == (ids[5], ids[2])
    assert texts(last) == ["5"]
    assert neighbours(last) == ("", ids[4])


async def test_a_post_of_another_channel_is_no_place_here(ana: Person, talk: Talk) -> None:
    other = await talk.another("other", ana)
    await say_many(ana, talk, 2)
    elsewhere = (await other.say(ana, "there"))["id"]

    assert (await talk.page(ana, before=elsewhere))["order"] == []
    assert (await talk.page(ana, after=elsewhere))["order"] == []
    answer = await ana.get(f"/channels/{talk.channel_id}/posts", params={"before": "short"})
    assert error_of(answer) == (400, "api.context.invalid_url_param.app_error")


async def test_bad_page_numbers_fall_back(ana: Person, talk: Talk) -> None:
    await say_many(ana, talk, 2)

    for page, per_page in (("x", "y"), ("-1", "-1"), ("", "0"), ("0", "99999"), ("1e9", "1.5")):
        assert texts(await talk.page(ana, page=page, per_page=per_page))[:2] == ["1", "0"]
    huge = await talk.page(ana, page="9" * 18)
    assert huge["order"] == []


async def test_what_changed_since_a_time(ana: Person, talk: Talk) -> None:
    ids = await say_many(ana, talk, 4)
    since = talk.room.clock.now()
    talk.room.clock.turn(seconds=1)
    await ana.put(f"/posts/{ids[0]}/patch", {"message": "edited"})
    await ana.delete(f"/posts/{ids[1]}")
    await ana.post("/reactions", {"user_id": ana.id, "post_id": ids[2], "emoji_name": "eyes"})
    new = await talk.say(ana, "new", root_id=ids[3])

    page = await talk.page(ana, since=since)

    assert page["order"] == [new["id"], ids[3], ids[2], ids[1], ids[0]]
    assert page["posts"][ids[1]]["delete_at"] > since
    assert neighbours(page) == ("", "")
    assert (await talk.page(ana, since=talk.room.clock.now()))["order"] == []


async def test_roots_come_along_with_replies_and_all_know_the_length(ana: Person, talk: Talk) -> None:
    root = (await talk.say(ana, "root"))["id"]
    await say_many(ana, talk, 2)
    first = await talk.say(ana, "first", root_id=root)
    second = await talk.say(ana, "second", parent_id=root)

    page = await talk.page(ana, per_page=2)

    assert texts(page) == ["second", "first"]
    assert set(page["posts"]) == {root, first["id"], second["id"]}
    assert {post["reply_count"] for post in page["posts"].values()} == {2}
    assert page["posts"][root]["last_reply_at"] == second["create_at"]
    assert second["root_id"] == second["parent_id"] == root
    assert (await talk.read(ana, first["id"]))["reply_count"] == 2


async def test_one_cannot_reply_to_a_reply_nor_across_channels(ana: Person, talk: Talk) -> None:
    other = await talk.another("other", ana)
    root = await talk.say(ana, "root")
    reply = await talk.say(ana, "reply", root_id=root["id"])
    unknown_root = (400, "api.post.create_post.root_id.app_error")

    for channel_id, root_id in ((talk.channel_id, reply["id"]), (other.channel_id, root["id"])):
        body = {"channel_id": channel_id, "message": "no", "root_id": root_id}
        assert error_of(await ana.post("/posts", body)) == unknown_root
    await ana.delete(f"/posts/{root['id']}")
    body = {"channel_id": talk.channel_id, "message": "no", "root_id": root["id"]}
    assert error_of(await ana.post("/posts", body)) == unknown_root


async def test_a_thread_is_read_whole_from_any_of_its_posts(ana: Person, talk: Talk) -> None:
    root = await talk.say(ana, "root")
    replies = [await talk.say(ana, f"reply {n}", root_id=root["id"]) for n in range(3)]
    await talk.say(ana, "other")

    for post in (root, replies[1]):
        thread = (await ana.get(f"/posts/{post['id']}/thread")).json()
        assert texts(thread) == ["reply 2", "reply 1", "reply 0", "root"]
        assert thread["has_next"] is False


@pytest.mark.parametrize("direction", ["down", "up"])
async def test_a_thread_is_read_in_pages(ana: Person, talk: Talk, direction: str) -> None:
    root = await talk.say(ana, "root")
    for number in range(5):
        await talk.say(ana, f"{number}", root_id=root["id"])
    query: dict[str, Any] = {"perPage": 2, "direction": direction}
    seen: list[list[str]] = []

    while True:
        page = (await ana.get(f"/posts/{root['id']}/thread", params=query)).json()
        replies = [page["posts"][post_id] for post_id in page["order"] if post_id != root["id"]]
        seen.append([post["message"] for post in replies])
        if not page["has_next"]:
            break
        last = replies[0] if direction == "down" else replies[-1]
        query |= {"fromPost": last["id"], "fromCreateAt": last["create_at"]}

    assert seen == (
        [["1", "0"], ["3", "2"], ["4"]] if direction == "down" else [["4", "3"], ["2", "1"], ["0"]]
    )


async def test_posts_around_the_first_unread_one(ana: Person, ben: Person, talk: Talk) -> None:
    before = await say_many(ana, talk, 3)
    await ben.post("/channels/members/me/view", {"channel_id": talk.channel_id})
    after = await say_many(ana, talk, 4)
    path = f"/users/me/channels/{talk.channel_id}/posts/unread"

    around = (await ben.get(path, params={"limit_before": 2, "limit_after": 3})).json()

    assert around["order"] == [after[2], after[1], after[0], before[2], before[1]]
    assert neighbours(around) == (after[3], before[0])


async def test_with_nothing_unread_the_newest_posts_are_shown(ana: Person, talk: Talk) -> None:
    await say_many(ana, talk, 3)

    around = (await ana.get(f"/users/me/channels/{talk.channel_id}/posts/unread")).json()

    assert texts(around)[:3] == ["2", "1", "0"]
    assert neighbours(around) == ("", "")


async def test_what_others_have_read_is_theirs(ana: Person, ben: Person, admin: Person, talk: Talk) -> None:
    path = f"/users/{ana.id}/channels/{talk.channel_id}/posts/unread"

    assert error_of(await ben.get(path)) == FORBIDDEN
    assert (await admin.get(path)).status_code == 200
    mine = f"/users/me/channels/{talk.channel_id}/posts/unread"
    assert error_of(await admin.get(mine)) == (404, "app.channel.get_member.missing.app_error")


async def test_saved_posts_are_listed_by_team_and_channel(
    room: Room, ana: Person, ben: Person, talk: Talk
) -> None:
    other = await talk.another("other", ana, ben)
    here, there = await talk.say(ana, "here"), await other.say(ana, "there")
    gone = await talk.say(ana, "gone")
    await talk.say(ana, "not saved")
    saved = [
        {"user_id": ben.id, "category": "flagged_post", "name": post["id"], "value": "true"}
        for post in (here, there, gone)
    ]
    assert (await ben.put("/users/me/preferences", saved)).status_code == 200
    await ana.delete(f"/posts/{gone['id']}")

    async def listed(**query: str) -> list[str]:
        return texts((await ben.get("/users/me/posts/flagged", params=query)).json())

    assert await listed() == ["there", "here"]
    assert await listed(team_id=talk.team.id) == ["there", "here"]
    assert await listed(team_id="a" * 26) == []
    assert await listed(channel_id=talk.channel_id) == ["here"]
    assert await listed(per_page="1", page="1") == ["here"]
    assert error_of(await ana.get(f"/users/{ben.id}/posts/flagged")) == FORBIDDEN
    await ben.delete(f"/channels/{other.channel_id}/members/{ben.id}")
    assert await listed() == ["here"]
