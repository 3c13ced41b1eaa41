"""The plugin in Mattermost's web app: in stand-ins for its oldest, a middle and its newest version."""

import re

import pytest
from playwright.async_api import Page, expect

from commandpost.chat.mattermost.attaching_plugin import PLUGIN_ID
from commandpost.incidents.dialogs import PLUGIN_ID as ADDRESS
from tests.browser.axe import faults
from tests.browser.mattermost_host import MIDDLE, NEWEST, OLDEST, Version, open_in_mattermost
from tests.browser.office import INCIDENTS, Office


@pytest.mark.parametrize("version", [OLDEST, MIDDLE, NEWEST], ids=lambda version: version.name)
async def test_an_incident_is_run_inside_mattermost(office: Office, version: Version) -> None:
    office.playbook("Outage")
    channel = office.channel("talk")
    office.post(office.ana, channel, "The cart is empty")
    page = await open_in_mattermost(office, office.ana, f"{office.path}/channels/talk", version)
    sidebar = page.locator("#sidebar-right")

    await page.get_by_title("Incidents").click()
    await expect(sidebar.get_by_text("Your Ongoing Incidents")).to_be_visible()
    await sidebar.get_by_title("Close").click()
    post = page.get_by_role("listitem").filter(has_text="The cart is empty")
    await post.get_by_role("button", name="Start incident").click()
    form = page.get_by_role("form", name="Incident Details")
    await form.get_by_label("Playbook").select_option("Outage")
    await form.get_by_label("Incident Name").fill("Cart empty")
    await form.get_by_role("button", name="Start Incident").click()

    await expect(page.get_by_role("heading", name="Cart empty", level=1)).to_be_visible()
    await expect(sidebar.get_by_text("Cart empty")).to_be_visible()
    await sidebar.get_by_role("tab", name="Tasks").click()
    task = sidebar.get_by_role("checkbox", name="Ask around")
    await expect(task).not_to_be_checked()
    incident = only_incident(office)
    with office.as_(office.ana) as client:
        path = f"{INCIDENTS}/incidents/{incident['id']}/checklists/0/item/0/state"
        client.put(path, json={"new_state": "closed"}).raise_for_status()
    await expect(task).to_be_checked()
    await sidebar.get_by_role("checkbox", name="Read the log").click(force=True)
    await expect(sidebar.get_by_role("checkbox", name="Read the log")).to_be_checked()

    await page.get_by_role("button", name="Playbooks & Incidents").click()
    await expect(page.get_by_role("heading", name="Playbooks")).to_be_visible()
    await expect(page.locator("input[type=file]")).to_be_hidden()
    await page.get_by_role("link", name="Incidents").click()
    await page.get_by_role("link", name="Cart empty", exact=True).click()
    await expect(page.get_by_role("heading", name="Cart empty")).to_be_visible()
    assert page.url.endswith(f"{office.path}/{ADDRESS}/incidents/{incident['id']}")
    assert await ground(page) == "rgb(255, 255, 255)"
    await page.evaluate("chooseTheme('dark')")
    await expect(page.locator("[data-kind=page]")).to_have_attribute("data-theme", "dark")
    assert await ground(page) == "rgb(31, 31, 31)"

    await page.evaluate("id => disable(id)", PLUGIN_ID)
    await expect(page.locator(".commandpost")).to_have_count(0)
    assert await page.evaluate("left()") == {"components": 0, "handlers": 0}
    assert await page.locator("link[href*=plugins]").count() == 0


async def ground(page: Page) -> str:
    return await page.locator("[data-kind=page]").evaluate("it => getComputedStyle(it).backgroundColor")


def only_incident(office: Office) -> dict[str, str]:
    with office.as_(office.ana) as client:
        query = {"team_id": office.team["id"]}
        [incident] = client.get(f"{INCIDENTS}/incidents", params=query).raise_for_status().json()["items"]
        return incident


_STYLES_OF_THE_HOST = """() => ["html", "body", "main", "h1", "li", "p", "main button", "main input"].map(
    (selector) => {
      const styles = getComputedStyle(document.querySelector(selector));
      return [...styles].map((name) => `${name}: ${styles.getPropertyValue(name)}`).join("; ");
    })"""


async def test_neither_sides_styles_hold_on_the_other(office: Office) -> None:
    incident = office.incident("Cart empty", office.playbook("Outage"))
    page = await open_in_mattermost(office, office.ana, incident["path"], NEWEST)
    sidebar = page.locator("#sidebar-right")
    await sidebar.get_by_role("tab", name="Tasks").click()
    next_stage = sidebar.get_by_role("button", name="Next Stage")

    look = await next_stage.evaluate(
        "it => (({ textTransform, letterSpacing, fontSize, margin, borderTopWidth }) =>"
        " [textTransform, letterSpacing, fontSize, margin, borderTopWidth])(getComputedStyle(it))"
    )
    assert look == ["none", "normal", "14px", "0px", "1px"]
    await sidebar.get_by_role("button", name="Assignee of Ask around: No Assignee").click()
    people = page.get_by_role("dialog")
    await expect(people).to_have_css("letter-spacing", "normal")
    await expect(people.get_by_role("option").locator("img").first).to_have_css("width", "24px")
    assert await faults(page, ".commandpost") == []
    await page.keyboard.press("Escape")
    await sidebar.get_by_title("Close").click()
    with_ours = await page.evaluate(_STYLES_OF_THE_HOST)
    await page.evaluate("document.querySelector('link[href*=plugins]').disabled = true")
    assert await page.evaluate(_STYLES_OF_THE_HOST) == with_ours


async def test_it_comes_back_when_it_is_enabled_again(office: Office) -> None:
    office.channel("talk")
    page = await open_in_mattermost(office, office.ana, f"{office.path}/channels/talk", NEWEST)
    button = page.get_by_title("Incidents")
    await button.evaluate("it => { it.dataset.before = 'yes' }")

    await page.evaluate("id => { disable(id); enable(id); }", PLUGIN_ID)
    await expect(page.locator("[data-before]")).to_have_count(0)
    await button.click()

    await expect(page.locator("#sidebar-right").get_by_text("Your Ongoing Incidents")).to_be_visible()
    await expect(page.locator("[data-kind=panel]")).to_have_count(1)


async def test_commands_are_ours_where_we_can_answer_them_better(office: Office) -> None:
    incident = office.incident("Cart empty", office.playbook("Outage"))
    page = await open_in_mattermost(office, office.ana, incident["path"], NEWEST)
    sidebar = page.locator("#sidebar-right")
    await sidebar.get_by_title("Close").click()

    await page.get_by_label("Message").fill("/incident info")
    await page.keyboard.press("Enter")

    await expect(sidebar.get_by_text("Cart empty")).to_be_visible()
    assert await page.evaluate("window.lastCommand") is None


async def test_an_editor_asks_before_mattermost_leads_away_from_it(office: Office) -> None:
    playbook = office.playbook("Outage")
    address = f"{office.path}/{ADDRESS}/playbooks/{playbook['id']}"
    page = await open_in_mattermost(office, office.ana, address, OLDEST)
    dialog = page.get_by_role("alertdialog")

    await page.get_by_role("button", name="Remove task Ask around").click()
    await page.evaluate(
        "path => WebappUtils.browserHistory.push(path)", f"{office.path}/channels/town-square"
    )
    await dialog.get_by_role("button", name="Cancel").click()
    assert page.url.endswith(address)
    await page.evaluate(
        "path => WebappUtils.browserHistory.push(path)", f"{office.path}/channels/town-square"
    )
    await dialog.get_by_role("button", name="Discard Changes").click()

    await expect(page.get_by_role("heading", name="Town Square")).to_be_visible()


async def test_what_a_registry_lacks_is_left_out(office: Office) -> None:
    office.channel("talk")
    bare = Version(
        name="bare",
        react=16,
        only_shows=True,
        without=(
            "registerMainMenuAction",
            "registerPostDropdownMenuAction",
            "registerSlashCommandWillBePostedHook",
            "registerNeedsTeamRoute",
            "registerWebSocketEventHandler",
            "unregisterWebSocketEventHandler",
            "registerReconnectHandler",
            "unregisterReconnectHandler",
            "unregisterComponent",
        ),
    )
    page = await open_in_mattermost(office, office.ana, f"{office.path}/channels/talk", bare)

    await page.get_by_title("Incidents").click()

    await expect(page.locator("#sidebar-right").get_by_text("Your Ongoing Incidents")).to_be_visible()
    await page.evaluate("id => disable(id)", PLUGIN_ID)
    await expect(page.locator(".commandpost")).to_have_count(0)


async def test_changes_are_seen_where_our_socket_does_not_get_through(office: Office) -> None:
    incident = office.incident("Cart empty", office.playbook("Outage"))
    office.forgiven.append("WebSocket")
    page = await open_in_mattermost(office, office.ana, f"{office.path}/channels/town-square", NEWEST)
    await page.clock.install()
    await page.route_web_socket(re.compile(ADDRESS), lambda socket: socket.close())
    await page.goto(incident["path"])
    sidebar = page.locator("#sidebar-right")
    await sidebar.get_by_role("tab", name="Tasks").click()
    await expect(sidebar.get_by_text("No live connection")).to_be_visible()
    task = sidebar.get_by_role("checkbox", name="Ask around")
    await expect(task).not_to_be_checked()

    with office.as_(office.ana) as client:
        path = f"{INCIDENTS}/incidents/{incident['id']}/checklists/0/item/0/state"
        client.put(path, json={"new_state": "closed"}).raise_for_status()
    await page.clock.fast_forward(10_000)

    await expect(task).to_be_checked()
