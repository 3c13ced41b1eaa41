"""The review of an incident in the browser."""

import re

from playwright.async_api import expect

from tests.browser.axe import faults, faults_in_themes
from tests.browser.office import DESKTOP, INCIDENTS, PHONE, SCREENS, Office
from tests.support.stand_in import Said, StandIn


async def test_the_review_leads_from_what_it_says_to_the_log(office: Office) -> None:
    incident = office.incident("Login is slow", office.playbook("Outage"), office.ben)
    with office.as_(office.ana) as client:
        path = f"{INCIDENTS}/incidents/{incident['id']}"
        client.patch(path, json={"active_stage": 1}).raise_for_status()
        client.put(f"{path}/checklists/0/item/0/state", json={"new_state": "closed"}).raise_for_status()
        client.put(f"{path}/end").raise_for_status()
    page = await office.page(office.ana, f"{office.path}/{SCREENS}/incidents/{incident['id']}")

    await page.get_by_role("tab", name="Review").click()
    await expect(page.get_by_role("region", name="How it went")).to_contain_text("without gaps")
    stages = page.get_by_role("table", name="Stages")
    await expect(stages.get_by_role("row", name=re.compile("^Mend"))).to_contain_text("once")
    late = page.get_by_role("region", name="Done late")
    await late.get_by_role("link", name=re.compile("completed “Ask around”")).click()

    log = page.get_by_role("region", name="Event log")
    marked = log.locator("[aria-current]")
    await expect(marked).to_contain_text("completed “Ask around”")
    await expect(marked).to_be_in_viewport()
    await expect(marked).to_be_focused()

    # What all incidents say together: narrowed by pressing a month, which the address then holds.
    with office.as_(office.ana) as client:
        client.post(f"{path}/follow_ups", json={"title": "Add an alert", "due_at": 1}).raise_for_status()
    await page.goto(f"{office.path}/{SCREENS}/dashboard")
    to_do = page.get_by_role("region", name="Open follow-ups")
    await expect(to_do.get_by_role("row", name=re.compile("^Add an alert"))).to_contain_text("overdue")
    steps = page.get_by_role("region", name="From the start until …")
    await steps.get_by_role("button", name=re.compile("^Stage “Mend”")).click()
    await page.get_by_role("toolbar", name="By month").get_by_role("button").last.click()
    await expect(page).to_have_url(re.compile(r"step=stage%3AMend&from=20\d\d-\d\d-01&to=20\d\d-\d\d-\d\d$"))
    await page.get_by_role("button", name="Show as table: By month").click()
    table = page.get_by_role("region", name="By month").get_by_role("table")
    await expect(table.get_by_role("columnheader", name="Stage “Mend”")).to_be_visible()
    async with page.expect_download() as download:
        await to_do.get_by_role("link", name="Download open follow-ups as CSV").click()
    assert (await download.value).suggested_filename == "follow-ups.csv"
    await page.get_by_role("button", name="Reset filters").click()
    await to_do.get_by_role("link", name="Add an alert").click()
    await expect(page.get_by_role("region", name="Follow-ups")).to_contain_text("Add an alert")


async def test_the_review_has_no_faults_wide_or_narrow(office: Office) -> None:
    incident = office.incident("Login is slow", office.playbook("Outage"))
    for size in (DESKTOP, PHONE):
        page = await office.page(
            office.ana,
            f"{office.path}/{SCREENS}/incidents/{incident['id']}?view=review",
            size=size,
            languages=["de"],
        )
        await expect(page.get_by_role("region", name="Wie es verlief")).to_be_visible()
        assert await faults_in_themes(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await page.locator("#review-gaps").evaluate("heading => heading.scrollIntoView()")
        assert await page.evaluate("document.scrollingElement.scrollTop + document.body.scrollTop") == 0
        await page.emulate_media(media="print")
        assert await page.locator("button:visible, nav:visible").count() == 0
        await page.emulate_media(media="screen")
        await page.goto(f"{office.path}/{SCREENS}/dashboard")
        await expect(page.get_by_role("region", name="Arbeit nach Stunde")).to_contain_text("Nicht gezeigt")
        assert await faults_in_themes(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_review_is_written_though_somebody_saved_meanwhile_and_published(office: Office) -> None:
    incident = office.incident("Login is slow", office.playbook("Outage"), office.ben)
    page = await office.page(office.ana, f"{office.path}/{SCREENS}/incidents/{incident['id']}?view=review")
    card = page.get_by_role("region", name="Review document")
    await card.get_by_role("button", name="Write").click()
    await card.get_by_role("textbox", name="Review document").fill("# It was the cart")
    with office.as_(office.ben) as client:
        path = f"{INCIDENTS}/incidents/{incident['id']}/review/document"
        client.put(path, json={"text": "Ben's", "version": 0}).raise_for_status()

    await expect(card.get_by_role("status")).to_contain_text("saved another version")
    await card.get_by_role("button", name="Save mine as the next version").click()
    await card.get_by_role("button", name="Publish in the channel").click()

    await expect(card).to_contain_text("Published Version 2, saved by")
    await page.reload()
    await expect(card.get_by_role("heading", name="It was the cart")).to_be_visible()
    await expect(card.get_by_role("link", name="Comments in the channel")).to_be_visible()
    assert await faults(page) == []

    # What is to be done becomes a ticket by one click, which Jira may refuse, and two clicks make no two.
    jira = StandIn()
    await jira.open()
    refusal = Said(status=400, body={"errors": {"summary": "Not today."}})
    jira.tell("POST", "/rest/api/3/issue", refusal, Said(status=201, body={"key": "OPS-7"}))
    allowed = {"ServiceSettings": {"AllowedUntrustedInternalConnections": "127.0.0.1"}}
    settings = {"url": jira.url, "email": "bot@example.com", "token": "t", "project": "OPS"}
    with office.as_(office.admin) as client:
        client.put("/api/v4/config/patch", json=allowed).raise_for_status()
        client.put(f"{INCIDENTS}/integrations/jira", json={"settings": settings}).raise_for_status()
    office.forgiven.append("502")
    follow_ups = page.get_by_role("region", name="Follow-ups")
    await follow_ups.get_by_role("textbox", name="What is to be done").fill("Add an alert")
    await follow_ups.get_by_role("button", name="Add follow-up").click()
    button = follow_ups.get_by_role("button", name="Make a Jira ticket of “Add an alert”")
    await button.click()
    said = page.get_by_role("region", name="Notifications")
    await expect(said).to_contain_text("Jira refused (400). It says: summary: Not today.")
    await button.dblclick()
    link = follow_ups.get_by_role("link", name="OPS-7, ticket of “Add an alert”")
    await expect(link).to_have_attribute("href", f"{jira.url}/browse/OPS-7")
    assert len(jira.asked) == 2
    with office.as_(office.admin) as client:
        client.delete(f"{INCIDENTS}/integrations/jira").raise_for_status()
    await jira.close()
