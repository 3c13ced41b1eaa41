"""What others do while a page is being loaded is on it, however the answers and the events come."""

import asyncio
import re

from playwright.async_api import Page, Route, WebSocketRoute, expect

from tests.browser.heard import Heard
from tests.browser.office import EMPTY, Office

CHANNELS = re.compile(r"/users/me/teams/\w+/channels(\?|$)")
MEMBERSHIPS = re.compile(r"/users/me/teams/\w+/channels/members")


class Late:
    """An answer that the server gave at once, and that reaches the page when the test lets it."""

    def __init__(self) -> None:
        self.is_given = asyncio.Event()
        self._may_arrive = asyncio.Event()

    async def hold(self, route: Route) -> None:
        """The first one is held; the others are let through."""
        if self.is_given.is_set():
            await route.continue_()
            return
        answer = await route.fetch()
        self.is_given.set()
        await self._may_arrive.wait()
        await route.fulfill(response=answer)

    def arrive(self) -> None:
        self._may_arrive.set()


async def entering(office: Office, page: Page, held: str | re.Pattern[str]) -> tuple[Heard, Late]:
    """The page of a channel, of which one answer is on its way while the socket is open."""
    late = Late()
    await page.route(held, late.hold)
    heard = Heard(page)
    await page.goto(f"{office.path}/channels/town-square", wait_until="commit")
    await late.is_given.wait()
    await heard.until("hello")
    return heard, late


async def test_a_post_comes_while_the_posts_are_on_their_way(office: Office) -> None:
    with office.as_(office.ana) as client:
        square = client.get(f"/api/v4/teams/{office.team['id']}/channels/name/town-square").json()
    page = await office.page(office.ben, "/account")
    heard, late = await entering(office, page, "**/posts/unread*")

    office.post(office.ana, square, "The kettle is on")
    await heard.until("posted")
    late.arrive()

    await expect(page.get_by_role("log", name="Posts").get_by_text("The kettle is on")).to_be_visible()


async def test_a_mention_comes_while_the_memberships_are_on_their_way(office: Office) -> None:
    kitchen = office.channel("kitchen", office.ben)
    page = await office.page(office.ben, "/account")
    heard, late = await entering(office, page, MEMBERSHIPS)

    office.post(office.ana, kitchen, f"@{office.ben.username} the kettle is on")
    await heard.until("posted")
    late.arrive()

    await expect(page.get_by_role("link", name="Kitchen 2 mentions")).to_be_visible()


async def test_a_channel_is_joined_while_the_channels_are_on_their_way(office: Office) -> None:
    page = await office.page(office.ben, "/account")
    heard, late = await entering(office, page, CHANNELS)

    office.channel("kitchen", office.ben)
    await heard.until("user_added")
    late.arrive()

    await expect(page.get_by_role("link", name="Kitchen")).to_be_visible()


async def test_an_incident_starts_while_the_ongoing_ones_are_on_their_way(office: Office) -> None:
    playbook = office.playbook("Outage", office.ben)
    page = await office.page(office.ben, "/account")
    heard, late = await entering(office, page, "**/incidents?*status=active*")

    office.incident("Lift is stuck", playbook, office.ben)
    await heard.until("user_added")
    late.arrive()

    gathered = page.get_by_role("navigation").locator("section").filter(has_text="Ongoing incidents")
    await expect(gathered.get_by_role("link", name="Lift is stuck")).to_be_visible()


async def test_a_link_far_back_still_leads_there_when_the_page_begins_to_hear_on_the_way(
    office: Office,
) -> None:
    kitchen = office.channel("kitchen")
    old = office.post(office.ana, kitchen, "How it began")
    for number in range(80):
        office.post(office.ana, kitchen, f"Message {number}.")
    page = await office.page(office.ana, EMPTY)
    is_found, is_told = asyncio.Event(), asyncio.Event()

    async def held(socket: WebSocketRoute) -> None:
        await is_found.wait()
        socket.connect_to_server()

    async def late(route: Route) -> None:
        is_found.set()
        await is_told.wait()
        await route.continue_()

    await page.route_web_socket("**/websocket*", held)
    await page.route("**/assets/ChannelPage-*.js", late)
    heard = Heard(page)
    await page.goto(f"{office.path}/pl/{old['id']}")
    await heard.until("hello")
    is_told.set()

    await expect(page.get_by_text("How it began")).to_be_in_viewport()


async def test_what_happens_before_the_socket_is_open_is_on_the_page(office: Office) -> None:
    kitchen = office.channel("kitchen", office.ben)
    with office.as_(office.ana) as client:
        square = client.get(f"/api/v4/teams/{office.team['id']}/channels/name/town-square").json()
    page = await office.page(office.ben, "/account")
    may_open = asyncio.Event()

    async def held(socket: WebSocketRoute) -> None:
        await may_open.wait()
        socket.connect_to_server()

    await page.route_web_socket("**/websocket*", held)
    await page.goto(f"{office.path}/channels/town-square")
    await expect(page.get_by_role("link", name="Kitchen")).to_be_visible()
    posts = page.get_by_role("log", name="Posts")
    await expect(posts.get_by_text("joined").first).to_be_visible()
    office.post(office.ana, square, "The kettle is on")
    office.post(office.ana, kitchen, f"@{office.ben.username} it boils")
    may_open.set()

    await expect(posts.get_by_text("The kettle is on")).to_be_visible()
    await expect(page.get_by_role("link", name="Kitchen 2 mentions")).to_be_visible()
