"""What posts do to the counters of a channel and its members."""

import asyncio

import pytest

from tests.support.people import Person, Room
from tests.support.talk import Talk
from tests.support.wire import FORBIDDEN, error_of


async def mentions(person: Person, talk: Talk) -> int:
    return (await talk.counters(person))["mentions"]


async def test_a_post_is_unread_for_all_but_its_author(ana: Person, ben: Person, talk: Talk) -> None:
    await talk.say(ana, "one")
    await talk.say(ana, "two")

    assert await talk.counters(ana) == {"unread": 0, "mentions": 0}
    assert await talk.counters(ben) == {"unread": 2, "mentions": 0}


async def test_posting_means_having_read_all_before(ana: Person, ben: Person, talk: Talk) -> None:
    await talk.say(ana, "hey @ben")

    await talk.say(ben, "yes?")

    assert await talk.counters(ben) == {"unread": 0, "mentions": 0}
    assert await talk.counters(ana) == {"unread": 1, "mentions": 0}


async def test_comings_and_goings_are_not_counted(ana: Person, ben: Person, talk: Talk) -> None:
    before = (await ana.get(f"/channels/{talk.channel_id}")).json()
    await ben.delete(f"/channels/{talk.channel_id}/members/{ben.id}")
    await ana.post(f"/channels/{talk.channel_id}/members", {"user_id": ben.id})
    after = (await ana.get(f"/channels/{talk.channel_id}")).json()

    assert before["total_msg_count"] == after["total_msg_count"] == 0
    assert (await talk.counters(ana))["unread"] == 0


async def test_the_channel_counts_posts_and_roots_and_deletion_takes_none_away(
    ana: Person, talk: Talk
) -> None:
    root = await talk.say(ana, "root")
    reply = await talk.say(ana, "reply", root_id=root["id"])
    await ana.delete(f"/posts/{reply['id']}")

    channel = (await ana.get(f"/channels/{talk.channel_id}")).json()

    assert (channel["total_msg_count"], channel["total_msg_count_root"]) == (2, 1)
    assert (channel["last_post_at"], channel["last_root_post_at"]) == (reply["create_at"], root["create_at"])


@pytest.mark.parametrize(
    ("message", "calls"),
    [
        ("@ben", 1),
        ("hey @BEN, look", 1),
        ("thanks @ben.", 1),
        ("(@ben)", 1),
        ("@ben @ben", 1),
        ("@channel", 1),
        ("@all", 1),
        ("@here", 0),
        ("ben", 0),
        ("mail ana@ben", 0),
        ("@bench", 0),
        ("`@ben` and ```\n@ben\n```", 0),
        ("@nobody", 0),
    ],
)
async def test_names_call_people(ana: Person, ben: Person, talk: Talk, message: str, calls: int) -> None:
    await talk.say(ana, message)

    assert await mentions(ben, talk) == calls
    assert await mentions(ana, talk) == 0


async def test_here_calls_those_who_are_online(room: Room, ana: Person, ben: Person, talk: Talk) -> None:
    await ben.put("/users/me/status", {"user_id": ben.id, "status": "online"})

    await talk.say(ana, "@here")

    assert await mentions(ben, talk) == 1


async def test_people_are_called_by_their_own_words(ana: Person, ben: Person, talk: Talk) -> None:
    me = (await ben.get("/users/me")).json()
    wishes = me["notify_props"] | {"mention_keys": "fire, On-Call", "first_name": "true"}
    await ben.put("/users/me/patch", {"first_name": "Benno", "notify_props": wishes})

    for message, calls in (
        ("FIRE!", 1),
        ("who is on-call?", 1),
        ("Benno, come", 1),
        ("benno, come", 0),
        ("firefly", 0),
        ("on call", 0),
    ):
        before = await mentions(ben, talk)
        await talk.say(ana, message)
        assert (message, await mentions(ben, talk) - before) == (message, calls)


async def test_whole_channel_calls_can_be_ignored(ana: Person, ben: Person, talk: Talk) -> None:
    me = (await ben.get("/users/me")).json()
    await ben.put("/users/me/patch", {"notify_props": me["notify_props"] | {"channel": "false"}})

    await talk.say(ana, "@channel")

    assert await mentions(ben, talk) == 0


@pytest.mark.parametrize(("comments", "calls"), [("any", (1, 1)), ("root", (1, 0)), ("never", (0, 0))])
async def test_replies_call_whom_the_settings_say(
    ana: Person, ben: Person, talk: Talk, comments: str, calls: tuple[int, int]
) -> None:
    me = (await ben.get("/users/me")).json()
    await ben.put("/users/me/patch", {"notify_props": me["notify_props"] | {"comments": comments}})
    own = await talk.say(ben, "mine")
    others = await talk.say(ana, "not mine")
    await talk.say(ben, "I take part", root_id=others["id"])

    await talk.say(ana, "reply", root_id=own["id"])
    after_own = await mentions(ben, talk)
    await talk.say(ana, "reply", root_id=others["id"])

    assert (after_own, await mentions(ben, talk) - after_own) == calls


async def test_every_direct_message_calls_the_other(ana: Person, ben: Person, talk: Talk) -> None:
    private = await talk.direct(ana, ben)

    await private.say(ana, "psst")
    await private.say(ana, "psst!")

    assert await private.counters(ben) == {"unread": 2, "mentions": 2}
    assert await private.counters(ana) == {"unread": 0, "mentions": 0}


async def test_nobody_outside_the_channel_is_counted(
    room: Room, ana: Person, admin: Person, talk: Talk
) -> None:
    answer = await ana.post("/posts", {"channel_id": talk.channel_id, "message": "@admin"})

    assert answer.status_code == 201


async def test_sixteen_at_once_are_all_counted(ana: Person, ben: Person, talk: Talk) -> None:
    root = await talk.say(ana, "root")

    async def post(number: int) -> int:
        body = {"channel_id": talk.channel_id, "message": f"@ben {number}"}
        if number % 2:
            body["root_id"] = root["id"]
        return (await ana.post("/posts", body)).status_code

    answers = await asyncio.gather(*(post(number) for number in range(48)))

    assert set(answers) == {201}
    channel = (await ana.get(f"/channels/{talk.channel_id}")).json()
    assert (channel["total_msg_count"], channel["total_msg_count_root"]) == (49, 25)
    assert await talk.counters(ben) == {"unread": 49, "mentions": 48}
    assert await talk.counters(ana) == {"unread": 0, "mentions": 0}
    assert (await talk.read(ana, root["id"]))["reply_count"] == 24
    page = await talk.page(ana, per_page=200)
    times = [page["posts"][post_id]["create_at"] for post_id in page["order"]]
    assert times == sorted(times, reverse=True)


async def test_two_people_posting_at_once_keep_their_own_counters(
    ana: Person, ben: Person, talk: Talk
) -> None:
    async def post(person: Person) -> int:
        answer = await person.post("/posts", {"channel_id": talk.channel_id, "message": "x"})
        return answer.status_code

    answers = await asyncio.gather(*(post(person) for _ in range(8) for person in (ana, ben)))

    assert set(answers) == {201}
    unread = {person.id: (await talk.counters(person))["unread"] for person in (ana, ben)}
    assert min(unread.values()) == 0
    assert (await ana.get(f"/channels/{talk.channel_id}")).json()["total_msg_count"] == 16


async def test_a_post_is_set_to_unread_with_all_after_it(ana: Person, ben: Person, talk: Talk) -> None:
    await talk.say(ana, "one")
    two = await talk.say(ana, "two @ben")
    await talk.say(ana, "three", root_id=two["id"])
    await ben.post("/channels/members/me/view", {"channel_id": talk.channel_id})
    assert await talk.counters(ben) == {"unread": 0, "mentions": 0}

    answer = await ben.post(f"/users/me/posts/{two['id']}/set_unread")

    assert answer.json() == {
        "team_id": talk.team.id,
        "user_id": ben.id,
        "channel_id": talk.channel_id,
        "msg_count": 1,
        "msg_count_root": 1,
        "mention_count": 1,
        "mention_count_root": 1,
        "last_viewed_at": two["create_at"] - 1,
    }
    assert await talk.counters(ben) == {"unread": 2, "mentions": 1}
    assert error_of(await ana.post(f"/users/{ben.id}/posts/{two['id']}/set_unread")) == FORBIDDEN


async def test_whoever_is_added_to_a_channel_is_called(ana: Person, ben: Person, talk: Talk) -> None:
    other = await talk.another("other", ana)

    await ana.post(f"/channels/{other.channel_id}/members", {"user_id": ben.id})

    assert await other.counters(ben) == {"unread": 0, "mentions": 1}
