"""The export of a channel: over its route in three formats, and by `/export`."""

import asyncio
import csv
import io
import json
from typing import Any

import httpx
import pytest

from commandpost.db import Sql
from commandpost.workspace.actions import export as exports
from commandpost.workspace.commands.export import PRODUCT_ID
from commandpost.workspace.model.channel import ChannelType
from tests.support.listeners import listening
from tests.support.patience import PATIENCE_S
from tests.support.people import SITE, Person
from tests.support.talk import Talk

PATH = f"/plugins/{PRODUCT_ID}/api/v1/export"
HEADER = (
    "Post Creation Time,User Id,User Email,User Type,User Name,Post Id,Parent Post Id,Post Message,Post Type"
)

_FORGET_AUTHOR = Sql("UPDATE posts SET user_id = 'nobody' WHERE id = :id")
_FILL = Sql(
    "INSERT INTO posts (id, create_at, update_at, user_id, channel_id, root_id, message, type, reply_count)"
    " VALUES (:id, :at, :at, :user_id, :channel_id, :root_id, :message, '', :reply_count)"
)


async def fetched(person: Person, talk: Talk, format: str = "csv", **query: str) -> httpx.Response:
    wanted = {"channel_id": talk.channel_id, "format": format, **query}
    return await asked(person, "GET", wanted)


async def asked(person: Person, method: str, query: dict[str, str]) -> httpx.Response:
    return await person.v4.request(method, f"{SITE}{PATH}", params=query)


async def rows(person: Person, talk: Talk, **query: str) -> list[dict[str, str]]:
    """The rows of a CSV, less those of the system."""
    answer = await fetched(person, talk, **query)
    assert answer.status_code == 200, answer.text
    read = csv.DictReader(io.StringIO(answer.content.decode(), newline=""))
    return [row for row in read if row["User Type"] != "system"]


async def upload(person: Person, talk: Talk, name: str, content: bytes) -> str:
    answer = await person.v4.post(
        "/files", params={"channel_id": talk.channel_id, "filename": name}, content=content
    )
    return answer.json()["file_infos"][0]["id"]


async def fill(talk: Talk, author: Person, messages: list[tuple[str, str, str, int]]) -> None:
    """Posts put straight into the database: id, root id, message, number of replies; one each 10 ms."""
    async with talk.room.desks.writing() as desk:
        await desk.work.run_many(
            _FILL,
            [
                {
                    "id": id_,
                    "at": talk.room.clock.now() + 10 * place,
                    "user_id": author.id,
                    "channel_id": talk.channel_id,
                    "root_id": root_id,
                    "message": message,
                    "reply_count": reply_count,
                }
                for place, (id_, root_id, message, reply_count) in enumerate(messages)
            ],
        )


async def test_a_row_says_when_who_and_what(talk: Talk, ana: Person, ben: Person) -> None:
    root = await talk.say(ana, "is it down?")
    reply = await talk.say(ben, 'it is, "hard", I fear\nlook', root_id=root["id"])

    answer = await fetched(ana, talk)

    assert answer.headers["Content-Type"] == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment; filename=talk.csv"
    lines = answer.text.split("\n")
    assert lines[0] == HEADER
    at = exports.export_text.go_time
    assert lines[1:4] == [
        f"{at(reply['create_at'])},{ben.id},ben@example.com,user,ben,{reply['id']},{root['id']},"
        '"it is, ""hard"", I fear',
        'look",message',
        f"{at(root['create_at'])},{ana.id},ana@example.com,user,ana,{root['id']},,is it down?,message",
    ]
    assert "\r" not in answer.text
    assert lines[-2].split(",")[3::5] == ["system", "system_join_channel"]


async def test_bots_and_the_system_are_told_from_people(talk: Talk, admin: Person, ana: Person) -> None:
    bot = (await admin.post("/bots", {"username": "robot"})).json()["user_id"]
    token = (await admin.post(f"/users/{bot}/tokens", {"description": "for tests"})).json()["token"]
    await ana.post(f"/teams/{talk.team.id}/members", {"team_id": talk.team.id, "user_id": bot})
    await ana.post(f"/channels/{talk.channel_id}/members", {"user_id": bot})
    headers = {"Authorization": f"Bearer {token}"}
    for type_ in ("", "custom_beep"):
        talk.room.clock.turn(seconds=1)
        post = {"channel_id": talk.channel_id, "message": "beep", "type": type_}
        answer = await talk.room.stranger().v4.post("/posts", json=post, headers=headers)
        assert answer.status_code == 201, answer.text

    text = (await fetched(ana, talk)).text

    kinds = [(row["User Type"], row["Post Type"]) for row in csv.DictReader(io.StringIO(text))]
    assert kinds[:2] == [("system", "custom_beep"), ("bot", "message")]


async def test_only_the_present_version_of_what_is_not_deleted(talk: Talk, ana: Person) -> None:
    kept = await talk.say(ana, "teh server")
    gone = await talk.say(ana, "oops")
    await ana.put(f"/posts/{kept['id']}/patch", {"message": "the server"})
    await ana.delete(f"/posts/{gone['id']}")

    assert [row["Post Message"] for row in await rows(ana, talk)] == ["the server"]


async def test_addresses_are_for_those_who_may_see_them(talk: Talk, admin: Person, ana: Person) -> None:
    await talk.say(ana, "hello")
    talk.room.configure(show_email_address=False)

    assert [row["User Email"] for row in await rows(ana, talk)] == [""]
    assert [row["User Email"] for row in await rows(admin, talk)] == ["ana@example.com"]


async def test_cells_are_exact_unless_they_shall_be_safe(talk: Talk, ana: Person) -> None:
    said = ["=1+1", "+1", "-1", "@ana", " =cmd()", "plain", "a=b"]
    for message in said:
        await talk.say(ana, message)

    exact = [row["Post Message"] for row in await rows(ana, talk)]
    safe = [row["Post Message"] for row in await rows(ana, talk, safe="1")]

    assert exact == said[::-1]
    assert safe == ["a=b", "plain", "' =cmd()", "'@ana", "'-1", "'+1", "'=1+1"]


async def test_json_is_oldest_first_with_files_and_roots(talk: Talk, ana: Person, ben: Person) -> None:
    file_id = await upload(ana, talk, "graph.txt", b"up and up")
    root = await talk.say(ana, "look", file_ids=[file_id])
    between = await talk.say(ben, "lunch?")
    reply = await talk.say(ben, "uh", root_id=root["id"])

    answer = await fetched(ana, talk, "json")

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Content-Disposition"] == "attachment; filename=talk.json"
    document = answer.json()
    assert (document["channel"]["id"], document["channel"]["name"]) == (talk.channel_id, "talk")
    posts = [post for post in document["posts"] if post["user_type"] == "user"]
    assert [post["id"] for post in posts] == [root["id"], between["id"], reply["id"]]
    assert posts[0]["files"] == [{"name": "graph.txt", "size": 9}]
    assert posts[2] == {
        "id": reply["id"],
        "create_at": reply["create_at"],
        "user_id": ben.id,
        "username": "ben",
        "email": "ben@example.com",
        "user_type": "user",
        "root_id": root["id"],
        "type": "message",
        "message": "uh",
        "files": [],
    }


async def test_markdown_has_replies_under_their_root(talk: Talk, ana: Person, ben: Person) -> None:
    file_id = await upload(ana, talk, "a_graph.txt", b"up and up")
    root = await talk.say(ana, "look\n\n- here", file_ids=[file_id])
    between = await talk.say(ben, "lunch?")
    reply = await talk.say(ben, "uh", root_id=root["id"])

    answer = await fetched(ana, talk, "markdown")

    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=talk.md"
    at = exports.export_text.go_time
    assert answer.text.startswith("# Talk\n\nChannel ~talk, exported ")
    assert answer.text.endswith(
        f"**@ana** · {at(root['create_at'])}\n\nlook\n\n- here\n\n- a\\_graph.txt (9 bytes)\n\n"
        f"> **@ben** · {at(reply['create_at'])}\n>\n> uh\n\n"
        f"**@ben** · {at(between['create_at'])}\n\nlunch?\n\n"
    )


async def test_checks_come_in_order(talk: Talk, ana: Person, ben: Person) -> None:
    closed = await talk.another("closed", ben, type=ChannelType.PRIVATE)
    public = await talk.another("public", ben)
    unknown = "a" * 26
    answers = {
        (): "missing channel_id parameter",
        (("format", "csv"),): "missing channel_id parameter",
        (("channel_id", unknown),): "missing format parameter",
        (("channel_id", unknown), ("format", "pdf")): "unsupported format parameter 'pdf'",
        (("channel_id", unknown), ("format", "CSV")): "unsupported format parameter 'CSV'",
    }

    for query, message in answers.items():
        answer = await asked(ana, "GET", dict(query))
        assert (answer.status_code, answer.json()) == (
            400,
            {"StatusCode": 400, "StatusText": "Bad Request", "Message": message},
        )
    for channel_id in (unknown, closed.channel_id, public.channel_id, "x"):
        answer = await asked(ana, "GET", {"channel_id": channel_id, "format": "csv"})
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")
        assert answer.json() == {
            "StatusCode": 404,
            "StatusText": "Not Found",
            "Message": f"channel '{channel_id}' not found or user does not have permission",
        }
    answer = await asked(talk.room.stranger(), "GET", {})
    assert (answer.status_code, answer.text) == (401, "Not authorized")


async def test_who_is_removed_loses_access_and_administrators_have_it(
    talk: Talk, admin: Person, ana: Person, ben: Person
) -> None:
    before = await fetched(ben, talk)
    await ana.delete(f"/channels/{talk.channel_id}/members/{ben.id}")

    assert before.status_code == 200
    assert (await fetched(ben, talk)).status_code == 404
    assert (await fetched(admin, talk)).status_code == 200


async def test_any_method_will_do(talk: Talk, ana: Person) -> None:
    query = {"channel_id": talk.channel_id, "format": "csv"}

    answers = [await asked(ana, method, query) for method in ("GET", "POST", "PUT", "PATCH", "DELETE")]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert len({answer.text for answer in answers}) == 1


async def test_an_archived_channel_and_a_direct_one_are_exported(
    talk: Talk, ana: Person, ben: Person
) -> None:
    direct = await talk.direct(ana, ben)
    await direct.say(ben, "psst")
    await talk.say(ana, "over")
    await talk.archive(ana)

    assert [row["Post Message"] for row in await rows(ana, talk)] == ["over"]
    assert [row["Post Message"] for row in await rows(ana, direct)] == ["psst"]
    name = direct.channel.name
    disposition = (await fetched(ana, direct)).headers["Content-Disposition"]
    assert disposition == f"attachment; filename={name}.csv"


async def test_many_pages_lose_nothing_and_keep_their_order(talk: Talk, ana: Person) -> None:
    messages = [(f"r{n:025}", "", f"root {n}", 2 if n % 3 == 0 else 0) for n in range(1200)]
    messages[5] = (messages[5][0], "", "root 5", 1300)
    replies = [
        (f"a{n}x{m:020}"[:26], messages[n][0], f"reply {n} {m}", 0)
        for n, root in enumerate(messages)
        for m in range(root[3])
    ]
    await fill(talk, ana, messages + replies)
    every = [message for _, _, message, _ in messages + replies]
    threads: dict[str, list[str]] = {id_: [message] for id_, _, message, _ in messages}
    for _, root_id, message, _ in replies:
        threads[root_id].append(message)

    newest_first = [row["Post Message"] for row in await rows(ana, talk)]
    document = (await fetched(ana, talk, "json")).json()
    markdown = (await fetched(ana, talk, "markdown")).text

    assert newest_first == every[::-1]
    assert [post["message"] for post in document["posts"] if post["user_type"] == "user"] == every
    lines = [line.removeprefix("> ") for line in markdown.split("\n")]
    said = [line for line in lines if line.startswith(("root ", "reply "))]
    assert said == [message for thread in threads.values() for message in thread]


async def test_a_failure_at_once_is_an_answer_and_a_later_one_breaks_the_transfer(
    talk: Talk, ana: Person
) -> None:
    lost = await talk.say(ana, "whose words?")
    async with talk.room.desks.writing() as desk:
        await desk.work.run(_FORGET_AUTHOR, id=lost["id"])

    at_once = await fetched(ana, talk)
    await fill(talk, ana, [(f"r{n:025}", "", "x" * 100, 0) for n in range(1500)])

    assert (at_once.status_code, at_once.json()["StatusCode"]) == (503, 503)
    with pytest.raises(Exception, match=r".*"):  # httpx says it as the transport does
        transport = httpx.ASGITransport(app=talk.room.app)  # pyright: ignore[reportArgumentType] -- as httpx asks
        async with httpx.AsyncClient(transport=transport, headers=ana.v4.headers) as client:
            await client.get(f"{SITE}{PATH}", params={"channel_id": talk.channel_id, "format": "csv"})


async def run(who: Person, talk: Talk, command: str = "/export") -> dict[str, Any]:
    wanted = {"command": command, "channel_id": talk.channel_id, "team_id": talk.team.id}
    answer = await who.post("/commands/execute", wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def sent(person: Person) -> list[dict[str, Any]]:
    """What the bot has told somebody, newest first; waits for the first of it."""
    bot = (await person.get("/users/username/channelexport")).json()
    assert bot["first_name"] == "Channel Export Bot"
    direct = (await person.post("/channels/direct", [person.id, bot["id"]])).json()
    async with asyncio.timeout(PATIENCE_S):
        while True:
            page = (await person.get(f"/channels/{direct['id']}/posts")).json()
            if page["order"]:
                return [page["posts"][post_id] for post_id in page["order"]]
            await asyncio.sleep(0.02)


async def test_the_bot_sends_the_export(talk: Talk, ana: Person) -> None:
    await talk.say(ana, "for the record")

    answer = await run(ana, talk, "/export please")

    assert (answer["response_type"], answer["text"]) == (
        "ephemeral",
        "Exporting ~talk. @channelexport will send you a direct message when the export is ready.",
    )
    [post] = await sent(ana)
    assert post["message"] == "Channel ~talk exported:"
    [file] = post["metadata"]["files"]
    assert file["name"] == "talk.csv"
    content = (await ana.get(f"/files/{file['id']}")).text
    assert content == (await fetched(ana, talk)).text


async def test_of_a_long_channel_the_caller_sees_how_far_it_is_in_one_post(talk: Talk, ana: Person) -> None:
    client = listening(talk.room, ana, talk.channel_id)
    await fill(talk, ana, [(f"p{n:025}", "", "said", 0) for n in range(21_000)])

    await run(ana, talk)
    await sent(ana)

    frames = [frame for frame in client.read() if frame["event"] == "ephemeral_message"]
    told = [json.loads(frame["data"]["post"]) for frame in frames]
    steps = [post for post in told if "so far" in post["message"]]
    assert [post["message"] for post in steps] == [
        "Exporting ~talk: 10,000 posts so far.",
        "Exporting ~talk: 20,000 posts so far.",
    ]
    assert len({post["id"] for post in steps}) == 1


async def test_the_command_works_for_guests_and_in_archived_channels(
    talk: Talk, guest: Person, admin: Person, ana: Person
) -> None:
    await admin.post(f"/teams/{talk.team.id}/members", {"team_id": talk.team.id, "user_id": guest.id})
    await ana.post(f"/channels/{talk.channel_id}/members", {"user_id": guest.id})
    await talk.archive(ana)

    await run(guest, talk)

    assert [post["message"] for post in await sent(guest)] == ["Channel ~talk exported:"]


async def test_the_bot_says_what_went_wrong(talk: Talk, ana: Person, ben: Person) -> None:
    talk.room.configure(enable_file_attachments=False)
    await run(ben, talk)
    lost = await talk.say(ana, "whose words?")
    not_uploaded = await sent(ben)
    async with talk.room.desks.writing() as desk:
        await desk.work.run(_FORGET_AUTHOR, id=lost["id"])
    await run(ana, talk)

    assert [post["message"] for post in not_uploaded] == [
        "An error occurred uploading the exported channel ~talk."
    ]
    assert [post["message"] for post in await sent(ana)] == ["An error occurred exporting channel ~talk."]


async def test_the_route_is_documented(talk: Talk) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=talk.room.app), base_url=SITE) as client:
        document = json.loads((await client.get("/api/docs/openapi.json")).content)

    operation = document["paths"][PATH]["get"]
    assert set(operation["responses"]) >= {"200", "400", "401", "404", "503"}
    assert {parameter["name"] for parameter in operation["parameters"]} == {"channel_id", "format", "safe"}
