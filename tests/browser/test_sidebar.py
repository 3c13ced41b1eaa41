"""The sidebar: categories, unread channels, finding, making and joining channels, direct messages, teams."""

from playwright.async_api import Page, Response, expect

from tests.browser.axe import faults
from tests.browser.office import PHONE, Office
from tests.browser.pointer import press_beside
from tests.support.served import Login


async def at_square(office: Office, person: Login) -> Page:
    page = await office.page(person, f"{office.path}/channels/town-square")
    await expect(page.get_by_role("log", name="Posts")).to_be_visible()
    return page


async def choose(page: Page, channel: str, entry: str) -> None:
    """An entry of a channel's menu in the sidebar."""
    navigation = page.get_by_role("navigation")
    menu = navigation.get_by_role("button", name=f"More about {channel}")
    await press_beside(navigation.get_by_role("link", name=channel), menu)
    await page.get_by_role("menuitem", name=entry, exact=True).click()


def saves(answer: Response, place: str, part: str = "") -> bool:
    """Whether that is the answer to a change there, with such a part."""
    request = answer.request
    return request.method != "GET" and place in request.url and part in (request.post_data or "")


async def test_unread_posts_and_mentions_show_at_once_and_go_when_read(office: Office) -> None:
    channel = office.channel("kitchen", office.ben)
    page = await at_square(office, office.ben)
    async with page.expect_response(lambda answer: saves(answer, "/members/me/view", channel["id"])):
        await page.get_by_role("link", name="Kitchen").click()
        await expect(page.get_by_text("This is the start of Kitchen.")).to_be_visible()
    await page.get_by_role("link", name="Off-Topic").click()
    await expect(page.get_by_role("heading", name="Off-Topic", level=1)).to_be_visible()

    office.post(office.ana, channel, f"@{office.ben.username} the kettle is on")

    await expect(page.get_by_role("link", name="Kitchen 1 mention")).to_be_visible()
    await expect(page).to_have_title(
        "(1) Off-Topic \u2013 " + office.team["display_name"] + " \u2013 Command Post"
    )
    await page.get_by_role("link", name="Kitchen 1 mention").click()
    await expect(page.get_by_text("New messages")).to_be_visible()
    await expect(page).to_have_title("Kitchen \u2013 " + office.team["display_name"] + " \u2013 Command Post")


async def test_a_channel_goes_into_a_category_of_ones_own(office: Office) -> None:
    office.channel("kitchen")
    page = await at_square(office, office.ana)

    await choose(page, "Kitchen", "Move to a new category")
    await page.get_by_role("textbox", name="Name of the category").fill("House")
    await page.keyboard.press("Enter")

    house = page.get_by_role("navigation").locator("section").filter(has_text="House")
    await expect(house.get_by_role("link", name="Kitchen")).to_be_visible()
    for entry in ("Sort by latest post", "Mute category", "Unmute category"):
        async with page.expect_response(lambda answer: saves(answer, "/channels/categories")):
            await house.get_by_role("button", name="More about House").click()
            await page.get_by_role("menuitem", name=entry).click()
    async with page.expect_response(lambda answer: saves(answer, "/categories", '"collapsed":true')):
        await house.get_by_role("button", name="House", exact=True).click()
    await expect(house.get_by_role("link", name="Kitchen")).to_have_count(0)
    await page.reload()
    await expect(house.get_by_role("button", name="House", exact=True)).to_have_attribute(
        "aria-expanded", "false"
    )


async def test_favourites_stand_first(office: Office) -> None:
    office.channel("kitchen")
    page = await at_square(office, office.ana)

    await choose(page, "Kitchen", "Add to favourites")

    favourites = page.get_by_role("navigation").locator("section").first
    await expect(favourites.get_by_role("button", name="Favourites", exact=True)).to_be_visible()
    await expect(favourites.get_by_role("link", name="Kitchen")).to_be_visible()


async def test_a_channel_is_dragged_into_another_category(office: Office) -> None:
    office.channel("kitchen")
    office.channel("attic")
    page = await at_square(office, office.ana)
    await choose(page, "Attic", "Move to a new category")
    await page.get_by_role("textbox", name="Name of the category").fill("House")
    await page.keyboard.press("Enter")
    house = page.get_by_role("navigation").locator("section").filter(has_text="House")
    await expect(house.get_by_role("link", name="Attic")).to_be_visible()

    await page.get_by_role("link", name="Kitchen").drag_to(house.get_by_role("link", name="Attic"))

    await expect(house.get_by_role("link")).to_have_text(["Kitchen", "Attic"])


async def test_channels_and_categories_are_moved_by_keyboard_alone(office: Office) -> None:
    office.channel("kitchen")
    office.channel("attic")
    page = await at_square(office, office.ana)
    navigation = page.get_by_role("navigation")
    channels = navigation.locator("section").filter(has_text="Town Square")
    links = channels.get_by_role("link")
    await expect(links).to_contain_text(["Attic", "Kitchen", "Off-Topic", "Town Square"])

    async def press(menu: str, entry: str) -> None:
        await navigation.get_by_role("button", name=menu).focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("[role=menu]:focus-within")).to_be_visible()
        await page.get_by_role("menuitem", name=entry, exact=True).focus()
        await page.keyboard.press("Enter")

    await navigation.get_by_role("link", name="Kitchen").focus()
    await press("More about Kitchen", "Move down")
    await expect(links).to_contain_text(["Attic", "Off-Topic", "Kitchen", "Town Square"])
    await expect(page.locator("[data-live-announcer]")).to_contain_text("Kitchen is now number 3 of 4.")
    async with page.expect_response(lambda answer: saves(answer, "/categories/order")):
        await press("More about Direct messages", "Move category up")
    await expect(navigation.get_by_role("heading", level=2)).to_have_text(["Direct messages", "Channels"])

    await page.reload()
    await expect(navigation.get_by_role("heading", level=2)).to_have_text(["Direct messages", "Channels"])
    await expect(links).to_contain_text(["Attic", "Off-Topic", "Kitchen", "Town Square"])


async def test_channels_are_found_by_keyboard_alone(office: Office) -> None:
    office.channel("kitchen")
    page = await at_square(office, office.ana)

    await page.keyboard.press("Control+k")
    await page.get_by_role("searchbox", name="Find channel").fill("kit")
    await expect(page.get_by_role("option", name="Kitchen")).to_be_visible()
    assert await faults(page) == []
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", name="Kitchen", level=1)).to_be_visible()


async def test_a_channel_is_made_and_joined(office: Office) -> None:
    ana = await at_square(office, office.ana)
    await ana.get_by_role("button", name="Add channels and messages").click()
    await ana.get_by_role("menuitem", name="Create channel").click()
    await ana.get_by_role("textbox", name="Name").fill("Büro & Küche")
    await ana.keyboard.press("Enter")
    await expect(ana).to_have_url(f"{office.server.url}{office.path}/channels/buro-kuche")

    ben = await at_square(office, office.ben)
    await ben.get_by_role("button", name="Add channels and messages").click()
    await ben.get_by_role("menuitem", name="Browse channels").click()
    await ben.get_by_role("searchbox", name="Search channels").fill("Küche")
    await ben.get_by_role("option", name="Büro & Küche").click()

    await expect(ben.get_by_role("heading", name="Büro & Küche", level=1)).to_be_visible()
    await expect(ben.get_by_role("navigation").get_by_role("link", name="Büro & Küche")).to_be_visible()


async def test_direct_messages_open_and_reach_the_other(office: Office) -> None:
    ana, ben = await at_square(office, office.ana), await at_square(office, office.ben)

    await ana.get_by_role("button", name="Add channels and messages").click()
    await ana.get_by_role("menuitem", name="New message").click()
    await ana.get_by_role("searchbox", name="Search people").fill(office.ben.username)
    await ana.get_by_role("option", name=office.ben.username).click()
    await ana.get_by_role("button", name="Open", exact=True).click()
    await ana.get_by_role("textbox", name=f"Write to {office.ben.username}").fill("Coffee?")
    await ana.keyboard.press("Enter")

    await ben.get_by_role("navigation").get_by_role("link", name=f"{office.ana.username} 1 mention").click()
    await expect(ben.get_by_role("log", name="Posts").get_by_text("Coffee?")).to_be_visible()


async def test_either_side_writes_the_header_of_direct_messages(office: Office) -> None:
    path = f"{office.path}/messages/@"
    ana = await office.page(office.ana, path + office.ben.username)
    await expect(ana.get_by_role("textbox", name=f"Write to {office.ben.username}")).to_be_visible()
    ben = await office.page(office.ben, path + office.ana.username)

    await ana.get_by_role("heading", level=1).get_by_role("button", name=office.ben.username).click()
    await ana.get_by_role("menuitem", name="Edit header").click()
    dialog = ana.get_by_role("dialog", name="Edit header")
    await expect(dialog.get_by_role("textbox", name="Name")).to_have_count(0)
    await dialog.get_by_role("textbox", name="Header").fill("Rota: **Ben** until Friday")
    assert await faults(ana) == []
    await dialog.get_by_role("button", name="Save").click()

    await expect(ana.locator("header").get_by_text("until Friday")).to_be_visible()
    await expect(ben.locator("header").get_by_text("until Friday")).to_be_visible()


async def test_an_address_opens_messages_that_did_not_exist(office: Office) -> None:
    page = await office.page(office.ana, f"{office.path}/messages/@{office.ben.username}")

    await expect(page.get_by_role("textbox", name=f"Write to {office.ben.username}")).to_be_visible()


async def test_the_pages_have_no_faults_on_a_phone(office: Office) -> None:
    office.channel("kitchen")
    page = await office.page(office.ana, f"{office.path}/channels/kitchen", size=PHONE)

    await page.get_by_role("button", name="Show channels").click()
    await expect(page.get_by_role("link", name="Kitchen")).to_be_visible()
    assert await faults(page) == []
    await page.get_by_role("button", name="Find channel").click()
    await expect(page.get_by_role("dialog")).to_be_visible()

    assert await page.evaluate("document.documentElement.scrollWidth") == 360
