"""How one orders one's sidebar: categories of one's own, incidents gathered or not, several teams."""

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.browser.office import DESKTOP, PHONE, Office
from tests.browser.pointer import press_beside

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["wide", "phone"])


async def sidebar(office: Office, size: ViewportSize) -> Page:
    """Ana's page with her channels: on a phone they are a page of their own."""
    page = await office.page(office.ana, f"{office.path}/channels/town-square", size=size)
    if size is PHONE:
        await page.get_by_role("button", name="Show channels").click()
    await expect(page.get_by_role("navigation").get_by_role("link", name="Town Square")).to_be_visible()
    return page


async def in_a_category(page: Page, channel: str, category: str) -> None:
    navigation = page.get_by_role("navigation")
    menu = navigation.get_by_role("button", name=f"More about {channel}")
    await press_beside(navigation.get_by_role("link", name=channel), menu)
    await page.get_by_role("menuitem", name="Move to a new category").click()
    await page.get_by_role("textbox", name="Name of the category").fill(category)
    await page.keyboard.press("Enter")
    await expect(navigation.get_by_role("button", name=category, exact=True)).to_be_visible()


async def test_a_category_is_dragged_renamed_and_deleted(office: Office) -> None:
    office.channel("kitchen")
    page = await sidebar(office, DESKTOP)
    await in_a_category(page, "Kitchen", "House")
    navigation = page.get_by_role("navigation")
    heads = navigation.get_by_role("heading", level=2)
    await expect(heads).to_have_text(["House", "Channels", "Direct messages"])

    await navigation.get_by_role("button", name="House", exact=True).drag_to(
        navigation.get_by_role("button", name="Direct messages", exact=True)
    )
    await expect(heads.first).to_have_text("Channels")
    await navigation.get_by_role("button", name="More about House").click()
    await page.get_by_role("menuitem", name="Rename category").click()
    await page.get_by_role("textbox", name="Name of the category").fill("Home")
    await page.keyboard.press("Enter")
    await navigation.get_by_role("button", name="More about Home").click()
    await page.get_by_role("menuitem", name="Delete category").click()

    await expect(heads).to_have_text(["Channels", "Direct messages"])
    await expect(navigation.get_by_role("link", name="Kitchen")).to_be_visible()


@SIZES
async def test_incidents_are_gathered_until_one_wants_them_where_they_were(
    office: Office, size: ViewportSize
) -> None:
    office.incident("Lift is stuck", office.playbook("Lift"))
    page = await sidebar(office, size)
    sections = page.get_by_role("navigation").locator("section")
    gathered = sections.filter(has_text="Ongoing incidents")
    channels = sections.filter(has_text="Town Square")

    async def choose(entry: str) -> None:
        await page.get_by_role("button", name="Main menu").click()
        await page.get_by_role("menuitem", name=entry).click()

    await expect(gathered.get_by_role("link", name="Lift is stuck")).to_be_visible()
    await choose("Leave incidents in their categories")
    await expect(gathered).to_have_count(0)
    await expect(channels.get_by_role("link", name="Lift is stuck")).to_be_visible()
    await choose("Gather ongoing incidents")

    await expect(gathered.get_by_role("link", name="Lift is stuck")).to_be_visible()
    await expect(channels.get_by_role("link", name="Lift is stuck")).to_have_count(0)


@SIZES
async def test_a_mention_in_another_team_is_told_and_leads_there(office: Office, size: ViewportSize) -> None:
    _, square = office.other_team()
    page = await sidebar(office, size)
    teams = page.get_by_role("navigation", name="Teams")
    await expect(teams.get_by_role("link", name="Other Team")).to_be_visible()

    office.post(office.ben, square, f"@{office.ana.username} the kettle is on")
    # One for being added to the team, and one for this.
    await teams.get_by_role("link", name="Other Team, 2 mentions").click()
    if size is PHONE:
        await page.get_by_role("link", name="Town Square").click()

    await expect(page.get_by_role("log", name="Posts").get_by_text("the kettle is on")).to_be_visible()
