"""Who hears and does what over WebSocket: every kind of caller, about a private channel and its incident."""

import asyncio
import json
import re
import socket
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
import websockets
from websockets.asyncio.client import ClientConnection, connect

from commandpost.api.socket.actions import ACTIONS, WATCH
from commandpost.api.socket.protocol import SocketProtocol
from commandpost.api.v0.live import PREFIX
from tests.house.sources import sources
from tests.live.conftest import QuietServer
from tests.permissions.deeds import deeds
from tests.permissions.scene import CALLERS, SECRET, scene
from tests.support.patience import PATIENCE_S
from tests.support.people import Person, Room

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SHUT_OUT = ("nobody", "deactivated")
BY_ITSELF = "status_change"
"""Told when a socket is noted as open, too, at any time after that."""
INSIDE, HERSELF = "channel", "ana"
LIVE = ("src/commandpost/api/v0", "src/commandpost/api/v4/live")
NAMED = re.compile(r'(?:Frame\.of\(|_frame\(|event = |else )\s*"(\w+)"')
TABLE = Path(__file__).with_name("events.txt")


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
    return await connect(address, additional_headers=headers, open_timeout=PATIENCE_S, compression=None)


async def replied(
    talk: ClientConnection, seq: int, action: str, **data: Any
) -> tuple[str, list[dict[str, Any]]]:
    """How a request is answered, and the events before that."""
    await talk.send(json.dumps({"seq": seq, "action": action, "data": data}))
    events: list[dict[str, Any]] = []
    async with asyncio.timeout(PATIENCE_S):
        while "seq_reply" not in (frame := json.loads(await talk.recv())):
            events.append(frame)
    return frame["status"], events


def expected() -> dict[tuple[str, str], list[str]]:
    """The table: for a deed and an event that it brings about, who hears it."""
    rows = [line.split(" | ") for line in TABLE.read_text().splitlines() if line and line[0] != "#"]
    return {(deed, event): heard.split() for deed, event, heard in rows}


@ON_SQLITE
async def test_every_event_is_heard_by_those_whom_the_table_names_and_nobody_else(
    room: Room, admin: Person, address: str
) -> None:
    here = await scene(room, admin)
    people = {**here.callers, HERSELF: here.ana}
    talks = {name: await opened(address, person) for name, person in people.items()}
    for name in people.keys() - SHUT_OUT:
        await replied(talks[name], 1, WATCH, team_id=here.names["team_id"])
    heard: dict[tuple[str, str], list[str]] = {}
    seq = 1

    async for deed in deeds(here):
        seq += 1
        for name in (*CALLERS, HERSELF):
            if name in SHUT_OUT:
                continue
            status, events = await replied(talks[name], seq, "ping")
            assert status == "OK"
            told: dict[str, str] = {}
            for event in (one for one in events if one["event"] != BY_ITSELF or deed == "a status"):
                kind = event["event"].removeprefix(PREFIX)
                told[kind] = told.get(kind, "") + json.dumps(event)
            for kind, text in told.items():
                heard.setdefault((deed, kind), []).append(name + "*" * (SECRET in text))

    assert heard == expected()
    for name in SHUT_OUT:
        _, events = await asked_without_session(talks[name])
        assert events == []
    for talk in talks.values():
        await talk.close()


def test_the_table_has_every_event_that_there_is() -> None:
    told = {event for source in sources(*LIVE) for event in NAMED.findall(source.text)}

    assert told == {event for _, event in expected()}


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
