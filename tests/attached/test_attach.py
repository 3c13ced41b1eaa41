"""`commandpost attach` and `detach`, against a server that speaks Mattermost's API."""

from pathlib import Path

from click.testing import CliRunner, Result

from commandpost.cli import main
from commandpost.kernel.ids import new_id
from tests.support.attached import Town
from tests.support.served import signed_up


def run(town: Town, verb: str, folder: Path, *, token: str = "") -> Result:
    arguments = [verb, "--mattermost-url", town.server.url, "--data-dir", str(folder)]
    environment = {"COMMANDPOST_MATTERMOST_ADMIN_TOKEN": token or town.admin.token}
    return CliRunner().invoke(main, arguments, env=environment)


def test_attaching_makes_what_is_missing_once_and_detaching_takes_it_back(town: Town, tmp_path: Path) -> None:
    name = f"attached{new_id()[:8]}"
    team = town.call("POST", "/teams", json={"name": name, "display_name": name, "type": "I"})

    first = run(town, "attach", tmp_path)
    again = run(town, "attach", tmp_path)
    commands = town.call("GET", f"/commands?team_id={team['id']}&custom_only=true")
    bot = town.call("GET", "/users/username/incident")
    member = town.call("GET", f"/teams/{team['id']}/members/{bot['id']}")
    taken_back = run(town, "detach", tmp_path)

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


def test_only_an_administrator_attaches(town: Town, tmp_path: Path) -> None:
    ana = signed_up(town.server, f"ana{new_id()[:8]}", by=town.admin.token)

    refused = run(town, "attach", tmp_path, token=ana.token)
    unknown = run(town, "attach", tmp_path, token="nonsense")

    assert refused.exit_code == 1 and "is no system administrator" in refused.output
    assert unknown.exit_code == 1 and "does not take this token" in unknown.output
