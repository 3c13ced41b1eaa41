"""What system administrators do in the browser, and that nobody else does."""

import re

import httpx
from playwright.async_api import expect

from tests.browser.axe import faults
from tests.browser.files import choose_file, picture
from tests.browser.office import PHONE, Office
from tests.support.patience import PATIENCE_S
from tests.support.served import NO_TLS, Login


async def test_an_administrator_looks_after_people_and_settings(office: Office) -> None:
    page = await office.page(office.admin, "/admin")

    await page.get_by_label("Search users").fill(office.ben.username)
    await expect(page.get_by_role("button", name="Actions for")).to_have_count(1)
    await page.get_by_role("button", name=f"Actions for {office.ben.username}").click()
    await page.get_by_role("menuitem", name="Deactivate").click()
    await expect(page.get_by_text("Deactivated")).to_be_visible()
    await page.get_by_role("button", name=f"Actions for {office.ben.username}").click()
    await page.get_by_role("menuitem", name="Activate", exact=True).click()
    await expect(page.get_by_text("Deactivated")).to_be_hidden()

    for tab in ("Teams", "Incidents", "Alerts", "Integrations", "Webhooks", "Server"):
        await page.get_by_role("tab", name=tab).click()
        await expect(page.get_by_role("tabpanel", name=tab)).to_be_visible()
        assert await faults(page) == []
        if tab == "Integrations":
            await page.get_by_role("button", name="Test", exact=True).first.click()
            await expect(page.get_by_text("Not set up yet. Still needed:")).to_be_visible()
    await expect(page.get_by_text("The server is well.")).to_be_visible()
    await page.get_by_role("tab", name="Incidents").click()
    for who in ("System administrators", "Every member of a team"):
        await page.get_by_role("button", name="Who may create playbooks").click()
        await page.get_by_role("option", name=who).click()
        await expect(page.get_by_role("button", name="Who may create playbooks")).to_contain_text(who)


async def test_a_team_is_renamed_archived_and_restored(office: Office) -> None:
    page = await office.page(office.admin, "/admin?tab=teams", size=PHONE)
    before, name = office.team["display_name"], f"Old {office.team['display_name']}"
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name, exact=True))

    await page.get_by_role("button", name=f"Rename {before}", exact=True).click()
    await page.get_by_label("Team name").fill(name)
    await page.keyboard.press("Enter")
    await card.get_by_role("button", name="Archive").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Archive").click()
    await expect(card.get_by_text("Archived", exact=True)).to_be_visible()
    await page.reload()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    await card.get_by_role("button", name="Restore").click()

    await expect(card.get_by_role("button", name="Copy link")).to_be_visible()
    await page.goto("/admin?tab=server")
    await expect(page.get_by_role("tab", name="Server")).to_be_in_viewport(ratio=0.9)


async def test_a_bot_is_made_with_a_token_and_its_posts_have_the_picture_it_is_given(office: Office) -> None:
    page = await office.page(office.admin, "/admin?tab=tools")
    bots = page.get_by_role("region", name="Bots")

    name = f"robot-{office.ana.username}"
    await bots.get_by_label("Username of the bot").fill(name)
    await bots.get_by_role("button", name="Create bot").click()
    await expect(bots.get_by_text(f"@{name}")).to_be_visible()
    token = (await bots.get_by_text("Its token, shown only now:").inner_text()).split()[-1]
    await choose_file(bots.get_by_role("button", name=f"Change picture of {name}"), picture("robot.png"))
    drawn = bots.get_by_role("listitem").filter(has_text=f"@{name}").locator("img")
    await expect(drawn).to_have_attribute("src", re.compile(r"\?_=\d+$"))

    kitchen = office.channel("kitchen")
    with office.as_(office.admin) as client:
        bot = client.get(f"/api/v4/users/username/{name}").raise_for_status().json()
        body = {"team_id": office.team["id"], "user_id": bot["id"]}
        client.post(f"/api/v4/teams/{office.team['id']}/members", json=body).raise_for_status()
        client.post(
            f"/api/v4/channels/{kitchen['id']}/members", json={"user_id": bot["id"]}
        ).raise_for_status()
    robot = Login(id=bot["id"], username=name, password="", token=token)
    office.post(robot, kitchen, "Beep")
    ana = await office.page(office.ana, f"{office.path}/channels/kitchen")
    beside = ana.get_by_role("article").filter(has_text="Beep").locator("img")

    await expect(beside).to_have_attribute("src", await drawn.get_attribute("src") or "")


async def test_nobody_else_gets_in(office: Office) -> None:
    page = await office.page(office.ana, "/admin")

    await expect(page.get_by_role("heading", name="For administrators only")).to_be_visible()


async def test_an_alert_source_is_made_gets_another_token_is_changed_and_deleted(office: Office) -> None:
    office.playbook("Outage", office.admin)
    page = await office.page(office.admin, "/admin?tab=alerts")
    await page.get_by_role("button", name="Team").click()
    await page.get_by_role("option", name=office.team["display_name"], exact=True).click()
    await page.get_by_label("Name").fill("Prometheus")
    await page.get_by_role("combobox", name="Playbook").fill("Outage")
    await page.get_by_role("option", name="Outage").click()
    await page.get_by_role("combobox", name="Commander").fill(office.ana.username)
    await page.get_by_role("option", name=office.ana.username).click()
    await page.get_by_role("button", name="Create source").click()

    shown = page.get_by_text("The token of Prometheus, shown only now:").locator("span")
    await expect(page.get_by_text(f"Starts Outage, led by {office.ana.username}.")).to_be_visible()
    first = await shown.inner_text()
    await send_alert(office, first, 200)
    assert await faults(page) == []
    await page.get_by_role("button", name="New token").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="New token").click()
    await expect(shown).not_to_have_text(first)
    await send_alert(office, first, 401)
    await send_alert(office, await shown.inner_text(), 200)
    await page.reload()
    await page.get_by_role("button", name="Team").click()
    await page.get_by_role("option", name=office.team["display_name"], exact=True).click()
    await expect(page.get_by_role("heading", name="Prometheus")).to_be_visible()
    await expect(shown).to_have_count(0)
    await page.get_by_role("button", name="Edit", exact=True).click()
    source = page.get_by_role("listitem").filter(has_text="Edit alert source Prometheus")
    await source.get_by_label("Name").fill("Alerts of the cluster")
    await source.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="Alerts of the cluster")).to_be_visible()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await page.get_by_role("button", name="Delete source").click()

    await expect(page.get_by_text("Nothing sends alerts to this team yet.")).to_be_visible()


async def send_alert(office: Office, token: str, status: int) -> None:
    """Nothing fires in it, so no incident is started."""
    hook: dict[str, object] = {"version": "4", "groupKey": "{}", "status": "resolved", "alerts": []}
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(
        base_url=office.server.url, headers=headers, timeout=PATIENCE_S, verify=NO_TLS
    ) as sender:
        assert (await sender.post("/hooks/alerts/alertmanager", json=hook)).status_code == status


async def test_somebodys_sessions_are_seen_and_ended(office: Office) -> None:
    page = await office.page(office.admin, f"/admin?tab=users&search={office.ben.username}")

    await page.get_by_role("button", name=f"Actions for {office.ben.username}").click()
    await page.get_by_role("menuitem", name="Sessions").click()
    dialog = page.get_by_role("dialog", name=f"Sessions of @{office.ben.username}")
    await dialog.get_by_role("button", name="End the session of").click()

    await expect(dialog.get_by_text("Not signed in anywhere.")).to_be_visible()
    assert await faults(page) == []
    with office.as_(office.ben) as client:
        assert client.get("/api/v4/users/me").status_code == 401


async def test_an_outgoing_webhook_is_made_and_deleted(office: Office) -> None:
    page = await office.page(office.admin, "/admin?tab=tools")
    await page.get_by_role("button", name="Team").click()
    await page.get_by_role("option", name=office.team["display_name"], exact=True).click()
    hooks = page.locator("section").filter(has=page.get_by_role("heading", name="Outgoing webhooks"))
    await hooks.get_by_label("Name").fill("Deployments")
    await hooks.get_by_label("Trigger words").fill("deploy, roll back")
    await hooks.get_by_label("Address").fill("https://example.com/hook")
    await hooks.get_by_role("button", name="Create webhook").click()

    await expect(hooks.get_by_text("Deployments (deploy, roll back)")).to_be_visible()
    await expect(hooks.get_by_text("Created. Its token is")).to_be_visible()
    await hooks.get_by_role("button", name="Delete").click()
    await expect(hooks.get_by_text("Deployments")).to_have_count(0)


async def test_a_commands_token_stays_until_it_is_copied(office: Office) -> None:
    page = await office.page(office.admin, "/admin?tab=tools", size=PHONE)
    await page.get_by_role("button", name="Team").click()
    await page.get_by_role("option", name=office.team["display_name"], exact=True).click()
    commands = page.get_by_role("region", name="Slash commands")
    await commands.get_by_label("Word after the slash").fill("deploy")
    await commands.get_by_label("Address it is sent to").fill("https://example.com/command")
    await commands.get_by_role("button", name="Create command").click()

    await expect(commands.get_by_text("/deploy")).to_be_visible()
    with office.as_(office.admin) as client:
        query = {"team_id": office.team["id"], "custom_only": "true"}
        [made] = client.get("/api/v4/commands", params=query).json()
    await expect(commands.get_by_text(made["token"])).to_be_visible()
