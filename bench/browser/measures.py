"""What is measured: each gives the lines that tell it."""

import asyncio
import time
from collections.abc import Mapping

from playwright.async_api import Browser

from bench.browser.spread import spread
from bench.browser.stage import LONG, QUIET, SECOND
from bench.browser.talk import talking
from bench.browser.window import Cost, Window, window

_PER_SECOND = 10
_PER_SECOND_IN_SOAK = 30
_MOMENTS = 10
_SCRIPTS = """() => performance.getEntriesByType("resource")
    .filter((entry) => entry.name.endsWith(".js"))
    .map((entry) => entry.encodedBodySize)"""
_WARM_SWITCHES = 2


def channel_path(name: str) -> str:
    return f"/bench/channels/{name}"


async def first_load(browser: Browser, url: str, times: int) -> list[str]:
    """A channel page without any cache."""
    usable, cpu, sizes = list[float](), list[float](), list[int]()
    for _ in range(times):
        async with window(browser, url, channel_path(QUIET)) as ana:
            usable.append(await ana.usable())
            cpu.append((await ana.cost()).cpu_ms)
            await ana.page.wait_for_load_state("networkidle")
            sizes = await ana.page.evaluate(_SCRIPTS)
    return [
        f"first load, script          {sum(sizes) / 1000:.0f} kB compressed, {len(sizes)} files (aim: 250)",
        f"first load, usable after    {spread(usable)} (aim: 1500)",
        f"  CPU of the page's thread  {spread(cpu)}",
    ]


async def switches(browser: Browser, url: str, times: int) -> list[str]:
    """From the click on a channel that was shown before to the frame with its posts."""
    async with window(browser, url, channel_path(QUIET)) as ana:
        await ana.usable()
        for _ in range(_WARM_SWITCHES):
            await _switch(ana, SECOND)
            await _switch(ana, QUIET)
        before = await ana.cost()
        found = [await _switch(ana, QUIET if number % 2 else SECOND) for number in range(times)]
        after = await ana.cost()
    each = (after.cpu_ms - before.cpu_ms) / times
    return [
        f"channel switch, warm        {spread(found)} (aim: 100); CPU of the page's thread {each:.0f} ms each"
    ]


async def _switch(ana: Window, name: str) -> float:
    switched = asyncio.ensure_future(ana.page.evaluate("name => bench.switched(name)", name.title()))
    await ana.page.get_by_role("navigation").get_by_role("link", name=name.title()).click()
    took = await switched
    await asyncio.sleep(0.3)
    return took


async def long_channel(
    browser: Browser, url: str, ids: Mapping[str, str], *, posts: int, keys: int, scroll_s: float
) -> list[str]:
    """Typing and scrolling in the channel whose posts were all loaded, while ten posts a second arrive."""
    async with window(browser, url, channel_path(LONG)) as ana:
        await ana.usable()
        await _point_at_posts(ana)
        await _roll(ana, seconds=1)
        await ana.page.evaluate("bench.loadAll()")
        jump = ana.page.get_by_role("button", name="Jump to latest")
        await jump.click()
        await jump.wait_for(state="hidden")
        loaded, held = await ana.page.evaluate("bench.loaded()"), await ana.tidied()
        told = [f"posts loaded behind         {loaded:,} of {posts:,}, heap {held.heap_mb:.0f} MB"]
        async with talking(url, ids["token"], [ids[LONG]], per_second=_PER_SECOND) as talk:
            await asyncio.sleep(1)
            told += await _typing(ana, keys)
            told += await _scrolling(ana, scroll_s)
            told.append(f"  meanwhile arrived         {talk.per_second:.1f} posts a second")
    return told


async def _typing(ana: Window, keys: int) -> list[str]:
    box = ana.page.get_by_role("textbox", name=f"Write to {LONG.title()}")
    await box.click()
    await ana.page.evaluate("bench.keysMs = []")
    before, begun = await ana.cost(), time.perf_counter()
    async with ana.works() as works:
        for number in range(keys):
            await ana.page.keyboard.press("abcdefghij klmnop"[number % 17])
            await asyncio.sleep(0.05)
    busy = _busy(before, await ana.cost(), begun)
    found = await ana.page.evaluate("bench.keysMs")
    await box.fill("")
    return [
        f"key press to screen         {spread(found)} (aim: 50); page's thread busy {busy:.0f} %",
        f"  presses over 50 ms        {sum(took > 50 for took in found)}",
        f"  the dearest pieces of work {works}",
    ]


async def _scrolling(ana: Window, seconds: float) -> list[str]:
    await _point_at_posts(ana)
    await ana.page.evaluate("bench.film()")
    before, begun = await ana.cost(), time.perf_counter()
    async with ana.works() as works:
        await _roll(ana, seconds)
    busy = _busy(before, await ana.cost(), begun)
    await ana.page.evaluate("bench.isFilming = false")
    frames = await ana.page.evaluate("bench.framesMs")
    long = await ana.page.evaluate("bench.longFrames.map(([duration]) => duration)")
    return [
        f"scrolling, frames           {spread(frames)} (aim: none over 50); page's thread busy {busy:.0f} %",
        f"  frames over 50 ms         {sum(frame > 50 for frame in frames)}"
        f"; by their own work {len(long)}: {spread(long)}",
        f"  the dearest pieces of work {works}",
    ]


async def _point_at_posts(ana: Window) -> None:
    log = await ana.page.get_by_role("log", name="Posts").bounding_box()
    if log is None:
        raise RuntimeError("there is no list of posts to scroll")
    await ana.page.mouse.move(log["x"] + log["width"] / 2, log["y"] + log["height"] / 2)


async def _roll(ana: Window, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        await ana.page.mouse.wheel(0, -240)
        await asyncio.sleep(0.03)


def _busy(before: Cost, after: Cost, begun: float) -> float:
    return (after.cpu_ms - before.cpu_ms) / (time.perf_counter() - begun) / 10


async def soak(browser: Browser, url: str, ids: Mapping[str, str], seconds: int) -> list[str]:
    """Memory while people talk in two channels and Ana goes to and fro between them; a line for each moment.

    They talk three times as fast as elsewhere, so that what is kept is full after half of the time.
    """
    async with window(browser, url, channel_path(QUIET)) as ana:
        await ana.usable()
        held = [await ana.tidied()]
        talk = talking(url, ids["token"], [ids[QUIET], ids[SECOND]], per_second=_PER_SECOND_IN_SOAK)
        async with talk as said:
            for _ in range(_MOMENTS):
                until, turn = time.perf_counter() + seconds / _MOMENTS, 0
                while turn % 2 or time.perf_counter() < until:
                    turn += 1
                    await _switch(ana, SECOND if turn % 2 else QUIET)
                    await ana.page.keyboard.press("Escape")
                    await asyncio.sleep(0.5)
                held.append(await ana.tidied())
            pace, sent = said.per_second, said.sent
    later = [cost.heap_mb for cost in held[_MOMENTS // 2 :]]
    return [
        *(_held(number * seconds // _MOMENTS, cost) for number, cost in enumerate(held)),
        f"soak, heap in its second half {min(later):.1f} to {max(later):.1f} MB,"
        f" {later[-1] - later[0]:+.1f} from its beginning to its end (aim: level)",
        f"  meanwhile arrived         {sent:,} posts, {pace:.1f} a second",
    ]


def _held(second: int, cost: Cost) -> str:
    held = f"heap {cost.heap_mb:.1f} MB, {cost.nodes:,} nodes, {cost.listeners:,} listeners"
    return f"soak, second {second:<14} {held}"
