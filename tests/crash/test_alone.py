"""One server at a time on a SQLite file; what a killed one leaves behind keeps nobody out."""

import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from commandpost.cli import main
from tests.support.served import served


@pytest.fixture
def home(sqlite_url: str) -> Path:
    """A data folder with a migrated, empty database."""
    return Path(sqlite_url.removeprefix("sqlite:///")).parent


def test_a_second_server_on_the_same_file_is_refused_and_told_what_to_do(home: Path) -> None:
    (home / "other").symlink_to(home)

    with served(home) as first:
        second = CliRunner().invoke(main, ["serve", "--port", "0", "--data-dir", str(home / "other")])

    assert second.exit_code == 1
    assert f"(process {first.process.pid})" in second.output
    assert "--data-dir" in second.output
    assert "PostgreSQL" in second.output


def test_after_a_kill_the_next_server_starts(home: Path) -> None:
    with served(home, anew=True) as first:
        first.stop(signal.SIGKILL)

    with served(home, anew=True) as second:
        assert second.process.poll() is None
