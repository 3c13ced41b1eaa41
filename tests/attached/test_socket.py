"""Live events of incidents for sessions of Mattermost."""

import asyncio
import json
from pathlib import Path

import httpx
import websockets

from commandpost.api.attached.socket import PATH
from commandpost.api.errors import V0_PREFIX
from commandpost.kernel.ids import new_id
from tests.support.attached import Town
from tests.support.patience import PATIENCE_S
from tests.support.served import served, signed_up


async def test_a_member_hears_of_their_incident(town: Town, tmp_path: Path) -> None:
    ana = signed_up(town.server, f"ana{new_id()[:8]}", by=town.admin.token)
    team = town.team(ana.id)
    environment = {
        "COMMANDPOST_MATTERMOST_URL": town.server.url,
        "COMMANDPOST_MATTERMOST_TOKEN": town.bot_token,
    }
    with served(tmp_path, environment=environment) as server:
        headers = {"Authorization": f"Bearer {ana.token}"}
        url = f"{server.url}{PATH}".replace("http", "ws", 1)
        async with (
            websockets.connect(url, additional_headers=headers, open_timeout=PATIENCE_S) as socket,
            httpx.AsyncClient(
                base_url=f"{server.url}{V0_PREFIX}api/v0", headers=headers, timeout=PATIENCE_S
            ) as v0,
        ):
            hello = json.loads(await asyncio.wait_for(socket.recv(), PATIENCE_S))
            body = {"name": "Database is down", "team_id": team["id"], "commander_user_id": ana.id}
            made = await v0.post("/incidents", json=body)
            events = [
                json.loads(await asyncio.wait_for(socket.recv(), PATIENCE_S))["event"] for _ in range(2)
            ]

    assert hello["event"] == "hello"
    assert made.status_code == 201, made.text
    assert [event.rpartition("_incident_")[2] for event in events] == ["updated", "created"]
