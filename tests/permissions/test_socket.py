"""Who hears and does what over WebSocket: every kind of caller, about a private channel and its incident."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from typing import Any

import pytest
import uvicorn
import websockets
from websockets.asyncio.client import ClientConnection, connect

from commandpost.api.socket.actions import ACTIONS, WATCH
from commandpost.api.socket.protocol import SocketProtocol
from tests.live.conftest import QuietServer
from tests.permissions.scene import CALLERS, SECRET, Scene, scene
from tests.support.people import Person, Room

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SHUT_OUT = ("nobody", "deactivated")
INSIDE = "channel"
WITHIN_S = 20


@pytest.fixture
async def address(room: Room) -> AsyncGenerator[str]:
    """The room's socket on a port."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        room.app, lifespan="off", ws=SocketProtocol, ws_per_message_deflate=False, log_config=None
    )
    server = QuietServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    yield f"ws://127.0.0.1:{listener.getsockname()[1]}/api/v4/websocket"
    server.should_exit = True
    await serving


async def opened(address: str, person: Person) -> ClientConnection:
    headers = {"Authorization": f"Bearer {person.token}"} if person.token else {}
    return await connect(address, additional_headers=headers, compression=None)


async def replied(
    talk: ClientConnection, seq: int, action: str, **data: Any
) -> tuple[str, list[dict[str, Any]]]:
    """How a request is answered, and the events before that."""
    await talk.send(json.dumps({"seq": seq, "action": action, "data": data}))
    events: list[dict[str, Any]] = []
    async with asyncio.timeout(WITHIN_S):
        while "seq_reply" not in (frame := json.loads(await talk.recv())):
            events.append(frame)
    return frame["status"], events


async def happen(here: Scene) -> None:
    """Ana posts, types, and leads on."""
    names = here.names
    for channel in ("channel_id", "incident_channel_id"):
        await here.ana.post("/posts", {"channel_id": names[channel], "message": SECRET})
        await here.ana.post("/users/me/typing", {"channel_id": names[channel]})
    await here.ana.v0.patch(f"/incidents/{names['incident_id']}", json={"active_stage": 1})
    await here.ana.post(
        "/reactions", {"user_id": here.ana.id, "post_id": names["post_id"], "emoji_name": "smile"}
    )


@ON_SQLITE
async def test_what_happens_in_private_is_heard_by_those_who_are_in_it_alone(
    room: Room, admin: Person, address: str
) -> None:
    here = await scene(room, admin)
    talks = {caller: await opened(address, here.callers[caller]) for caller in CALLERS}

    await happen(here)

    for caller, talk in talks.items():
        if caller in SHUT_OUT:
            status, events = await asked_without_session(talk)
        else:
            status, events = await replied(talk, 1, "ping")
            assert status == "OK"
        heard = {event["event"] for event in events}
        wanted = {"posted", "typing", "reaction_added"} if caller == INSIDE else set[str]()
        assert heard & {"posted", "typing", "reaction_added", "post_edited"} == wanted, caller
        assert (SECRET in json.dumps(events)) == (caller == INSIDE), caller
    for talk in talks.values():
        await talk.close()


async def asked_without_session(talk: ClientConnection) -> tuple[str, list[dict[str, Any]]]:
    """Whoever has no session is refused, or shown out at once; either way they hear nothing."""
    try:
        status, events = await replied(talk, 1, "ping")
    except websockets.ConnectionClosed:
        return "closed", []
    assert status == "FAIL"
    return status, events


@ON_SQLITE
async def test_every_action_is_done_for_those_who_may_and_nobody_else(
    room: Room, admin: Person, address: str
) -> None:
    here = await scene(room, admin)
    asked = {
        "ping": {},
        "user_typing": {"channel_id": here.names["channel_id"]},
        "user_update_active_status": {"user_is_active": True, "manual": False},
        "get_statuses": {},
        "get_statuses_by_ids": {"user_ids": [here.ana.id]},
        WATCH: {"team_id": here.names["team_id"]},
        "presence": {},
        "posted_notify_ack": {},
    }
    allowed: dict[str, set[str]] = {action: set() for action in asked}

    for caller in CALLERS:
        async with await opened(address, here.callers[caller]) as talk:
            for seq, (action, told) in enumerate(asked.items(), 1):
                try:
                    status, _ = await replied(talk, seq, action, **told)
                except websockets.ConnectionClosed:
                    break
                if status == "OK":
                    allowed[action].add(caller)

    everybody = set(CALLERS) - set(SHUT_OUT)
    assert asked.keys() == ACTIONS.keys()
    assert allowed == {
        **dict.fromkeys(asked, everybody),
        "user_typing": {INSIDE},
        WATCH: everybody - {"outsider", "guest"},
    }
