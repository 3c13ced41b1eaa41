"""Pages of a Command Post that is attached to a Mattermost, at an address of their own."""

import asyncio
from pathlib import Path

from click.testing import CliRunner
from playwright.async_api import Browser, expect

from commandpost.cli import main
from commandpost.kernel.ids import new_id
from tests.support.attached import Town
from tests.support.front import front_of
from tests.support.served import served, signed_up


async def test_who_is_signed_in_at_mattermost_gets_to_the_incidents_of_their_team(
    town: Town, browser: Browser, tmp_path: Path
) -> None:
    name = f"team{new_id()[:8]}"
    team = town.call("POST", "/teams", json={"name": name, "display_name": name, "type": "I"})
    ana = signed_up(town.server, f"ana{new_id()[:8]}", by=town.admin.token)
    for user_id in (ana.id, town.bot_id):
        member = {"team_id": team["id"], "user_id": user_id}
        town.call("POST", f"/teams/{team['id']}/members", json=member)
    with front_of(town.server.url) as front:
        environment = {"COMMANDPOST_MATTERMOST_TOKEN": town.bot_token}
        with served(tmp_path, "--mattermost-url", front.url, environment=environment) as server:
            pages = server.url.replace("127.0.0.1", "localhost")
            arguments = ["attach", "--mattermost-url", front.url, "--data-dir", str(tmp_path)]
            await asyncio.to_thread(
                CliRunner().invoke,
                main,
                [*arguments, "--pages-url", pages],
                env={"COMMANDPOST_MATTERMOST_ADMIN_TOKEN": town.admin.token},
            )
            context = await browser.new_context()
            await context.add_cookies([{"name": "MMAUTHTOKEN", "value": ana.token, "url": front.url}])
            page = await context.new_page()

            await page.goto(f"{pages}/")
            await page.get_by_role("button", name="Sign in with Mattermost").click()

            await expect(page.get_by_text(f"@{ana.username}")).to_be_visible()
            await expect(page.get_by_role("heading", name="Incidents")).to_be_visible()
            assert page.url == f"{pages}/{name}/com.mattermost.plugin-incident-management/incidents"
            await page.get_by_role("button", name="Sign out").click()
            await expect(page.get_by_role("button", name="Sign in with Mattermost")).to_be_visible()
            await context.close()
