"""The general commands of the chat, typed into its message box."""

from typing import Any

import pytest

from commandpost.workspace.model.channel import ChannelType
from tests.support.people import Person
from tests.support.talk import Talk


async def told(who: Person, talk: Talk, command: str) -> str:
    """What a command tells whoever typed it."""
    talk.room.clock.turn(seconds=1)
    wanted = {"command": command, "channel_id": talk.channel_id, "team_id": talk.team.id}
    answer = await who.post("/commands/execute", wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()["text"]


async def channel(who: Person, talk: Talk) -> dict[str, Any]:
    return (await who.get(f"/channels/{talk.channel_id}")).json()


async def members(who: Person, talk: Talk) -> set[str]:
    return {one["user_id"] for one in (await who.get(f"/channels/{talk.channel_id}/members")).json()}


async def test_what_is_said_is_posted(talk: Talk, ana: Person) -> None:
    answers = [
        await told(ana, talk, typed)
        for typed in ("/me waves", "/shrug oh well", "/shrug", "/code a <b>", "/code ```x```")
    ]

    assert answers == [""] * 5
    page = await talk.page(ana)
    posts = [page["posts"][post_id] for post_id in page["order"]][4::-1]
    shrug = r"¯\\\_(ツ)\_/¯"
    assert [(post["type"], post["message"]) for post in posts] == [
        ("me", "*waves*"),
        ("", f"oh well {shrug}"),
        ("", shrug),
        ("", "```\na <b>\n```"),
        ("", "````\n```x```\n````"),
    ]
    assert posts[0]["props"] == {"message": "waves"}


async def test_messages_reach_one_and_several(talk: Talk, admin: Person, ana: Person, ben: Person) -> None:
    assert await told(ana, talk, "/msg @ben hello there") == "Sent to @ben."
    assert await told(ana, talk, "/msg ben") == "Your conversation with @ben is open."
    assert await told(ana, talk, "/groupmsg @ben, @admin lunch?") == "Sent to @ben, @admin."

    direct = await talk.direct(ana, ben)
    assert await direct.messages(ben) == ["hello there"]
    group = (await ben.post("/channels/group", [ana.id, ben.id, admin.id])).json()
    page = (await ben.get(f"/channels/{group['id']}/posts")).json()
    assert [post["message"] for post in page["posts"].values()] == ["lunch?"]


async def test_channels_are_joined_and_left(talk: Talk, ana: Person, ben: Person) -> None:
    other = await talk.another("other", ben)

    assert await told(ana, talk, "/join ~other") == "You are in ~other."
    assert ana.id in await members(ben, other)
    assert await told(ana, other, "/leave") == "You have left ~other."
    assert ana.id not in await members(ben, other)
    assert await told(ana, talk, "/open OTHER") == "You are in ~other."
    assert ana.id in await members(ben, other)


async def test_people_are_invited_and_removed(talk: Talk, admin: Person, ana: Person, ben: Person) -> None:
    closed = await talk.another("closed", ana, type=ChannelType.PRIVATE)

    assert await told(ana, talk, "/invite @ben ~closed") == "@ben added to ~closed."
    assert await told(ana, closed, "/invite ben") == "@ben is already in ~closed."
    assert await members(ana, closed) == {ana.id, ben.id}
    assert await told(ana, closed, "/kick @ben") == "@ben removed from ~closed."
    assert await told(ana, closed, "/remove @ben") == "@ben is not in this channel."
    assert await members(ana, closed) == {ana.id}
    assert await told(ben, talk, "/invite @admin ~closed") == "Channel does not exist."


async def test_a_channel_is_described_and_renamed(talk: Talk, ana: Person) -> None:
    assert await told(ana, talk, "/header all about it") == "The channel header is changed."
    assert await told(ana, talk, "/purpose talking") == "The channel purpose is changed."
    assert await told(ana, talk, "/rename Big Talk") == "The channel name is changed."

    seen = await channel(ana, talk)
    assert (seen["header"], seen["purpose"]) == ("all about it", "talking")
    assert (seen["display_name"], seen["name"]) == ("Big Talk", "talk")


async def test_muting_is_a_switch(talk: Talk, ana: Person) -> None:
    levels: list[str] = []
    for typed in ("/mute", "/mute ~talk"):
        await told(ana, talk, typed)
        member = (await ana.get(f"/channels/{talk.channel_id}/members/me")).json()
        levels.append(member["notify_props"]["mark_unread"])

    assert levels == ["mention", "all"]


@pytest.mark.parametrize("status", ["away", "dnd", "offline", "online"])
async def test_a_status_is_chosen(talk: Talk, ana: Person, status: str) -> None:
    assert await told(ana, talk, f"/{status}")

    assert (await ana.get("/users/me/status")).json()["status"] == status


async def test_search_tells_what_it_found(talk: Talk, ana: Person) -> None:
    post = await talk.say(ana, "the zebra is loose")

    assert await told(ana, talk, "/search zebra") == (
        f"Found for: zebra\n\n- ~talk: the zebra is loose [open](/_redirect/pl/{post['id']})"
    )
    assert await told(ana, talk, "/search giraffe") == "Nothing was found for: giraffe"


async def test_help_lists_every_command_and_logout_leaves_the_session(talk: Talk, ana: Person) -> None:
    commands = (await ana.get(f"/commands?team_id={talk.team.id}")).json()

    text = await told(ana, talk, "/help")

    assert {"me", "msg", "join", "away", "export", "logout"} <= {one["trigger"] for one in commands}
    assert [one["trigger"] for one in commands if f"- `/{one['trigger']}" not in text] == []
    assert [one["trigger"] for one in commands if not one["auto_complete_desc"]] == []
    assert await told(ana, talk, "/logout")
    assert (await ana.get("/users/me")).status_code == 200


async def test_what_cannot_be_done_is_said(talk: Talk, admin: Person, ana: Person, ben: Person) -> None:
    direct = await talk.direct(ana, ben)
    await talk.another("closed", ben, type=ChannelType.PRIVATE)
    refused = {
        "/me": "Say what you are doing: `/me waves`.",
        "/code": "Give the text to show as code: `/code print(1)`.",
        "/msg": "Name somebody: `/msg @username message`.",
        "/msg @nobody hi": "There is no user called @nobody.",
        "/groupmsg": "Name two to seven people: `/groupmsg @one,@two message`.",
        "/groupmsg @ben,@nobody hi": "There is no user called @nobody.",
        "/groupmsg @ben hi": "A group channel has 3 to 8 members, you among them.",
        "/join": "Name a channel: `/join ~channel`.",
        "/join ~closed": "Channel does not exist.",
        "/join ~nowhere": "Channel does not exist.",
        "/invite": "Name somebody: `/invite @username ~channel`.",
        "/invite @nobody": "There is no user called @nobody.",
        "/remove": "Name somebody: `/remove @username`.",
        "/remove @nobody": "There is no user called @nobody.",
        "/remove @ana": "To leave a channel yourself, use `/leave`.",
        "/header": "Give the new channel header.",
        "/purpose": "Give the new channel purpose.",
        "/rename": "Give the new channel name.",
        "/search": "Give what to search for: `/search words`.",
    }

    for typed, text in refused.items():
        assert await told(ana, talk, typed) == text
    assert await told(ana, direct, "/leave") == "Not possible with a channel of this type."
    assert await talk.messages(ana) == []
