"""Pages of a Command Post that is attached to a Mattermost, at an address of their own."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from click.testing import CliRunner
from playwright.async_api import Browser, Page, Request, expect

from commandpost.api.errors import V0_PREFIX
from commandpost.cli import main
from commandpost.kernel.ids import new_id
from tests.archive.files import EVENTS, by_hand
from tests.browser.office import greeted
from tests.support.attached import Town
from tests.support.front import front_of
from tests.support.patience import PATIENCE_S
from tests.support.served import Login, Served, served, signed_up


async def test_who_is_signed_in_at_mattermost_gets_to_the_incidents_of_their_team(
    town: Town, browser: Browser, tmp_path: Path
) -> None:
    ana = signed_up(town.server, f"ana{new_id()[:8]}", by=town.admin.token)
    ben = signed_up(town.server, f"ben{new_id()[:8]}", by=town.admin.token)
    team = town.team(ana.id, ben.id)
    with front_of(town.server.url) as front:
        environment = {"COMMANDPOST_MATTERMOST_TOKEN": town.bot_token}
        with served(tmp_path, "--mattermost-url", front.url, environment=environment) as server:
            pages = server.url.replace("127.0.0.1", "localhost")
            arguments = ["--mattermost-url", front.url, "--data-dir", str(tmp_path)]
            by_admin = {"COMMANDPOST_MATTERMOST_ADMIN_TOKEN": town.admin.token}
            attaching = ["attach", *arguments, "--pages-url", pages]
            await asyncio.to_thread(CliRunner().invoke, main, attaching, env=by_admin)
            await _with_playbook(server, ana, team["id"])
            context = await browser.new_context()
            await context.add_cookies([{"name": "MMAUTHTOKEN", "value": ana.token, "url": front.url}])
            page = await context.new_page()

            await page.goto(f"{pages}/")
            await page.get_by_role("button", name="Sign in with Mattermost").click()

            await expect(page.get_by_text(f"@{ana.username}")).to_be_visible()
            await expect(page.get_by_role("heading", name="Incidents", level=1)).to_be_visible()
            assert page.url == f"{pages}/{team['name']}/com.mattermost.plugin-incident-management/incidents"
            await _starts_and_leads_an_incident(page)
            brought = await _brought_in(server, town.admin, ana, team["id"])
            await page.clock.install()
            asked, is_greeted = _asked_for_channels(page), greeted(page)
            await page.goto(page.url.rpartition("/")[0] + f"/{brought}")
            await _reads_what_was_brought_in(page)
            await asyncio.wait_for(is_greeted.wait(), PATIENCE_S)
            await _acts_in_what_was_brought_in(page, asked)
            await _changes_who_is_in_it(page, ben)
            await page.get_by_role("button", name="Sign out").click()
            await expect(page.get_by_role("button", name="Sign in with Mattermost")).to_be_visible()
            await context.close()
            await asyncio.to_thread(CliRunner().invoke, main, ["detach", *arguments], env=by_admin)


async def _with_playbook(server: Served, by: Login, team_id: str) -> None:
    stages = [{"title": "Triage", "items": [{"title": "Call"}]}]
    wanted = {"title": "Outage", "team_id": team_id, "member_ids": [by.id], "checklists": stages}
    async with httpx.AsyncClient(
        headers={"Authorization": f"Bearer {by.token}"}, timeout=PATIENCE_S
    ) as client:
        answer = await client.post(f"{server.url}{V0_PREFIX}api/v0/playbooks", json=wanted)
        assert answer.status_code == 201, answer.text


async def _brought_in(server: Served, by: Login, member: Login, team_id: str) -> str:
    """An incident from elsewhere in which the member was; gives its id."""
    joined = {"sequence": 4, "kind": "member_joined", "at": EVENTS[-1]["at"], "actor_id": member.username}
    events = [*EVENTS, {**joined, "payload": {"user_id": member.username}}]
    async with httpx.AsyncClient(
        headers={"Authorization": f"Bearer {by.token}"}, timeout=PATIENCE_S
    ) as client:
        path, team = f"{server.url}{V0_PREFIX}api/v0/archives", {"team_id": team_id}
        answer = await client.post(path, params=team, content=by_hand(events))
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]


async def _reads_what_was_brought_in(page: Page) -> None:
    """Its page, from which nothing leads to a channel that is nowhere."""
    await expect(page.get_by_role("heading", name="Incident Cart is empty")).to_be_visible()
    await expect(page.get_by_role("button", name="Rehearse")).to_be_visible()
    log = page.get_by_role("region", name="Log")
    await expect(log.get_by_role("listitem").first).to_be_visible()
    await expect(log.get_by_role("link")).to_have_count(0)
    await expect(page.get_by_role("link", name="Jump to Channel")).to_have_count(0)


def _asked_for_channels(page: Page) -> list[str]:
    """Fills with what the page asks about the channels that one is in."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if urlsplit(request.url).path.endswith("/channels"):
            asked.append(request.url)

    page.on("request", note)
    return asked


async def _acts_in_what_was_brought_in(page: Page, asked: list[str]) -> None:
    """As a member, who is asked to join nothing; and the page does not ask on and on whether they did."""
    beside = page.get_by_role("complementary", name="What is to be done")
    await beside.get_by_role("tab", name="Tasks").click()
    look = beside.get_by_role("checkbox", name="Look")
    await expect(look).to_be_enabled()
    await expect(page.get_by_role("button", name="Join")).to_have_count(0)
    await expect(beside.get_by_text("You are looking on")).to_have_count(0)

    # What the page asks for again, once it hears of changes, it asks for in the same turn.
    await page.evaluate("new Promise(requestAnimationFrame)")
    before = len(asked)
    await page.clock.fast_forward(60_000)
    async with page.expect_response(lambda answer: urlsplit(answer.url).path.endswith("/state")) as answered:
        await look.click(force=True)

    assert (await answered.value).status == 200
    await expect(look).not_to_be_checked()
    assert before > 0
    assert len(asked) == before


async def _changes_who_is_in_it(page: Page, ben: Login) -> None:
    """Ben is added, removed, and added once more by being chosen to lead it."""
    people = page.get_by_role("region", name="People")
    await people.get_by_role("button", name="Add People").click()
    await page.get_by_role("searchbox").fill(ben.username)
    await page.get_by_role("option", name=ben.username).click()
    await expect(people.get_by_role("listitem").filter(has_text=ben.username)).to_be_visible()
    await people.get_by_role("button", name=f"Remove {ben.username}").click()
    await expect(people.get_by_role("listitem").filter(has_text=ben.username)).to_have_count(0)

    beside = page.get_by_role("complementary", name="What is to be done")
    await beside.get_by_role("tab").first.click()
    await beside.get_by_role("button", name="Commander:").click()
    await page.get_by_role("searchbox").fill(ben.username)
    await page.get_by_role("option", name=f"Add @{ben.username} to the incident").click()
    await expect(beside.get_by_role("button", name=f"Commander: {ben.username}")).to_be_visible()
    await expect(people.get_by_role("listitem").filter(has_text=ben.username)).to_be_visible()


async def _starts_and_leads_an_incident(page: Page) -> None:
    """From its start to its end, without the chat beside it."""
    await page.get_by_role("button", name="New Incident").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Playbook").click()
    await page.get_by_role("option", name="Outage").click()
    await dialog.get_by_label("Incident Name").fill("Lost mail")
    await dialog.get_by_role("button", name="Start Incident").click()
    await expect(page.get_by_role("heading", name="Incident Lost mail")).to_be_visible()

    beside = page.get_by_role("complementary", name="What is to be done")
    await beside.get_by_role("tab", name="Tasks").click()
    await beside.get_by_role("checkbox", name="Call").click(force=True)
    await beside.get_by_role("button", name="End Incident").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Confirm").click()
    await expect(beside.get_by_role("button", name="Restart Incident")).to_be_visible()
