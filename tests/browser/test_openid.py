"""Signing in through a provider of OpenID Connect: there and back, with a second factor, and refused."""

from playwright.async_api import expect

from tests.browser.axe import faults
from tests.browser.office import PHONE, Office
from tests.browser.test_two_factor import code_of
from tests.support.openid import CLIENT_ID, openid_provider


async def test_the_provider_leads_back_in(office: Office) -> None:
    async with openid_provider() as provider:
        provider.needs_secret = False
        provider.person["email"] = f"{office.ana.username}@example.com"
        settings = {"Issuer": provider.issuer, "Id": CLIENT_ID, "ButtonText": "Sign in with Acme"}
        with office.as_(office.admin) as client:
            site = {"ServiceSettings": {"SiteURL": office.server.url}}
            client.put("/api/v4/config/patch", json={"OpenIdSettings": settings, **site}).raise_for_status()
        with office.as_(office.ana) as client:
            secret = client.post("/api/v4/users/me/mfa/generate").json()["secret"]
            client.put("/api/v4/users/me/mfa", json={"activate": True, "code": code_of(secret)})
        office.forgiven += ["401"]
        page = await office.page(None, f"/login?redirect_to={office.path}/channels/off-topic", size=PHONE)
        await expect(page.get_by_role("button", name="Sign in with Acme")).to_be_visible()
        assert await faults(page) == []

        await page.get_by_role("button", name="Sign in with Acme").click()
        await expect(page.get_by_text("Another account has your e-mail address")).to_be_visible()
        assert await faults(page) == []

        with office.as_(office.admin) as client:
            linking = {"OpenIdSettings": {"LinkByEmail": True}}
            client.put("/api/v4/config/patch", json=linking).raise_for_status()
        await page.goto(f"/login?redirect_to={office.path}/channels/off-topic")
        await page.get_by_role("button", name="Sign in with Acme").click()
        await expect(page.get_by_label("Code")).to_be_focused()
        await page.get_by_label("Code").fill(code_of(secret, steps=1))
        await page.get_by_role("button", name="Sign in").click()

        await expect(page.get_by_role("heading", name="Off-Topic", level=1)).to_be_visible()
        german = await office.page(None, "/login?refused=no_account", languages=("de-DE",))
        await expect(german.get_by_text("Du hast hier kein Konto")).to_be_visible()
        with office.as_(office.admin) as client:
            nothing = {"Issuer": "", "Id": "", "ButtonText": "", "LinkByEmail": False}
            site = {"ServiceSettings": {"SiteURL": ""}}
            client.put("/api/v4/config/patch", json={"OpenIdSettings": nothing, **site}).raise_for_status()
