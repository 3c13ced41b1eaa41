"""Talking in a channel."""

from playwright.async_api import expect

from tests.browser.axe import faults_in_themes
from tests.browser.office import PHONE, Office


async def test_what_one_writes_the_other_sees_at_once(office: Office) -> None:
    ana = await office.page(office.ana, f"{office.path}/channels/town-square")
    ben = await office.page(office.ben, f"{office.path}/channels/town-square")
    await expect(ben.get_by_role("log", name="Posts")).to_be_visible()

    await ana.get_by_role("textbox", name="Write to Town Square").fill("The **cart** is broken")
    await ana.keyboard.press("Enter")

    for page in (ana, ben):
        await expect(page.get_by_role("log", name="Posts").locator("strong", has_text="cart")).to_have_count(
            1
        )
    await expect(ana.get_by_role("textbox", name="Write to Town Square")).to_have_value("")


async def test_html_in_a_post_stays_text(office: Office) -> None:
    channel = office.channel("kitchen")
    office.post(office.ana, channel, "<img src=x onerror=alert(1)> [x](javascript:alert(1))")

    page = await office.page(office.ana, f"{office.path}/channels/kitchen")

    await expect(page.get_by_role("log", name="Posts").get_by_text("<img src=x")).to_be_visible()
    assert await page.get_by_role("link", name="x", exact=True).get_attribute("href") in (None, "")


async def test_a_phone_shows_channels_and_talk_one_at_a_time(office: Office) -> None:
    page = await office.page(office.ana, f"{office.path}/channels/town-square", size=PHONE)

    await page.get_by_role("button", name="Show channels").click()
    await page.get_by_role("link", name="Off-Topic").click()

    await expect(page.get_by_role("heading", name="Off-Topic", level=1)).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_the_page_has_no_faults_in_any_theme(office: Office) -> None:
    channel = office.channel("kitchen", office.ben)
    written = f"@{office.ana.username} look:\n```python\nprint(1)\n```\n> quoted `code` ~kitchen"
    office.post(office.ben, channel, written)
    page = await office.page(office.ana, f"{office.path}/channels/kitchen")

    await expect(page.get_by_role("log", name="Posts").get_by_text("look")).to_be_visible()
    assert await faults_in_themes(page) == []


async def test_words_at_a_button_come_by_key_and_by_pointer_and_go_by_key(office: Office) -> None:
    page = await office.page(office.ana, f"{office.path}/channels/town-square")
    words = page.get_by_role("tooltip")
    search = page.get_by_role("button", name="Search", exact=True)
    await search.wait_for()

    await page.keyboard.press("Tab")
    await search.focus()
    await expect(words).to_have_text("Search")
    await page.keyboard.press("Escape")
    await expect(words).to_have_count(0)
    await page.mouse.move(5, 500)
    await search.hover()
    await expect(words).to_have_text("Search")
