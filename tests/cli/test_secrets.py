"""`commandpost secrets`: another key takes over, and nothing is lost."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner

from commandpost.cli import main
from commandpost.db import Sql, database_at
from commandpost.integrations.store import settings as store
from commandpost.integrations.store.settings import Kept
from commandpost.kernel.clock import Millis
from commandpost.vault import KEY_FILE, Unreadable, Vault, new_key

_COMMAND = Sql(
    "INSERT INTO custom_commands (id, team_id, creator_id, sealed_token) VALUES ('c', 't', 'u', :sealed)"
)
_TOKEN = Sql("SELECT sealed_token FROM custom_commands")

SECRET = '{"token": "hush"}'


def run(data_dir: Path, environment: dict[str, str]) -> None:
    result = CliRunner().invoke(main, ["secrets", "rotate", "--data-dir", str(data_dir)], env=environment)
    assert result.exit_code == 0, result.output
    assert "Encrypted 2 secrets" in result.output


async def keep(url: str, sealed: str) -> None:
    database = database_at(url)
    await database.open()
    async with database.write() as work:
        await store.put(work, Kept(name="jira", sealed=sealed, update_at=Millis(1), updated_by="me"))
        await work.run(_COMMAND, sealed=sealed)
    await database.close()


async def kept(url: str) -> tuple[Kept, str]:
    """What is encrypted now: the settings, and the token of the command."""
    database = database_at(url)
    await database.open()
    async with database.read() as work:
        found = (await store.kept(work))["jira"], await work.value(_TOKEN)
    await database.close()
    return found


def test_a_new_key_in_the_file_takes_over(sqlite_url: str) -> None:
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    before = Vault({}, folder).sealed(SECRET)
    old_key = (folder / KEY_FILE).read_text()
    asyncio.run(keep(sqlite_url, before))

    run(folder, {})

    after, token = asyncio.run(kept(sqlite_url))
    assert [Vault({}, folder).opened(one) for one in (after.sealed, token)] == [SECRET, SECRET]
    assert (after.update_at, after.updated_by) == (1, "me")
    assert (folder / KEY_FILE).stat().st_mode & 0o777 == 0o600
    with pytest.raises(Unreadable):
        Vault({"COMMANDPOST_SECRET_KEY": old_key}, folder).opened(after.sealed)


def test_a_new_key_in_the_environment_takes_over(sqlite_url: str) -> None:
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    old, new = new_key(), new_key()
    asyncio.run(keep(sqlite_url, Vault({"COMMANDPOST_SECRET_KEY": old}, folder).sealed(SECRET)))

    run(folder, {"COMMANDPOST_SECRET_KEY": f"{new} {old}"})

    after, token = asyncio.run(kept(sqlite_url))
    keys = Vault({"COMMANDPOST_SECRET_KEY": new}, folder)
    assert [keys.opened(one) for one in (after.sealed, token)] == [SECRET, SECRET]
    assert not (folder / KEY_FILE).exists()


def test_a_key_that_is_none_is_refused(tmp_path: Path) -> None:
    environment = {"COMMANDPOST_SECRET_KEY": "password"}

    result = CliRunner().invoke(main, ["secrets", "rotate", "--data-dir", str(tmp_path)], env=environment)

    assert result.exit_code == 1
    assert "32 random bytes" in result.output
