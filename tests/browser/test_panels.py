"""Panels beside the talk: members, pinned and saved posts, search."""

from playwright.async_api import expect

from tests.browser.axe import faults
from tests.browser.office import PHONE, Office


async def test_people_are_added_to_a_channel(office: Office) -> None:
    office.channel("kitchen")
    page = await office.page(office.ana, f"{office.path}/channels/kitchen")

    await page.get_by_role("button", name="Members 1").click()
    await page.get_by_role("complementary").get_by_role("button", name="Add people").click()
    await page.get_by_role("option", name=office.ben.username).click()

    await expect(page.get_by_role("button", name="Members 2")).to_be_visible()
    await expect(page.get_by_role("complementary").get_by_text(f"@{office.ben.username}")).to_be_visible()
    assert await faults(page) == []


async def test_pinned_posts_are_listed_and_lead_to_their_place(office: Office) -> None:
    channel = office.channel("kitchen")
    pinned = office.post(office.ana, channel, "The bridge is at 4711")
    with office.as_(office.ana) as client:
        client.post(f"/api/v4/posts/{pinned['id']}/pin").raise_for_status()
    page = await office.page(office.ana, f"{office.path}/channels/kitchen")

    await page.get_by_role("button", name="Pinned posts 1").click()
    await page.get_by_role("link", name="Jump").click()

    await expect(
        page.get_by_role("log", name="Posts", exact=True).get_by_text("The bridge is at 4711")
    ).to_be_in_viewport()


async def test_search_finds_posts_with_filters(office: Office) -> None:
    channel = office.channel("kitchen", office.ben)
    office.post(office.ana, channel, f"The oven is hot, says {office.ana.username}")
    office.post(office.ben, channel, f"The oven is cold, @{office.ana.username}")
    page = await office.page(office.ana, f"{office.path}/channels/kitchen")

    await page.get_by_role("button", name="Search").click()
    await page.get_by_role("textbox", name="Search posts").fill(f"oven from:{office.ben.username}")
    await page.keyboard.press("Enter")

    found = page.get_by_role("log", name="Posts that were found")
    await expect(found.get_by_text("The oven is cold")).to_be_visible()
    await expect(found.get_by_text("The oven is hot")).to_have_count(0)
    assert await faults(page) == []
    await page.get_by_role("textbox", name="Search posts").fill("oven in:kitchen before:2020-01-01")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    await page.get_by_role("button", name="Recent mentions").click()
    await expect(page.get_by_role("complementary").get_by_text("1 post")).to_be_visible()
    await expect(found.get_by_text("The oven is cold")).to_be_visible()


async def test_on_a_phone_a_panel_is_a_page(office: Office) -> None:
    office.channel("kitchen")
    page = await office.page(office.ana, f"{office.path}/channels/kitchen", size=PHONE)

    await page.get_by_role("button", name="Search").click()

    await expect(page.get_by_role("log", name="Posts", exact=True)).to_be_hidden()
    await page.get_by_role("button", name="Close panel").click()
    await expect(page.get_by_role("log", name="Posts", exact=True)).to_be_visible()


async def test_shortcuts_are_listed(office: Office) -> None:
    page = await office.page(office.ana, f"{office.path}/channels/town-square")
    await expect(page.get_by_role("log", name="Posts")).to_be_visible()

    await page.keyboard.press("Control+/")

    shown = page.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(shown.get_by_role("region", name="Writing")).to_contain_text("Take the suggestion")
    assert await faults(page) == []
