"""Rehearsals in the browser."""

import re

from playwright.async_api import expect

from tests.browser.axe import faults
from tests.browser.office import INCIDENTS, PHONE, SCREENS, Office


async def test_an_incident_is_rehearsed_and_marked_as_practice_everywhere(office: Office) -> None:
    incident = office.incident("Login is slow", office.playbook("Outage"))
    with office.as_(office.ana) as client:
        path = f"{INCIDENTS}/incidents/{incident['id']}"
        client.put(f"{path}/checklists/0/item/0/state", json={"new_state": "closed"}).raise_for_status()
        client.put(f"{path}/end").raise_for_status()
    page = await office.page(office.ana, f"{office.path}/{SCREENS}/incidents/{incident['id']}")

    await page.get_by_role("button", name="Rehearse").click()
    await expect(page.get_by_role("button", name="Begin the rehearsal")).to_be_visible()
    assert await faults(page) == []
    await page.get_by_role("button", name=re.compile("How fast")).click()
    await page.get_by_role("option", name="1,000 times as fast").click()
    await page.get_by_role("button", name="Begin the rehearsal").click()

    await expect(page.get_by_text("The original ended here.").first).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Practice: Login is slow")
    await expect(page.get_by_text("[Practice]").first).to_be_visible()
    await expect(page.get_by_text("This is a rehearsal: nothing outside")).to_be_visible()
    await page.goto(f"{office.server.url}{office.path}/{SCREENS}/incidents")
    row = page.get_by_role("row", name=re.compile("Practice: Login is slow"))
    await expect(row.get_by_text("Practice", exact=True)).to_be_visible()
    await row.get_by_role("link", name="Practice: Login is slow", exact=True).click()
    await expect(page.get_by_role("region", name="Score sheet")).to_contain_text("2 of 2 steps replayed")
    assert await faults(page) == []


async def test_a_playbook_is_rehearsed_on_a_phone(office: Office) -> None:
    playbook = office.playbook("Outage")
    page = await office.page(
        office.ana,
        f"{office.path}/{SCREENS}/rehearse/playbook/{playbook['id']}",
        size=PHONE,
        languages=["de"],
    )
    seed = page.get_by_role("textbox", name="Startzahl")
    await seed.fill("x")
    await expect(page.get_by_text("Eine ganze Zahl")).to_be_visible()
    assert await faults(page) == []
    await seed.fill("7")
    await page.get_by_role("button", name="Übung beginnen").click()
    await expect(page.get_by_text("This is practice.").first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
