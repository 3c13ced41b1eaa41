"""The official JavaScript client (Client4, WebSocketClient), unmodified, under Node."""

import os
import subprocess
import sys
from pathlib import Path

from tests.clients.conftest import Workspace

NODE_TESTS = Path(__file__).with_name("node")


def test_the_official_client_works_unmodified(workspace: Workspace) -> None:
    node = Path(sys.prefix) / "bin" / "node"
    run = subprocess.run(
        [str(node), "--test", "--test-timeout=240000", "client.test.mjs"],
        cwd=NODE_TESTS,
        env={
            **os.environ,
            "URL": workspace.server.url,
            "LOGIN": workspace.ana.username,
            "PASSWORD": workspace.ana.password,
            "TEAM": workspace.team["name"],
        },
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
