"""What can be done with posts: react, reply, edit, delete, pin, save, link, attach."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, Response, Route, expect

from tests.browser.axe import faults
from tests.browser.files import choose_file, picture
from tests.browser.office import Office
from tests.browser.pointer import press_beside
from tests.support.served import Login


async def at_kitchen(office: Office, person: Login) -> Page:
    page = await office.page(person, f"{office.path}/channels/kitchen")
    await expect(page.get_by_role("log", name="Posts")).to_be_visible()
    return page


async def choose(page: Page, post: str, entry: str) -> None:
    """An entry of a post's menu."""
    article = page.get_by_role("article").filter(has_text=post)
    await press_beside(article, article.get_by_role("button", name="More about this post"))
    await page.get_by_role("menuitem", name=entry, exact=True).click()


async def test_reactions_are_seen_by_the_others_and_taken_back(office: Office) -> None:
    channel = office.channel("kitchen", office.ben)
    office.post(office.ben, channel, "The cart is back")
    ana, ben = await at_kitchen(office, office.ana), await at_kitchen(office, office.ben)

    post = ana.get_by_role("article").filter(has_text="The cart is back")
    await press_beside(post, post.get_by_role("button", name="Add reaction"))
    await ana.get_by_role("textbox", name="Search emoji").fill("tada")
    await ana.keyboard.press("Enter")

    await expect(ben.get_by_role("button", name=re.compile("reacted with :tada:"))).to_be_visible()
    await ana.get_by_role("button", name=re.compile("reacted with :tada:")).click()
    await expect(ben.get_by_role("button", name=re.compile("reacted with :tada:"))).to_have_count(0)


async def test_a_reply_stands_in_the_thread_and_in_the_channel(office: Office) -> None:
    channel = office.channel("kitchen", office.ben)
    office.post(office.ben, channel, "Who is on call?")
    ana, ben = await at_kitchen(office, office.ana), await at_kitchen(office, office.ben)

    post = ana.get_by_role("article").filter(has_text="Who is on call?")
    await press_beside(post, post.get_by_role("button", name="Reply", exact=True))
    await ana.get_by_role("textbox", name="Reply in Kitchen").fill("I am")
    await ana.keyboard.press("Enter")

    await expect(ana.get_by_role("log", name="Thread").get_by_text("I am")).to_be_visible()
    await ben.get_by_role("button", name="1 reply").click()
    await expect(ben.get_by_role("log", name="Thread").get_by_text("I am")).to_be_visible()
    assert await faults(ben) == []


async def test_edits_and_deletions_are_seen_by_the_others(office: Office) -> None:
    channel = office.channel("kitchen", office.ben)
    office.post(office.ana, channel, "The card is broken")
    office.post(office.ana, channel, "Never mind")
    ana, ben = await at_kitchen(office, office.ana), await at_kitchen(office, office.ben)

    await choose(ana, "The card is broken", "Edit")
    await ana.get_by_role("textbox", name="Edit post").fill("The cart is broken")
    await ana.keyboard.press("Enter")
    await choose(ana, "Never mind", "Delete")
    await ana.get_by_role("alertdialog").get_by_role("button", name="Delete").click()

    await expect(ben.get_by_role("log", name="Posts").get_by_text("The cart is broken")).to_be_visible()
    await expect(ben.get_by_text("(edited)")).to_be_visible()
    await expect(ben.get_by_text("Never mind")).to_have_count(0)


async def test_what_is_selected_in_the_edit_box_is_replaced_after_a_look_elsewhere(office: Office) -> None:
    channel = office.channel("kitchen")
    office.post(office.ana, channel, "The card is broken")
    page = await at_kitchen(office, office.ana)
    await choose(page, "The card is broken", "Edit")
    box = page.get_by_role("textbox", name="Edit post")
    await expect(box).to_be_focused()

    await box.press("ControlOrMeta+a")
    await box.blur()
    await box.focus()
    await page.keyboard.type("The cart is broken")

    await expect(box).to_have_value("The cart is broken")


async def test_arrow_up_in_an_empty_box_edits_ones_last_post(office: Office) -> None:
    channel = office.channel("kitchen")
    office.post(office.ana, channel, "Almost right")
    page = await at_kitchen(office, office.ana)
    await expect(page.get_by_text("Almost right")).to_be_visible()

    await page.get_by_role("textbox", name="Write to Kitchen").press("ArrowUp")

    await expect(page.get_by_role("textbox", name="Edit post")).to_be_focused()


async def test_posts_are_pinned_and_saved(office: Office) -> None:
    channel = office.channel("kitchen")
    office.post(office.ana, channel, "The bridge is at 4711")
    page = await at_kitchen(office, office.ana)

    await choose(page, "The bridge is at 4711", "Pin to channel")
    article = page.get_by_role("article").filter(has_text="The bridge is at 4711")
    await press_beside(article, article.get_by_role("button", name="Save for later"))

    await expect(article.get_by_text("Pinned")).to_be_visible()
    await expect(article.get_by_text("Saved", exact=True)).to_be_visible()


async def test_a_picture_is_attached_shown_and_opened(office: Office) -> None:
    office.channel("kitchen")
    page = await at_kitchen(office, office.ana)

    await choose_file(page.get_by_role("button", name="Attach files"), picture("graph.png"))
    await expect(page.get_by_role("button", name="Remove graph.png")).to_be_visible()
    await page.get_by_role("textbox", name="Write to Kitchen").press("Enter")
    await page.get_by_role("button", name="Open picture graph.png").click()

    await expect(page.get_by_role("dialog", name="graph.png")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_what_an_integration_adds_is_shown_without_harm(office: Office) -> None:
    channel = office.channel("kitchen")
    attachment = {
        "color": "#cc0000",
        "title": "Alert 17",
        "title_link": "https://alerts.example/17",
        "text": "Disk **full**",
        "fields": [{"title": "Host", "value": "db-1", "short": True}],
        "image_url": "https://alerts.example/graph.png",
    }
    office.post(office.ana, channel, "From the monitor", props={"attachments": [attachment]})
    page = await at_kitchen(office, office.ana)

    article = page.get_by_role("article").filter(has_text="From the monitor")
    await expect(article.get_by_role("link", name="Alert 17")).to_be_visible()
    await expect(article.locator("strong", has_text="full")).to_be_visible()
    await expect(article.get_by_text("db-1")).to_be_visible()
    assert await faults(page) == []


@pytest.mark.parametrize(
    ("typed", "offered", "written"),
    [
        ("Hi @be", "@ben", "Hi @ben"),
        ("See ~kit", "~kitchen", "See ~kitchen "),
        ("Good :tad", ":tada:", "Good :tada: "),
        ("/inv", "invite", "/invite"),
    ],
)
async def test_words_are_completed(office: Office, typed: str, offered: str, written: str) -> None:
    office.channel("kitchen", office.ben)
    page = await at_kitchen(office, office.ana)
    box = page.get_by_role("textbox", name="Write to Kitchen")

    await box.press_sequentially(typed)
    await expect(page.get_by_role("option", selected=True).filter(has_text=offered)).to_be_visible()
    await box.press("Tab")

    await expect(box).to_have_value(re.compile(f"^{re.escape(written)}"))


@asynccontextmanager
async def stopped(page: Page, address: str) -> AsyncGenerator[asyncio.Event]:
    """What the page asks for there waits until the event is set."""
    goes_on = asyncio.Event()

    async def wait(route: Route) -> None:
        await goes_on.wait()
        await route.continue_()

    await page.route(address, wait)
    yield goes_on


async def test_a_draft_survives_a_reload_and_stays_in_its_channel(office: Office) -> None:
    office.post(office.ana, office.channel("kitchen"), "The kettle is on")
    page = await at_kitchen(office, office.ana)

    await page.get_by_role("textbox", name="Write to Kitchen").fill("Half a thought")
    async with page.expect_file_chooser() as choosing:
        await page.get_by_role("button", name="Attach files").click()
    async with stopped(page, "**/api/v4/files") as goes_on:
        await (await choosing.value).set_files([{"name": "log.txt", "mimeType": "", "buffer": b"All of it"}])
        await page.get_by_role("link", name="Off-Topic").click()
        elsewhere = page.get_by_role("textbox", name="Write to Off-Topic")
        await expect(elsewhere).to_have_value("")
        await expect(page.get_by_text("log.txt")).to_be_hidden()
        await elsewhere.press_sequentially("no")
        for _ in "no, and what was typed there":
            await elsewhere.press("Control+z")
        await expect(elsewhere).to_have_value("")
        goes_on.set()
    await page.get_by_role("link", name="Kitchen").click()
    await expect(page.get_by_text("log.txt")).to_be_visible()
    await page.goto(f"{office.path}/channels/kitchen")

    await expect(page.get_by_role("textbox", name="Write to Kitchen")).to_have_value("Half a thought")
    reply = page.get_by_role("complementary").get_by_role("textbox")
    for written in ("", "Half an answer"):
        post = page.get_by_role("article").filter(has_text="The kettle is on")
        await press_beside(post, post.get_by_role("button", name="Reply", exact=True))
        await expect(reply).to_have_value(written)
        await reply.fill("Half an answer")
        await page.reload()


async def test_what_is_written_while_the_server_is_out_of_reach_arrives_later(office: Office) -> None:
    office.forgiven += ["ERR_INTERNET_DISCONNECTED", "WebSocket"]
    channel = office.channel("kitchen", office.ben)
    ana, ben = await at_kitchen(office, office.ana), await at_kitchen(office, office.ben)

    await ana.context.set_offline(True)
    await ana.get_by_role("textbox", name="Write to Kitchen").fill("Can you hear me?")
    await ana.keyboard.press("Enter")
    await expect(ana.get_by_role("button", name="Send again")).to_be_visible()
    office.post(office.ben, channel, "While you were away")
    await ana.get_by_role("button", name="Send again").click()
    await expect(ana.get_by_text("Not sent yet")).to_be_visible()
    await ana.context.set_offline(False)

    await expect(ben.get_by_role("log", name="Posts").get_by_text("Can you hear me?")).to_be_visible()
    await expect(ana.get_by_role("log", name="Posts").get_by_text("While you were away")).to_be_visible()
    await expect(ana.get_by_role("log", name="Posts").get_by_text("Can you hear me?")).to_have_count(1)


def _is_sent(said: Response) -> bool:
    """Whether that is the answer to a post that was taken."""
    return said.ok and said.request.method == "POST" and said.url.endswith("/api/v4/posts")


async def test_what_got_no_answer_is_sent_again_by_itself_and_once(office: Office) -> None:
    office.forgiven += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "WebSocket"]
    channel = office.channel("kitchen", office.ben)
    ana = await at_kitchen(office, office.ana)

    await ana.context.set_offline(True)
    await ana.get_by_role("textbox", name="Write to Kitchen").fill("Anybody there?")
    await ana.keyboard.press("Enter")
    await expect(ana.get_by_text("Not sent yet")).to_be_visible()
    async with ana.expect_response(_is_sent):
        await ana.context.set_offline(False)

    await expect(ana.get_by_text("Not sent yet")).to_have_count(0)
    await expect(ana.get_by_role("log", name="Posts").get_by_text("Anybody there?")).to_have_count(1)
    with office.as_(office.ben) as client:
        posts = client.get(f"/api/v4/channels/{channel['id']}/posts").json()["posts"].values()
    assert [post["message"] for post in posts].count("Anybody there?") == 1


async def test_a_file_is_pasted_and_another_dropped(office: Office) -> None:
    office.channel("kitchen")
    page = await at_kitchen(office, office.ana)
    give = """(element, [kind, name]) => {
      const files = new DataTransfer();
      files.items.add(new File(["words"], name, { type: "text/plain" }));
      const how = { bubbles: true, cancelable: true, clipboardData: files, dataTransfer: files };
      element.dispatchEvent(kind === "paste" ? new ClipboardEvent(kind, how) : new DragEvent(kind, how));
    }"""

    await page.get_by_role("textbox", name="Write to Kitchen").evaluate(give, ["paste", "pasted.txt"])
    await page.get_by_role("log", name="Posts").evaluate(give, ["dragover", "dropped.txt"])
    await page.get_by_role("log", name="Posts").evaluate(give, ["drop", "dropped.txt"])
    await expect(page.get_by_role("button", name="Remove pasted.txt")).to_be_visible()
    await expect(page.get_by_role("button", name="Remove dropped.txt")).to_be_visible()
    await page.get_by_role("textbox", name="Write to Kitchen").press("Enter")

    post = page.get_by_role("article").last
    await expect(post.get_by_text("pasted.txt")).to_be_visible()
    await expect(post.get_by_text("dropped.txt")).to_be_visible()


async def test_what_others_change_is_announced(office: Office) -> None:
    channel = office.channel("kitchen", office.ben)
    page = await at_kitchen(office, office.ana)
    announced = page.locator("[data-live-announcer]")

    post = office.post(office.ben, channel, "The kettle is on")
    with office.as_(office.ben) as client:
        body = {"message": "The kettle is off"}
        client.put(f"/api/v4/posts/{post['id']}/patch", json=body).raise_for_status()
        await expect(announced).to_contain_text("A post was edited.")
        client.delete(f"/api/v4/posts/{post['id']}").raise_for_status()

    await expect(announced).to_contain_text("A post was deleted.")


async def test_times_are_in_the_time_zone_of_the_profile(office: Office) -> None:
    channel = office.channel("kitchen")
    office.post(office.ana, channel, "What time is it?")
    zone = {"useAutomaticTimezone": "false", "automaticTimezone": "", "manualTimezone": "Asia/Kathmandu"}
    with office.as_(office.ana) as client:
        client.put("/api/v4/users/me/patch", json={"timezone": zone}).raise_for_status()
    page = await at_kitchen(office, office.ana)

    time = page.get_by_role("article").filter(has_text="What time is it?").locator("time").first
    at = datetime.fromisoformat(await time.get_attribute("datetime") or "")
    there = at.astimezone(ZoneInfo("Asia/Kathmandu"))
    await expect(time).to_have_text(f"{there.hour}:{there.minute:02}")


async def test_a_question_stays_though_it_comes_after_the_pointer_has_left_its_post(office: Office) -> None:
    channel = office.channel("kitchen")
    office.post(office.ana, channel, "Never mind")
    page = await at_kitchen(office, office.ana)

    async with stopped(page, "**/DialogWindow-*.js") as goes_on:
        await choose(page, "Never mind", "Delete")
        await page.get_by_role("article").filter(has_text="Never mind").hover()
        await page.mouse.move(5, 5)
        goes_on.set()

    await page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    await expect(page.get_by_text("Never mind")).to_have_count(0)


async def test_others_are_seen_typing(office: Office) -> None:
    office.channel("kitchen", office.ben)
    ana, ben = await at_kitchen(office, office.ana), await at_kitchen(office, office.ben)

    await ben.get_by_role("textbox", name="Write to Kitchen").press_sequentially("Hm")

    await expect(ana.get_by_text(f"{office.ben.username} is typing")).to_be_visible()
