"""A whole incident: by keyboard alone to the export of its channel, and over a connection that breaks."""

from playwright.async_api import Locator, Page, expect

from tests.browser.office import Office

STAGES = [
    {"title": "Look", "items": [{"title": "Ask around"}, {"title": "Read the log"}]},
    {"title": "Mend", "items": [{"title": "Roll back"}]},
]
_TABS = 90


async def tab_to(page: Page, wanted: Locator) -> None:
    """Go on from control to control until the wanted one has the focus."""
    await expect(wanted).to_be_visible()
    for _ in range(_TABS):
        if await wanted.evaluate(
            "(it) => it === document.activeElement || it.contains(document.activeElement)"
        ):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key does not lead to {wanted}")


async def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    await tab_to(page, wanted)
    await page.keyboard.press(key)


async def test_an_incident_is_run_by_keyboard_alone(office: Office) -> None:
    office.playbook("Outage", checklists=STAGES)
    page = await office.page(office.ana, f"{office.path}/channels/town-square")
    panel = page.get_by_role("complementary", name="Details")
    dialog = page.get_by_role("dialog").or_(page.get_by_role("alertdialog"))

    await tab_to(page, page.get_by_role("textbox", name="Write to Town Square"))
    await page.keyboard.type("/incident start ")
    await page.keyboard.press("Enter")
    await press(page, dialog.get_by_role("button", name="Playbook"))
    await page.get_by_role("option", name="Outage").wait_for()
    await expect(page.locator("[role=listbox]:focus-within")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await tab_to(page, dialog.get_by_label("Incident Name"))
    await page.keyboard.type("Cart empty")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Cart empty", level=1)).to_be_visible()

    await press(page, panel.get_by_role("tab", name="Summary"), "ArrowRight")
    await press(page, panel.get_by_role("checkbox", name="Ask around"), "Space")
    await expect(panel.get_by_role("checkbox", name="Ask around")).to_be_checked()
    await press(page, panel.get_by_role("button", name="Assignee of Read the log: No Assignee"))
    await page.get_by_role("option", name="(assign to me)").wait_for()
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type(office.ana.username)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(
        panel.get_by_role("button", name=f"Assignee of Read the log: {office.ana.username}")
    ).to_be_visible()

    await press(page, panel.get_by_role("tab", name="Tasks"), "ArrowLeft")
    await press(page, panel.get_by_role("button", name="Update Status"))
    await tab_to(page, dialog.get_by_role("textbox", name="Message"))
    await page.keyboard.type("Half of the carts are back")
    await press(page, dialog.get_by_role("button", name="Update Status"))
    await expect(panel.get_by_text("Half of the carts are back")).to_be_visible()

    await press(page, panel.get_by_role("tab", name="Summary"), "ArrowRight")
    await press(page, panel.get_by_role("button", name="Next Stage"))
    await press(page, dialog.get_by_role("button", name="Confirm"))
    await press(page, panel.get_by_role("button", name="End Incident"))
    await press(page, dialog.get_by_role("button", name="Confirm"))
    await expect(panel.get_by_role("button", name="Restart Incident")).to_be_visible()

    await press(page, page.get_by_role("button", name="Main menu"))
    await page.get_by_role("menuitem", name="Playbooks & Incidents").wait_for()
    await expect(page.locator("[role=menu]:focus-within")).to_be_visible()
    await page.keyboard.type("Playbooks")
    await page.keyboard.press("Enter")
    await press(page, page.get_by_role("main").get_by_role("link", name="Incidents"))
    await press(page, page.get_by_role("main").get_by_role("link", name="Cart empty", exact=True))
    await press(page, page.get_by_role("button", name="Export Channel Log"))
    await page.get_by_role("menuitem", name="CSV").wait_for()
    await expect(page.locator("[role=menu]:focus-within")).to_be_visible()
    async with page.expect_download() as download:
        await page.keyboard.type("CSV")
        await page.keyboard.press("Enter")
    assert (await download.value).suggested_filename.endswith(".csv")


async def test_nothing_is_missing_after_the_connection_was_lost_in_an_incident(office: Office) -> None:
    office.forgiven += ["ERR_INTERNET_DISCONNECTED", "WebSocket"]
    playbook = office.playbook("Outage", office.ben, checklists=STAGES)
    incident = office.incident("Cart empty", playbook, office.ben)
    ana = await office.page(office.ana, incident["path"])
    ben = await office.page(office.ben, incident["path"])
    hers = ana.get_by_role("complementary", name="Details")
    his = ben.get_by_role("complementary", name="Details")
    for panel in (hers, his):
        await panel.get_by_role("tab", name="Tasks").click()
        await expect(panel.get_by_role("checkbox", name="Ask around")).to_be_visible()

    await ana.context.set_offline(True)
    await his.get_by_role("checkbox", name="Ask around").dispatch_event("click")
    await expect(his.get_by_text("1 of 2 done")).to_be_visible()
    await his.get_by_role("button", name="Next Stage").click()
    await ben.get_by_role("button", name="Confirm").click()
    await expect(his.get_by_text("(2/2)")).to_be_visible()
    await ben.get_by_role("textbox", name="Write to Cart empty").fill("It was the cache")
    await ben.keyboard.press("Enter")
    await expect(hers.get_by_text("(1/2)")).to_be_visible()
    await ana.context.set_offline(False)

    await expect(hers.get_by_text("(2/2)")).to_be_visible()
    await expect(hers.get_by_role("checkbox", name="Roll back")).to_be_visible()
    posts = ana.get_by_role("log", name="Posts")
    await expect(posts.get_by_text("It was the cache")).to_have_count(1)
    await expect(posts.get_by_text("checked off checklist item Ask around")).to_have_count(1)
    await expect(posts.get_by_text("changed the active stage from Look to Mend")).to_have_count(1)
