"""Commands run in the test's own process: what they set for the whole process is put back."""

import asyncio
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from commandpost.db import database_at
from commandpost.kernel.clock import SystemClock
from commandpost.workspace.actions import teams, users
from commandpost.workspace.actions.teams import NewTeam
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.sign_up import NewUser, PasswordHash
from commandpost.workspace.model.who import Who


@pytest.fixture(autouse=True)
def logging_put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def homes(tmp_path: Path, sqlite_template: Path) -> tuple[Path, Path]:
    """The data folders of two servers, each with the team "acme"."""
    made = (tmp_path / "one", tmp_path / "two")
    for home in made:
        home.mkdir()
        shutil.copyfile(sqlite_template, home / "commandpost.db")
        asyncio.run(_with_team(home))
    return made


async def _with_team(home: Path) -> None:
    database = database_at(f"sqlite:///{home / 'commandpost.db'}")
    await database.open()
    try:
        desks = Desks(database, SystemClock(), Config())
        async with desks.writing() as desk:
            operator = Who(user_id="", username="", roles=frozenset({"system_admin"}))
            new = NewUser(username="ana", email="ana@example.com", password_hash=PasswordHash("none"))
            ana = await users.create(desk, operator, new)
            by = Who(user_id=ana.id, username="ana", roles=frozenset({"system_admin"}))
            await teams.create(desk, by, NewTeam(name="acme", display_name="Acme", type="I"))
        desks.passwords.close()
    finally:
        await database.close()
