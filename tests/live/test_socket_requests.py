"""What clients ask over a socket, and what strange clients do to it."""

import asyncio
import json
import socket as sockets
from typing import Any

import pytest

from commandpost.api.socket.actions import WATCH
from commandpost.api.socket.protocol import LARGEST_REQUEST_BYTES
from commandpost.kernel.ids import new_id
from commandpost.live.event import Audience, Frame
from tests.live.listening import to_channel
from tests.live.office import Office, Talk


async def talking(office: Office, name: str = "ana", *channels: str) -> Talk:
    talk = await office.enter(await office.person(name, channels=channels))
    await talk.greeted()
    return talk


async def test_ping_is_answered_with_the_servers_time(office: Office) -> None:
    talk = await talking(office)

    reply = await talk.ask("ping")

    assert (reply["status"], reply["seq_reply"], reply["data"]["text"]) == ("OK", 1, "pong")
    assert reply["data"].keys() == {"text", "version", "server_time", "node_id"}


async def test_replies_do_not_count_as_events(office: Office) -> None:
    talk = await talking(office, "ana", "c1")

    await talk.ask("ping")
    office.publish(to_channel("c1"))

    assert (await talk.read())["seq"] == 2


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("presence", {"channel_id": "c1"}),
        ("presence", {"is_thread_view": True, "thread_channel_id": ""}),
        ("posted_notify_ack", {"post_id": "p1", "status": "success"}),
    ],
)
async def test_what_newer_clients_tell_of_themselves_is_accepted(
    office: Office, action: str, data: dict[str, Any]
) -> None:
    talk = await talking(office)

    assert await talk.ask(action, data) == {"status": "OK", "seq_reply": 1}


async def test_an_unknown_action_fails_and_does_not_close(office: Office) -> None:
    talk = await talking(office)

    reply = await talk.ask("make_coffee")

    assert (reply["status"], reply["seq_reply"]) == ("FAIL", 1)
    assert reply["error"]["id"] == "api.web_socket_router.bad_action.app_error"
    assert {"message", "request_id", "detailed_error", "status_code"} <= reply["error"].keys()
    assert (await talk.ask("ping"))["status"] == "OK"


async def test_watching_the_incidents_of_anothers_team_fails(office: Office) -> None:
    talk = await talking(office)

    reply = await talk.ask(WATCH, {"team_id": new_id()})

    assert (reply["status"], reply["error"]["status_code"]) == ("FAIL", 403)
    assert (await talk.ask(WATCH, {"team_id": ""}))["status"] == "OK"


async def test_typing_reaches_the_others_in_the_channel(office: Office) -> None:
    ana, ben = await talking(office, "ana", "c1"), await talking(office, "ben", "c1")

    assert await ana.ask("user_typing", {"channel_id": "c1", "parent_id": "p1"}) == {
        "status": "OK",
        "seq_reply": 1,
    }

    frame = await ben.read()
    assert (frame["event"], frame["seq"], frame["data"]["parent_id"]) == ("typing", 2, "p1")
    assert frame["broadcast"]["omit_users"] == {frame["data"]["user_id"]: True}


@pytest.mark.parametrize("data", [{"channel_id": "elsewhere"}, {"channel_id": 5}, {}, None])
async def test_typing_in_a_channel_of_others_fails(office: Office, data: dict[str, Any] | None) -> None:
    talk = await talking(office, "ana", "c1")

    reply = await talk.ask("user_typing", data)

    assert (reply["status"], reply["error"]["id"]) == (
        "FAIL",
        "api.websocket_handler.invalid_param.app_error",
    )


@pytest.mark.parametrize(
    ("request_text", "error"),
    [
        ('{"seq":1}', "api.web_socket_router.no_action.app_error"),
        ('{"action":"ping"}', "api.web_socket_router.bad_seq.app_error"),
        ('{"seq":-1,"action":"ping"}', "api.web_socket_router.bad_seq.app_error"),
    ],
)
async def test_incomplete_requests_fail(office: Office, request_text: str, error: str) -> None:
    talk = await talking(office)

    await talk.connection.send(request_text)

    assert (await talk.read())["error"]["id"] == error


@pytest.mark.parametrize(
    "text",
    ["{", "", "null", "[]", '{"seq":"1","action":"ping"}', '{"seq":1,"action":5}', "[" * 5000, b"\x80\xff"],
)
async def test_what_is_no_request_closes_the_socket_and_nothing_else(
    office: Office, text: str | bytes
) -> None:
    strange, other = await talking(office), await talking(office, "ben")

    await strange.connection.send(text)

    assert await strange.close_code() == 1007
    assert (await other.ask("ping"))["status"] == "OK"


async def test_binary_messages_holding_json_are_taken(office: Office) -> None:
    talk = await talking(office)

    await talk.connection.send(json.dumps({"seq": 1, "action": "ping"}).encode())

    assert (await talk.read())["data"]["text"] == "pong"


async def test_a_request_that_is_too_large_closes_the_socket(office: Office) -> None:
    talk = await talking(office)

    await talk.say("presence", {"channel_id": "x" * LARGEST_REQUEST_BYTES})

    assert await talk.close_code() == 1009


async def test_unsolicited_pongs_are_accepted(office: Office) -> None:
    talk = await talking(office)

    await talk.connection.pong(b"here I am")

    assert (await talk.ask("ping"))["status"] == "OK"


@pytest.mark.parametrize("length", [1, 125, 126, 300, 65_535, 65_536, 200_000])
async def test_frames_of_any_length_arrive_whole(office: Office, length: int) -> None:
    talk = await talking(office)

    office.publish(Frame.of("news", {"text": "é" * length}, Audience()))

    assert (await talk.read())["data"]["text"] == "é" * length


async def test_a_client_that_does_not_read_is_cut_off_and_the_others_are_served(office: Office) -> None:
    ana, ben = await office.person("ana"), await talking(office, "ben")
    loop = asyncio.get_running_loop()
    with sockets.create_connection(("127.0.0.1", office.port)) as deaf:
        deaf.setblocking(False)
        await loop.sock_sendall(deaf, upgrade(office, ana.token))
        while b'"hello"' not in await loop.sock_recv(deaf, 10_000):
            pass

        frames = 0
        while office.hub.is_connected(ana.id):
            office.publish(Frame.of("news", {"text": "x" * 100_000}))
            frames += 1
            assert (await ben.read())["seq"] == frames + 1

        assert frames < 200


def upgrade(office: Office, token: str) -> bytes:
    lines = [
        "GET /api/v4/websocket HTTP/1.1",
        f"Host: 127.0.0.1:{office.port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        f"Authorization: Bearer {token}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def test_ids_that_do_not_exist_do_no_harm(office: Office) -> None:
    talk = await talking(office)

    office.publish(to_channel(new_id()))

    assert (await talk.ask("ping"))["status"] == "OK"


async def test_who_comes_is_online(office: Office) -> None:
    ana, ben = await office.person("ana"), await office.person("ben")
    for person in (ana, ben):
        talk = await office.enter(person)
        await talk.greeted()

    reply = await talk.ask("get_statuses")

    assert reply["data"] == {ana.id: "online", ben.id: "online"}


async def test_a_user_who_stops_doing_things_is_away(office: Office) -> None:
    ana = await office.person("ana")
    talk = await office.enter(ana)
    await talk.greeted()

    await talk.say("user_update_active_status", {"user_is_active": False, "manual": False})
    answers = [await talk.read(), await talk.read()]
    assert [a["data"]["status"] for a in answers if "event" in a] == ["away"]

    by_ids = await talk.ask("get_statuses_by_ids", {"user_ids": [ana.id, stranger := new_id()]})
    assert by_ids["data"] == {ana.id: "away", stranger: "offline"}


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("user_update_active_status", {"user_is_active": "yes", "manual": False}),
        ("user_update_active_status", None),
        ("get_statuses_by_ids", {"user_ids": ["no id"]}),
        ("get_statuses_by_ids", {"user_ids": "no list"}),
        ("get_statuses_by_ids", {}),
    ],
)
async def test_requests_with_bad_parameters_fail(
    office: Office, action: str, data: dict[str, Any] | None
) -> None:
    talk = await talking(office)

    reply = await talk.ask(action, data)

    assert (reply["status"], reply["error"]["id"]) == (
        "FAIL",
        "api.websocket_handler.invalid_param.app_error",
    )
