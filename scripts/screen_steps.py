"""A screen that docs/ shows, and the steps that lead to it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Locator, Page

Step = Callable[[Page], Awaitable[None]]

PRODUCT = "/{team}/com.mattermost.plugin-incident-management"
WIDE = ("wide",)
EVERYWHERE = ("wide", "narrow")
BOTH = ("light", "dark")
ALL_THEMES = (*BOTH, "contrast")

ONGOING = "/{team}/channels/tracking-shows-yesterdays-positions"
LATE = "/{team}/channels/partners-get-our-webhooks-late"
ENDED = "/{team}/channels/checkout-takes-over-20-seconds"
ANNOUNCED = "/{team}/channels/incident-updates"
TOWN_SQUARE = "/{team}/channels/town-square"


@dataclass(frozen=True, kw_only=True)
class Screen:
    """`path` may hold {team}; the steps are done in order, in each of the sizes."""

    name: str
    path: str
    steps: tuple[Step, ...] = ()
    sizes: tuple[str, ...] = EVERYWHERE
    themes: tuple[str, ...] = BOTH
    is_in_mattermost: bool = False
    """Whether the plugin shows it, in a stand-in for Mattermost's web app."""
    who: str = "marco"
    """Who looks; nobody in particular is ""."""


def press(role: str, name: str, within: str | None = None) -> Step:
    """Press what has the role and a name that begins so; `within` is the name of the place it is in."""

    async def step(page: Page) -> None:
        await _found(page, role, name, within).click()

    return step


def _found(page: Page, role: str, name: str, within: str | None) -> Locator:
    place = page.get_by_label(within, exact=True) if within else page
    words = name.replace("\\", "\\\\").replace('"', '\\"')
    return place.locator(f"role={role}[name=/^{words}/i]").first


def write(text: str, into: str) -> Step:
    async def step(page: Page) -> None:
        field = page.get_by_role("textbox", name=into).or_(page.get_by_role("combobox", name=into)).last
        await field.fill("")
        await field.press_sequentially(text)

    return step


def key(name: str) -> Step:
    async def step(page: Page) -> None:
        await page.keyboard.press(name)

    return step


def of_last_post(button: str) -> Step:
    """Point at the last post, which shows what can be done with it, and press one of these buttons."""

    async def step(page: Page) -> None:
        await page.get_by_role("log", name="Posts").get_by_role("article").last.hover()
        await page.get_by_role("button", name=button, exact=True).last.click()

    return step


def follow(name: str) -> Step:
    """Follow a link of the page itself; the sidebar may have one of the same name."""

    async def step(page: Page) -> None:
        await page.get_by_role("main").get_by_role("link", name=name, exact=True).click()

    return step


async def beside(page: Page) -> None:
    """The incident beside the talk: it is there by itself where there is room."""
    details = page.get_by_label("Details", exact=True)
    button = page.get_by_role("button", name="Incidents", exact=True)
    await button.wait_for()
    if (page.viewport_size or {"width": 0})["width"] < 500:
        await button.click()
    await details.get_by_role("tab", name="Summary").wait_for()


def panel_of(name: str) -> Step:
    """What is beside the talk of Town Square: a button leads to it, or its menu where there is no room."""

    async def step(page: Page) -> None:
        if (page.viewport_size or {"width": 0})["width"] < 500:
            await page.get_by_role("button", name="Town Square").click()
            await page.get_by_role("menuitem", name=name).click()
        else:
            await page.get_by_role("button", name=name).click()

    return step


async def channels(page: Page) -> None:
    """The channels and the main menu: on a phone they are a page of their own."""
    if (page.viewport_size or {"width": 0})["width"] < 500:
        await page.get_by_role("button", name="Show channels").click()


def entry(entry: str, of: str) -> tuple[Step, ...]:
    """Open the menu of a button and choose an entry."""
    return (press("button", of), press("menuitem", entry))


async def channel_menu_in_sidebar(page: Page) -> None:
    """What can be done with a channel where it stands in the sidebar: a pointer shows it."""
    row = page.get_by_role("navigation").get_by_role("link", name="Off-Topic")
    await row.hover()
    await page.get_by_role("navigation").get_by_role("button", name="More about Off-Topic").click()


async def rename(page: Page) -> None:
    await page.get_by_role("textbox", name="Task Name").first.fill("Say what customers can see")
