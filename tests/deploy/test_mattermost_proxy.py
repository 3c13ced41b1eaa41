"""The reverse proxy of a Mattermost sends one path to Command Post, sockets included, and leaves the rest."""

import asyncio
import shutil
from pathlib import Path

import httpx
import pytest

from tests.house.sources import ROOT
from tests.support.patience import PATIENCE_S
from tests.support.stand_in import Said, StandIn

PATH = "/plugins/com.mattermost.plugin-incident-management/api/v0/websocket"


async def test_nginx_sends_our_path_and_its_sockets_to_us(stand_in: StandIn, tmp_path: Path) -> None:
    mattermost = StandIn()
    await mattermost.open()
    stand_in.tell("GET", PATH, Said(body={"here": "commandpost"}))
    mattermost.tell("GET", "/api/v4/users/me", Said(body={"here": "mattermost"}))
    here = tmp_path / "nginx.sock"
    written = (ROOT / "deploy/mattermost/nginx.conf").read_text()
    snippet = written.replace("http://127.0.0.1:8066", stand_in.url)
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {tmp_path}/body; proxy_temp_path {tmp_path}/proxy;"
        f" fastcgi_temp_path {tmp_path}/f; uwsgi_temp_path {tmp_path}/u; scgi_temp_path {tmp_path}/s;\n"
        f"server {{ listen unix:{here}; location / {{ proxy_pass {mattermost.url}; }}\n{snippet} }} }}\n"
    )
    command = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if command is None:
        pytest.fail("nginx is needed here: apt-get install nginx-light (scripts/setup dev does it as root)")
    arguments = ("-e", str(tmp_path / "early"), "-c", str(configuration))
    nginx = await asyncio.create_subprocess_exec(command, *arguments)
    try:
        transport = httpx.AsyncHTTPTransport(uds=str(here), retries=6)
        async with (
            asyncio.timeout(PATIENCE_S),
            httpx.AsyncClient(base_url="http://chat.test", transport=transport, timeout=PATIENCE_S) as client,
        ):
            ours = await client.get(PATH, headers={"Upgrade": "websocket", "Connection": "Upgrade"})
            theirs = await client.get("/api/v4/users/me")
    finally:
        nginx.terminate()
        await nginx.wait()
        await mattermost.close()

    [asked] = stand_in.asked
    assert (ours.json(), theirs.json()) == ({"here": "commandpost"}, {"here": "mattermost"})
    assert (asked.path, asked.headers["upgrade"]) == (PATH, "websocket")
    assert asked.headers["connection"] == "upgrade"
    assert asked.headers["host"] == "chat.test"
