"""Screens that no other test looks at with axe, in both themes: none keeps anybody out."""

from playwright.async_api import Page, expect

from tests.browser.axe import COLOURS, RULES, faults
from tests.browser.office import EMPTY, SCREENS, Office

ADMINISTRATION = ("users", "teams", "incidents", "alerts", "integrations", "tools", "server")
NOBODY = "0" * 26
ACCOUNT = ("profile", "security", "notifications", "looks")


async def faults_at(page: Page, *paths: str) -> dict[str, list[str]]:
    """What axe finds at each address and theme where it finds anything."""
    found: dict[str, list[str]] = {}
    for path in paths:
        await page.goto(path)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await page.wait_for_load_state("networkidle")
        for theme in ("light", "dark"):
            await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            rules = RULES if theme == "light" else COLOURS
            if faulty := await faults(page, rules=rules):
                found[f"{path}, {theme}"] = faulty
    return found


async def test_who_is_not_signed_in_meets_no_faults(office: Office) -> None:
    office.forgiven += ["401", "404", "400"]
    page = await office.page(None, EMPTY)

    assert await faults_at(page, "/reset_password", "/signup_user_complete?id=nobody-knows") == {}


async def test_account_and_ways_on_from_nowhere_have_no_faults(office: Office) -> None:
    office.forgiven += ["404", "403", "500"]
    page = await office.page(office.ana, EMPTY)
    product = f"{office.path}/{SCREENS}"

    assert (
        await faults_at(
            page,
            "/select_team",
            "/admin",
            "/nowhere/channels/town-square",
            f"{office.path}/channels/nowhere",
            f"{office.path}/nowhere/at/all",
            f"{product}/incidents/{NOBODY}",
            f"{product}/playbooks/{NOBODY}",
            f"{product}/incidents",
            *(f"/account?tab={tab}" for tab in ACCOUNT),
        )
        == {}
    )


async def test_administration_has_no_faults(office: Office) -> None:
    page = await office.page(office.admin, EMPTY)

    assert await faults_at(page, *(f"/admin?tab={tab}" for tab in ADMINISTRATION)) == {}
