"""Reactions over REST v4."""

from tests.support.people import Person, Room
from tests.support.talk import Talk
from tests.support.wire import FORBIDDEN, error_of


def reaction(person: Person, post_id: str, emoji: str = "eyes") -> dict[str, str]:
    return {"user_id": person.id, "post_id": post_id, "emoji_name": emoji}


async def test_reactions_are_added_shown_and_taken_back(ana: Person, ben: Person, talk: Talk) -> None:
    post_id = (await talk.say(ana, "look"))["id"]
    talk.room.clock.turn(seconds=1)

    added = await ben.post("/reactions", reaction(ben, post_id))
    await ana.post("/reactions", reaction(ana, post_id, "+1"))

    assert added.status_code == 201
    assert added.json() == reaction(ben, post_id) | {"create_at": talk.room.clock.now()}
    listed = (await ana.get(f"/posts/{post_id}/reactions")).json()
    assert {(one["user_id"], one["emoji_name"]) for one in listed} == {(ana.id, "+1"), (ben.id, "eyes")}
    post = await talk.read(ana, post_id)
    assert post["has_reactions"] is True
    assert post["metadata"]["reactions"] == listed
    for person, emoji in ((ben, "eyes"), (ana, "+1")):
        answer = await person.delete(f"/users/me/posts/{post_id}/reactions/{emoji}")
        assert answer.json() == {"status": "OK"}
    assert (await ana.get(f"/posts/{post_id}/reactions")).json() == []
    assert "has_reactions" not in await talk.read(ana, post_id)


async def test_the_same_reaction_twice_is_one(ana: Person, talk: Talk) -> None:
    post_id = (await talk.say(ana, "look"))["id"]

    first = await ana.post("/reactions", reaction(ana, post_id))
    talk.room.clock.turn(seconds=1)
    second = await ana.post("/reactions", reaction(ana, post_id))

    assert second.json() == first.json()
    assert len((await ana.get(f"/posts/{post_id}/reactions")).json()) == 1


async def test_one_reacts_for_oneself_only(ana: Person, ben: Person, admin: Person, talk: Talk) -> None:
    post_id = (await talk.say(ana, "look"))["id"]
    await ana.post("/reactions", reaction(ana, post_id))
    path = f"/users/{ana.id}/posts/{post_id}/reactions/eyes"

    assert error_of(await ben.post("/reactions", reaction(ana, post_id))) == FORBIDDEN
    assert error_of(await ben.delete(path)) == FORBIDDEN
    assert (await admin.delete(path)).status_code == 200


async def test_reactions_that_make_no_sense_are_refused(room: Room, ana: Person, talk: Talk) -> None:
    post_id = (await talk.say(ana, "look"))["id"]
    outsider = await room.person("cy")
    bad_name = (400, "model.reaction.is_valid.emoji_name.app_error")

    for name in ("", "a b", "x" * 65, "💥"):
        assert error_of(await ana.post("/reactions", reaction(ana, post_id, name))) == bad_name
    assert error_of(await ana.post("/reactions", reaction(ana, "a" * 26))) == (404, "app.post.get.app_error")
    assert error_of(await outsider.post("/reactions", reaction(outsider, post_id))) == FORBIDDEN
    assert error_of(await outsider.get(f"/posts/{post_id}/reactions")) == FORBIDDEN


async def test_taking_back_what_is_not_there_is_no_fault(ana: Person, talk: Talk) -> None:
    post_id = (await talk.say(ana, "look"))["id"]

    assert (await ana.delete(f"/users/me/posts/{post_id}/reactions/eyes")).status_code == 200


async def test_reactions_to_several_posts_at_once(room: Room, ana: Person, talk: Talk) -> None:
    one, two = (await talk.say(ana, "one"))["id"], (await talk.say(ana, "two"))["id"]
    await ana.post("/reactions", reaction(ana, one))
    outsider = await room.person("cy")

    answer = (await ana.post("/posts/ids/reactions", [one, two, "a" * 26])).json()

    assert {post_id: len(its) for post_id, its in answer.items()} == {one: 1, two: 0}
    assert (await outsider.post("/posts/ids/reactions", [one])).json() == {}
