"""Incidents as pages: the list, and one of them with its timeline and log."""

import re
from pathlib import Path
from typing import Any

from playwright.async_api import expect

from tests.browser.axe import faults, faults_in_themes
from tests.browser.office import DESKTOP, INCIDENTS, PHONE, SCREENS, Office
from tests.support.served import Login

DOCS = Path(__file__).parents[2] / "docs" / "api"


def tick(office: Office, incident: dict[str, Any], stage: int, task: int, *, by: Login | None = None) -> None:
    with office.as_(by or office.ana) as client:
        path = f"{INCIDENTS}/incidents/{incident['id']}/checklists/{stage}/item/{task}/state"
        client.put(path, json={"new_state": "closed"}).raise_for_status()


def end(office: Office, incident: dict[str, Any]) -> None:
    with office.as_(office.ana) as client:
        client.put(f"{INCIDENTS}/incidents/{incident['id']}/end").raise_for_status()


async def test_filters_stand_in_the_address(office: Office) -> None:
    playbook = office.playbook("Outage")
    for name in ("Login is slow", "Login is down", "Mail is late"):
        office.incident(name, playbook)
    end(office, office.incident("Login is gone", playbook))
    page = await office.page(office.ana, f"{office.path}/{SCREENS}/incidents")

    await page.get_by_role("searchbox", name="Search by Incident name").fill("login")
    await expect(page.get_by_text("1 - 3 of 3 total")).to_be_visible()
    await page.get_by_role("button", name="Status", exact=True).first.click()
    await page.get_by_role("menuitem", name="Ongoing").click()
    await expect(page.get_by_text("1 - 2 of 2 total")).to_be_visible()
    await page.get_by_role("table").get_by_role("button", name="Name").click()
    await page.reload()

    await expect(page.get_by_role("searchbox")).to_have_value("login")
    names = page.get_by_role("table").get_by_role("link", name=re.compile("^Login"))
    await expect(names).to_have_text(["Login is down", "Login is slow"])
    assert "status=Ongoing" in page.url


async def test_pages_of_the_list_stand_in_the_address_and_administrators_join_private_incidents(
    office: Office,
) -> None:
    playbook = office.playbook("Outage", create_public_incident=False)
    for number in range(17):
        office.incident(f"Incident {number:02}", playbook)
    with office.as_(office.admin) as client:
        member = {"team_id": office.team["id"], "user_id": office.admin.id}
        client.post(f"/api/v4/teams/{office.team['id']}/members", json=member).raise_for_status()
    page = await office.page(office.admin, f"{office.path}/{SCREENS}/incidents?show=all", size=PHONE)

    await page.get_by_role("button", name="Next").click()
    await expect(page.get_by_text("16 - 17 of 17 total")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("16 - 17 of 17 total")).to_be_visible()
    await page.get_by_role("button", name="Join Incident 00").click()

    await expect(page.get_by_role("heading", name="Incident 00", level=1)).to_be_visible()


async def test_one_who_is_not_in_it_sees_a_public_incident_and_joins(office: Office) -> None:
    office.incident("Login is slow", office.playbook("Outage"))
    ben = await office.page(office.ben, f"{office.path}/{SCREENS}/incidents")
    await expect(ben.get_by_role("heading", name="What are Incidents?")).to_be_visible()

    await ben.get_by_role("button", name="All I can see").click()
    await ben.get_by_role("button", name="Join Login is slow").click()

    await expect(ben.get_by_role("heading", name="Login is slow", level=1)).to_be_visible()


async def test_one_who_is_not_in_it_sees_how_it_goes_on_without_reload(office: Office) -> None:
    playbook = office.playbook("Outage")
    incident = office.incident("Login is slow", playbook)
    pages = f"{office.path}/{SCREENS}/incidents"
    details = await office.page(office.ben, f"{pages}/{incident['id']}")
    listed = await office.page(office.ben, f"{pages}?show=all")
    await expect(details.get_by_text("Ongoing", exact=True)).to_be_visible()
    row = listed.get_by_role("row").filter(has_text="Login is slow")
    await expect(row.get_by_text("Ongoing", exact=True)).to_be_visible()

    messages = details.get_by_role("listitem", name="Messages")
    members = details.get_by_role("listitem", name="Members Involved")
    await expect(members).to_contain_text("1")
    posts = int(re.sub(r"\D", "", await messages.inner_text()))
    office.post(office.ana, {"id": incident["channel_id"]}, "The queue is full")
    with office.as_(office.ana) as client:
        joined = {"user_id": office.admin.id}
        client.post(f"/api/v4/channels/{incident['channel_id']}/members", json=joined).raise_for_status()
    await expect(messages).to_contain_text(str(posts + 1))
    await expect(members).to_contain_text("2")
    log = details.get_by_role("region", name="Event log")
    await expect(log.get_by_text(f"{office.admin.username} joined")).to_be_visible()

    office.incident("Cart is broken", playbook)
    end(office, incident)

    await expect(details.get_by_text("Ended", exact=True)).to_be_visible()
    await expect(log.get_by_text("ended the incident")).to_be_visible()
    await expect(row.get_by_text("Ended", exact=True)).to_be_visible()
    await expect(listed.get_by_role("row").filter(has_text="Cart is broken")).to_be_visible()
    with office.as_(office.ana) as client:
        client.put(f"{INCIDENTS}/incidents/{incident['id']}/restart").raise_for_status()
    await expect(details.get_by_text("Ongoing", exact=True)).to_be_visible()

    office.forgiven.append("403")
    with office.as_(office.admin) as client:
        channel = f"/api/v4/channels/{incident['channel_id']}"
        client.delete(channel).raise_for_status()
        await expect(log.get_by_text("The channel was archived")).to_be_visible()
        client.post(f"{channel}/restore").raise_for_status()
        await expect(log.get_by_text("The channel was restored")).to_be_visible()
        client.put(f"{channel}/privacy", json={"privacy": "P"}).raise_for_status()
    await expect(details.get_by_role("heading", name="Incident not found")).to_be_visible()
    await expect(row).to_have_count(0)


async def test_an_outsider_does_not_see_a_private_incident(office: Office) -> None:
    incident = office.incident("Leaked key", office.playbook("Leak", create_public_incident=False))
    office.forgiven.append("403")
    ben = await office.page(office.ben, f"{office.path}/{SCREENS}/incidents/{incident['id']}")

    await expect(ben.get_by_role("heading", name="Incident Not Found")).to_be_visible()
    await ben.get_by_role("button", name="Back to Incidents").click()

    await ben.get_by_role("button", name="All I can see").click()
    await expect(ben.get_by_role("heading", name="What are Incidents?")).to_be_visible()


async def test_the_timeline_and_the_log_follow_an_ongoing_incident(office: Office) -> None:
    incident = office.incident("Login is slow", office.playbook("Outage"))
    page = await office.page(office.ana, f"{office.path}/{SCREENS}/incidents/{incident['id']}")
    log = page.get_by_role("region", name="Event log")
    await expect(log.get_by_text("started the incident Login is slow")).to_be_visible()

    tick(office, incident, 0, 1)

    chart = page.get_by_role("toolbar", name="Moments of the timeline")
    await expect(chart.get_by_role("button", name="Read the log: done by")).to_be_visible()
    await expect(log.get_by_text("completed “Read the log”")).to_be_visible()
    done = chart.get_by_role("button", name="Read the log: done by")
    whole, told = page.get_by_role("button", name="Show everything"), page.get_by_role("tooltip")
    await page.mouse.move(5, 500)
    await done.hover()
    await expect(told).to_contain_text("Read the log: done by")
    for is_on_a_mark in (True, False):
        # Marks move to the left as time goes on, and one that is new may stand at the right end.
        if is_on_a_mark:
            await done.hover()
        else:
            plot, mark = await chart.bounding_box(), await done.bounding_box()
            assert plot is not None and mark is not None
            beside = 0.5 if mark["x"] > plot["x"] + 0.6 * plot["width"] else 0.9
            await page.mouse.move(plot["x"] + beside * plot["width"], mark["y"] + 5)
        await page.keyboard.down("Control")
        await page.mouse.wheel(0, -400)
        await page.keyboard.up("Control")
        await expect(whole).to_be_enabled()
        await whole.press("Enter")
        await expect(whole).to_be_disabled()
    await page.get_by_role("button", name="Zoom in").press("Enter")
    await whole.press("Enter")
    marks = chart.get_by_role("button")
    await marks.first.focus()
    await page.keyboard.press("ArrowRight")
    await expect(marks.nth(1)).to_be_focused()
    await expect(told).to_contain_text("Read the log: done by")
    await page.keyboard.press("Escape")
    await log.get_by_role("button", name="Tasks").click()
    await expect(log.get_by_text("completed “Read the log”")).to_have_count(0)
    await page.get_by_role("button", name="Show as table").click()
    await expect(page.get_by_role("cell", name="Ask around (Look): not done")).to_be_visible()
    end(office, incident)
    await expect(page.get_by_text("Ended", exact=True)).to_be_visible()


async def test_the_channel_is_exported(office: Office) -> None:
    incident = office.incident("Login is slow", office.playbook("Outage"))
    page = await office.page(office.ana, f"{office.path}/{SCREENS}/incidents/{incident['id']}")

    async with page.expect_download() as download:
        await page.get_by_role("button", name="Export Channel Log").click()
        await page.get_by_role("menuitem", name="CSV").click()
        await expect(page.get_by_text("Downloading channel log")).to_be_visible()

    assert (await download.value).suggested_filename.endswith(".csv")
    assert "safe=1" in (await download.value).url

    # The whole incident as an archive, which its own server knows, altered or not; and one from elsewhere.
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Export Channel Log").click()
        await page.get_by_role("menuitem", name="Archive").click()
    archive = (await (await download.value).path()).read_bytes()
    await expect(page.get_by_role("button", name="Export Channel Log")).to_be_visible()
    await page.goto(f"{office.path}/{SCREENS}/incidents?show=all")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Incidents")
    await expect(page.get_by_role("button", name="Import Archive")).to_have_count(0)
    office.forgiven += ["400", "409"]
    page = await office.page(office.admin, f"{office.path}/{SCREENS}/incidents?show=all")
    await expect(page.get_by_role("button", name="Import Archive")).to_be_visible()
    by_hand = (DOCS / "archive-by-hand.zip").read_bytes()
    for content, said in (
        (archive, "This incident is here already"),
        (archive.replace(b"manifest.json", b"manifest.jsoN"), "Nothing was imported"),
        (by_hand, "nobody vouches for what it says"),
    ):
        file = {"name": "archive.zip", "mimeType": "application/zip", "buffer": content}
        await page.locator("input[type=file]").set_input_files(file)
        await expect(page.get_by_text(said)).to_be_visible()
    await expect(page.get_by_role("main").get_by_text("Imported", exact=True)).to_have_count(1)
    await page.get_by_role("link", name="Open the incident").click()
    await expect(page.get_by_role("status").filter(has_text="Imported from an archive")).to_be_visible()
    assert await faults(page) == []


async def test_an_address_that_leads_nowhere_has_a_way_on(office: Office) -> None:
    page = await office.page(office.ana, f"{office.path}/{SCREENS}/nowhere")

    await expect(page.get_by_role("heading", name="Page Not Found")).to_be_visible()
    assert await faults(page) == []
    await page.get_by_role("button", name="Back to channels").click()

    await expect(page.get_by_role("heading", name="Town Square", level=1)).to_be_visible()


async def test_list_and_details_have_no_faults_wide_or_narrow(office: Office) -> None:
    incident = office.incident("Login is slow", office.playbook("Outage"))
    tick(office, incident, 0, 0)
    tick(office, incident, 1, 0)
    for person, size in ((office.ana, DESKTOP), (office.ben, PHONE)):
        page = await office.page(
            person,
            f"{office.path}/{SCREENS}/incidents?show=all",
            size=size,
            languages=["de"],
        )
        for name in ("Vorfälle", "Vorfall Login is slow"):
            await expect(page.get_by_role("heading", name=re.compile(f"^{name}"))).to_be_visible()
            await expect(page.get_by_role("main").get_by_text("Login is slow").first).to_be_visible()
            assert await faults_in_themes(page) == []
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            if name == "Vorfälle":
                await page.get_by_role("table").get_by_role("link", name="Login is slow", exact=True).click()
                await expect(page.get_by_role("toolbar")).to_be_visible()
