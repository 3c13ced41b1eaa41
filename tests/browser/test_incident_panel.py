"""Incidents beside the talk: the right-hand side, alone and by two people at once."""

import asyncio
from pathlib import Path

from playwright.async_api import Route, expect

from tests.browser.axe import faults
from tests.browser.office import INCIDENTS, PHONE, Office
from tests.browser.pointer import press_beside

STAGES = [
    {
        "title": "Triage",
        "items": [
            {"title": "Ask **support**", "description": "Who is hit?"},
            {"title": "Say so", "command": "/echo We look into it"},
        ],
    },
    {"title": "Repair", "items": [{"title": "Roll back"}]},
]


async def test_two_people_run_an_incident_from_a_post_to_its_export(office: Office) -> None:
    office.playbook("Outage", office.ben, checklists=STAGES)
    office.channel("kitchen", office.ben)
    ana = await office.page(office.ana, f"{office.path}/channels/kitchen")
    ben = await office.page(office.ben, f"{office.path}/channels/kitchen")
    await ben.get_by_role("textbox", name="Write to Kitchen").fill("The cart is empty")
    await ben.keyboard.press("Enter")

    post = ana.get_by_role("article").filter(has_text="The cart is empty")
    await press_beside(post, post.get_by_role("button", name="More about this post"))
    await ana.get_by_role("menuitem", name="Start incident").click()
    dialog = ana.get_by_role("dialog", name="Incident Details")
    await dialog.get_by_role("button", name="Playbook").click()
    await ana.get_by_role("option", name="Outage").click()
    await dialog.get_by_label("Incident Name").fill("Cart empty")
    await ana.keyboard.press("Enter")
    await expect(ana.get_by_role("heading", name="Cart empty", level=1)).to_be_visible()
    hers = ana.get_by_role("complementary", name="Details")
    await expect(hers.get_by_text("No recent updates.")).to_be_visible()

    with office.as_(office.ana) as client:
        team = {"team_id": office.team["id"]}
        [incident] = client.get(f"{INCIDENTS}/incidents", params=team).json()["items"]
        body = {"user_id": office.ben.id}
        client.post(f"/api/v4/channels/{incident['channel_id']}/members", json=body).raise_for_status()
    await ben.get_by_role("link", name="Cart empty").click()
    his = ben.get_by_role("complementary", name="Details")
    await his.get_by_role("tab", name="Tasks").click()
    await hers.get_by_role("tab", name="Tasks").click()

    await his.get_by_role("checkbox", name="Ask support").click(force=True)
    await expect(hers.get_by_role("checkbox", name="Ask support")).to_be_checked()
    await hers.get_by_role("button", name="Assignee of Say so: No Assignee").click()
    await ana.get_by_role("option", name=f"@{office.ana.username} (assign to me)").click()
    await expect(his.get_by_role("button", name=f"Assignee of Say so: {office.ana.username}")).to_be_visible()
    await his.get_by_role("button", name="Run /echo We look into it").click()
    await expect(hers.get_by_text(f"by {office.ben.username}")).to_be_visible()
    await expect(hers.get_by_role("button", name="Rerun /echo")).to_be_visible()

    await his.get_by_role("tab", name="Summary").click()
    await his.get_by_role("button", name="Update Status").click()
    await ben.get_by_role("textbox", name="Message").fill("**Half** of the carts are back")
    await ben.get_by_role("button", name="Reminder for next update").click()
    await ben.get_by_role("option", name="60min").click()
    await ben.get_by_role("dialog").get_by_role("button", name="Update Status").click()
    await hers.get_by_role("tab", name="Summary").click()
    await expect(hers.locator("strong", has_text="Half")).to_be_visible()
    await expect(hers.get_by_text("Next status update due in")).to_be_visible()

    await hers.get_by_role("tab", name="Tasks").click()
    await hers.get_by_role("button", name="Next Stage").click()
    await ana.get_by_role("button", name="Confirm").click()
    await expect(his.get_by_text("(2/2)")).to_be_visible()
    await hers.get_by_role("button", name="End Incident").click()
    await ana.get_by_role("button", name="Confirm").click()
    await expect(his.get_by_text("Ended", exact=True)).to_be_visible()
    await expect(hers.get_by_role("button", name="Restart Incident")).to_be_visible()

    await ben.get_by_role("button", name="Main menu").click()
    await ben.get_by_role("menuitem", name="Playbooks & Incidents").click()
    await ben.get_by_role("main").get_by_role("link", name="Incidents").click()
    await ben.get_by_role("main").get_by_role("link", name="Cart empty", exact=True).click()
    await ben.get_by_role("button", name="Export Channel Log").click()
    async with ben.expect_download() as download:
        await ben.get_by_role("menuitem", name="Markdown").click()
    path = Path(await (await download.value).path())
    written = await asyncio.to_thread(path.read_text, encoding="utf-8")
    for part in ("The cart is empty", "We look into it", "**Half** of the carts are back", "Repair"):
        assert part in written


async def test_a_status_update_that_is_edited_or_deleted_changes_beside_the_talk(office: Office) -> None:
    incident = office.incident("Cart empty", office.playbook("Outage"), office.ben)
    page = await office.page(office.ben, incident["path"])
    recent = page.get_by_role("region", name="Recent Update")

    with office.as_(office.ana) as client:
        body = {"message": "Half of them are back", "reminder": 0}
        path = f"{INCIDENTS}/incidents/{incident['id']}/status"
        client.post(path, json=body).raise_for_status()
        await expect(recent.get_by_text("Half of them are back")).to_be_visible()
        posts = client.get(f"/api/v4/channels/{incident['channel_id']}/posts").json()["posts"].values()
        [update] = (post["id"] for post in posts if post["message"] == body["message"])
        edit = {"message": "All of them are back"}
        client.put(f"/api/v4/posts/{update}/patch", json=edit).raise_for_status()
        await expect(recent.get_by_text("All of them are back")).to_be_visible()
        client.delete(f"/api/v4/posts/{update}").raise_for_status()

    await expect(recent.get_by_text("No recent updates.")).to_be_visible()


async def test_tasks_are_added_moved_and_deleted_by_keyboard_and_put_back(office: Office) -> None:
    incident = office.incident("Cart empty", office.playbook("Outage", checklists=STAGES))
    page = await office.page(office.ana, incident["path"])
    panel = page.get_by_role("complementary", name="Details")
    await panel.get_by_role("tab", name="Summary").focus()
    await page.keyboard.press("ArrowRight")

    await panel.get_by_role("button", name="Add task").focus()
    await page.keyboard.press("Enter")
    await expect(panel.get_by_role("textbox", name="Task Name")).to_be_focused()
    await page.keyboard.type("Call the cook")
    await page.keyboard.press("Enter")
    tasks = panel.get_by_role("checkbox")
    await expect(tasks).to_have_count(3)
    await panel.get_by_role("button", name="Move Call the cook").focus()
    await page.keyboard.press("ArrowUp")
    await expect(tasks.nth(1)).to_have_accessible_name("Call the cook")
    await expect(panel.get_by_role("button", name="Move Call the cook")).to_be_focused()
    await panel.get_by_role("button", name="More for Call the cook").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("[role=menu]:focus-within")).to_be_visible()
    await page.get_by_role("menuitem", name="Delete task").press("Enter")
    await expect(tasks).to_have_count(2)
    await page.get_by_role("button", name="Undo").press("Enter")

    await expect(tasks.nth(1)).to_have_accessible_name("Call the cook")


async def test_the_panel_opens_by_itself_once_and_lists_what_is_going_on(office: Office) -> None:
    playbook = office.playbook("Outage", checklists=STAGES)
    incident = office.incident("Cart empty", playbook)
    page = await office.page(office.ana, incident["path"])
    panel = page.get_by_role("complementary", name="Details")
    await expect(panel.get_by_role("heading", name="Cart empty")).to_be_visible()
    assert await faults(page) == []

    await panel.get_by_role("button", name="Back to your incidents").click()
    await expect(panel.get_by_role("heading", name="Your Ongoing Incidents")).to_be_visible()
    office.incident("Oven cold", playbook)
    await expect(panel.get_by_role("heading", name="Oven cold")).to_be_visible()
    await panel.get_by_role("button", name="Close panel").click()
    await expect(panel).to_have_count(0)

    await page.get_by_role("textbox", name="Write to Cart empty").fill("/incident info")
    await page.keyboard.press("Enter")
    await expect(panel.get_by_role("heading", name="Cart empty")).to_be_visible()


async def test_on_a_phone_the_panel_is_a_page(office: Office) -> None:
    incident = office.incident("Cart empty", office.playbook("Outage", checklists=STAGES))
    page = await office.page(office.ana, incident["path"], size=PHONE)
    await page.get_by_role("button", name="Incidents").tap()
    await page.get_by_role("tab", name="Tasks").tap()
    await page.get_by_role("checkbox", name="Ask support").click(force=True)
    await expect(page.get_by_text("1 of 2 done")).to_be_visible()

    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    assert await faults(page) == []


async def test_a_refused_tick_is_taken_back_and_says_why(office: Office) -> None:
    office.forgiven.append("409")
    incident = office.incident("Cart empty", office.playbook("Outage", checklists=STAGES))
    page = await office.page(office.ana, incident["path"])
    await page.get_by_role("tab", name="Tasks").click()
    await page.route(
        "**/item/0/state*", lambda route: route.fulfill(status=409, json={"error": "Not at night."})
    )

    task = page.get_by_role("checkbox", name="Ask support")
    await task.dispatch_event("click")

    told = page.get_by_role("region", name="Notifications").get_by_text("Not at night.")
    await expect(told).to_be_visible()
    await expect(task).not_to_be_checked()


async def test_a_run_that_fails_is_shown_to_the_others(office: Office) -> None:
    stages = [{"title": "Triage", "items": [{"title": "Page", "command": "/nothing-like-it"}]}]
    incident = office.incident("Cart empty", office.playbook("Outage", checklists=stages), office.ben)
    page = await office.page(office.ana, incident["path"])
    await page.get_by_role("tab", name="Tasks").click()
    await expect(page.get_by_role("checkbox", name="Page")).to_be_visible()

    with office.as_(office.ben) as client:
        path = f"{INCIDENTS}/incidents/{incident['id']}/checklists/0/item/0/run"
        assert client.post(path).status_code == 400

    await expect(page.get_by_text(f"for {office.ben.username}")).to_be_visible()


async def test_a_tick_hits_the_task_that_was_seen_though_somebody_moved_it(office: Office) -> None:
    incident = office.incident("Cart empty", office.playbook("Outage", checklists=STAGES), office.ben)
    page = await office.page(office.ana, incident["path"])
    await page.get_by_role("tab", name="Tasks").click()

    async def moved_before(route: Route) -> None:
        with office.as_(office.ben) as client:
            path = f"{INCIDENTS}/incidents/{incident['id']}/checklists/0/reorder"
            client.put(path, json={"item_num": 0, "new_location": 1}).raise_for_status()
        await route.continue_()

    await page.route("**/item/0/state*", moved_before)
    await page.get_by_role("checkbox", name="Ask support").dispatch_event("click")

    await expect(
        page.get_by_role("log", name="Posts").get_by_text("checked off checklist item Ask support")
    ).to_be_visible()
    await expect(page.get_by_role("checkbox", name="Ask support")).to_be_checked()
    await expect(page.get_by_role("checkbox", name="Say so")).not_to_be_checked()
