"""One's own account, and the ways into an empty server and into a team."""

import asyncio
import re
from pathlib import Path

from playwright.async_api import Browser, Response, Route, expect

from tests.browser.axe import faults
from tests.browser.heard import Heard
from tests.browser.office import DESKTOP, INCIDENTS, PHONE, Office
from tests.support.served import served

DESKTOP_OF_ITS_OWN = """
    // One that asks nobody, writes what it shows into the page, and has another window in front.
    window.Notification = class {
        static get permission() { return localStorage.mayNotify ?? "default"; }
        static async requestPermission() { return (localStorage.mayNotify = "granted"); }
        constructor(title, { body }) {
            document.documentElement.dataset.shown = `${title}: ${body}`;
            window.shown = this;
        }
    };
    document.hasFocus = () => false;
"""


async def test_an_empty_server_leads_from_its_first_account_to_a_channel(
    browser: Browser, sqlite_url: str
) -> None:
    with served(Path(sqlite_url.removeprefix("sqlite:///")).parent) as server:
        context = await browser.new_context(base_url=server.url, viewport=DESKTOP)
        page = await context.new_page()
        await page.goto("/")

        await expect(page.get_by_label("E-mail address")).to_be_focused()
        await page.get_by_label("E-mail address").fill("ines@example.com")
        await page.get_by_label("Username").fill("Ines")
        await page.get_by_label("Password").fill("a-good-password")
        await page.get_by_label("Team name").fill("Night Watch")
        assert await faults(page) == []
        await page.get_by_role("button", name="Begin").click()

        await expect(page.get_by_role("heading", name="Town Square", level=1)).to_be_visible()
        assert page.url.endswith("/night-watch/channels/town-square")
        await context.close()


async def test_refusals_that_come_late_do_not_empty_the_first_form(browser: Browser, sqlite_url: str) -> None:
    with served(Path(sqlite_url.removeprefix("sqlite:///")).parent) as server:
        context = await browser.new_context(base_url=server.url, viewport=DESKTOP)
        page = await context.new_page()
        is_filled = asyncio.Event()
        is_told = asyncio.Event()
        asked: list[str] = []

        async def refuse(route: Route) -> None:
            asked.append(route.request.url)
            if len(asked) == 1:
                await route.continue_()
                return
            await is_filled.wait()
            await route.continue_()
            is_told.set()

        await page.route("**/api/v4/users/me", refuse)
        await page.goto("/")
        await expect(page.get_by_label("E-mail address")).to_be_focused()
        await page.get_by_label("E-mail address").fill("ines@example.com")
        is_filled.set()
        await is_told.wait()
        await page.wait_for_load_state("networkidle")

        await expect(page.get_by_label("E-mail address")).to_have_value("ines@example.com")
        await context.close()


async def test_an_invitation_makes_an_account_in_the_team(office: Office) -> None:
    office.forgiven.append("401")
    page = await office.page(None, f"/signup_user_complete?id={office.team['invite_id']}")

    await expect(page.get_by_label("E-mail address")).to_be_focused()
    await page.get_by_label("E-mail address").fill(f"new-{office.ana.username}@example.com")
    await page.get_by_label("Username").fill(f"new-{office.ana.username}")
    await page.get_by_label("Password").fill("a-good-password")
    await page.get_by_role("button", name="Create account").click()

    await expect(page.get_by_role("heading", name="Town Square", level=1)).to_be_visible()


async def test_a_newcomer_comes_by_a_link_sets_a_status_and_leaves_the_team(office: Office) -> None:
    # What the page asked for while it left is refused.
    office.forgiven += ["401", "403", "404"]
    ana = await office.page(office.ana, f"{office.path}/channels/town-square")
    await ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ana.get_by_role("button", name="Main menu").click()
    await ana.get_by_role("menuitem", name="Invite people").click()
    await ana.get_by_role("button", name="Copy link").click()
    await expect(ana.get_by_role("region", name="Notifications").get_by_text("Link copied")).to_be_visible()

    page = await office.page(None, await ana.evaluate("navigator.clipboard.readText()"))
    name = f"cleo-{office.ana.username}"
    await expect(page.get_by_label("E-mail address")).to_be_focused()
    await page.get_by_label("E-mail address").fill(f"{name}@example.com")
    await page.get_by_label("Username").fill(name)
    await page.get_by_label("Password").fill("a-good-password")
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_role("heading", name="Town Square", level=1)).to_be_visible()

    await page.get_by_role("button", name="Main menu").click()
    await page.get_by_role("menuitem", name="Your status").click()
    async with page.expect_response("**/status"):
        await page.get_by_text("Do not disturb").click()
    await page.keyboard.press("Escape")
    await page.reload()
    await page.get_by_role("button", name="Main menu").click()
    await page.get_by_role("menuitem", name="Your status").click()
    await expect(page.get_by_role("radio", name="Do not disturb")).to_be_checked()
    await page.keyboard.press("Escape")

    await page.get_by_role("button", name="Main menu").click()
    await page.get_by_role("menuitem", name="Leave team").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Leave team").click()
    await expect(page).to_have_url(re.compile("select_team$"))
    await page.goto(f"{office.path}/channels/town-square")
    await expect(page.get_by_role("heading", name="This team is not to be found")).to_be_visible()


async def test_a_dead_invitation_says_so(office: Office) -> None:
    office.forgiven += ["401", "404"]
    page = await office.page(None, "/signup_user_complete?id=aaaaaaaaaaaaaaaaaaaaaaaaaa")

    await expect(page.get_by_role("heading", name="no longer valid")).to_be_visible()


async def test_the_account_is_changed_on_a_phone(office: Office) -> None:
    page = await office.page(office.ben, "/account", size=PHONE)
    await expect(page.get_by_label("First name")).to_be_visible()
    await expect(page.get_by_role("button", name="Save")).to_be_visible()
    await page.mouse.move(180, 400)
    await page.mouse.wheel(0, 600)
    await expect(page.locator("html")).not_to_have_js_property("scrollTop", 0)

    await page.get_by_label("First name").fill("Benedict")
    await page.get_by_label("Working hours").fill("Mon-Fri 09:00-17:00")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("region", name="Notifications").get_by_text("Saved.")).to_be_visible()

    with office.as_(office.ben) as client:
        me = client.get("/api/v4/users/me").json()
    assert (me["first_name"], me["props"]["working_hours"]) == ("Benedict", "Mon-Fri 09:00-17:00")
    for tab, name in (("security", "Security"), ("notifications", "Notifications"), ("looks", "Display")):
        await page.goto(f"/account?tab={tab}")
        await expect(page.get_by_role("tabpanel", name=name)).to_be_visible()
        assert await faults(page) == []

    await page.goto("/account?tab=notifications")
    await page.get_by_role("button", name="Mail about my incidents").click()
    await page.get_by_role("option", name="On Monday mornings").click()
    await expect(page.get_by_role("region", name="Notifications").get_by_text("Saved.")).to_be_visible()
    with office.as_(office.ben) as client:
        assert client.get(f"{INCIDENTS}/digest").json() == {"frequency": "weekly"}


async def test_what_a_desktop_is_told_of_is_chosen(office: Office) -> None:
    kitchen = office.channel("kitchen", office.ben)
    page = await office.page(office.ben)
    await page.add_init_script(DESKTOP_OF_ITS_OWN)
    await page.goto("/account?tab=notifications")

    async def choose(choice: str) -> None:
        await page.get_by_role("button", name="Desktop notifications").click()
        await page.get_by_role("option", name=choice).click()
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("region", name="Notifications").get_by_text("Saved.")).to_be_visible()

    async def hear(message: str) -> None:
        heard = Heard(page)
        await page.goto(f"{office.path}/channels/town-square")
        await heard.until("hello")
        office.post(office.ana, kitchen, message)
        await heard.until("posted")

    await page.get_by_role("button", name="Allow").click()
    await expect(page.get_by_role("button", name="Allow")).to_have_count(0)
    await choose("For every message")
    await hear("Lunch is ready")
    shown = f"@{office.ana.username} \u2013 Kitchen: Lunch is ready"
    await expect(page.locator("html")).to_have_attribute("data-shown", shown)
    await page.goto("/account?tab=notifications")
    await choose("Never")
    await hear(f"@{office.ben.username} yours gets cold")
    await expect(page.get_by_role("link", name="Kitchen 2 mentions")).to_be_visible()
    await expect(page.locator("[data-shown]")).to_have_count(0)


async def test_a_notice_that_comes_before_the_teams_leads_into_the_team_it_is_of(office: Office) -> None:
    other, square = office.other_team()
    page = await office.page(office.ben)
    await page.add_init_script(DESKTOP_OF_ITS_OWN)
    await page.evaluate("localStorage.mayNotify = 'granted'")
    is_heard = asyncio.Event()

    async def held(route: Route) -> None:
        await is_heard.wait()
        await route.continue_()

    await page.route("**/api/v4/users/me/teams", held)
    heard = Heard(page)
    await page.goto(f"{office.path}/channels/town-square")
    await heard.until("hello")
    office.post(office.ana, square, f"@{office.ben.username} the milk is off")
    await heard.until("posted")
    is_heard.set()

    await expect(page.locator("html")).to_have_attribute("data-shown", re.compile("the milk is off"))
    await page.evaluate("window.shown.onclick()")
    await expect(page).to_have_url(re.compile(f"/{other['name']}/"))
    await expect(page.get_by_role("log", name="Posts").get_by_text("the milk is off")).to_be_visible()


def _saves_preferences(answer: Response) -> bool:
    return answer.request.method == "PUT" and answer.url.endswith("/preferences")


async def test_who_wants_no_desktop_notices_is_not_asked_again(office: Office) -> None:
    page = await office.page(office.ben)
    await page.add_init_script(DESKTOP_OF_ITS_OWN)
    await page.reload()
    no = page.get_by_role("button", name="No", exact=True)
    async with page.expect_response(_saves_preferences):
        await no.click()
    is_shown = asyncio.Event()

    async def held(route: Route) -> None:
        await is_shown.wait()
        await route.continue_()

    await page.route("**/preferences", held)
    await page.reload()
    await expect(page.get_by_role("log", name="Posts")).to_be_visible()
    await expect(no).to_have_count(0)
    async with page.expect_response("**/preferences"):
        is_shown.set()
    await page.wait_for_load_state("networkidle")
    await expect(no).to_have_count(0)


async def test_a_theme_is_chosen_and_stays(office: Office) -> None:
    page = await office.page(office.ana, "/account?tab=looks")

    await page.get_by_role("button", name="Theme").click()
    await page.get_by_role("option", name="Dark").click()
    await page.reload()

    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
