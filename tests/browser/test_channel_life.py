"""Channels from outside and from inside: looked at, joined, made private, archived; people removed."""

from playwright.async_api import Page, expect

from tests.browser.axe import faults
from tests.browser.office import PHONE, Office
from tests.browser.pointer import press_beside
from tests.support.served import Login


async def at(office: Office, person: Login, channel: str) -> Page:
    page = await office.page(person, f"{office.path}/channels/{channel}")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


async def choose(page: Page, channel: str, entry: str) -> None:
    """An entry of the menu of the channel that is shown."""
    await page.get_by_role("heading", level=1).get_by_role("button", name=channel).click()
    await page.get_by_role("menuitem", name=entry, exact=True).click()


async def test_one_looks_at_a_public_channel_reaches_its_incident_and_joins(office: Office) -> None:
    office.forgiven.append("404")
    incident = office.incident("Lift is stuck", office.playbook("Lift"))
    page = await office.page(office.ben, incident["path"], size=PHONE)

    await expect(page.get_by_role("heading", name="Lift is stuck", level=1)).to_be_visible()
    await expect(page.get_by_text("Its posts are shown to members")).to_be_visible()
    assert await faults(page) == []
    await page.get_by_role("button", name="Incidents").click()
    await expect(page.get_by_role("tab", name="Summary")).to_be_visible()
    await page.get_by_role("button", name="Close panel").click()
    await page.get_by_role("button", name="Join channel").click()

    await expect(page.get_by_role("textbox", name="Write to Lift is stuck")).to_be_visible()
    await expect(page.get_by_text("This incident has been started")).to_be_visible()


async def test_a_private_channel_is_not_to_be_found_but_administrators_read_it(office: Office) -> None:
    office.forgiven.append("404")
    channel = office.channel("vault")
    office.post(office.ana, channel, "The key is under the mat")
    with office.as_(office.admin) as client:
        privacy = {"privacy": "P"}
        client.put(f"/api/v4/channels/{channel['id']}/privacy", json=privacy).raise_for_status()
        member = {"team_id": office.team["id"], "user_id": office.admin.id}
        client.post(f"/api/v4/teams/{office.team['id']}/members", json=member).raise_for_status()

    outsider = await office.page(office.ben, f"{office.path}/channels/vault")
    admin = await at(office, office.admin, "vault")

    await expect(outsider.get_by_text("This channel is not to be found")).to_be_visible()
    await expect(admin.get_by_text("The key is under the mat")).to_be_visible()
    await expect(admin.get_by_role("textbox", name="Write to Vault")).to_have_count(0)
    await admin.get_by_role("button", name="Join channel").click()
    await expect(admin.get_by_role("textbox", name="Write to Vault")).to_be_visible()


async def test_a_channel_is_archived_and_brought_back_by_who_administers_the_team(office: Office) -> None:
    office.forgiven.append("404")  # whoever still looks at it asks once whether it is to be seen from outside
    office.channel("kitchen", office.ben)
    with office.as_(office.admin) as client:
        path = f"/api/v4/teams/{office.team['id']}/members/{office.ana.id}/roles"
        client.put(path, json={"roles": "team_user team_admin"}).raise_for_status()
    ana, ben = await at(office, office.ana, "kitchen"), await at(office, office.ben, "town-square")

    await choose(ana, "Kitchen", "Archive channel")
    await ana.get_by_role("alertdialog").get_by_role("button", name="Archive channel").click()
    await ana.get_by_role("button", name="Undo").hover()
    await expect(ben.get_by_role("link", name="Kitchen")).to_have_count(0)
    await ana.get_by_role("button", name="Undo").click()

    await expect(ana.get_by_role("heading", name="Kitchen", level=1)).to_be_visible()
    await expect(ben.get_by_role("link", name="Kitchen")).to_be_visible()


async def test_what_one_may_not_do_with_a_channel_is_not_offered(office: Office) -> None:
    office.channel("kitchen", office.ben)
    with office.as_(office.admin) as client:
        path = f"/api/v4/teams/{office.team['id']}/members/{office.ana.id}/roles"
        client.put(path, json={"roles": "team_user team_admin"}).raise_for_status()
    ana, ben = await at(office, office.ana, "kitchen"), await at(office, office.ben, "kitchen")

    await ben.get_by_role("heading", level=1).get_by_role("button", name="Kitchen").click()
    await expect(ben.get_by_role("menuitem", name="Archive channel")).to_be_visible()
    await expect(ben.get_by_role("menuitem", name="Make private")).to_have_count(0)
    await ben.keyboard.press("Escape")
    await choose(ana, "Kitchen", "Make private")
    await ana.get_by_role("alertdialog").get_by_role("button", name="Make private").click()

    await ana.get_by_role("heading", level=1).get_by_role("button", name="Kitchen").click()
    await expect(ana.get_by_role("menuitem", name="Edit channel")).to_be_visible()
    await expect(ana.get_by_role("menuitem", name="Make private")).to_have_count(0)
    await ana.keyboard.press("Escape")
    await ana.goto(f"{office.path}/channels/town-square")
    await ana.get_by_role("heading", level=1).get_by_role("button", name="Town Square").click()
    await expect(ana.get_by_role("menuitem", name="Edit channel")).to_be_visible()
    await expect(ana.get_by_role("menuitem", name="Archive channel")).to_have_count(0)


async def test_a_member_is_removed_and_taken_back(office: Office) -> None:
    office.channel("kitchen", office.ben)
    ana, ben = await at(office, office.ana, "kitchen"), await at(office, office.ben, "town-square")

    await ana.get_by_role("button", name="Members").click()
    await ana.get_by_role("button", name=f"Remove {office.ben.username}").click()
    await ana.get_by_role("button", name="Undo").hover()
    await expect(ben.get_by_role("link", name="Kitchen")).to_have_count(0)
    await expect(ana.get_by_role("button", name=f"Remove {office.ben.username}")).to_have_count(0)
    await ana.get_by_role("button", name="Undo").click()

    await expect(ben.get_by_role("link", name="Kitchen")).to_be_visible()


async def test_what_can_be_undone_waits_for_who_looks_at_it_and_while_the_page_stands_still(
    office: Office,
) -> None:
    office.channel("kitchen", office.ben)
    page = await at(office, office.ana, "kitchen")
    await page.get_by_role("button", name="Members").click()
    await page.clock.install()

    await page.get_by_role("button", name=f"Remove {office.ben.username}").click()
    undo = page.get_by_role("region", name="Notifications").get_by_role("button", name="Undo")
    await undo.hover()
    await page.clock.run_for(60_000)
    await expect(undo).to_be_visible()
    await page.mouse.move(5, 5)
    await page.clock.fast_forward(60_000)
    await expect(undo).to_be_visible()
    await undo.focus()
    await page.clock.run_for(60_000)
    await expect(undo).to_be_visible()
    await undo.blur()
    await page.clock.run_for(10_000)

    await expect(undo).to_have_count(0)


async def test_who_administers_the_team_deletes_others_posts(office: Office) -> None:
    channel = office.channel("kitchen", office.ben)
    office.post(office.ben, channel, "An advertisement")
    with office.as_(office.admin) as client:
        path = f"/api/v4/teams/{office.team['id']}/members/{office.ana.id}/roles"
        client.put(path, json={"roles": "team_user team_admin"}).raise_for_status()
    page = await at(office, office.ana, "kitchen")

    post = page.get_by_role("article").filter(has_text="An advertisement")
    await press_beside(post, post.get_by_role("button", name="More about this post"))
    await page.get_by_role("menuitem", name="Delete").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()

    await expect(page.get_by_text("An advertisement")).to_have_count(0)


async def test_only_channels_that_exist_are_links(office: Office) -> None:
    office.channel("attic")
    channel = office.channel("kitchen", office.ben, by=office.ana)
    office.post(office.ana, channel, "~12% off in ~attic, see ~nowhere")
    page = await at(office, office.ben, "kitchen")

    post = page.get_by_role("article").filter(has_text="~12% off")
    await expect(post.get_by_role("link")).to_have_text(["~attic"])
