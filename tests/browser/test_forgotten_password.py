"""A forgotten password: from the sign-in page over a mail to being signed in again."""

import asyncio
import re

from playwright.async_api import expect

from tests.browser.axe import faults
from tests.browser.office import PHONE, Office
from tests.support.mail import FROM, Letterbox


async def test_a_mail_leads_back_in(office: Office) -> None:
    letterbox = Letterbox()
    mail_server = await asyncio.get_running_loop().create_server(letterbox.smtp, "127.0.0.1", 0)
    port = mail_server.sockets[0].getsockname()[1]
    mail = {"SMTPServer": "127.0.0.1", "SMTPPort": str(port), "FeedbackEmail": FROM}
    settings = {"EmailSettings": mail, "ServiceSettings": {"SiteURL": office.server.url}}
    with office.as_(office.admin) as client:
        client.put("/api/v4/config/patch", json=settings).raise_for_status()
    page = await office.page(None, "/login", size=PHONE)
    office.forgiven.append("401")

    await page.get_by_role("link", name="Forgot your password?").click()
    address = f"{office.ana.username}@example.com"
    # The field of the page before is called much the same: "Username or e-mail address".
    await page.get_by_role("textbox", name="E-mail address", exact=True).fill(address)
    assert await faults(page) == []
    await page.get_by_role("button", name="Send the mail").click()
    await expect(page.get_by_role("status")).to_contain_text("on its way")
    link = re.search(r"http://\S+", (await letterbox.mail_to(address)).get_content())
    assert link is not None
    await page.goto(link[0])
    await expect(page.get_by_label("New password")).to_be_focused()
    await page.get_by_label("New password").fill("a-better-password")
    assert await faults(page) == []
    await page.get_by_role("button", name="Change password").click()
    await expect(page.get_by_label("Username or e-mail")).to_be_focused()
    await page.get_by_label("Username or e-mail").fill(office.ana.username)
    await page.get_by_label("Password").fill("a-better-password")
    await page.get_by_role("button", name="Sign in").click()

    await expect(page.get_by_role("heading", name="Town Square", level=1)).to_be_visible()
    mail_server.close()
    with office.as_(office.admin) as client:
        nothing = {"EmailSettings": {"SMTPServer": ""}, "ServiceSettings": {"SiteURL": ""}}
        client.put("/api/v4/config/patch", json=nothing).raise_for_status()
