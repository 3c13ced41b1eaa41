"""`commandpost attach` and `detach`, against a server that speaks Mattermost's API."""

from collections.abc import Generator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import commandpost
from commandpost.chat.mattermost.attaching_rights import settings_missing
from commandpost.cli import main
from commandpost.kernel.ids import new_id
from tests.support.attached import Town
from tests.support.front import Front, front_of
from tests.support.served import signed_up

PLUGIN = "commandpost"
ORIGINAL = "com.mattermost.plugin-incident-management"


@pytest.fixture
def front(town: Town, tmp_path: Path) -> Generator[Front]:
    with front_of(town.server.url) as front:
        yield front
        run(town, front, "detach", tmp_path)


def run(town: Town, front: Front, verb: str, folder: Path, *more: str, token: str = "") -> Result:
    arguments = [verb, "--mattermost-url", front.url, "--data-dir", str(folder), *more]
    environment = {"COMMANDPOST_MATTERMOST_ADMIN_TOKEN": token or town.admin.token}
    return CliRunner().invoke(main, arguments, env=environment)


def test_attaching_makes_what_is_missing_once_and_detaching_takes_it_back(
    town: Town, front: Front, tmp_path: Path
) -> None:
    name = f"attached{new_id()[:8]}"
    team = town.call("POST", "/teams", json={"name": name, "display_name": name, "type": "I"})

    first = run(town, front, "attach", tmp_path, "--pages-url", "https://incidents.example")
    again = run(town, front, "attach", tmp_path)
    apps, plugins, active = list(front.apps.values()), dict(front.plugins), set(front.active)
    commands = town.call("GET", f"/commands?team_id={team['id']}&custom_only=true")
    bot = town.call("GET", "/users/username/incident")
    member = town.call("GET", f"/teams/{team['id']}/members/{bot['id']}")
    taken_back = run(town, front, "detach", tmp_path)

    assert first.exit_code == 0, first.output
    assert f"Team {name}: /incident is made." in first.output
    assert "COMMANDPOST_MATTERMOST_TOKEN=" in first.output
    assert f"Team {name}: /incident is there." in again.output
    assert "COMMANDPOST_MATTERMOST_TOKEN=" not in again.output
    assert [one["trigger"] for one in commands] == ["incident"]
    assert commands[0]["url"].endswith("/plugins/com.mattermost.plugin-incident-management/api/hooks/command")
    assert member["user_id"] == bot["id"]
    assert f"Team {name}: /incident is gone." in taken_back.output
    assert town.call("GET", f"/commands?team_id={team['id']}&custom_only=true") == []
    assert [app["callback_urls"] for app in apps] == [["https://incidents.example/oauth/mattermost/complete"]]
    assert (front.uploads, list(plugins), active) == (1, [PLUGIN], {PLUGIN})
    assert (front.apps, front.plugins) == ({}, {})


def test_what_is_switched_off_over_there_is_named_and_the_rest_is_done(
    town: Town, front: Front, tmp_path: Path
) -> None:
    front.settings["PluginSettings"] = {"Enable": True, "EnableUploads": False}
    front.settings["ServiceSettings"] = {"EnableOAuthServiceProvider": False}

    told = run(town, front, "attach", tmp_path, "--pages-url", "https://incidents.example")

    assert told.exit_code == 1
    assert "PluginSettings.EnableUploads is false" in told.output
    assert "works without it too" in told.output
    assert "EnableOAuthServiceProvider is off" in told.output
    assert "The bot account @incident is" in told.output


def test_a_plugin_of_the_same_version_and_another_content_is_uploaded(
    town: Town, front: Front, tmp_path: Path
) -> None:
    run(town, front, "attach", tmp_path)
    same = run(town, front, "attach", tmp_path)
    uploads = front.uploads
    forgotten = run(town, front, "attach", tmp_path / "elsewhere")

    assert (
        "is uploaded" not in same.output and f"The plugin {commandpost.__version__} is there." in same.output
    )
    assert (uploads, front.uploads) == (1, 2)
    assert "is uploaded" in forgotten.output


def test_what_the_bot_may_not_do_and_what_mattermost_will_not_call_is_said(
    town: Town, front: Front, tmp_path: Path
) -> None:
    front.settings["ServiceSettings"] = {
        "AllowedUntrustedInternalConnections": "10.0.0.0/8 other.example",
        "EnablePostUsernameOverride": False,
        "EnableUserAccessTokens": False,
    }
    front.denied = {"create_private_channel"}

    told = run(town, front, "attach", tmp_path).output

    assert (
        "✗ The bot lacks the permission create_private_channel: incidents cannot be started in private"
        in told
    )
    assert (
        "✓ The bot lacks the permission create_post_ephemeral: what concerns one person comes as a direct"
        in told
    )
    assert "✗ 127.0.0.1 has the address 127.0.0.1 inside your network" in told
    assert "✓ EnablePostUsernameOverride is off, so answers" in told
    assert "EnableUserAccessTokens" not in told, "a bot's token needs it not"


@pytest.mark.parametrize(
    ("allowed", "own_host", "said", "is_trouble"),
    [
        ("", "9.9.9.9", "", False),
        ("", "8.8.8.8", "very machine that Mattermost runs on", False),
        ("8.8.8.8", "8.8.8.8", "", False),
        ("8.8.0.0/16", "8.8.8.8", "", False),
        ("", "127.0.0.1", "inside your network", True),
        ("127.0.0.1", "localhost", "inside your network", True),
        ("127.0.0.0/8,::1/128", "localhost", "", False),
        ("localhost", "localhost", "", False),
    ],
)
async def test_whether_mattermost_would_call_an_address_is_judged_as_it_does(
    allowed: str, own_host: str, said: str, is_trouble: bool
) -> None:
    settings = {"AllowedUntrustedInternalConnections": allowed}
    own_url = f"https://{own_host}/plugins"

    steps = [step async for step in settings_missing(settings, own_url=own_url, url="https://8.8.8.8")]

    assert all(said in step.said and step.is_trouble is is_trouble for step in steps)
    assert bool(steps) is bool(said)


def test_the_plugin_does_not_come_beside_the_original_until_that_is_off(
    town: Town, front: Front, tmp_path: Path
) -> None:
    front.plugins[ORIGINAL] = {"id": ORIGINAL, "name": "Incident Management", "version": "1.3.0"}
    front.active.add(ORIGINAL)

    told = run(town, front, "attach", tmp_path)
    uploads = front.uploads
    front.active.discard(ORIGINAL)
    later = run(town, front, "attach", tmp_path)

    assert (told.exit_code, uploads) == (1, 0)
    assert "Incident Management 1.3.0 is on, which has the addresses" in told.output
    assert (later.exit_code, PLUGIN in front.active, ORIGINAL in front.plugins) == (0, True, True)


def test_the_plugin_outlives_a_restart_of_a_mattermost_that_brings_others_along(
    town: Town, front: Front, tmp_path: Path
) -> None:
    original = {"id": ORIGINAL, "name": "Incident Management", "version": "1.2.0"}
    front.plugins["playbooks"] = {"id": "playbooks", "name": "Playbooks", "version": "1.36.0"}
    front.active.add("playbooks")
    front.shipped[ORIGINAL] = original
    run(town, front, "attach", tmp_path)

    front.restart()

    assert front.plugins[PLUGIN]["name"] == "Command Post"
    assert PLUGIN in front.active


def test_only_an_administrator_attaches(town: Town, front: Front, tmp_path: Path) -> None:
    ana = signed_up(town.server, f"ana{new_id()[:8]}", by=town.admin.token)

    refused = run(town, front, "attach", tmp_path, token=ana.token)
    unknown = run(town, front, "attach", tmp_path, token="nonsense")

    assert refused.exit_code == 1 and "is no system administrator" in refused.output
    assert unknown.exit_code == 1 and "does not take this token" in unknown.output
