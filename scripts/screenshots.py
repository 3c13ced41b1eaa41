"""Pictures of every screen for docs/: wide and narrow, light and dark, on servers of its own.

make screenshots

`python -m scripts.screenshots summary tasks` takes only those. Screens are listed in scripts/screens.py,
and states that must be brought about first in scripts/states.py.
"""

import asyncio
import base64
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from playwright.async_api import Browser, BrowserContext, Page, Request, ViewportSize, async_playwright

from scripts.screen_steps import Screen
from scripts.screens import DEMONSTRATION, EMPTY_SERVER, NEW_SERVER
from scripts.stage import Stage, set_up
from scripts.states import states
from tests.browser.mattermost_host import NEWEST, install
from tests.support.served import Served, served, signed_up

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screens"
SIZES = {
    "wide": ViewportSize(width=1440, height=900),
    "narrow": ViewportSize(width=360, height=740),
}
TEAM = "parcels"
PASSWORD = "Passw0rd-of-pictures"
_LISTED = {screen.name for screen in (*NEW_SERVER, *EMPTY_SERVER, *DEMONSTRATION)}
_LOOKS_OF_MATTERMOST = ROOT / "scripts" / "mattermost.css"
_QUALITY = 40
_PATIENCE_S = 30
# Still is what has nothing on its way: no spinner, no picture that loads, for some frames on end.
_STILL = """() => new Promise((done) => {
  let frames = 0;
  const look = () => {
    const waits = document.querySelector('[class*="ring"][data-size], [aria-busy="true"]');
    const pictures = [...document.images].every((image) => image.complete || image.loading === "lazy");
    frames = waits || !pictures ? 0 : frames + 1;
    frames > 40 ? done() : requestAnimationFrame(look);
  };
  look();
})"""


@dataclass
class Traffic:
    """What a page has asked for and has had no answer to yet."""

    waiting: set[Request] = field(default_factory=set[Request])
    quiet: asyncio.Event = field(default_factory=asyncio.Event)

    def follow(self, page: Page) -> None:
        page.on("request", self._asked)
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._answered)

    def _asked(self, request: Request) -> None:
        self.waiting.add(request)
        self.quiet.clear()

    def _answered(self, request: Request) -> None:
        self.waiting.discard(request)
        if not self.waiting:
            self.quiet.set()

    async def still(self, page: Page) -> None:
        """Wait until the page waits for nothing and shows so."""
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                await self.quiet.wait()
                await page.evaluate(_STILL)
                if not self.waiting:
                    return


async def take(context: BrowserContext, url: str, screen: Screen, size: str) -> None:
    """Bring a screen up, step by step, and take its picture in each theme."""
    page = await context.new_page()
    traffic = Traffic()
    traffic.follow(page)
    if screen.is_in_mattermost:
        await install(page, url, NEWEST)
        await page.route("**/static/host.css", lambda route: route.fulfill(path=_LOOKS_OF_MATTERMOST))
    await page.goto(screen.path.format(team=TEAM))
    await traffic.still(page)
    for step in screen.steps:
        await step(page)
        await traffic.still(page)
    await page.mouse.move(0, 0)
    session = await context.new_cdp_session(page)
    for theme in screen.themes:
        await page.emulate_media(
            color_scheme="dark" if theme == "dark" else "light",
            contrast="more" if theme == "contrast" else "no-preference",
        )
        await traffic.still(page)
        picture: dict[str, str] = await session.send(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] -- the library's own gap
            "Page.captureScreenshot", {"format": "webp", "quality": _QUALITY}
        )
        (FOLDER / f"{screen.name}-{theme}-{size}.webp").write_bytes(base64.b64decode(picture["data"]))
    await page.close()


async def take_all(
    browser: Browser, server: Served, screens: Iterable[Screen], password_of: Callable[[str], str]
) -> list[str]:
    """Take the pictures of a server's screens; gives what failed, and why."""
    failed: list[str] = []
    for who in dict.fromkeys(screen.who for screen in screens):
        for size_name, size in SIZES.items():
            context = await browser.new_context(
                base_url=server.url,
                viewport=size,
                reduced_motion="reduce",
                locale="en-GB",
                has_touch=size_name == "narrow",
                is_mobile=size_name == "narrow",
                permissions=["notifications"],
            )
            context.set_default_timeout(15_000)
            if who:
                login = {"login_id": who, "password": password_of(who)}
                headers = {"X-Requested-With": "XMLHttpRequest"}
                await context.request.post("/api/v4/users/login", data=login, headers=headers)
            for screen in screens:
                if screen.who != who or size_name not in screen.sizes:
                    continue
                try:
                    await take(context, server.url, screen, size_name)
                except Exception as error:  # noqa: BLE001 -- one screen that fails must not cost the others
                    failed.append(
                        f"{screen.name}, {size_name}: {(str(error) or repr(error)).splitlines()[0]}"
                    )
                await context.set_offline(False)
            await context.close()
    return failed


def _opened(server: Served) -> None:
    """A new server's first account and team, and a provider through which one signs in."""
    login = signed_up(server, "marco", PASSWORD)
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {login.token}"}) as client:
        team = {"name": TEAM, "display_name": "Parcels & Co", "type": "O"}
        client.post("/api/v4/teams", json=team).raise_for_status()
        provider = {
            "Issuer": "https://id.example.com",
            "Id": "command-post",
            "ButtonText": "Sign in with Parcels ID",
        }
        site = {"ServiceSettings": {"SiteURL": server.url}}
        client.put("/api/v4/config/patch", json={"OpenIdSettings": provider, **site}).raise_for_status()


def _passwords(server: Served) -> Callable[[str], str]:
    """The passwords of the demonstration's people, which it prints."""
    return dict(re.findall(r"\u2502 (\w+) +\u2502 (\S+) +\u2502", server.log)).__getitem__


async def main(names: list[str]) -> int:
    """Start the servers and take all pictures, or those of the names."""

    def wanted(screens: Iterable[Screen]) -> list[Screen]:
        return [screen for screen in screens if not names or screen.name in names]

    chromium = shutil.which("chromium")
    if chromium is None:
        print("There is no chromium. Run once: sudo apt-get install -y chromium", file=sys.stderr)  # noqa: T201
        return 1
    if not names:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            if wanted((*NEW_SERVER, *EMPTY_SERVER)):
                with served(Path(folder) / "new") as server:
                    failed += await take_all(browser, server, wanted(NEW_SERVER), str)
                    _opened(server)
                    failed += await take_all(browser, server, wanted(EMPTY_SERVER), lambda _: PASSWORD)
            if wanted(DEMONSTRATION):
                with served(Path(folder) / "demo", "--demo") as server:
                    password_of = _passwords(server)
                    failed += await take_all(browser, server, wanted(DEMONSTRATION), password_of)
            if not names or any(name not in _LISTED for name in names):
                with served(Path(folder) / "states", "--demo") as server:
                    password_of = _passwords(server)
                    stage = Stage(server, password_of)
                    screens = wanted(states(stage, await asyncio.to_thread(set_up, stage)))
                    failed += await take_all(browser, server, screens, password_of)
                    stage.close()
            await browser.close()
    for line in failed:
        print(line, file=sys.stderr)  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
