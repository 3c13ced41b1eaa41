"""`commandpost upgrade`: what it says before, and what it does. Of versions: `test_rolling_upgrade.py`."""

import sqlite3
from pathlib import Path

from click.testing import CliRunner, Result

from commandpost.cli import main
from commandpost.db import migrations


def ran(home: Path, *command: str) -> Result:
    return CliRunner().invoke(main, [*command, "--data-dir", str(home)], env={"COMMANDPOST_PORT": "0"})


def as_the_version_before_left_it(home: Path) -> None:
    with sqlite3.connect(home / "commandpost.db") as connection:
        connection.execute("DROP TABLE mattermost_kept_channels")
        connection.execute("DROP TABLE mattermost_kept_posts")
        connection.execute("DROP TABLE mattermost_kept_people")
        connection.execute("DELETE FROM migrations_done WHERE revision = ?", [migrations.newest()])
        connection.execute("UPDATE alembic_version SET version_num = ?", [migrations.known()[-2]])
    connection.close()


def test_it_asks_for_a_backup_says_what_will_be_done_and_does_it(homes: tuple[Path, Path]) -> None:
    home, _ = homes
    as_the_version_before_left_it(home)

    unsaved = ran(home, "upgrade")
    ran(home, "backup", str(home / "saved.zip"))
    checked, done, again = (ran(home, "upgrade", *check) for check in (["--check"], [], ["--check"]))

    assert (unsaved.exit_code, "none was noted" in unsaved.output) == (1, True)
    assert "Next: put right what is marked" in unsaved.output
    assert checked.exit_code == 0, checked.output
    for said in (
        f"is at {migrations.known()[-2]}",
        f"{migrations.newest()} expands",
        "Older servers may go on meanwhile",
        "MB free of 500 MB",
        "the last is 0 hours old",
        "Next: start one server of this version",
    ):
        assert said in checked.output
    assert (done.exit_code, f"Migrated to {migrations.newest()}" in done.output) == (0, True)
    assert (again.exit_code, "Nothing to do" in again.output) == (0, True)
