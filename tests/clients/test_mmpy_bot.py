"""A bot written with mmpy_bot, unmodified, in a process and environment of its own."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.clients.conftest import Workspace
from tests.support.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-mmpy_bot" / "bin" / "python"


@pytest.fixture(scope="module")
def socket(workspace: Workspace) -> Iterator[ClientConnection]:
    url = workspace.server.url.replace("http", "ws") + "/api/v4/websocket"
    headers = {"Authorization": f"Bearer {workspace.ana.token}"}
    with connect(url, additional_headers=headers, open_timeout=PATIENCE_S) as connection:
        yield connection


@pytest.fixture(scope="module")
def channel(workspace: Workspace, socket: ClientConnection) -> Iterator[dict[str, Any]]:
    """A channel with the bot in it, once the bot is listening."""
    with workspace.as_(workspace.ana) as ana:
        bot = ana.post("/api/v4/bots", json={"username": "parrot"}).raise_for_status().json()
        token = ana.post(f"/api/v4/users/{bot['user_id']}/tokens", json={"description": "tests"}).json()
        member = {"team_id": workspace.team["id"], "user_id": bot["user_id"]}
        ana.post(f"/api/v4/teams/{workspace.team['id']}/members", json=member).raise_for_status()
        body = {"team_id": workspace.team["id"], "name": "aviary", "display_name": "Aviary", "type": "O"}
        made = ana.post("/api/v4/channels", json=body).raise_for_status().json()
        ana.post(
            f"/api/v4/channels/{made['id']}/members", json={"user_id": bot["user_id"]}
        ).raise_for_status()
    command = [PYTHON, Path(__file__).with_name("bot_of_mmpy.py"), str(workspace.server.port), token["token"]]
    process = subprocess.Popen(
        [*map(str, command), "ops"],
        env={**os.environ, "PYTHONPATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if b"Websocket authent" in line:
            break
    else:
        raise AssertionError(f"the bot ended with {process.wait()} before it was listening")
    try:
        yield {**made, "bot_id": bot["user_id"]}
    finally:
        process.terminate()
        process.stdout.close()
        process.wait(timeout=PATIENCE_S)


def say(workspace: Workspace, channel: dict[str, Any], message: str) -> dict[str, Any]:
    with workspace.as_(workspace.ana) as ana:
        return ana.post("/api/v4/posts", json={"channel_id": channel["id"], "message": message}).json()


def next_event(socket: ClientConnection, kind: str, key: str, user_id: str) -> dict[str, Any]:
    """The next event of a kind that is the given user's doing."""
    while True:
        event = json.loads(socket.recv(timeout=PATIENCE_S))
        if event.get("event") == kind:
            thing = json.loads(event["data"][key])
            if thing["user_id"] == user_id:
                return thing


def test_a_listener_answers_in_the_thread(
    workspace: Workspace, channel: dict[str, Any], socket: ClientConnection
) -> None:
    asked = say(workspace, channel, "ping")

    answer = next_event(socket, "posted", "post", channel["bot_id"])

    assert answer["message"] == "pong"
    assert answer["root_id"] in ("", asked["id"])


def test_it_reacts(workspace: Workspace, channel: dict[str, Any], socket: ClientConnection) -> None:
    asked = say(workspace, channel, "cheer")

    reaction = next_event(socket, "reaction_added", "reaction", channel["bot_id"])

    assert (reaction["post_id"], reaction["emoji_name"]) == (asked["id"], "tada")


def test_a_command_is_answered_with_a_file(
    workspace: Workspace, channel: dict[str, Any], socket: ClientConnection
) -> None:
    say(workspace, channel, "@parrot report the outage")

    answer = next_event(socket, "posted", "post", channel["bot_id"])

    with workspace.as_(workspace.ana) as ana:
        assert ana.get(f"/api/v4/files/{answer['file_ids'][0]}").text == "report on the outage\n"


def test_it_answers_in_a_direct_message(
    workspace: Workspace, channel: dict[str, Any], socket: ClientConnection
) -> None:
    say(workspace, channel, "whisper")

    answer = next_event(socket, "posted", "post", channel["bot_id"])

    assert answer["message"] == "just between us"
    assert answer["channel_id"] != channel["id"]
