"""A browser window that notes what is on its screen, and what it costs."""

import json
import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from playwright.async_api import Browser, BrowserContext, CDPSession, Page, async_playwright

from bench.browser.stage import ANA
from bench.stage import PASSWORD

_PROBE = Path(__file__).with_name("probe.js").read_text()
_PATIENCE_MS = 120_000
_TRACED = ("devtools.timeline", "disabled-by-default-devtools.timeline")
_WORK = "RunTask"
_GARBAGE = ("MinorGC", "MajorGC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The CPU that the page's main thread has spent since it began, and what the page holds."""

    cpu_ms: float
    heap_mb: float
    nodes: int
    listeners: int


@dataclass(slots=True)
class Works:
    """What pieces of work of the page's main thread cost in CPU, and how much of them collected garbage.

    Both in milliseconds, the dearest first.
    """

    pieces: list[float] = field(default_factory=list[float])
    garbage: list[float] = field(default_factory=list[float])

    def __str__(self) -> str:
        dearest = ", ".join(f"{ms:.0f}" for ms in self.pieces[:5])
        return f"{dearest} ms of CPU; garbage at most {max(self.garbage, default=0):.0f} ms at once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Ana's window: signed in, with nothing in its cache when it opens."""

    page: Page
    tools: CDPSession

    async def cost(self) -> Cost:
        answer = await _told(self.tools, "Performance.getMetrics")
        found: dict[str, float] = {one["name"]: one["value"] for one in answer["metrics"]}
        return Cost(
            cpu_ms=found["ThreadTime"] * 1000,
            heap_mb=found["JSHeapUsedSize"] / 1e6,
            nodes=int(found["Nodes"]),
            listeners=int(found["JSEventListeners"]),
        )

    async def tidied(self) -> Cost:
        """The same after everything that nobody needs is thrown away."""
        await _told(self.tools, "HeapProfiler.collectGarbage")
        return await self.cost()

    @asynccontextmanager
    async def works(self) -> AsyncGenerator[Works]:
        """What the page's thread does in the block; filled in at its end.

        A frame takes longer where others use the cores; what it costs stays the same.
        """
        browser, found = self.page.context.browser, Works()
        if browser is None:
            raise RuntimeError("the window belongs to no browser")
        await browser.start_tracing(page=self.page, categories=list(_TRACED))
        yield found
        events = json.loads(await browser.stop_tracing())["traceEvents"]
        threads = {
            (one["pid"], one["tid"])
            for one in events
            if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
        }
        for one in events:
            if (one["pid"], one["tid"]) not in threads:
                continue
            if one["name"] == _WORK:
                found.pieces.append(one.get("tdur", 0) / 1000)
            elif one["name"] in _GARBAGE:
                found.garbage.append(one.get("tdur", one.get("dur", 0)) / 1000)
        found.pieces.sort(reverse=True)
        found.garbage.sort(reverse=True)

    async def usable(self) -> float:
        """When the channel could be used, in milliseconds since the address was asked for."""
        return await self.page.evaluate("bench.usable")


@asynccontextmanager
async def chromium() -> AsyncGenerator[Browser]:
    """Headless Chromium, the one that the browser tests use."""
    executable = shutil.which("chromium")
    if executable is None:
        raise RuntimeError("There is no chromium. Run once: sudo apt-get install -y chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--enable-precise-memory-info"]
        )
        yield browser
        await browser.close()


@asynccontextmanager
async def window(browser: Browser, url: str, path: str) -> AsyncGenerator[Window]:
    """Open an address in a browser profile of its own."""
    context = await browser.new_context(base_url=url, viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(_PATIENCE_MS)
    await _sign_in(context)
    await context.add_init_script(_PROBE)
    page = await context.new_page()
    tools = await context.new_cdp_session(page)
    await _told(tools, "Performance.enable")
    await page.goto(path, wait_until="commit")
    try:
        yield Window(page=page, tools=tools)
    finally:
        await context.close()


async def _told(tools: CDPSession, command: str) -> dict[str, Any]:
    """The answer of the browser's own tools to a command without parameters."""
    send = cast("Callable[[str], Awaitable[dict[str, Any]]]", tools.send)  # pyright: ignore[reportUnknownMemberType]
    return await send(command)


async def _sign_in(context: BrowserContext) -> None:
    login = {"login_id": ANA, "password": PASSWORD}
    headers = {"X-Requested-With": "XMLHttpRequest"}
    answer = await context.request.post("/api/v4/users/login", data=login, headers=headers)
    if not answer.ok:
        raise RuntimeError(f"Ana cannot sign in: {await answer.text()}")
