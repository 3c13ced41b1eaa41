"""Playbooks: made, shared, edited by two at once, deleted and taken back."""

import re

from playwright.async_api import Page, expect

from tests.browser.axe import faults, faults_in_themes
from tests.browser.files import choose_file
from tests.browser.office import INCIDENTS, PHONE, SCREENS, Office


async def add_task(page: Page, stage: str, name: str) -> None:
    section = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=stage))
    await section.get_by_role("button", name="New Task").click()
    await expect(section.get_by_role("textbox", name="Task Name").last).to_be_focused()
    await page.keyboard.type(name)


async def test_a_playbook_is_made_from_the_template_and_shared(office: Office) -> None:
    ana = await office.page(office.ana, f"{office.path}/channels/town-square")
    await ana.get_by_role("button", name="Main menu").click()
    await ana.get_by_role("menuitem", name="Playbooks & Incidents").click()
    await ana.get_by_role("link", name="Incident Management Playbook").click()

    await ana.get_by_role("button", name="Playbook name").click()
    await ana.get_by_role("textbox", name="Playbook name").fill("Outage")
    await ana.keyboard.press("Enter")
    await add_task(ana, "Resolution", "Tell the customers")
    await ana.get_by_role("button", name="Add People").click()
    await expect(ana.get_by_role("dialog").get_by_role("searchbox")).to_be_focused()
    await ana.keyboard.type(office.ben.username)
    await ana.get_by_role("option", name=office.ben.username).click()
    await ana.get_by_role("button", name="Save").click()

    ben = await office.page(office.ben, f"{office.path}/{SCREENS}/playbooks")
    for page in (ana, ben):
        row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Outage", exact=True))
        await expect(row.get_by_role("cell", name="21")).to_be_visible()


async def test_a_running_incident_keeps_what_it_began_with_though_its_playbook_is_changed_and_deleted(
    office: Office,
) -> None:
    playbook = office.playbook("Outage")
    office.incident("Login is slow", playbook)
    ana = await office.page(office.ana, f"{office.path}/{SCREENS}/playbooks/{playbook['id']}")

    await add_task(ana, "Look", "Measure it")
    await ana.get_by_role("button", name="Save").click()
    await expect(ana.get_by_role("cell", name="4", exact=True)).to_be_visible()

    await ana.get_by_role("button", name="Actions on Outage").click()
    await ana.get_by_role("menuitem", name="Delete").click()
    await ana.get_by_role("button", name="Delete Playbook").click()
    await expect(ana.get_by_role("heading", name="What is a Playbook?")).to_be_visible()
    await ana.get_by_role("link", name="Login is slow").click()
    await ana.get_by_role("tab", name="Tasks").click()

    tasks = ana.get_by_role("complementary", name="Details").get_by_role("checkbox")
    await expect(tasks).to_have_count(2)
    await expect(tasks.last).to_have_accessible_name("Read the log")


async def test_a_deleted_playbook_is_taken_back(office: Office) -> None:
    office.playbook("Outage")
    ana = await office.page(office.ana, f"{office.path}/{SCREENS}/playbooks")

    await ana.get_by_role("button", name="Actions on Outage").click()
    await ana.get_by_role("menuitem", name="Delete").click()
    await ana.get_by_role("button", name="Delete Playbook").click()
    await ana.get_by_role("button", name="Undo").hover()
    await expect(ana.get_by_text("The playbook Outage was successfully deleted.").last).to_be_visible()
    await expect(ana.get_by_role("heading", name="What is a Playbook?")).to_be_visible()
    await ana.get_by_role("button", name="Undo").click()

    await expect(ana.get_by_role("link", name="Outage", exact=True)).to_be_visible()


async def test_a_playbook_goes_into_a_file_and_another_is_made_of_it(office: Office) -> None:
    office.playbook("Outage")
    page = await office.page(office.ana, f"{office.path}/{SCREENS}/playbooks")

    await page.get_by_role("button", name="Actions on Outage").click()
    async with page.expect_download() as downloading:
        await page.get_by_role("menuitem", name="Export as a file").click()
    exported = await downloading.value
    assert exported.suggested_filename == "outage.playbook.json"
    upload = page.get_by_role("button", name="Import")
    await choose_file(upload, {"name": "notes.json", "mimeType": "application/json", "buffer": b"Buy milk"})
    await expect(page.get_by_role("region", name="Notifications")).to_contain_text("notes.json is not")
    content = (await exported.path()).read_bytes()
    await choose_file(upload, {"name": "outage.json", "mimeType": "application/json", "buffer": content})

    await expect(page.get_by_role("heading", name="Mend")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Task Name").first).to_have_value("Ask around")
    await page.get_by_role("button", name="Back to Playbooks").click()
    await expect(page.get_by_role("link", name="Outage", exact=True)).to_have_count(2)


async def test_two_editors_are_told_and_neither_overwrites_the_other(office: Office) -> None:
    playbook = office.playbook("Outage", office.ben)
    address = f"{office.path}/{SCREENS}/playbooks/{playbook['id']}"
    ana = await office.page(office.ana, address)
    ben = await office.page(office.ben, address)
    await add_task(ben, "Look", "Of Ben")
    await add_task(ana, "Look", "Of Ana")
    await office.live(ben)

    await ana.get_by_role("button", name="Save").click()
    await expect(ben.get_by_role("status").filter(has_text="saved this playbook while")).to_be_visible()
    office.forgiven.append("412")
    await ben.get_by_role("button", name="Save", exact=True).click()
    await ben.get_by_role("button", name="Save mine as a copy").click()

    for name in ("Outage", "Outage (copy)"):
        await ben.get_by_role("link", name=name, exact=True).click()
        mine = "Of Ben" if name.endswith("(copy)") else "Of Ana"
        await expect(ben.get_by_role("textbox", name="Task Name").nth(2)).to_have_value(mine)
        await ben.get_by_role("button", name="Back to Playbooks").click()


async def test_tasks_and_stages_are_moved_by_pointer_and_by_keyboard(office: Office) -> None:
    playbook = office.playbook("Outage")
    page = await office.page(office.ana, f"{office.path}/{SCREENS}/playbooks/{playbook['id']}")
    tasks = page.get_by_role("textbox", name="Task Name")

    async def expect_order(*names: str) -> None:
        for place, name in enumerate(names):
            await expect(tasks.nth(place)).to_have_value(name)

    await page.get_by_role("button", name="Move task Roll back", exact=True).drag_to(tasks.first)
    await expect(tasks.first).to_have_value("Roll back")
    await page.get_by_role("button", name="Move task Ask around", exact=True).focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Space"):
        await page.keyboard.press(key)
    await expect_order("Roll back", "Read the log", "Ask around")
    await page.get_by_role("button", name="Move stage Mend", exact=True).focus()
    for key in ("Space", "ArrowUp"):
        await page.keyboard.press(key)
    await expect(tasks.first).to_have_value("Ask around")
    await page.keyboard.press("Escape")

    await expect_order("Roll back", "Read the log", "Ask around")


async def test_unsaved_changes_are_asked_about_and_removals_undone(office: Office) -> None:
    playbook = office.playbook("Outage")
    page = await office.page(office.ana, f"{office.path}/{SCREENS}/playbooks/{playbook['id']}")
    await page.get_by_role("button", name="Remove task Ask around").click()
    await page.get_by_role("link", name="Town Square").click()
    await page.get_by_role("alertdialog", name="Confirm discard").get_by_role("button", name="Cancel").click()

    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_role("textbox", name="Task Name").first).to_have_value("Ask around")
    await page.get_by_role("button", name="Back to Playbooks").click()

    await expect(page.get_by_role("heading", name=re.compile("^Playbooks"))).to_be_visible()


async def test_an_outsider_does_not_see_the_playbook(office: Office) -> None:
    playbook = office.playbook("Outage")
    office.forgiven.append("403")
    ben = await office.page(office.ben, f"{office.path}/{SCREENS}/playbooks/{playbook['id']}")

    await expect(ben.get_by_role("heading", name="Playbook Not Found")).to_be_visible()
    await ben.get_by_role("button", name="Back to Playbooks").click()

    await expect(ben.get_by_role("heading", name="What is a Playbook?")).to_be_visible()


async def test_list_and_editor_have_no_faults_in_any_theme(office: Office) -> None:
    playbook = office.playbook("Outage")
    page = await office.page(office.ana, f"{office.path}/{SCREENS}/playbooks")
    await expect(page.get_by_role("link", name="Outage", exact=True)).to_be_visible()
    for path in ("", f"/{playbook['id']}"):
        await page.goto(f"{office.path}/{SCREENS}/playbooks{path}")
        await expect(page.get_by_text("Outage").first).to_be_visible()
        assert await faults_in_themes(page) == []


async def test_a_phone_has_everything_in_one_column(office: Office) -> None:
    playbook = office.playbook("Outage")
    page = await office.page(
        office.ana, f"{office.path}/{SCREENS}/playbooks/{playbook['id']}", size=PHONE, languages=["de"]
    )

    await page.get_by_role("tab", name="Berechtigungen").click()
    await expect(page.get_by_role("radio", name="Öffentlich")).to_be_checked()

    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    assert await faults(page) == []


async def test_reviews_get_a_template_and_a_reminder_that_nobody_overwrites_unseen(office: Office) -> None:
    office.forgiven.append("409")
    playbook = office.playbook("Outage", office.ben)
    plan = f"{INCIDENTS}/playbooks/{playbook['id']}/review_plan"
    ana = await office.page(office.ana, f"{office.path}/{SCREENS}/playbooks/{playbook['id']}")
    await ana.get_by_role("tab", name="Preferences").click()
    await ana.get_by_role("button", name="Begin with the usual template").click()
    template = ana.get_by_role("textbox", name="Review Template")
    await expect(template).to_have_value(re.compile(r"^# Review: \$NAME"))
    await template.fill("# What $NAME taught us")
    await ana.get_by_role("button", name="Preview").last.click()
    preview = ana.get_by_role("region", name="Preview: Review Template")
    await expect(preview.get_by_role("heading", name="What $NAME taught us")).to_be_visible()
    await ana.get_by_role("button", name="Review Reminder").click()
    await ana.get_by_role("option", name="2 days after the end").click()
    assert await faults(ana) == []
    with office.as_(office.ben) as client:
        body = {"template": "Ben's", "remind_after_seconds": 0, "version": 0}
        client.put(plan, json=body).raise_for_status()
    await ana.get_by_role("tab", name="Tasks").click()

    await ana.get_by_role("button", name="Save", exact=True).click()
    await expect(
        ana.get_by_text("Somebody else changed what this playbook says about reviews")
    ).to_be_visible()
    await ana.get_by_role("button", name="Keep mine").click()
    await ana.get_by_role("button", name="Save", exact=True).click()

    await expect(ana.get_by_role("link", name="Outage", exact=True)).to_be_visible()
    with office.as_(office.ben) as client:
        saved = client.get(plan).json()
    assert (saved["template"], saved["remind_after_seconds"]) == ("# What $NAME taught us", 172_800)
    page = await office.page(
        office.ana,
        f"{office.path}/{SCREENS}/playbooks/{playbook['id']}",
        size=PHONE,
        languages=["de"],
    )
    await page.get_by_role("tab", name="Einstellungen").click()
    await expect(page.get_by_text("2 Tage nach dem Ende").first).to_be_visible()
    assert await faults(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_what_is_always_added_by_hand_is_proposed_accepted_undone_and_declined(office: Office) -> None:
    playbook = office.playbook("Outage", office.ben)
    for number in range(5):
        incident = office.incident(f"Down {number}", playbook)
        below = f"{INCIDENTS}/incidents/{incident['id']}"
        with office.as_(office.ana) as client:
            for place in ("0/item/0", "0/item/1", "1/item/0"):
                client.put(f"{below}/checklists/{place}/state", json={"new_state": "closed"})
            client.put(f"{below}/checklists/1/add", json={"title": "Call the vendor"}).raise_for_status()
            client.put(f"{below}/end").raise_for_status()
    ana, ben = [
        await office.page(person, f"{office.path}/{SCREENS}/playbooks/{playbook['id']}")
        for person in (office.ana, office.ben)
    ]
    await ana.get_by_role("tab", name="Proposals").click()

    card = ana.get_by_role("article", name="Add “Call the vendor” to Mend")
    await expect(card.get_by_role("listitem").filter(has_text="Call the vendor (added)")).to_be_visible()
    await expect(card.get_by_text("Done so in 5 of 5 incidents.")).to_be_visible()
    await card.get_by_text("The 5 incidents it rests on").click()
    await expect(card.get_by_role("link", name="Down 4")).to_be_visible()
    assert await faults(ana) == []
    await office.live(ben)
    await card.get_by_role("button", name="Accept").click()
    await expect(ben.get_by_text("saved this playbook; you see the new version").last).to_be_visible()
    await expect(ana.get_by_text("Cannot tell yet: 5 incidents before, 0 incidents since.")).to_be_visible()
    await expect(ana.get_by_role("region", name="Proposals")).to_be_focused()

    await ana.get_by_role("button", name="Undo: Add “Call the vendor” to Mend").click()
    await card.get_by_role("button", name="Decline").click()
    await ana.get_by_role("textbox", name="Reason").fill("Not every time")
    await ana.get_by_role("dialog").get_by_role("button", name="Decline").click()
    await expect(ana.get_by_role("heading", name="Nothing to propose")).to_be_visible()
    await expect(ana.get_by_text("Not every time")).to_be_visible()
