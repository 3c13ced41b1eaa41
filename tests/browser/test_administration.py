"""What system administrators do in the browser, and that nobody else does."""

from playwright.async_api import expect

from tests.browser.axe import faults
from tests.browser.office import Office


async def test_an_administrator_looks_after_people_and_settings(office: Office) -> None:
    page = await office.page(office.admin, "/admin")

    await page.get_by_label("Search users").fill(office.ben.username)
    await page.get_by_role("button", name=f"Actions for {office.ben.username}").click()
    await page.get_by_role("menuitem", name="Deactivate").click()
    await expect(page.get_by_text("Deactivated")).to_be_visible()
    await page.get_by_role("button", name=f"Actions for {office.ben.username}").click()
    await page.get_by_role("menuitem", name="Activate", exact=True).click()
    await expect(page.get_by_text("Deactivated")).to_be_hidden()

    for tab in ("Teams", "Incidents", "Integrations", "Webhooks", "Server"):
        await page.get_by_role("tab", name=tab).click()
        await expect(page.get_by_role("tabpanel", name=tab)).to_be_visible()
        assert await faults(page) == []
    await expect(page.get_by_text("The server is well.")).to_be_visible()


async def test_a_bot_is_made_with_a_token(office: Office) -> None:
    page = await office.page(office.admin, "/admin?tab=tools")

    name = f"robot-{office.ana.username}"
    await page.get_by_label("Username of the bot").fill(name)
    await page.get_by_role("button", name="Create bot").click()

    await expect(page.get_by_text("Its token, shown only now:")).to_be_visible()
    await expect(page.get_by_text(f"@{name}")).to_be_visible()


async def test_nobody_else_gets_in(office: Office) -> None:
    page = await office.page(office.ana, "/admin")

    await expect(page.get_by_role("heading", name="For administrators only")).to_be_visible()
