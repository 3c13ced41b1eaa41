"""What was said before and after: posts come as one scrolls, and those in view stay there."""

import asyncio
import re

from playwright.async_api import Page, expect

from tests.browser.axe import faults
from tests.browser.office import Office
from tests.browser.pointer import box_at_rest
from tests.support.patience import PATIENCE_S
from tests.support.served import Login

_STAYS_AT = """(list, where) => {
  const go = () => {
    list.scrollTop = list[where] ?? 0;
    requestAnimationFrame(go);
  };
  go();
}"""
"""Scrolls there in each frame, as a quick hand does; to the top where the list has no such height."""


async def at_kitchen(office: Office, person: Login) -> Page:
    page = await office.page(person, f"{office.path}/channels/kitchen")
    await expect(page.get_by_role("log", name="Posts")).to_be_visible()
    return page


async def test_a_link_leads_to_a_post_far_back(office: Office) -> None:
    channel = office.channel("kitchen")
    old = office.post(office.ana, channel, "How it began")
    for number in range(120):
        office.post(office.ana, channel, f"Message {number}")

    page = await office.page(office.ana, f"{office.path}/pl/{old['id']}")

    await expect(page.get_by_text("How it began")).to_be_in_viewport()
    await page.get_by_role("button", name="Jump to latest").click()
    await expect(page.get_by_text("Message 119")).to_be_in_viewport()


async def test_a_post_far_back_and_what_was_said_since_are_had_by_another_try(office: Office) -> None:
    office.forgiven += ["status of 503"]
    channel = office.channel("kitchen")
    old = office.post(office.ana, channel, "How it began")
    for number in range(100):
        office.post(office.ana, channel, f"Message {number}.")
    page = await at_kitchen(office, office.ana)
    beyond = re.compile(r"/posts\?.*(before|after)=")

    await page.route(beyond, lambda route: route.fulfill(status=503))
    await page.goto(f"{office.path}/pl/{old['id']}")
    again = page.get_by_role("button", name="Try again")
    await expect(again).to_be_visible()
    await office.live(page)
    await page.unroute(beyond)
    await again.click()
    await expect(page.get_by_text("How it began")).to_be_in_viewport()

    await page.route(beyond, lambda route: route.fulfill(status=503))
    posts = page.get_by_role("log", name="Posts")
    await posts.evaluate(_STAYS_AT, "scrollHeight")
    told = posts.get_by_role("alert").filter(has_text="Newer posts could not be loaded.")
    await expect(told).to_be_in_viewport()
    await page.unroute(beyond)
    await again.click()

    await expect(page.get_by_text("Message 99.")).to_be_in_viewport()


async def test_newer_posts_come_while_one_scrolls_down_from_a_post_far_back(office: Office) -> None:
    channel = office.channel("kitchen")
    old = office.post(office.ana, channel, "How it began")
    for number in range(150):
        office.post(office.ana, channel, f"Message {number}.")
    page = await office.page(office.ana, f"{office.path}/pl/{old['id']}")
    await expect(page.get_by_text("How it began")).to_be_in_viewport()

    await page.get_by_role("log", name="Posts").evaluate(_STAYS_AT, "scrollHeight")

    await expect(page.get_by_text("Message 149.")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="Jump to latest")).to_be_hidden()


async def test_older_posts_come_while_one_scrolls_up(office: Office) -> None:
    channel = office.channel("kitchen")
    for number in range(100):
        office.post(office.ana, channel, f"Message {number}.")
    page = await at_kitchen(office, office.ana)
    await expect(page.get_by_text("Message 99.")).to_be_in_viewport()

    first = page.get_by_text("Message 0.", exact=True)
    async with asyncio.timeout(PATIENCE_S):
        while not await first.count():
            await page.get_by_role("log", name="Posts").hover()
            await page.mouse.wheel(0, -3000)

    await expect(first).to_have_count(1)


async def test_who_goes_to_the_top_again_just_as_older_posts_come_sees_them_all(office: Office) -> None:
    channel = office.channel("kitchen")
    for number in range(250):
        office.post(office.ana, channel, f"Message {number}.")
    page = await at_kitchen(office, office.ana)

    for _ in range(4):
        await expect(page.get_by_text("Message 249.")).to_be_in_viewport()
        await page.get_by_role("log", name="Posts").evaluate(_STAYS_AT, "top")
        await expect(page.get_by_text("Message 0.", exact=True)).to_be_in_viewport()
        await page.reload()


async def test_older_posts_that_could_not_be_loaded_are_had_by_another_try(office: Office) -> None:
    office.forgiven += ["status of 503", "ERR_INTERNET_DISCONNECTED", "WebSocket"]
    channel = office.channel("kitchen")
    for number in range(130):
        office.post(office.ana, channel, f"Message {number}.")
    page = await at_kitchen(office, office.ana)
    posts, older = page.get_by_role("log", name="Posts"), re.compile(r"/posts\?.*before=")
    await expect(page.get_by_text("Message 129.")).to_be_in_viewport()

    await page.route(older, lambda route: route.fulfill(status=503))
    await posts.evaluate("list => { list.scrollTop = 0 }")
    told = posts.get_by_role("alert").filter(has_text="Older posts could not be loaded.")
    await expect(told).to_be_visible()
    assert await faults(page) == []
    await page.unroute(older)
    await told.get_by_role("button", name="Try again").click()
    await expect(told).to_be_hidden()
    await expect(page.get_by_text("Message 60.")).to_have_count(1)

    await page.context.set_offline(True)
    await posts.evaluate("list => { list.scrollTop = 0 }")
    await expect(told).to_be_visible()
    await page.context.set_offline(False)
    await expect(told).to_be_hidden()
    await posts.evaluate("list => { list.scrollTop = 0 }")
    await expect(page.get_by_text("Message 0.", exact=True)).to_have_count(1)


async def test_the_end_stays_in_view_until_one_reads_further_up(office: Office) -> None:
    channel = office.channel("kitchen", office.ben)
    for number in range(40):
        office.post(office.ana, channel, f"Message {number}.")
    page = await at_kitchen(office, office.ana)
    await expect(page.get_by_text("Message 39.")).to_be_in_viewport()
    await page.set_viewport_size({"width": 1280, "height": 480})
    await expect(page.get_by_text("Message 39.")).to_be_in_viewport()
    office.post(office.ben, channel, "Long.\n" * 12 + "Ben's end.")
    await expect(page.get_by_text("Ben's end.")).to_be_in_viewport()
    jump = page.get_by_role("button", name="Jump to latest")
    await expect(jump).to_be_hidden()

    posts = page.get_by_role("log", name="Posts")
    await posts.hover()
    await page.mouse.wheel(0, -700)
    await expect(jump).to_be_visible()
    read = page.get_by_text("Message 30.")
    before = await box_at_rest(read)
    height = await posts.evaluate("list => list.scrollHeight")
    office.post(office.ben, channel, "Meanwhile.")
    await expect(posts).not_to_have_js_property("scrollHeight", height)
    assert await box_at_rest(read) == before

    await jump.click()
    await expect(page.get_by_text("Meanwhile.")).to_be_in_viewport()
    await expect(jump).to_be_hidden()
