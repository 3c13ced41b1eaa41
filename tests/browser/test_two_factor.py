"""Two-factor authentication: from the account's security section to signing in with a code."""

import time

import pytest
from playwright.async_api import Page, expect
from pyotp.totp import TOTP

from tests.browser.axe import faults
from tests.browser.office import PHONE, Office


def code_of(secret: str, *, steps: int = 0) -> str:
    return TOTP(secret).generate_otp(int(time.time()) // 30 + steps)


async def secret_on(page: Page) -> str:
    return await page.locator("code").inner_text()


async def test_a_second_factor_is_set_up_used_and_switched_off(office: Office) -> None:
    page = await office.page(office.ben, "/account?tab=security", size=PHONE)
    await page.get_by_role("button", name="Set up two-factor").click()
    secret = await secret_on(page)
    assert await faults(page) == []
    office.forgiven += ["400", "401"]
    await page.get_by_label("Code").fill("12")
    await page.get_by_role("button", name="Switch two-factor on").click()
    await expect(page.get_by_text("not the code of the new secret")).to_be_visible()
    await page.get_by_label("Code").fill(code_of(secret))
    await page.get_by_role("button", name="Switch two-factor on").click()
    await expect(page.get_by_role("button", name="Switch two-factor off")).to_be_visible()

    entrance = await office.page(None, "/login", size=PHONE)
    await expect(entrance.get_by_label("Username or e-mail")).to_be_focused()
    await entrance.get_by_label("Username or e-mail").fill(office.ben.username)
    await entrance.get_by_label("Password").fill(office.ben.password)
    await entrance.get_by_role("button", name="Sign in").click()
    await expect(entrance.get_by_label("Code")).to_be_focused()
    assert await faults(entrance) == []
    await entrance.get_by_label("Code").fill(code_of(secret, steps=1))
    await entrance.get_by_role("button", name="Sign in").click()
    await expect(entrance.get_by_role("heading", name="Town Square", level=1)).to_be_visible()

    await page.get_by_role("button", name="Switch two-factor off").click()
    await expect(page.get_by_role("button", name="Set up two-factor")).to_be_visible()


@pytest.mark.parametrize(("language", "deed"), [("en-GB", "Switch two-factor on"), ("de-DE", "einschalten")])
async def test_a_server_that_enforces_it_leads_to_setting_it_up(
    office: Office, language: str, deed: str
) -> None:
    with office.as_(office.admin) as client:
        secret = client.post("/api/v4/users/me/mfa/generate").json()["secret"]
        client.put("/api/v4/users/me/mfa", json={"activate": True, "code": code_of(secret)})
        wanted = {"ServiceSettings": {"EnforceMultifactorAuthentication": True}}
        client.put("/api/v4/config/patch", json=wanted).raise_for_status()
    office.forgiven += ["401", "WebSocket"]
    page = await office.page(office.ana, "/", size=PHONE, languages=(language,), hears=False)
    await page.wait_for_url("**/mfa/setup")
    await page.get_by_role("button").click()
    secret = await secret_on(page)
    assert await faults(page) == []
    await page.get_by_label("Code").fill(code_of(secret))
    await page.get_by_role("button", name=deed).click()

    await expect(page.get_by_role("heading", name="Town Square", level=1)).to_be_visible()
    with office.as_(office.admin) as client:
        let_be = {"ServiceSettings": {"EnforceMultifactorAuthentication": False}}
        client.put("/api/v4/config/patch", json=let_be).raise_for_status()
        client.put("/api/v4/users/me/mfa", json={"activate": False}).raise_for_status()
