"""`commandpost migrate` and `commandpost doctor`: the database's shape, and whether all is well."""

import asyncio
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from commandpost import __version__, logs
from commandpost.cli import outside
from commandpost.cli.options import refusals_told, settings_with, where_the_data_is
from commandpost.cli.outside import Finding, shown
from commandpost.db import Database, Work, database_at, migrations
from commandpost.db.state import state_of
from commandpost.integrations import discovery
from commandpost.integrations.values import variable
from commandpost.kernel.clock import SECOND_MS, SystemClock
from commandpost.kernel.errors import Refusal
from commandpost.settings import (
    FILE_VARIABLE,
    MATTERMOST_TOKEN_VARIABLE,
    OIDC_SECRET_VARIABLE,
    PREFIX,
    SECRET_KEY_VARIABLE,
    SIGNERS_VARIABLE,
    SMTP_PASSWORD_VARIABLE,
    VARIABLES,
    Settings,
)
from commandpost.workspace.actions import config as config_actions
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.config import Config, config_from, variables

_LOW_DISK_BYTES = 500_000_000
_MOST_SECONDS_APART = 5
_OLDEST_SQLITE = (3, 38, 0)


@click.command()
@where_the_data_is
def migrate(data_dir: Path | None, database_url: str | None) -> None:
    """Bring the database to the shape this version expects.

    `serve` does this by itself; use it to migrate before switching over. Safe to repeat.
    """
    with refusals_told():
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        before, after = asyncio.run(_migrated(database_at(settings.database).url))
    if before == after:
        click.echo(f"The database is up to date ({after}).")
    else:
        click.echo(f"Migrated the database from {before or 'empty'} to {after}.")


async def _migrated(url: str) -> tuple[str | None, str]:
    before = await migrations.current(url)
    await migrations.upgrade(url)
    return before, await migrations.current(url) or migrations.newest()


@click.command()
@where_the_data_is
def doctor(data_dir: Path | None, database_url: str | None) -> None:
    """Check settings, database and surroundings, and say what is wrong.

    Changes nothing. Ends with status 1 if something must be put right.
    """
    console = Console()
    with refusals_told():
        settings = settings_with(data_dir=data_dir, database_url=database_url)
        config = config_from(settings.environment)
    of_database = asyncio.run(_database(settings, config))
    now = of_database.config
    findings = [
        *_surroundings(settings),
        *of_database.findings,
        asyncio.run(outside.redis(settings)),
        asyncio.run(outside.mail(settings, now)),
        asyncio.run(outside.openid(settings, now)),
        *outside.address(now),
        *_settings(settings),
    ]
    for finding in findings:
        shown(console, finding)
    console.print(_table(settings, config))
    if any(finding.trouble for finding in findings):
        raise SystemExit(1)


def _surroundings(settings: Settings) -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding(subject="Version", detail=f"Command Post {__version__} on Python {python}")
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        yield Finding(
            subject="SQLite",
            trouble=f"{sqlite3.sqlite_version} is too old; 3.38 is needed. Take a newer Python.",
        )
    folder = settings.data_dir
    if not folder.exists():
        yield Finding(subject="Data folder", detail=f"{folder} (will be made)")
        return
    if not folder.is_dir():
        yield Finding(
            subject="Data folder",
            trouble=f"{folder} is no folder. Name another by COMMANDPOST_DATA_DIR, or move that file away.",
        )
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(
            subject="Data folder",
            trouble=f"{folder} cannot be written. Let it belong to the user that the server runs as, on a"
            " disk that is not read-only.",
        )
        return
    free = shutil.disk_usage(folder).free
    if free < _LOW_DISK_BYTES:
        yield Finding(
            subject="Data folder",
            trouble=f"{folder}: only {free // 1_000_000} MB free. Make room: a full disk takes no posts.",
        )
    else:
        yield Finding(subject="Data folder", detail=f"{folder}, {free // 1_000_000_000} GB free")


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfDatabase:
    """What was found of the database, and the settings in force: it keeps those that were changed."""

    findings: Sequence[Finding]
    config: Config


async def _database(settings: Settings, config: Config) -> _OfDatabase:
    """Its shape, its clock if it has one of its own, and what settings it keeps."""
    address = logs.without_password(settings.database)
    database = database_at(settings.database)
    try:
        revision = await migrations.current(database.url)
        if revision is None:
            empty = Finding(subject="Database", detail=f"{address} is empty; `serve` will fill it")
            return _OfDatabase(findings=[empty], config=config)
        if revision not in migrations.known():
            migrations.refuse_what_is_too_new(revision, await migrations.done(database.url))
        clock, config = await _opened(database, config)
    except Refusal as refusal:
        trouble = Finding(subject="Database", trouble=f"{address}: {refusal.message}")
        return _OfDatabase(findings=[trouble], config=config)
    shape = Finding(subject="Database", detail=f"{address} {_shape(revision)}")
    return _OfDatabase(findings=[shape, *clock], config=config)


def _shape(revision: str) -> str:
    if revision == migrations.newest():
        return f"is up to date ({revision})"
    if revision in migrations.known():
        return f"is at {revision}; `upgrade --check` says what bringing it to {migrations.newest()} does"
    return f"was migrated by a newer version ({revision}); this one can go on with it"


async def _opened(database: Database, config: Config) -> tuple[Sequence[Finding], Config]:
    """How its clock goes, and the settings in force. Raises Unavailable."""
    await database.open()
    desks = Desks(database, SystemClock(), config)
    try:
        async with desks.reading() as desk:
            in_force = await config_actions.in_force(desk)
            clock = [] if database.url.startswith("sqlite:") else [await _clock(desk.work)]
    finally:
        desks.passwords.close()
        await database.close()
    return clock, in_force


async def _clock(work: Work) -> Finding:
    """How far our clock is from the database's, at least: its answer took a while."""
    asked = time.time()
    now = (await state_of(work)).now / SECOND_MS
    apart_s = max(asked - now, now - time.time(), 0.0)
    if apart_s > _MOST_SECONDS_APART:
        return Finding(
            subject="Clock",
            trouble=f"This machine's clock differs by {apart_s:.0f} s from the database's: reminders and"
            " sessions are early or late. Let NTP set both.",
        )
    return Finding(subject="Clock", detail="goes with that of the database")


def _settings(settings: Settings) -> Iterator[Finding]:
    of_integrations = {variable(one, setting) for one in discovery.installed() for setting in one.settings}
    known = {*VARIABLES, *variables().values(), *of_integrations}
    for name in sorted(settings.environment):
        if name.startswith(PREFIX) and name not in known:
            yield Finding(
                subject="Setting", trouble=f"{name} is not known; is it misspelt? All names are below."
            )


def _table(settings: Settings, config: Config) -> Table:
    table = Table("Variable", "Starting value", title="Settings", title_justify="left")
    table.columns[0].no_wrap = True
    started = {
        "COMMANDPOST_HOST": settings.host,
        "COMMANDPOST_PORT": settings.port,
        "COMMANDPOST_DATA_DIR": settings.data_dir,
        "COMMANDPOST_DATABASE_URL": logs.without_password(settings.database),
        "COMMANDPOST_REDIS_URL": logs.without_password(settings.redis_url),
        "COMMANDPOST_LOG_FORMAT": settings.log_format,
        "COMMANDPOST_LOG_LEVEL": settings.log_level,
        "COMMANDPOST_ACCESS_LOG": settings.access_log,
        "COMMANDPOST_MOST_REQUESTS": settings.most_requests,
        SECRET_KEY_VARIABLE: "(given)" if settings.environment.get(SECRET_KEY_VARIABLE) else "",
        SMTP_PASSWORD_VARIABLE: "(given)" if settings.environment.get(SMTP_PASSWORD_VARIABLE) else "",
        OIDC_SECRET_VARIABLE: "(given)" if settings.environment.get(OIDC_SECRET_VARIABLE) else "",
        SIGNERS_VARIABLE: settings.archive_signers,
        "COMMANDPOST_MATTERMOST_URL": settings.mattermost_url,
        MATTERMOST_TOKEN_VARIABLE: "(given)" if settings.mattermost_token else "",
        "COMMANDPOST_MATTERMOST_OWN_URL": settings.mattermost_own_url,
        FILE_VARIABLE: settings.environment.get(FILE_VARIABLE, ""),
    }
    for name in VARIABLES:
        table.add_row(name, _shown(started[name]))
    for setting, name in variables().items():
        table.add_row(name, _shown(getattr(config, setting)))
    return table


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
