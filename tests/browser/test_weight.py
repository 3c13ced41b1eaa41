"""What a browser fetches before a channel can be used. A size, not a time: every machine gives the same."""

from playwright.async_api import expect

from tests.browser.office import Office

MOST_BYTES = 250_000
"""Compressed script of a first load, as the server sends it."""

SCRIPTS = """() => Object.fromEntries(performance.getEntriesByType("resource")
    .filter((entry) => entry.name.endsWith(".js"))
    .map((entry) => [new URL(entry.name).pathname, entry.encodedBodySize]))"""


async def test_a_first_load_takes_less_than_250_kb_of_script(office: Office) -> None:
    channel = office.channel("kitchen", office.ben)
    written = f"**Look** :tada: @{office.ana.username} at `this` ~kitchen"
    post = office.post(office.ben, channel, written)
    with office.as_(office.ana) as client:
        reaction = {"user_id": office.ana.id, "post_id": post["id"], "emoji_name": "eyes"}
        client.post("/api/v4/reactions", json=reaction).raise_for_status()

    page = await office.page(office.ana, f"{office.path}/channels/kitchen")
    await expect(page.get_by_role("log", name="Posts").get_by_role("img", name="tada")).to_be_visible()
    await page.get_by_role("textbox", name="Write to Kitchen").fill("Seen")
    await page.wait_for_load_state("networkidle")

    sizes = await page.evaluate(SCRIPTS)
    assert 0 < sum(sizes.values()) < MOST_BYTES, sizes
