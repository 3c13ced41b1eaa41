"""Getting in: the sign-in page, and where it leads."""

from playwright.async_api import expect

from tests.browser.axe import COLOURS, RULES, faults
from tests.browser.office import Office


async def test_signing_in_leads_to_where_one_wanted_to_go(office: Office) -> None:
    office.forgiven.append("401")
    page = await office.page(None, f"{office.path}/channels/off-topic")

    await expect(page.get_by_label("Username or e-mail")).to_be_focused()
    await page.get_by_label("Username or e-mail").fill(office.ana.username)
    await page.get_by_label("Password").fill(office.ana.password)
    await page.get_by_role("button", name="Sign in").click()

    await expect(page.get_by_role("heading", name="Off-Topic", level=1)).to_be_visible()


async def test_a_wrong_password_is_said_and_nothing_is_lost(office: Office) -> None:
    office.forgiven.append("401")
    page = await office.page(None, "/login")

    await expect(page.get_by_label("Username or e-mail")).to_be_focused()
    await page.get_by_label("Username or e-mail").fill(office.ana.username)
    await page.get_by_label("Password").fill("wrong")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.get_by_label("Username or e-mail")).to_have_value(office.ana.username)


async def test_the_browsers_language_is_spoken(office: Office) -> None:
    page = await office.page(None, "/login", languages=["de-AT"])

    await expect(page.get_by_role("button", name="Anmelden")).to_be_visible()


async def test_the_page_has_no_faults_in_either_theme(office: Office) -> None:
    for theme in ("light", "dark"):
        page = await office.page(None, "/login", theme=theme)
        await expect(page.get_by_role("button", name="Sign in")).to_be_visible()

        assert await faults(page, rules=RULES if theme == "light" else COLOURS) == []
