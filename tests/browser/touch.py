"""What fingers do, by Chromium's own protocol: Playwright only taps."""

from playwright.async_api import Locator, Page

from tests.browser.pointer import box_at_rest

_STEPS = 6


async def drag(page: Page, handle: Locator, to: Locator) -> None:
    """Put a finger on a handle, move it into the upper part of something else, and lift it."""
    await page.wait_for_load_state("networkidle")
    await handle.scroll_into_view_if_needed()
    begin, end = await box_at_rest(handle), await box_at_rest(to)
    x, y = begin["x"] + begin["width"] / 2, begin["y"] + begin["height"] / 2
    across, down = end["x"] + 8 - x, end["y"] + 6 - y
    session = await page.context.new_cdp_session(page)
    path = [(x + across * step / _STEPS, y + down * step / _STEPS) for step in range(_STEPS + 1)]
    for kind, points in (
        ("touchStart", path[:1]),
        *(("touchMove", [point]) for point in path[1:]),
        ("touchEnd", []),
    ):
        touches = [{"x": across, "y": down} for across, down in points]
        await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})  # pyright: ignore[reportUnknownMemberType] -- the library's own gap
        await page.evaluate("new Promise(requestAnimationFrame)")
    await session.detach()
