"""Killed in the middle of a start: Mattermost has the channel, nobody has the incident."""

import asyncio
import signal
from contextlib import suppress
from pathlib import Path

import httpx

from commandpost.api.errors import V0_PREFIX
from commandpost.attached import AttachedDoors, Attachment, create_attached
from commandpost.db import database_at
from commandpost.kernel.clock import SystemClock
from commandpost.kernel.ids import new_id
from commandpost.workspace.model.config import Config
from tests.support.attached import Town, alone
from tests.support.clock import TestClock
from tests.support.faults import Between, Call, Fault
from tests.support.patience import PATIENCE_S
from tests.support.people import running
from tests.support.served import served, signed_up


async def test_after_a_restart_the_channel_is_put_away(
    town: Town, between: Between, tmp_path: Path, attached_doors: AttachedDoors
) -> None:
    ana = signed_up(town.server, f"ana{new_id()[:8]}", by=town.admin.token)
    team = town.team(ana.id)
    wanted = {"name": "Lost mail", "team_id": team["id"], "commander_user_id": ana.id}
    environment = {"COMMANDPOST_MATTERMOST_TOKEN": town.bot_token}

    with served(tmp_path, "--mattermost-url", between.url, environment=environment) as server:

        def killing(call: Call) -> Fault:
            """The call that makes the channel arrives; who made it is dead by then."""
            if (call.method, call.path) != ("POST", "/api/v4/channels"):
                return Fault.NONE
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
            return Fault.LOST

        between.fault = killing
        headers = {"Authorization": f"Bearer {ana.token}"}
        async with httpx.AsyncClient(
            base_url=f"{server.url}{V0_PREFIX}api/v0", headers=headers, timeout=PATIENCE_S
        ) as client:
            while server.process.poll() is None:
                with suppress(httpx.TransportError):
                    await client.post("/incidents", json=wanted)
    between.heal()
    async with asyncio.timeout(PATIENCE_S):
        while "lost-mail" not in await asyncio.to_thread(_channels, town, team["id"]):  # noqa: ASYNC110 another process
            await asyncio.sleep(0.02)

    app = create_attached(
        database_at(f"sqlite:///{tmp_path / 'commandpost.db'}"),
        Attachment(url=between.url, token=town.bot_token),
        clock=(clock := TestClock(SystemClock().now())),
        config=Config(),
        data_dir=tmp_path,
        doors=attached_doors,
        brokers=alone,
    )
    clock.turn(seconds=121)
    async with running(app):
        async with asyncio.timeout(PATIENCE_S):
            while not app.state.begun.undone:  # noqa: ASYNC110 it is no event
                await asyncio.sleep(0.02)

    assert "lost-mail" not in _channels(town, team["id"])


def _channels(town: Town, team_id: str) -> list[str]:
    return [one["name"] for one in town.call("GET", f"/teams/{team_id}/channels")]
