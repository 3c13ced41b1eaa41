"""Pictures of every screen for docs/: wide and narrow, light and dark, on a demonstration of its own.

make screenshots

A screen is one line in SCREENS.
"""

import asyncio
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from tests.support.served import Served, served

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screens"
SIZES = {
    "wide": ViewportSize(width=1440, height=900),
    "narrow": ViewportSize(width=360, height=740),
}
THEMES = ("light", "dark")
TEAM = "parcels"
PRODUCT = "/{team}/com.mattermost.plugin-incident-management"


@dataclass(frozen=True, kw_only=True)
class Screen:
    """`path` may hold {team}; `follows` are names of links, then `opens` of buttons to press, in order."""

    name: str
    path: str
    follows: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    signed_in: bool = True


SCREENS = (
    Screen(name="sign-in", path="/login", signed_in=False),
    Screen(name="channel", path="/{team}/channels/town-square"),
    Screen(name="playbooks", path=f"{PRODUCT}/playbooks"),
    Screen(name="playbook", path=f"{PRODUCT}/playbooks", follows=("Service outage",)),
    Screen(name="incidents", path=f"{PRODUCT}/incidents?show=all"),
    Screen(
        name="incident",
        path=f"{PRODUCT}/incidents?show=all",
        follows=("Checkout takes over 20 seconds",),
    ),
)


async def take(browser: Browser, server: Served, password: str) -> None:
    """Take the picture of each screen in each size and theme."""
    for size_name, size in SIZES.items():
        for theme in THEMES:
            context = await browser.new_context(
                base_url=server.url,
                viewport=size,
                color_scheme="dark" if theme == "dark" else "light",
                reduced_motion="reduce",
                locale="en-GB",
                has_touch=size_name == "narrow",
            )
            for screen in sorted(SCREENS, key=lambda one: one.signed_in):
                if screen.signed_in:
                    login = {"login_id": "ines", "password": password}
                    await context.request.post(
                        "/api/v4/users/login", data=login, headers={"X-Requested-With": "XMLHttpRequest"}
                    )
                page = await context.new_page()
                await show(page, screen)
                await page.screenshot(path=FOLDER / f"{screen.name}-{size_name}-{theme}.png")
                await page.close()
            await context.close()


async def show(page: Page, screen: Screen) -> None:
    """Bring a screen up and wait until it is still."""
    await page.goto(screen.path.format(team=TEAM))
    await page.wait_for_load_state("networkidle")
    for name in screen.follows:
        await page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
        await page.wait_for_load_state("networkidle")
    for name in screen.opens:
        await page.get_by_role("button", name=name, exact=True).click()
    await page.wait_for_load_state("networkidle")


async def main() -> int:
    """Start a demonstration and take all pictures."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("There is no chromium. Run once: sudo apt-get install -y chromium", file=sys.stderr)  # noqa: T201
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "data", "--demo") as server:
        password = re.search(r"ines\W+(\S+)", server.log)
        assert password is not None
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            await take(browser, server, password[1])
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
