"""An address on loopback by which other servers reach an application that lives in the test's process."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest

from tests.support.patience import PATIENCE_S


class Doorstep:
    """What is posted to `url` goes to `app`, once there is one."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.app: Any = None
        self.url = ""

    def taken_in(self, path: str, headers: dict[str, str], body: bytes) -> httpx.Response:
        """The application's answer, from a thread beside its own."""
        answering = asyncio.run_coroutine_threadsafe(self._asked(path, headers, body), self._loop)
        return answering.result(PATIENCE_S)

    async def _asked(self, path: str, headers: dict[str, str], body: bytes) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(base_url=self.url, transport=transport) as client:
            return await client.post(path, content=body, headers=headers)


@pytest.fixture
async def doorstep() -> AsyncGenerator[Doorstep]:
    """The address; a test says which application is behind it."""
    with _opened(Doorstep(asyncio.get_running_loop())) as step:
        yield step


@contextmanager
def _opened(step: Doorstep) -> Generator[Doorstep]:
    class Here(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            answer = step.taken_in(self.path, dict(self.headers), body)
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers.get("content-type", ""))
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Here)
    step.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield step
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
