"""A browser on a served workspace: one browser and one server for a worker, one office for a test.

Playwright's connection lives in one event loop, so these tests share the session's.
"""

import asyncio
import shutil
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Playwright, async_playwright, expect
from pytest_asyncio import fixture, is_async_test

from tests.browser.office import Office, open_office
from tests.support.outside import Outside
from tests.support.patience import PATIENCE_S
from tests.support.served import Login, Served, served, signed_up

HERE = Path(__file__).parent

expect.set_options(timeout=PATIENCE_S * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    in_session = pytest.mark.asyncio(loop_scope="session")
    for item in items:
        if item.path.is_relative_to(HERE) and is_async_test(item):
            item.add_marker(in_session, append=False)


@fixture(scope="session", loop_scope="session")
async def playwright() -> AsyncGenerator[Playwright]:
    async with async_playwright() as playwright:
        yield playwright


@asynccontextmanager
async def chromium(playwright: Playwright, *names: str) -> AsyncGenerator[Browser]:
    """The first of these programs that there is."""
    program = next((path for name in names if (path := shutil.which(name))), None)
    if program is None:
        pytest.fail("There is no chromium. Run once: sudo apt-get install -y chromium", pytrace=False)
    browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
    yield browser
    await browser.close()


@fixture(scope="session", loop_scope="session")
async def browser(playwright: Playwright) -> AsyncGenerator[Browser]:
    """Chromium without what windows take: a page costs a quarter less."""
    async with chromium(playwright, "chromium-headless-shell", "chromium") as browser:
        yield browser


@fixture(scope="session", loop_scope="session")
async def whole_browser(playwright: Playwright) -> AsyncGenerator[Browser]:
    """Chromium as people have it: it asks before it notifies, and installs what it is shown."""
    async with chromium(playwright, "chromium") as browser:
        yield browser


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("served")) as server:
        yield server
        assert "Traceback" not in server.log


@pytest.fixture(scope="session")
def admin(server: Served) -> Login:
    """The system's administrator."""
    return signed_up(server, "admin")


@fixture(loop_scope="session")
async def office(browser: Browser, server: Served, admin: Login) -> AsyncGenerator[Office]:
    """A team of its own for the test: Ana and Ben are in it. What a page complains of fails the test."""
    async with open_office(browser, server, admin) as office:
        yield office


@fixture(loop_scope="session")
async def whole_office(whole_browser: Browser, server: Served, admin: Login) -> AsyncGenerator[Office]:
    """An office whose pages are in the whole browser."""
    async with open_office(whole_browser, server, admin) as office:
        yield office


@fixture(loop_scope="session")
async def outside(office: Office) -> AsyncGenerator[Outside]:
    """A server outside; the office's team has the command /order for it."""
    there = Outside()
    server = await asyncio.start_server(there.talk, "127.0.0.1", 0)
    there.port = server.sockets[0].getsockname()[1]
    allowed = {"ServiceSettings": {"AllowedUntrustedInternalConnections": "127.0.0.1"}}
    order = {"team_id": office.team["id"], "trigger": "order", "url": f"{there.url}/order", "method": "P"}
    with office.as_(office.admin) as client:
        client.put("/api/v4/config/patch", json=allowed).raise_for_status()
        client.post("/api/v4/commands", json=order).raise_for_status()
    yield there
    server.close()
    await there.end()
