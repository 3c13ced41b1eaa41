"""What is particular to phones and to writing from the right to the left."""

from typing import Any

import pytest
from playwright.async_api import ViewportSize, expect

from tests.browser.axe import faults
from tests.browser.office import DESKTOP, PHONE, SCREENS, Office
from tests.browser.touch import drag


async def test_back_leads_from_panel_and_sidebar_to_the_talk(office: Office) -> None:
    office.channel("kitchen")
    page = await office.page(office.ana, f"{office.path}/channels/town-square", size=PHONE)
    await page.get_by_role("button", name="Show channels").click()
    await page.get_by_role("link", name="Kitchen").click()
    kitchen = page.get_by_role("heading", name="Kitchen", level=1)
    await expect(kitchen).to_be_visible()

    await page.get_by_role("button", name="Search").click()
    await expect(kitchen).to_be_hidden()
    await page.go_back()
    await expect(kitchen).to_be_visible()
    await page.get_by_role("button", name="Show channels").click()
    await expect(kitchen).to_be_hidden()
    await page.go_back()
    await expect(kitchen).to_be_visible()
    await page.get_by_role("button", name="Search").click()
    await page.get_by_role("button", name="Close panel").click()
    await expect(kitchen).to_be_visible()
    await page.get_by_role("button", name="Kitchen").click()
    await page.get_by_role("menuitem", name="Move to a category").click()
    moving = page.get_by_role("dialog", name="Move Kitchen to")
    assert await faults(page) == []
    await moving.get_by_role("button", name="Favourites").click()
    await expect(moving).to_be_hidden()
    await page.get_by_role("button", name="Kitchen").click()
    await expect(page.get_by_role("menuitem", name="Remove from favourites")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.go_back()

    await expect(page.get_by_role("heading", name="Town Square", level=1)).to_be_visible()


async def test_a_finger_drags_stages_and_tasks_in_the_editor_and_tasks_of_an_incident(office: Office) -> None:
    playbook = office.playbook("Outage")
    incident = office.incident("Lift is stuck", playbook)
    page = await office.page(office.ana, f"{office.path}/{SCREENS}/playbooks/{playbook['id']}", size=PHONE)
    tasks = page.get_by_role("textbox", name="Task Name")

    await drag(page, page.get_by_role("button", name="Move task Read the log", exact=True), tasks.first)
    await expect(tasks.first).to_have_value("Read the log")
    stage = page.get_by_role("button", name="Move stage Mend", exact=True)
    await drag(page, stage, page.get_by_role("button", name="Move stage Look", exact=True))
    await expect(tasks.first).to_have_value("Roll back")

    await page.goto(incident["path"])
    await page.get_by_role("button", name="Incidents", exact=True).click()
    await page.get_by_role("tab", name="Tasks").click()
    rows = page.get_by_role("checkbox")
    await expect(rows.first).to_have_accessible_name("Ask around")
    await drag(page, page.get_by_role("button", name="Move Read the log"), rows.first)

    await expect(rows.first).to_have_accessible_name("Read the log")


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
async def test_asking_for_notifications_takes_one_line(whole_office: Office, language: str) -> None:
    page = await whole_office.page(
        whole_office.ana, f"{whole_office.path}/channels/town-square", size=PHONE, languages=[language]
    )

    question = page.get_by_role("status").filter(has=page.get_by_role("button"))
    await expect(question).to_be_visible()

    box = await question.bounding_box()
    assert box is not None
    assert box["height"] <= 64


async def test_it_can_be_installed(whole_office: Office) -> None:
    page = await whole_office.page(whole_office.ana, f"{whole_office.path}/channels/town-square", size=PHONE)
    path = await page.locator("link[rel=manifest]").get_attribute("href")
    assert path is not None

    manifest = await (await page.request.get(path)).json()

    assert (manifest["name"], manifest["start_url"], manifest["display"]) == (
        "Command Post",
        "/",
        "standalone",
    )
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        assert (await page.request.get(icon["src"])).ok
    session = await page.context.new_cdp_session(page)
    answer: dict[str, Any] = await session.send("Page.getInstallabilityErrors")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] -- the library's own gap
    # As every window of a test is.
    assert [error["errorId"] for error in answer["installabilityErrors"]] == ["in-incognito"]
    viewport = await page.locator("meta[name=viewport]").get_attribute("content")
    assert viewport is not None
    assert "viewport-fit=cover" in viewport
    assert "interactive-widget=resizes-content" in viewport


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
async def test_nothing_breaks_from_the_right_to_the_left(office: Office, size: ViewportSize) -> None:
    playbook = office.playbook("Lift")
    incident = office.incident("Lift is stuck", playbook)
    product = f"{office.path}/{SCREENS}"
    hers = await office.page(office.ana, incident["path"], size=size, languages=["ar"])
    theirs = await office.page(office.admin, "/admin", size=size, languages=["ar"])
    await expect(hers.locator("html")).to_have_attribute("dir", "rtl")

    for page, path in (
        (hers, f"{product}/incidents"),
        (hers, f"{product}/incidents/{incident['id']}"),
        (hers, f"{product}/playbooks"),
        (hers, f"{product}/playbooks/{playbook['id']}"),
        (hers, "/account"),
        (theirs, "/admin"),
        (theirs, "/admin?tab=alerts"),
        (hers, incident["path"]),
    ):
        await page.goto(path)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await page.wait_for_load_state("networkidle")
        assert await page.evaluate("document.documentElement.scrollWidth") == size["width"], path
    assert await faults(hers) == []
    if size is PHONE:
        await hers.get_by_role("button", name="Incidents", exact=True).click()
    for name in ("Summary", "Tasks"):
        await hers.get_by_role("tab", name=name).click()
        await expect(hers.get_by_role("tabpanel", name=name)).to_be_visible()
        assert await hers.evaluate("document.documentElement.scrollWidth") == size["width"], name
